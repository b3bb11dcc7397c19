"""Holding mail back."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class MailHold(models.Model):
    """That all mail is held back, since when and by whom: an L&D admin; nobody, and a backup was put back. One row at
    most; none, and mail goes out."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_mail_hold")]

    def __str__(self):
        return f"held by {self.by or 'a restore'}"
