"""A page gets another title: old addresses and old titles lead on."""

import pytest
from django.urls import reverse

from discussions.models import Thread
from notifications.models import Event
from tests.factories import a_thread, a_wiki_page
from wiki.actions import edit_page
from wiki.models import PageName, WikiPage


@pytest.fixture
def page(world):
    return a_wiki_page(world.place, author=world.fay, title="Glossary", body="Words we use.\n")


@pytest.fixture
def rename(client_of, world, page):
    client, url = client_of(world.bo), reverse("rename_wiki_page", args=[world.community.slug, page.slug])
    return lambda title, was="Glossary": client.post(url, {"title": title, "was": was})


def test_title_address_and_place_of_talk_change_and_the_talk_stays(world, client_of, page, rename):
    block_id = next(iter(page.standing_blocks()))
    thread = a_thread(page.talk, author=world.bo, block_id=block_id, quote="Words we use.")
    response = rename("Our words")
    page.refresh_from_db()
    assert (page.title, page.slug, page.version) == ("Our words", "our-words", 1)
    assert response.url == page.get_absolute_url() == page.talk.path
    assert page.talk.title == "Our words"
    html = client_of(world.al).get(page.get_absolute_url()).content.decode()
    assert thread.posts.get().html in html
    thread = Thread.objects.get(pk=thread.pk)
    assert thread.posts.get().get_absolute_url().startswith(page.talk.path)
    event = Event.objects.last()
    assert (event.actor, event.target, event.place) == (world.bo, page.names.get(retired_at=None), world.place)
    assert event.fanned_out_at is not None


def test_the_old_address_leads_on_and_a_form_that_was_open_still_saves(world, client_of, page, rename):
    rename("Our words")
    client, old = client_of(world.fay), f"/c/{world.community.slug}/w/glossary/"
    assert client.get(f"{old}?show=questions").url == f"/c/{world.community.slug}/w/our-words/?show=questions"
    assert client.get(f"{old}history/").status_code == 200
    assert client.post(f"{old}edit/", {"body": "Mine.", "version": 1}).url == f"/c/{world.community.slug}/w/our-words/"
    assert client_of(world.cy).get(old).status_code == 404


def test_renamed_back_it_has_its_first_address_again_and_both_lead_there(world, client_of, page, rename):
    rename("Our words")
    rename("Glossary", was="Our words")
    page.refresh_from_db()
    assert page.slug == "glossary"
    assert client_of(world.bo).get(f"/c/{world.community.slug}/w/our-words/").url == page.get_absolute_url()
    assert page.names.count() == 2


def test_another_case_or_mark_keeps_the_address(page, rename):
    rename("GLOSSARY")
    rename("Glossary!", was="GLOSSARY")
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Glossary!", "glossary")
    assert list(page.names.order_by("pk").values_list("name", "slug")) == [("glossary", "glossary"), ("glossary!", "")]


def test_a_new_page_does_not_take_the_address_that_another_one_had(world, page, rename):
    rename("Our words")
    assert a_wiki_page(world.commons, title="Glossary").slug == "glossary-2"


def test_sent_twice_it_is_done_once(page, rename):
    assert rename("Our words").url == rename("Our words").url
    assert PageName.objects.filter(page=page).count() == 2
    assert Event.objects.filter(fanned_out_at__isnull=False).count() == 1


def test_a_title_given_meanwhile_is_shown_and_not_undone_unasked(page, rename):
    rename("Our words")
    response = rename("Vocabulary")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Meanwhile it was named “Our words”." in html
    assert 'value="Vocabulary"' in html
    form = response.context["form"]
    assert rename(form["title"].value(), was=form["was"].value()).status_code == 302
    assert WikiPage.objects.get().title == "Vocabulary"


@pytest.mark.parametrize("title", ["", " ", "t" * 121, "a\0b"])
def test_a_refused_title_is_kept_and_nothing_changed(page, rename, title):
    response = rename(title)
    assert response.status_code == 422
    assert WikiPage.objects.get().title == "Glossary"


def test_an_edit_on_the_page_as_it_was_goes_through(world, page, rename):
    rename("Our words")
    edit_page(author=world.fay, page=page, body="More.", version=1)
    page.refresh_from_db()
    assert (page.title, page.slug, page.source) == ("Our words", "our-words", "More.")
