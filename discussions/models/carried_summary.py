"""Summaries of conversations of earlier cohorts: shown where everybody agrees to be named whom they may speak of."""

import re
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts.models import HiddenPerson

from .consent import Consent, consent_of
from .post import Post
from .summary import Summary, SummaryRevision

TO_A_POST = re.compile(r' href="/c/[\w-]+/t/[^"]*"', re.ASCII)


def agreed_summary(user: Any) -> Subquery:
    """Of a row of CarriedThread the HTML of the summary of its source, as it was begun by the day of carrying: only
    where all who wrote in the conversation or in the summary agree to be named, for it tells in prose who said what;
    and for `user`, where they have blocked none of them."""
    not_named = ~Q(shown_as=Consent.Choice.NAMED) | Q(author__in=HiddenPerson.objects.hidden_from(user.pk))
    posts = Post.objects.standing().filter(thread=OuterRef("thread"))
    posts = posts.annotate(shown_as=consent_of("author", "thread__place__community"))
    versions = SummaryRevision.objects.filter(summary=OuterRef("pk"))
    versions = versions.annotate(shown_as=consent_of("author", "summary__thread__place__community"))
    begun = Summary.objects.filter(thread=OuterRef("source"), thread__distilled_at__lte=OuterRef("carried_at"))
    agreed = begun.exclude(Exists(posts.filter(not_named | Q(alias__isnull=False))))
    return Subquery(agreed.exclude(Exists(versions.filter(not_named))).exclude(source="").values("html")[:1])


def without_ways_back(html: str) -> str:
    """A summary's HTML with the posts that it cites as words: they stand in a conversation that is closed here."""
    return TO_A_POST.sub("", html)
