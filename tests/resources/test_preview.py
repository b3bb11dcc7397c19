"""Previews of links: made once by a task, with nobody's rights, seen by whoever sees the link."""

from datetime import timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from community.actions import remove_member
from outbound import NoAnswer, NotAllowed, TooLarge, fetch
from resources import tasks
from resources.actions import ask_preview, make_preview, share
from resources.models import LinkPreview, Resource, Sharing
from tests.factories import a_community, a_member, a_preview, a_resource, an_upload, commons_of
from tests.sites import Internet, answer, page

pytestmark = pytest.mark.django_db
PAGE = page(
    '<title>Their title</title><meta property="og:site_name" content="The Herald">'
    '<meta name="description" content="What it is about."><meta property="og:image" content="/p.png">'
)


@pytest.fixture
def place(db):
    return commons_of(a_community())


def an_unnamed_link(place, url="http://public.example/page"):
    return share(sharer=a_member(place.community), place=place, url=url, key=uuid4()).resource


@pytest.fixture
def link(place):
    return an_unnamed_link(place)


def pictured(**more) -> bytes:
    return answer(an_upload(size=(800, 400), **more).read(), kind="image/png")


def counting(*outcomes):
    """A fetch that gives one after the other, and notes what it was asked."""
    left, asked = list(outcomes), []

    def fetch(url):
        asked.append(url)
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    fetch.asked = asked
    return fetch


