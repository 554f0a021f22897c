"""A learner's first two evenings: from an empty directory through every type of question.

The process is killed in between.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sampling import sampled
from sitting import Learner
from terminal import HOME, Start, Terminal

from rnntutor import sims
from rnntutor.session import contents
from rnntutor.session.pages import COVER, Page
from rnntutor.words import LANGUAGES, load

TYPES = ("single", "multi", "numeric", "cloze", "order", "match", "trace")


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
def test_the_journey(start: Start, data: Path, lang: str) -> None:
    terminal = start("--data-dir", str(data))
    learner = Learner(terminal, data, lang)
    choose_language(learner)
    learner.open_lesson("cell")
    given: list[tuple[object, object]] = []
    left = set(TYPES)
    for page in learner.pages("cell"):
        if page.id == "whole-cell":
            learner.walk_to(page.id)
            learner.to_stage()
            the_circuit_goes_on_and_back(learner)
        if page.id == "surgery":
            learner.walk_to(page.id)
            learner.to_stage()
            the_forget_gate_is_clamped(learner, page)
        if page.question is not None and page.question.type in left:
            left.remove(page.question.type)
            learner.walk_to(page.id)
            given += wrongly_and_rightly(learner)
    learner.leave_field()
    terminal.press("esc")
    terminal.wait(learner.words("home.continue"))
    if left:
        learner.open_lesson("rnn")
        for page in learner.pages("rnn"):
            if page.question is not None and page.question.type in left:
                left.remove(page.question.type)
                if learner.page.kind == COVER:
                    learner.open_step_before(page.id)
                learner.walk_to(page.id)
                given += wrongly_and_rightly(learner)
    assert not left
    assert learner.answers == given

    page, header, events = learner.page, terminal.rows[0], learner.events
    terminal.kill("SIGKILL")
    assert terminal.wait_for_end() == -9
    terminal = start("--data-dir", str(data))
    later = Learner(terminal, data, lang)
    terminal.wait(later.words("home.continue"))
    assert later.events == events
    known_and_done_are_shown(later, ("cell", page.lesson))
    terminal.press("enter")
    terminal.wait(lambda: terminal.rows[0] == header)
    assert later.page == page
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.restored
    assert later.answers == given


def choose_language(learner: Learner) -> None:
    """Choose a language: each is offered under its own name, and the interface then uses it."""
    terminal = learner.terminal
    terminal.wait("English")
    terminal.wait("한국어")
    terminal.press(str(LANGUAGES.index(learner.lang) + 1))
    terminal.wait(learner.words("first.title"))
    terminal.press("esc")  # the first minute has a test of its own
    terminal.wait(HOME[learner.lang])
    terminal.wait(learner.words("home.minutes", n=learner.course.entry("cell").minutes))


def wrongly_and_rightly(learner: Learner) -> list[tuple[object, object]]:
    question = learner.page.id
    learner.answer(right=False)
    learner.again()
    learner.answer(right=True)
    return [(question, "wrong"), (question, "right")]


def the_circuit_goes_on_and_back(learner: Learner) -> None:
    """Step through the phases: each looks different, and stepping back restores each."""
    terminal, step = learner.terminal, load(learner.lang)
    terminal.wait(step("stage.step", t=0, of=4))
    terminal.quiet()
    seen = [terminal.text]
    for _ in range(4):
        terminal.press("right")
        terminal.wait(lambda: terminal.text != seen[-1])
        terminal.quiet()
        seen.append(terminal.text)
    assert step("stage.step", t=1, of=4) in seen[-1]
    assert len(set(seen)) == len(seen)
    for before in reversed(seen[:-1]):
        terminal.press("left")
        terminal.wait(lambda before=before: terminal.text == before)  # type: ignore[misc]


def the_forget_gate_is_clamped(learner: Learner, page: Page) -> None:
    """Clamp f at 0 in step 5: the numbers change to the engine's, and return when it is
    released."""
    terminal = learner.terminal
    assert page.step is not None and page.step.sim is not None
    free = memory_at_5(dict(page.step.sim.settings))
    held = memory_at_5(dict(page.step.sim.settings) | {"clamp_f@5": 0})
    assert free != held
    terminal.press(*["pgdn"] * 5)
    terminal.wait(load(learner.lang)("stage.step", t=5, of=8))
    terminal.wait(lambda: free in row_of_step_5(terminal))
    terminal.press("tab", "right")
    terminal.wait(lambda: held in row_of_step_5(terminal))
    assert free not in row_of_step_5(terminal)
    terminal.press("left")
    terminal.wait(lambda: free in row_of_step_5(terminal))


def memory_at_5(settings: dict[str, object]) -> str:
    simulation = sims.find("cell")
    trace = simulation.trace(simulation.make(settings))
    return f"{float(trace['c[5][0]']):+.3f}".replace("-", "−")


def row_of_step_5(terminal: Terminal) -> str:
    return next((row for row in terminal.rows if "[5]" in row), "")


def known_and_done_are_shown(learner: Learner, lessons: tuple[str, ...]) -> None:
    """Home shows how many pages of each lesson are done, and the learner's knowledge."""
    learner.terminal.wait(learner.words("home.known"))
    for lesson in set(lessons):
        entry = learner.course.entry(lesson)
        done, of = contents.page_counts(learner.course, entry, learner.lang, learner.progress)
        assert done > 0
        learner.terminal.wait(f"{done}/{of}")
