"""A training run beside the interface: one thread that asks the generator for its reports.

It touches no widget: each report becomes a message, and one that has not been read yet is
replaced by the next. It ends when it is closed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

from textual.message import Message
from textual.message_pump import MessagePump

from rnntutor.nn.training import Update


@dataclass(eq=False)
class Reported(Message):
    """update: the report, seen under `settings`; None at the training's end. error: what went
    wrong instead."""

    generation: int
    update: Update | None
    settings: Any = None
    error: Exception | None = None

    def can_replace(self, message: Message) -> bool:
        """Whether `message`, which came later, says all that this unread one does: a later report
        does; the end of the training, or what went wrong with it, says nothing of the last."""
        if not isinstance(message, Reported) or message.generation != self.generation:
            return False
        return self.update is not None and message.update is not None


class Trainer:
    """updates: the generator; only this object's thread touches it. target: who gets messages."""

    def __init__(self, updates: Iterator[Update], target: MessagePump, generation: int) -> None:
        self.generation = generation
        self._updates = updates
        self._target = target
        self._interval = 0.25
        self._wake = threading.Condition()
        self._running = self._single = self._closed = False
        self._settings: Any = None
        self._thread = threading.Thread(target=self._work, name="training", daemon=True)
        self._thread.start()

    def ask(self, *, running: bool, single: bool, interval: float, settings: Any) -> None:
        """What is wanted from now on, and under which settings its net is looked at. To be told
        the same again does not bring the next report forward."""
        with self._wake:
            self._settings = settings
            new = single or (running, interval) != (self._running, self._interval)
            self._running, self._single, self._interval = running, single, interval
            if new:
                self._wake.notify()

    def close(self) -> None:
        """Stop after the report that is being made."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def _work(self) -> None:
        try:
            while self._wanted():
                start = monotonic()
                update, settings = next(self._updates, None), self._settings
                seen = update.probe_with(settings) if update is not None else None
                self._target.post_message(Reported(self.generation, seen, settings))
                if update is None:
                    return
                self._rest(start)
        except Exception as error:
            self._target.post_message(Reported(self.generation, None, error=error))
        finally:
            close = getattr(self._updates, "close", None)
            if close is not None:
                close()

    def _wanted(self) -> bool:
        """Wait until a report is wanted; False when the training is over."""
        with self._wake:
            while not (self._closed or self._running or self._single):
                self._wake.wait()
            self._single = False
            return not self._closed

    def _rest(self, start: float) -> None:
        """Until the next report is due, or something else is asked."""
        with self._wake:
            left = self._interval - (monotonic() - start)
            if left > 0 and self._running and not self._closed:
                self._wake.wait(left)
