"""The state of a page while the tutor is open: its stage, its answer, its focus."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.session import page_state

PROSE, STAGE, KNOBS = 0, 1, 2


@dataclass
class ScreenPageState(page_state.PageState):
    """focus: PROSE, STAGE, or KNOBS + n for the n-th knob. cursor: the row that is lit on a cover.
    text: what is being typed, a prediction or the value of the knob `editing`. reading: whether the
    text of a step has the screen, where it does not stand beside its stage. again: whether what was
    told over another run is read again. code_from: the cell from which long lines of code are seen.
    """

    cursor: int = 0
    text: str = ""
    editing: str = ""
    focus: int = PROSE
    reading: bool = True
    again: bool = False
    code_from: int = 0
