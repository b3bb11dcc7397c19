"""Rewriting units: no conversation vanishes, and none is moved to words that it isn't about."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.actions import edit_unit
from courses.models import Unit
from discussions.forms import Anchor
from discussions.models import Post, Thread
from markup import Profile, render
from tests import factories as make

UNITS = 100
ROUNDS = 2
SYLLABLES = ["ba", "de", "ki", "lo", "mu", "ra", "se", "ti", "vo", "zu", "an", "el", "in", "or", "us"]


class Writer:
    """Writes units at random and rewrites them as people do."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def word(self):
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4)))

    def sentence(self):
        words = " ".join(self.word() for _ in range(self.chance.randint(5, 12)))
        return f"{words.capitalize()}."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.chance.randint(2, 5)))

    def chosen(self, text):
        """A few words of it that follow one another."""
        words = text.split()
        start = self.chance.randrange(len(words) - 4)
        return " ".join(words[start : start + self.chance.randint(3, 5)])

    def unit(self):
        return [self.paragraph() for _ in range(self.chance.randint(6, 14))]

    def rewritten(self, pieces):
        pieces = list(pieces)
        for _ in range(self.chance.randint(1, 5)):
            self.chance.choice([self.edit, self.move, self.split, self.merge, self.delete, self.add])(pieces)
        return pieces

    def edit(self, pieces):
        i = self.chance.randrange(len(pieces))
        words = pieces[i].split(" ")
        for _ in range(self.chance.randint(1, max(1, len(words) // 5))):
            words[self.chance.randrange(len(words))] = self.word()
        pieces[i] = " ".join(words)

    def move(self, pieces):
        piece = pieces.pop(self.chance.randrange(len(pieces)))
        pieces.insert(self.chance.randint(0, len(pieces)), piece)

    def split(self, pieces):
        i = self.chance.randrange(len(pieces))
        sentences = pieces[i].split(". ")
        if len(sentences) > 1:
            cut = self.chance.randrange(1, len(sentences))
            pieces[i : i + 1] = [". ".join(sentences[:cut]) + ".", ". ".join(sentences[cut:])]

    def merge(self, pieces):
        if len(pieces) > 2:
            i = self.chance.randrange(len(pieces) - 1)
            pieces[i : i + 2] = [f"{pieces[i]} {pieces[i + 1]}"]

    def delete(self, pieces):
        if len(pieces) > 2:
            pieces.pop(self.chance.randrange(len(pieces)))

    def add(self, pieces):
        pieces.insert(self.chance.randint(0, len(pieces)), self.paragraph())


def blocks_to_talk_about(writer, unit):
    """Id and words of a few blocks of the unit, and "" for the unit as a whole."""
    blocks = unit.block_texts()
    return [("", ""), *((block_id, blocks[block_id]) for block_id in writer.chance.sample(list(blocks), k=3))]


def quick_threads(writer, unit, world):
    """Conversations without posts; Thread → the words of the block it is about."""
    place = make.place_of(unit, world.community)
    blocks = blocks_to_talk_about(writer, unit)
    chosen = [(block_id, words, writer.chosen(words)) for block_id, words in blocks[1:]]
    anchors = [Anchor.on(block_id, words, some) for block_id, words, some in [(*blocks[0], ""), *chosen]]
    anchors += [Anchor.on(block_id, words) for block_id, words in blocks[1:]]
    rows = [Thread(place=place, title="Hm", created_by=world.bo, **anchor.as_fields()) for anchor in anchors]
    return dict(zip(Thread.objects.bulk_create(rows), (words for _id, words in [*blocks, *blocks[1:]]), strict=True))


def check(unit, about, before, after):
    """Each thread is where it was, and its block is the same, much the same, or gone and quoted."""
    now = unit.block_texts()
    gone = {block.id for block in unit.known_blocks() if block.retired}
    threads = {thread.pk: thread for thread in Thread.objects.filter(place__unit_place__unit=unit)}
    unedited = {words for words, times in Counter(before).items() if times == 1 and after.count(words) == 1}
    assert set(threads) == {thread.pk for thread in about}
    for thread, words in about.items():
        stored = threads[thread.pk]
        assert stored.quote == thread.quote
        if thread.is_about_words:
            check_chosen(stored, unit, now, gone)
            continue
        assert stored.block_id == thread.block_id
        assert stored.quote == words[: Thread.QUOTE_MAX]
        if not words:
            continue
        assert (stored.block_id in now) != (stored.block_id in gone)
        if words in unedited:
            assert now[stored.block_id] == words
        elif stored.block_id in now:
            assert shared_words(now[stored.block_id], words) > 0.3


def check_chosen(thread, unit, now, gone):
    """Words that stand in the text have their conversation where they stand; else it says that they are old."""
    thread.note_place(thread.place, unit.standing_blocks())
    assert thread.block_id in now or thread.block_id in gone
    assert thread.is_on_earlier_wording == all(thread.quote not in text for text in now.values())
    if thread.stands and not thread.is_on_earlier_wording:
        assert thread.quote in now[thread.block_id]


def shared_words(one, other):
    one, other = set(one.split()), set(other.split())
    return len(one & other) / min(len(one), len(other))


@pytest.fixture
def writer():
    return Writer(seed=7)


def test_on_rewriting_a_hundred_units_no_thread_vanishes(world, writer):
    section = make.a_section(world.course, "Rewritten")
    stands = earlier = followed = 0
    for _ in range(UNITS):
        pieces = writer.unit()
        unit = make.a_unit(section, source="\n\n".join(pieces))
        about = quick_threads(writer, unit, world)
        for _ in range(ROUNDS):
            before, pieces = pieces, writer.rewritten(pieces)
            unit = edit_unit(unit=unit, author=world.fay, source="\n\n".join(pieces), version=unit.version)
        check(unit, about, before, pieces)
        now = unit.block_texts()
        stands += sum(thread.block_id in now for thread in about if thread.block_id)
        earlier += sum(thread.block_id not in now for thread in about if thread.block_id)
        now_at = dict(Thread.objects.filter(pk__in=[thread.pk for thread in about]).values_list("pk", "block_id"))
        followed += sum(now_at[thread.pk] != thread.block_id for thread in about)
    assert stands + earlier == 6 * UNITS
    assert stands > 4 * UNITS
    assert earlier > 0
    assert followed > UNITS / 10, "no chosen words were ever split off, so nothing was tried"


def test_the_page_shows_every_conversation_after_rewriting(world, writer, client_of):
    section = make.a_section(world.course, "Rewritten")
    client = client_of(world.bo)
    said = 0
    for _ in range(5):
        pieces = writer.unit()
        unit = make.a_unit(section, source="\n\n".join(pieces))
        place = make.place_of(unit, world.community)
        about = [
            make.a_thread(place, author=world.bo, block_id=block_id, quote=words)
            for block_id, words in blocks_to_talk_about(writer, unit)
        ]
        Post.objects.update(created_at=timezone.now() - timedelta(days=1))  # one person, but not all in a minute
        unit = edit_unit(unit=unit, author=world.fay, source="\n\n".join(pieces[1:-2]), version=unit.version)
        page = client.get(place.path).content.decode()
        for thread in about:
            assert thread.title in page
        said += page.count("earlier wording")
    assert said


def test_rendering_a_text_over_and_over_keeps_all_ids(writer):
    source = "\n\n".join(writer.unit())
    blocks = render(source, Profile.UNIT).blocks
    for _ in range(5):
        again = render(source, Profile.UNIT, previous=blocks).blocks
        assert [block.id for block in again] == [block.id for block in blocks]
        blocks = again


BEFORE = "One two three four five.\n\nThe end of it all. Here it was."


@pytest.mark.parametrize(
    ("chosen", "after", "expected"),
    [
        ("two three four", "One.\n\nAnd two three four five.\n\nThe end.", "And two three four five."),
        (
            "two three",
            "Well.\n\nOdd two three odd.\n\nOne two three four five. More.",
            "One two three four five. More.",
        ),
        ("two three four", "Two.\n\nA two three four.\n\nA two three four.", None),
        ("of it", "One two three four five.\n\nThe end.\n\nMuch of it.", None),
    ],
    ids=["split off", "said twice, one of them as before", "said twice alike", "too short to tell"],
)
def test_chosen_words_take_their_conversation_along_where_that_is_sure(world, chosen, after, expected):
    unit = make.a_unit(make.a_section(world.course, "Quotes"), source=BEFORE)
    block_id, text = make.a_block(unit, chosen)
    fields = Anchor.on(block_id, text, chosen).as_fields()
    thread = make.a_thread(make.place_of(unit, world.community), author=world.bo, **fields)
    unit = edit_unit(unit=unit, author=world.fay, source=after, version=unit.version)
    now_at = Thread.objects.get(pk=thread.pk).block_id
    assert unit.block_texts().get(now_at) == expected if expected else now_at == block_id


def test_words_that_come_back_get_their_conversation_back(world, writer):
    pieces = writer.unit()
    unit = make.a_unit(make.a_section(world.course), source="\n\n".join(pieces))
    block_id, _words = make.a_block(unit, pieces[2])
    for version in (pieces[:2] + pieces[3:], pieces):
        unit = edit_unit(unit=unit, author=world.fay, source="\n\n".join(version), version=unit.version)
    assert unit.block_texts()[block_id] == pieces[2]
    assert Unit.objects.get(pk=unit.pk).version == 3
