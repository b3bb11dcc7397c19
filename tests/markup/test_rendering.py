import re

import pytest

from markup import LIMITS, RENDERER_VERSION, Profile, TooLong, render


def unit(source, **kwargs):
    """The HTML of a unit without what makes it a unit's: blocks' elements and slots."""
    html = render(source, Profile.UNIT, **kwargs).html
    html = re.sub(r'<div class="block" id="[^"]*">(.*?)<!--talk:\w+--></div>', r"\1", html, flags=re.S)
    return re.sub(r'<!--talk:\w+-->| id="b-\w+"', "", html)


def post(source, **kwargs):
    return render(source, Profile.POST, **kwargs).html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a *b* **c** ***d*** _e_", "<em>b</em> <strong>c</strong>"),
        ("snake_case_word 5 * 3 * 2", "<p>snake_case_word 5 * 3 * 2</p>"),
        ("~~gone~~ ~ ~~ x", "<p><del>gone</del> ~ ~~ x</p>"),
        ("`a *b* <c>`", "<p><code>a *b* &lt;c&gt;</code></p>"),
        ("`` a`b ``", "<p><code>a`b</code></p>"),
        (r"\*a\* \[b\] \`c\`", "<p>*a* [b] `c`</p>"),
        ("&copy; &#x41; &nosuch; &lt;b&gt; AT&T", "<p>© A &amp;nosuch; &lt;b&gt; AT&amp;T</p>"),
        ("one  \ntwo\\\nthree", "<p>one<br>two<br>three</p>"),
        ("a\n***\nb", "<p>a</p><hr><p>b</p>"),
        ("> a\nb\n\nc", "<blockquote><p>a\nb</p></blockquote><p>c</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("a <!-- b -->c", "<p>a c</p>"),
        ("a `<!-- b -->`", "<p>a <code>&lt;!-- b --&gt;</code></p>"),
        ("a <!-- b", "<p>a &lt;!-- b</p>"),
        ("a\n\n<!--\n\n# b\n\n-->\n\nc", "<p>a</p><p>c</p>"),
        ("# A #", "<h2>A</h2>"),
        ("# A\n## B\n#### C\n### D {#x .y}", "<h2>A</h2><h2>B</h2><h3>C</h3><h3>D</h3>"),
        ("A\n===\n\nB\n---", "<h2>A</h2><h2>B</h2>"),
        ("#no heading", "<p>#no heading</p>"),
        ("#", "<p>#</p>"),
        ("term\n: what it *is*", '<dl><dt>term</dt><dd class="block">what it <em>is</em></dd></dl>'),
    ],
)
def test_what_stands_in_a_text(source, html):
    assert html in unit(source)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("words\n- a\n- b", "<p>words</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("- a\n    - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n  - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("- a\nlazy", "<ul><li>a\nlazy</li></ul>"),
        ("In\n1984. It", "<p>In\n1984. It</p>"),
        ("- a\n  ```\n  x\n  ```", '<ul><li>a<pre class="code" tabindex="0"><code>x\n</code></pre></li></ul>'),
        (
            "- [x] *a*\n- [ ] b",
            '<ul><li class="task"><label><input type="checkbox" disabled="disabled" checked="checked">'
            " <em>a</em></label>"
            '</li><li class="task"><label><input type="checkbox" disabled="disabled"> b</label></li></ul>',
        ),
    ],
)
def test_lists(source, html):
    assert html in unit(source).replace(' class="block"', "").replace("task block", "task")


def test_a_table_can_be_scrolled_and_keeps_its_sides():
    html = unit("| a | b |\n|:--|--:|\n| `x|y` | 1 \\| 2 |\n| short |\n| c | d | too much |")
    assert '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table><thead>' in html
    assert '<th scope="col">a</th><th class="end" scope="col">b</th>' in html
    assert '<td><code>x|y</code></td><td class="end">1 | 2</td>' in html
    assert "<tr><td>short</td></tr>" in html
    assert '<td class="end">d | too much</td>' in html


def test_soft_line_breaks_stay_in_posts_only():
    assert post("a\nb") == "<p>a<br>b</p>"
    assert unit("a\nb") == "<p>a\nb</p>"


def test_headings_in_a_post_stay_out_of_the_outline():
    assert post("# Hello *you*") == '<p class="heading"><strong>Hello <em>you</em></strong></p>'


def test_links_lead_only_where_they_may():
    html = unit(
        "[a](https://a.org) [b](04-b.md) [c](javascript:x) <https://d.org> <e@f.org> [g][G] [h](/x) [i](//y.org)\n\n"
        "[g]: https://g.org 'T'",
        link_url=lambda path: f"/u/{path}",
    )
    rel = 'rel="nofollow noopener noreferrer ugc"'
    assert f'<a href="https://a.org" {rel}>a</a> <a href="/u/04-b.md">b</a> <span>c</span>' in html
    assert f'<a href="https://d.org" {rel}>https://d.org</a> <a href="mailto:e@f.org">e@f.org</a>' in html
    assert f'<a href="https://g.org" {rel}>g</a> <span>h</span> <span>i</span>' in html


