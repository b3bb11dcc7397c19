"""What holds for each kind of mail."""

import re
from email import message_from_bytes, policy

import pytest
from bs4 import BeautifulSoup

from tests.mails.examples import EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_each_mail_reads_well_and_fetches_nothing(demo, example):
    got = message_from_bytes(example.mail(demo).message().as_bytes(), policy=policy.default)
    assert len(got.as_bytes()) < 100_000
    text, page = got.get_body(("plain",)).get_content(), got.get_body(("html",)).get_content()
    soup = BeautifulSoup(page, "lxml")
    assert soup.html["lang"] == "en"
    assert soup.title.text == got["Subject"].strip()
    assert soup.find(["img", "link", "script"]) is None
    assert re.search(r"url\(|@import|src=", page) is None
    assert {link["href"].split("/")[0] for link in soup.find_all("a")} <= {"http:", "https:", "mailto:"}
    assert all(link.text.strip() for link in soup.find_all("a"))
    assert len(soup.find_all("h1")) <= 1
    said = [p.get_text(" ", strip=True) for p in soup.find_all("p", class_="foot-line")]
    assert said[0], "no word about why it came"
    assert said[0] in " ".join(text.split())
    assert not re.search(r"\n{3}|&amp;|&#|<p|<a ", text)
    assert not re.search(r"[\r\n]", got["Subject"])
    assert got["Auto-Submitted"].startswith("auto-")
    assert got["Message-ID"]
