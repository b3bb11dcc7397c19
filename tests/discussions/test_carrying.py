"""Conversations of an earlier cohort, shown to a later one: what may be read of them there, and what never."""

import pytest
from django.urls import reverse

from accounts.actions import hide_person
from community.actions import join, remove_member
from community.models import Membership
from discussions.actions import (
    NotTheirs,
    StaysBehind,
    carry_thread,
    consent,
    delete_post,
    edit_post,
    move_thread,
    restore_post,
    take_back_carried,
)
from discussions.models import CarriedThread, Consent, Thread, new_counts_for
from tests.factories import (
    a_cohort,
    a_member,
    a_person,
    a_post,
    a_prompt,
    a_thread,
    a_thread_on,
    an_image,
    place_of,
)

NAMED, UNNAMED, NOTHING = Consent.Choice


@pytest.fixture
def heron(world):
    """Bo's cohort, whose talk is carried: Bo began it, Al answered and named Fay, Fay answered."""
    thread = a_thread_on(
        world.unit, "Counting posts", community=world.community, author=world.bo, title="Canary title", body="Bo's own."
    )
    a_post(thread, author=world.al, body="Al's answer to @bo and @fay.")
    a_post(thread, author=world.fay, body="Fay's words.")
    return thread


@pytest.fixture
def later(world):
    """The next cohort: Alice hosts it, too, Nia learns there."""
    cohort = a_cohort(world.course, host=world.alice, title="Ibis cohort", slug="ibis", days_ago=0)
    nia = a_member(cohort.community, "Nia Sol", handle="nia")
    return cohort, place_of(world.unit, cohort.community), nia


def agree(world, choice, *people):
    for person in people:
        consent(by=person, community=world.community, choice=choice)


@pytest.fixture
def read(world, heron, later, client_of):
    """The unit as Nia reads it, once the conversation was carried there."""
    carry_thread(by=world.alice, thread=heron, place=later[1])
    client = client_of(later[2])

    def unit(query=""):
        response = client.get(later[1].path + query)
        assert response.status_code == 200
        html = response.content.decode()
        return html[html.index("<main") : html.index("</main>")]

    return unit


def traces(html, *people):
    """What in a page says who somebody is: parts of their name, their handle, a face or a link of theirs."""
    marks = [mark for person in people for mark in (person.name, f"@{person.handle}", f"/people/{person.handle}/")]
    return [mark for mark in marks if mark in html]


def test_without_an_answer_nothing_at_all_is_shown(world, read):
    html = read()
    assert "earlier cohorts:" not in html
    assert "Canary title" not in html
    assert traces(html, world.bo, world.al, world.fay) == []


def test_words_are_shown_folded_at_their_block_as_their_authors_agreed(world, read):
    agree(world, NAMED, world.bo)
    agree(world, UNNAMED, world.al)
    html = read()
    at_block = html.split('class="fold carried"')[1].split("</details>")[0]
    assert "Canary title" in at_block
    assert "2 posts" in at_block
    assert "Heron cohort" in at_block
    assert "Bo Lindqvist" in at_block
    assert "Al's answer to @bo and @somebody." in at_block
    assert "Somebody" in at_block
    assert "Fay" not in at_block  # neither her words, nor her handle in Al's
    assert traces(html, world.al, world.fay) == []
    assert "/t/" not in at_block
    assert "post-" not in at_block


def test_a_title_is_words_of_who_began_it(world, read):
    agree(world, NAMED, world.al)
    assert "Canary title" not in read()
    assert "On “Counting posts makes" in read()
    agree(world, UNNAMED, world.bo)
    assert "Canary title" in read()
    assert traces(read(), world.bo) == []


def test_what_is_said_without_a_name_has_none_for_guides_of_the_later_cohort_either(
    world, heron, read, later, client_of
):
    agree(world, UNNAMED, world.bo, world.al)
    html = client_of(world.alice).get(later[1].path).content.decode()
    assert "Al's answer" in html
    assert traces(html, world.al, world.bo) == []


def test_a_changed_mind_an_edit_and_a_removal_show_at_the_next_reading(world, heron, read):
    agree(world, NAMED, world.bo, world.al, world.fay)
    first, _second, third = heron.posts.in_order()
    assert "3 posts" in read()
    edit_post(author=world.fay, post=third, body="Fay's better words.", version=1)
    assert "Fay's better words." in read()
    delete_post(by=world.fay, post=third)
    assert "Fay's" not in read()
    restore_post(by=world.fay, post=third)
    agree(world, NOTHING, world.al)
    assert "Al's answer" not in read()
    assert "Fay's better words." in read()
    delete_post(by=world.bo, post=first)
    assert "Canary title" not in read()


def test_what_answers_left_out_words_does_not_quote_them(world, heron, read):
    second = heron.posts.in_order()[1]
    post = a_post(heron, author=world.fay, body="No.")
    CarriedThread.objects.update(carried_at=post.created_at)
    type(post).objects.filter(pk=post.pk).update(answers_to=second)
    agree(world, NAMED, world.fay)
    assert "No." in read()
    assert "in answer to" not in read()
    agree(world, UNNAMED, world.al)
    assert "in answer to Somebody:" in read()


