"""What the terminal's driver and the signals need of the application."""

from __future__ import annotations

from typing import Protocol

from rnntutor.tui.terminal.flow_control import FlowControl


class Host(Protocol):
    """The application, as far as its terminal is concerned."""

    flow: FlowControl

    async def leave(self, status: int) -> None:
        """End the program in good order, with an exit status."""

    def give_up(self, error: Exception) -> None:
        """End the program because of an error."""

    def send_all_soon(self, seconds: float) -> None:
        """Send the whole screen once this has not been called for so many seconds."""
