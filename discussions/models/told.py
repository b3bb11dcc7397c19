"""What a digest says of posts and summaries."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left, Length
from django.utils.text import Truncator
from django.utils.translation import ngettext_lazy

from notifications.models.told import Bundle, Knows, Part, Told

from .excerpt import first_words
from .speaker import Somebody
from .unread import UnreadQuerySet
from .unwanted import POSED

TOLD_HTML = 900  # characters of HTML that are looked at for what a digest shows
TOLD_CHARS = 240  # characters of words that it shows
QUOTE_CHARS = 160  # and of the words that a conversation is about
LETTERS_A_WORD = 6
CITED = re.compile(r"<blockquote\b.*?(?:</blockquote>|$)", re.DOTALL)
AROUND = ("place__within", "place__community")
LABELS = {
    "prompt": ngettext_lazy("%(n)s prompt", "%(n)s prompts", "n"),
    "topic": ngettext_lazy("%(n)s topic", "%(n)s topics", "n"),
    "notice": ngettext_lazy("%(n)s announcement", "%(n)s announcements", "n"),
    "question": ngettext_lazy("%(n)s new question", "%(n)s new questions", "n"),
    "proposal": ngettext_lazy("%(n)s proposed topic", "%(n)s proposed topics", "n"),
    "discussion": ngettext_lazy("%(n)s new conversation", "%(n)s new conversations", "n"),
}
ANSWERS = ngettext_lazy("%(n)s answer", "%(n)s answers", "n")
POSTS = ngettext_lazy("%(n)s new post", "%(n)s new posts", "n")
SUMMARIES = ngettext_lazy("%(n)s summary", "%(n)s summaries", "n")


WAITING = Q(thread__opens_at__isnull=False, thread__opened_at=None)  # nobody was told yet that it opened


class ToldPostQuerySet(UnreadQuerySet):
    def as_told(self, ids):
        """Id → what a digest tells of it, for those with these ids that stand in a conversation that is there."""
        posts: Any = self.filter(pk__in=ids, deleted_at=None, thread__merged_into=None).exclude(WAITING)
        posts = posts.select_related("author", *(f"thread__{name}" for name in AROUND)).defer("source", "html")
        posts = posts.annotate(told_html=Left("html", TOLD_HTML), told_size=Length("source"))
        return {post.pk: told_of_post(post) for post in posts}

    def known_to(self, tolds: Collection[Told], people: Collection[int]) -> Knows:
        """What tells whether somebody knows a post: they have read it, or are asked to answer before they do. Three
        queries."""
        threads = {told.bundle.subject.pk: told.bundle.subject for told in tolds}
        reads = apps.get_model("discussions", "ThreadRead").objects.filter(person__in=people, thread__in=threads)
        up_to = {(person, thread): at for person, thread, at in reads.values_list("person", "thread", "up_to")}
        ids = [told.pk for told in tolds]
        still = apps.get_model("discussions", "StillNew").objects.filter(person__in=people, post__in=ids)
        new_again = set(still.values_list("person", "post"))
        asking = [pk for pk, thread in threads.items() if thread.answer_first and thread.is_open]
        answers = self.filter(thread__in=asking, author__in=people).answers().order_by()
        answered = set(answers.values_list("author", "thread").distinct()) if asking else set()

        def knows(person: int, told: Told, is_guide: bool) -> bool:
            thread = told.bundle.subject.pk
            if up_to.get((person, thread), 0) >= told.pk and (person, told.pk) not in new_again:
                return True
            is_curtained = thread in asking and not is_guide and told.label is ANSWERS
            return is_curtained and (person, thread) not in answered

        return knows


def told_of_post(post: Any) -> Told:
    thread = post.thread
    return Told(
        pk=post.pk,
        part=part_of(post),
        place=thread.place,
        bundle=bundle_of(thread),
        url=post.get_absolute_url(),
        who=post.author.name if post.alias is None else Somebody(post.alias).name,
        words=own_words(post.told_html),
        length=post.told_size // LETTERS_A_WORD,
        label=label_of(post),
        author_id=post.author_id,
        at=post.created_at,
        is_open=not thread.is_scheduled,
        is_for_everybody=post.alias is not None or post.asks_everybody,
    )


def own_words(html: str) -> str:
    """How somebody's own words begin: without what they cite, unless there is nothing else."""
    return first_words(CITED.sub(" ", html), TOLD_CHARS) or first_words(html, TOLD_CHARS)


def part_of(post: Any) -> Part:
    if post.asks_everybody:
        return Part.PROMPTS
    is_asked = post.is_opening and post.thread.is_open_question
    return Part.QUESTIONS if is_asked else Part.TALK


def label_of(post: Any) -> Any:
    if post.is_opening:
        return LABELS[post.thread.kind]
    return ANSWERS if post.thread.is_question or post.thread.is_prompt else POSTS


def bundle_of(thread: Any) -> Bundle:
    return Bundle(
        ("thread", thread.pk),
        thread.title,
        title_by=None if thread.kind in POSED else thread.created_by_id,
        quote="" if thread.quote == thread.title else Truncator(thread.quote).chars(QUOTE_CHARS),
        block_id=thread.block_id,
        subject=thread,
    )


class ToldRevisionQuerySet(models.QuerySet):
    def as_told(self, ids):
        """The same of posts whose edits name people: they hear of the post as it is now."""
        posts = dict(self.filter(pk__in=ids).values_list("pk", "post"))
        told = apps.get_model("discussions", "Post").objects.as_told(posts.values())
        return {pk: replace(told[post], pk=pk) for pk, post in posts.items() if post in told}


class ToldSummaryQuerySet(models.QuerySet):
    def as_told(self, ids):
        """The same of summaries, by the ids of their first versions: what they say now."""
        first: Any = self.filter(pk__in=ids, number=1, summary__thread__merged_into=None).exclude(summary__source="")
        path = "summary__thread__"
        first = first.select_related("author", *(f"{path}{name}" for name in AROUND)).defer("source", "summary__source")
        return {row.pk: told_of_summary(row) for row in first if not row.summary.thread.is_waiting}


def told_of_summary(row: Any) -> Told:
    thread = row.summary.thread
    words = first_words(row.summary.html, TOLD_CHARS)
    return Told(
        pk=row.pk,
        part=Part.TALK,
        place=thread.place,
        bundle=bundle_of(thread),
        url=row.get_absolute_url(),
        who=row.author.name,
        words=words,
        length=len(words) // LETTERS_A_WORD,
        label=SUMMARIES,
        author_id=row.author_id,
        at=row.created_at,
        is_open=not thread.is_scheduled,
    )
