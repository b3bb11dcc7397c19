"""Who may found a community, and who gets into one."""

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation


class Openness(models.TextChoices):
    """How people who are not in a community get in. Whoever is invited gets into any."""

    OPEN = "open", _("Open: whoever finds it can join")
    REQUEST = "request", _("By request: whoever finds it can ask, and you decide")
    INVISIBLE = "invisible", _("Invisible: nobody finds it; people come by invitation")


FOUND = Q(archived_at=None) & ~Q(openness=Openness.INVISIBLE)


def may_found(user):
    """Whether `user` may found communities, by the policy of this site: everybody who has an account, or L&D admins."""
    if not user.is_active:
        return False
    return user.is_staff or Organisation.current().founding == Organisation.Founding.EVERYBODY


class FoundQuerySet(models.QuerySet):
    """How communities are found by who is not in them."""

    def findable_by(self, user):
        """What somebody with an account finds without being in it: what it is called, for what, and how to get in."""
        return self.filter(FOUND) if user.is_active else self.none()

    def with_a_door_for(self, user):
        """Those at which `user` may ask for or be let in: what they find, and where they have asked already."""
        asked = Q(join_requests__person=user.pk, join_requests__withdrawn_at=None, join_requests__admitted_at=None)
        return self.filter(FOUND | asked).distinct() if user.is_active else self.none()

    def named(self, words):
        """Those in whose title or purpose all of `words` stand."""
        found = self
        for word in words.split():
            found = found.filter(Q(title__icontains=word) | Q(purpose__icontains=word))
        return found

    def asked_by(self):
        """Ids of the people who ask to join these and wait."""
        requests = apps.get_model("community", "JoinRequest").objects.open()
        return requests.filter(community__in=self).values("person")

    def knowing_who_asks(self):
        """With `asking_count`: how many wait to be let in."""
        waiting = apps.get_model("community", "JoinRequest").objects.open().filter(community=models.OuterRef("pk"))
        counted = waiting.order_by().values("community").annotate(n=models.Count("pk")).values("n")
        return self.annotate(asking_count=Coalesce(models.Subquery(counted), 0))

    def of_slug(self, slug):
        return self.filter(slug=slug)

    def numbered(self, ids):
        return self.filter(pk__in=ids)

    def founded_by(self, user):
        return self.filter(founded_by=user)

    def since(self, moment):
        return self.filter(created_at__gte=moment)

    def with_key(self, key):
        return self.filter(founded_with=key)

    def archived(self):
        return self.exclude(archived_at=None)

    def running(self):
        return self.filter(archived_at=None)
