"""The displayed code is the code that runs, and the marked lines compute the present phase."""

from __future__ import annotations

import inspect
from dataclasses import replace
from pathlib import Path

import pytest

from rnntutor import sims
from rnntutor.session import code
from rnntutor.session.opening import spec
from rnntutor.session.stage import open_stage


def pieces(name: str, phase: str, *settings: tuple[str, str]) -> tuple[code.SourceExcerpt, ...]:
    stage = open_stage(spec(name, settings))
    return code.pieces(replace(stage, transport=stage.transport.to(stage.phases.index(phase) + 1)))


def marked(piece: code.SourceExcerpt) -> list[str]:
    return [piece.lines[n].strip() for n in sorted(piece.marked)]


@pytest.mark.parametrize(
    ("phase", "lines"),
    [
        ("merge", ["s.dh = s.dh_loss + s.dh_next"]),
        ("memory", ["s.dc = s.dc_next + s.dh * s.o * (1 - s.tanh_c**2)"]),
        (
            "slope",
            [
                "s.da_o = s.dh * s.tanh_c * s.o * (1 - s.o)",
                "s.da_f = s.dc * s.c_prev * s.f * (1 - s.f)",
                "s.da_i = s.dc * s.g * s.i * (1 - s.i)",
                "s.da_g = s.dc * s.i * (1 - s.g**2)",
            ],
        ),
    ],
)
def test_phases_that_share_a_function_have_lines_of_their_own(phase: str, lines: list[str]) -> None:
    assert marked(pieces("bptt", phase, ("cell", "lstm"))[0]) == lines


def test_a_value_that_is_returned_is_a_line_too() -> None:
    assert marked(pieces("gate", "squash")[0])[0].startswith("return ")
    assert marked(pieces("gate", "sum")[0]) == ["a = np.array(W * x + U * h + b)"]


def test_a_phase_with_a_function_of_its_own_has_all_of_it_but_the_words() -> None:
    inner, *outer = pieces("race", "memory")
    assert marked(inner) == ["s.fc = s.f * s.c_prev", "s.ig = s.i * s.g", "s.c = s.fc + s.ig"]
    assert not any(piece.marked for piece in outer)


@pytest.mark.parametrize("name", sims.names())
def test_every_phase_has_marked_lines_that_stand_in_the_file(name: str) -> None:
    stage = open_stage(spec(name, ()))
    for phase in stage.phases:
        functions = stage.simulation.source(stage.settings, phase)
        found = pieces(name, phase)
        assert len(found) == len(functions)
        assert found[0].marked
        for piece, function in zip(found, functions, strict=True):
            file, _, line = piece.location.rpartition(":")
            path = inspect.getsourcefile(inspect.unwrap(function))
            assert path is not None and path.endswith(file)
            there = Path(path).read_text(encoding="utf-8").split("\n")[int(line) - 1 :]
            assert tuple(there[: len(piece.lines)]) == piece.lines
