"""Links by a title, and pages laid into a text: what is stored of them."""

from time import thread_time
from urllib.parse import urlencode

import pytest

from markup import Profile, as_words, bare, folded, headings_in, render, settle, titles_in


def stored(source, profile=Profile.WIKI):
    return render(source, profile, title_url=lambda title: f"/c/heron/wiki/to/?at=3&{urlencode({'title': title})}")


def test_a_title_in_brackets_is_a_link_that_finds_out_where_it_leads():
    html = stored("See [[Field guide]], [[Glossary|the *words*]].", Profile.POST).html
    assert '<a href="/c/heron/wiki/to/?at=3&amp;title=Field+guide" class="wiki-link">Field guide</a>' in html
    assert 'title=Glossary" class="wiki-link">the <em>words</em></a>' in html
    assert titles_in(html) == ["Field guide", "Glossary"]


@pytest.mark.parametrize(
    "source",
    [
        r"\[[no]]", "`[[no]]`", "[[ ]]", "[[no]", f"[[{'n' * 121}]]", "[[a\nb]]", "```\n[[no]]\n```",
        "::page{no} more", "::page{}", "a ::page{no}", "    ::page{no}", "[[a[b]c]]",
    ],
)  # fmt: skip
def test_what_is_no_title_stays_as_it_was_typed(source):
    rendered = stored(source)
    assert (rendered.titles, titles_in(rendered.html)) == ([], [])


def test_without_somewhere_to_ask_there_are_no_links_by_a_title():
    assert "<a" not in render("[[Field guide]]\n\n::page{Glossary}", Profile.WIKI).html


def test_a_text_settled_for_a_reader_has_what_is_put_there_and_nothing_else_changed():
    html = stored('One [[A & "B"|<b>]].\n\n::page{C}\n\n- [[D]]\n').html
    settled = settle(html, lambda title, words: f"({title}:{words})", lambda title: f"({title})")
    assert '(A & "B":&lt;b&gt;)' in settled
    assert "</div>(C)<ul>" in settled
    assert "(D:D)" in settled
    assert "wiki-l" not in settled
    assert settle("<p>nothing</p>", lambda title, words: "", lambda title: "") == "<p>nothing</p>"


def test_a_page_laid_in_is_no_block_and_posts_have_none():
    rendered = stored("::page{C}\n\nWords.\n")
    assert [block.text for block in rendered.blocks] == ["Words."]
    assert titles_in(rendered.html, laid=True) == ["C"]
    assert titles_in(stored("::page{C}", Profile.POST).html, laid=True) == []


def test_more_than_ten_are_links():
    html = stored("\n\n".join(f"::page{{Page {n}}}" for n in range(14))).html
    assert (len(titles_in(html, laid=True)), len(titles_in(html))) == (10, 14)


def test_a_text_within_another_has_no_ids_or_slots_and_its_notes_stand_at_home():
    html = bare(stored("## Hi\n\nWords.[^1]\n\n[^1]: Note.\n").html, "/c/heron/w/page/")
    assert " id=" not in html
    assert "<!--" not in html
    assert html.count('href="/c/heron/w/page/#fn') == html.count('href="') == 2


def test_where_nobody_knows_whose_pages_they_are_titles_are_words():
    html = as_words(stored("See [[A & B|the *words*]].\n\n::page{<C>}\n", Profile.UNIT).html)
    assert "See <span>the <em>words</em></span>." in html
    assert "<p>&lt;C&gt;</p>" in html
    assert "<a" not in html


def test_titles_that_look_the_same_are_the_same():
    assert folded("  Field   GUIDE ") == folded("field guide") == "field guide"
    assert folded("Caf\u00e9") == folded("cafe\u0301")
    assert len(folded("ß" * 400)) == 200


def test_headings_are_found_with_their_level_and_block():
    rendered = stored("# One\n\n### Two\n\n> ## Quoted\n\n- # item\n")
    assert [level for level, _ in headings_in(rendered.html)][:2] == [2, 3]
    known = {block.id: block.text for block in rendered.blocks}
    assert [known[id] for _, id in headings_in(rendered.html)][:2] == ["One", "Two"]


@pytest.mark.parametrize("piece", ["[[", "[[a|", "[[a]]", "[[a|b]]", "::page{", "::page{a}\n\n"])
def test_many_of_them_are_read_in_no_time(piece):
    began = thread_time()
    html = stored(piece * (50_000 // len(piece))).html
    settle(html, lambda title, words: "", lambda title: "")
    bare(html, "/")
    assert thread_time() - began < 4
    assert len(titles_in(html)) <= 300
