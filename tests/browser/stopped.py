"""Pages about mail that was stopped, failed or came back, for the test that looks at every page."""

from notifications.actions import note_unreachable, stop_mail
from notifications.mail.stopping import token_for
from notifications.models import Delivery


def stopped(world, thread):
    """Stop a little of Bo's mail, and let some of Alice's and Fay's fail; paths of the pages about that."""
    stop_mail(person=world.bo, subject=thread)
    for email in (world.fay.email, world.alice.email):
        note_unreachable(email=email, cause="bounced", why="550 5.1.1 There is no such user here.")
    mails = [(world.fay, "digest", "failed"), (world.bo, "at_once", "failed"), (world.fay, "morning", "waiting")]
    for person, kind, state in mails:
        Delivery.objects.create(
            person=person, kind=kind, state=state, message_id=f"<{kind}@example.org>", error="554 Not today."
        )
    links = [f"/stop/{token_for(world.bo, subject)}/" for subject in (thread, world.commons)]
    return {"alice": ["/manage/mail/"], None: links}
