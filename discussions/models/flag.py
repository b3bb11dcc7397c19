"""That somebody asked those who look after a community for a look at a post."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification

from .care_entry import CareEntry
from .post import Post


class FlagQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decision=None)

    def of(self, community):
        return self.filter(post__thread__place__community=community)

    def on(self, post):
        return self.filter(post=post)

    def of_posts(self, posts):
        return self.filter(post__in=posts)

    def of_person(self, user):
        return self.filter(by=user.pk)

    def with_posts(self):
        """With the posts, as a page shows them, and where they stand."""
        return self.select_related("post__author", "post__thread__place__community", "post__answers_to__author")

    def with_people(self):
        return self.select_related("by").order_by("created_at", "pk")

    def post_count(self):
        """On how many posts they are."""
        return self.aggregate(posts=models.Count("post", distinct=True))["posts"]

    def waiting(self):
        """On how many `posts` they are, and `since` when the first of them waits."""
        return self.aggregate(posts=models.Count("post", distinct=True), since=models.Min("created_at"))

    def waiting_in(self, communities):
        """Community id → on how many posts they are there, and when the first of them came."""
        there = "post__thread__place__community"
        found = self.filter(**{f"{there}__in": communities}).order_by().values_list(there)
        rows = found.annotate(posts=models.Count("post", distinct=True), since=models.Min("created_at"))
        return {community: (posts, since) for community, posts, since in rows}

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("post__thread__place__community").defer("post__source", "post__html")


class Flag(models.Model):
    """One person's, once for a post. `decision` is what guides answered it with; None while it is open."""

    class Why(models.TextChoices):
        HURTS = "hurts", _("It hurts somebody or puts them down")
        PRIVATE = "private", _("It tells what should stay private")
        ELSEWHERE = "elsewhere", _("It does not belong here")
        SELLS = "sells", _("It advertises something")
        OTHER = "other", _("Something else")

    WORDS_MAX = 500

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="flags")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="flags")
    why = models.CharField(max_length=12, choices=Why)
    words = models.CharField(max_length=WORDS_MAX, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decision = models.ForeignKey(CareEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="flags")

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "by"], name="one_flag_a_person_and_post")]
        indexes = [models.Index(fields=["post"], condition=models.Q(decision=None), name="flag_open")]

    def __str__(self):
        return str(self.post)

    def get_absolute_url(self):
        return reverse("care_post", args=[self.post.thread.place.community.slug, self.post_id])

    def audience(self):
        """Who looks after the others here, but for the author: nobody is told who flagged their words."""
        guides = self.post.thread.place.community.guide_roles().keys() - {self.by_id, self.post.author_id}
        return dict.fromkeys(guides, Notification.Reason.CARE)
