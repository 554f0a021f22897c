"""The choice of a language at the first start."""

from __future__ import annotations

from rnntutor.pages.listed import entry
from rnntutor.spans import Row, Rows, Span
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screens.menu import MenuScreen
from rnntutor.tui.terminal.textual_private import switch
from rnntutor.words import LANGUAGES, load


class LanguageScreen(MenuScreen):
    """The languages, each named in its own words."""

    def on_mount(self) -> None:
        self.cursor = LANGUAGES.index(self.words.lang)

    def headline(self) -> tuple[Row, Row]:
        return (Span("rnntutor", strong=True),), ()

    @property
    def count(self) -> int:
        return len(LANGUAGES)

    def own_commands(self) -> tuple[KeyCommand, ...]:
        digits = tuple(str(n + 1) for n in range(len(LANGUAGES)))
        pick = KeyCommand("pick", digits, "key.pick", hint=f"1-{len(digits)}")
        return (*(c for c in super().own_commands() if c.name != "out"), pick)

    def listing(self, cells: int) -> tuple[Rows, int]:
        rows: list[Row] = [()] * max(2, self.size.height // 4)  # the list is alone on the screen
        lit = 0
        for n, lang in enumerate(LANGUAGES):
            words = load(lang)
            here = n == self.cursor
            lit = len(rows) if here else lit
            lead = (Span("▸ " if here else "  ", "accent"), Span(f"{n + 1}  ", "accent"))
            said = (
                Span(words("language.name"), strong=here),
                None,
                Span(words("language.about"), "grey"),
            )
            rows += [*entry(lead, said, cells, link=f"entry:{n}", lit=here), ()]
        return tuple(rows), lit

    def do_pick(self, key: str) -> None:
        """Choose the language with the number of the key."""
        self.cursor = int(key) - 1
        self.choose()

    def choose(self) -> None:
        from rnntutor.tui.screens.first_minute import FirstMinuteScreen

        self.tutor.set_language(LANGUAGES[self.cursor])
        switch(self.app, FirstMinuteScreen())
