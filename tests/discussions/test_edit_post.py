"""Changing one's own words: every wording is kept, nothing is overwritten."""

import uuid
from html import unescape

import pytest
from django.urls import reverse

from community.actions import remove_member
from community.models import EditConflict
from discussions.actions import POSTS_A_MINUTE, edit_post
from discussions.models import Post
from markup import LIMITS, Profile, words_changed
from notifications.actions import fan_out
from notifications.models import Event, Notification
from tests.discussions.test_at_once import at_once
from tests.factories import a_member, a_post, a_thread, a_thread_on

HTMX = {"HX-Request": "true"}
ways = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


@pytest.fixture
def post(world):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    return a_post(thread, author=world.bo, body="The first wording.")


def address(post, name="edit_post"):
    return reverse(name, args=[post.thread.place.community.slug, post.thread_id, post.pk])


def save(client, post, body, version=1, **more):
    return client.post(address(post), {"body": body, "version": version}, **more)


def test_an_author_edits_and_the_earlier_text_is_kept(world, client_of, post):
    client = client_of(world.bo)
    assert "The first wording." in client.get(address(post)).content.decode()
    assert save(client, post, "The *second* wording.").url == post.get_absolute_url()
    post.refresh_from_db()
    assert (post.source, post.version) == ("The *second* wording.", 2)
    assert "<em>second</em>" in post.html
    assert [(old.number, old.source) for old in post.revisions.all()] == [(1, "The first wording.")]
    assert post.revisions.get().created_at == post.created_at
    page = client_of(world.al).get(world.place.path).content.decode()
    assert f'class="edited" href="{address(post, "post_history")}"' in page


def test_the_history_shows_what_changed_to_all_who_see_the_post(world, client_of, post):
    save(client_of(world.bo), post, "The second wording.")
    page = client_of(world.al).get(address(post, "post_history")).content.decode()
    assert "<del>" in page
    assert "first</del>" in page
    assert "second</ins>" in page
    assert client_of(world.cy).get(address(post, "post_history")).status_code == 404


def test_a_long_history_is_shown_page_by_page(world, client_of, post):
    for n in range(1, 13):
        edit_post(author=world.bo, post=post, body=f"Wording {n}.", version=n)
        post.author.posts.update(edited_at="2020-01-01T00:00Z")
        post.revisions.update(created_at="2020-01-01T00:00Z")
    client = client_of(world.bo)
    assert "Version 3<" not in client.get(address(post, "post_history")).content.decode()
    last = client.get(address(post, "post_history") + "?before=4").content.decode()
    assert "Version 3<" in last
    assert "The first wording." in unescape(last)
    assert client.get(address(post, "post_history") + "?before=1").status_code == 404


@ways
def test_a_stale_save_shows_both_texts_and_overwrites_nothing(world, client_of, post, headers):
    client = client_of(world.bo)
    save(client, post, "From the phone.")
    response = save(client, post, "From the desk.", headers=headers)
    page = response.content.decode()
    assert response.status_code == 409
    assert "From the phone." in page
    assert "From the desk." in page
    assert 'name="version" value="2"' in page
    post.refresh_from_db()
    assert post.source == "From the phone."


def test_saving_the_same_words_twice_makes_one_revision(world, client_of, post):
    client = client_of(world.bo)
    assert [save(client, post, "Once.").status_code for _ in range(2)] == [302, 302]
    assert post.revisions.count() == 1


@ways
def test_too_long_and_empty_texts_are_refused_and_kept(world, client_of, post, headers):
    text = "x" * (LIMITS[Profile.POST] + 1)
    response = save(client_of(world.bo), post, text, headers=headers)
    assert response.status_code == 422
    assert text in response.content.decode()
    assert save(client_of(world.bo), post, " \n", headers=headers).status_code == 422
    assert post.revisions.count() == 0


def test_a_form_without_a_version_is_refused_with_its_words(world, client_of, post):
    response = client_of(world.bo).post(address(post), {"body": "Which version?"})
    assert response.status_code == 422
    assert "Which version?" in response.content.decode()


