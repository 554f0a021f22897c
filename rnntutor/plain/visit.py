"""What a page remembers while its lesson is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from rnntutor.plain.runs import PlainTrainer
from rnntutor.session import visit


@dataclass
class Visit(visit.Visit):
    """runs: the training that the stage may have."""

    runs: PlainTrainer = field(default_factory=PlainTrainer)
