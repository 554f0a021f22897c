"""A training run in a background thread that pulls reports from a generator.

The thread touches no widget: it posts each report as a message, and an unread report is replaced by
the next. It ends when the trainer is closed.
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
    """A report of a training run.

    Attributes:
        generation: identifies the training run.
        update: the report, probed under `settings`; None at the end of the training run.
        settings: the settings of the probe.
        error: the exception that ended the training run, if any.
    """

    generation: int
    update: Update | None
    settings: Any = None
    error: Exception | None = None

    def can_replace(self, message: Message) -> bool:
        """Return whether the later `message` replaces this unread one.

        A later report of the same training run does; its end or its error does not.
        """
        if not isinstance(message, Reported) or message.generation != self.generation:
            return False
        return self.update is not None and message.update is not None


class Trainer:
    """Runs a training generator in its own thread, the only one to touch it."""

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
        """Set the wanted pace and the settings under which the net is probed.

        Repeating the same request does not bring the next report forward.

        Args:
            running: whether reports are made continuously.
            single: whether one report is wanted.
            interval: seconds between two reports.
            settings: settings of the probe.
        """
        with self._wake:
            self._settings = settings
            new = single or (running, interval) != (self._running, self._interval)
            self._running, self._single, self._interval = running, single, interval
            if new:
                self._wake.notify()

    def close(self) -> None:
        """Stop after the report in progress."""
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
        """Wait until a report is wanted; return False once the trainer is closed."""
        with self._wake:
            while not (self._closed or self._running or self._single):
                self._wake.wait()
            self._single = False
            return not self._closed

    def _rest(self, start: float) -> None:
        """Wait until the next report is due or the request changes."""
        with self._wake:
            left = self._interval - (monotonic() - start)
            if left > 0 and self._running and not self._closed:
                self._wake.wait(left)
