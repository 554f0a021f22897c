"""The package works without Unix's modules, signals and calls, as on Windows.

This is imitated by removing them in a fresh process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import rnntutor

TOP = Path(rnntutor.__file__).parent.parent

WITHOUT_UNIX = """
import importlib, os, pkgutil, signal, sys

# The standard library and the test's tools have looked around before Unix goes away.
import asyncio, ctypes, json, logging, multiprocessing, pathlib, platform, select, shutil
import subprocess, tempfile, threading, traceback, uuid
import numpy, rich.console, textual.app, textual.drivers.headless_driver

for name in ("fcntl", "termios", "tty", "pty", "resource", "grp", "pwd", "curses", "readline"):
    sys.modules[name] = None
for name in ("SIGHUP", "SIGQUIT", "SIGTSTP", "SIGCONT", "SIGWINCH", "SIGUSR1", "SIGKILL", "SIGPIPE",
             "SIGALRM", "SIGTTOU", "SIGTTIN", "pthread_sigmask", "sigwait", "setitimer"):
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("fork", "getuid", "geteuid", "getpgid", "getpgrp", "setsid", "killpg", "tcgetpgrp",
             "fchmod", "chown", "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "uname"):
    if hasattr(os, name):
        delattr(os, name)

def add_signal_handler(*_):
    raise NotImplementedError

asyncio.SelectorEventLoop.add_signal_handler = add_signal_handler

def modules(package):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if found.name != "rnntutor.__main__":
            module = importlib.import_module(found.name)
            if found.ispkg:
                modules(module)

import rnntutor
modules(rnntutor)
"""

WRITES = """
from pathlib import Path
from rnntutor.study import cache, log, directory
data = directory.prepare(Path(sys.argv[1]))
log.Log(data, "s").append("page", lesson="cell", page="forget")
assert cache.load(data).last_page == ("cell", "forget")
assert cache.load(data).last_page == ("cell", "forget")
"""

STARTS = """
from rnntutor.cli import main
assert main(["--version"]) == 0
assert main(["--data-dir", sys.argv[1]]) == 2   # no terminal: said in a sentence
"""

SHOWS = """
import asyncio
from pathlib import Path
from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session.start import Start
from rnntutor.study import directory
from rnntutor.tui.app import TutorApp
from rnntutor.words import load

async def show():
    data = directory.prepare(Path(sys.argv[1]))
    start = Start("en", True, data, open_course(lessons_dir(), load("en")))
    app = TutorApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    assert app.return_code in (None, 0), app.return_code
    assert app.errors.failure is None, app.errors.failure

asyncio.run(show())
"""


def test_without_unix_the_package_is_imported_writes_starts_and_shows(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_UNIX + WRITES + STARTS + SHOWS, str(tmp_path / "data")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=TOP,
        # Textual's Windows driver does not run here; its headless driver replaces it.
        env=os.environ | {"TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver"},
    )
    assert done.returncode == 0, done.stderr
