"""Links are asked once a week whether they still answer; two days without an answer, and they are marked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from outbound import Fetched, NoAnswer, NotAllowed, TooManyRedirects
from resources import tasks
from resources.actions import check_links
from resources.actions.checking import A_HOST_A_RUN, LINKS_A_RUN
from resources.models import LinkPreview
from tests.factories import a_community, a_member, a_preview, a_resource, commons_of
from tests.sites import Internet, answer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def place(db, settings):
    settings.OUTBOUND_PORTS = [80, 443]
    return commons_of(a_community())


class Web:
    """What each address answers: a status, or an error."""

    def __init__(self, otherwise=200, **by_method):
        self.otherwise, self.by_method, self.asked = otherwise, by_method, []

    def __call__(self, url, *, method, policy):
        self.asked.append((method, url))
        found = self.by_method.get(method, self.otherwise)
        if isinstance(found, Exception):
            raise found
        return Fetched(found, url, "", "", b"", True)


def a_link(place, url="", **state):
    link = a_resource(place, url=url)
    LinkPreview.objects.filter(resource=link).update(**{"check_at": timezone.now(), "due_at": None} | state)
    return link


def state(link):
    preview = LinkPreview.objects.get(resource=link)
    return preview.failing_since, preview.dead_since


def run(web, time_machine, days):
    time_machine.move_to(MONDAY + timedelta(days=days), tick=False)
    return check_links(fetch=web)


def test_a_link_that_is_gone_on_two_days_is_marked_and_one_that_is_back_unmarked(place, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    link = a_link(place)
    assert run(Web(404), time_machine, 0) == 1
    assert state(link) == (MONDAY, None)
    assert run(Web(404), time_machine, 0.3) == 0  # not before tomorrow
    assert run(Web(404), time_machine, 1) == 1
    assert state(link) == (MONDAY, MONDAY + timedelta(days=1))
    assert run(Web(404), time_machine, 5) == 0  # once a week from here on
    assert run(Web(404), time_machine, 8) == 1
    assert state(link) == (MONDAY, MONDAY + timedelta(days=1))
    assert run(Web(200), time_machine, 15) == 1
    assert state(link) == (None, None)


def test_two_failures_on_one_day_are_one(place, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    link = a_link(place)
    run(Web(410), time_machine, 0)
    LinkPreview.objects.update(check_at=timezone.now())
    assert run(Web(410), time_machine, 0.1) == 1
    assert state(link) == (MONDAY, None)
    assert LinkPreview.objects.get().check_at > timezone.now()


@pytest.mark.parametrize(
    ("web", "asked", "fails"),
    [
        (Web(200), ["HEAD"], False),
        (Web(HEAD=405), ["HEAD"], False),
        (Web(HEAD=404), ["HEAD", "GET"], False),
        (Web(HEAD=500), ["HEAD", "GET"], False),
        (Web(HEAD=NoAnswer("x")), ["HEAD", "GET"], False),
        (Web(404), ["HEAD", "GET"], True),
        (Web(410), ["HEAD", "GET"], True),
        (Web(503), ["HEAD", "GET"], True),
        (Web(401), ["HEAD"], False),
        (Web(403), ["HEAD"], False),
        (Web(429), ["HEAD"], False),
        (Web(TooManyRedirects("x")), ["HEAD"], False),
        (Web(NotAllowed("x")), ["HEAD"], False),
    ],
)
def test_only_who_is_gone_counts_as_gone(place, web, asked, fails):
    link = a_link(place)
    check_links(fetch=web)
    assert [method for method, _url in web.asked] == asked
    assert bool(state(link)[0]) is fails
    web.asked.clear()


def test_silence_counts_while_somebody_else_answers(place):
    """Where nobody does, the fault is rather this machine's."""
    link = a_link(place)
    assert check_links(fetch=Web(NoAnswer("x"))) == 1
    assert state(link) == (None, None)
    LinkPreview.objects.update(check_at=timezone.now())
    a_link(place, answered_at=timezone.now())
    check_links(fetch=Web(NoAnswer("x")))
    assert state(link)[0]


