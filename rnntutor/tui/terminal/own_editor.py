"""The learner's own editor, in the terminal that the tutor leaves to it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from rnntutor.session.building import EditorError, editor


def edit(app: App[Any], path: Path) -> None:
    """Hand a file to $VISUAL or $EDITOR and wait until it is closed. Raises EditorError."""
    command = editor()
    try:
        with app.suspend():
            subprocess.run([*command, str(path)], check=False)
    except SuspendNotSupported as error:
        raise EditorError("build.no_editor") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise EditorError("build.editor_failed", editor=command[0], reason=reason) from error
