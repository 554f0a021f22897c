"""A shell that runs the tutor as a job."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from terminal import Start, Terminal, command

PROMPT = "ready> "


class Shell:
    """An interactive shell in a terminal.

    Args:
        start: the fixture that starts a program.
        environ: environment variables.
        directory: working directory, in which the tutor's process id is stored.
    """

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
        """Start the tutor as a job.

        Args:
            end: text after the command ("&").
        """
        inner = shlex.join(['echo $$ >pid; exec "$@"', "sh", *command(), "--lang", "en"])
        self.run(f"cd {shlex.quote(str(self._note.parent))}")
        self.prompt()
        self.run(f"clear; sh -c {inner} {end}")

    @property
    def pid(self) -> int:
        return int(self._note.read_text())

    def alive(self) -> bool:
        """Whether the tutor's process exists; the prompt lets the shell reap it first."""
        self.run("")
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def prompt(self) -> None:
        """Wait for the shell's prompt."""
        self.terminal.wait(lambda: bool(self._last()) and self._last()[-1] == PROMPT.strip())

    def _last(self) -> list[str]:
        return [row for row in self.terminal.rows if row]
