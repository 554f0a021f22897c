"""Keys and pastes, handed to the screens one after the other.

They may come in one read, as after a stall of the line, before the screen that the first of them
opens is there. Each waits until what the one before it began has come to rest, so that the same
keys do the same whether they come at once or one by one.
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
"""What these keys do at once, whatever waits before them."""

SLOW = 2.0  # seconds after which a key that still works (on a slow disk) holds up no other
AGAIN = 0.01  # seconds until it is looked again whether a screen has done its work


class QueuedKeys(GuardedApp):
    """An application whose keys and pastes wait in line."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = KeyQueue(self)

    @property
    def tutor_screen(self) -> TutorScreen | None:
        """The screen that is seen; None where no key can be taken."""
        raise NotImplementedError

    async def on_event(self, event: Event) -> None:
        """All that is no key and no paste, and the keys that end or suspend the program, go
        Textual's way."""
        at_once = isinstance(event, Key) and event.key in URGENT
        if at_once or not isinstance(event, Key | Paste):
            await super().on_event(event)
            return
        self.app_focus = True
        self.keys.put(event)


class KeyQueue:
    """app: whose screens get the keys. received: how many keys and pastes there have been."""

    def __init__(self, app: QueuedKeys) -> None:
        self.received = 0
        self._app = app
        self._waiting: asyncio.Queue[Key | Paste] = asyncio.Queue()
        self._next: deque[Key] = deque()
        self._working: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to hand over, once `open` has been called or it has taken too long."""
        self._task = asyncio.create_task(self._run())

    def open(self) -> None:
        """What the first key acts on is there."""
        self._open.set()

    def put(self, event: Key | Paste) -> None:
        """A key has been pressed, or a text has been pasted."""
        self.received += 1
        self._waiting.put_nowait(event)

    def put_next(self, events: Iterable[Key]) -> None:
        """Keys that come before all that wait."""
        self._next.extend(events)

    async def join(self) -> None:
        """Wait until every key so far has been handed over and has come to rest."""
        await self._waiting.join()
        await caught_up(self._app)
        screen = self._app.tutor_screen
        if screen is not None:
            await at_rest(screen)

    def stop(self) -> None:
        """Hand over no more."""
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
                self._app.failed(error)
            finally:
                self._waiting.task_done()

    async def _ready(self) -> TutorScreen | None:
        """The screen that is to get the next key, composed, laid out, with nothing under way."""
        while True:
            await caught_up(self._app)  # the key before may have asked for another screen
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
