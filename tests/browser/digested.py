"""Pages about digests, for the test that looks at every page."""

from django.urls import reverse

from notifications.mail.caught_up import SIGNER
from notifications.models import Event


def digested(world):
    """Paths for Bo, to whom much is new."""
    told, nothing = f"{world.bo.pk}-0-{Event.objects.newest()}", f"{world.bo.pk}-0-0"
    return [reverse("digest_preview"), *(reverse("caught_up", args=[SIGNER.sign(of)]) for of in (told, nothing))]
