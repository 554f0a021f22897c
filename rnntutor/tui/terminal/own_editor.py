"""The learner's own editor, in the terminal that the tutor leaves to it."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from rnntutor.failure import Failure


class EditorError(Failure):
    """There is no editor, or it cannot be started."""


def edit(app: App[Any], path: Path) -> None:
    """Hand a file to $VISUAL or $EDITOR and wait until it is closed. Raises EditorError."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        command = []
    if not command:
        raise EditorError("build.no_editor")
    try:
        with app.suspend():
            subprocess.run([*command, str(path)], check=False)
    except SuspendNotSupported as error:
        raise EditorError("build.no_editor") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise EditorError("build.editor_failed", editor=command[0], reason=reason) from error