def test_what_is_said_after_it_was_carried_stays_where_it_is_said(world, heron, read):
    agree(world, NAMED, world.bo)
    a_post(heron, author=world.bo, body="Said later.")
    assert "Said later." not in read()


def test_who_left_has_taken_their_words_along(world, read):
    agree(world, NAMED, world.bo, world.al)
    assert "Al's answer" in read()
    remove_member(world.community.membership_of(world.al))
    assert "Al's answer" not in read()


def test_nobody_reads_who_is_blocked_but_what_has_no_name_stays(world, read, later):
    agree(world, NAMED, world.bo)
    hide_person(person=later[2], hidden=world.bo)
    assert "Bo's own." not in read()
    agree(world, NAMED, world.al)
    assert "Canary title" not in read()
    agree(world, UNNAMED, world.bo)
    assert "Bo's own." in read()


def test_answers_without_a_name_stay_without_it(world, later, client_of):
    prompt = a_prompt(world.place, asker=world.fay, is_anonymous=True, title="What went wrong?")
    a_post(prompt, author=world.bo, body="I said too much.")
    agree(world, NAMED, world.bo)
    carry_thread(by=world.alice, thread=prompt, place=later[1])
    html = client_of(later[2]).get(later[1].path + "?show=earlier").content.decode()
    assert "I said too much." in html
    assert "What went wrong?" not in html
    assert traces(html, world.bo, world.fay) == []


def test_moved_away_it_is_shown_no_longer(world, heron, read):
    agree(world, NAMED, world.bo)
    move_thread(by=world.alice, thread=heron, place=world.commons)
    assert "Bo's own." not in read()
    move_thread(by=world.alice, thread=Thread.objects.get(pk=heron.pk), place=world.place)
    assert "Bo's own." in read()


def test_the_conversation_itself_stays_closed_to_later_cohorts_and_theirs_to_it(world, heron, read, later, client_of):
    agree(world, NAMED, world.bo, world.al)
    post = heron.posts.first()
    slug = world.community.slug
    args = {"thread": [slug, heron.pk], "post": [slug, heron.pk, post.pk], "post_history": [slug, heron.pk, post.pk]}
    args |= {"unit": [slug, world.unit.slug], "changes": [slug, world.place.pk], "carrying": [slug]}
    nia = client_of(later[2])
    assert {nia.get(reverse(name, args=taken)).status_code for name, taken in args.items()} == {404}
    carried = CarriedThread.objects.get()
    assert nia.get(carried.get_absolute_url()).status_code == 200
    assert client_of(world.bo).get(carried.get_absolute_url()).status_code == 404
    assert client_of(world.bo).get(later[1].path).status_code == 404


def test_nothing_of_it_is_new_or_counted(world, heron, read, later):
    agree(world, NAMED, world.bo, world.al)
    assert "0 threads" in read()
    assert "no talk yet" in read()
    assert new_counts_for(later[2]).total == 0
    later[1].refresh_from_db()
    assert (later[1].thread_count, later[1].post_count, later[1].carried_count) == (0, 0, 1)


def test_pictures_go_with_the_words_that_show_them(world, later, client_of):
    shown, kept = (an_image(world.place, by=world.bo) for _ in range(2))
    thread = a_thread(world.place, author=world.bo, body=f"![A]({shown.get_absolute_url()})")
    a_thread(world.place, author=world.bo, body=f"![B]({kept.get_absolute_url()})")
    carry_thread(by=world.alice, thread=thread, place=later[1])
    get = client_of(later[2]).get
    assert get(shown.get_absolute_url()).status_code == 404
    agree(world, UNNAMED, world.bo)
    assert get(shown.get_absolute_url()).status_code == 200
    assert get(kept.get_absolute_url()).status_code == 404
    assert client_of(world.cy).get(shown.get_absolute_url()).status_code == 404
    move_thread(by=world.alice, thread=thread, place=world.commons)
    assert get(shown.get_absolute_url()).status_code == 404
    move_thread(by=world.alice, thread=thread, place=world.place)
    assert get(shown.get_absolute_url()).status_code == 200
    delete_post(by=world.bo, post=thread.posts.get())
    assert get(shown.get_absolute_url()).status_code == 404


def test_only_who_guides_both_carries_and_either_takes_back(world, heron, later):
    cohort, place, nia = later
    there = a_person("Theo")
    join(cohort.community, there, role=Membership.Role.FACILITATOR)
    for person in (world.fay, there, nia, world.cy):
        with pytest.raises(NotTheirs):
            carry_thread(by=person, thread=heron, place=place)
    carried = carry_thread(by=world.alice, thread=heron, place=place)
    assert carry_thread(by=world.alice, thread=heron, place=place) == carried
    with pytest.raises(NotTheirs):
        take_back_carried(by=world.bo, carried=carried)
    for person in (world.fay, there):
        take_back_carried(by=person, carried=carried)
    place.refresh_from_db()
    assert place.carried_count == 0


def test_only_talk_about_the_same_text_is_carried(world, heron, later):
    other = place_of(world.units[1], later[0].community)
    for thread, place in ((heron, other), (heron, world.place), (a_thread(world.commons, author=world.bo), later[1])):
        with pytest.raises(StaysBehind):
            carry_thread(by=world.alice, thread=thread, place=place)
