"""How a post begins, for where there is room for a few words only."""

import re
from html import unescape

from django.utils.text import Truncator

EXCERPT_HTML = 600  # characters of HTML that are looked at for a post's first words
EXCERPT = 80  # characters of the first words
WITHIN_WORDS = re.compile(r"</?(?:a|abbr|b|bdi|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup)\b[^>]*>")
TAG = re.compile(r"<[^>]*(>|$)")


def first_words(html, chars=EXCERPT):
    text = " ".join(unescape(TAG.sub(" ", WITHIN_WORDS.sub("", html))).split())
    return Truncator(text).chars(chars)
