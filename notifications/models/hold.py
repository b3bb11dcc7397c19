"""Holding mail back."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class MailHold(models.Model):
    """That an L&D admin holds all mail back, and since when. One row at most; none, and mail goes out."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_mail_hold")]

    def __str__(self):
        return f"held by {self.by}"
