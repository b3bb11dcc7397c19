"""Who is shown as the author of a post. In a prompt that is anonymous to members, authors have a number for a name."""

import re
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from community.models import communities_guided_by

from .unwanted import Said, SaidQuerySet

MARKS = re.compile(r"([\\\[\]*_`<])")  # what a name may not say in Markdown


@dataclass(frozen=True)
class Somebody:
    """An author who is not named here: what a page or a notification needs of a person, and nothing of who it is.

    The number is theirs within one thread, so that others can refer to what they said, and means nothing elsewhere.
    """

    number: int = 0  # 0 when even that is not known any more

    pk = None
    avatar_url = ""
    colour = "somebody"

    @property
    def initials(self):
        return str(self.number or "?")

    @property
    def name(self):
        return _("Somebody %(n)s") % {"n": self.number} if self.number else _("Somebody")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return ""


class SpokenQuerySet(SaidQuerySet):
    def openings(self):
        """Those that threads began with."""
        return self.filter(key=F("thread__key"), author=F("thread__created_by"))

    def answers(self):
        """Without the posts that threads began with."""
        return self.filter(~Q(key=F("thread__key")) | ~Q(author=F("thread__created_by")))

    def without_words(self):
        """Only who wrote them when, and what happened to them."""
        return self.select_related("thread").defer("source", "html")

    def standing(self):
        """Without those that were removed."""
        return self.filter(deleted_at=None)

    def hidden_but_for(self, user):
        """Those that guides have hidden and that `user` reads on, as their author or a guide."""
        guided = Q(thread__place__community__in=communities_guided_by(user))
        return self.exclude(hidden_at=None).filter(guided | Q(author=user.pk))


class Spoken(Said):
    """`alias` is the number by which members know the author of this post; None when they know the name. It is said of
    the post and not asked of its thread, so that neither other terms nor another thread ever tell the name."""

    alias = models.PositiveIntegerField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)  # gone by a guide's decision; its author and guides read on

    is_own = names_author = False  # to whom the page is for; Rights.mark sets both

    class Meta(Said.Meta):
        abstract = True

    @property
    def is_read_on(self):
        """Whether it is hidden from others, and the page's reader is its author or a guide."""
        return self.hidden_at is not None and self.names_author

    @property
    def speaker(self):
        """Who said it, as the reader may know them: `Rights.mark` says where that is more than a number."""
        if self.is_folded:
            return Somebody()
        return self.author if self.alias is None or self.names_author else Somebody(self.alias)  # type: ignore

    @property
    def speaker_name(self):
        """The speaker's name; where members don't see it, with what they see."""
        if self.alias is None or not self.names_author:
            return self.speaker.name
        words = _("you, as %(alias)s") if self.is_own else _("%(name)s, as %(alias)s")
        return words % {"name": self.speaker.name, "alias": Somebody(self.alias).name}

    @property
    def citation(self):
        """A link to it to put into a text. It names its author as all members know them."""
        name = self.author.name if self.alias is None else Somebody(self.alias).name  # type: ignore[attr-defined]
        words = MARKS.sub(r"\\\1", name)
        return f"[{words}]({self.permanent_url})"  # type: ignore[attr-defined]

    def disguise(self, user_id):
        """What to show instead of the person with this id where it is told what happened to this post; None to show
        the person."""
        if self.alias is None or user_id != self.author_id:  # type: ignore[attr-defined]
            return None
        return Somebody(self.alias)


def people_of(posts):
    """Those who are named as authors of `posts`, each once, in the order of the posts."""
    named = [post for post in posts if post.alias is None and not post.is_folded]
    return list({post.author_id: post.author for post in named}.values())
