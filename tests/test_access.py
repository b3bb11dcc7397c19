"""Every address and method, asked as each of the cast. An address that nobody listed here fails the test.

Di is signed out, Bo learns, Fay facilitates, Alice hosts and is L&D admin, Al is an alum of the cohort, Cy is in
another community, Ed was removed. `in` is "sign in first", `to` is a redirect elsewhere. Posts are sent empty, so where
somebody may write the answer is 422, "write something first".
"""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse

from community.actions import invite
from community.models import Membership
from discussions.actions import Decision, decide
from tests import factories as make
from tests.factories import a_block, a_post, a_summary, a_thread, a_thread_on, a_wiki_page, an_image, split_off

CAST = ["di", "bo", "fay", "alice", "al", "cy", "ed"]
MEMBERS = "in   200 200 200 200 404 404"
GUIDES = "in   404 200 200 404 404 404"
WRITE = "401  422 422 422 422 404 404"
ANYBODY = "200  200 200 200 200 200 200"
SELF = "in   200 200 200 200 200 200"
AUTHOR = "in   403 200 200 403 404 404"
AUTHOR_POST = "401  403 {} {} 403 404 404"
HOST = "in   404 404 200 404 404 404"

TABLE = f"""
today                   GET   {ANYBODY}
courses                 GET   {SELF}
communities             GET   {SELF}
course                  GET   {MEMBERS}
course_file             GET   {MEMBERS}
community               GET   {MEMBERS}
unit                    GET   {MEMBERS}
unit_done               POST  401  to  to  to  to  404 404
block_talk              GET   in   to  to  to  to  404 404
thread                  GET   {MEMBERS}
reply                   POST  {WRITE}
threads                 GET   {MEMBERS}
questions               GET   {MEMBERS}
topics                  GET   {MEMBERS}
new_topic               GET   {AUTHOR}
new_topic               POST  {AUTHOR_POST.format(422, 422)}
cancel_topic            POST  401  404 to  to  404 404 404
put_back_topic          POST  401  404 to  to  404 404 404
conversation            GET   in   to  to  to  to  404 404
readers                 POST  401  200 200 200 200 404 404
changes                 GET   {MEMBERS}
pieces                  GET   in   to  to  to  to  404 404
new_thread              GET   {MEMBERS}
new_thread              POST  {WRITE}
read_posts              POST  401  200 200 200 200 404 404
catch_up                POST  401  to  to  to  to  404 404
catch_up_community      POST  401  to  to  to  to  404 404
read_thread             POST  401  to  to  to  to  404 404
mark_unread             POST  401  to  to  to  to  404 404
post                    GET   in   to  to  to  to  404 404
edit_post               GET   in   403 403 200 403 404 404
edit_post               POST  401  403 403 422 403 404 404
edit_post_here          GET   in   to  to  to  to  404 404
post_history            GET   {MEMBERS}
delete_post             GET   in   403 200 200 403 404 404
delete_post             POST  401  403 to  to  403 404 404
restore_post            POST  401  403 to  to  403 404 404
reactions               POST  401  404 404 404 404 404 404
answer_post             GET   in   to  to  to  to  404 404
accept_post             POST  401  to  to  to  403 404 404
unaccept_post           POST  401  to  to  to  403 404 404
flag_post               GET   in   200 200 403 200 404 404
flag_post               POST  401  422 422 403 422 404 404
care                    GET   in   403 200 200 403 404 404
care_log                GET   in   403 200 200 403 404 404
care_post               GET   in   403 200 200 403 404 404
care_post               POST  401  403 422 422 403 404 404
care_entry              GET   in   404 200 200 404 404 404
undo_care               POST  401  403 to  403 403 404 404
new_prompt              GET   {AUTHOR}
new_prompt              POST  {AUTHOR_POST.format(422, 422)}
distil                  GET   in   403 200 200 403 404 404
distil                  POST  401  403 422 422 403 404 404
summary_history         GET   {MEMBERS}
restore_summary         POST  401  403 404 404 403 404 404
community_settings      GET   in   403 403 200 403 404 404
community_settings      POST  401  403 403 to  403 404 404
move_thread             GET   in   403 200 200 403 404 404
move_thread             POST  401  403 422 422 403 404 404
split_thread            GET   in   403 200 200 403 404 404
split_thread            POST  401  403 422 422 403 404 404
merge_threads           GET   in   403 200 200 403 404 404
merge_threads           POST  401  403 422 422 403 404 404
undo_transfer           POST  401  403 to  to  403 404 404
terms                   GET   {AUTHOR}
terms                   POST  {AUTHOR_POST.format("to", "to")}
preview_post            POST  {WRITE}
mentionable             GET   {MEMBERS}
linkable                GET   {MEMBERS}
add_image               GET   {MEMBERS}
add_image               POST  {WRITE}
image                   GET   {MEMBERS}
drafts                  GET   {SELF}
my_drafts               GET   {SELF}
save_draft              POST  401  422 422 422 422 422 422
discard_draft           POST  401  to  to  to  to  to  to
fresh_token             GET   {ANYBODY}
shelf                   GET   {MEMBERS}
shelf                   POST  {WRITE}
wiki_page               GET   {MEMBERS}
wiki_block_talk         GET   in   to  to  to  to  404 404
new_wiki_page           GET   {MEMBERS}
new_wiki_page           POST  {WRITE}
edit_wiki_page          GET   {MEMBERS}
edit_wiki_page          POST  {WRITE}
wiki_history            GET   {MEMBERS}
wiki_revision           GET   {MEMBERS}
people                  GET   {MEMBERS}
person                  GET   {MEMBERS}
trust                   POST  401  403 to  to  403 404 404
avatar                  GET   in   404 404 404 404 404 404
profile_settings        GET   {SELF}
profile_settings        POST  401  422 422 422 422 422 422
blocked                 GET   {SELF}
unblock                 POST  401  404 404 404 404 404 404
block                   GET   in   404 200 200 200 404 404
block                   POST  401  404 to  to  to  404 404
notifications           GET   {SELF}
mark_notifications_read POST  401  to  to  to  to  to  to
invitation              GET   {ANYBODY}
invitation              POST  200  403 403 403 403 403 403
manage                  GET   in   403 200 200 403 403 403
new_course              GET   in   403 403 200 403 403 403
new_course              POST  401  403 403 422 403 403 403
manage_course           GET   {AUTHOR}
new_section             GET   {AUTHOR}
new_section             POST  {AUTHOR_POST.format(422, 422)}
new_unit                GET   {AUTHOR}
new_unit                POST  {AUTHOR_POST.format(422, 422)}
edit_unit               GET   {AUTHOR}
edit_unit               POST  {AUTHOR_POST.format(422, 422)}
preview_unit            POST  {AUTHOR_POST.format(422, 422)}
move_section            POST  {AUTHOR_POST.format("to", "to")}
move_unit               POST  {AUTHOR_POST.format("to", "to")}
new_cohort              GET   in   403 403 200 403 404 404
new_cohort              POST  401  403 403 422 403 404 404
manage_cohort           GET   {HOST}
add_people              POST  401  404 404 422 404 404 404
remove_person           POST  401  404 404 to  404 404 404
offline                 GET   {ANYBODY}
service_worker          GET   {ANYBODY}
live                    GET   {ANYBODY}
mail_list               GET   {ANYBODY}
mail_message            GET   404  404 404 404 404 404 404
favicon                 GET   to   to  to  to  to  to  to
account_login           GET   200  to  to  to  to  to  to
account_signup          GET   200  to  to  to  to  to  to
account_logout          GET   to   200 200 200 200 200 200
account_reset_password  GET   {ANYBODY}
account_change_password GET   {SELF}
account_set_password    GET   in   to  to  to  to  to  to
account_email           GET   {SELF}
account_confirm_login_code GET to   to  to  to  to  to  to
account_inactive        GET   {ANYBODY}
account_email_verification_sent      GET {ANYBODY}
account_confirm_email                GET {ANYBODY}
account_reset_password_done          GET {ANYBODY}
account_reset_password_from_key      GET {ANYBODY}
account_reset_password_from_key_done GET {ANYBODY}
account_reauthenticate               GET {SELF}
"""

