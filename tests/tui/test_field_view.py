"""A text longer than its field: the cursor is visible, and cut text is marked.

The display depends only on text, cursor and width, not on what was shown before.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.events import Paste

from rnntutor.tui.widgets.field_view import MORE, visible_part

TEXT = st.text(alphabet="abc 1가나。", max_size=60)


@given(TEXT, st.integers(0, 60), st.integers(4, 40))
def test_the_cursor_is_in_view_before_its_own_character(text: str, at: int, room: int) -> None:
    cursor = min(at, len(text))
    shown, cell = visible_part(text, cursor, room)
    assert cell_len(shown) <= room
    assert 0 <= cell < room
    under = next((c for n, c in enumerate(shown) if cell_len(shown[:n]) == cell), "")
    wanted = text[cursor] if cursor < len(text) else ""
    assert under in (wanted, MORE) if wanted else under == ""


@given(TEXT, st.integers(0, 60), st.integers(4, 40))
def test_what_is_not_in_view_has_its_sign(text: str, at: int, room: int) -> None:
    shown, _ = visible_part(text, min(at, len(text)), room)
    inner = shown.removeprefix(MORE).removesuffix(MORE)
    assert inner.rstrip() in text
    if shown != text:
        assert shown.startswith(MORE) or text.startswith(inner.rstrip())
        assert shown.endswith(MORE) or text.endswith(inner)
        assert MORE in shown


async def test_a_long_answer_stands_as_it_did_when_the_window_is_wide_and_narrow_again(
    tutor,
) -> None:
    async with tutor(lang="en", size=(60, 24)) as t:
        await t.open("rnn", "rnn.trace-h2")
        t.app.keys.put(Paste("1" + "+2" * 60))
        await t.settle()
        before = t.lesson.entry.render_line(0).text, t.lesson.entry.cursor_screen_offset
        assert MORE in before[0]
        for width in (100, 60):
            await t.resize(width, 24)
        assert (t.lesson.entry.render_line(0).text, t.lesson.entry.cursor_screen_offset) == before
