"""Words that are kept at the very moment when they are sent. Whichever comes first, no draft of them stays."""

import uuid
from threading import Event, Thread

import pytest
from django.db import connections
from django.urls import reverse

from community.models import Draft
from courses.actions import drafts
from discussions.actions import distilling, talking
from discussions.models import Post, SummaryRevision
from tests.factories import a_summary, a_thread, a_thread_on, a_wiki_page
from wiki.actions import creating, saving
from wiki.models import Revision

pytestmark = pytest.mark.django_db(transaction=True)

LONG_S = 0.4  # enough for the other one, if nothing held it back


class Beside:
    """Something that runs beside the test, in a thread and on a connection of its own."""

    def __init__(self, work):
        self.done, self.answer = Event(), None
        self.thread = Thread(target=self._run, args=(work,))
        self.thread.start()

    def _run(self, work):
        try:
            self.answer = work()
        finally:
            connections.close_all()
            self.done.set()

    def result(self):
        self.thread.join()
        return self.answer


def forms(world):
    """By name: where a form sends to, its slot, and what is called at the end of what it does."""
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    summed = a_summary(a_thread(world.place, author=world.alice), by=world.alice, body="Before.").thread
    page, at = a_wiki_page(world.place, author=world.alice, body="Before."), world.community.slug
    return {
        "reply": (reverse("reply", args=[at, thread.pk]), f"reply:{thread.pk}", (talking, "add_post")),
        "new page": (
            reverse("new_wiki_page", args=[at, world.place.pk]), f"wiki-page:{world.place.pk}", (creating, "first_name")
        ),
        "page": (reverse("edit_wiki_page", args=[at, page.slug]), f"wiki:{page.pk}:1", (saving, "save_merged")),
        "summary": (reverse("distil", args=[at, summed.pk]), f"summary:{summed.pk}:1", (distilling, "save_summary")),
    }  # fmt: skip


@pytest.fixture(params=["reply", "new page", "page", "summary"])
def form(request, world, client_of):
    """Two functions without arguments: what a form sends, and what it keeps until then; and where its sending ends."""
    fay, (url, slot, end) = client_of(world.fay), forms(world)[request.param]
    words = {"body": "Begun and sent.", "key": uuid.uuid4(), "title": "Herons", "slot": slot}
    return (
        lambda: fay.post(url, words | {"version": "1"}),
        lambda: fay.post(reverse("save_draft"), words),
        end,
    )


def made():
    """How often the words stand."""
    return sum(model.objects.filter(source="Begun and sent.").count() for model in (Post, Revision, SummaryRevision))


def beside(monkeypatch, module, name, work, *, after):
    """Let `work` begin within, or just after, what `module` calls by that name; gives what began, in a list."""
    began, call = [], getattr(module, name)

    def calling(*args, **kwargs):
        answer = call(*args, **kwargs) if after else None
        began.append(Beside(work))
        began[0].done.wait(LONG_S)
        return answer if after else call(*args, **kwargs)

    monkeypatch.setattr(module, name, calling)
    return began


def test_what_is_sent_while_it_is_being_kept_leaves_no_draft(monkeypatch, form):
    send, keep, _end = form
    began = beside(monkeypatch, drafts, "keep_draft", send, after=False)
    assert keep().json()["saved_at"]
    assert began[0].result().status_code == 302
    assert made() == 1
    assert not Draft.objects.exists()


def test_what_is_kept_while_it_is_being_sent_leaves_no_draft(monkeypatch, form):
    send, keep, end = form
    began = beside(monkeypatch, *end, keep, after=True)
    assert send().status_code == 302
    assert began[0].result().json()["saved_at"] is None
    assert made() == 1
    assert not Draft.objects.exists()
