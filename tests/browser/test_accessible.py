"""axe finds nothing on any page, wide and light or narrow and dark; and nothing scrolls sideways at 320 pixels."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone

from accounts.actions import hide_person
from community.actions import invite, keep_draft
from community.models import Membership
from discussions.actions import (
    Decision,
    accept_post,
    decide,
    delete_post,
    edit_post,
    flag_post,
    react,
    undo_decision,
)
from discussions.models import Post
from notifications.actions import fan_out
from notifications.models import Event
from tests.browser.carried import carried
from tests.browser.collected import EXPORTED, bookmarked, collected, refused_collection
from tests.browser.conftest import PHONE, WIDE, scrolls_sideways, violations
from tests.browser.digested import digested
from tests.browser.followed import followed
from tests.browser.founded import founded
from tests.browser.mailed import mailed
from tests.browser.organised import organised
from tests.browser.rostered import rostered
from tests.browser.scheduled import scheduled
from tests.browser.seasonal import seasonal
from tests.browser.shelved import shelved
from tests.browser.stopped import stopped
from tests.browser.suggested import suggested
from tests.browser.topical import topical
from tests.factories import a_post, a_resource, a_summary, a_thread, a_thread_on, a_topic, a_wiki_page, split_off
from tests.invited import a_token_of
from wiki.actions import edit_page

pytestmark = pytest.mark.django_db(transaction=True)

NARROWEST = 320
NOT_PAGES = ("pieces/", "allauth/", "django/", "account/email/")
BASES = {"base.html", "plain.html"}
# Pages that need a mishap or a switch to be seen; they are drawn with what their view gives them.
DRAWN = {
    "400.html": {},
    "422.html": {},
    "429.html": {},
    "500.html": {},
    "503.html": {"outage": "database", "posted": True, "typed": [("body", "What I wrote.")]},
    "403_csrf.html": {"typed": [("body", "What I wrote.")]},
    "account/account_inactive.html": {},
    "resources/export/collection.html": EXPORTED,
    "account/signup_closed.html": {},
}


@pytest.fixture
def full(world):
    """Bo's world with something of everything in it; paths of its pages for Bo, Alice and somebody signed out."""
    thread = a_thread_on(
        world.unit, "Counting posts", community=world.community, author=world.alice, body="**So?** `x`"
    )
    mine = a_post(thread, author=world.bo, body="Yes, @alice.\n\n> quoted\n\n- [x] done")
    edit_post(author=world.bo, post=mine, body="Yes, @alice, *often*.\n\n> quoted\n\n- [x] done", version=1)
    question = a_thread(world.place, author=world.bo, kind="question", title="Who has tried it?")
    answer = a_post(question, author=world.fay)
    split_off(question, a_post(question, author=world.bo), by=world.alice)
    accept_post(by=world.bo, post=answer)
    react(person=world.bo, post=answer, word="helped")
    delete_post(by=world.bo, post=a_post(a_thread(world.commons, author=world.fay), author=world.bo))
    a_resource(world.place, sharer=world.fay, tags=["reading"], why="Short, and *right*.")
    a_summary(question, by=world.fay, body=f"Fay has ([Fay](/c/heron/t/{question.pk}/posts/{answer.pk}/)).")
    a_wiki_page(world.commons, author=world.bo, title="Words", body="## Ours\n\nSee [[Field guide]].\n")
    body = "# Signs\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## Help\n\n[[None yet]]\n\n## Words\n\n::page{Words}\n"
    page = a_wiki_page(world.place, author=world.bo, title="Field guide", body=body)
    edit_page(author=world.fay, page=page, body=page.source + "\nMore.\n", version=1, summary="More")
    hide_person(person=world.bo, hidden=world.al)
    a_post(question, author=world.al, body="Folded away.")
    for event in Event.objects.all():
        fan_out(event.pk)
    invited = {"email": "new@example.org", "role": Membership.Role.MEMBER, "invited_by": world.alice}
    token = a_token_of(invite(community=world.community, **invited))
    for slot in (f"reply:{thread.pk}", "reply:0"):
        keep_draft(person=world.bo, slot=slot, title="", body="Begun, not posted.")
    mail = Path(settings.EMAIL_FILE_PATH)
    mail.mkdir(parents=True, exist_ok=True)
    (mail / "one.eml").write_text("From: weft@localhost\nTo: bo@example.org\nSubject: Hello\n\nhttp://localhost/x\n")
    found = paths(world, thread=thread, question=question, page=page, token=token)
    found["bo"] += bookmarked(world, thread, answer, page)
    found["alice"] += [*looked_after(world, answer), *shelved(world), "/bookmarks/"]
    found["alice"] += [*topical(world), *organised(world), *rostered(world)]
    found["bo"] += [*collected(world, thread, page), *followed(world, thread), *digested(world)]
    found["alice"] += mailed(world)
    found["refused"] += refused_collection(world)
    more = more_pages(world, thread)
    return {who: found[who] + [path for paths in more for path in paths.get(who, [])] for who in found}


