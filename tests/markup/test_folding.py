"""What stayed is folded away, and nothing of it is lost."""

import pytest

from markup import passages, text_changed

OLD = [f"Paragraph {n}." for n in range(12)]

pytestmark = pytest.mark.once


def shape(old, new):
    found = passages(text_changed("\n\n".join(old), "\n\n".join(new)))
    return [(len(passage.changes), passage.is_folded) for passage in found]


def test_what_is_far_from_a_change_is_folded():
    new = [*OLD[:5], "Quite another one.", *OLD[6:]]
    assert shape(OLD, new) == [(4, True), (4, False), (5, True)]  # the changed one as one taken out and one put in


def test_one_paragraph_is_not_worth_a_fold():
    new = ["First, anew.", *OLD[1:4], "Fifth, anew.", *OLD[5:]]
    assert shape(OLD, new) == [(8, False), (6, True)]


def test_a_text_without_a_change_is_shown():
    assert shape(OLD, OLD) == [(12, False)]
    assert shape([], []) == []
