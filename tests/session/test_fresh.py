"""A stage that is opened again shows each task that was done there before."""

from __future__ import annotations

from rnntutor.course.load import open_course
from rnntutor.places import lessons_dir
from rnntutor.session import fresh, records
from rnntutor.session.knobs import set_knob
from rnntutor.session.pages import find, pages
from rnntutor.study.events import Event
from rnntutor.study.progress import Progress, fold
from rnntutor.words import load

PAGES = pages(open_course(lessons_dir(), load("en")).lesson("cell", "en"))
PAGE = PAGES[find(PAGES, "count")]  # three tasks, each of them one knob


def logged(progress: Progress, knob: str, value: object) -> tuple[Progress, tuple[object, ...]]:
    """What the log says after the page was opened and one knob set."""
    opened = fresh.stage_of(PAGE, progress)
    assert opened is not None
    entries = records.changes(opened, set_knob(opened, knob, value), PAGE)
    time = "2026-01-02T03:04:05Z"
    events = [Event("s", n, time, "UTC", kind, data) for n, (kind, data) in enumerate(entries)]
    return fold(events, progress), tuple(data["name"] for _, data in entries)


def test_each_task_stays_ticked_and_the_last_one_completes_the_page() -> None:
    progress = fold([])
    for knob, value, place, name in (("T", 12, 1, "do.1"), ("units", 8, 0, "do.0")):
        before = fresh.stage_of(PAGE, progress)
        progress, names = logged(progress, knob, value)
        assert names == (name,)
        after = fresh.stage_of(PAGE, progress)
        assert before is not None and after is not None
        assert after.ticks == before.ticks | {place} and not after.ticked
    progress, names = logged(progress, "biases", 2)
    assert names == ("do",)
    whole = fresh.stage_of(PAGE, progress)
    assert whole is not None and whole.ticked and whole.ticks == {0, 1, 2}
