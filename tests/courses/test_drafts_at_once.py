"""Words that are kept at the very moment when they are sent. Whichever comes first, no draft of them stays."""

import uuid
from threading import Event, Thread

import pytest
from django.db import connections
from django.urls import reverse

from community.models import Draft
from courses.actions import drafts
from discussions.actions import talking
from discussions.models import Post
from tests.factories import a_thread_on
from wiki.actions import creating
from wiki.models import WikiPage

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


@pytest.fixture
def bo(world, client_of):
    return client_of(world.bo)


@pytest.fixture(params=["reply", "wiki page"])
def form(request, world, bo):
    """What a form sends, and what it keeps until then: two functions without arguments."""
    words = {"body": "Begun and sent.", "key": uuid.uuid4(), "title": "Herons"}
    if request.param == "reply":
        thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
        url, slot = reverse("reply", args=[world.community.slug, thread.pk]), f"reply:{thread.pk}"
    else:
        url = reverse("new_wiki_page", args=[world.community.slug, world.place.pk])
        slot = f"wiki-page:{world.place.pk}"
    return (
        lambda: bo.post(url, words | {"slot": slot}),
        lambda: bo.post(reverse("save_draft"), words | {"slot": slot}),
    )


def made():
    return Post.objects.filter(source="Begun and sent.").count() + WikiPage.objects.filter(title="Herons").count()


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
    send, keep = form
    began = beside(monkeypatch, drafts, "keep_draft", send, after=False)
    assert keep().json()["saved_at"]
    assert began[0].result().status_code == 302
    assert made() == 1
    assert not Draft.objects.exists()


def test_what_is_kept_while_it_is_being_sent_leaves_no_draft(monkeypatch, form, request):
    send, keep = form
    module, name = (talking, "add_post") if "reply" in request.node.name else (creating, "first_name")
    began = beside(monkeypatch, module, name, keep, after=True)
    assert send().status_code == 302
    assert began[0].result().json() == {"saved_at": None, "is_sent": True}
    assert made() == 1
    assert not Draft.objects.exists()
