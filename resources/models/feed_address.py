import hashlib
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

PURPOSE = "collection feed"  # a token for this opens nothing else


class FeedAddressQuerySet(models.QuerySet):
    def for_token(self, token):
        """The address that holds `token`, of somebody who is still active."""
        held = self.filter(token_hash=FeedAddress.hashed(token), person__is_active=True)
        return held.select_related("person")

    def of(self, collection, user):
        return self.filter(collection=collection, person=user.pk)


class FeedAddress(models.Model):
    """By which a feed reader, which nobody signs in, reads a collection as `person` would. The token itself stands only
    in the address; here is its hash. Whether they may see the collection is asked at each request."""

    collection = models.ForeignKey("resources.Collection", on_delete=models.CASCADE, related_name="feed_addresses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_addresses")
    token_hash = models.CharField(max_length=64, unique=True, default=uuid.uuid4)
    renewed_at = models.DateTimeField(default=timezone.now)

    objects = FeedAddressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "person"], name="one_feed_address_a_reader")]

    def __str__(self):
        return f"{self.person_id}: {self.collection_id}"

    @staticmethod
    def hashed(token):
        return hashlib.sha256(f"{PURPOSE}:{token}".encode(errors="replace")).hexdigest()

    def renew_token(self):
        """Give this address a new token and return it; the one before stops working."""
        token = secrets.token_urlsafe(24)
        self.token_hash, self.renewed_at = self.hashed(token), timezone.now()
        self.save(update_fields=["token_hash", "renewed_at"])
        return token
