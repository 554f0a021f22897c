"""Golden files of one page of each kind, with its colours, in both languages, for review.

Their format is described in tests/roles_text.py. The course is a small one for tests, so that a
changed word in a lesson changes no file here. `GOLDEN=write pytest tests/tui/test_golden_pages.py`
writes them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import small_course
from rich.cells import cell_len
from roles_text import readable

from rnntutor.session.opening import spec
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.screens.glossary import GlossaryScreen
from rnntutor.tui.screens.lab import LabScreen
from rnntutor.tui.screens.quiz_choice import QuizChoiceScreen
from rnntutor.tui.widgets.rows_view import RowsView
from rnntutor.words import LANGUAGES

# Type of question -> keys pressed before its answer is taken.
ANSWERED = {
    "single": ("1",),
    "multi": ("1", "2"),
    "numeric": ("0", "full_stop", "7", "3", "1"),
    "cloze": ("h",),
    "order": ("1", "3"),
    "match": ("1",),
    "trace": ("0", "full_stop", "5"),
}
PARTS = ("header", "rows", "beside", "prose", "ask", "label", "worth", "stage", "footer")


def seen(t: Any) -> str:
    """Return the visible part of every panel on the screen."""
    out: list[str] = []
    for view in t.app.screen.query(RowsView):
        if not view.is_on_screen or view.size.height == 0 or view.id not in PARTS:
            continue
        rows = view.rows[view.top : view.top + view.size.height]
        if rows:
            out.append(f"─── {view.id}\n{readable(rows)}")
    return "".join(out)


async def go(t: Any, page: str) -> None:
    """Open another page of the lesson, past the text to its simulation."""
    t.lesson.go([each.id for each in t.lesson.pages].index(page))
    await t.settle()
    if t.lesson.reading:
        await t.press("n")


async def pages(t: Any) -> AsyncIterator[tuple[str, str]]:
    """Yield the name and contents of each golden file."""
    t.app.logbook.learner.salt = "the salt of these pictures"
    yield "home", seen(t)
    await t.press("?")
    yield "help", seen(t)
    await t.press("escape")
    for screen in (GlossaryScreen(), LabScreen(), QuizChoiceScreen()):
        t.app.push_screen(screen)
        await t.settle()
        yield type(screen).__name__.removesuffix("Screen").lower(), seen(t)
        await t.press("escape")
    await t.open("one")
    yield "cover", seen(t)
    await go(t, "gates")
    yield "prediction", seen(t)
    await t.press("0", "full_stop", "5", "enter", "right", "right")
    yield "stage", seen(t)
    await t.press("s")
    yield "source", seen(t)
    await t.press("escape")
    for kind, keys in ANSWERED.items():
        await go(t, f"rnn.{kind}")
        assert t.lesson.asked.question.type == kind
        asked = seen(t)
        await t.press(*keys, "enter")
        if t.lesson.asked.state == "confidence":
            await t.press("3")
        else:
            t.lesson.set_focus(None)
            await t.lesson.do_give_up("")
            await t.lesson.do_give_up("")
            await t.settle()
        assert t.lesson.asked.verdict is not None, kind
        yield f"question-{kind}", f"{asked}═══ the verdict\n{seen(t)}"
    await go(t, t.lesson.pages[-1].id)
    yield "end", seen(t)
    await t.open("two", "choice")
    yield "prediction-choice", seen(t)
    for name in ("gate", "race"):
        t.app.push_screen(
            ExperimentScreen(spec(name, (), lang=t.app.words.lang), title="lab.title")
        )
        await t.settle()
        yield f"experiment-{name}", seen(t)
        await t.press("escape")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return small_course.write(tmp_path / "course")


async def test_a_page_of_each_kind(tutor: Any, course: Path, golden: Any) -> None:
    pictures: dict[str, str] = {}
    for lang in LANGUAGES:
        async with tutor(lang, course=course, folder=lang) as t:
            async for name, picture in pages(t):
                assert max(map(cell_len, t.text.split("\n"))) <= 80, name
                pictures[name] = f"{pictures.get(name, '')}═══════ {lang}\n{picture}"
    for name, text in pictures.items():
        golden(f"{name}.txt", text)


async def test_the_first_page_of_all(tutor: Any, golden: Any) -> None:
    async with tutor("en", lang_known=False) as t:
        golden("language.txt", seen(t))
