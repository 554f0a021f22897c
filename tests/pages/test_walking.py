"""A list below a long text: keys scroll the text, and move in the list once it is visible."""

from __future__ import annotations

from rnntutor.pages.lesson import walk_list


def test_a_long_beginning_is_read_before_the_list_is_walked() -> None:
    entries, height = [40, 41, 42], 10
    assert walk_list(entries, 0, 0, height, 1) == (0, 1)
    assert walk_list(entries, 0, 35, height, 1)[0] == 1
    assert walk_list(entries, 1, 35, height, -1)[0] == 0
    assert walk_list(entries, 0, 35, height, -1) == (0, 34)


def test_the_lit_entry_is_in_view_after_every_step_of_a_long_list() -> None:
    entries, height = list(range(1, 200, 2)), 10
    entry = top = 0
    for _ in range(len(entries)):
        entry, top = walk_list(entries, entry, top, height, 1)
        assert top <= entries[entry] < top + height
    assert entry == len(entries) - 1
    for _ in range(len(entries)):
        entry, top = walk_list(entries, entry, top, height, -1)
        assert top <= entries[entry] < top + height
    assert entry == 0


def test_a_page_of_the_list_lights_an_entry_that_is_seen() -> None:
    entries = list(range(1, 200, 2))
    entry, top = walk_list(entries, 0, 0, 10, 8)
    assert top == 8 and 8 <= entries[entry] < 18
