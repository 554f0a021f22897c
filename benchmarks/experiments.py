"""What the lessons claim, measured again: each figure over its seeds beside the range in which it
was first found, failures included.

    python benchmarks/experiments.py [--quick] [--part a] [--part b …]

A figure counts as reproduced when at least four of five seeds (two of three) lie in its range;
seconds inform only. The exit code is 1 if one is not.
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
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from figures import Figure, figures
from rich.console import Console

SHARE = 0.6  # of the seeds that have to lie in the range, at the least: 4 of 5, 2 of 3


def shown(value: float) -> str:
    """A number as short as it can be told apart: 349, 0.171, 3.4e-17."""
    if not math.isfinite(value):
        return "inf" if value > 0 else "none"
    if value and not 0.001 <= abs(value) < 1e5:
        return f"{value:.0e}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3f}"


def measured(figure: Figure) -> tuple[list[float], float]:
    """The number from each seed, and the seconds of all."""
    start = time.perf_counter()
    found = [figure.run(seed) for seed in range(figure.seeds)]
    return found, time.perf_counter() - start


def reproduced(figure: Figure, found: Sequence[float]) -> tuple[int, bool]:
    """How many seeds lie in the range, and whether they are enough."""
    inside = sum(figure.low <= value <= figure.high for value in found)
    return inside, inside > SHARE * len(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the short ones only")
    parser.add_argument("--part", action="append", help="a, b … or j; all without it")
    given = parser.parse_args()
    console, broken = Console(), 0
    heads = f"{'':63}{'first found':>21}{'now, min … max':>21}{'inside':>8}{'s':>7}"
    console.print(heads, soft_wrap=True)
    for figure in figures(quick=given.quick):
        if given.part and figure.part not in given.part:
            continue
        found, seconds = measured(figure)
        inside, good = reproduced(figure, found)
        broken += not good
        was = f"{shown(figure.low)} … {shown(figure.high)}"
        told = [value for value in found if not math.isnan(value)]
        now = f"{shown(min(told))} … {shown(max(told))}" if told else "none"
        sign = "[green]✓[/]" if good else "[red]✗[/]"
        console.print(
            f"{figure.part:3}{figure.what:60}{was:>21}{now:>21}"
            f"{f'{inside}/{len(found)}':>8}{seconds:7.1f} {sign}",
            soft_wrap=True,
            highlight=False,
        )
    console.print(f"{broken} not reproduced" if broken else "all reproduced")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
