"""What one chose where a page, or what was shared, is talked about counts for the digest, too."""

import pytest

from notifications import tasks
from notifications.actions import digest_of, follow
from notifications.models import Delivery, Event, Level, MailSettings
from tests.factories import a_resource, a_wiki_page
from wiki.actions import edit_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world):
    """A page and something shared, of which Bo was told."""
    page, resource = a_wiki_page(world.place, author=world.fay), a_resource(world.place, sharer=world.fay)
    tasks.sweep()
    MailSettings.objects.create(person=world.bo, digested_up_to=Event.objects.newest())
    edit_page(author=world.fay, page=page, body="More.", version=1, summary="")
    a_resource(world.place, sharer=world.al, url=resource.url)
    return page, resource


def titles(person):
    tasks.sweep()
    return {group.title for group in digest_of(type(person).objects.get(pk=person.pk)).groups}


def test_what_is_muted_where_it_is_talked_about_is_not_told(world, made):
    page, resource = made
    assert titles(world.bo) == {page.title, "On the shelf"}
    follow(person=world.bo, subjects=[page.talk], level=Level.MUTED)
    assert titles(world.bo) == {"On the shelf"}
    follow(person=world.bo, subjects=[resource.talk], level=Level.MENTIONS)
    assert titles(world.bo) == set()


def test_what_a_mail_tells_at_once_is_not_told_again(world, made):
    follow(person=world.bo, subjects=[world.community], level=Level.ALL)
    assert titles(world.bo) == set()
    assert Delivery.objects.of(world.bo).waiting().count() == 2
