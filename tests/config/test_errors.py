"""When something goes wrong: calm pages, and no word lost."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from tests.factories import a_community, a_member, a_thread, commons_of

pytestmark = pytest.mark.django_db
SECRET = "a secret of the house"
WORDS = "First line\n\n  <b>indented</b> & kept"


@pytest.fixture
def thread(db):
    return a_thread(commons_of(a_community()))


@pytest.fixture
def bo(thread):
    return a_member(thread.place.community, "Bo Lindqvist")


@pytest.fixture
def reply(thread):
    return reverse("reply", args=[thread.place.community.slug, thread.pk])


def calm(response):
    """Whether a person can read it and learns nothing of the inside."""
    html = response.content.decode()
    inside = ("Traceback", "Exception", "Error:", "site-packages", ".py", "SELECT", "settings.", SECRET)
    return "<h1" in html and not [word for word in inside if word in html]


def test_each_error_has_a_calm_page(client_of, bo, monkeypatch, logged_errors):
    def fail(*args):
        raise RuntimeError(SECRET)

    monkeypatch.setattr("notifications.views.listing.Paginator", fail)
    client = client_of(bo)
    client.raise_request_exception = False
    answers = {
        400: client.get("/", headers={"Host": "evil.example"}),
        403: client.get("/manage/"),
        404: client.get("/no/such/page/"),
        500: client.get("/notifications/"),
    }
    assert [record.name for record in logged_errors] == ["django.security.DisallowedHost", "django.request"]
    logged_errors.clear()
    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    assert [status for status, answer in answers.items() if not calm(answer)] == []


def test_without_its_database_the_page_is_calm_too(client_of, bo, logged_errors):
    client = client_of(bo)
    client.raise_request_exception = False

    def away(*_args, **_more):
        raise OperationalError(SECRET)

    with connection.execute_wrapper(away):
        answer = client.get("/")
        live = Client().get("/health/live")
    assert logged_errors
    logged_errors.clear()
    assert answer.status_code == 503
    assert calm(answer)
    assert live.status_code == 200


@pytest.mark.parametrize(
    "path", ["/people/a%00b/", "/c/a%00b/", "/%00", "/people/bo/picture/%00", "/courses/a/files/1/%00"]
)
def test_an_address_with_a_nul_is_not_there(client_of, bo, path):
    assert client_of(bo).get(path).status_code == 404


def test_a_form_without_its_token_saves_nothing_and_gives_the_words_back(bo, thread, reply):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bo)
    form = {"body": WORDS, "key": "k-1", "csrfmiddlewaretoken": "t-1", "password1": "p-1", "empty": " "}
    response = client.post(reply, form)
    html = response.content.decode()
    assert response.status_code == 403
    assert calm(response)
    assert ">\nFirst line\n\n  &lt;b&gt;indented&lt;/b&gt; &amp; kept</textarea>" in html
    assert html.count("<textarea") == 1
    assert not [word for word in ("k-1", "t-1", "p-1") if f">{word}<" in html or f"\n{word}<" in html]
    assert thread.posts.count() == 1


def test_somebody_elses_token_is_none(client_of, bo, reply, thread):
    eve = Client(enforce_csrf_checks=True)
    eve.get("/accounts/login/")
    client = Client(enforce_csrf_checks=True)
    client.force_login(bo)
    client.get("/")
    form = {"body": WORDS, "csrfmiddlewaretoken": eve.cookies["weft-csrf"].value}
    assert client.post(reply, form).status_code == 403
    assert thread.posts.count() == 1


def test_who_was_signed_out_gets_the_words_back_and_the_way_to_sign_in(client, reply, thread):
    page = thread.get_absolute_url()
    response = client.post(reply, {"body": WORDS, "key": "k-1"}, headers={"Referer": f"http://testserver{page}?a=b"})
    html = response.content.decode()
    assert response.status_code == 401
    assert calm(response)
    assert ">\nFirst line\n\n  &lt;b&gt;indented&lt;/b&gt; &amp; kept</textarea>" in html
    assert f'href="/accounts/login/?next={page}"' in html
    assert response["HX-Reswap"] == "none"
    assert thread.posts.count() == 1


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "http://[",
        "https://evil.example//evil.example/",
        "javascript:alert(1)",
        "ü",
        "http://testserver//evil.example/",
    ],
)
def test_an_odd_referer_leads_nowhere_odd(client, reply, referer):
    response = client.post(reply, {"body": WORDS}, headers={"Referer": referer})
    assert response.status_code == 401
    html = response.content.decode()
    assert "First line" in html
    assert 'href="/accounts/login/?next=/' in html
    assert "javascript:" not in html
    assert "next=//" not in html


def test_a_page_asked_for_while_signed_out_comes_after_signing_in(client, thread):
    answer = client.get(f"{thread.get_absolute_url()}?page=2")
    assert answer.url == f"/accounts/login/?next={thread.get_absolute_url()}%3Fpage%3D2"


@pytest.mark.parametrize(("current", "back"), [("{page}?a=b#c", "{page}"), ("https://evil.example/", "/"), ("", "/")])
def test_a_part_of_a_page_asked_for_while_signed_out_leads_the_page_to_sign_in(client, thread, current, back):
    page = thread.get_absolute_url()
    headers = {"HX-Request": "true", "HX-Current-URL": current.format(page=f"http://testserver{page}")}
    answer = client.get(page, headers=headers)
    assert (answer.status_code, answer.content, answer["HX-Reswap"]) == (401, b"", "none")
    assert answer["HX-Redirect"] == f"/accounts/login/?next={back.format(page=page)}"
    by_itself = client.get(page, headers=headers | {"X-By-Itself": "1"})
    assert (by_itself.status_code, by_itself.get("HX-Redirect"), by_itself["HX-Reswap"]) == (401, None, "none")
