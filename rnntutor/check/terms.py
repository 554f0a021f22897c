"""Rule for terms: a term that is used before it is taught must first occur as a link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from rnntutor.check.source import Source, said_by
from rnntutor.course.blocks import Inline, Link, Paragraph, Text
from rnntutor.course.lesson import Step
from rnntutor.course.load import plain_text
from rnntutor.course.term import GlossaryTerm
from rnntutor.course.walk import inlines

HANGUL = "가-힣"


def check_terms(sources: Mapping[str, Source], terms: tuple[GlossaryTerm, ...], lang: str) -> None:
    """Check every lesson of one language in the order of the course.

    The opening of a lesson may use the terms that it is going to teach. Once a step has linked to a
    term, later ones may use it.
    """
    order = _order(sources)
    taught = {term.id: order[term.step] for term in terms if term.step in order}
    names = {term.id: dict(term.word).get(lang, "") for term in terms}
    told: set[str] = set()
    for lesson, source in sources.items():
        for step in source.lesson.steps:
            index = order[f"{lesson}.{step.id}"]
            late = {t for t, at in taught.items() if at > index and names[t]} - told
            if not late:
                continue
            spoken = tuple(_inlines_read(step))
            text = " ".join(_text_without_links(inline) for inline in spoken)
            told |= {link.target for link in _links(spoken)}
            for term in sorted(late - told):
                word = _used_form(text, names[term], names)
                if not word:
                    continue
                told.add(term)
                at = source.line(word, step.line)
                where = next(one.step for one in terms if one.id == term)
                source.add_problem(at, "early", word=word, id=term, step=where)


def _order(sources: Mapping[str, Source]) -> dict[str, int]:
    steps = (f"{lesson}.{s.id}" for lesson, source in sources.items() for s in source.lesson.steps)
    return {step: index for index, step in enumerate(steps)}


def _inlines_read(step: Step) -> Iterator[Inline]:
    """Yield all inline content of a step except the answers to its questions."""
    yield step.title
    yield from inlines(step.everything)
    if step.sim is not None:
        yield from said_by(step.sim)
    for question in step.questions:
        yield from inlines((Paragraph(question.title), *question.prompt))


def _links(spoken: tuple[Inline, ...]) -> Iterator[Link]:
    for inline in spoken:
        for piece in inline:
            if isinstance(piece, Text) and piece.link is not None and piece.link.kind == "term":
                yield piece.link


def _text_without_links(inline: Inline) -> str:
    """Return inline content as plain text without links."""
    return plain_text(tuple(p for p in inline if not (isinstance(p, Text) and p.link is not None)))


def _used_form(text: str, name: str, names: Mapping[str, str]) -> str:
    """Return the name as it occurs in the text, or "".

    Longer names are ignored: "output gate" is not a use of "gate".
    """
    for other in names.values():
        if len(other) > len(name) and name.casefold() in other.casefold():
            text = _pattern(other).sub(" ", text)
    found = _pattern(name).search(text)
    return found[0] if found else ""


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for a name as a separate word.

    In English it may have a plural ending, in Korean a particle.
    """
    word = re.escape(name)
    if re.search(f"[{HANGUL}]", name):
        return re.compile(rf"(?<![\w{HANGUL}]){word}")
    return re.compile(rf"(?<![\w-]){word}(?:s|es)?(?![a-zA-Z0-9_-])", re.IGNORECASE)
