"""What a page remembers while its lesson is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnntutor.plain.trainer import PlainTrainer
from rnntutor.session import page_state


@dataclass
class PlainPageState(page_state.PageState):
    """trainer: makes the updates of the stage's training, where it has one."""

    trainer: PlainTrainer = field(default_factory=PlainTrainer)
