"""From a mail that came in to words in a conversation, or back to who wrote them."""

import logging
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ..mail import compose, own_words
from ..models import Delivery, MailAnswer
from .kinds import Letter, writes

ANSWERS_AT_MOST = 200  # a run; the next one goes on
ATTEMPTS_MAX = 6
AGAIN = timedelta(minutes=1)  # after the first failure, doubled after each
REFUSALS_A_DAY = 5  # mails to one person; somebody else may be writing in their name, or a machine
REPEATED_LEAST = 40  # characters; people do say "Thanks!" twice
REPEATED_AMONG = 5  # of the latest answers
logger = logging.getLogger(__name__)


class Refused(Exception):
    """The words can't stand there. Says why, as their writer reads it, and where they can look, if anywhere."""

    def __init__(self, why: str, url: str = "") -> None:
        super().__init__(why)
        self.why, self.url = why, url


class NotYet(Exception):
    """The words can stand there later on."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class Post(Protocol):
    """Let `person` say `words` in a conversation, if they may now; returns where it stands. A second call with the same
    `key` does nothing more. Raises Refused and NotYet."""

    def __call__(self, *, person: User, thread_id: int, words: str, key: UUID) -> str: ...


posting: list[Post] = []


def takes_answers(post: Post) -> Post:
    """Let the decorated function say what comes in by mail. Only who knows conversations can."""
    posting[:] = [post]
    return post


def post_answers() -> int:
    """Post what came in by mail; returns how many were settled. Any number of these may run at once.

    What fails is logged, holds up nothing else, and is tried again; after some times its words go back.
    """
    due = list(MailAnswer.objects.due().with_people()[:ANSWERS_AT_MOST])
    for answer in due:
        try:
            settle(answer)
        except Exception:
            logger.exception("The answer by mail %s was not posted; it is tried again.", answer.pk)
            put_off(answer)
    return len(due)


def settle(answer: MailAnswer) -> None:
    """Post one answer or refuse it, once, whoever else is at it."""
    words = own_words(answer.text)
    with transaction.atomic():
        locked = MailAnswer.objects.select_for_update().waiting().numbered(answer.pk).first()
        if locked is None:
            return
        locked.person = answer.person
        try:
            refuse_unless_theirs(locked, words)
            with transaction.atomic():
                url = posting[0](person=locked.person, thread_id=locked.thread_id, words=words, key=locked.key)
        except NotYet as later:
            locked.due_at = timezone.now() + timedelta(seconds=later.wait_s)
            locked.save(update_fields=["due_at"])
        except Refused as refused:
            finish(locked, MailAnswer.State.REFUSED, why=refused.why, url=refused.url)
        else:
            finish(locked, MailAnswer.State.POSTED, url=url)


def refuse_unless_theirs(answer: MailAnswer, words: str) -> None:
    """Raises Refused where nobody needs to look at the conversation to say so."""
    if not answer.is_from_its_person:
        raise Refused(
            _("It came from %(sender)s, and only your own address can answer. Send it once more from %(email)s.")
            % {"sender": answer.sender or _("an address that can't be read"), "email": answer.person.email}
        )
    if answer.is_too_large:
        raise Refused(_("With what is attached it was too large for an answer by mail."))
    if not words.strip():
        raise Refused(_("We found no words of yours in it, only those you answered."))
    if len(words) >= REPEATED_LEAST and is_repeated(answer, words):
        raise Refused(_("You have said the same in this conversation already. It may come from an answering machine."))


def is_repeated(answer: MailAnswer, words: str) -> bool:
    """Whether the same was said there by mail a moment ago: machines that don't say what they are do so for ever."""
    before = MailAnswer.objects.posted_before(answer, timezone.now() - timedelta(days=1))
    return any(own_words(other.text) == words for other in before.order_by("-pk")[:REPEATED_AMONG])


def finish(answer: MailAnswer, state: MailAnswer.State, *, why: str = "", url: str = "") -> None:
    """Note what became of an answer. Its writer gets a mail where it is other than they may think: it was refused, or
    files were left out. In the caller's transaction."""
    answer.state, answer.why, answer.done_at = state, why[: MailAnswer.WHY_MAX], timezone.now()
    answer.url = url
    answer.save(update_fields=["state", "why", "url", "done_at"])
    if why or answer.files_left_out:
        tell_writer(answer)


def tell_writer(answer: MailAnswer) -> None:
    told = Delivery.objects.of(answer.person).of_kind(Delivery.Kind.REFUSAL)
    if told.filter(created_at__gte=timezone.now() - timedelta(days=1)).count() < REFUSALS_A_DAY:
        Delivery.objects.get_or_create(
            person=answer.person,
            kind=Delivery.Kind.REFUSAL,
            subject=f"answer:{answer.pk}",
            defaults={"message_id": Delivery.new_message_id()},
        )


def put_off(answer: MailAnswer) -> None:
    """Try it again later, or give its words back."""
    with transaction.atomic():
        locked = MailAnswer.objects.select_for_update().waiting().numbered(answer.pk).first()
        if locked is None:
            return
        locked.attempts += 1
        locked.due_at = timezone.now() + AGAIN * 2 ** (locked.attempts - 1)
        locked.save(update_fields=["attempts", "due_at"])
        if locked.attempts >= ATTEMPTS_MAX:
            finish(locked, MailAnswer.State.REFUSED, why=_("Something went wrong on our side."))


@writes(Delivery.Kind.REFUSAL, is_essential=True)
def refusals(deliveries: list[Delivery]) -> dict[int, Letter]:
    """What became of answers by mail."""
    ids = {int(row.subject.partition(":")[2]): row for row in deliveries}
    answers = MailAnswer.objects.with_ids(ids).with_people()
    return {ids[answer.pk].pk: Letter(settled(answer, ids[answer.pk].message_id)) for answer in answers}


def settled(answer: MailAnswer, message_id: str) -> EmailMessage:
    """What its writer hears: at the address that we know, whatever the mail said it was from."""
    words = own_words(answer.text) or answer.text
    url = settings.SITE_URL + answer.url if answer.url else ""
    return compose(
        to=answer.person.email,
        subject=_("Files were left out of your answer") if answer.is_posted else _("Your answer was not posted"),
        template="notifications/mail/answer_settled",
        context={"answer": answer, "words": words, "url": url},
        message_id=message_id,
        person=answer.person,
        headers={"Auto-Submitted": "auto-replied"},
        is_essential=True,
    )


def forget_answers() -> int:
    """Delete what came in long ago; what of it stands in conversations stays. Returns how many."""
    return MailAnswer.objects.outdated().delete()[0]
