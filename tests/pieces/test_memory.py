"""What a process remembers, within its room."""

from pieces import Memory


def test_what_was_not_asked_for_the_longest_makes_room():
    memory = Memory(100)
    for name in "abcd":
        memory.put(name, name.upper(), 25)
    assert memory.get("a") == "A"
    memory.put("e", "E", 20)
    assert memory.get("b") is None
    assert [memory.get(name) for name in "acde"] == ["A", "C", "D", "E"]
    assert memory.bytes == 95


def test_what_is_put_again_takes_its_room_once():
    memory = Memory(100)
    for size in (10, 20, 15):
        memory.put("a", size, size)
    assert (memory.get("a"), memory.bytes, len(memory)) == (15, 15, 1)


def test_what_is_too_large_is_not_kept():
    memory = Memory(100)
    memory.put("a", "A", 10)
    memory.put("a", "A large one", 26)
    assert memory.get("a") is None
    assert memory.bytes == 0


def test_without_room_nothing_is_kept():
    memory = Memory(0)
    memory.put("a", "A", 1)
    assert memory.get("a") is None


def test_all_is_forgotten_at_once():
    memory = Memory(100)
    memory.put("a", "A", 10)
    memory.clear()
    assert (memory.get("a"), memory.bytes) == (None, 0)
