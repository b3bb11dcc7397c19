import random
import time

import pytest

from markup import Block, Profile, render
from markup.alignment import MAX_RETIRED, align

VOWELS, CONSONANTS = "aeiou", "bcdfglmnprstv"


def vocabulary(rng, size):
    return ["".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.randint(1, 4))) for _ in range(size)]


def sentence(rng, words):
    return " ".join(rng.choices(words, k=rng.randint(8, 40)))


def blocks_of(texts, kind="paragraph"):
    ids, _ = align([(kind, text) for text in texts], [])
    return [Block(block_id, kind, text) for block_id, text in zip(ids, texts, strict=True)]


def rewrite(rng, texts, words):
    """A rewriting of `texts`. Of each text of it: the words, the places of those it came from, whether it changed."""
    rows = [(text, {n}, False) for n, text in enumerate(texts)]
    for _ in range(rng.randint(1, 8)):
        n = rng.randrange(len(rows))
        text, origins, _ = rows[n]
        cut = text.split()
        half = len(cut) // 2
        verb = rng.choice(["edit", "move", "delete", "insert", "split", "merge"])
        if verb == "move":
            rows.insert(rng.randrange(len(rows)), rows.pop(n))
            continue
        if verb == "edit":
            for _ in range(max(1, len(cut) // 6)):
                cut[rng.randrange(len(cut))] = rng.choice(words)
        other, others, _ = rows[n + 1] if n + 1 < len(rows) else ("", set(), True)
        rows[n : n + 2 if verb == "merge" else n + 1] = {
            "edit": [(" ".join(cut), origins, True)],
            "delete": [],
            "insert": [(sentence(rng, words), set(), True), rows[n]],
            "split": [(" ".join(cut[:half]), origins, True), (" ".join(cut[half:]), origins, True)],
            "merge": [(f"{text} {other}", origins | others, True)],
        }[verb]
    return rows


def test_on_a_hundred_rewritten_units_unedited_blocks_keep_their_ids_and_none_is_wrong():
    edited = kept = 0
    for seed in range(100):
        rng = random.Random(seed)
        words = vocabulary(rng, 400)
        texts = [sentence(rng, words) for _ in range(rng.randint(10, 60))]
        before = blocks_of(texts)
        rows = rewrite(rng, texts, words)
        ids, retired = align([("paragraph", text) for text, _, _ in rows], before)
        place = {block.id: n for n, block in enumerate(before)}
        assert len(set(ids)) == len(ids)
        assert {block.id for block in retired} | set(ids) >= set(place)  # nothing vanishes
        for block_id, (text, origins, changed) in zip(ids, rows, strict=True):
            assert changed or block_id in place, (seed, text)
            assert block_id not in place or place[block_id] in origins, (seed, text)
        edited += len(set().union(*(origins for _, origins, changed in rows if changed)))
        kept += sum(changed and block_id in place for block_id, (_, _, changed) in zip(ids, rows, strict=True))
    assert kept / edited > 0.7  # of what was edited, split or merged; of two that were merged, one has an heir


def texts_of(ids, blocks):
    known = {block.id: block.text for block in blocks}
    return [known.get(block_id) for block_id in ids]


@pytest.mark.parametrize(
    ("before", "after", "heirs"),
    [
        (["a", "b", "c"], ["c", "a", "b"], ["c", "a", "b"]),
        (["same", "x", "same"], ["same", "x", "y", "same"], ["same", "x", None, "same"]),
        (["one two three four", "z"], ["one two three five", "z"], ["one two three four", "z"]),
        (["Sumary", "z"], ["Summary", "z"], ["Sumary", "z"]),
        (["alpha", "z"], ["omega", "z"], [None, "z"]),
        (["the red cat sat down", "the red cat sat up"], ["the red cat sat"], [None]),
        (["a b c d e f g h", "z"], ["a b c d e", "f g h", "z"], ["a b c d e f g h", None, "z"]),
    ],
)
def test_who_is_heir_of_whom(before, after, heirs):
    old = blocks_of(before)
    ids, _ = align([("paragraph", text) for text in after], old)
    assert texts_of(ids, old) == heirs


def test_repeated_words_keep_their_order():
    old = blocks_of(["first", "same", "second", "same", "third", "same"])
    ids, retired = align([("paragraph", text) for text in ["first", "same", "third", "same"]], old)
    assert ids == [old[0].id, old[1].id, old[4].id, old[5].id]
    assert [block.id for block in retired] == [old[2].id, old[3].id]


def test_the_same_words_as_another_kind_are_still_the_block():
    old = blocks_of(["words here"])
    ids, _ = align([("item", "words here"), ("paragraph", "words here")], old)
    assert ids[1] == old[0].id
    assert align([("item", "words here")], old)[0] == [old[0].id]


def test_words_that_come_back_get_their_id_back():
    first = render("alpha beta gamma\n\nrest of it", Profile.WIKI)
    second = render("rest of it", Profile.WIKI, previous=first.blocks)
    assert second.blocks[1] == Block(first.blocks[0].id, "paragraph", "alpha beta gamma", retired=True)
    third = render("rest of it\n\nalpha beta gamma", Profile.WIKI, previous=second.blocks)
    assert [block.id for block in third.blocks] == [first.blocks[1].id, first.blocks[0].id]
    assert not any(block.retired for block in third.blocks)


def test_at_most_two_hundred_are_remembered_the_newest_first():
    old = [Block(f"{n:08d}", "paragraph", f"word{n}", retired=True) for n in range(MAX_RETIRED)]
    _, retired = align([], [Block("newestaa", "paragraph", "new"), *old])
    assert len(retired) == MAX_RETIRED
    assert retired[0].id == "newestaa"
    assert retired[1:] == old[:-1]


def test_ids_that_are_not_ours_are_not_taken_over():
    bad = [Block('x"><b>', "paragraph", "a"), Block("SHOUTING", "paragraph", "b"), Block("goodgood", "paragraph", "c")]
    ids, retired = align([("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")], [*bad, bad[2]])
    assert ids[2] == "goodgood"
    assert not retired
    assert all(len(block_id) == 8 and block_id.isalnum() and block_id.islower() for block_id in ids)


@pytest.mark.parametrize("look", ["varied", "alike", "same", "common"])
def test_three_thousand_blocks_on_each_side_are_aligned_within_a_second(look):
    rng = random.Random(7)
    words = vocabulary(rng, {"varied": 3000, "alike": 12, "same": 1, "common": 60}[look])
    old = [" ".join(rng.choices(words, k=4)) for _ in range(3000)]
    new = [" ".join([*text.split()[:-1], "x" * rng.randint(1, 4)]) for text in old]
    rng.shuffle(new)
    previous = [Block(f"{n:08d}", "paragraph", text) for n, text in enumerate(old)]
    start = time.process_time()
    align([("paragraph", text) for text in new], previous)
    assert time.process_time() - start < 1.0
