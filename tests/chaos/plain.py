"""Deliveries that say one token each: the engine alone, without what a digest is made of. Needs Django to be set up."""

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage

from notifications.actions.kinds import Kind, Letter, kinds
from notifications.models import Delivery

KIND = Delivery.Kind.HOSTING


def write(rows: list[Delivery]) -> dict[int, Letter]:
    return {row.pk: Letter(message(row)) for row in rows if row.person}


def message(row: Delivery) -> EmailMessage:
    return EmailMessage("A word", row.subject, to=[row.person.email], headers={"Message-ID": row.message_id})


def register() -> None:
    """Let the kind say its token, in this process."""
    kinds[KIND] = Kind(write, 50)


def some_deliveries(people: int) -> dict[str, set[str]]:
    """Make a row for each of so many new people; gives address → tokens."""
    model = get_user_model()
    names = [f"plain_{number}" for number in range(people)]
    saved = model.objects.bulk_create(model(name=n, handle=n, email=f"{n}@example.org") for n in names)
    rows = [
        Delivery(
            person=person, kind=KIND, subject=f"w{person.pk:012x}", message_id=Delivery.new_message_id(),
        )
        for person in saved
    ]  # fmt: skip
    Delivery.objects.bulk_create(rows)
    return {row.person.email: {row.subject} for row in rows}
