"""Search over lessons, steps, terms, simulations, questions already asked, and commands."""

from __future__ import annotations

import asyncio
from functools import partial

from rnntutor import sims
from rnntutor.course.load import open_course
from rnntutor.render.primitives.wrap import GLUE, wrap
from rnntutor.session import finding
from rnntutor.session.finding import SearchEntry
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.messages import FollowLink, OpenGlossary, OpenLesson, OpenSimulation
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.screens.filtered import FilteredScreen

MOST = 60  # maximum number of results
AROUND = 120  # characters shown around a match


class SearchScreen(FilteredScreen):
    """The search.

    Args:
        below: the screen below, which contributes its commands to the search.
    """

    def __init__(self, below: TutorScreen) -> None:
        super().__init__()
        self._commands = tuple(c for c in below.commands() if c.name not in ("help", "search"))
        self._below = below
        self._entries: tuple[SearchEntry, ...] = ()
        self._reading = True

    def on_mount(self) -> None:
        super().on_mount()
        course, lang = self.tutor.course, self.words.lang
        self._entries = (
            *finding.lesson_entries(course, lang),
            *finding.term_entries(course, lang),
        )
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        """Read the lessons in a thread, using a separate course object."""
        directory, words = self.tutor.course.dir, self.words

        def every_entry() -> tuple[SearchEntry, ...]:
            return finding.course_entries(open_course(directory, words), words.lang)

        self._entries = await asyncio.to_thread(every_entry)
        self._reading = False
        if self.is_current:
            self.paint()

    # ---- what is found --------------------------------------------------------------------------

    def _find(self) -> tuple[SearchEntry, ...]:
        if not self.text.strip():
            return ()
        return finding.find_matches(
            (*self._commands_found(), *self._searchable(), *self._sims()), self.text
        )[:MOST]

    def _commands_found(self) -> tuple[SearchEntry, ...]:
        return tuple(
            SearchEntry("command", self.words(c.label), f"command:{n}", c.all_key_labels())
            for n, c in enumerate(self._commands)
        )

    def _searchable(self) -> tuple[SearchEntry, ...]:
        """Return the entries of the course, without questions that have not been asked yet."""
        asked = self.tutor.progress.questions
        return tuple(
            p for p in self._entries if p.kind != "question" or p.link.partition("/")[2] in asked
        )

    def _sims(self) -> tuple[SearchEntry, ...]:
        return tuple(
            SearchEntry(
                "sim", self.words(f"sim.{name}"), f"sim:{name}", self.words(f"lab.{name}"), (name,)
            )
            for name in sims.names()
        )

    @property
    def count(self) -> int:
        return len(self._find())

    # ---- painting -------------------------------------------------------------------------------

    def headline(self) -> tuple[Row, Row]:
        found = self._find()
        count = f"{self.cursor + 1}/{len(found)}" if found else ""
        return (Span(self.words("search.title"), strong=True),), (Span(count, "grey"),)

    def listing(self, cells: int) -> tuple[Rows, int]:
        found = self._find()
        if found:
            return self.entries(cells, found, partial(self._entry, cells), ())
        key = "search.empty" if not self.text.strip() else "search.nothing"
        if self._reading and self.text.strip():
            key = "search.reading"
        return wrap((Span(self.words(key), "grey"),), cells), -1

    def _entry(self, cells: int, entry: SearchEntry, here: bool) -> tuple[Row, Row]:
        title, kind = Span(entry.title, strong=here), self.words(f"search.{entry.kind}")
        room = cells - 2 - title.width - Span(kind).width
        tail = (Span(" " + GLUE * (room - 1)), Span(kind, "grey")) if room >= 2 else ()
        return (), (title, *tail)

    def detail(self, cells: int) -> Rows:
        found = self._find()
        if not found:
            return ()
        entry = found[self.cursor]
        rows: list[Row] = [*wrap((Span(entry.title, strong=True),), cells)]
        if entry.about:
            rows += wrap((Span(entry.about, "grey"),), cells)
        if entry.text and entry.text != entry.about:
            rows += [(), *wrap((Span(around(entry.text, self.text)),), cells)]
        return tuple(rows)

    # ---- going there ----------------------------------------------------------------------------

    def choose(self) -> None:
        found = self._find()
        if not found:
            return
        kind, _, target = found[self.cursor].link.partition(":")
        below = self._below
        self.app.pop_screen()
        if kind == "command":
            below.call_later(below.press, self._commands[int(target)].keys[0])
        elif kind == "lesson":
            below.post_message(OpenLesson(target))
        elif kind == "step":
            below.post_message(FollowLink(f"step:{target}"))
        elif kind == "question":
            below.post_message(OpenLesson(*target.split("/", 1)))
        elif kind == "term":
            below.post_message(OpenGlossary(target))
        elif kind == "sim":
            below.post_message(OpenSimulation(target))


def around(text: str, typed: str) -> str:
    """Return the text around the first match, or its beginning if nothing matches."""
    text = " ".join(text.split())
    offsets = [text.casefold().find(part) for part in finding.possible_meanings(typed)]
    at = min((offset for offset in offsets if offset >= 0), default=0)
    first = text.rfind(" ", 0, max(0, at - AROUND // 2)) + 1
    last = text.find(" ", at + AROUND)
    cut = text[first:] if last < 0 else text[first:last] + " …"
    return cut if not first else f"… {cut}"
