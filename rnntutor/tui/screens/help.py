"""The keys of the screen below, each of which can also be executed from this list."""

from __future__ import annotations

from rnntutor.render.primitives.wrap import wrap
from rnntutor.spans import Row, Rows, Span, pad
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screen import TutorScreen
from rnntutor.tui.screens.menu import MenuScreen

ROOM = 22  # cells for the keys of a command


class HelpScreen(MenuScreen):
    """The commands of another screen.

    Args:
        below: the screen described.
    """

    def __init__(self, below: TutorScreen) -> None:
        super().__init__()
        self.below = below
        self._commands = tuple(c for c in below.commands() if c.name != "help")

    def headline(self) -> tuple[Row, Row]:
        return (Span(self.words("help.title"), strong=True),), ()

    def own_commands(self) -> tuple[KeyCommand, ...]:
        out = KeyCommand("out", ("escape", "backspace", "?", "h"), "key.close")
        own = super().own_commands()
        return (KeyCommand("choose", ("enter",), "key.do"), *own[1:-1], out)

    @property
    def count(self) -> int:
        return len(self._commands)

    def listing(self, cells: int) -> tuple[Rows, int]:
        rows, lit = self.entries(cells, self._commands, self._entry)
        return (*rows, (), *wrap((Span(self.words("help.hangul"), "grey"),), cells)), lit

    def _entry(self, command: KeyCommand, here: bool) -> tuple[Row, Row]:
        keys = Span(pad(_keys(command), ROOM) + "  ", "accent")
        return (keys,), (Span(self.words(command.label)),)

    def choose(self) -> None:
        command = self._commands[self.cursor]
        below = self.below
        self.app.pop_screen()
        below.call_later(below.press, command.keys[0])


def _keys(command: KeyCommand) -> str:
    """Return the keys of a command as text; if there are too many, only those in the footer."""
    written = command.all_key_labels()
    if len(command.keys) > 3 and command.hint:
        return command.hint
    return written if Span(written).width <= ROOM else command.key_label()
