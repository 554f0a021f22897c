"""Measure how long a key takes while twenty learners share two cores.

Eighteen watch a run, two train a network, each in a pseudo-terminal of its own that is read all the
time. One of the eighteen presses Tab at random times. Linux only.

    python benchmarks/house.py [--quick]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from stage import StageLine
from terminal import percentile, tutor

LEARNERS, TRAINING = 20, 2
CORES = 2
PROMISE = 100.0  # ms
RUNS = ("cell", "bptt", "gradient", "attention", "be-the-cell", "order")
TRAININGS = ("race", "text")


class Learner(threading.Thread):
    """A thread that keeps one simulation running: it restarts the run whenever it ends."""

    def __init__(self, line: StageLine) -> None:
        super().__init__(daemon=True)
        self.line = line
        self.over = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.over.is_set():
                self.line.start()
                self.line.run(0.5)
        except BaseException as error:
            self.failure = error


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer keys")
    count = 30 if parser.parse_args().quick else 150
    cores = sorted(os.sched_getaffinity(0))
    sys.setswitchinterval(0.0005)  # the other threads must not delay reading
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        os.sched_setaffinity(0, cores[:CORES])  # inherited by the learners' processes
        lines = []
        for n in range(LEARNERS):
            some = TRAININGS if n < TRAINING else RUNS
            name = some[n % len(some)]
            line = stack.enter_context(StageLine(tutor(Path(scratch) / str(n), "sim", name)))
            line.open(name)
            lines.append(line)
        os.sched_setaffinity(0, cores)  # the measurement may use all cores
        *others, own = lines
        learners = [Learner(line) for line in others]
        for learner in learners:
            learner.start()
        own.start()
        own.run(3.0)
        cpu, began = [line.cpu() for line in lines], time.perf_counter()
        keys = own.keys_running(count, random.Random(7))
        took = time.perf_counter() - began
        spent = [(line.cpu() - before) / took for line, before in zip(lines, cpu, strict=True)]
        for learner in learners:
            learner.over.set()
        for learner in learners:
            learner.join(20.0)
        memory = sum(line.memory() for line in lines)
    failed = [learner.failure for learner in learners if learner.failure is not None]
    if failed:
        raise SystemExit(f"{len(failed)} of the learners' terminals failed: {failed[0]}")
    p95 = percentile(keys, 0.95)
    print(f"{LEARNERS} learners on {min(CORES, len(cores))} cores, {TRAINING} of them training")
    print(f"processor: {100 * sum(spent):.0f} % of one core; of it trainings", end=" ")
    print(f"{100 * sum(spent[:TRAINING]):.0f} %; resident in all {memory:.0f} MiB")
    print(f"key to paint: p50 {percentile(keys, 0.5):.1f} ms, at most {max(keys):.1f}", end="")
    print(f", {len(keys)} keys")
    verdict = "kept" if p95 <= PROMISE else "MISSED"
    print(f"p95 {p95:.1f} ms, promised {PROMISE:g}: {verdict}")
    return 0 if p95 <= PROMISE else 1


if __name__ == "__main__":
    sys.exit(main())
