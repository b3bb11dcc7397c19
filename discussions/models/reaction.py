from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .post import Post


class ReactionQuerySet(models.QuerySet):
    def by(self, person):
        return self.filter(person=person)

    def saying(self, word):
        return self.filter(word=word)


class Reaction(models.Model):
    """One of three words that somebody left on a post. Counted on the post, never on a person."""

    class Word(models.TextChoices):
        HELPED = "helped", _("helped me")
        ME_TOO = "me_too", _("me too")
        THANKS = "thanks", _("thanks")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=8, choices=Word)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person", "word"], name="one_reaction_a_word")]

    def __str__(self):
        return f"{self.person}: {self.word}"