def more_pages(world, thread):
    """Paths of pages by who sees them, of one module after the other."""
    return [
        suggested(world),
        carried(world, thread),
        founded(world),
        scheduled(world),
        seasonal(world),
        stopped(world, thread),
    ]


def looked_after(world, post):
    """Flag a post and decide about others; paths of the pages of care for Alice."""
    slug, late = world.community.slug, timezone.now() + timedelta(days=3)
    flag_post(by=world.bo, post=post, why="other", words="Look.")
    loud = a_post(post.thread, author=world.al, body="Loud.")
    entries = [
        decide(by=world.fay, post=loud, decision=Decision("hide", "It names somebody.")),
        decide(by=world.fay, post=loud, decision=Decision("pause", "It was the third time.", until=late)),
    ]
    undo_decision(by=world.fay, entry=entries[0], reason="It is public.")
    names = [("care", []), ("care_log", []), *(("care_post", [of.pk]) for of in (post, loud))]
    names += [("care_entry", [entry.pk]) for entry in entries]
    acts = [reverse(name, args=[slug, post.thread_id, post.pk]) for name in ("flag_post", "post_menu")]
    return [*(reverse(name, args=[slug, *more]) for name, more in names), *acts]


def paths(world, *, thread, question, page, token):
    slug, course, place = world.community.slug, world.course.slug, world.place.pk
    wiki, post = [slug, page.slug], [slug, thread.pk, thread.posts.last().pk]
    gone = [slug, *Post.objects.values_list("thread", "pk").get(deleted_by=world.bo)]
    return {
        "bo": [
            "/", "/courses/", "/communities/", "/notifications/", "/settings/profile/", "/no/such/page/", "/manage/",
            "/settings/blocked/", "/people/fay/block/", "/people/al/", world.place.path, f"/courses/{course}/",
            f"{world.place.path}?post={thread.posts.last().pk}", f"/c/{slug}/", f"/c/{slug}/people/", "/people/alice/",
            f"{world.place.path}?discuss={list(world.unit.block_texts())[3]}", thread.get_absolute_url(), "/drafts/",
            question.get_absolute_url(), reverse("threads", args=[slug, place]), reverse("questions", args=[slug]),
            *(reverse(name, args=[slug, place]) for name in ("new_thread", "shelf", "new_wiki_page")),
            *(reverse(name, args=post) for name in ("edit_post", "post_history", "delete_post")),
            *wiki_paths(wiki), reverse("wiki_index", args=[slug]), reverse("delete_post", args=gone),
            f"/c/{slug}/?post={gone[2]}", "/settings/reading/",
            "/accounts/logout/", "/accounts/password/change/", "/accounts/email/", "/accounts/reauthenticate/",
        ],
        "alice": [*alice_paths(world, thread=thread, question=question), reverse("hide_wiki_text", args=[*wiki, 1])],
        None: [
            "/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/",
            "/accounts/confirm-email/", "/accounts/confirm-email/none/", "/accounts/password/reset/key/1-set-password/",
            "/accounts/password/reset/key/done/", f"/invitations/{token}/", "/invitations/none/", "/offline/",
            "/dev/mail/", "/dev/mail/one.eml/",
        ],
        "refused": [
            ("alice", reverse("edit_unit", args=[course, world.unit.slug]), {"title": "T", "version": 0}),
            ("bo", reverse("edit_wiki_page", args=wiki), {"body": "Mine", "version": 0}),
            ("alice", reverse("distil", args=[slug, question.pk]), {"body": "Mine", "version": 0}),
            ("bo", reverse("edit_wiki_page", args=wiki), {"body": "", "version": 2}),
            ("bo", reverse("reply", args=[slug, thread.pk]), {"body": "x" * 10_001}),
            ("bo", reverse("edit_post", args=post), {"body": "Mine", "version": 1}),
            ("bo", reverse("new_thread", args=[slug, place]), {"title": "t" * 201}),
            ("bo", reverse("reply", args=[slug, 0]), {"body": "Written to what is not there"}),
            ("bo", reverse("shelf", args=[slug, place]), {"what": "javascript:x"}),
            (None, reverse("reply", args=[slug, thread.pk]), {"body": "Written while signed out"}),
        ],
    }  # fmt: skip


def wiki_paths(wiki):
    """Those of a page with two versions."""
    compared = reverse("compare_wiki_page", args=wiki) + "?older=1&newer=2"
    names = ("wiki_page", "edit_wiki_page", "wiki_history", "rename_wiki_page", "wiki_writers")
    return [*(reverse(name, args=wiki) for name in names), reverse("wiki_revision", args=[*wiki, 1]), compared,
            f"{compared}&typed=on"]  # fmt: skip


