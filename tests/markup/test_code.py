import re
from pathlib import Path

from markup import Profile, render

CSS = Path(__file__).parents[2] / "static" / "css"


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_of_code_can_be_read_in_light_and_dark():
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (CSS / "tokens.css").read_text())
    tokens = {name: (light, dark) for name, light, dark in pairs}
    used = set(re.findall(r"var\(--([\w-]+)\)", (CSS / "pieces" / "code.css").read_text()))
    assert used >= {"ink", "thread", "good"}
    for name in used:
        for colour, ground in zip(tokens[name], tokens["sunk"], strict=True):
            assert contrast(colour, ground) >= 4.5, name


def test_code_of_a_known_language_is_coloured():
    html = render('```python\ndef f():\n    return "<b>"\n```', Profile.POST).html
    assert '<span class="k">def</span>' in html
    assert '<span class="s2">"&lt;b&gt;"</span>' in html
    assert html.startswith('<pre class="code" tabindex="0"><code>')


def test_an_unknown_language_is_not_guessed():
    html = render("```output\ndef f(): pass\n```", Profile.POST).html
    assert html == '<pre class="code" tabindex="0"><code>def f(): pass\n</code></pre>'


def test_code_keeps_tabs_blank_lines_and_marks_as_they_are():
    html = render("```\n\tmake [it] *so*\n\n  ::: tip\n<!-- kept -->\n```", Profile.UNIT).html
    assert "\tmake [it] *so*\n\n  ::: tip\n&lt;!-- kept --&gt;\n" in html


def test_indented_code_is_code_and_keeps_its_brackets():
    html = render("para\n\n    x = a[0]  # [*]\n\n    y = `b`\n\nend", Profile.UNIT).html
    assert "<code>x = a[0]  # [*]\n\ny = `b`\n</code>" in html
    assert "<p>end</p>" in html


def test_code_that_is_never_closed_runs_to_the_end_of_its_container():
    html = render("> ```\n> a\n\nafter", Profile.UNIT).html
    assert "<code>a\n</code>" in html
    assert "<p>after</p>" in html


def test_a_very_long_line_of_code_stays_plain():
    assert "<span" not in render("```python\n" + "x = 1;" * 100 + "\n```", Profile.POST).html


def test_a_table_drawn_with_signs_is_kept_as_drawn():
    html = render("+---+---+\n| a | b |\n+---+---+\n", Profile.UNIT).html
    assert "<code>+---+---+\n| a | b |\n+---+---+\n</code>" in html
