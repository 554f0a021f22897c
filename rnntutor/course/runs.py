"""Parse `> [!RUN]`: the training runs that a sentence is based on, and the claims about them.

A line gives a simulation with settings as in a link, the number of updates, and the claims:

    `race task=adding units=16 seed=[1,2,3] updates=2000: solved_gru in [350, 450], loss_rnn > 0.1`

A list for a single-valued setting means one run per value. Names are looked up; nothing is
evaluated as code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rnntutor.course.attributes import settings
from rnntutor.course.blocks import Link, RunsBlock
from rnntutor.course.claims import Claim, ClaimedRun
from rnntutor.course.report import Report

if TYPE_CHECKING:
    from rnntutor.sims.base import Knob

END = "end"  # `updates=end`: train to the end
MARK = "[!RUN]"
OVER = ("some", "median")  # over the runs of a line; "" means each of them
AT = ("lowest", "highest")  # over the reports of a training run; "" means the last
_NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
_NAME = r"[A-Za-z_]\w*(?:\[\d+\])*"
_CLAIM = re.compile(
    rf"(?:(?P<over>{'|'.join(OVER)})\s+)?(?:(?P<at>{'|'.join(AT)})\s+)?(?P<of>{_NAME})\s*"
    rf"(?:(?P<test><=|>=|<|>|=)\s*(?:(?P<number>{_NUMBER})|(?P<other>{_NAME}))"
    rf"|in\s*\[\s*(?P<low>{_NUMBER})\s*,\s*(?P<high>{_NUMBER})\s*\])\s*(?:,\s*|$)"
)


def is_runs(source: str) -> bool:
    """Return whether a quoted paragraph begins with [!RUN]."""
    return source.lstrip().upper().startswith(MARK)


def read_runs(source: str, line: int, report: Report) -> RunsBlock:
    """Parse the lines, each in backticks, of a quoted paragraph that begins with [!RUN]."""
    found = []
    for number, text in enumerate(source.strip().split("\n"), line):
        text = text.strip()
        if number == line:
            text = text[len(MARK) :].strip()
        if text:
            found.append(read_run(text.strip("`"), number, report))
    if not found:
        report.add_problem(line, "run_empty")
    return RunsBlock(tuple(run for run in found if run is not None))


def read_run(
    text: str,
    line: int,
    report: Report,
    base: tuple[str, tuple[tuple[str, object], ...]] | None = None,
) -> ClaimedRun | None:
    """Parse one line.

    Args:
        text: The line without backticks.
        line: Its line number in the file.
        report: Collects problems.
        base: Simulation and settings of the ```sim block that contains the line. The line then
            names no simulation, and its own settings take precedence.

    Returns:
        The run, or None and a problem if the line cannot be parsed.
    """
    head, _, tail = f" {text}".rpartition(": ")
    head = head.strip()
    use, rest = (base[0], head) if base else (head.partition(" ")[0], head.partition(" ")[2])
    given, wrong = settings(rest)
    claims, left = _claims(tail)
    if not use or wrong or left or not claims:
        report.add_problem(line, "run_form", text=wrong or left or text)
        return None
    pairs = {**(dict(base[1]) if base else {}), **dict(given)}
    updates = pairs.pop("updates", 0)
    if updates != END and not (isinstance(updates, int) and updates >= 0):
        report.add_problem(line, "run_updates", text=updates)
        return None
    return ClaimedRun(
        use, tuple(pairs.items()), updates if isinstance(updates, int) else None, claims, line
    )


def _claims(text: str) -> tuple[tuple[Claim, ...], str]:
    """Parse the claims of a line.

    Returns:
        The claims, and the remaining text that could not be parsed.
    """
    found: list[Claim] = []
    at = 0
    while at < len(text.rstrip()):
        match = _CLAIM.match(text, at)
        if match is None:
            return tuple(found), text[at:]
        at = match.end()
        value: float | str | tuple[float, float]
        if match["low"] is not None:
            value = (float(match["low"]), float(match["high"]))
        else:
            value = match["other"] or float(match["number"])
        found.append(
            Claim(
                of=match["of"],
                test=match["test"] or "in",
                value=value,
                over=match["over"] or "",
                at=match["at"] or "",
                decimals=len((match["number"] or "").partition(".")[2]),
                text=match[0].strip(" ,"),
            )
        )
    return tuple(found), ""


# ---- the runs of a line --------------------------------------------------------------------

# Kinds of knobs for which a list means one run per value.
ONE_VALUE = ("int", "float", "choice", "text")


def varied(use: str, name: str, value: object) -> bool:
    """Return whether the setting holds a list of values, one for each run."""
    knob = _knob(use, name)
    return isinstance(value, tuple) and knob is not None and knob.kind in ONE_VALUE


def symbol(use: str, name: str) -> str:
    """Return the symbol of the setting ("H"), or "" if it has none."""
    knob = _knob(use, name)
    return knob.symbol if knob is not None else ""


def first(run: ClaimedRun) -> Link:
    """Return a link to the run, or to the first of several runs."""
    pairs = (
        (name, value[0] if varied(run.use, name, value) and isinstance(value, tuple) else value)
        for name, value in run.settings
    )
    return Link("sim", run.use, tuple(pairs))


def _knob(use: str, name: str) -> Knob | None:
    from rnntutor import sims  # imported only for lessons with runs
    from rnntutor.sims.base import knobs

    try:
        return knobs(sims.find(use).settings).get(name)
    except sims.NoSimulation:
        return None
