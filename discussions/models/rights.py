"""What somebody may do with posts: one rule for one post and for a page of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, Value

from accounts.models import HiddenPerson
from community.models.prepared import prepared

from .last_posts import padded

HIDDEN = "hidden"  # beside the words of reactions: that somebody is blocked
ACTS = ("answer", "edit", "delete", "restore", "accept", "split", "flag", "care")


@dataclass(frozen=True)
class Rights:
    """What one person may do with the posts of one place. Asks nothing of the database for each, so a page is cheap."""

    user_id: int | None
    is_guide: bool
    may_write: bool
    reading: int | None = None  # id of the prompt whose answers they asked to read without answering

    @classmethod
    def at(cls, place, user):
        """Asked afresh, for an act."""
        may_write = place.accepts_words_from(user)
        membership = place.community.membership_of(user) if may_write else None
        return cls(user.pk, membership is not None and membership.is_guide, may_write)

    @classmethod
    def of(cls, user, guides, *, may_write=True, reading=None):
        """For a page that has asked for the guides of its community already."""
        return cls(user.pk, user.pk in guides, may_write, reading)

    @property
    def may_pose(self) -> bool:
        """Prompts and topics are for guides to ask, and announcements for them to make."""
        return self.may_write and self.is_guide

    @property
    def may_arrange(self) -> bool:
        """Where conversations stand is for guides to say."""
        return self.may_write and self.is_guide

    @property
    def may_tend(self) -> bool:
        """What needs those who look after the others is for them to share out."""
        return self.may_write and self.is_guide

    def may_distil(self, thread) -> bool:
        """Summaries are for guides to write, and for everybody where the community says so."""
        return self.may_write and (self.is_guide or thread.place.community.members_may_distil)

    def may_set_terms(self, thread) -> bool:
        return self.may_pose and thread.has_terms

    def is_asked_first(self, thread) -> bool:
        """Whether a page shows them the answers only when they have answered, or ask for them. A courtesy and no rule
        of access: what it keeps back is one click away, and nobody notes the click. For a thread that knows whether
        its reader has answered."""
        wanted = thread.answer_first and thread.is_open and not thread.has_my_answer
        return wanted and self.may_write and not self.is_guide

    def shows(self, post) -> bool:
        """Whether a page shows them this post: what they are asked to read later only when they ask for it."""
        return post.is_opening or self.reading == post.thread_id or not self.is_asked_first(post.thread)

    def owns(self, post) -> bool:
        return post.author_id == self.user_id

    def may_edit(self, post) -> bool:
        return self.may_write and self.owns(post) and not post.is_gone

    def tends(self, post) -> bool:
        return self.may_write and (self.owns(post) or self.is_guide)

    def may_delete(self, post) -> bool:
        return self.tends(post) and not post.is_gone

    def may_restore(self, post) -> bool:
        """Authors undo their own removals, for as long as they like; a guide's only a guide. What was hidden by a
        decision comes back by taking that back."""
        if not (self.may_write and post.is_gone) or post.hidden_at:
            return False
        return self.owns(post) if post.was_removed_by_author else self.is_guide

    def may_accept(self, post) -> bool:
        """Whether a post answers a question is for who asked it to say, and for guides."""
        thread = post.thread
        if not self.may_write or not thread.is_question or post.is_gone or post.is_opening:
            return False
        return self.is_guide or thread.created_by_id == self.user_id

    def may_split(self, post) -> bool:
        """Whether a conversation of its own can begin with it."""
        return self.may_arrange and not (post.is_gone or post.is_opening)

    def may_flag(self, post) -> bool:
        return self.may_write and not self.owns(post) and not post.is_gone

    def may_care(self, post) -> bool:
        """Deciding what happens to a post, its conversation and its author is for guides."""
        return self.may_write and self.is_guide

    def may_answer(self, post) -> bool:
        return self.may_write and post.thread.is_open

    def may_leave(self, word, post) -> bool:
        """Nobody thanks themselves, nor says that they helped themselves."""
        return self.may_write and not post.is_gone and (word == "me_too" or not self.owns(post))

    def words_on(self, post, mine: set[tuple[int, str]]) -> list["WordLeft"]:
        return [
            WordLeft(
                word.value,
                word.label,
                count=getattr(post, f"{word.value}_count"),
                is_mine=(post.pk, word.value) in mine,
                may_be_left=self.may_leave(word.value, post),
            )
            for word in apps.get_model("discussions", "Reaction").Word
        ]

    def on(self, post) -> set[str]:
        """The names of all acts that this person may do with `post`."""
        return {name for name in ACTS if getattr(self, f"may_{name}")(post)}

    def may_fold(self, post) -> bool:
        """Whether a post disappears for who has blocked its author. What guides ask everybody does not; nor what was
        said without a name, or blocking would tell whose it is."""
        knows_thread = type(post).thread.is_cached(post)  # one of another thread is shown without it
        return post.alias is None and not (knows_thread and post.asks_everybody)

    def left_on(self, posts: list[Any]) -> set[tuple[int, str]]:
        """The words that this person left on `posts`, by the posts' ids; and HIDDEN by the ids of those whom they have
        blocked. One query, none without posts."""
        if not posts:
            return set()
        return set(left_by(self.user_id, padded([post.pk for post in posts])))

    def mark(self, posts: Iterable[Any], *, mine: set[tuple[int, str]] | None = None) -> None:
        """Tell each of `posts`, which know their threads, what this person may do with it and what is left on it.
        One query, for what this person left and whom they have blocked; none where that is known as `mine`."""
        posts = list(posts)
        mine = self.left_on(posts) if mine is None else mine
        for post in posts:
            if post.answers_to and post.answers_to.thread_id == post.thread_id:
                post.answers_to.thread = post.thread
            for said in filter(None, (post, post.answers_to)):
                said.is_own = self.owns(said)
                said.names_author = said.is_own or self.is_guide
                said.is_folded = (said.author_id, HIDDEN) in mine and self.may_fold(said)
            post.may = self.on(post)
            post.words = [] if post.is_gone else self.words_on(post, mine)


@prepared
def left_by(person, posts):
    reactions = apps.get_model("discussions", "Reaction").objects.filter(person=person, post__in=posts)
    as_word = Value(HIDDEN, output_field=CharField())
    hidden = HiddenPerson.objects.filter(person=person).values_list("hidden", as_word)
    return reactions.values_list("post", "word").union(hidden, all=True)


@dataclass(frozen=True)
class WordLeft:
    """One of the words that people leave on a post, as one of them sees it there."""

    word: str
    label: Any  # translated when it is shown
    count: int
    is_mine: bool
    may_be_left: bool
