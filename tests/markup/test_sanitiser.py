"""What comes out holds nothing but what is listed, whatever goes in."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markup import Profile, render
from markup.sanitise import ATTRIBUTES, CLASSES, ID, TAGS, sanitise

PAYLOADS = """
<script>alert(1)</script>
<ScRiPt src=//x.org/a.js></sCrIpT>
<img src=x onerror=alert(1)>
<img src="javascript:alert(1)">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="javascript:alert(1)"></object>
<embed src="data:text/html,<script>alert(1)</script>">
<base href="https://x.org/">
<meta http-equiv=refresh content="0;url=https://x.org">
<link rel=stylesheet href=https://x.org/a.css>
<style>*{display:none}</style>
<form action=https://x.org><input name=csrfmiddlewaretoken><button>Go</button></form>
<input autofocus onfocus=alert(1)>
<a href="javascript:alert(1)">x</a>
<a href="data:text/html,x" target=_blank>x</a>
<a href=" java&#10;script:alert(1)">x</a>
<a id=b-abcd1234 name=top class=btn style="position:fixed">x</a>
<div hx-get=/accounts/logout/ hx-trigger=load>x</div>
<div data-hx-post=/x data-controller=y ws-connect=/z>x</div>
<p class="block box prompt" id="b-abcd1234">x</p>
<details open ontoggle=alert(1)>x</details>
<video><source onerror=alert(1)></video>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<template><script>alert(1)</script></template>
<textarea></textarea><script>alert(1)</script>
<select><style></select><script>alert(1)</script></style>
<table><caption><svg><title></table><script>alert(1)</script>
<xmp><script>alert(1)</script></xmp>
<plaintext><script>alert(1)</script>
<!--><script>alert(1)</script>-->
<!-- --!><script>alert(1)</script>
<![CDATA[<script>alert(1)</script>]]>
<?php echo 1 ?><x-foo onclick=alert(1)>
"><script>alert(1)</script>
'"><img src=x onerror=alert(1)>
" onmouseover="alert(1)
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;img src=x onerror=alert(1)&#62;
\\<script>alert(1)\\</script>
<<script>alert(1)//<</script>
<a href="https://x.org" onclick=alert(1)>
javascript:alert(1)
JaVaScRiPt:alert(1)
java\tscript:alert(1)
javascript&colon;alert(1)
&#106;avascript:alert(1)
&#x6A;avascript&#58;alert(1)
data:text/html;base64,PHNjcmlwdD4=
vbscript:msgbox(1)
//x.org/a
\\\\x.org\\a
file:///etc/passwd
https://x.org/"onmouseover="alert(1)
https://x.org/<script>alert(1)</script>
mailto:a@b.c?subject="><script>alert(1)</script>
""".strip("\n").split("\n")

CONTEXTS = {
    "plain": "{}",
    "link": "[a]({})",
    "angled link": "[a](<{}>)",
    "words of a link": "[{}](https://x.org)",
    "image": "![a]({})",
    "words of an image": '![{}](a.svg "{}")',
    "reference": "[a][r]\n\n[r]: {}",
    "autolink": "<{}>",
    "code": "`{}`\n\n```{}\n{}\n```",
    "box": "::: tip {}\n{}\n:::",
    "prompt": "::: prompt\n{}\n:::",
    "table": "| {} |\n|---|\n| {} |",
    "heading": "# {}",
    "footnote": "[^1]\n\n[^1]: {}",
    "attributes": "![a](a.svg){{alt='{}' onerror=\"{}\"}}",
    "mention": "@ana{}",
}


def assert_clean(html):
    """Only listed tags, attributes, classes, ids and schemes."""
    for element in BeautifulSoup(f"<div>{html}</div>", "html.parser").find_all(True):
        assert element.name in TAGS.split(), element
        for name, value in element.attrs.items():
            if name == "class":
                assert set(value) <= CLASSES[element.name], element
            else:
                assert name in ATTRIBUTES["*"] | ATTRIBUTES.get(element.name, set()), element
            if name == "id":
                assert ID.fullmatch(value), element
            if name in ("href", "src"):
                assert re.match(r"https?://|mailto:|/m/|/u/|/p/|#fn", value), element


def urls():
    return {
        "image_url": lambda src: f"/m/{src}",
        "link_url": lambda path: f"/u/{path}",
        "mention_url": lambda handle: f"/p/{handle}",
    }


def assert_stays(html):
    bare = re.sub(r"<!--talk:\w+-->", "", html)
    assert "<!--" not in bare
    assert sanitise(bare) == bare


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_gets_through(payload):
    for frame in CONTEXTS.values():
        source = frame.replace("{{", "{").replace("}}", "}").replace("{}", payload)
        for profile in (Profile.POST, Profile.UNIT):
            html = render(source, profile, **urls()).html
            assert_clean(html)
            assert_stays(html)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_second_wall_stands_alone(payload):
    html = sanitise(payload)
    assert_clean(re.sub(r' (href|src)="(?!\w+:)[^"]*"', "", html))
    assert sanitise(html) == html


def test_an_address_given_by_the_caller_is_checked_too():
    evil = lambda _: "javascript:alert(1)"  # noqa: E731
    html = render("[a](b.md) @ana ![c](d.svg)", Profile.POST, link_url=evil, image_url=evil, mention_url=evil).html
    assert "javascript" not in html


def test_ids_are_ours_only():
    html = sanitise('<p id="top">a</p><p id="b-ABCDEFGH">b</p><div id="b-abcd1234">c</div><a href="#top">d</a>')
    assert html == '<p>a</p><p>b</p><div id="b-abcd1234">c</div><a>d</a>'


ALPHABET = [
    *"<>/\"'=&;#!-[](){}*_`~|:@\\ \n\tax1",
    "<script>",
    "<!--",
    "-->",
    "javascript:",
    "&lt;",
    "&#60;",
    "https://x",
]
ALPHABET += [
    "![",
    "](",
    "```\n",
    ":::",
    "::: tip\n",
    "onerror=",
    "<img src=x",
    "[^1]",
    "\n[^1]: ",
    "\x00",
    "\u2028",
    "\ufffe",
]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.sampled_from(ALPHABET), max_size=60).map("".join), st.sampled_from([Profile.POST, Profile.UNIT]))
def test_whatever_is_typed_comes_out_clean_and_stays_as_it_is(source, profile):
    html = render(source, profile, **urls()).html
    assert_clean(html)
    assert_stays(html)
