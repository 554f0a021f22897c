"""Measure the latency of keys in the editor page on a slow line, against the promised limit.

`lstm_step` is opened in a pseudo-terminal of 80×24 with a line of 64 KiB a second. The solution is
typed there one character at a time at random intervals; a second time while checks run. A key's
latency ends with the last byte of its paint. Linux only.

    python benchmarks/editor.py [--keys N]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from terminal import Terminal, percentile, tutor

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.words import load

SLOW = 64 * 1024.0  # bytes a second
PROMISED = 300.0  # ms, 95th percentile
EXERCISE = "lstm_step"
CHECK, EVERY = "\x12", 12  # Ctrl+R, pressed before every 12th key
WORDS = load("en")
TEXT = """\
f, i, o = (sigmoid(W[k] @ x + U[k] @ h_prev + b[k]) for k in "fio")
g = np.tanh(W["g"] @ x + U["g"] @ h_prev + b["g"])
c = f * c_prev + i * g
h = o * np.tanh(c)
return h, c
"""


def typed() -> Iterator[str]:
    """Yield the keys of the solution, over and over."""
    while True:
        yield from TEXT.replace("\n", "\r")


def measured(data: Path, count: int, *, checking: bool) -> list[float]:
    """Type into the editor and measure each key.

    Args:
        data: data directory of the tutor.
        count: how many keys to type.
        checking: run a check of the exercise before every EVERY-th key.

    Returns:
        Latencies in milliseconds; keys without a visible effect are left out.
    """
    chance = random.Random(7)
    index = open_course(lessons_dir(), WORDS).builds.index(EXERCISE)
    found: list[float] = []
    with Terminal(tutor(data), rate=SLOW) as line:
        line.wait(lambda: WORDS("key.quit") in line.text(), "the home screen")
        line.quiet()
        for keys in ("w", "\x1b[B" * index, "\r"):
            line.send(keys)
            line.quiet()
        line.wait(lambda: f"def {EXERCISE}" in line.text(), "the editor")
        for n, key in zip(range(count), typed(), strict=False):
            line.run(chance.uniform(0.05, 0.25))
            if checking and n % EVERY == 0:
                line.send(CHECK)
            took = line.latency(key, lambda: (line.screen.cursor.x, line.screen.cursor.y))
            if took is not None:
                found.append(took * 1e3)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Keys of the editor page on a slow line.")
    parser.add_argument("--keys", type=int, default=120)
    count = parser.parse_args().keys
    kept = True
    print(f"Keys in {EXERCISE} at 80×24 on 64 KiB/s; promised: p95 {PROMISED:.0f} ms")
    for name, checking in (("typing", False), ("typing while it is checked", True)):
        with tempfile.TemporaryDirectory() as data:
            times = measured(Path(data), count, checking=checking)
        p50, p95 = (percentile(times, share) for share in (0.5, 0.95))
        kept = kept and p95 <= PROMISED
        most = max(times, default=float("nan"))
        print(
            f"{name:28} p50 {p50:4.0f}  p95 {p95:4.0f}  at most {most:4.0f} ms  ({len(times)} keys)"
        )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