def test_only_the_author_edits(world, client_of, post):
    for person, status in ((world.alice, 403), (world.fay, 403), (world.cy, 404), (world.ed, 404), (None, 401)):
        assert save(client_of(person), post, "Not mine.").status_code == status
    remove_member(world.community.memberships.current().get(user=world.bo))
    assert save(client_of(world.bo), post, "Removed a second ago.").status_code == 404
    post.refresh_from_db()
    assert post.version == 1


def test_a_post_under_another_thread_is_led_to_its_own(world, client_of, post):
    other = a_thread(world.place, author=world.bo)
    url = reverse("edit_post", args=[world.community.slug, other.pk, post.pk])
    assert client_of(world.bo).get(url).url == address(post, "edit_post")


def test_in_place_the_post_is_changed_where_it_stands(world, client_of, post):
    client = client_of(world.bo)
    form = client.get(address(post, "edit_post_here"), headers=HTMX).content.decode()
    assert f'hx-target="#post-{post.pk}"' in form
    assert "<html" not in form
    response = save(client, post, "In place.", headers=HTMX)
    assert "In place." in response.content.decode()
    assert "data-focus" in response.content.decode()
    assert "announce" in response["HX-Trigger"]
    assert client.get(address(post, "edit_post_here")).url == address(post)
    assert client.get(address(post, "post")).url == post.get_absolute_url()
    assert "In place." in client.get(address(post, "post"), headers=HTMX).content.decode()


def test_who_is_newly_named_hears_of_it_and_nobody_twice(world, post):
    dana = a_member(world.community, "Dana", handle="dana")
    fan_out(Event.objects.get(object_id=post.pk, verb="replied").pk)
    assert Notification.objects.filter(person=world.alice).count() == 1
    for version, body in enumerate(["@fay and @alice", "@alice", "@fay, @alice, @dana and @cy", "@dana"], start=1):
        edit_post(author=world.bo, post=post, body=body, version=version)
        for event in Event.objects.not_fanned_out():
            fan_out(event.pk)
    told = Notification.objects.filter(event__verb="mentioned")
    assert sorted(told.values_list("person__handle", flat=True)) == ["dana", "fay"]
    assert Notification.objects.filter(person=world.alice).count() == 1
    assert set(Post.objects.get(pk=post.pk).mentioned.all()) == {dana}


def test_a_mention_in_an_edit_leads_to_the_post(world, client_of, post):
    for body in ("", "@fay, look"):
        if body:
            edit_post(author=world.bo, post=post, body=body, version=1)
        for event in Event.objects.not_fanned_out():
            fan_out(event.pk)
    page = client_of(world.fay).get("/notifications/").content.decode()
    assert "mentioned you in an edit" in page
    assert post.get_absolute_url() in page


def test_more_edits_than_a_person_makes_are_asked_to_wait(world, client_of, post):
    client = client_of(world.bo)
    for n in range(1, POSTS_A_MINUTE + 1):
        assert save(client, post, f"Wording {n}.", version=n).status_code == 302
    response = save(client, post, "One too many.", version=POSTS_A_MINUTE + 1)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "One too many." in response.content.decode()


def test_two_texts_are_compared_by_word_and_never_for_long():
    assert words_changed("One two three.", "One 2 three.") == [
        ("", "One "),
        ("del", "two"),
        ("ins", "2"),
        ("", " three."),
    ]
    assert words_changed("", "new") == [("ins", "new")]
    assert words_changed("same", "same") == [("", "same")]
    a, b = "." * 3000, "," * 3000
    assert words_changed(f"x{a}y", f"x{b}y") == [("", "x"), ("del", a), ("ins", b), ("", "y")]


@pytest.mark.django_db(transaction=True)
def test_of_two_edits_at_once_one_is_kept_and_the_other_is_a_conflict(world, post):
    def attempt(body):
        try:
            return edit_post(author=world.bo, post=post, body=body, version=1).source
        except EditConflict:
            return "conflict"

    made = at_once(attempt, [f"Wording {uuid.uuid4()}" for _ in range(8)])
    post.refresh_from_db()
    assert made.count("conflict") == 7
    assert post.source in made
    assert post.version == 2
    assert post.revisions.count() == 1
