"""Which posts are new to somebody."""

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from .placed import PlacedQuerySet
from .reading import News, ThreadRead
from .still_new import Ids, still_new_to
from .thread import threads_asking_first, unread_threads


class UnreadQuerySet(PlacedQuerySet):
    def new_to(self, user):
        """What others have said since `user` joined, as far as they may see it and have not read it. Answers that
        they are asked to read after their own are not new before."""
        return self.filter(thread__in=unread_threads(user)).unread_to(user)

    def unread_to(self, user):
        """The same, of posts that they may see."""
        new = self.unread_by(user)
        return new.filter(~Q(thread__in=threads_asking_first(user)) | Q(key=F("thread__key")))

    def unread_by(self, user):
        """What others have said since `user` joined and they have not read, of posts that they may see."""
        reached = ThreadRead.objects.of(user).filter(thread=OuterRef("thread"), up_to__gte=OuterRef("pk"))
        mine = {"user": user.pk, "left_at": None, "joined_at__lte": F("created_at")}
        since_joining = {f"thread__place__community__memberships__{key}": value for key, value in mine.items()}
        beyond = ~Exists(reached) | still_new_to(user)
        unread = self.filter(beyond, ~Q(author=user.pk), deleted_at=None, **since_joining)
        return unread.wanted_by(user)

    def read_by(self, user):
        """Those that `user` has read, by their own marks."""
        reached = ThreadRead.objects.of(user).filter(thread=OuterRef("thread"), up_to__gte=OuterRef("pk"))
        return self.filter(Exists(reached)).exclude(still_new_to(user))

    def news_for(self, user):
        """What of these posts is new to `user`, by thread, in one query."""
        return self.new_to(user).as_news_of(user)

    def as_news_of(self, user):
        """These posts, which are new to `user`, by thread, in one query."""
        return News.of(user, self.by_thread(user))

    def by_thread(self, user):
        """A row of each of their threads, for `News.of`."""
        by = ["thread", "thread__place__community", "thread__place", "thread__block_id"]
        still = still_new_to(user)
        ends = {"last": Max("pk"), "first": Min("pk", filter=~still), "still": Ids("pk", filter=still)}
        return self.order_by().values_list(*by).annotate(count=Count("pk"), **ends)