def test_a_relative_link_without_an_address_is_plain_words():
    assert unit("[b](04-b.md)") == "<p><span>b</span></p>"
    assert unit("[b](04-b.md)", link_url=lambda path: None) == "<p><span>b</span></p>"


@pytest.mark.parametrize(
    ("source", "href", "rest"),
    [
        ("see https://a.org/b_c_(d).", "https://a.org/b_c_(d)", "."),
        ("(https://a.org/x)", "https://a.org/x", ")"),
        ("www.a.org!", "https://www.a.org", "!"),
        ("**https://a.org**", "https://a.org", "</strong>"),
    ],
)
def test_bare_addresses_become_links(source, href, rest):
    html = post(source)
    assert f'<a href="{href}"' in html
    assert f"</a>{rest}" in html


def test_links_are_listed_once_and_in_order():
    found = render("https://b.org [x](https://a.org) <https://b.org> [y](rel.md) <a@b.org>", Profile.POST).links
    assert found == ["https://b.org", "https://a.org"]


def test_an_image_alone_is_a_figure_with_its_caption():
    html = unit('![A tree](img/x.svg "A *caption*")', image_url=lambda src: f"/media/{src}")
    assert '<figure><img src="/media/img/x.svg" alt="A tree" loading="lazy" decoding="async">' in html
    assert "<figcaption>A *caption*</figcaption></figure>" in html


def test_the_carpentries_way_to_describe_an_image():
    html = unit(r"![Cap](x.svg){alt='It\'s a [tree]' width=\"40%\"}".replace('\\"', '"'), image_url=lambda src: src)
    assert '''alt="It's a [tree]"''' in html
    assert "<figcaption>Cap</figcaption>" in html
    assert "width" not in html


def test_an_image_that_is_not_there_leaves_its_words():
    result = render("a ![A tree](x.svg) b", Profile.POST, image_url=lambda src: None)
    assert result.html == "<p>a <em>A tree</em> b</p>"
    assert result.images == ["x.svg"]


def test_an_image_from_elsewhere_is_not_loaded():
    html = post("![A tree](https://x.org/a.png)")
    assert "<img" not in html
    assert '<a href="https://x.org/a.png" rel="nofollow noopener noreferrer ugc">A tree</a>' in html


def test_footnotes_are_numbered_by_call_and_lead_back():
    html = render(
        "a[^z] b[^y] c[^z] [^none]\n\n[^y]: Why *y*.\n[^z]:\n    Zed.\n\n    More.\n", Profile.POST, key="p7"
    ).html
    assert '<sup id="fnref-p7-1" class="fn-call"><a href="#fn-p7-1">1</a></sup>' in html
    assert '<sup id="fnref-p7-1-2" class="fn-call"><a href="#fn-p7-1">1</a></sup> [^none]' in html
    first, second = re.findall(r"<li id=.*?</li>", html)
    assert first.startswith(
        '<li id="fn-p7-1"><p>Zed.</p><p>More.<a href="#fnref-p7-1" class="fn-back" aria-label="Back"'
    )
    assert 'href="#fnref-p7-1-2"' in first
    assert "Why <em>y</em>." in second


def test_a_footnote_that_nobody_calls_is_still_there():
    assert "lonely words" in post("a\n\n[^x]: lonely words")


def test_mentions_are_found_in_order_but_not_in_code_or_links():
    result = render(
        "@Ana, `@bo` [@cy](https://x.org) e@mail.org (@dee-d) @ana\n\n```\n@eve\n```\n\n- @fay.",
        Profile.POST,
        mention_url=lambda handle: "/people/ana/" if handle == "ana" else None,
    )
    assert result.mentions == ["ana", "dee-d", "fay"]
    assert '<a class="mention" href="/people/ana/">@Ana</a>' in result.html
    assert '(<span class="mention">@dee-d</span>)' in result.html


@pytest.mark.parametrize(
    "source", ["mail@bo", "x/@bo", "https://a.org/@bo", "@bo.org", "@bo@social.org", "@-bo", "@@bo"]
)
def test_what_only_looks_like_a_mention(source):
    assert render(source, Profile.POST).mentions == []


def test_a_text_over_its_limit_is_refused_with_both_numbers():
    for profile, limit in LIMITS.items():
        render("a" * limit, profile)
        with pytest.raises(TooLong) as refused:
            render("a" * (limit + 1), profile)
        assert (refused.value.length, refused.value.limit) == (limit + 1, limit)


def test_control_characters_and_carriage_returns_are_dropped():
    assert post("a\x00b\x02\x03\x1b\r\nc\td") == "<p>ab<br>c\td</p>"


def test_words_and_version_are_told():
    result = render("# One two\n\n- three *four*\n", Profile.WIKI)
    assert (result.words, result.version) == (4, RENDERER_VERSION)


def test_an_empty_text_is_empty():
    assert render(" \n\n", Profile.UNIT).html == ""
