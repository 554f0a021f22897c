"""Stages with predictions and tasks, and their messages as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rnntutor import sims
from rnntutor.course.blocks import Inline, Text
from rnntutor.course.load import open_course
from rnntutor.course.sim_spec import PredictChoice, SimSpec
from rnntutor.package_data import lessons_dir
from rnntutor.words import load

COURSE = open_course(lessons_dir(), load("en"))


CELLS = 76  # of a screen of 80


def course_predictions(lang: str) -> Iterator[tuple[str, SimSpec]]:
    for entry in COURSE.entries:
        for step in COURSE.lesson(entry.id, lang).steps:
            spec = step.sim  # training runs are judged by their last report: below
            if spec is None or sims.find(spec.use).updates is not None:
                continue
            if isinstance(spec.predict, PredictChoice):
                yield f"{entry.id}.{step.id}", spec


ONE = {"cell": "rnn", "units": 1, "x": (1, 1, 1), "W": 0.5, "U": 0.8}


SAID: Inline = (Text("h grew"),)


def cell(**more: object) -> SimSpec:
    base = SimSpec("cell", tuple(ONE.items()), controls=("U",), said=SAID)
    return replace(base, **more)  # type: ignore[arg-type]
