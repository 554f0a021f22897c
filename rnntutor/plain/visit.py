"""What a page remembers while its lesson is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnntutor.plain.runs import Runs
from rnntutor.session.question import QuestionState
from rnntutor.session.stage import Stage


@dataclass
class Visit:
    """trouble: a sentence about a simulation that cannot be shown. started: when the page was
    opened. answered: session and sequence of the answer's event, while it can be taken back.
    contrasted: whether a sure, wrong answer has been put beside what comes out. warned: whether it
    has been said that something is not done yet. runs: the training that the stage may have."""

    started: float
    stage: Stage | None = None
    asked: QuestionState | None = None
    trouble: str = ""
    contrasted: bool = False
    warned: bool = False
    answered: tuple[str, int] | None = None
    runs: Runs = field(default_factory=Runs)
