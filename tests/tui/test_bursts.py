"""Keys that arrive in one read have the same effect as the same keys one by one, on every
screen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from textual.events import Key
from waiting import until

from rnntutor import sims
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.start import QuizRequest
from rnntutor.tui.screens import quiz
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.screens.simulation import SimulationScreen
from rnntutor.words import LANGUAGES, load

KEYS = {
    "enter": 14, "down": 6, "up": 4, "pagedown": 4, "pageup": 2, "tab": 5, "shift+tab": 2,
    "right": 6, "left": 4, "space": 4, "escape": 5, "backspace": 4, "home": 1, "end": 2, "1": 4,
    "2": 4, "3": 3, "0": 1, "?": 3, "z": 4, "v": 3, "b": 3, "g": 3, "l": 3, "t": 3, "s": 3, "w": 2,
    "o": 2, "c": 2, "e": 3, "n": 5, "p": 3, "r": 2, "u": 2, "y": 2, ":": 2, ".": 2, "-": 1, "+": 1,
    "ㅜ": 2, "누": 1,
}  # fmt: skip
LESSONS = [entry.id for entry in open_course(lessons_dir(), load("en")).entries]
# Screens opened by a key on home: the editor of the first exercise and the list of them, the
# laboratory, the glossary, the help, the languages, a search, the choice of a quiz.
KEYED = {
    "an exercise": ("w", "enter"),
    "exercises": ("w",),
    "laboratory": ("b",),
    "glossary": ("g",),
    "help": ("?",),
    "languages": ("l",),
    "search": ("/",),
    "a choice of questions": ("z",),
}
STARTS = ["home", *LESSONS, "quiz", *KEYED, *sims.names()]
BURSTS = 4  # per test, of 4 to 12 keys each
FEW = 1  # burst per test in every suite


@pytest.fixture(autouse=True)
def nothing_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Disable timers and training, so that the result depends on keys alone."""
    monkeypatch.setattr(SimulationScreen, "_schedule", lambda self, seconds: None)
    monkeypatch.setattr(SimulationScreen, "_drive", lambda self, stage: None)
    monkeypatch.setattr(SimulationScreen, "is_busy", False)
    monkeypatch.setattr(quiz, "time_ns", lambda: 7)


def _events(names: list[str]) -> Iterator[Key]:
    for name in names:
        character = {"space": " "}.get(name, name)
        yield Key(name, character if len(character) == 1 else None)


async def _go_to(t: Any, start: str, rng: Random) -> None:
    t.app.logbook.learner.salt = "burst"
    if start in LESSONS:
        pages = (await _opened(t, start)).pages
        t.lesson.go(rng.randrange(len(pages)))
    elif start == "quiz":
        t.app.push_screen(quiz.QuizScreen(QuizRequest()))
    elif start in KEYED:
        await t.press(*KEYED[start])
    elif start != "home":
        from rnntutor.session.opening import spec

        t.app.push_screen(ExperimentScreen(spec(start, (), lang=t.app.words.lang)))
    await t.settle()


async def _opened(t: Any, lesson: str) -> Any:
    await t.open(lesson)
    return t.lesson


async def _play(t: Any, names: list[str], *, at_once: bool) -> str:
    """Press the keys; return the screen's text, or "" if the tutor was left."""
    for event in _events(names):
        t.app.post_message(event)
        if not at_once:
            await _at_rest(t.app)
            if _is_left(t.app):
                return ""
    await _at_rest(t.app)
    if _is_left(t.app):
        return ""
    await t.settle()
    return str(t.text)


def _is_left(app: Any) -> bool:
    return app._exit or not app.is_running


async def _at_rest(app: Any) -> None:
    taken = asyncio.Event()
    if app.call_later(taken.set):
        await until(lambda: taken.is_set() or _is_left(app))
        done = asyncio.ensure_future(app.keys.join())
        await until(lambda: done.done() or _is_left(app))
        done.cancel()


async def _compare(tutor: Any, start: str, seed: int, bursts: int) -> int:
    """Compare bursts in one read with the same keys one by one, in two sessions.

    Returns:
        The number of bursts until the tutor was left, or of all bursts.
    """
    lang = LANGUAGES[seed % 2]
    size = [(80, 24), (60, 20), (120, 36)][seed % 3]
    seen: list[list[str]] = []
    rng = Random(f"{start} {seed}")
    played = [rng.choices([*KEYS], [*KEYS.values()], k=rng.randint(4, 12)) for _ in range(bursts)]
    for at_once in (True, False):
        shown: list[str] = []
        async with tutor(lang, size, folder=f"{start}{seed}{at_once}") as t:
            await _go_to(t, start, Random(seed))
            for names in played:
                shown.append(await _play(t, names, at_once=at_once))
                if not shown[-1]:
                    break
        seen.append(shown)
    for n, (burst, single) in enumerate(zip(*seen, strict=False)):
        assert burst == single, (start, size, played[: n + 1])
    assert len(seen[0]) == len(seen[1])
    return len(seen[0])


async def _bursts(tutor: Any, start: str, seed: int, bursts: int) -> None:
    """Repeat sessions until so many bursts were compared, because keys may leave the tutor."""
    left, sitting = bursts, seed
    while left:
        left -= await _compare(tutor, start, sitting, left)
        sitting += 1000


@pytest.mark.parametrize("start", ["home", "cell", "quiz", "gradient"])
async def test_a_burst_of_keys(tutor: Any, start: str) -> None:
    await _bursts(tutor, start, 1, FEW)


@pytest.mark.long
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("seed", range(12))
async def test_bursts_of_keys_everywhere(tutor: Any, start: str, seed: int) -> None:
    """More than 1,000 bursts: 12 seeds of 4 from every start."""
    assert 12 * BURSTS * len(STARTS) > 1000
    await _bursts(tutor, start, 100 + seed, BURSTS)
