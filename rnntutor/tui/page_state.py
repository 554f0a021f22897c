"""The state of a page while the tutor is open: its stage, its answer, its focus."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.session import page_state

PROSE, STAGE, KNOBS = 0, 1, 2


@dataclass
class ScreenPageState(page_state.PageState):
    """The state of a page on the screen.

    Attributes:
        cursor: the highlighted row of a cover.
        text: text being typed: a prediction, or the value of the knob `editing`.
        editing: name of the knob whose value is being typed; empty if none.
        focus: PROSE, STAGE, or KNOBS + n for the n-th knob.
        reading: whether the step's text fills the screen, where there is no room beside the stage.
        again: whether a text that was shown over another run is being read again.
        code_from: first visible cell of long lines of code.
    """

    cursor: int = 0
    text: str = ""
    editing: str = ""
    focus: int = PROSE
    reading: bool = True
    again: bool = False
    code_from: int = 0
