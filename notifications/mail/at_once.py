"""How a mail at once says what it tells of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from markup import mailed

from ..models import Delivery, Event, Notification
from .composing import compose

SHOWN = 10  # things that one mail shows; of more it says how many
HTML_SHOWN = 12_000  # characters of stored HTML that all of them show together
HTML_LEAST = 1_500  # and each of them may show
PAGE_MOST = 90_000  # bytes; mail programs cut off what is longer than about 100 kB
BRIEFLY = 300  # characters of each, where they would be more than that all the same
PREHEADER = 140
QUOTED = 180
REASON = Notification.Reason


@dataclass(frozen=True)
class Said:
    """One thing that a mail tells of."""

    name: str
    does: str
    at: datetime
    url: str
    html: str
    text: str
    is_whole: bool

    @classmethod
    def of(cls, event: Event, *, person: User, most: int) -> "Said":
        target: Any = event.target
        url = settings.SITE_URL + target.get_absolute_url()
        stored = target.html_for(person) if hasattr(target, "html_for") else ""
        html, text, is_whole = mailed(stored, base=url, most=most)
        does = "" if stored else event.get_verb_display()
        return cls(name_of(event), does, event.created_at, url, mark_safe(html), text, is_whole)

    def briefly(self) -> "Said":
        """With no more than its first words, and no markup."""
        text = Truncator(" ".join(self.text.split())).chars(BRIEFLY)
        html = mark_safe(f"<p>{escape(text)}</p>")
        return Said(self.name, self.does, self.at, self.url, html, text, False)


def write_mail(row: Delivery, person: User, told: Sequence[Notification]) -> EmailMultiAlternatives:
    """The mail of a row, which tells `person` of these notifications, oldest first: of one conversation or thing."""
    shown = told[:SHOWN]
    most = max(HTML_LEAST, HTML_SHOWN // len(shown))
    said = [Said.of(one.event, person=person, most=most) for one in shown]
    message = put_together(row, person, told, said)
    page, _type = message.alternatives[0]
    if len(str(page).encode()) > PAGE_MOST:
        message = put_together(row, person, told, [one.briefly() for one in said])
    return message


def put_together(
    row: Delivery, person: User, told: Sequence[Notification], said: Sequence[Said]
) -> EmailMultiAlternatives:
    event = told[-1].event
    thread, place = event.followed, event.place
    around = [place.community.title] if place.kind == place.Kind.COMMONS else [place.title, place.community.title]
    about, names = headline_of(event), list(dict.fromkeys(name_of(one.event) for one in told))
    lead = lead_of(told, names)
    return compose(
        to=person.email,
        person=person,
        message_id=row.message_id,
        template="notifications/mail/at_once",
        subject=f"{about} · {place.community.title}" if thread else f"{lead} · {place.community.title}",
        sender=names_in_words(names),
        thread_id=thread.pk if thread else None,
        may_answer=bool(thread and settings.REPLY_ADDRESS and thread.accepts_replies_from(person)),
        stops=tuple(event.subjects()),
        is_essential=is_essential(told),
        context={
            "lead": lead,
            "about": about,
            "where": " · ".join(around),
            "quote": shortened(getattr(event.target, "quoted", "")),
            "told": [one for one in said if one.text or len(said) > 1],
            "more": len(told) - len(said),
            "url": said[0].url,
            "press": _("Read and answer") if thread else _("Have a look"),
            "preheader": Truncator(" ".join((said[0].text or about).split())).chars(PREHEADER),
            "why": why(told),
            **({} if is_essential(told) else {"change_url": settings.SITE_URL + event.follow_path}),
        },
    )


def headline_of(event: Event) -> str:
    """What its target is called; where a mail has more to say than that, its target says so."""
    return str(getattr(event.target, "headline", "") or event.target)


def shortened(quote: str) -> str:
    """As much of the quoted words as says which they are."""
    return quote if len(quote) <= QUOTED else quote[:QUOTED].rpartition(" ")[0] + " …"


def name_of(event: Event) -> str:
    """Whom its readers know as who did it."""
    actor: Any = event.shown_actor
    return actor.name if actor else _("Somebody")


def names_in_words(names: Sequence[str]) -> str:
    if len(names) == 2:
        return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]}
    rest = len(names) - 1
    words = ngettext("%(one)s and %(n)s other", "%(one)s and %(n)s others", rest)
    return words % {"one": names[0], "n": rest} if rest else names[0]


def lead_of(told: Sequence[Notification], names: Sequence[str]) -> str:
    """Who did what, in one line: what is said to its reader first."""
    who = {"who": names_in_words(names)}
    reasons = {one.reason for one in told}
    if reasons <= {REASON.MENTION} or (len(names) == 1 and REASON.MENTION in reasons):
        return _("%(who)s mentioned you") % who
    if reasons <= {REASON.ANSWER} or (len(names) == 1 and REASON.ANSWER in reasons):
        return _("%(who)s answered you") % who
    verbs = {str(one.event.get_verb_display()) for one in told}
    return f"{who['who']} {verbs.pop()}" if len(verbs) == 1 else _("%(who)s wrote") % who


def is_essential(told: Sequence[Notification]) -> bool:
    """Whether it is about its reader's own words and membership alone, so that there is nothing to stop."""
    return all(one.event.verb in Event.AT_ONCE for one in told)


def why(told: Sequence[Notification]) -> str:
    reasons = {one.reason for one in told}
    if REASON.MENTION in reasons:
        return _("You get this at once because you were mentioned.")
    if REASON.ANSWER in reasons:
        return _("You get this at once because it answers you.")
    if is_essential(told) or REASON.PERSONAL in reasons:
        return _("You get this at once because it is about you or your own words.")
    if REASON.YOURS in reasons:
        return _("You get this at once because you began this conversation.")
    return _("You get this at once because you asked to hear of everything here at once.")
