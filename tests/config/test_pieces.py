"""The pieces of templates/pieces/, and the pages that must stand alone."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template.loader import get_template, render_to_string

TEMPLATES = Path(settings.BASE_DIR, "templates")
STATIC = Path(settings.BASE_DIR, "static")


class Letter(forms.Form):
    name = forms.CharField(label="Name", help_text="As others see it.")
    words = forms.CharField(label="Words", max_length=12_000, required=False, widget=forms.Textarea)
    copy = forms.BooleanField(label="Send me a copy", required=False)


def test_a_refused_field_is_tied_to_its_help_and_to_what_is_wrong():
    html = str(Letter({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_a_field_that_may_stay_empty_says_so():
    html = str(Letter())
    assert html.count("(optional)") == 1  # a checkbox needs no such word


def test_a_textarea_lets_people_paste_more_than_its_limit_and_counts():
    html = str(Letter())
    assert "maxlength" not in html
    assert re.search(r'<char-count[^>]* for="id_words" limit="12000"[^>]*>Up to 12,000 characters<', html)


def test_what_a_form_says_as_a_whole_is_read_out():
    form = Letter({"name": "Bo"})
    form.add_error(None, "Not on a Sunday.")
    assert re.search(r'role="alert".*Not on a Sunday\.', str(form), re.S)


@pytest.mark.parametrize("name", ["500.html", "offline.html"])
def test_a_page_that_stands_alone_needs_nothing(name):
    html = get_template(name).render({})
    sheet = re.search(r'href="/static/(css/[^"]+)"', html)
    assert "<h1>" in html
    assert sheet
    assert "@import" not in (STATIC / sheet[1]).read_text()


def test_what_was_typed_is_given_back_as_it_was():
    html = render_to_string("pieces/typed.html", {"typed": [("body", "One <b>\n\n  two & three")]})
    assert ">\nOne &lt;b&gt;\n\n  two &amp; three</textarea>" in html


def test_every_icon_in_use_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    used = set()
    for path in TEMPLATES.rglob("*.html"):
        used |= set(re.findall(r'pieces/icon\.html" with name="([^"]+)"', path.read_text()))
    assert used <= sprite


def test_every_stylesheet_is_imported_and_every_import_is_there():
    imported = re.findall(r'@import url\("([^"]+)"\) layer\(', (STATIC / "css/app.css").read_text())
    pieces = {str(path.relative_to(STATIC / "css")) for path in (STATIC / "css").rglob("*.css")}
    assert len(imported) == len(set(imported))
    assert set(imported) == pieces - {"app.css", "plain.css"}
