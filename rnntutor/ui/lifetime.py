"""However the program is ended, the terminal is given back and nothing is lost."""

from __future__ import annotations

import asyncio
import select
import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnntutor.ui.app import TutorApp

HUNG_UP = 129  # the status of a program that SIGHUP ended


def watch(app: TutorApp) -> None:
    """From now on a signal, or a terminal that is gone, ends the program in good order."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, _leave, app, 128 + int(number))
        except (NotImplementedError, RuntimeError, ValueError):
            return  # Windows, or a test outside the main thread
    _watch_terminal(app, loop)


def _leave(app: TutorApp, status: int) -> None:
    # A terminal that is gone answers nothing: its last frame is not waited for.
    app.pacer.acknowledged()
    app.run_worker(app.leave(status))


def _watch_terminal(app: TutorApp, loop: asyncio.AbstractEventLoop) -> None:
    """End when the terminal hangs up even though SIGHUP is ignored (nohup). Costs no processor
    time: poll reports a hang-up without being asked for anything."""
    if not hasattr(select, "poll") or not sys.__stdin__ or not sys.__stdin__.isatty():
        return
    poll = select.poll()
    poll.register(sys.__stdin__.fileno(), 0)

    def wait() -> None:
        while app.is_running:
            if poll.poll(1000) and app.is_running:
                loop.call_soon_threadsafe(_leave, app, HUNG_UP)
                return

    threading.Thread(target=wait, name="terminal", daemon=True).start()