def test_sharing_a_link_rings_once_after_the_commit(place, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        link = a_resource(place)
        ask_preview(link)
    assert [args for name, args, _ in rung if name == "resources.tasks.fetch_preview"] == [(link.pk,)]


def test_a_link_gets_a_preview_and_is_called_as_its_page_is(link, internet: Internet):
    site = internet.put("public.example", {"/page": PAGE, "/p.png": pictured()})
    tasks.fetch_preview(link.pk)
    preview = LinkPreview.objects.get()
    assert (preview.title, preview.site, preview.description) == ("Their title", "The Herald", "What it is about.")
    assert (preview.width, preview.height) == (480, 240)
    assert preview.fetched_at
    assert preview.due_at is None
    with Image.open(preview.picture) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("WEBP", (480, 240), {})
    link.refresh_from_db()
    assert (link.title, link.talk.title) == ("Their title", "Their title")
    assert len(site.asked) == 2


def test_a_name_that_somebody_gave_stays(place, internet: Internet):
    link = a_resource(place, url="http://public.example/page", title="On herons")
    internet.put("public.example", {"/page": PAGE})
    assert make_preview(link.pk)
    link.refresh_from_db()
    assert link.title == link.talk.title == "On herons"


def test_what_was_fetched_is_not_fetched_again(link, internet: Internet):
    site = internet.put("public.example", {"/page": PAGE})
    assert make_preview(link.pk)
    asked = len(site.asked)
    assert not make_preview(link.pk)
    tasks.sweep_previews()
    assert len(site.asked) == asked


def test_two_tries_at_once_make_one_preview(link, settings, internet: Internet):
    """The first is slow, its time is up, a second one overtakes it: its words stand, and no picture is left behind."""
    site = internet.put("public.example", {"/page": PAGE, "/p.png": pictured()})
    second = []

    def slow(url):
        if not second:
            second.append(True)
            LinkPreview.objects.update(due_at=timezone.now())
            assert make_preview(link.pk)
        return fetch(url)

    assert not make_preview(link.pk, fetch=slow)
    assert LinkPreview.objects.get().attempts == 2
    assert len(site.asked) == 4
    assert len(default_storage.listdir("previews")[1]) == 1


def test_of_two_that_take_it_at_one_moment_one_gets_it(link, monkeypatch):
    taken, asked, now = [], [], timezone.now

    def between():
        """The second asks for the time between reading and writing: there another one comes in."""
        asked.append(True)
        if len(asked) == 2:
            taken.append(LinkPreview.objects.claim(link.pk))
        return now()

    monkeypatch.setattr("resources.models.preview.timezone.now", between)
    taken.append(LinkPreview.objects.claim(link.pk))
    assert [preview is not None for preview in taken] == [True, False]
    assert LinkPreview.objects.get().attempts == 1


def test_a_worker_that_died_has_lost_its_try_and_no_more(link, rung, internet: Internet):
    """As when a page brings the worker down: it comes again when it is due, and at most four times."""
    internet.put("public.example", {"/page": PAGE})
    LinkPreview.objects.claim(link.pk)
    tasks.fetch_preview(link.pk)  # as the broker delivers it again
    assert LinkPreview.objects.get().fetched_at is None
    LinkPreview.objects.update(due_at=timezone.now())
    with TestCase.captureOnCommitCallbacks(execute=True):
        tasks.sweep_previews()
    assert rung == [("resources.tasks.fetch_preview", (link.pk,), {})]
    tasks.fetch_preview(link.pk)
    assert LinkPreview.objects.get().fetched_at


def test_what_waits_for_other_sites_has_a_queue_of_its_own():
    router = current_app.amqp.router
    for name in ("fetch_preview", "sweep_previews", "check_links"):
        assert router.route({}, f"resources.tasks.{name}")["queue"].name == "outbound"
    assert router.route({}, "notifications.tasks.fan_out")["queue"].name == "celery"
    assert set(current_app.amqp.queues) == {"celery", "outbound", "mail"}  # what a worker takes that is told nothing


@pytest.mark.parametrize("failure", [NoAnswer("x"), TooLarge("x")])
def test_a_link_that_does_not_answer_is_tried_four_times(link, failure, settings):
    settings.OUTBOUND_PORTS = [80]
    fetch = counting(*[failure] * 9)
    waits = []
    for _try in range(9):
        make_preview(link.pk, fetch=fetch)
        preview = LinkPreview.objects.get()
        waits.append(preview.due_at and round((preview.due_at - timezone.now()) / timedelta(minutes=1)))
        LinkPreview.objects.exclude(due_at=None).update(due_at=timezone.now())
    assert waits[:4] == [10, 120, 1440, None]
    assert len(fetch.asked) == preview.attempts == 4
    assert preview.failed_at
    assert not preview.fetched_at


def test_what_may_not_be_asked_is_not_tried_again(link, settings):
    settings.OUTBOUND_PORTS = [80]
    assert not make_preview(link.pk, fetch=counting(NotAllowed("x")))
    preview = LinkPreview.objects.get()
    assert (preview.due_at, preview.attempts, preview.fetched_at) == (None, 1, None)


@pytest.mark.parametrize(("status", "again"), [("404 Not Found", False), ("403 No", False), ("503 Later", True)])
def test_a_page_with_an_error_has_no_preview(link, status, again, internet: Internet):
    internet.put("public.example", {"/page": answer(b"<title>Error</title>", status=status)})
    assert not make_preview(link.pk)
    preview = LinkPreview.objects.get()
    assert preview.title == ""
    assert bool(preview.due_at) is again


def test_pages_of_this_site_are_never_fetched(place, client_of, internet: Internet, settings):
    """Not with the sharer's rights, and not with anybody's."""
    settings.SITE_URL = "https://weft.example.net"
    secret = an_unnamed_link(place, "https://weft.example.net/c/secret/")
    internet.put("weft.example.net", {"/c/secret/": page("<title>canary</title>")})
    assert not make_preview(secret.pk)
    assert internet.resolved == internet.dialled == []
    html = client_of(a_member(place.community)).get(reverse("shelf", args=[place.community.slug, place.pk]))
    assert "canary" not in html.content.decode()


def test_while_nothing_may_go_out_nothing_is_counted(link, settings):
    settings.OUTBOUND_PORTS = []
    assert not make_preview(link.pk, fetch=counting())
    assert LinkPreview.objects.due().get().attempts == 0


def test_the_sweep_finds_what_nobody_rang_for(link, rung, place):
    forgotten, waiting, removed = a_resource(place), a_resource(place), a_resource(place)
    LinkPreview.objects.filter(resource=forgotten).delete()
    LinkPreview.objects.filter(resource=waiting).update(due_at=timezone.now() + timedelta(minutes=9))
    Resource.objects.filter(pk=removed.pk).update(removed_at=timezone.now())
    rung.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        tasks.sweep_previews()
    assert {args for _name, args, _ in rung} == {(link.pk,), (forgotten.pk,)}


def test_a_page_waits_for_the_preview_of_what_was_just_shared(link, client_of, settings, monkeypatch):
    monkeypatch.setattr("resources.models.preview.WAITED_FOR", timedelta(hours=1))
    client = client_of(link.shared_by)
    shelf = reverse("shelf", args=[link.place.community.slug, link.place_id])
    url = reverse("preview", args=[link.place.community.slug, link.pk])
    waits = f'hx-get="{url}" hx-trigger="load delay:3s"'
    assert waits not in client.get(shelf).content.decode()  # as nothing may go out
    settings.OUTBOUND_PORTS = [443]
    assert waits in client.get(shelf).content.decode()
    assert waits in client.get(url).content.decode()
    Resource.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert waits not in client.get(url).content.decode()
    Resource.objects.update(created_at=timezone.now())
    a_preview(link, title="Their title")
    found = client.get(url).content.decode()
    assert waits not in found
    assert '<p class="preview-title" dir="auto">Their title</p>' in found


def test_a_picture_is_for_whoever_may_see_the_link_now(place, client_of):
    bo, cy = a_member(place.community), a_member(a_community())
    preview = a_preview(a_resource(place, sharer=bo))
    url = reverse("preview_picture", args=[place.community.slug, preview.resource_id])
    client = client_of(bo)
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "private, no-store"
    assert client.get(url, headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client_of(cy).get(url).status_code == 404
    remove_member(place.community.memberships.get(user=bo))
    assert client.get(url, headers={"If-None-Match": response["ETag"]}).status_code == 404


@pytest.mark.parametrize("taken", ["by a guide", "by who shared it"])
def test_what_was_taken_off_the_shelf_shows_nothing_of_its_page(taken, place, client_of):
    preview = a_preview(a_resource(place), title="canary")
    if taken == "by a guide":
        Resource.objects.update(removed_at=timezone.now())
    else:
        Sharing.objects.update(removed_at=timezone.now())
    client = client_of(a_member(place.community))
    for name in ("preview", "preview_picture"):
        assert client.get(reverse(name, args=[place.community.slug, preview.resource_id])).status_code == 404
    assert "canary" not in client.get(preview.resource.talk.path).content.decode()
    LinkPreview.objects.update(due_at=timezone.now(), check_at=timezone.now())
    assert not LinkPreview.objects.due().exists()
    assert not LinkPreview.objects.to_check().exists()
