"""Measure the figures that the lessons claim again, each over its seeds, failures included.

    python benchmarks/experiments.py [--quick] [--part a] [--part b …]

Each figure is printed beside the range in which it was first found. It counts as reproduced when at
least four of five seeds (two of three) lie in this range. A figure that only some seeds reached
("3/5 in …") counts when about as many reach it again, plus or minus one. Seconds are for
information only. The exit code is 1 if any figure is not reproduced.
"""

# ruff: noqa: E402 (the number of threads is set before NumPy is imported)
from __future__ import annotations

import os

for _name in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{_name}_NUM_THREADS"] = "1"

import argparse
import math
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from figures import Figure, figures
from rich.console import Console

WIDE = 54  # columns of a figure's description; a row then has 116


def shown(value: float) -> str:
    """Format a number in few significant digits: 349, 0.171, 3e-17."""
    if not math.isfinite(value):
        return "inf" if value > 0 else "none"
    if value == 0:
        return "0"
    if not 0.001 <= abs(value) < 1e5:
        return f"{value:.0e}"
    return f"{value:.{0 if value >= 100 else 1 if value >= 10 else 3}f}"


def measured(figure: Figure) -> tuple[list[float], float]:
    """Return the value for each seed, and the seconds for all of them."""
    start = time.perf_counter()
    found = [figure.run(seed) for seed in range(figure.seeds)]
    return found, time.perf_counter() - start


def row(figure: Figure, found: list[float], seconds: float) -> str:
    """Format one row of the table."""
    was = f"{shown(figure.low)} … {shown(figure.high)}"
    if figure.count is not None:
        was = f"{figure.count}/{figure.seeds} in {was}"
    told = [value for value in found if not math.isnan(value)]
    now = f"{shown(min(told))} … {shown(max(told))}" if told else "none"
    inside = f"{figure.inside(found)}/{len(found)}"
    sign = "[green]✓[/]" if figure.reproduced(found) else "[red]✗[/]"
    return f"{figure.part:2}{figure.what:{WIDE}}{was:>23}{now:>21}{inside:>7}{seconds:7.1f} {sign}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the short ones only")
    parser.add_argument("--part", action="append", help="a, b … or j; all without it")
    given = parser.parse_args()
    console, good, broken = Console(), 0, 0
    heads = f"{'':{WIDE + 2}}{'first found':>23}{'now, min … max':>21}{'inside':>7}{'s':>7}"
    console.print(heads, soft_wrap=True)
    for figure in figures(quick=given.quick):
        if given.part and figure.part not in given.part:
            continue
        found, seconds = measured(figure)
        good += figure.reproduced(found)
        broken += not figure.reproduced(found)
        console.print(row(figure, found, seconds), soft_wrap=True, highlight=False)
    console.print(f"{good + broken} figures: {good} reproduced, {broken} not")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
