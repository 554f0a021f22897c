"""Every simulation is complete: a folder, the modules of its views, and words in each language.

A test here names what is missing, before a screen breaks. That every view can be drawn and has its
words is tested in tests/session/test_naming.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from rnntutor import sims, words
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.render.views.registry import every_view, view_names
from rnntutor.sims.base import SettingError, knobs

WORDS = words.HERE


def made_views(name: str, given: dict[str, object]) -> set[str]:
    """Return the view names of a simulation with these settings; none if they are invalid."""
    simulation = sims.find(name)
    try:
        return {spec.partition(":")[0] for spec in simulation.views(simulation.make(given))}
    except SettingError:
        return set()


def every_setting() -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each simulation with its defaults, with each choice of each knob, and as in the
    lessons."""
    for name in sims.names():
        yield name, {}
        for field, knob in knobs(sims.find(name).settings).items():
            yield from ((name, {field: choice}) for choice in knob.choices)
    course = open_course(lessons_dir(), words.load("en"))
    for entry in course.entries:
        for step in course.lesson(entry.id, "en").steps:
            if step.sim is not None:
                yield step.sim.use, dict(step.sim.settings)


def test_every_view_is_of_a_simulation() -> None:
    """No view is left over from a simulation that no longer exists."""
    found = set().union(*(made_views(name, given) for name, given in every_setting()))
    assert view_names() - found == set()


def test_no_two_views_draw_the_same_runs_under_one_name() -> None:
    """Views are unique by name and subject; otherwise the later one would silently win."""
    count = Counter((view.name, view.subject) for view in every_view())
    assert [key for key, times in count.items() if times > 1] == []


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_file_of_words_of_a_simulation_is_of_one_that_is_there(lang: str) -> None:
    there = {path.stem.removeprefix("sim_") for path in (WORDS / lang).glob("sim_*.toml")}
    assert there - {name.replace("-", "_") for name in sims.names()} == set()
