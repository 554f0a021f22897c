"""The reports of a training run, and their history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rnntutor.nn.trace import Trace

LONGEST = 600  # reports kept: three for each dot of the widest curve


@dataclass(frozen=True, slots=True)
class Update:
    """One report of a training run.

    Attributes:
        step: number of parameter updates before it.
        loss: the training loss there.
        metrics: name -> value of further measurements.
        trace: a probe run of the net, if one was made.
        look: settings -> such a probe run at this report, for settings that
            affect only the probe. It holds copies, so it can be called while
            training continues.
    """

    step: int
    loss: float
    metrics: Mapping[str, float] = field(default_factory=dict)
    trace: Trace | None = None
    look: Callable[[Any], Trace] | None = None

    def probe_with(self, settings: Any) -> Update:
        """The report with a probe run under these settings."""
        if self.look is None:
            return self
        return replace(self, trace=self.look(settings))


@dataclass(frozen=True)
class History:
    """The reports of a training run so far, in order.

    Every second report of a long history is dropped; the first and the newest
    are kept.
    """

    updates: tuple[Update, ...] = ()

    @property
    def last(self) -> Update | None:
        """The newest report, None before the first."""
        return self.updates[-1] if self.updates else None

    def with_update(self, update: Update) -> History:
        """This history with one more report.

        When there are LONGEST, every second older one is dropped. Only the
        newest keeps its probe run.
        """
        kept = tuple(
            replace(u, trace=None, look=None) if u.trace or u.look else u
            for u in self.updates
        )
        if len(kept) >= LONGEST:
            kept = kept[::2]
        return History((*kept, update))

    def series(self, name: str) -> tuple[tuple[float, float], ...]:
        """(step, value) pairs of "loss" or a metric, where it was reported."""
        pairs = (
            (u.step, u.loss if name == "loss" else u.metrics.get(name))
            for u in self.updates
        )
        return tuple(
            (float(step), value) for step, value in pairs if value is not None
        )
