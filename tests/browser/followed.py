"""Pages of what somebody follows, for the test that looks at every page."""

from django.urls import reverse

from notifications.actions import follow
from notifications.models import Level


def followed(world, thread):
    """Let Bo choose some levels; paths of the pages about them."""
    follow(person=world.bo, subjects=[thread], level=Level.ALL)
    follow(person=world.bo, subjects=[world.place], level=Level.MUTED)
    everything = reverse("followings")
    return [reverse("following", args=["thread", thread.pk]), everything, f"{everything}?level=mentions"]
