"""What the people of the demo say, share and write, in the order of time and through the same actions as anybody's."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.models import User
from community.models import Community, Place
from courses.models import Unit, UnitPlace
from discussions.actions import accept_post, distil, reply
from discussions.models import Post, Summary, SummaryRevision, Thread
from notifications.actions import fan_out
from notifications.models import Event, Notification
from resources.actions import find_useful, share
from resources.models import Resource, Sharing
from wiki.actions import create_page, edit_page, hide_text, rename_page
from wiki.models import WikiPage

from . import care, previews, suggesting, things
from .carrying import put_forward
from .facilitating import look_after
from .starting import BEGINNINGS, start_at

CITATION = re.compile(r"\(post:(\d+)\)")  # a link to the post of the thread with this number, 1 for its first
UNREAD_FOR = timedelta(days=2)
ROWS_A_BATCH = 200


class DemoProblem(Exception):
    """The demo can't be loaded; says why."""


class Talk:
    """Things that happened, gathered from the talk files and then done oldest first.

    The actions write the present. Posts are dated back at once, so that nobody writes faster than they may; what
    follows from them is dated back at the end.
    """

    def __init__(self, people: Mapping[str, User], now: datetime) -> None:
        self.people, self.now = people, now
        self.happenings: list[tuple[datetime, Callable[[datetime], None]]] = []
        self.events: dict[int, datetime] = {}
        self.threads: dict[int, tuple[datetime, datetime]] = {}  # first and last post
        self.places = {
            (row.community.slug, row.unit.slug): row
            for row in UnitPlace.objects.select_related("community", "unit", "place__community")
        }
        self.commons = {place.community.slug: place for place in Place.objects.commons().select_related("community")}

    def gather(self, file: Mapping[str, Any]) -> None:
        for row in file["threads"]:
            self.gather_thread(row)
        for row in file["resources"]:
            self.on(row, partial(self.share, row))
        for row in file["wiki"]:
            self.gather_page(row)
        for row in file.get("suggestions", ()):
            self.gather_suggestion(row)
        for row in file.get("carried", ()):
            self.on(row, partial(put_forward, row, self.people, self.heard))
        for row in file.get("care", ()):
            for moment, act in care.happenings(row, self.people, self.heard):
                self.on(moment, act)

    def gather_suggestion(self, row: Mapping[str, Any]) -> None:
        for moment, act in suggesting.happenings(row, self.unit_place(row), self.people, self.heard):
            self.on(moment, act)
        for thread in row.get("threads", ()):
            self.gather_thread({**thread, "suggestion": row["title"]})

    def on(self, row: Mapping[str, Any], act: Callable[[datetime], None]) -> None:
        self.happenings.append((self.now - timedelta(days=float(row["days_ago"])), act))

    def run(self) -> None:
        for when, act in sorted(self.happenings, key=lambda happening: happening[0]):
            act(when)
        self.date_back()

    def place(self, row: Mapping[str, Any]) -> Place:
        if row.get("suggestion"):
            return suggesting.place_of(row["suggestion"])
        if row.get("unit") is None:
            return self.commons[row["community"]]
        return self.unit_place(row).place

    def unit_place(self, row: Mapping[str, Any]) -> UnitPlace:
        try:
            return self.places[row["community"], row["unit"]]
        except KeyError:
            raise DemoProblem(f"{row['community']} has no unit {row['unit']}") from None

    def gather_thread(self, row: Mapping[str, Any]) -> None:
        first, *rest = row["posts"]
        threads: list[Thread] = []
        block_id, quote = "", ""
        if row.get("anchor"):
            block_id, quote = self.block(row)
        if row["kind"] == Thread.Kind.PROMPT and "title" not in row:  # it stands in the text
            threads.append(self.place(row).threads.in_text().get(block_id=block_id))
            rest = row["posts"]
        else:
            self.on(first, partial(self.start, row, threads, block_id, quote))
        for post in rest:
            self.on(post, partial(self.answer, threads, post))

        for version in row.get("summary", ()):
            self.on(version, partial(self.distil, threads, version))

    def block(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """Id and words of the block that holds the row's anchor; the shortest, should several hold it."""
        unit: Unit = self.unit_place(row).unit
        anchor = " ".join(row["anchor"].split())
        found = [
            block
            for block in unit.known_blocks()
            if anchor in " ".join(block.text.split())
            and not block.retired
            and ("title" in row or block.kind == "prompt")
        ]
        if not found:
            raise DemoProblem(f"no block of the unit {unit.slug} holds the anchor “{anchor}”")
        block = min(found, key=lambda block: len(block.text))
        return block.id, block.text

    def start(self, row: Mapping[str, Any], threads: list[Thread], block_id: str, quote: str, when: datetime) -> None:
        words: dict[str, Any] = {"author": self.people[row["posts"][0]["by"]], "place": self.place(row)}
        begin = BEGINNINGS.get(row["kind"], start_at)
        post = begin(row, when, block_id=block_id, quote=quote, **words)
        threads.append(post.thread)
        self.said(post, when)
        look_after(row, post.thread, self.people)

    def answer(self, threads: list[Thread], row: Mapping[str, Any], when: datetime) -> None:
        author = self.people[row["by"]]
        post = reply(author=author, thread=threads[0], body=row["body"].strip(), key=uuid4())
        if accepted_by := row.get("accepted_by"):
            accept_post(by=self.people[accepted_by], post=post)
            Thread.objects.filter(pk=post.thread_id).update(accepted_at=when)
        self.said(post, when)

    def said(self, post: Post, when: datetime) -> None:
        Post.objects.filter(pk=post.pk).update(created_at=when)
        first, _last = self.threads.get(post.thread_id, (when, when))
        self.threads[post.thread_id] = first, when
        self.heard(post, when)

    def distil(self, threads: list[Thread], row: Mapping[str, Any], when: datetime) -> None:
        """The next version of a thread's summary; its words link to posts by their number, `(post:3)`."""
        thread = threads[0]
        posts = list(thread.posts.in_order())
        body = CITATION.sub(lambda match: f"({posts[int(match[1]) - 1].permanent_url})", row["body"].strip())
        before = Summary.objects.of_threads([thread]).first()
        words = {"body": body, "note": row.get("note", ""), "version": before.version if before else 0}
        summary = distil(by=self.people[row["by"]], thread=thread, **words)
        Summary.objects.filter(pk=summary.pk).update(last_edited_at=when)
        Thread.objects.filter(pk=thread.pk, distilled_at__gt=when).update(distilled_at=when)
        made = summary.revisions.get(number=summary.version)
        SummaryRevision.objects.filter(pk=made.pk).update(created_at=when)
        self.heard(made, when)

    def share(self, row: Mapping[str, Any], when: datetime) -> None:
        sharer, place = self.people[row["by"]], self.place(row)
        words = {"title": row.get("title", ""), "why": row["why"].strip(), "tags": row["tags"], "key": uuid4()}
        sharing = share(sharer=sharer, place=place, **things.shared_by(row, place, sharer), **words)
        for handle in row.get("useful", ()):
            find_useful(person=self.people[handle], resource=sharing.resource)
        Resource.objects.filter(pk=sharing.resource_id, created_at__gt=when).update(created_at=when)
        Sharing.objects.filter(pk=sharing.pk).update(created_at=when)
        previews.show(sharing.resource, row, when)
        self.heard(sharing, when)

    def gather_page(self, row: Mapping[str, Any]) -> None:
        pages: list[WikiPage] = []
        for revision in row["revisions"]:
            self.on(revision, partial(self.write, row, revision, pages))

    def write(self, row: Mapping[str, Any], revision: Mapping[str, Any], pages: list[WikiPage], when: datetime) -> None:
        """One version of a page. With `on` its body stands at the end of that earlier version, and what was written
        since is merged in; with `hides` a host then hides the words of one."""
        said = {"body": revision["body"].strip(), "summary": revision["summary"], "at": when}
        author = self.people[revision["by"]]
        if pages:
            version = revision.get("on", pages[0].version)
            if "on" in revision:
                said["body"] = f"{pages[0].revisions.source_of(version)}\n\n{said['body']}"
            page = edit_page(author=author, page=pages[0], version=version, **said)
        else:
            title = row.get("was", row["title"])
            page = create_page(author=author, place=self.place(row), title=title, key=uuid4(), **said)
        if page.version == 2 and "was" in row:
            page = rename_page(by=author, page=page, title=row["title"], was=row["was"])
            page.names.current().update(given_at=when)
            self.heard(page.names.current().get(), when)
        pages[:] = [page]
        self.heard(page.revisions.get(number=page.version), when)
        if hides := revision.get("hides"):
            old = page.revisions.get(number=hides["version"])
            hide_text(by=self.people[hides["by"]], revision=old, reason=hides["reason"], at=when)

    def heard(self, target: models.Model, when: datetime) -> None:
        """Tell whom it concerns, among those who take part by now."""
        kind = ContentType.objects.get_for_model(target)
        for event_id in Event.objects.filter(content_type=kind, object_id=target.pk).values_list("pk", flat=True):
            fan_out(event_id)
            self.events.setdefault(event_id, when)

    def date_back(self) -> None:
        """Give events, notifications and threads their times. What is older than two days has been read."""
        events = list(Event.objects.filter(pk__in=self.events))
        for event in events:
            event.created_at = event.fanned_out_at = self.events[event.pk]
        Event.objects.bulk_update(events, ["created_at", "fanned_out_at"], batch_size=ROWS_A_BATCH)
        notifications = list(Notification.objects.filter(event__in=self.events))
        for notification in notifications:
            when = notification.created_at = self.events[notification.event_id]
            notification.read_at = when + timedelta(hours=7) if when < self.now - UNREAD_FOR else None
        Notification.objects.bulk_update(notifications, ["created_at", "read_at"], batch_size=ROWS_A_BATCH)
        threads = list(Thread.objects.filter(pk__in=self.threads))
        for thread in threads:
            first, last = self.threads[thread.pk]
            thread.last_post_at = last
            thread.created_at = thread.created_at if thread.is_in_text else first
            if thread.opened_at:
                thread.opens_at = thread.opened_at = first
        times = ["created_at", "last_post_at", "opens_at", "opened_at"]
        Thread.objects.bulk_update(threads, times, batch_size=ROWS_A_BATCH)


def let_join_in_time(communities: list[Community]) -> None:
    """Who came later came a day before they first said something, not today."""
    for community in communities:
        for membership in community.memberships.current():
            first = (
                Post.objects.filter(author=membership.user_id, thread__place__community=community).in_order().first()
            )
            if first and first.created_at < membership.joined_at:
                membership.joined_at = first.created_at - timedelta(days=1)
                membership.save(update_fields=["joined_at"])
