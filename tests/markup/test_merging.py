"""Two people's changes of one text come together, and no word of either goes without being seen."""

from hypothesis import given, settings
from hypothesis import strategies as st

from markup import merge
from markup.paragraphs import cut

BASE = "# Herons\n\nThey wait.\n\n- small\n- grey\n\nThey strike.\n"
PIECES = ["a", "b b", "c\nc", "- d", "- e", "  - f", "> g", "```\nh\n\nh\n```", "# i", "|j|k|", "~~~\nopen", " ", ""]
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", "\n\n", "\n \n\n"])), max_size=8).map(
    lambda pairs: "".join(piece + end for piece, end in pairs)
)
few = settings(max_examples=60, deadline=None)


def put(text, *changes):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def merged(mine, theirs, base=BASE):
    found = merge(base, theirs, mine)
    assert found.conflicts == []
    return found.text()


@few
@given(texts)
def test_paragraphs_put_together_again_are_the_text(text):
    paragraphs, tail = cut(text)
    assert "".join(p.lead + p.text for p in paragraphs) + tail == text


@few
@given(texts, texts)
def test_who_changed_alone_gets_just_that(base, changed):
    assert merged(changed, base, base) == merged(base, changed, base) == merged(changed, changed, base) == changed


@few
@given(texts, texts, texts)
def test_no_new_paragraph_of_either_is_lost(base, theirs, mine):
    found = merge(base, theirs, mine)
    shown = found.text()
    old = {paragraph.text for paragraph in cut(base)[0]}
    for side in (theirs, mine):
        assert [p.text for p in cut(side)[0] if p.text not in old and p.text not in shown] == []


def test_changes_of_neighbouring_paragraphs_and_items_come_together():
    mine, theirs = (
        put(BASE, ("wait", "wait long"), ("- small", "- tall")),
        put(BASE, ("strike", "dive"), ("grey", "red")),
    )
    assert merged(mine, theirs) == "# Herons\n\nThey wait long.\n\n- tall\n- red\n\nThey dive.\n"


def test_what_both_add_at_one_place_stands_one_after_the_other():
    assert merged(f"{BASE}\nMine.\n", f"{BASE}\nTheirs.\n") == f"{BASE}\nTheirs.\n\nMine.\n"
    items = merged(put(BASE, ("- grey", "- grey\n- mine")), put(BASE, ("- grey", "- grey\n- theirs")))
    assert "- grey\n- theirs\n- mine\n\nThey" in items
    assert merged("Mine.\n\nOld.", "Theirs.\n\nOld.", "Old.") == "Theirs.\n\nMine.\n\nOld."
    assert merged("Old.\n\nMine.", "Old.\n\nTheirs.", "Old.") == "Old.\n\nTheirs.\n\nMine."


def test_what_both_add_alike_stands_once():
    assert merged(f"{BASE}\nSame.\n\nMine.\n", f"{BASE}\nSame.\n") == f"{BASE}\nSame.\n\nMine.\n"


def test_a_paragraph_that_one_deletes_goes_and_what_the_other_put_beside_it_stays():
    assert merged(put(BASE, ("They wait.\n\n", "")), put(BASE, ("wait.", "wait.\n\nLong."))) == put(
        BASE, ("They wait.", "Long.")
    )


def test_a_paragraph_that_both_changed_is_a_conflict_with_all_three_texts():
    found = merge(BASE, put(BASE, ("wait", "stand"), ("grey", "red")), put(BASE, ("wait", "sit"), ("strike", "dive")))
    (conflict,) = found.conflicts
    assert (conflict.base, conflict.theirs, conflict.mine) == ("They wait.", "They stand.", "They sit.")
    whole = put(BASE, ("grey", "red"), ("strike", "dive"))
    assert found.text(lambda conflict: conflict.mine) == put(whole, ("wait", "sit"))
    assert found.text() == put(whole, ("They wait.", "They stand.\n\nThey sit."))
    assert found.text(lambda conflict: "") == put(whole, ("They wait.\n\n", ""))


def test_a_paragraph_that_one_changed_and_the_other_deleted_is_a_conflict():
    found = merge(BASE, put(BASE, ("- grey\n", "")), put(BASE, ("grey", "red")))
    assert [(conflict.theirs, conflict.mine) for conflict in found.conflicts] == [("", "- red")]
    assert found.text() == put(BASE, ("grey", "red"))


def test_code_is_one_piece():
    base = "```\none\n\ntwo\n```\n"
    assert len(merge(base, put(base, ("one", "1")), put(base, ("two", "2"))).conflicts) == 1


def test_hostile_texts_are_merged_without_holding_up_a_page(counted):
    text, other = "- a\n" * 15_000, "- b\n- a\n" * 7_500
    merge(text, other, other[::-1])
    assert max(counted) < 8_000_000