def test_a_run_is_short_and_fair_to_hosts(place):
    for number in range(A_HOST_A_RUN + 3):
        a_link(place, f"https://busy.example/{number}")
    for number in range(LINKS_A_RUN):
        a_link(place, f"https://h{number}.example/")
    web = Web()
    assert check_links(fetch=web) == LINKS_A_RUN
    hosts = [url.split("/")[2] for _method, url in web.asked]
    assert hosts.count("busy.example") == A_HOST_A_RUN
    assert LinkPreview.objects.to_check().count() == A_HOST_A_RUN  # those for whom there was no room; busy's come later
    assert check_links(fetch=web) == A_HOST_A_RUN


def test_a_slow_run_leaves_the_rest_to_the_next(place, monkeypatch):
    monkeypatch.setattr("resources.actions.checking.SECONDS_A_RUN", -1)
    a_link(place)
    web = Web()
    assert check_links(fetch=web) == 0
    assert LinkPreview.objects.to_check().count() == 1


def test_two_runs_at_once_ask_each_link_once(place):
    for number in range(3):
        a_link(place, f"https://h{number}.example/")
    inner = Web()

    def fetch(url, **how):
        if not inner.asked:
            check_links(fetch=inner)
        return inner(url, **how)

    assert check_links(fetch=fetch) == 1
    assert len(inner.asked) == 3


def test_the_task_asks_by_the_one_client_and_not_for_our_own_pages(place, internet: Internet, settings):
    settings.SITE_URL = "https://weft.example.net"
    ours = a_link(place, "http://weft.example.net/c/secret/")
    gone = a_link(place, "http://public.example/gone")
    fine = a_link(place, "http://public.example/fine")
    site = internet.put("public.example", {"/fine": answer(b"")})
    tasks.check_links()
    assert state(ours) == state(fine) == (None, None)
    assert state(gone)[0]
    assert sorted(head.split(" HTTP")[0] for head in site.asked) == ["GET /gone", "HEAD /fine", "HEAD /gone"]
    assert set(internet.resolved) == {"public.example."}


def test_a_link_that_brings_trouble_holds_up_no_other(place, logged_errors):
    trouble, gone = a_link(place, "https://trouble.example/"), a_link(place, "https://gone.example/")

    def fetch(url, **how):
        if "trouble" in url:
            raise RuntimeError("nobody thought of this")
        return Fetched(410, url, "", "", b"", True)

    assert check_links(fetch=fetch) == 2
    assert state(gone)[0]
    assert state(trouble) == (None, None)
    assert [record.args for record in logged_errors] == [(trouble.pk,)]
    logged_errors.clear()


def test_while_nothing_may_go_out_nobody_is_asked(place, settings):
    settings.OUTBOUND_PORTS = []
    a_link(place)
    assert check_links(fetch=Web()) == 0
    assert LinkPreview.objects.to_check().count() == 1


def test_what_answers_a_preview_is_known_to_answer(place):
    preview = a_preview(a_resource(place))
    assert preview.answered_at
    assert timedelta(days=6) < preview.check_at - timezone.now() < timedelta(days=8)


def test_a_dead_link_leads_to_an_archive_on_request_only(place, client_of):
    url = "https://gone.example/a?b=c&d=<e>"
    link = a_link(place, url, failing_since=timezone.now(), dead_since=timezone.now())
    client = client_of(a_member(place.community))
    for page in (reverse("shelf", args=[place.community.slug, place.pk]), link.get_absolute_url()):
        html = client.get(page).content.decode()
        escaped = "https://gone.example/a?b=c&amp;d=&lt;e&gt;"
        assert f'<a href="https://web.archive.org/web/*/{escaped}" rel="noreferrer noopener nofollow">' in html
        assert "stopped answering" in html
        assert html.count("web.archive.org") == 1


def test_a_link_is_not_dead_before_it_failed(place):
    a_link(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkPreview.objects.update(dead_since=timezone.now())
