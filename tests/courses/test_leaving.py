"""Leaving a community: the words stay, with a name or without, and somebody hosts."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import PROTECT
from django.utils import timezone

from accounts.models import User
from community.actions import archive, join
from community.models import AuditEntry, Community, Membership, Pseudonym
from courses import tasks
from courses.actions import keep_hosted, leave
from courses.models.names import NAMES
from notifications.actions import fan_out
from notifications.models import Event, Notification
from resources.models import Sharing
from tests.factories import (
    a_community,
    a_member,
    a_person,
    a_post,
    a_sharing,
    a_suggestion,
    a_thread,
    a_wiki_page,
    commons_of,
)
from wiki.actions import edit_page

pytestmark = pytest.mark.django_db
ROLES = Membership.Role
# Fields that name somebody beside nothing that they wrote for others: acts of guides, which stay with who did them.
WORDS = {"source", "html", "words", "title"}
STAYS = {
    *("Thread.moved_by", "Transfer.by", "Transfer.undone_by", "Transfer.accepted_by", "CareEntry.by"),
    *("CareEntry.person", "Flag.by", "AuditEntry.by", "CarriedThread.carried_by", "CarriedThing.carried_by"),
    *("Shift.by", "Suggestion.accepted_by", "Suggestion.declined_by", "TopicSeries.set_by", "Hiding.by"),
    *("Hiding.ended_by", "Sharing.removed_by", "Resource.removed_by", "Pseudonym.stand_in"),
}


@pytest.fixture
def alice(db):
    return a_person("Alice Moreau")


@pytest.fixture
def community(alice):
    return a_community("Heron circle", host=alice)


def go(community, person, **how):
    leave(membership=community.membership_of(person), **{"keeps_name": True} | how)


def hosts(community):
    return [membership.user for membership in community.memberships.current().hosts()]


def text_of(answer):
    return answer.content.decode()


def test_one_leaves_by_a_form_and_the_words_stay_with_the_name(client_of, community):
    bo, fay = a_member(community, "Bo Lindqvist"), a_member(community)
    thread = a_thread(commons_of(community), author=bo)
    client, page = client_of(bo), f"/c/{community.slug}/leave/"
    assert f'href="{page}"' in text_of(client.get(f"/c/{community.slug}/people/"))
    assert client.post(page, {}).status_code == 422
    answer = client.post(page, {"name": "keep"}, follow=True)
    assert "You have left Heron circle." in text_of(answer)
    assert client.get(community.get_absolute_url()).status_code == 404
    assert "Bo Lindqvist" in text_of(client_of(fay).get(thread.get_absolute_url()))
    assert not AuditEntry.objects.exists()


def test_without_the_name_nothing_in_the_community_says_it(client_of, world):
    bo, slug = world.bo, world.community.slug
    thread = a_thread(world.place, author=bo, body="I said so.")
    a_post(thread, author=world.fay)
    a_post(thread, author=bo, body="And again.")
    page = a_wiki_page(world.commons, author=bo, title="Field guide", body="Mine.\n\nAlso mine.\n")
    edit_page(author=world.fay, page=page, body="Mine.\n\nHers.\n", version=1, summary="More")
    a_sharing(world.commons, sharer=bo)
    suggestion = a_suggestion(world.unit, by=bo)
    elsewhere = a_community(members=(bo,))
    other = a_thread(commons_of(elsewhere), author=bo)
    go(world.community, bo, keeps_name=False)
    fay = client_of(world.fay)
    paths = [world.place.path, thread.get_absolute_url(), page.get_absolute_url(), f"/c/{slug}/", suggestion.path]
    paths += [f"/c/{slug}/w/{page.slug}/{of}/" for of in ("history", "writers")] + [f"/c/{slug}/shelf/"]
    for path in paths:
        shown = text_of(fay.get(path))
        assert "Lindqvist" not in shown, path
        assert "Former member 1" in shown or path == f"/c/{slug}/shelf/", path
    assert "I said so." in text_of(fay.get(thread.get_absolute_url()))
    stand_in = Pseudonym.objects.get().stand_in
    assert fay.get(stand_in.get_absolute_url()).status_code == 200
    assert "Former member" not in text_of(fay.get(f"/c/{slug}/people/"))
    other.refresh_from_db()
    assert other.created_by == bo


def test_nobody_signs_in_as_a_former_member(client, community):
    bo = a_member(community)
    go(community, bo, keeps_name=False)
    stand_in = Pseudonym.objects.get().stand_in
    assert not stand_in.is_active
    assert not stand_in.has_usable_password()
    assert not stand_in.emailaddress_set.exists()


def test_two_who_leave_without_a_name_are_two(community):
    for person in (a_member(community), a_member(community)):
        go(community, person, keeps_name=False)
    assert sorted(p.stand_in.name for p in Pseudonym.objects.all()) == ["Former member 1", "Former member 2"]


def test_who_comes_back_can_put_their_name_back_and_nobody_else_can(client_of, community):
    bo, fay = a_member(community, "Bo Lindqvist"), a_member(community)
    sharing, page = a_sharing(commons_of(community), sharer=bo), a_wiki_page(commons_of(community), author=bo)
    go(community, bo, keeps_name=False)
    undo = f"/c/{community.slug}/leave/undo/"
    assert client_of(bo).post(undo).status_code == 404
    join(community, bo)
    assert "Former member 1" in text_of(client_of(bo).get(f"/c/{community.slug}/leave/"))
    client_of(fay).post(undo)
    assert Sharing.objects.get().sharer != bo
    client_of(bo).post(undo)
    assert Sharing.objects.get(pk=sharing.pk).sharer == bo
    page.refresh_from_db()
    assert page.authorship.people_of(next(iter(page.standing_blocks())))[0] == [bo.pk]
    go(community, bo, keeps_name=False)
    assert Pseudonym.objects.standing().get().stand_in.name == "Former member 2"


def test_every_name_beside_words_is_in_the_table():
    """Of whatever holds words: a new model with a text of people's is found here."""
    named = {f"{model.__name__}.{field}" for model, _path, fields, _which in NAMES for field in fields}
    found = set()
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        kept = [f for f in fields.values() if f.related_model is User and f.remote_field.on_delete is PROTECT]
        if WORDS & set(fields):
            found |= {f"{model.__name__}.{field.name}" for field in kept}
    assert len(found) > 15
    assert found - named - STAYS == set(), "is it a name beside somebody's words (NAMES), or does it stay?"


