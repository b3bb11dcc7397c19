"""Every address and method, asked as each of the cast. An address that nobody listed here fails the test.

Di is signed out, Bo learns, Fay facilitates, Alice hosts and is L&D admin, Al is an alum of the cohort, Cy is in
another community, Ed was removed; Gus is a guest, Hal hosts and is nothing else, Ada is L&D admin and Ava an author of
the course, both in no community. `in` is "sign in first", `to` is a redirect elsewhere. Posts are sent empty, so where
somebody may write the answer is 422, "write something first".
"""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse

from tests.access import ROWS, arguments
from tests.access.people import more_roles

FOR_ALL = {"offline", "organisation_style", "service_worker"}  # a cache between them and us may give one's to another
CAST = ["di", "bo", "fay", "alice", "al", "cy", "ed", "gus", "hal", "ada", "ava"]


@pytest.fixture
def addresses(world):
    """Address of each name in the table, for things of Bo's cohort."""
    taken = arguments(world)
    return lambda name: "/favicon.ico" if name == "favicon" else reverse(name, args=taken.get(name, []))


def test_each_of_the_cast_gets_what_the_table_says(world, client_of, addresses, monkeypatch):
    monkeypatch.setattr("config.urls.handler404", lambda request, exception: HttpResponse(status=404))  # drawn below
    people = world.cast | more_roles(world)
    clients = {who: client_of(people[who]) for who in CAST}
    wrong, shared = [], set()
    for name, method, *expected in ROWS:
        url = addresses(name)
        answers = [undone(clients[who].generic, method, url) for who in CAST]
        seen = [word_for(given) for given in answers]
        shared |= {name for given in answers if not is_for_one(given)}
        if seen != expected:
            wrong.append(f"{method} {url}: {dict(zip(CAST, seen, strict=True))}, expected {expected}")
    assert not wrong, "\n".join(wrong)
    assert shared == FOR_ALL


def test_what_is_hidden_looks_like_what_is_not_there(world, client_of, addresses):
    cy = client_of(world.cy)
    missing = plain(cy.get("/no/such/page/"))
    hidden = [name for name, method, *seen in ROWS if method == "GET" and seen[CAST.index("cy")] == "404"]
    assert len(hidden) > 20
    assert [name for name in hidden if plain(cy.get(addresses(name))) != missing] == []


def test_no_address_takes_a_method_that_the_table_does_not_list(world, client_of, addresses):
    client, taken = client_of(world.alice), []
    for name in sorted({row[0] for row in ROWS} - {"favicon"}):
        listed = {row[1] for row in ROWS if row[0] == name}
        if name.startswith("account_"):
            continue  # allauth's own
        for method in sorted({"GET", "POST", "PUT", "PATCH", "DELETE"} - listed):
            if word_for(undone(client.generic, method, addresses(name))) != "405":
                taken.append(f"{method} {name}")
    assert taken == []


def test_every_address_is_in_the_table():
    listed = {row[0] for row in ROWS}
    names = (pattern.name or str(pattern.pattern) for pattern in every_pattern(get_resolver()))
    missing = {name.removesuffix(".ico") for name in names} - listed
    assert missing == set(), f"not in the table: {sorted(missing)}"


def every_pattern(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from every_pattern(entry)


def plain(response):
    """Status and body without what differs from answer to answer."""
    return response.status_code, re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


def undone(ask, *args):
    """What `ask` answers; what it did to the database is taken back."""
    with transaction.atomic():
        answer = ask(*args)
        transaction.set_rollback(True)
    return answer


def is_for_one(response):
    return {"private", "no-store"} & set(re.split(r",\s*", response["Cache-Control"]))


def word_for(response):
    """The status, with redirects told apart."""
    if response.status_code not in (301, 302):
        return str(response.status_code)
    return "in" if response.url.startswith("/accounts/login/?next=") else "to"
