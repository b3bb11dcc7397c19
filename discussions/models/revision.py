from django.conf import settings
from django.db import models

from .post import Post


class PostRevision(models.Model):
    """A text that a post had before it was edited. Never changed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()  # when this text was written

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_post_revision_a_number")]

    def __str__(self):
        return f"{self.post_id} {self.number}"
