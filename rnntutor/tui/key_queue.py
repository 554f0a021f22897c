"""A queue that delivers keys and pastes to the screens one at a time.

Several keys may arrive in one read, for example after a stalled connection, before the screen
opened by the first one exists. Each key waits until the work started by the previous one is
finished, so that a burst of keys has the same effect as the same keys typed slowly.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from time import monotonic

from textual.events import Event, Key, Paste

from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.terminal.textual_private import GuardedApp, as_pump, at_rest, caught_up

URGENT = {"ctrl+c": "leave", "ctrl+q": "leave", "ctrl+z": "suspend_process"}
"""The actions of keys that are executed immediately, bypassing the queue."""

SLOW = 2.0  # seconds after which a key still being handled (on a slow disk) no longer blocks others
AGAIN = 0.01  # seconds between two checks of whether a screen is still busy


class QueuedKeys(GuardedApp):
    """An application that queues its keys and pastes."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = KeyQueue(self)

    @property
    def tutor_screen(self) -> TutorScreen | None:
        """The visible screen; None if no key can be delivered."""
        raise NotImplementedError

    async def on_event(self, event: Event) -> None:
        """Queue keys and pastes; pass on to Textual all other events and the urgent keys."""
        at_once = isinstance(event, Key) and event.key in URGENT
        if at_once or not isinstance(event, Key | Paste):
            await super().on_event(event)
            return
        self.app_focus = True
        self.keys.put(event)


class KeyQueue:
    """The queue between the terminal's keys and the screens.

    Attributes:
        received: number of keys and pastes so far.
    """

    def __init__(self, app: QueuedKeys) -> None:
        self.received = 0
        self._app = app
        self._waiting: asyncio.Queue[Key | Paste] = asyncio.Queue()
        self._next: deque[Key] = deque()
        self._working: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start delivering keys, once `open` has been called or `SLOW` seconds have passed."""
        self._task = asyncio.create_task(self._run())

    def open(self) -> None:
        """Allow delivery: the data that the first key acts on is loaded."""
        self._open.set()

    def put(self, event: Key | Paste) -> None:
        """Append a key or a pasted text."""
        self.received += 1
        self._waiting.put_nowait(event)

    def put_next(self, events: Iterable[Key]) -> None:
        """Insert keys ahead of all waiting ones."""
        self._next.extend(events)

    async def join(self) -> None:
        """Wait until all keys so far have been delivered and their work is finished."""
        await self._waiting.join()
        await caught_up(self._app)
        screen = self._app.tutor_screen
        if screen is not None:
            await at_rest(screen)

    def stop(self) -> None:
        """Stop delivering keys."""
        for task in (self._task, *self._working):
            if task is not None:
                task.cancel()

    async def _run(self) -> None:
        await asyncio.wait({asyncio.ensure_future(self._open.wait())}, timeout=SLOW)
        while True:
            event = await self._waiting.get()
            try:
                await self._hand_over(event)
                while self._next:
                    await self._hand_over(self._next.popleft())
            except Exception as error:
                self._app.handle_error(error)
            finally:
                self._waiting.task_done()

    async def _ready(self) -> TutorScreen | None:
        """Return the screen for the next key, once it is laid out and idle; None without one."""
        while True:
            await caught_up(self._app)  # the previous key may have opened another screen
            screen = self._app.tutor_screen
            if screen is None:
                return None
            await at_rest(screen)
            until = monotonic() + screen.patience
            while screen.is_busy and monotonic() < until:
                await asyncio.sleep(AGAIN)
            if screen is self._app.tutor_screen:
                return screen

    async def _hand_over(self, event: Key | Paste) -> None:
        screen = await self._ready()
        if screen is None:
            return
        task = asyncio.create_task(_take(screen, event))
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        await asyncio.wait({task}, timeout=SLOW)


async def _take(screen: TutorScreen, event: Key | Paste) -> None:
    with as_pump(screen):
        await screen.take(event)
