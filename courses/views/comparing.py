"""Two versions of a unit's text beside each other."""

from markup import TooLong, as_words, html_changed, passages, text_changed, words_changed

from .. import actions


def compared(request, unit, old, new):
    """What changed, for a page: as it reads, or with `?typed=on` as it was typed."""
    is_typed = "typed" in request.GET
    if not is_typed:
        try:
            old_html, new_html = (as_words(actions.preview_unit(unit, text).html) for text in (old, new))
        except TooLong:  # written under a wider limit
            is_typed = True
    changes = text_changed(old, new) if is_typed else html_changed(old_html, new_html)
    return {"passages": passages(changes), "is_typed": is_typed}


def sides(merged):
    """Where two people changed the same: the pieces of both wordings, with what only one of them has marked."""
    found = []
    for conflict in merged.conflicts if merged else ():
        pieces = words_changed(conflict.theirs, conflict.mine)
        found.append(tuple([piece for piece in pieces if piece[0] != other] for other in ("ins", "del")))
    return found
