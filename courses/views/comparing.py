"""Two versions of a unit's text beside each other."""

from markup import TooLong, html_changed, passages, text_changed

from .. import actions


def compared(request, unit, old, new):
    """What changed, for a page: as it reads, or with `?as=typed` as it was typed."""
    is_typed = request.GET.get("as") == "typed"
    if not is_typed:
        try:
            old_html, new_html = (actions.preview_unit(unit, text).html for text in (old, new))
        except TooLong:  # written under a wider limit
            is_typed = True
    changes = text_changed(old, new) if is_typed else html_changed(old_html, new_html)
    return {"passages": passages(changes), "is_typed": is_typed}
