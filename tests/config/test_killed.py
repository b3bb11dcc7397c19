"""`make chaos` in small: one of two web processes is killed while people write. The whole is tests/chaos."""

import signal

import pytest
from django.urls import reverse

from discussions.models import Post
from tests.chaos.watchers import Watcher
from tests.chaos.writers import Writers
from tests.factories import a_member, a_thread
from tests.serving import another_process, wait_until


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_before_and_after_a_kill_is_there_once_and_pages_know_of_it(world):
    thread = a_thread(world.place, author=world.alice)
    people = [a_member(world.community) for _ in range(6)]
    reply = reverse("reply", args=[world.community.slug, thread.pk])
    file = reverse("add_file", args=[world.community.slug, world.place.pk])
    with another_process() as first, another_process() as second:
        ports = [first.port, second.port]
        writers = Writers(ports, [first.cookie_of(person) for person in people], [reply], file)
        watcher = Watcher(ports, world.bo, world.place, [thread.pk])
        watcher.start()
        wait_until(lambda: watcher.connected == 1)
        writers.start(a_second=15, at_once=3)
        wait_until(lambda: len(writers.taken) >= 8)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        known = len(writers.taken)
        wait_until(lambda: len(writers.taken) >= known + 8)
        writers.end()
        wait_until(lambda: writers.is_done)
        written = set(Post.objects.filter(thread=thread).exclude(author=world.alice).values_list("pk", flat=True))
        wait_until(lambda: written <= watcher.known)
        watcher.ended.set()
    said = sorted(token for token, write in writers.taken.items() if not write.is_file)
    posts = Post.objects.filter(pk__in=written).values_list("source", flat=True)
    assert sorted(source.partition(" ")[0] for source in posts) == said
    assert watcher.connected >= 2
    assert writers.phase.refused
    assert not writers.phase.odd
