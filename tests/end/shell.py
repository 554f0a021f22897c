"""A shell at its prompt, in which the tutor is a job."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from terminal import Start, Terminal, command

PROMPT = "ready> "


class Shell:
    """directory: where the shell is, and where it notes the tutor's process id."""

    def __init__(self, start: Start, environ: dict[str, str], directory: Path) -> None:
        self._note = directory / "pid"
        environ = {**environ, "PS1": PROMPT, "HISTFILE": ""}
        environ.pop("ENV", None)
        self.terminal: Terminal = start(program=["/bin/sh", "-i"], env=environ)
        self.prompt()
        self.terminal.modes_before = self.terminal.line_modes()

    def run(self, line: str) -> None:
        """Type a line of input."""
        self.terminal.type(f"{line}\n")

    def tutor(self, end: str = "") -> None:
        """Start the tutor as a job. end: what stands behind the command ("&")."""
        inner = shlex.join(['echo $$ >pid; exec "$@"', "sh", *command(), "--lang", "en"])
        self.run(f"cd {shlex.quote(str(self._note.parent))}")
        self.prompt()
        self.run(f"clear; sh -c {inner} {end}")

    @property
    def pid(self) -> int:
        return int(self._note.read_text())

    def alive(self) -> bool:
        """Whether the tutor's process is still there; the shell looks after it at each prompt."""
        self.run("")
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def prompt(self) -> None:
        """Wait until the shell waits."""
        self.terminal.wait(lambda: bool(self._last()) and self._last()[-1] == PROMPT.strip())

    def _last(self) -> list[str]:
        return [row for row in self.terminal.rows if row]
