"""How much is new to somebody, by place, without counting every post.

Where they have not been at all, everything that others said is new, and each thread knows how many posts it has: only
their own are taken off. The rest are threads in which they have read, or of which not all that stands there is new to
them; there the posts are looked at, in as many of them as are not read to the end.
"""

from django.apps import apps
from django.db.models import BigIntegerField, Count, Exists, F, Q, Sum, Value

from accounts.models import HiddenPerson
from community.models import seen_by
from community.models.prepared import prepared

from .last_posts import padded
from .reading import NewCounts, ThreadRead
from .terms import opened
from .thread import Thread
from .transfer import Transfer

MEMBERSHIP = "place__community__memberships"
BY_PLACE = ("thread__place__community", "thread__place")


def new_counts_for(user, community=None):
    """How many posts are new to `user`, of `community` or of all that they are in, by place and community: as many as
    PostQuerySet.new_to finds."""
    here = () if community is None else (community.pk,)
    rows = in_untouched_and_rest(user, *here)
    counts, rest = [row for row in rows if row[0]], [pk for community, pk, _zero in rows if not community]
    if rest:
        counts += new_in(padded(rest), user)
    return NewCounts.of(counts)


@prepared
def in_untouched_and_rest(user, *here):
    """What threads that `user` has not been in hold, by community and place, and less than nothing for what they said
    there themselves; and beside that, with 0 for a community, the ids of threads to be looked into."""
    all_of_it = untouched(user, *here).values_list("place__community", "place").annotate(count=Sum("post_count"))
    posts = apps.get_model("discussions", "Post").objects.filter(author=user.pk, deleted_at=None)
    mine = untouched(user, *here, of=posts, thread="thread__").values_list(*BY_PLACE).annotate(count=Count("pk") * -1)
    return all_of_it.order_by().union(mine.order_by(), looked_into(user, *here).order_by(), all=True)


def looked_into(user, *here):
    """The threads of the rest that are not read to the end."""
    older, zero = Q(**{f"{MEMBERSHIP}__joined_at__gt": F("created_at")}), Value(0, output_field=BigIntegerField())
    rest = readable(user, holds_more(user) | older, *here).filter(post_count__gt=0).not_read_to_the_end_by(user)
    return rest.annotate(no_community=zero, count=zero).values_list("no_community", "pk", "count")


@prepared
def new_in(threads, user):
    posts = apps.get_model("discussions", "Post").objects.in_threads(threads)
    return posts.unread_to(user).order_by().values_list(*BY_PLACE).annotate(Count("pk"))


def untouched(user, *here, of=None, thread=""):
    """Threads that are wholly new to `user`, but for what they said themselves; or rows `of` something that `thread`
    leads from."""
    since_joining = Q(**{f"{thread}{MEMBERSHIP}__joined_at__lte": F(f"{thread}created_at")})
    found = readable(user, since_joining, *here, of=of, thread=thread)
    return found.filter(~holds_more(user, thread), **{f"{thread}post_count__gt": 0})


def readable(user, rule, *here, of=None, thread=""):
    """As ThreadQuerySet.visible_to; `rule` may ask about the membership by which they are."""
    rows = Thread.objects.all() if of is None else of
    seen = seen_by(user, f"{thread}place__", opened=opened(thread=thread))
    visible = rows.filter(seen, rule, **{f"{thread}merged_into": None})
    return visible.filter(**{f"{thread}place__community__in": here}) if here else visible


def holds_more(user, thread=""):
    """That a thread has posts that are not new to `user`, or may have: they have read in it or blocked somebody, it
    took in words that are older than itself, or it asks for theirs before it shows those of others."""
    itself = thread.removesuffix("__") or "pk"
    read, grown = ThreadRead.objects.of(user).values("thread"), Transfer.objects.values("target")
    taken = Q(**{f"{itself}__in": grown}) | Q(**{f"{itself}__in": read}) | Q(**{f"{thread}answer_first": True})
    return taken | Q(Exists(HiddenPerson.objects.filter(person=user.pk)))
