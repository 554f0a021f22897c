"""The state of a page while the tutor is open: its stage, its answer, its focus."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.session.question import QuestionState
from rnntutor.session.stage import Stage

PROSE, STAGE, KNOBS = 0, 1, 2


@dataclass
class Visit:
    """focus: PROSE, STAGE, or KNOBS + n for the n-th knob. cursor: the row that is lit on a cover.
    text: what is being typed, a prediction or the value of the knob `editing`. trouble: a sentence
    about a simulation that cannot be shown. started: when the page was opened. answered: session
    and sequence of the answer's event, while it can be taken back. reading: whether the text of a
    step has the screen, where it does not stand beside its stage. warned: whether it has been said
    that something on the page is not done yet. again: whether what was told over another run is
    read again. contrasted: whether a sure, wrong answer has been put beside what is right.
    code_from: the cell from which long lines of code are seen.
    """

    stage: Stage | None = None
    asked: QuestionState | None = None
    cursor: int = 0
    text: str = ""
    editing: str = ""
    focus: int = PROSE
    trouble: str = ""
    started: float = 0.0
    answered: tuple[str, int] | None = None
    reading: bool = True
    warned: bool = False
    again: bool = False
    contrasted: bool = False
    code_from: int = 0
