"""Running the learner's own editor in the suspended tutor's terminal."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from rnntutor.session.building import EditorError, editor


def edit(app: App[Any], path: Path) -> None:
    """Open a file in $VISUAL or $EDITOR and wait until the editor exits.

    Raises:
        EditorError: no editor can be started.
    """
    command = editor()
    try:
        with app.suspend():
            subprocess.run([*command, str(path)], check=False)
    except SuspendNotSupported as error:
        raise EditorError("build.no_editor") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise EditorError("build.editor_failed", editor=command[0], reason=reason) from error
