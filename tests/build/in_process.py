"""Checks in this process, because starting a process takes longer than a check.

The sources are the tests' own. test_runner and test_process test that the tutor starts a process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from rnntutor.build import runner
from rnntutor.build.check import Finding, most_important
from rnntutor.build.child import program
from rnntutor.build.computations import cases


def run_here(source: str, name: str, arguments: Sequence[Sequence[Any]]) -> runner.CallResults:
    """Call function `name` of `source` once with each list of arguments."""
    with np.errstate(all="warn"):
        return runner.read(program.run(runner.request(source, name, arguments)))


def check_here(exercise: str, source: str) -> Finding:
    """Return what `rnntutor.build.check.check` finds."""
    return most_important(exercise, source, exercise, cases(exercise), run_here)
