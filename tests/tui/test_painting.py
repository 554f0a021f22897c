"""The screen always equals a full repaint, for any scrolling, and resizing keeps the offset in a
text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyte
import pytest
from rich.cells import cell_len
from sampling import in_turn, sampled
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.opening import spec
from rnntutor.session.pages import Page
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.terminal.textual_private import send_only_what_is_new, show_now
from rnntutor.tui.terminal.widths import clusters, is_doubtful
from rnntutor.tui.widgets.rows_view import RowsView
from rnntutor.words import LANGUAGES, load

INPUTS = Path(__file__).parent.parent / "course" / "inputs"
SIZES = [(60, 20), (80, 24), (120, 36)]
LESSONS = [entry.id for entry in open_course(lessons_dir(), load("en")).entries]


class Ledger:
    """The text sent to each row since it was last erased completely, by the layout's columns.

    It does not depend on a terminal's own character widths.
    """

    _SENT = re.compile(r"\x1b\[(\d+);(\d+)H|(\x1b\[K)|\x1b\[[0-9;]*m|([^\x1b]+)")

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, str]] = {}
        self._x = self._y = 0

    def feed(self, sent: str) -> None:
        for found in self._SENT.finditer(sent):
            if found[1]:
                self._y, self._x = int(found[1]) - 1, int(found[2]) - 1
            elif found[3]:
                assert self._x == 0, "erased from the middle of a row"
                self.rows[self._y] = {}
            for text, cells in clusters(found[4] or ""):
                row = self.rows.get(self._y, {})
                if cells:
                    row[self._x] = text
                elif row:  # it combines with the character before it
                    row[max(row)] += text
                self._x += cells

    def text(self, y: int) -> str:
        out, at = "", 0
        for x, text in sorted(self.rows[y].items()):
            out += " " * (x - at) + text
            at = x + sum(cells for _, cells in clusters(text))
        return out.rstrip()


class Glass:
    """A terminal that receives everything the application displays, from the next frame on."""

    def __init__(self, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self.screen = pyte.Screen(*app.size)
        self._stream = pyte.Stream(self.screen)
        self.ledger = Ledger()
        display = app._display

        def shown(screen: Any, renderable: Any) -> None:
            if screen is app.screen and isinstance(renderable, CompositorUpdate):
                sent = renderable.render_segments(app.console)
                self._stream.feed(sent)
                self.ledger.feed(sent)
            display(screen, renderable)

        monkeypatch.setattr(app, "_display", shown)
        app.screen.refresh()

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.screen.display)


def _as_pyte_writes(text: str) -> str:
    """Remove characters of width zero, which pyte joins to the previous cell or drops."""
    return "".join(character for character in text if cell_len(character) or character == "\n")


async def _compare(t: Any, glass: Glass, where: object) -> None:
    await t.pilot.pause()
    await t.pilot.pause()
    assert _as_pyte_writes(glass.text) == _as_pyte_writes(t.text), where


def _kind(page: Page) -> tuple[str, bool, bool]:
    """Return what a page consists of."""
    return page.kind, page.question is None, page.step is None or page.step.sim is None


@pytest.mark.parametrize("lesson", sampled(LESSONS, lambda lesson: lesson == "cell"))
async def test_no_row_of_another_page_is_left(
    tutor: Any, lesson: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row remains from a page that was scrolled to its end, on a page of each kind."""
    kinds = set()
    async with tutor("ko", (60, 20)) as t:
        await t.open(lesson)
        glass = Glass(t.app, monkeypatch)
        screen = t.lesson
        prose = screen.rows("prose")
        for before, after in pairwise(range(len(screen.pages))):
            kind = _kind(screen.pages[before]), _kind(screen.pages[after])
            if kind in kinds:
                continue
            screen.go(before)
            await t.pilot.pause()
            if prose.more_below:
                kinds.add(kind)
                prose.scroll_rows(10**6)
                await t.pilot.pause()
                screen.go(after)
                await _compare(t, glass, screen.pages[after].id)


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
async def test_no_row_of_another_page_is_left_whatever_the_scroll(
    tutor: Any, lesson: str, lang: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No row remains from a page, for every scroll position of it."""
    async with tutor(lang, size) as t:
        await t.open(lesson)
        glass = Glass(t.app, monkeypatch)
        screen = t.lesson
        for before, after in pairwise(range(len(screen.pages))):
            top, last = 0, -1
            while top != last:
                screen.go(before)
                await t.pilot.pause()
                prose = screen.rows("prose")
                prose.show(prose.rows, top=top, page=screen.page_key())
                last, top = prose.top, top + 1
                await t.pilot.pause()
                screen.go(after)
                await _compare(t, glass, (screen.pages[after].id, last))


async def test_the_footer_offers_more_to_read_only_while_there_is_more(tutor: Any) -> None:
    """The footer is right at every scroll position before a simulation, by key or by wheel."""
    seen = set()
    async with tutor("en", (60, 20)) as t:
        await t.open("cell")
        screen, more = t.lesson, load("en")("key.read-on")
        prose = screen.rows("prose")
        for index, page in enumerate(screen.pages[:10]):
            if page.question is not None or page.step is None or page.step.sim is None:
                continue
            screen.go(index)
            await t.settle()
            if not screen.reading:
                continue
            offered = [more in t.text.splitlines()[-1]]
            assert offered[0] == prose.more_below, page.id
            while prose.more_below:
                await t.press("pagedown")
                offered.append(more in t.text.splitlines()[-1])
                assert offered[-1] == prose.more_below, page.id
            prose.on_mouse_scroll_up(_Wheel())
            await t.settle()
            assert (more in t.text.splitlines()[-1]) == prose.more_below, page.id
            seen |= set(offered)
    assert seen == {True, False}


class _Wheel:
    """A mouse wheel event, reduced to the method that a panel uses."""

    def stop(self) -> None:
        pass


LONG = "\n\n".join(" ".join(f"{n}.{word}" for word in range(40)) for n in range(30))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(f"# Notes\n\n## Long\n\n{LONG}\n\n## Short\n\nOne line.\n", encoding="utf-8")
    return path


async def test_a_short_section_of_a_file_after_a_long_one_that_was_scrolled(
    tutor: Any, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with tutor("en", open_file=notes) as t:
        glass = Glass(t.app, monkeypatch)
        for keys in (["enter"], ["pagedown"] * 2, ["down"], ["enter"], ["backspace"], ["enter"]):
            await t.press(*keys)
            await _compare(t, glass, keys)


@pytest.mark.parametrize(
    ("name", "size"), in_turn(["stale_min.md", "longintro.md", "skin.md"], [(60, 20), (80, 24)])
)
async def test_files_that_left_rests_on_later_pages_leave_none(
    tutor: Any, name: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No rows remain after long sections before short ones, or after combining characters."""
    async with tutor("en", size, open_file=INPUTS / name) as t:
        glass = Glass(t.app, monkeypatch)
        for keys in (["enter"], ["pagedown"] * 3, ["n"], ["n"], ["backspace"], ["escape"]):
            await t.press(*keys)
            await _compare(t, glass, keys)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_letters_of_which_a_terminal_knows_no_width_leave_no_rests(
    tutor: Any, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows with characters of unknown width, and the rows that replace them, are erased and sent
    whole.

    The bytes are checked instead of the screen, because pyte drops text after a variation selector.
    """
    for update in (ChopsUpdate, LayoutUpdate):  # so that both are restored after the test
        monkeypatch.setattr(update, "render_segments", update.render_segments)
    send_only_what_is_new()
    async with tutor("en", size, open_file=INPUTS / "widths.md") as t:
        glass = Glass(t.app, monkeypatch)
        doubtful: set[int] = set()
        words = ""
        for keys in (["enter"], ["pagedown"], ["pagedown"], ["n"]):
            await t.press(*keys)
            await t.pilot.pause()
            await t.pilot.pause()
            rows = t.text.split("\n")
            here = {y for y, row in enumerate(rows) if any(is_doubtful(c) for c in row)}
            for y in here | doubtful:
                assert glass.ledger.text(y) == rows[y].rstrip(), (keys, y)
            doubtful |= here
            words += t.text
        for word in (
            "atom",
            "heart",
            "family",
            "keycap",
            "flag",
            "skin",
            "தமிழ்",
            "हिन्दी",
            "ภาษาไทย",
        ):
            assert word in words
        assert not here, "the page after it has none"
        await _compare(t, glass, "the page after it")
        assert "short" in glass.text and "which" not in glass.text


async def test_the_offset_in_a_text_is_kept(tutor: Any, notes: Path) -> None:
    """Resizing back restores the same rows, and another size has the same sentence near the top."""
    async with tutor("en", open_file=notes) as t:
        await t.press("enter")
        for down in (7, 1000):
            t.lesson.scroll(down)
            await t.settle()
            before, first = t.text, _words(t.lesson.rows("prose"))[0]
            for size in ((120, 24), (60, 24), (80, 40), (40, 10)):
                await t.resize(*size)
                if size[0] >= 60:
                    shown = _words(t.lesson.rows("prose"))
                    assert first in shown[:20] or (first in shown and shown[-1] == "29.39"), size
                await t.resize(80, 24)
                assert t.text == before, size


def _words(view: RowsView) -> list[str]:
    """Return the visible words."""
    rows = view.rows[view.top : view.top + view.size.height]
    return " ".join("".join(s.text for s in row) for row in rows).split()


async def test_a_screen_that_has_been_left_is_painted_no_more(tutor: Any) -> None:
    """A screen that is being removed is not drawn, since its widgets are removed one by one."""
    async with tutor("en") as t:
        await t.press("g")
        left = t.app.screen
        assert left.is_shown
        t.app.pop_screen()
        assert left.children and left.is_attached and not left.is_shown


async def test_a_report_comes_between_a_smaller_window_and_its_layout(
    tutor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redraw with the old layout, which extends beyond the smaller window, does not fail."""
    async with tutor("en", (120, 36)) as t:
        t.app.push_screen(ExperimentScreen(spec("cell", (), "en")))
        await t.settle()
        screen = t.app.screen
        sent: list[object] = []
        monkeypatch.setattr(t.app, "_display", lambda on, update: sent.append(update))
        screen.rows("stage").show((), top=0)
        monkeypatch.setattr(type(screen), "size", Size(60, 20))
        show_now(screen)
        assert sent


async def test_what_a_page_has_said_is_not_said_at_home_or_in_another_language(tutor: Any) -> None:
    async with tutor("en") as t:
        await t.open("rnn", "loop")
        for key in ("l", "escape"):
            t.app.say("Said of this page.")
            await t.settle()
            assert "Said of this page." in t.text
            await t.press(key)
            assert "Said of this page." not in t.text
