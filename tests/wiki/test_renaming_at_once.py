"""Pages begun, renamed and edited at the same moment."""

import uuid

import pytest

from tests.factories import a_community, a_member, a_wiki_page, commons_of
from tests.wiki.test_at_once import together
from wiki.actions import RenamedMeanwhile, create_page, edit_page, rename_page
from wiki.models import PageName, WikiPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_page_keeps_an_address_of_its_own_and_one_title_wins():
    place = commons_of(a_community())
    people = [a_member(place.community) for _ in range(3)]
    page, other = a_wiki_page(place, title="Glossary"), a_wiki_page(place, title="Notes")

    def rename(person, page, was):
        try:
            return rename_page(
                by=person, page=page, title=f"Words of {person.pk}" if was == "Notes" else "Words", was=was
            )
        except RenamedMeanwhile:
            return None

    acts = [
        *(lambda person=person: rename(person, page, "Glossary") for person in people),
        *(lambda person=person: rename(person, other, "Notes") for person in people),
        *(
            lambda person=person: create_page(author=person, place=place, title="Words", body="Mine.", key=uuid.uuid4())
            for person in people
        ),
        lambda: edit_page(author=people[0], page=page, body="An edit.", version=1),
    ]
    answers = together(lambda act: act(), acts)
    assert [answer for answer in answers[:3] if answer is None] == []  # the same title: done once, agreed twice
    assert len([answer for answer in answers[3:6] if answer]) == 1
    page.refresh_from_db()
    assert (page.title, page.source) == ("Words", "An edit.")
    slugs = list(WikiPage.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == len(slugs) == 5
    assert PageName.objects.current().count() == 5
    assert all(page.names.filter(slug=page.slug).exists() for page in WikiPage.objects.all())
