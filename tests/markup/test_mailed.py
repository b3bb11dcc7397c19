"""What people wrote, as a mail can show it."""

import re

import pytest

from markup import Profile, mailed, render

pytestmark = pytest.mark.once
PAGE = "https://weft.example.org/c/heron/u/quiet/"


def in_mail(source, most=0):
    stored = render(source, Profile.POST, image_url=lambda url: url, link_url=lambda url: url).html
    return mailed(stored, base=PAGE, most=most)


def test_a_mail_fetches_nothing():
    stored = '<p>Look:</p><figure><img src="/c/heron/images/3/week.png" alt="A quiet week" loading="lazy"></figure>'
    html, text, _ = mailed(stored, base=PAGE)
    assert "<img" not in html
    assert '<a href="https://weft.example.org/c/heron/images/3/week.png">A quiet week</a>' in html
    assert text == "Look:\n\nA quiet week (https://weft.example.org/c/heron/images/3/week.png)"


@pytest.mark.parametrize(
    ("stored", "href"),
    [
        ('<p><a href="/c/heron/w/guide/">x</a></p>', "https://weft.example.org/c/heron/w/guide/"),
        ('<p><a href="../../wiki/to/?title=A">x</a></p>', "https://weft.example.org/c/heron/wiki/to/?title=A"),
        ('<p><a href="https://example.org/a?b=c&amp;d=e">x</a></p>', "https://example.org/a?b=c&amp;d=e"),
    ],
)
def test_links_lead_there_from_anywhere(stored, href):
    assert f'<a href="{href}">x</a>' in mailed(stored, base=PAGE)[0]


def test_nothing_of_a_page_alone_is_left():
    source = (
        "A[^1] and `b`\n\n- [x] done\n\n```python\ndef f(): pass\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Note."
    )
    html, _, _ = in_mail(source)
    assert re.findall(r'\s(?!href)[a-z-]+="', html) == []
    assert "<span" not in html
    assert "<input" not in html
    assert "☑ done" in html


def test_the_text_reads_as_it_was_typed():
    source = """Hello **you** and [this](https://example.org/a), https://example.org/x.

- one
- two
    1. deep

> said
> before

```python
if a < b:
    c()
```

| Why | How |
|---|---|
| so | so |
"""
    assert in_mail(source)[1] == (
        "Hello you and this (https://example.org/a), https://example.org/x.\n\n"
        "- one\n- two\n  1. deep\n\n> said\n> before\n\n    if a < b:\n        c()\n\nWhy | How\nso | so"
    )


def test_what_is_folded_away_on_the_page_is_not_told_by_the_mail():
    stored = '<p>Guess.</p><details class="box"><summary>The answer</summary><p>Forty-two</p></details><p>Well?</p>'
    html, text, is_whole = mailed(stored, base=PAGE)
    assert html == "<p>Guess.</p><p>▸ The answer</p><p>Well?</p>"
    assert text == "Guess.\n\n▸ The answer\n\nWell?"
    assert is_whole


def test_a_long_text_ends_after_a_whole_paragraph():
    paragraphs = "\n\n".join(f"{n} {'word ' * 40}" for n in range(9))
    html, text, is_whole = in_mail(paragraphs, most=700)
    assert not is_whole
    assert html.count("<p>") == 3
    assert text.startswith("0 word")
    assert in_mail("word " * 300, most=100)[1].count("word") == 300


def test_markup_that_somebody_typed_stays_words():
    html, text, _ = in_mail('<img src=x onerror=alert(1)> & "quotes"')
    assert html == '<p>&lt;img src=x onerror=alert(1)&gt; &amp; "quotes"</p>'
    assert text == '<img src=x onerror=alert(1)> & "quotes"'


def test_no_words_at_all_are_nothing():
    assert mailed("", base=PAGE, most=9) == ("", "", True)
