"""Who follows a conversation goes on hearing of it when guides split and merge."""

from uuid import uuid4

import pytest

from community.actions import join
from discussions.actions import merge_threads, undo_transfer
from discussions.models import Transfer
from notifications.actions import follow
from notifications.models import Following, Level, levels_of
from tests.factories import a_member, a_person, a_post, a_prompt, a_thread, split_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(world):
    """One who follows everything, one who mutes, one who chose nothing."""
    cast = {name: a_person(handle=name) for name in ("loud", "quiet", "plain")}
    for person in cast.values():
        join(world.community, person)
    return cast


@pytest.fixture
def thread(world, cast):
    thread = a_thread(world.place, author=world.bo)
    follow(person=cast["loud"], subjects=[thread], level=Level.ALL)
    follow(person=cast["quiet"], subjects=[thread], level=Level.MUTED)
    return thread


def levels(cast, thread, *others):
    thread.refresh_from_db()
    people = {person.handle: person.pk for person in (*cast.values(), *others)}
    subjects = [thread, *thread.place.and_around()]
    found = levels_of(people.values(), subjects=subjects, started_by=thread.told_by_itself)
    return {handle: found[pk].value for handle, pk in people.items()}


def merge(world, thread, into):
    return merge_threads(by=world.fay, thread=thread, into=into, key=uuid4())


def test_what_is_split_off_is_heard_as_it_was(world, cast, thread):
    made = split_off(thread, a_post(thread, author=world.al), by=world.fay)
    heard = {"loud": "all", "quiet": "muted", "plain": "digest", "bo": "all", "al": "all"}
    assert levels(cast, made, world.bo, world.al) == heard
    assert Following.objects.about([thread]).count() == 2


def test_who_began_it_and_wants_less_of_its_unit_is_not_made_louder(world, cast, thread):
    follow(person=world.bo, subjects=[world.place], level=Level.MENTIONS)
    made = split_off(thread, a_post(thread, author=world.al), by=world.fay)
    assert levels(cast, made, world.bo)["bo"] == "mentions"


def test_what_is_merged_is_heard_by_who_heard_everything_of_it(world, cast, thread):
    into = a_thread(world.place, author=world.al)
    merge(world, thread, into)
    assert levels(cast, into, world.bo) == {"loud": "all", "quiet": "digest", "plain": "digest", "bo": "all"}


def test_what_somebody_chose_for_the_one_that_stays_stands(world, cast, thread):
    into = a_thread(world.place, author=world.al)
    for person in (cast["loud"], world.bo):
        follow(person=person, subjects=[into], level=Level.MENTIONS)
    merge(world, thread, into)
    assert levels(cast, into, world.bo) == {"loud": "mentions", "quiet": "digest", "plain": "digest", "bo": "mentions"}


def test_undoing_a_merge_gives_each_its_own_and_what_was_chosen_since_stands(world, cast, thread):
    into = a_thread(world.place, author=world.al)
    newer = a_member(world.community, handle="newer")
    follow(person=newer, subjects=[thread], level=Level.ALL)
    merge(world, thread, into)
    follow(person=newer, subjects=[into], level=Level.ALL)  # said again, of the whole
    undo_transfer(by=world.fay, transfer=Transfer.objects.get())
    assert levels(cast, into, world.bo, newer) == {
        "loud": "digest",
        "quiet": "digest",
        "plain": "digest",
        "bo": "digest",
        "newer": "all",
    }
    assert levels(cast, thread, world.bo)["loud"] == "all"


def test_undoing_a_split_takes_along_who_followed_what_was_split_off(world, cast, thread):
    made = split_off(thread, a_post(thread, author=world.al), by=world.fay)
    follow(person=cast["plain"], subjects=[made], level=Level.ALL)
    follow(person=cast["quiet"], subjects=[made], level=Level.ALL)
    undo_transfer(by=world.fay, transfer=Transfer.objects.get())
    assert levels(cast, thread, world.bo) == {"loud": "all", "quiet": "muted", "plain": "all", "bo": "all"}


def test_what_guides_ask_makes_nobody_louder_who_began_it(world, cast):
    posed, into = a_prompt(world.place), a_thread(world.place, author=world.al)
    merge(world, posed, into)
    assert levels(cast, into, posed.created_by)[posed.created_by.handle] == "digest"
