"""The versions of a summary: every one is kept, and can stand again."""

import pytest
from django.urls import reverse

from discussions.models import Summary
from tests.discussions.test_distil import address, pages, save
from tests.factories import a_post, a_thread_on


@pytest.fixture
def thread(world):
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.al)
    for author in (world.bo, world.fay):
        a_post(thread, author=author)
    return thread


def test_the_history_shows_what_changed_to_everybody_and_lets_who_may_go_back(world, client_of, thread):
    fay, bo, url = client_of(world.fay), client_of(world.bo), address(thread, "summary_history")
    assert fay.get(url).status_code == 404
    save(fay, thread, "It depends.")
    save(client_of(world.alice), thread, "It depends on <much>.", 1, note="More of it")
    page = bo.get(url).content.decode()
    assert [words in page for words in ("on &lt;much&gt;</ins>", "More of it", "Let this stand again")] == [1, 1, 0]
    assert "2 versions</a>" in pages(bo, thread)[0]
    again = address(thread, "restore_summary")
    assert "Let this stand again" in fay.get(url).content.decode()
    assert bo.post(again, {"number": 1, "version": 2}).status_code == 403
    assert fay.post(again, {"number": 1, "version": 2}).url == url
    summary = Summary.objects.get()
    assert (summary.version, summary.source, summary.revisions.numbered(3).get().note) == (
        3,
        "It depends.",
        "Version 1 again",
    )


def test_going_back_overwrites_nothing_that_was_saved_meanwhile(world, client_of, thread):
    save(client_of(world.fay), thread, "One.")
    save(client_of(world.alice), thread, "Two.", 1)
    save(client_of(world.alice), thread, "Three.", 2)
    again = client_of(world.fay).post(address(thread, "restore_summary"), {"number": 1, "version": 2}, follow=True)
    assert "Somebody saved meanwhile, so nothing was changed." in again.content.decode()
    assert Summary.objects.get().source == "Three."


def test_a_summary_that_was_taken_away_shows_nowhere_and_can_come_back(world, client_of, thread):
    fay, again = client_of(world.fay), address(thread, "restore_summary")
    save(fay, thread, "Not quite so.")
    fay.post(again, {"number": 0, "version": 1})
    bo = client_of(world.bo)
    for page in [*pages(bo, thread), bo.get(reverse("threads", args=["heron", world.place.pk])).content.decode()]:
        assert "Not quite so." not in page
        assert ">distilled</span>" not in page
        assert "fold-posts" not in page
    fay.post(again, {"number": 1, "version": 2})
    assert "Not quite so." in pages(bo, thread)[1]
    assert Summary.objects.get().author_count == 1
