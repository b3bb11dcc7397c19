from django.conf import settings
from django.db import models
from django.utils import timezone

from .thread import Thread


class ThreadRead(models.Model):
    """How far somebody has read a thread: the posts up to the id `up_to`. Private to them, and never grows old."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reads")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="reads")
    up_to = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="one_read_a_person_and_thread")]

    def __str__(self):
        return f"{self.person}: {self.thread_id} up to {self.up_to}"
