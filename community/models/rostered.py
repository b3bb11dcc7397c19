"""Finding memberships for lists of people."""

from accounts.models import User

from .away import AwayQuerySet


class Rostered(AwayQuerySet):
    """What a list of people asks of memberships; MembershipQuerySet has the rest."""

    def with_roles(self, roles):
        return self.filter(role__in=roles)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def after(self, pk):
        return self.filter(pk__gt=pk)

    def with_address(self, email):
        return self.filter(user__in=User.objects.with_address(email))

    def by_address(self):
        """Address → person's id and role, by each of the addresses that we know of them."""
        rows = [*self.values_list("user__email", "user", "role")]
        rows += self.filter(user__emailaddress__verified=True).values_list("user__emailaddress__email", "user", "role")
        return {email: (person, role) for email, person, role in rows}

    def ever_of(self, people):
        """Ids of those of `people` who are or were in."""
        return set(self.filter(user__in=people).values_list("user", flat=True))
