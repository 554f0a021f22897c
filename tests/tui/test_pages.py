"""Every page of every lesson at 80×24, in both languages, as text to be read in review.

`GOLDEN=write pytest tests/tui/test_pages.py` writes them anew; the difference is then to be read.
"""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from rnntutor.course.load import open_course
from rnntutor.places import lessons_dir
from rnntutor.words import LANGUAGES, load

LESSONS = [entry.id for entry in open_course(lessons_dir(), load("en")).entries]
SALT = "the salt of these pictures"

# LaTeX that was not converted, and emphasis that CommonMark left as asterisks.
UNFINISHED = re.compile(r"\\[a-zA-Z]+|\*\*|\{\{|\$")


async def _pages(tutor, lesson: str, lang: str, size: tuple[int, int] = (80, 24)) -> dict[str, str]:
    """The text of each page, by its id."""
    found: dict[str, str] = {}
    async with tutor(lang, size) as t:
        t.app._salt = SALT
        await t.open(lesson)
        screen = t.lesson
        for index, page in enumerate(screen.pages):
            screen.go(index)
            await t.pilot.pause()
            await t.pilot.pause()
            found[page.id] = t.text
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
async def test_every_page_looks_as_it_was_approved(tutor, lesson: str, lang: str, golden) -> None:
    pages = await _pages(tutor, lesson, lang)
    shown = "\n".join(f"═══ {name}\n{text}\n" for name, text in pages.items())
    golden(f"{lesson}.{lang}.txt", shown)
    for name, text in pages.items():
        assert max(cell_len(line) for line in text.split("\n")) <= 80, name
        assert not UNFINISHED.search(text), (name, UNFINISHED.search(text))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
async def test_every_stage_shows_its_simulation_on_the_smallest_screen(
    tutor, lesson: str, lang: str
) -> None:
    async with tutor(lang, (60, 20)) as t:
        await t.open(lesson)
        screen = t.lesson
        for index, page in enumerate(screen.pages):
            if page.step is None or page.question is not None or page.step.sim is None:
                continue
            screen.go(index)
            await t.pilot.pause()
            await t.pilot.pause()
            panel = screen.rows("stage")
            filled = [row for row in panel.rows if any(s.text.strip() for s in row)]
            assert len(filled) >= 4, (page.id, t.text)
            prose = screen.rows("prose")
            assert prose.size.height >= 3, page.id
            assert max(cell_len(line) for line in t.text.split("\n")) <= 60
