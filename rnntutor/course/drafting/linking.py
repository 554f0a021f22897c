"""Link the glossary terms in a lecture, each where it occurs first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import assert_never

from rnntutor.course.blocks import (
    Block,
    Blocks,
    CodeBlock,
    Heading,
    Inline,
    InlinePart,
    Link,
    Listing,
    MathBlock,
    Paragraph,
    Picture,
    Quote,
    Rule,
    RunsBlock,
    Table,
    Text,
)
from rnntutor.course.load import Course

# Particles that may be attached to a Korean noun; with anything else it is another word.
_PARTICLES = (
    r"(?:은|는|이|가|을|를|의|에|에서|에게|로|으로|와|과|도|만|까지|부터|보다|마다|처럼|들|란|이란|"
    r"이다|다|인|일|이며|이고|라|이라|라고)?(?![가-힣])"
)


class Linker:
    """Finds the terms of a course by their headwords in one language, longest first."""

    def __init__(self, course: Course, lang: str) -> None:
        words = [(word, term.id) for term in course.terms for k, word in term.word if k == lang]
        words.sort(key=lambda pair: -len(pair[0]))
        self._ids = {word.lower(): term for word, term in words}
        named = "|".join(_pattern(word) for word, _ in words)
        self._pattern = re.compile(named, re.IGNORECASE) if words else None
        self.linked: set[str] = set()

    def blocks(self, blocks: Blocks) -> Blocks:
        """Return the blocks with a link for each term that has not been linked before."""
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case Paragraph(inline=inline):
                return Paragraph(self._inline(inline))
            case Listing(items=items):
                return replace(block, items=tuple(self.blocks(item) for item in items))
            case Quote(blocks=inside):
                return Quote(self.blocks(inside))
            case Heading() | CodeBlock() | Table() | MathBlock() | Picture() | Rule() | RunsBlock():
                return block
        assert_never(block)

    def _inline(self, inline: Inline) -> Inline:
        out: list[InlinePart] = []
        for part in inline:
            bare = isinstance(part, Text) and part == Text(part.text)
            out += self._text(part) if bare and isinstance(part, Text) else (part,)
        return tuple(out)

    def _text(self, part: Text) -> list[Text]:
        out: list[Text] = []
        at = 0
        for found in self._pattern.finditer(part.text) if self._pattern else ():
            word = next(group for group in found.groups() if group is not None)
            term = self._ids.get(word.lower())
            if term is None or term in self.linked:
                continue
            self.linked.add(term)
            end = found.start() + len(word)
            out += [Text(part.text[at : found.start()]), Text(word, link=Link("term", term))]
            at = end
        return [text for text in (*out, Text(part.text[at:])) if text.text]


def _pattern(word: str) -> str:
    """Return a pattern that finds a headword as a whole word or with a Korean particle."""
    name = re.escape(word)
    if word[-1].isascii():
        return rf"(?<![A-Za-z0-9가-힣-])({name})(?![A-Za-z0-9-])"
    return rf"(?<![A-Za-z0-9가-힣-])({name}){_PARTICLES}"
