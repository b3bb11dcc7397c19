"""The link in every mail by which its reader stops more of it, signed out too (RFC 8058).

What it holds is signed for this purpose alone, and never runs out: the mails that carry it are kept for years.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse

from accounts.models import User
from community.models import Place

ALL, MORNING, DIGEST = "all", "morning", "digest"  # mail that is about no one thing


@dataclass(frozen=True)
class StopLink:
    """Whose mail it stops, and what that mail was about: `subjects`, from the narrowest to the widest, or MORNING, or
    DIGEST. None of them: it was about no thread, place or community, or that is gone, and all mail is what can be
    stopped."""

    person: User
    subjects: list[Any] = field(default_factory=list)

    @classmethod
    def read(cls, token: str) -> "StopLink | None":
        """What `token` says; None for one that is not ours, or whose person is gone or deactivated."""
        try:
            person_id, label, subject_id = signer().unsign(token).split("-")
        except (BadSignature, ValueError):
            return None
        person = User.objects.active().filter(pk=person_id).first()
        subjects = [label] if label in (MORNING, DIGEST) else around(found(label, subject_id))
        return cls(person, subjects) if person else None

    @property
    def sizes(self) -> dict[str, Any]:
        """What can be stopped by it, from the narrowest on, by the names of the form's field; ALL is None."""
        return {size_of(subject): subject for subject in self.subjects} | {ALL: None}

    @property
    def size(self) -> str:
        """What it stops where nothing else was chosen: as much as the mail was about."""
        return next(iter(self.sizes))

    @property
    def masked_email(self) -> str:
        """The address as a bearer of the link may see it: enough to know one's own."""
        name, _at, domain = self.person.email.partition("@")
        return f"{name[:1]}…@{domain}"

    def title_of(self, subject: Any) -> str:
        """What it is called, if the link's person may see it now, else "": rights change, and mails are handed on."""
        if not isinstance(subject, models.Model):
            return ""
        visible = type(subject)._default_manager.visible_to(self.person)  # type: ignore[attr-defined]
        return str(subject) if visible.filter(pk=subject.pk).exists() else ""


def signer() -> Signer:
    """Takes what an earlier key of the site signed, too: see SECRET_KEY_FALLBACKS."""
    return Signer(sep=".", salt="weft.stop-mail")


def token_for(person: User, subject: Any) -> str:
    if isinstance(subject, models.Model):
        return signer().sign(f"{person.pk}-{subject._meta.label_lower}-{subject.pk}")
    return signer().sign(f"{person.pk}-{subject or ALL}-0")


def stop_url(person: User, subjects: Sequence[Any]) -> str:
    """Where the person of a mail about `subjects` (from the narrowest on; MORNING or DIGEST alone; empty for all mail)
    stops more of it."""
    named = next((subject for subject in subjects if subject is not None), None)
    return settings.SITE_URL + reverse("stop_mail", args=[token_for(person, named)])


def stop_headers(person: User | None, subjects: Sequence[Any]) -> dict[str, str]:
    """What lets a mail program offer a button for it. Nothing for people without an account: what they get, they get
    once."""
    if person is None:
        return {}
    return {
        "List-Unsubscribe": f"<{stop_url(person, subjects)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def found(label: str, pk: str) -> Any:
    """What a link names, as it is now: a thread that was merged is the one that holds its posts."""
    if label == ALL:
        return None
    try:
        subject = apps.get_model(label)._default_manager.filter(pk=pk).first()
    except LookupError:
        return None
    return getattr(subject, "lives_in", subject)


def around(subject: Any) -> list[models.Model]:
    """A thread, place or community and what it stands in, from the narrowest to the widest."""
    if subject is None:
        return []
    place = subject if isinstance(subject, Place) else getattr(subject, "place", None)
    chain = place.and_around() if place is not None else []
    return chain if place is subject else [subject, *chain]


def size_of(subject: Any) -> str:
    """The name of a size in forms: which table, which row."""
    return f"{subject._meta.model_name}-{subject.pk}" if isinstance(subject, models.Model) else subject
