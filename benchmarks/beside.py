"""Compare a running simulation with that of another commit: bytes, processor, memory and keys.

    python benchmarks/beside.py OTHER/.venv/bin/python [SIMULATION ...] [--rounds 3]

The two versions alternate for the given number of rounds, so that other load on the machine affects
both alike. The other commit must have the simulations and today's keys and words: Space runs, Tab
and v change the title, and the footer shows "Space pause" during a run.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from stage import Found, Length, measured
from terminal import percentile

SAME = 1.1  # highest ratio to the other; less is noise
NAMES = ("bptt", "cell", "forecast", "gate")
LENGTH = Length(running=5.0, view=0.0, paused=1.0, keys=40)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="the Python of another commit's environment")
    parser.add_argument("names", nargs="*", metavar="SIMULATION", default=NAMES)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as scratch:
        for name in arguments.names:
            ours: list[Found] = []
            theirs: list[Found] = []
            for round_ in range(arguments.rounds):
                data = Path(scratch) / f"{name}-{round_}"
                theirs.append(measured(name, data / "theirs", LENGTH, python=arguments.other))
                ours.append(measured(name, data / "ours", LENGTH))
            kept &= said(name, ours, theirs)
    return 0 if kept else 1


def said(name: str, ours: Sequence[Found], theirs: Sequence[Found]) -> bool:
    """Print the measurements of one simulation and return whether none exceeds the other's."""
    kept = True
    for what, mine, other in zip(
        ("B/s", "% of the processor", "ms, keys at rest", "ms, keys running", "MiB"),
        _values(ours),
        _values(theirs),
        strict=True,
    ):
        ratio = mine / other
        kept &= ratio <= SAME
        verdict = "" if ratio <= SAME else "   MORE"
        print(f"{name:10} {mine:8.1f} beside {other:8.1f} {what:20} {ratio:5.2f}{verdict}")
    return kept


def _values(found: Sequence[Found]) -> tuple[float, ...]:
    """Return the medians over all rounds: B/s, % of a core, ms at rest, ms running, MiB."""
    return (
        statistics.median(f.running.rate for f in found),
        statistics.median(f.running.percent for f in found),
        percentile([ms for f in found for ms in f.at_rest], 0.5),
        percentile([ms for f in found for ms in f.moving], 0.5),
        statistics.median(f.memory for f in found),
    )


if __name__ == "__main__":
    sys.exit(main())
