"""One mail of each kind, out of the demo: each function lets happen what it tells of, and says who gets it.

`make mails` keeps them as text and as pictures in docs/mail/; the suite looks at what must hold for all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from community.actions import invite, remind
from community.models import Invitation, JoinRequest, Membership
from courses.actions import admit
from discussions.actions import Decision, decide, reply, start_thread
from discussions.actions.hosting import write_to_host
from discussions.models import CareEntry, Thread, Turn
from notifications import tasks
from notifications.models import Delivery, Event, Following, Level, MailSettings
from tests.answered import REPLY_ADDRESS, an_answer, comes_in
from tests.cast import Demo
from tests.mails.sending import mail_out

Maker = Callable[[Demo], User | str]


@dataclass(frozen=True)
class Example:
    """`says` is what kind of mail it is; `make` lets happen what it tells of, and gives who gets it."""

    name: str
    says: str
    make: Maker

    def mail(self, demo: Demo) -> EmailMultiAlternatives:
        """The mail that they get, as it goes out."""
        Delivery.objects.all().delete()
        with override_settings(REPLY_ADDRESS=REPLY_ADDRESS):
            to = self.make(demo)
            tasks.sweep()
            Delivery.objects.waiting().update(due_at=timezone.now())
            mail.outbox.clear()
            mail_out()
        address = to if isinstance(to, str) else to.email
        return next(message for message in mail.outbox if message.to == [address])  # type: ignore[return-value]


EXAMPLES: list[Example] = []


def example(says: str) -> Callable[[Maker], Maker]:
    def register(make: Maker) -> Maker:
        EXAMPLES.append(Example(make.__name__.replace("_", "-"), says, make))
        return make

    return register


def conversation(title: str) -> Thread:
    return Thread.objects.with_places().get(title__startswith=title)


def say(thread: Thread, author: User, body: str) -> None:
    reply(author=author, thread=thread, body=body, key=uuid4())


@example("At once: what is answered in one conversation within ten minutes is one mail")
def answers(demo: Demo) -> User:
    thread = conversation("What can a facilitator do about a manager")
    say(
        thread,
        demo.person("bo"),
        "On our ward we stopped asking the manager for time, and asked for **one patient**.\n\n"
        "Each of us tried the new way with one patient that week, and wrote three lines about it:\n\n"
        "1. what I did\n2. what the patient said\n3. what I would do again\n\n"
        "After a month the manager read the lines. [Ours are on the shelf](https://example.org/lines).",
    )
    say(thread, demo.person("fay"), "> asked for one patient\n\nThat is small enough to be allowed. May I steal it?")
    return thread.created_by


@example("At once: somebody is mentioned")
def mention(demo: Demo) -> User:
    thread = conversation("How long is too long to wait?")
    say(thread, demo.person("fay"), "@bo, you counted this for your ward. What did you find?")
    return demo.person("bo")


@example("At once: everything of a community that somebody follows")
def everything(demo: Demo) -> User:
    kofi, heron = demo.person("kofi"), demo.community("heron")
    Following.objects.create(person=kofi, subject=heron, level=Level.ALL)
    start_thread(
        author=demo.person("leila"),
        place=heron.places.commons().get(),
        title="A quiet hour for those who only read",
        body="On Friday at four I sit in the call with my camera off and read. Come and read, too. Nobody has to talk.",
        key=uuid4(),
    )
    return kofi


@example("At once: a decision about somebody's own words")
def decision(demo: Demo) -> User:
    post = conversation("Wrong on purpose?").posts.in_order().last()
    reason = "It names somebody from your work who is not here to answer. Write it again without the name."
    decide(by=demo.person("fay"), post=post, decision=Decision(CareEntry.Act.HIDE, reason))
    return post.author


@example("At once: somebody was let into a community")
def admitted(demo: Demo) -> User:
    request = JoinRequest.objects.open().to(demo.community("handover")).oldest_first()[0]
    admit(request=request, by=demo.person("al"))
    return request.person


@example("Digest: what is new, shaped like the course")
def digest(demo: Demo) -> User:
    bo, newest = demo.person("bo"), Event.objects.newest()
    since = Event.objects.order_by("-pk")[60]
    MailSettings.objects.update_or_create(person=bo, defaults={"digested_up_to": since.pk})
    period = (timezone.now() - timedelta(days=1)).date().isoformat()
    Delivery.objects.create(
        person=bo, kind=Delivery.Kind.DIGEST, period=period, up_to=newest, message_id=Delivery.new_message_id()
    )
    return bo


@example("In the morning: what needs a guide")
def morning(demo: Demo) -> User:
    fay = demo.person("fay")
    period = timezone.localdate(timezone=fay.zone).isoformat()
    row = {"kind": Delivery.Kind.MORNING, "period": period, "message_id": Delivery.new_message_id()}
    Delivery.objects.create(person=fay, **row)
    return fay


@example("An answer by mail that could not be posted, with its words")
def refusal(demo: Demo) -> User:
    bo, thread = demo.person("bo"), conversation("How long is too long to wait?")
    Thread.objects.filter(pk=thread.pk).update(closed_at=timezone.now(), closed_by=demo.person("fay"))
    comes_in(an_answer(bo, thread, "Three seconds felt like a minute to me.\n\nThe others spoke after two.\n"))
    return bo


@example("An invitation to somebody without an account")
def invitation(demo: Demo) -> str:
    heron = demo.community("heron")
    invite(community=heron, email="noura@example.org", role=Membership.Role.MEMBER, invited_by=demo.person("alice"))
    return "noura@example.org"


@example("An invitation, for the second time")
def reminder(demo: Demo) -> str:
    heron = demo.community("heron")
    made = invite(
        community=heron, email="ivo@example.org", role=Membership.Role.MEMBER, invited_by=demo.person("alice")
    )
    Invitation.objects.filter(pk=made.pk).update(sent_at=timezone.now() - timedelta(days=5))
    remind(made.pk)
    return "ivo@example.org"


@example("An answer by mail that came with a file")
def answer_without_its_file(demo: Demo) -> User:
    bo = demo.person("bo")
    message = an_answer(bo, conversation("What can a facilitator"), "Here is the sheet that we used.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="sheet.pdf")
    comes_in(message)
    return bo


@example("Hosting: the week that begins soon is theirs")
def hosting(demo: Demo) -> User:
    turn = Turn.objects.in_community(demo.community("circle")).exclude(person=None).order_by("week").with_people()[1]
    write_to_host(turn, turn.person)
    return turn.person
