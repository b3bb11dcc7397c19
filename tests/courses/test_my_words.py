"""What one has written stays readable to oneself, and to oneself only."""

import pytest

from community.actions import remove_member
from discussions.actions import delete_post
from resources.actions import remove_sharing
from tests.factories import a_post, a_resource, a_thread

pytestmark = pytest.mark.django_db


def leave(world, person):
    remove_member(world.community.membership_of(person))


def test_ones_own_words_are_there_where_one_is(world, client_of):
    thread = a_thread(world.place, author=world.bo, title="What herons eat", body="Mostly **fish**.")
    page = client_of(world.bo).get("/words/").content.decode()
    assert "Mostly <strong>fish</strong>." in page
    assert f'href="{thread.posts.get().get_absolute_url()}"'.replace("&", "&amp;") in page
    assert "What herons eat" in page


def test_they_stay_when_one_has_left_and_others_words_do_not(world, client_of):
    theirs = a_thread(world.place, author=world.fay, title="What Fay asks", body="Fay's own words.")
    a_post(theirs, author=world.bo, body="What Bo answered.")
    a_thread(world.place, author=world.bo, title="What Bo began", body="Bo's beginning.")
    leave(world, world.bo)
    page = client_of(world.bo).get("/words/").content.decode()
    for words in ("What Bo answered.", "What Bo began", "Bo&#x27;s beginning.", "no longer open to you"):
        assert words in page or words.replace("&#x27;", "'") in page
    for words in ("What Fay asks", "Fay's own", "Fay&#x27;s own", theirs.get_absolute_url()):
        assert words not in page


def test_nobody_reads_somebody_elses(world, client_of):
    a_thread(world.place, author=world.bo, body="Only Bo's page has this.")
    assert "Only Bo" not in client_of(world.fay).get("/words/").content.decode()


def test_what_one_took_back_is_gone(world, client_of):
    post = a_post(a_thread(world.place, author=world.fay), author=world.bo, body="Taken back.")
    delete_post(by=world.bo, post=post)
    assert "Taken back." not in client_of(world.bo).get("/words/").content.decode()


def test_what_one_shared_stays_with_what_one_said_of_it(world, client_of):
    a_resource(world.place, sharer=world.bo, url="https://example.org/herons", why="Short and *right*.")
    gone = a_resource(world.place, sharer=world.bo, url="https://example.org/gone", why="Not this one.")
    remove_sharing(by=world.bo, sharing=gone.sharings.get())
    leave(world, world.bo)
    page = client_of(world.bo).get("/words/?show=shared").content.decode()
    assert "https://example.org/herons" in page
    assert "Short and <em>right</em>." in page
    assert "Not this one." not in page


@pytest.mark.once
def test_the_page_asks_as_often_for_many_as_for_one(world, client_of, django_assert_num_queries):
    fay, thread = client_of(world.fay), a_thread(world.place, author=world.fay)
    fay.get("/words/")
    for more in (0, 6):
        for _ in range(more):
            a_post(thread, author=world.fay)
        with django_assert_num_queries(6):
            fay.get("/words/")
