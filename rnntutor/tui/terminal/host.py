"""The protocol through which the driver and the signal handlers use the application."""

from __future__ import annotations

from typing import Protocol

from rnntutor.tui.terminal.flow_control import FlowControl


class Host(Protocol):
    """The application as its terminal driver sees it."""

    flow: FlowControl

    async def leave(self, status: int) -> None:
        """Shut the program down in an orderly way, with an exit status."""

    def give_up(self, error: Exception) -> None:
        """End the program because of an error."""

    def send_all_soon(self, seconds: float) -> None:
        """Resend the whole screen after `seconds` without another call of this method."""
