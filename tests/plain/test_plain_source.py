"""The source code of a phase in plain mode: its lines are marked."""

from __future__ import annotations

import io

from rnntutor.plain import source
from rnntutor.plain.lines import Lines
from rnntutor.session.opening import spec
from rnntutor.session.stage import open_stage
from rnntutor.words import load


def test_the_lines_of_the_phase_begin_with_a_sign() -> None:
    out = io.StringIO()
    stage = open_stage(spec("gate", ()))
    source.show(stage, Lines(io.StringIO(), out), load("en"))
    assert ">     a = np.array(W * x + U * h + b)" in out.getvalue()
    assert sum(line.startswith(">") for line in out.getvalue().split("\n")) == 1
