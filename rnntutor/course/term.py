"""A term of the glossary."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Inline


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A glossary entry: id, and per language the headword, the aliases that an answer may use,
    and one sentence that defines it. step: "lesson.step" that teaches it, or "". role: the
    quantity that it names ("f", "grad"), whose colour it wears, or ""."""

    id: str
    word: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    definition: tuple[tuple[str, Inline], ...]
    step: str = ""
    role: str = ""
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called, in every language: its headwords, then its aliases."""
        aliases = (alias for _, found in self.aliases for alias in found)
        return (*(word for _, word in self.word), *aliases)
