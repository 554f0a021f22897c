"""`> [!RUN]`: the training runs that a sentence speaks of, and what is read off them.

A line names a simulation and its settings as a link does, how far it is trained, and what is so:

    `race task=adding units=16 seed=[1,2,3] updates=2000: solved_gru in [350, 450], loss_rnn > 0.1`

A setting with a list stands for one run for each of its values. Names are looked up, nothing is
evaluated.
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

END = "end"  # `updates=end`: until the training ends by itself
MARK = "[!RUN]"
OVER = ("some", "median")  # of the runs of a line; "" is every one
AT = ("lowest", "highest")  # of the reports of a training run; "" is the last
_NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
_NAME = r"[A-Za-z_]\w*(?:\[\d+\])*"
_CLAIM = re.compile(
    rf"(?:(?P<over>{'|'.join(OVER)})\s+)?(?:(?P<at>{'|'.join(AT)})\s+)?(?P<of>{_NAME})\s*"
    rf"(?:(?P<test><=|>=|<|>|=)\s*(?:(?P<number>{_NUMBER})|(?P<other>{_NAME}))"
    rf"|in\s*\[\s*(?P<low>{_NUMBER})\s*,\s*(?P<high>{_NUMBER})\s*\])\s*(?:,\s*|$)"
)


def is_runs(source: str) -> bool:
    """Whether a quoted paragraph begins with [!RUN]."""
    return source.lstrip().upper().startswith(MARK)


def read_runs(source: str, line: int, report: Report) -> RunsBlock:
    """The lines of a quoted paragraph that begins with [!RUN], each in backticks."""
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
    """One line; None and a problem where it cannot be read. base: simulation and settings of the
    sim block in which it stands; its own settings come on top, and it names no simulation."""
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
    """(the claims of a line, what of it could not be read)."""
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


# ---- what a line stands for ----------------------------------------------------------------

ONE_VALUE = ("int", "float", "choice", "text")  # knobs for which a list means several runs


def varied(use: str, name: str, value: object) -> bool:
    """Whether the setting holds a list of values, each of which is a run."""
    knob = _knob(use, name)
    return isinstance(value, tuple) and knob is not None and knob.kind in ONE_VALUE


def symbol(use: str, name: str) -> str:
    """How the setting is written ("H"); "" where it has no sign of its own."""
    knob = _knob(use, name)
    return knob.symbol if knob is not None else ""


def first(run: ClaimedRun) -> Link:
    """A link to the run, or to the first of them."""
    pairs = (
        (name, value[0] if varied(run.use, name, value) and isinstance(value, tuple) else value)
        for name, value in run.settings
    )
    return Link("sim", run.use, tuple(pairs))


def _knob(use: str, name: str) -> Knob | None:
    from rnntutor import sims  # only where a lesson speaks of a run
    from rnntutor.sims.base import knobs

    try:
        return knobs(sims.find(use).settings).get(name)
    except sims.NoSimulation:
        return None
