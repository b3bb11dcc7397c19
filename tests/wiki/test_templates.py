"""What new pages can begin with."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories import a_wiki_page
from wiki.models import STARTERS, PageTemplate, WikiPage


@pytest.fixture
def fay(world, client_of):
    return client_of(world.fay)


@pytest.fixture
def new(world):
    return reverse("new_wiki_page", args=[world.community.slug, world.place.pk])


def of(world, name, *more):
    return reverse(name, args=[world.community.slug, *more])


def choices(client, new):
    soup = BeautifulSoup(client.get(new).content.decode(), "html.parser")
    return {button["value"]: button.text for button in soup.select("button[name=template]")}


def write(client, world, title="Case", body="## Who\n", key=None):
    return client.post(of(world, "new_wiki_template"), {"title": title, "body": body, "key": key or uuid.uuid4()})


def test_three_are_there_from_the_start_and_fill_the_form(world, client_of, new):
    bo = client_of(world.bo)
    assert choices(bo, new) == {"field-guide": "Field guide", "glossary": "Glossary", "meeting-notes": "Meeting notes"}
    sent = {"title": "Our words", "body": "", "summary": "S", "key": str(uuid.uuid4()), "template": "glossary"}
    form = bo.post(new, sent).context["form"]
    assert form["body"].value() == str(STARTERS["glossary"].body)
    assert [form[name].value() for name in ("title", "summary", "key")] == ["Our words", "S", sent["key"]]
    assert not WikiPage.objects.exists()


def test_choosing_one_keeps_what_was_written_and_another_one_takes_the_place_of_the_first(world, client_of, new):
    bo = client_of(world.bo)
    glossary, notes = str(STARTERS["glossary"].body), str(STARTERS["meeting-notes"].body)
    kept = bo.post(new, {"body": "My words.\r\n", "template": "glossary"}).context["form"]["body"].value()
    assert kept == f"My words.\n\n{glossary}"
    switched = bo.post(new, {"body": glossary.replace("\n", "\r\n"), "template": "meeting-notes"})
    assert switched.context["form"]["body"].value() == notes
    assert bo.post(new, {"body": "Mine.", "template": "no-such"}).context["form"]["body"].value() == "Mine."
    assert bo.get(f"{new}?template=glossary&title=Words").context["form"]["body"].value() == glossary


def test_guides_write_their_own_once(world, fay, client_of, new):
    key = uuid.uuid4()
    assert write(fay, world, key=key).status_code == write(fay, world, key=key).status_code == 302
    assert list(choices(client_of(world.bo), new).values()) == ["Case", "Field guide", "Glossary", "Meeting notes"]
    assert (
        len(
            choices(client_of(world.cy), reverse("new_wiki_page", args=[world.other.slug, world.other.places.get().pk]))
        )
        == 3
    )


def test_a_starter_changed_is_changed_for_this_community(world, fay, client_of, new):
    url = of(world, "edit_wiki_template", "glossary")
    form = fay.get(url).context["form"]
    sent = {"title": "Word list", "body": "Words:", "version": form["version"].value()}
    assert fay.post(url, sent).status_code == 302
    assert fay.post(url, sent).status_code == 302  # sent twice
    assert choices(fay, new)["glossary"] == "Word list"
    assert PageTemplate.objects.get().version == 1


def test_two_who_change_one_at_once_see_both_texts(world, fay, client_of):
    url = of(world, "edit_wiki_template", "glossary")
    fay.post(url, {"title": "Glossary", "body": "Words of <Fay>.", "version": 0})
    response = client_of(world.alice).post(url, {"title": "Glossary", "body": "Words of <Alice>.", "version": 0})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Words of &lt;Fay&gt;." in html
    assert "Words of &lt;Alice&gt;." in html
    form = response.context["form"]
    again = {name: form[name].value() for name in ("title", "body", "version")}
    assert client_of(world.alice).post(url, again).status_code == 302
    assert PageTemplate.objects.get().body == "Words of <Alice>."


def test_one_taken_away_is_offered_no_more_and_comes_back(world, fay, new):
    page = a_wiki_page(world.place, author=world.bo, title="Words", body="Words.")
    for _ in range(2):
        fay.post(of(world, "take_wiki_template", "glossary"))
    assert "glossary" not in choices(fay, new)
    assert "Taken away" in fay.get(of(world, "wiki_templates")).content.decode()
    fay.post(of(world, "bring_wiki_template_back", "glossary"))
    assert "glossary" in choices(fay, new)
    assert WikiPage.objects.get() == page


@pytest.mark.parametrize(("title", "body"), [("", "Words"), ("T" * 121, "Words"), ("Title", " ")])
def test_a_refused_template_keeps_what_was_typed(world, fay, title, body):
    response = write(fay, world, title=title, body=body)
    assert response.status_code == 422
    assert response.context["form"]["body"].value() == body
    assert not PageTemplate.objects.exists()


def test_a_template_is_reached_through_its_own_community_only(world, fay, client_of):
    write(fay, world)
    own = PageTemplate.objects.get()
    elsewhere = client_of(world.other.memberships.get(role="host").user)
    for name in ("edit_wiki_template", "take_wiki_template"):
        assert elsewhere.post(reverse(name, args=[world.other.slug, own.name])).status_code == 404