def alice_paths(world, *, thread, question):
    """Those of an author and a guide."""
    slug, course, place, unit = world.community.slug, world.course.slug, world.place, world.unit.slug
    here, from_here = [slug, thread.pk], f"?from={thread.posts.last().pk}"
    a_post(a_topic(world.commons, asker=world.alice), author=world.fay)
    topic = a_topic(world.commons, asker=world.alice, days=3)
    return [
        "/manage/", "/manage/courses/new/", f"/manage/courses/{course}/", reverse("new_unit", args=[course]),
        reverse("edit_unit", args=[course, unit]), reverse("new_cohort", args=[course]),
        *(reverse(name, args=[slug]) for name in ("manage_cohort", "season", "cohort_report", "hello")),
        reverse("unit_report", args=[slug, unit]), reverse("course_report", args=[course]),
        reverse("manage_cohort", args=[slug]), reverse("cohort_report", args=[slug]),
        reverse("unit_report", args=[slug, unit]), reverse("hello", args=[slug]),
        place.path, question.get_absolute_url(),
        reverse("split_thread", args=here) + from_here,
        *(reverse(name, args=here) for name in ("move_thread", "merge_threads")),
        reverse("new_prompt", args=[slug, place.pk]), reverse("add_file", args=[slug, place.pk]),
        *(reverse("terms", args=[slug, of.pk]) for of in (place.threads.in_text().get(), topic)),
        *(reverse(name, args=[slug]) for name in ("topics", "new_topic", "community")), "/",
        reverse("distil", args=here), reverse("summary_history", args=[slug, question.pk]),
        *(reverse(name, args=[slug]) for name in ("community_settings", "wiki_templates", "new_wiki_template")),
        *(reverse(name, args=[slug]) for name in ("facilitate", "announce")), f"/c/{slug}/facilitate/?resting=yes",
        *(reverse(name, args=[slug]) for name in ("library", "new_library_prompt")),
    ]  # fmt: skip


@pytest.fixture
def seen():
    """Names of the templates that the live server draws."""
    names = set()

    def note(template, **_):
        names.add(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def pages_of(open_as, world, full, *, width, scheme):
    """Each page of the product once, as a browser shows it."""
    people = {"bo": world.bo, "alice": world.alice, None: None}
    tabs = {who: open_as(person, "/", width=width, scheme=scheme) for who, person in people.items()}
    for who, tab in tabs.items():
        for path in full[who]:
            tab.goto(path)
            yield tab
    for who, path, fields in full["refused"]:
        send(tabs[who], path, fields)
        yield tabs[who]
    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), {}
    for name, context in DRAWN.items():
        url = f"/drawn/{name}"
        html = render_to_string(name, context, request)
        tabs[None].route(f"**{url}", lambda route, html=html: route.fulfill(body=html, content_type="text/html"))
        tabs[None].goto(url)
        yield tabs[None]


def send(tab, path, fields):
    """Post a form as a browser without JavaScript does."""
    tab.goto("/settings/profile/")  # or the sign-in page: either has a form, and so a token
    with tab.expect_navigation():
        tab.evaluate(
            """([path, fields]) => {
                const form = document.createElement("form");
                form.method = "post"; form.action = path;
                const token = document.querySelector("[name=csrfmiddlewaretoken]");
                const key = "00000000-0000-4000-8000-000000000000";
                const all = {key, csrfmiddlewaretoken: token?.value ?? "", ...fields};
                for (const [name, value] of Object.entries(all)) {
                    const input = document.createElement("textarea");
                    input.name = name; input.value = value; form.append(input);
                }
                document.body.append(form); form.submit();
            }""",
            [path, fields],
        )


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_on_any_page_and_the_narrowest_screen_shows_it_all(open_as, world, full, seen, width, scheme):
    found = []
    for page in pages_of(open_as, world, full, width=width, scheme=scheme):  # menus lie over the page, one at a time
        page.locator("main details:not(.menu)").evaluate_all("all => all.forEach(details => details.open = true)")
        found += violations(page)
        if width == PHONE:
            page.set_viewport_size({"width": NARROWEST, "height": 900})
            found += [f"{page.url} scrolls sideways"] * scrolls_sideways(page)
            page.set_viewport_size({"width": PHONE, "height": 900})
    assert not found, "\n".join(sorted(set(found)))
    assert set(every_page()) - seen == set(), "no test looks at these pages"


def every_page():
    folder = settings.BASE_DIR / "templates"
    names = (str(path.relative_to(folder)) for path in folder.rglob("*.html"))
    for name in names:
        if (
            not name.startswith(NOT_PAGES)
            and "/mail/" not in name
            and "/_" not in name
            and not name.startswith("_")
            and name not in BASES
        ):
            yield name
