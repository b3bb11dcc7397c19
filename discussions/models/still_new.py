"""What came in among words that somebody had read already, when two conversations became one."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class StillNewQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person=user.pk)

    def of_posts(self, posts):
        return self.filter(post__in=posts)


class StillNew(models.Model):
    """A post that is new to somebody though it stands before their mark in its thread. Private to them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey("discussions.Post", on_delete=models.CASCADE, related_name="+")

    objects = StillNewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "post"], name="one_still_new_a_person_and_post")]

    def __str__(self):
        return f"{self.person}: {self.post_id}"


def still_new_to(user):
    """That a post is so."""
    return Q(pk__in=StillNew.objects.of(user).values("post"))


class Ids(models.Aggregate):
    """Ids as one text, with commas between them; None for none."""

    function, output_field = "GROUP_CONCAT", models.TextField()

    def as_postgresql(self, compiler, connection, **more):
        copy = self.copy()
        copy.template = "STRING_AGG(%(expressions)s::text, ',')"
        return copy.as_sql(compiler, connection, **more)


def ids_in(text):
    return frozenset(int(number) for number in (text or "").split(",") if number)
