"""Runs that a lesson mentions, and the claims that it makes about them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim about a run: a comparison of the value called `of` with `value`.

    Attributes:
        of: A measure of the simulation, a value reported by its training, or a path into its trace.
        test: "=", "in", "<", ">", "<=" or ">=".
        value: A number, the two ends of an interval, or the name of another value.
        over: For a line with several runs: "" for each of them, "some" or "median".
        at: "" for the last report of a training run, "lowest" or "highest" over all reports.
        decimals: Number of decimals to which "=" compares.
        text: The claim as the author wrote it.
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
    """A run, with or without training, about which the lesson makes claims.

    Attributes:
        use: Name of the simulation.
        settings: Settings as in a link. A list for a single-valued setting means one run per value.
        updates: Number of training updates, None for training to the end.
        claims: The claims about the run.
        line: Line of the file.
    """

    use: str
    settings: tuple[tuple[str, object], ...]
    updates: int | None
    claims: tuple[Claim, ...]
    line: int = 0
