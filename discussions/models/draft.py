from django.conf import settings
from django.db import models
from django.utils import timezone


class Draft(models.Model):
    """Words that somebody has begun and not posted. `slot` names the form they stand in, as the page does."""

    SLOT_MAX = 80

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    slot = models.CharField(max_length=SLOT_MAX)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "slot"], name="one_draft_a_slot")]

    def __str__(self):
        return f"{self.person}: {self.slot}"
