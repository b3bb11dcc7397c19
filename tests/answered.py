"""Mails as people's mail programs send them in answer to ours."""

from email.message import EmailMessage
from itertools import count

from django.core import mail
from django.utils import timezone

from notifications import tasks
from notifications.actions import deliver, receive
from notifications.mail import reply_address
from notifications.models import MailAnswer

numbers = count(1)
REPLY_ADDRESS = "answer@weft.example.org"


def an_answer(person, thread, words="I would say so, too.", *, headers=(), sender="", to="") -> EmailMessage:
    """What `person` answers by mail to what they heard of the thread."""
    message = EmailMessage()
    message["From"] = f"{person.name} <{sender or person.email}>"
    message["To"] = to or reply_address(person, thread.pk)
    message["Subject"] = f"Re: {thread.title}"
    message["Message-ID"] = f"<{next(numbers)}@mail.example.org>"
    for name, value in dict(headers).items():
        del message[name]
        message[name] = value
    message.set_content(words)
    return message


def comes_in(message, size_bytes=None) -> MailAnswer | None:
    """Lets it come in and be posted, as it is or as it went over the wire."""
    before = set(MailAnswer.objects.values_list("pk", flat=True))
    receive(message, size_bytes=size_bytes or len(message.as_bytes()))
    tasks.post_answers()
    return MailAnswer.objects.exclude(pk__in=before).first()


def words_in(thread):
    """What was said in it after its first post."""
    return list(thread.posts.in_order().values_list("source", flat=True))[1:]


def refusal(answer):
    """The mail that its writer gets."""
    mail.outbox.clear()
    deliver()
    assert answer.state == MailAnswer.State.REFUSED
    (message,) = mail.outbox
    return message


def closed(thread, _person=None):
    thread.closed_at, thread.closed_by = timezone.now(), thread.created_by
    thread.save(update_fields=["closed_at", "closed_by"])
