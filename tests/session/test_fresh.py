"""A stage that is opened again shows what was done, asked and explained there before."""

from __future__ import annotations

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session import because, feedback, fresh, records
from rnntutor.session.knobs import set_knob
from rnntutor.session.pages import Page, find, pages
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.study.progress import Progress, fold
from rnntutor.words import load

PAGES = pages(open_course(lessons_dir(), load("en")).lesson("cell", "en"))
PAGE = PAGES[find(PAGES, "count")]  # three tasks, each with one knob

TIME = "2026-01-02T03:04:05Z"


def at(page: Page) -> dict[str, object]:
    return {"lesson": page.lesson, "page": page.id}


def logged(progress: Progress, knob: str, value: object) -> tuple[Progress, tuple[object, ...]]:
    """Open the page, set one knob, and return the progress and the names of the logged events."""
    opened = fresh.stage_of(PAGE, progress)
    assert opened is not None
    entries = records.changes(opened, set_knob(opened, knob, value), PAGE)
    events = [Event("s", n, TIME, "+00:00", kind, data) for n, (kind, data) in enumerate(entries)]
    return fold(events, progress), tuple(data.get("name", kind) for kind, data in entries)


def test_each_task_stays_ticked_and_the_last_one_completes_the_page() -> None:
    progress = fold([])
    for knob, value, index, name in (("T", 12, 1, "do.1"), ("units", 8, 0, "do.0")):
        before = fresh.stage_of(PAGE, progress)
        progress, names = logged(progress, knob, value)
        assert names == (name,)
        after = fresh.stage_of(PAGE, progress)
        assert before is not None and after is not None
        assert after.ticks == before.ticks | {index} and not after.task_done
    progress, names = logged(progress, "biases", 2)
    assert names == ("do", "done"), "also for whoever leaves the page from here"
    assert (PAGE.lesson, PAGE.id) in progress.done
    whole = fresh.stage_of(PAGE, progress)
    assert whole is not None and whole.task_done and whole.ticks == {0, 1, 2}


def test_a_missed_prediction_waits_for_its_reason() -> None:
    """Returning to a page left while the reason was asked shows the same state."""
    page = PAGES[find(PAGES, "output")]
    key = (page.lesson, page.id)
    missed = Event("s", 0, TIME, "+00:00", "predicted", {**at(page), "given": 0, "right": False})
    progress = fold([missed])
    stage = fresh.stage_of(page, progress)
    assert stage is not None and len(because.reasons(stage)) == 3
    assert not stage.finished, "no further into the run than the verdict needs"
    assert not stage.ticks, "what the run has shown is not what the learner has done"

    reason = Event("s", 1, TIME, "+00:00", "because", {**at(page), "given": 2, "right": True})
    progress = fold([reason], progress)
    stage = fresh.stage_of(page, progress)
    assert key in progress.predicted and not progress.unexplained
    assert stage is not None and stage.prediction is None, "it is not asked a second time"


def test_what_a_done_page_told_can_be_read_after_a_restart() -> None:
    done = fresh.stage_of(
        PAGE, fold([Event("s", 0, TIME, "+00:00", "tick", {**at(PAGE), "name": "do"})])
    )
    new = fresh.stage_of(PAGE, fold([]))
    assert done is not None and new is not None
    rows = "\n".join(plain(row) for row in feedback.again_rows(done, load("en"), 76))
    assert rows.startswith("In the run before:") and len(rows.splitlines()) > 1
    assert feedback.again_rows(new, load("en"), 76) == (), "not before it is done"