def told(person):
    for event in Event.objects.not_fanned_out():
        fan_out(event.pk)
    return [str(one.event.verb) for one in Notification.objects.visible_to(person)]


def test_the_last_host_names_who_hosts_next_and_they_hear_of_it(client_of, community, alice):
    fay, bo = a_member(community, "Fay", role=ROLES.FACILITATOR), a_member(community, "Bo")
    page = f"/c/{community.slug}/leave/"
    heir = community.membership_of(bo).pk
    assert "Who hosts after you?" not in text_of(client_of(bo).get(page))
    assert "Who hosts after you?" in text_of(client_of(alice).get(page))
    assert client_of(alice).post(page, {"name": "keep", "heir": "0"}).status_code == 422
    client_of(alice).post(page, {"name": "keep", "heir": heir})
    assert hosts(community) == [bo]
    assert (told(bo), told(fay)) == (["handed_on"], [])
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.about) == ("handed_on", alice, f"@{bo.handle}")
    assert "made you a host" in text_of(client_of(bo).get("/notifications/"))


def test_by_the_rule_a_facilitator_comes_first_and_then_who_has_been_here_longest(community, alice):
    first, _second = a_member(community), a_member(community)
    fay = a_member(community, role=ROLES.FACILITATOR)
    gus, away = a_member(community, role=ROLES.GUEST), a_member(community)
    community.memberships.filter(user__in=[gus, away]).update(joined_at=timezone.now() - timedelta(days=90))
    community.memberships.filter(user=away).update(paused_until=timezone.now() + timedelta(days=1))
    for leaver, heir in ((alice, fay), (fay, first)):
        go(community, leaver)
        assert hosts(community) == [heir]


def test_a_community_that_the_last_one_leaves_is_archived(community, alice):
    go(community, alice)
    community.refresh_from_db()
    assert community.archived_at
    assert AuditEntry.objects.get().act == "archived"


def test_one_of_two_hosts_leaves_without_more(community, alice):
    bo = a_member(community, role=ROLES.HOST)
    go(community, alice)
    assert (hosts(community), told(bo)) == ([bo], [])


def test_a_community_whose_hosts_cannot_sign_in_any_more_gets_one(community, alice):
    bo = a_member(community)
    fine, put_away = a_community(), a_community(members=(a_person(),))
    archive(community=put_away, by=None)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert list(Community.objects.without_host()) == [community]
    tasks.keep_hosts()
    assert community.membership_of(bo).is_host
    assert not keep_hosted(community.pk)
    assert not Community.objects.without_host().exists()
    assert len(hosts(fine)) == 1


@pytest.mark.parametrize("change", [{"source": "Another."}, {"summary": "Another."}, {"number": 7}])
def test_a_version_of_a_page_loses_a_name_and_nothing_else(community, change):
    page = a_wiki_page(commons_of(community))
    with pytest.raises(IntegrityError), transaction.atomic():
        page.revisions.update(**change)
    page.revisions.update(author=a_person())
