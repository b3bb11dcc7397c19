"""What people say about a text: at its blocks, and in the list below it."""

from dataclasses import dataclass

from discussions.forms import Anchor, ThreadForm, post_id, signed
from discussions.models import (
    BlockTalk,
    CarriedThread,
    Listing,
    Post,
    Thread,
    earlier_about,
    earlier_at,
    people_of,
    with_posts,
)
from discussions.views import rights_of
from pieces import new_key

from ..models.page_asked import THREADS_SHOWN, post_counts_at, threads_at

FACES_SHOWN = 4


@dataclass(frozen=True)
class Talk:
    """What is said at a place: block id → BlockTalk, and the conversations that the list below the text shows."""

    blocks: dict[str, BlockTalk]
    rows: list[Thread]
    post_count: int
    listing: Listing
    earlier: list[CarriedThread]  # those of earlier cohorts that the list below the text shows
    is_cut: bool  # whether more conversations are chosen than the list shows

    @property
    def in_a_list(self):
        """What a page needs for the list below the text."""
        return {
            "listing": self.listing,
            "rows": self.rows,
            "earlier": self.earlier,
            "more_threads": self.is_cut,
            "post_count": self.post_count,
        }

    @property
    def faces(self):
        """A few of those who spoke last."""
        return people_of(post for thread in self.rows for post in reversed(thread.shown))[:FACES_SHOWN]


def talk_at(request, place, blocks, news, rights):
    """What is said at `place`, whose text has `blocks` (id → Block). `?post=` opens the conversation of a post,
    `?answer=` to answer it, `?discuss=` that of a block; `?show=` and `?sort=` are for the list."""
    choices = {"has_text": place.has_text, "has_earlier": place.carried_count > 0}
    listing, asked = Listing.asked(request.GET, **choices), asked_post(request)
    visible = None if listing.is_usual else Thread.objects.visible_to(request.user).at(place)
    chosen = [] if visible is None else chosen_ids(request, listing, visible, blocks)
    threads = threads_at(request.user, place.pk, asked, chosen)
    threads = with_posts(threads, including=asked, news=news, rights=rights)
    for thread in threads:
        thread.note_place(place, blocks)
        thread.note_asked(asked, to_answer="answer" in request.GET)
    counts = dict(post_counts_at(request.user, place.pk))
    if listing.is_usual:
        rows = [thread for thread in threads if thread.post_count or thread.is_asked_for]
        is_cut = place.thread_count > THREADS_SHOWN
    else:
        rows, is_cut = picked(threads, chosen[:THREADS_SHOWN]), len(chosen) > THREADS_SHOWN
    earlier = earlier_at(place, request.user, blocks)
    talk = talk_by_block(request, place, blocks, threads, counts, news)
    for carried in (row for row in earlier if row.stands):
        block = talk.setdefault(carried.block_id, BlockTalk(carried.block_id, blocks[carried.block_id].kind))
        block.earlier.append(carried)
    return Talk(talk, rows, sum(counts.values()), listing, listed_of(earlier, listing), is_cut)


def listed_of(earlier, listing):
    """Those of earlier cohorts that a list below a text shows: usually what stands at no block of it."""
    if listing.is_of_earlier:
        return earlier
    return [row for row in earlier if not row.stands] if listing.is_usual else []


def chosen_ids(request, listing, visible, blocks):
    """Ids of the threads that a list shows, and one more if there are more."""
    return list(listing.of(visible, request.user, list(blocks)).values_list("pk", flat=True)[: THREADS_SHOWN + 1])


def picked(threads, ids):
    """Those of `threads` with these ids, in their order; before them the one that the address asks for, where it
    stands at no block."""
    by_id = {thread.pk: thread for thread in threads}
    asked = [thread for thread in threads if thread.is_asked_for and not thread.stands and thread.pk not in ids]
    return [*asked, *(by_id[pk] for pk in ids if pk in by_id)]


def talk_by_block(request, place, blocks, threads, counts, news):
    new = news.blocks
    talk = {
        id: BlockTalk(id, blocks[id].kind, post_count=n, new_count=new.get(id, 0))
        for id, n in counts.items()
        if id in blocks
    }
    for thread in threads:
        if thread.stands:
            block = talk.setdefault(thread.block_id, BlockTalk(thread.block_id, blocks[thread.block_id].kind))
            block.threads.append(thread)
            block.is_open = block.is_open or (thread.is_asked_for and not thread.is_in_text)
    asked_for = request.GET.get("discuss")
    if asked_for in blocks:
        block = talk.setdefault(asked_for, BlockTalk(asked_for, blocks[asked_for].kind))
        block.is_open = True
        block.form = form_about(request, place, blocks[asked_for])
    return talk


def talk_about(request, place, block):
    """What the fragment of the open talk about one block needs, with a form to add to it."""
    threads = Thread.objects.visible_to(request.user).at(place).standing().about(block.id)
    news = Post.objects.at(place).about(block.id).news_for(request.user)
    guides = place.community.guide_roles()
    threads = threads.with_people().by_latest_activity()
    may_write = place.accepts_words_from(request.user)
    threads = threads.with_last_posts(news=news, rights=rights_of(request, guides, may_write=may_write))
    post_count = sum(thread.post_count for thread in threads)
    talk = BlockTalk(block.id, block.kind, threads, post_count, news.count, is_open=True)
    talk.form = form_about(request, place, block)
    talk.earlier = earlier_about(place, request.user, block.id)
    around = {"place": place, "community": place.community, "guides": guides, "may_write": may_write}
    return {"block_talk": talk, **around}


def form_about(request, place, block):
    """To start a conversation on a block; on those of its words that `?words=` says somebody selected."""
    words = request.GET.get("words", "")[: Thread.QUOTE_MAX + 1]
    anchor = Anchor.on(block.id, block.text, words, kind=block.kind)
    form = ThreadForm(place=place, initial={"anchor": signed(anchor, place), "key": new_key(request)})
    form.chosen = anchor.words if anchor.chosen else ""
    return form


def asked_post(request):
    """The id in `?answer=` or `?post=`, or None."""
    return post_id(request.GET.get("answer") or request.GET.get("post", ""))
