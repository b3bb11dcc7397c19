"""Prompts that are worth asking again."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.models import Community, communities_guided_by

from .thread import Thread


class Reusable:
    """What a form that asks it again begins with."""

    title: Any
    body: Any
    answer_first: Any
    is_anonymous: Any

    @property
    def words(self):
        return {name: getattr(self, name) for name in ("title", "body", "answer_first", "is_anonymous")}


@dataclass(frozen=True)
class Starter(Reusable):
    """A prompt that every community can ask from its first day on."""

    title: Any  # translated when it is read
    body: Any
    answer_first: bool = False
    is_anonymous: bool = False
    pk: str = ""  # by which an address calls it


STARTERS = {
    "tried": Starter(
        _("One thing you tried"),
        _("What did you try since we last spoke, and what came of it? One thing is enough, also one that failed."),
        pk="tried",
    ),
    "before": Starter(
        _("Before you read on"),
        _("What do you know about this already, and from where? Answer first, then read what the others know."),
        answer_first=True,
        pk="before",
    ),
    "doubt": Starter(
        _("A sentence you would not sign"),
        _("Which sentence here would you not sign? Quote it, and say what you have seen that makes you doubt it."),
        pk="doubt",
    ),
    "unclear": Starter(
        _("What is still unclear?"),
        _("What would you ask if nobody knew that it was you? Only your facilitators see who answers."),
        is_anonymous=True,
        pk="unclear",
    ),
    "monday": Starter(
        _("What will you do on Monday?"),
        _("What will be different at your work next Monday because of this? Name one thing that somebody could see."),
        answer_first=True,
        pk="monday",
    ),
}


class LibraryPromptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the communities that `user` guides now."""
        return self.filter(community__in=communities_guided_by(user))

    def of(self, community):
        return self.filter(community=community)

    def standing(self):
        """Without those that were taken out."""
        return self.filter(removed_at=None)

    def offered(self, community):
        """Those of `community` before those of others, the newest first; of its own also what was taken out, last."""
        here = self.filter(Q(removed_at=None) | Q(community=community)).select_related("community", "kept_by")
        shelves = Case(When(Q(community=community, removed_at=None), then=0), When(removed_at=None, then=1), default=2)
        return here.annotate(part=shelves).order_by("part", "-created_at", "-pk")

    def called(self, name):
        """The one that an address calls so, one of everybody's or one of these; None where there is none."""
        if name in STARTERS:
            return STARTERS[name]
        return self.standing().filter(pk=name).first() if name.isdecimal() and len(name) < 19 else None


class LibraryPrompt(Reusable, models.Model):
    """Words and terms of a prompt, kept by the guides of a community. What was asked with them stays as it is."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="library_prompts")
    title = models.CharField(_("Title"), max_length=Thread.TITLE_MAX)
    body = models.TextField()
    answer_first = models.BooleanField(_("Answer before reading others"), default=False)
    is_anonymous = models.BooleanField(_("Anonymous to members"), default=False)
    kept_from = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = LibraryPromptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kept_by", "key"], name="one_library_prompt_a_key"),
            models.UniqueConstraint(fields=["community", "kept_from"], name="one_library_prompt_a_thread"),
        ]

    def __str__(self):
        return self.title
