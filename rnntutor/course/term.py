"""A term of the glossary."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.blocks import Inline


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """An entry of the glossary.

    Attributes:
        id: Id of the term.
        word: Headword in each language.
        aliases: Other names accepted in answers, in each language.
        definition: A one-sentence definition in each language.
        step: "lesson.step" that teaches the term, or "".
        role: Role of the quantity that it names ("f", "grad"), which determines its colour, or "".
        line: Line of glossary.toml.
    """

    id: str
    word: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    definition: tuple[tuple[str, Inline], ...]
    step: str = ""
    role: str = ""
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Return all names of the term in every language: headwords, then aliases."""
        aliases = (alias for _, found in self.aliases for alias in found)
        return (*(word for _, word in self.word), *aliases)

    def defined_in(self, lang: str) -> Inline:
        """Return the definition in a language, else in the first one that has it."""
        found = dict(self.definition)
        return found.get(lang) or next(iter(found.values()), ())
