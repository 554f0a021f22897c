"""Measure how long a learner's own function takes in the cell simulation and in the race.

python benchmarks/own.py
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

from rnntutor.build.own_race import OwnRace
from rnntutor.build.stages import OwnStage, OwnTrace

SOURCE = (Path(__file__).parent / "solutions" / "terse.py").read_text(encoding="utf-8")
TURNS, RACE = 15, 10.0  # changes of a setting, seconds of training


def stage() -> None:
    """Print the time of the first run, with the start of its process, and of later runs."""
    own = OwnStage("lstm_step", SOURCE)
    simulation = own.simulation
    try:
        for steps in (6, 20, 60):
            took: list[float] = []
            for seed in range(TURNS):
                start = perf_counter()
                run = simulation.trace(simulation.make({"T": steps, "seed": seed}))
                took.append(perf_counter() - start)
                assert isinstance(run, OwnTrace) and run.trouble is None
            first = f"first {took[0] * 1e3:5.0f} ms, then " if steps == 6 else ""
            each = f"{median(took[1:]) * 1e3:5.0f} ms a run"
            print(f"lstm_step on the stage, T={steps:2}: {first}{each}")
    finally:
        own.end()


def race() -> None:
    """Print the milliseconds per update of the learner's function and of the engine."""
    own = OwnRace({"lstm_step": SOURCE, "lstm_backward": SOURCE})
    simulation = own.simulation
    assert simulation.updates is not None
    reports, start = simulation.updates(simulation.make({})), perf_counter()
    last = next(reports)
    while perf_counter() - start < RACE:
        last = next(reports)
    own.end()
    each = {name: last.metrics[f"seconds_{name}"] / last.step * 1e3 for name in ("mine", "lstm")}
    print(
        f"lstm in the race, T=10, H=16, 8 sequences: {each['mine']:.1f} ms an update,"
        f" the engine's {each['lstm']:.2f} ms"
    )


if __name__ == "__main__":
    stage()
    race()
