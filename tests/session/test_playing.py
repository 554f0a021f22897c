"""A stage played by decisions: one key each, and the tape is never visible ahead."""

from __future__ import annotations

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.pages.stage import title_row
from rnntutor.session import conditions, playing
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.spans import plain
from rnntutor.tui.page_state import ScreenPageState
from rnntutor.tui.stage_commands import step as step_commands
from rnntutor.tui.stage_commands import zoomed
from rnntutor.words import load

KEEP, ONE, TWO = range(3)
COURSE = open_course(lessons_dir(), load("en"))


def game() -> Stage:
    step = next(s for s in COURSE.lesson("lstm", "en").steps if s.id == "selective")
    assert step.sim is not None
    return stages.open_stage(step.sim)


def played(*indices: int) -> Stage:
    stage = playing.decide(game(), KEEP)  # reads the first symbol
    for index in indices:
        stage = playing.decide(stage, index)
    return stage


def test_other_stages_are_not_played() -> None:
    for step in COURSE.lesson("rnn", "en").steps:
        if step.sim is not None:
            assert playing.choices(stages.open_stage(step.sim)) == ()


def test_a_decision_is_of_the_step_that_has_been_read_and_shows_one_more() -> None:
    assert (played().cursor.t, played().cursor.phase) == (1, 1)
    stage = played(ONE, KEEP, TWO)
    assert (stage.cursor.t, stage.cursor.phase) == (4, 1)
    assert conditions.value_at(stage, "action@1", stage.cursor) == "write1"
    assert stage.trace["action"].tolist()[:3] == [1.0, 0.0, 2.0]


def test_the_whole_page_can_be_done_by_decisions_alone() -> None:
    """A7 1 B7 9 B6 A? 7 8 A4 B? …: writing the marked digits and skipping all else completes the
    task."""
    stage = played(ONE, KEEP, TWO, KEEP, TWO, KEEP, KEEP, KEEP, ONE, KEEP, KEEP, KEEP)
    assert stage.finished
    assert stage.task_done
    keeping = played(*[KEEP] * 12)
    assert keeping.finished and not keeping.ticks


def test_digits_that_decide_are_not_said_to_choose_views() -> None:
    """Where digits are decisions, neither titles nor commands offer them for views."""
    page = next(s for s in COURSE.lesson("lstm", "en").steps if s.id == "challenge")
    assert page.sim is not None
    stage = stages.open_stage(page.sim)
    title = plain(title_row(stage, load("en"), 120, focused=True))
    assert "v tape" in title and "1 tape" not in title
    for commands in (
        step_commands(ScreenPageState(stage=stage)),
        zoomed(ScreenPageState(stage=stage)),
    ):
        names = {command.name for command in commands}
        assert {"decide", "next_view"} <= names and "view" not in names
