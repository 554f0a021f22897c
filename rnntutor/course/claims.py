"""What a lesson says of runs: each run, and what is claimed of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a run: the value called `of` is / lies `in` / is less than … `value`.

    of: a measure of the simulation, what its training reports, or a place in its trace. test: "=",
    "in", "<", ">", "<=" or ">="; "=" to as many decimals as were written. value: a number, a pair,
    or the name of another value. over: "" for every run of the line, "some" or "median". at: "" for
    the last report of a training run, "lowest" or "highest" of all. text: as the author wrote it.
    """

    of: str
    test: str
    value: float | str | tuple[float, float]
    over: str = ""
    at: str = ""
    decimals: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedRun:
    """A run that the lesson makes a claim about, with or without training. settings: as in a link;
    a list for a setting that takes one value stands for one run each. updates: how far it is
    trained, None to its end."""

    use: str
    settings: tuple[tuple[str, object], ...]
    updates: int | None
    claims: tuple[Claim, ...]
    line: int = 0