OF_A_POST = [
    "post", "edit_post", "edit_post_here", "post_history", "delete_post", "restore_post", "reactions", "answer_post",
    "flag_post",
]  # fmt: skip
OF_A_THREAD = [
    "thread", "move_thread", "split_thread", "merge_threads", "reply", "read_thread", "distil", "summary_history",
    "restore_summary",
]  # fmt: skip
OF_A_PLACE = [
    "threads", "changes", "pieces", "readers", "conversation", "add_image", "read_posts", "catch_up", "new_prompt",
    "new_thread", "shelf", "preview_post", "mentionable", "new_wiki_page",
]  # fmt: skip
OF_A_COMMUNITY = [
    "community", "community_settings", "people", "questions", "topics", "new_topic", "linkable", "catch_up_community",
    "manage_cohort", "add_people", "care", "care_log",
]  # fmt: skip
ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.fixture
def addresses(world):
    """Address of each name in the table, for things of Bo's cohort."""
    slug, place = world.community.slug, world.place
    thread = a_thread_on(world.unit, "Counting posts", community=world.community, author=world.alice)
    a_summary(thread, by=world.alice)
    page = a_wiki_page(place, author=world.alice)
    picture = an_image(place, by=world.alice)
    a_thread(place, author=world.alice, body=f"![A nest]({picture.get_absolute_url()})")
    file = world.course.files.get()
    block_id, _text = a_block(world.unit, "Counting posts")
    invited = {"email": "new@example.org", "role": Membership.Role.MEMBER, "invited_by": world.alice}
    token = invite(community=world.community, **invited).renew_token()
    bo_is_in = world.community.memberships.current().get(user=world.bo)
    course, unit = world.course.slug, world.unit.slug
    post, question = [slug, thread.pk, thread.posts.get().pk], a_thread(place, author=world.bo, kind="question")
    to_come = [slug, make.a_topic(world.commons, asker=world.fay, days=1).pk]  # members know nothing of it yet
    answer = [slug, question.pk, a_post(question, author=world.fay).pk]
    made = split_off(question, a_post(question, author=world.al), by=world.fay)
    entry = [slug, decide(by=world.fay, post=thread.posts.get(), decision=Decision("warn", "Mind.")).pk]
    arguments = {
        **dict.fromkeys(OF_A_POST, post), **dict.fromkeys(["accept_post", "unaccept_post"], answer),
        **dict.fromkeys(OF_A_THREAD, post[:2]), **{name: [slug, place.pk] for name in OF_A_PLACE},
        "cancel_topic": to_come, "put_back_topic": to_come, **{name: [slug] for name in OF_A_COMMUNITY},
        "course": [course], "course_file": [course, file.sha256[:12], file.path], "unit": [slug, unit],
        "unit_done": [slug, unit], "block_talk": [slug, unit, block_id], "image": [slug, picture.pk],
        "mark_unread": [slug, post[2]], "undo_transfer": [slug, made.pk, made.taken_in.get().pk],
        "care_entry": entry, "undo_care": entry, "care_post": [slug, post[2]],
        "terms": [slug, place.threads.in_text().get().pk], "wiki_page": [slug, page.slug],
        "wiki_block_talk": [slug, page.slug, next(iter(page.standing_blocks()))],
        "edit_wiki_page": [slug, page.slug], "wiki_history": [slug, page.slug], "wiki_revision": [slug, page.slug, 1],
        "person": [world.bo.handle], "block": [world.bo.handle], "unblock": [world.bo.handle], "trust": [slug, "bo"],
        "avatar": [world.bo.handle, "none.webp"], "invitation": [token], "manage_course": [course],
        "new_section": [course], "new_unit": [course], "edit_unit": [course, unit], "preview_unit": [course, unit],
        "move_section": [course, world.unit.section_id], "move_unit": [course, unit],
        "new_cohort": [course], "remove_person": [slug, bo_is_in.pk],
        "mail_message": ["none.eml"], "account_confirm_email": ["none"],
        "account_reset_password_from_key": ["1", "none-none"],
    }  # fmt: skip
    return lambda name: "/favicon.ico" if name == "favicon" else reverse(name, args=arguments.get(name, []))


def test_each_of_the_cast_gets_what_the_table_says(world, client_of, addresses, monkeypatch):
    monkeypatch.setattr("config.urls.handler404", lambda request, exception: HttpResponse(status=404))  # drawn below
    clients = {who: client_of(getattr(world, who)) for who in CAST}
    wrong = []
    for name, method, *expected in ROWS:
        url = addresses(name)
        seen = [undone(answer, clients[who], method, url) for who in CAST]
        if seen != expected:
            wrong.append(f"{method} {url}: {dict(zip(CAST, seen, strict=True))}, expected {expected}")
    assert not wrong, "\n".join(wrong)


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
            if undone(answer, client, method, addresses(name)) != "405":
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


def answer(client, method, url):
    """The status, with redirects told apart."""
    response = client.generic(method, url)
    if response.status_code not in (301, 302):
        return str(response.status_code)
    return "in" if response.url.startswith("/accounts/login/?next=") else "to"
