"""Opening pictures in the system's viewer."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

_REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY")


def view(path: Path, environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> str:
    """Open a picture in the system's viewer.

    Returns:
        The key of a sentence that describes the result.
    """
    if any(environ.get(name) for name in _REMOTE):
        return "picture.ssh"
    if system == "win32":
        return _started_by_windows(path)
    if system != "darwin" and not any(environ.get(name) for name in _DESKTOP):
        return "picture.no_display"
    try:
        process = subprocess.Popen(
            ["open" if system == "darwin" else "xdg-open", str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # survives the tutor and receives no keys of the terminal
        )
    except OSError:
        return "picture.no_viewer"
    threading.Thread(target=process.wait, daemon=True).start()  # reap the process
    return "picture.opened"


def _started_by_windows(path: Path) -> str:
    start = getattr(os, "startfile", None)
    try:
        if start is not None:
            start(str(path))
            return "picture.opened"
    except OSError:
        pass
    return "picture.no_viewer"
