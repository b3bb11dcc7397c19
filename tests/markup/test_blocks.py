import re

import pytest
from bs4 import BeautifulSoup

from markup import Block, Profile, render, weave
from markup.slots import place

TEXT = """# One

A paragraph.

- item one
  with more

  and more
  - nested
- item two

  ```
  code
  ```

![alt](a.svg)

| a | b |
|---|---|
| 1 | 2 |

> quoted

::: details Fold
inside
:::

term
: meaning

call[^1]

[^1]: not a block
"""


def unit(source, **kwargs):
    return render(source, Profile.UNIT, image_url=lambda src: f"/m/{src}", **kwargs)


def test_every_piece_is_a_block():
    assert [(block.kind, block.text) for block in unit(TEXT).blocks] == [
        ("heading", "One"),
        ("paragraph", "A paragraph."),
        ("item", "item one with more and more"),
        ("item", "nested"),
        ("item", "item two"),
        ("code", "code"),
        ("figure", "alt"),
        ("table", "a b 1 2"),
        ("paragraph", "quoted"),
        ("paragraph", "inside"),
        ("item", "meaning"),
        ("paragraph", "call"),
    ]


def test_each_block_has_its_element_and_its_slot_within():
    result = unit(TEXT)
    page = BeautifulSoup(weave(result.html, lambda block_id: f"<i>{block_id}</i>"), "html.parser")
    assert [mark.text for mark in page.find_all("i")] == [block.id for block in result.blocks]
    for mark in page.find_all("i"):
        assert mark.parent["id"] == f"b-{mark.text}"
        assert "block" in mark.parent["class"]


def test_the_slot_of_an_item_stands_before_the_list_in_it():
    html = weave(unit("- a\n  - b\n- c").html, lambda block_id: "|")
    assert re.sub(r' (class|id)="[^"]*"', "", html) == "<ul><li>a|<ul><li>b|</li></ul></li><li>c|</li></ul>"


def test_ids_are_eight_letters_or_digits_and_all_different():
    ids = [block.id for block in unit("\n\n".join("same" for _ in range(500))).blocks]
    assert len(set(ids)) == 500
    assert all(re.fullmatch("[a-z0-9]{8}", block_id) for block_id in ids)


def test_posts_and_notes_have_no_blocks_and_no_slots():
    for profile in (Profile.POST, Profile.NOTE):
        result = render(TEXT[:900], profile)
        assert not result.blocks
        assert not result.headings
        assert "<!--" not in result.html
        assert 'id="b-' not in result.html


def test_headings_are_told_with_their_level_and_block():
    result = unit("# A *b*\n\n## C\n\n### D\n\n##### E")
    assert [(level, text) for level, _, text in result.headings] == [(2, "A b"), (2, "C"), (3, "D"), (4, "E")]
    assert [block_id for _, block_id, _ in result.headings] == [block.id for block in result.blocks]


def test_no_level_of_headings_is_skipped():
    levels = [level for level, _, _ in unit("##### A\n\n# B\n\n#### C\n\n#### D").headings]
    assert levels == [2, 2, 3, 4]


def test_a_block_goes_into_json_and_comes_back():
    for block in (Block("abcd1234", "item", "words"), Block("abcd1234", "code", "x", retired=True)):
        assert Block.from_dict(block.as_dict()) == block
    assert Block.from_dict({"id": "a", "kind": "b", "text": "c"}).retired is False


def test_blocks_keep_their_ids_when_nothing_changes():
    first = unit(TEXT)
    again = unit(TEXT, previous=first.blocks)
    assert again.blocks == first.blocks
    assert again.html == first.html


FORGED = "<!--talk:abcd1234-->"


@pytest.mark.parametrize(
    "source",
    [
        FORGED,
        f"`{FORGED}`",
        f"```\n{FORGED}\n```",
        f"    {FORGED}",
        f"![{FORGED}](a.svg)",
        f'![a](a.svg "{FORGED}")',
        f"![a](a.svg){{alt='{FORGED}'}}",
        f'[a](https://x.org/{FORGED} "{FORGED}")',
        f"https://x.org/{FORGED}",
        "&lt;!--talk:abcd1234--&gt;",
        "![&lt;!--talk:abcd1234--&gt;](a.svg)",
        "![&#60;!--talk:abcd1234-->](a.svg)",
        r"![\<!--talk:abcd1234-->](a.svg)",
        r"\<!--talk:abcd1234--\>",
        f"::: tip {FORGED}\na\n:::",
        f"[^1]\n\n[^1]: {FORGED}",
        f"| {FORGED} |\n|---|\n| `{FORGED}` |",
        "<<!-- -->!--talk:abcd1234-->",
        "<!<!-- x -->--talk:abcd1234-->",
    ],
)
def test_nobody_can_forge_a_slot(source):
    result = unit(f"{source}\n\nlast")
    filled = []
    weave(result.html, lambda block_id: filled.append(block_id) or "")
    assert "abcd1234" not in filled
    assert filled == [block.id for block in result.blocks]


def test_a_slot_in_an_attribute_is_escaped_whatever_the_sanitiser_leaves():
    assert place(f'<img alt="{FORGED}">n0abcd1234.', "n0") == (
        '<img alt="&lt;!--talk:abcd1234-->"><!--talk:abcd1234-->'
    )


def test_weaving_takes_time_in_proportion_and_leaves_the_rest():
    html = unit("\n\n".join(f"p{n}" for n in range(2000))).html
    assert weave(html, lambda block_id: f"<!--talk:{block_id}-->") == html
