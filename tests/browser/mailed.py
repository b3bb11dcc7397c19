"""The page on which somebody says when mail comes, with all it can say: for Alice."""

from django.urls import reverse
from django.utils import timezone

from notifications.models import MailSettings


def mailed(world):
    """Let digests come less often, on chosen days; paths of the pages about that for Alice."""
    MailSettings.objects.update_or_create(
        person=world.alice, defaults={"frequency": "days", "days": "14", "slowed_at": timezone.now()}
    )
    return [reverse("mail_settings")]
