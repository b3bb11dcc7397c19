"""With everything kept that is kept, nobody gets a word that only another may see: each of the cast asks in turns."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from discussions.models import Post
from pieces.pages import KEY, TOKEN
from tests.factories import a_post, a_prompt, a_thread
from tests.pieces.test_kept import KEYS

CAST = ("alice", "fay", "bo", "al", "cy", "ed", "di")
GUIDES = {"alice", "fay"}
COHORT = {"alice", "fay", "bo", "al"}


@pytest.fixture
def canaries(world):
    """Word → those who may see it."""
    thread = a_thread(world.place, author=world.al, title="canary-thread")
    hidden = a_post(thread, author=world.bo, body="canary-hidden")
    Post.objects.filter(pk=hidden.pk).update(
        hidden_at=timezone.now(), deleted_at=timezone.now(), deleted_by=world.alice
    )
    later = timezone.now() + timedelta(days=2)
    a_prompt(world.place, asker=world.fay, title="canary-scheduled", opens_at=later)
    nameless = a_prompt(world.place, asker=world.fay, title="canary-nameless", is_anonymous=True)
    a_post(nameless, author=world.al, body="canary-answer")
    a_thread(world.other.places.get(kind="commons"), author=world.cy, title="canary-other")
    emails = {getattr(world, who).email: {who} for who in CAST if getattr(world, who)}
    return emails | {
        "canary-thread": COHORT, "canary-hidden": GUIDES | {"bo"}, "canary-scheduled": GUIDES,
        "canary-nameless": COHORT, "canary-answer": COHORT, "canary-other": {"cy"},
    }  # fmt: skip


def test_nobody_gets_what_only_another_may_see(world, client_of, canaries):
    clients = {who: client_of(getattr(world, who)) for who in CAST}
    thread = world.place.threads.get(title="canary-thread")
    other = world.other.get_absolute_url()
    paths = (world.place.path, thread.get_absolute_url(), world.community.get_absolute_url(), "/", other)
    seen, keys = {}, []
    for _ in range(2):
        for path in paths:
            for who, client in clients.items():
                html = client.get(path).content.decode()
                assert TOKEN not in html
                assert KEY not in html
                keys += KEYS.findall(html)
                for word in canaries:
                    seen.setdefault(word, set()).update({who} if word in html else ())
    assert seen == canaries
    assert len(keys) == len(set(keys)) > 20


def test_who_answers_without_a_name_is_named_to_guides_alone(world, client_of, canaries):
    for _ in range(2):
        for who in COHORT:
            html = client_of(getattr(world, who)).get(world.place.path).content.decode()
            post = Post.objects.get(source="canary-answer")
            article = re.search(rf'<article[^>]* id="post-{post.pk}".*?</article>', html, re.DOTALL)[0]
            assert ("Al Reyes" in article) == (who in GUIDES)
