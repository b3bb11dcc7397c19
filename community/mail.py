from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import look

from .models import Invitation


def send_invitation(invitation: Invitation, *, token: str, is_reminder: bool = False) -> None:
    """The mail with the link that carries `token`. Raises what the mail server raises."""
    context = {
        "invitation": invitation,
        "community": invitation.community,
        "url": settings.SITE_URL + reverse("invitation", args=[token]),
        "site_name": look().name,
        "is_reminder": is_reminder,
    }
    first, again = _("%(name)s invites you to %(community)s"), _("%(name)s still keeps you a place in %(community)s")
    subject = (again if is_reminder else first) % {
        "name": invitation.invited_by.name,
        "community": invitation.community.title,
    }
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string("community/mail/invitation.txt", context),
        to=[invitation.email],
    )
    message.attach_alternative(render_to_string("community/mail/invitation.html", context), "text/html")
    message.send()
