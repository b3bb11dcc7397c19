"""With everything kept that is kept, nobody gets a word that only another may see: each of the cast asks in turns."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from discussions.models import Post
from pieces.pages import KEY, TOKEN
from tests.factories import a_post, a_prompt, a_thread
from tests.needs import nginx
from tests.pieces.test_kept import KEYS
from tests.proxy import shared_caches

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


def paths_of(world):
    thread, community = world.place.threads.get(title="canary-thread"), world.community.get_absolute_url()
    return (world.place.path, thread.get_absolute_url(), community, "/", world.other.get_absolute_url())


def test_nobody_gets_what_only_another_may_see(world, client_of, canaries):
    clients = {who: client_of(getattr(world, who)) for who in CAST}
    seen, keys = {}, []
    for _ in range(2):
        for path in paths_of(world):
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


@pytest.fixture
def caches(site, tmp_path):
    program = nginx()
    assert program, "python -m tests.needs nginx"
    with shared_caches(program, tmp_path, site) as found:
        yield found


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_cache_that_all_share_gives_nobody_what_is_another_s(world, canaries, site, caches):
    cookies = {who: site.cookie_of(getattr(world, who)) for who in CAST}
    people = f"{world.community.get_absolute_url()}people/"
    of_bo = ("/settings/profile/", "/notifications/", "/token/", people, f"{world.place.path}x.css")
    cache, seen, shared = caches["deaf"], {}, []
    cache.get("/offline/")
    assert cache.get("/offline/").is_from_cache
    for path in (*paths_of(world), *of_bo) * 2:
        for who, cookie in cookies.items():
            for fragment in ({"HX-Request": "true"}, {}) if who == "bo" else ({},):
                page = cache.get(path, cookie, fragment)
                shared += [(who, path)] if page.is_from_cache else []
                for word in (word for word in canaries if "@" not in word):
                    seen.setdefault(word, set()).update({who} if word in page.text else ())
    assert shared == []
    assert seen == {word: who for word, who in canaries.items() if word in seen}


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_cache_keeps_nothing_that_a_stranger_made_up(caches, logged_errors):
    made_up = [
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "X-Original-URL": "/evil.example"},
        {"HX-Request": "true", "HX-Current-URL": "http://evil.example/", "Accept-Language": "evil.example"},
    ]
    for path in ("/", "/accounts/login/", "/offline/", "/sw.js", "/c/heron", "/static/css/app.css", "/nothing/"):
        for cache in caches.values():
            asked = cache.get(f"{path}?plain")
            for headers in made_up:
                cache.get(path, headers=headers)
            page = cache.get(path)
            assert (page.status, "evil" in page.text) == (asked.status, False), path
    refused = {record.name for record in logged_errors}
    logged_errors.clear()
    assert refused == {"django.security.DisallowedHost"}
