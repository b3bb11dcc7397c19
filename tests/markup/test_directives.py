import re

import pytest

from markup import Profile, render


def html_of(source, profile=Profile.UNIT):
    html = render(source, profile).html
    html = re.sub(r'<div class="block" id="[^"]*">(.*?)<!--talk:\w+--></div>', r"\1", html, flags=re.S)
    return re.sub(r'<!--talk:\w+-->| id="b-\w+"', "", html)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("::: tip\na\n:::", '<section class="box box-tip"><p class="box-title">Tip</p><p>a</p></section>'),
        ("::: note Mind *this*\na\n:::", '<p class="box-title">Mind <em>this</em></p>'),
        (":::details More\na\n:::", '<details class="box box-details"><summary>More</summary><p>a</p></details>'),
        ("::: {.callout}\n\n## Title\n\na\n\n:::", '<p class="box-title">Title</p><p>a</p></section>'),
        ("::::::: hint\na\n:::", '<details class="box box-hint"><summary>Hint</summary>'),
        ("::: solution :::\na\n::::::::::", "<summary>Solution</summary><p>a</p></details>"),
        ("::: instructor\na\n:::", '<details class="box box-instructor"><summary>For instructors</summary>'),
        ("::: wild-thing\na\n:::", '<section class="box box-note"><p class="box-title">Wild thing</p>'),
        ("::: objectives\n- a\n:::", '<p class="box-title">Objectives</p><ul><li class="block">a</li></ul></section>'),
        (
            "- a\n\n  ::: tip\n  b\n  :::\n",
            '<section class="box box-tip"><p class="box-title">Tip</p><p>b</p></section></li>',
        ),
        ("> ::: tip\n> b\n> :::\n\nc", "<p>b</p></section></blockquote><p>c</p>"),
        ("a\n::: tip\nb\n:::\nc", "<p>b</p></section><p>c</p>"),
        (":::\n\na", "<p>a</p>"),
    ],
)
def test_a_box(source, html):
    assert html in html_of(source)


def test_boxes_are_closed_by_position_whatever_their_colons():
    html = html_of("::::: challenge\n\na\n\n::::::::: solution\n\nb\n\n:::\n\nc\n\n:::::::::::::\n\nd")
    assert "<p>b</p></details><p>c</p></section><p>d</p>" in html


def test_colons_in_code_open_and_close_nothing():
    html = html_of("::: tip\n\n```\n:::\n::: note\n```\n\nb\n\n:::\n\nc")
    assert ":::\n::: note\n" in html
    assert "<p>b</p></section><p>c</p>" in html


def test_a_box_that_is_never_closed_ends_before_the_next_heading():
    html = html_of("::: challenge\n\n## Its title\n\na\n\n### Inner\n\n## After\n\nb")
    assert '<p class="box-title">Its title</p><p>a</p><h2>Inner</h2></section><h2>After</h2><p>b</p>' in html


def test_a_box_that_is_never_closed_and_has_no_heading_after_it_ends_with_the_text():
    assert html_of("::: tip\n\na\n\nb").endswith("<p>a</p><p>b</p></section>")


def test_tabs_all_stand_open_each_with_its_title():
    html = html_of("::: group-tab\n\n### Windows\n\na\n\n### Mac\n\nb\n\n:::")
    assert html == (
        '<section class="box box-tab"><p class="box-title">Windows</p><p>a</p></section>'
        '<section class="box box-tab"><p class="box-title">Mac</p><p>b</p></section>'
    )


def test_a_prompt_is_one_block():
    result = render("before\n\n::: prompt\nWhat *do* you think?\n\n- a\n- b\n:::\n", Profile.UNIT)
    assert [block.kind for block in result.blocks] == ["paragraph", "prompt"]
    [prompt] = result.prompts
    assert prompt.block_id == result.blocks[1].id
    assert prompt.text == "What do you think? a b"
    assert prompt.html == "<p>What <em>do</em> you think?</p><ul><li>a</li><li>b</li></ul>"
    assert f'<section class="prompt block" id="b-{prompt.block_id}">' in result.html
    assert result.html.endswith(f"<!--talk:{prompt.block_id}--></section>")


def test_a_prompt_in_a_post_is_a_note():
    result = render("::: prompt\nWhat?\n:::\n", Profile.POST)
    assert not result.prompts
    assert result.html.startswith('<section class="box box-note"><p class="box-title">Note</p>')


def test_boxes_in_each_other_end_being_boxes_but_keep_their_words():
    html = html_of("::: note\nw\n" * 30 + ":::\n" * 30)
    assert html.count("<section") == 8
    assert html.count("w") == 30
