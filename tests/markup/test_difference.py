"""What changed, by word, in what was typed and in what is read."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup import Profile, html_changed, render, text_changed, words_changed

few = settings(max_examples=60, deadline=None)
texts = st.text(st.sampled_from("ab .\n-#|`*<>&\"'"), max_size=60)


def side(changes, without):
    return "\n".join("".join(words for kind, words in change.pieces if kind != without) for change in changes)


def rendered(text):
    return render(text, Profile.WIKI).html


def html(old, new):
    return [(change.kind, change.html) for change in html_changed(rendered(old), rendered(new))]


@few
@given(texts, texts)
def test_both_texts_are_in_their_difference(old, new):
    pieces = words_changed(old, new)
    assert "".join(words for kind, words in pieces if kind != "ins") == old
    assert "".join(words for kind, words in pieces if kind != "del") == new
    changes = text_changed(old, new)
    assert side(changes, "ins").split() == old.split()
    assert side(changes, "del").split() == new.split()


def test_a_paragraph_is_compared_by_word_and_another_one_is_put_in():
    old, new = "Herons wait.\n\nThey strike.\n\n- a\n", "Herons wait long.\n\n- a\n\nSomething else now.\n"
    assert [(change.kind, change.pieces) for change in text_changed(old, new)] == [
        ("edit", [("", "Herons wait"), ("ins", " long"), ("", ".")]),
        ("del", [("", "\n"), ("del", "They strike.")]),
        ("", [("", "\n"), ("", "- a")]),
        ("ins", [("", "\n"), ("ins", "Something else now.")]),
    ]


def test_rendered_texts_keep_their_form_around_changed_words():
    (edited,) = html("One *two* **three**.", "One *2* **three**, [four](https://example.org).")
    assert "<em><del>two</del><ins>2</ins></em> <strong>three</strong><ins>, </ins><a href=" in edited[1]
    assert "><ins>four</ins></a>." in edited[1]


def test_items_and_rows_go_and_come_whole():
    (items,) = html("- a\n- b\n- c\n- d", "- a\n- c\n- d\n- e")
    assert items[1].count("<li") == 5
    assert '<li class="block"><del>b</del></li><li class="block">c</li>' in items[1]
    (rows,) = html("|a|b|\n|-|-|\n|1|2|\n|3|4|", "|a|b|\n|-|-|\n|3|4|")
    assert "<tr><td><del>1</del></td><td><del>2</del></td></tr><tr><td>3</td><td>4</td></tr>" in rows[1]


def test_another_element_is_taken_out_and_put_in():
    assert [kind for kind, _ in html("Same.\n\nHerons wait.", "Same.\n\n```\nx = 1\n```")] == ["", "del", "ins"]


@few
@given(texts, texts)
def test_a_difference_is_as_safe_as_the_texts(old, new):
    for _kind, shown in html(old, new):
        assert " id=" not in shown
        assert "<!--" not in shown
        assert "<script" not in shown


def test_markup_that_is_no_markup_stays_words():
    (change,) = html('a <b onclick="x">', 'a <script>"alert(1)"</script>')
    assert "<script" not in change[1]
    assert "&lt;" in change[1]


@pytest.mark.parametrize("shape", ["pairs", "items", "marks"])
def test_texts_at_their_limit_take_a_counted_amount_of_work(counted, shape):
    rng = random.Random(1)

    def text():
        pieces = {"pairs": ("a ", "b "), "items": ("- a\n", "- b\n")}
        return "".join(rng.choice(pieces.get(shape, '<>"& ')) for _ in range(60_000))[:60_000]

    old, new = text(), text()
    text_changed(old, new)
    html_changed(rendered(old), rendered(new))
    assert max(counted) < 8_000_000  # comparisons; half a second
