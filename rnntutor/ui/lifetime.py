"""However the program is ended, the terminal is given back and nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import os
import select
import signal
import threading
from collections.abc import Callable, Coroutine
from time import sleep
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rnntutor.ui.app import TutorApp

ENDINGS = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")
HUNG_UP = 129  # the status of a program that SIGHUP ended
LAST_WORD = 3.0  # seconds to end in good order, after which the program just ends

# What takes a terminal out of everything that Textual puts it into.
PLAIN = "".join(
    f"\x1b[?{mode}" for mode in ("2004l", "7h", "1000l", "1003l", "1015l", "1006l", "1004l")
) + "\x1b[<u\x1b[?1049l\x1b[?25h"  # fmt: skip
