from django.conf import settings
from django.db import models

from notifications.models import Notification

from .post import Post
from .told import ToldRevisionQuerySet


class PostRevisionQuerySet(ToldRevisionQuerySet):
    def by(self, author):
        return self.filter(author=author)

    def of_posts(self, posts):
        return self.filter(post__in=posts)

    def below(self, number):
        """Newest first, those with a lower number."""
        return self.filter(number__lt=number).order_by("-number")

    def edits_since(self, moment):
        """Edits that were edited again: a first text is no edit."""
        return self.filter(created_at__gte=moment, number__gt=1)

    def knowing_unwanted_by(self, user_id):
        """With what is said of each instead of its post's title; see PostQuerySet."""
        posts = Post.objects.knowing_unwanted_by(user_id).filter(pk=models.OuterRef("post"))
        return self.annotate(is_title_hidden=models.Subquery(posts.values("is_title_hidden")))

    def as_targets(self):
        """With what a notification says of them."""
        return self.select_related("post__thread__place").defer("source", "post__source", "post__html")


class PostRevision(models.Model):
    """A text that a post had before it was edited. Never changed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()  # when this text was written

    is_title_hidden = False  # knowing_unwanted_by sets it
    followed_path = "post__thread"

    objects = PostRevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_post_revision_a_number")]

    def __str__(self):
        self.post.is_title_hidden = self.is_title_hidden
        return str(self.post)

    def get_absolute_url(self):
        return self.post.get_absolute_url()

    def disguise(self, user_id):
        return self.post.disguise(user_id)

    @property
    def followed(self):
        return self.post.thread

    def still_concerns(self, person, reason):
        return self.post.still_concerns(person, reason)

    def html_for(self, person):
        return self.post.html_for(person)

    @property
    def quoted(self):
        return self.post.quoted

    def audience(self):
        """Who is named in the post since the edit that ended this text, and has not heard of the post before."""
        if self.post.is_gone or self.post.thread.is_waiting:
            return {}
        ids = self.post.revisions.values("pk")
        told = Notification.objects.about(Post, [self.post_id]) | Notification.objects.about(PostRevision, ids)
        named = self.post.mentioned.exclude(pk__in=told.values("person")).exclude(pk=self.post.author_id)
        return dict.fromkeys(named.values_list("pk", flat=True), Notification.Reason.MENTION)
