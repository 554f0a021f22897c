"""The questions of a course as they leave it, and the right answer of each as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import assert_never

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.course.questions import draw, filled, gap_orders, kind_of, order_of
from rnntutor.course.questions.base import Attempt
from rnntutor.course.questions.forms import (
    Form,
    FormGap,
    GapForm,
    NumberForm,
    NumberGap,
    OptionForm,
    OrderForm,
    PairForm,
    PickedGap,
    TypedGap,
)
from rnntutor.course.variant import Instance, VariantError
from rnntutor.exchange.html import Html
from rnntutor.words import Words


@dataclass(frozen=True, slots=True)
class Posed:
    """A question with its numbers, if it draws any. lesson: where it is taught. number: of its
    variant, from 0; drawn: None for a question without numbers of its own."""

    question: Question
    lesson: str
    lang: str
    number: int = 0
    drawn: Instance | None = None

    @property
    def id(self) -> str:
        """The question's id; with its variant's number where it has several."""
        return self.question.id if self.drawn is None else f"{self.question.id}-{self.number + 1}"

    @property
    def form(self) -> Form:
        """What it is to other programs."""
        return form_of(self.question, self.drawn, self.number)


def posed(course: Course, lang: str, *, lesson: str = "", variants: int = 1) -> Iterator[Posed]:
    """Every question of the course, or of one lesson; of those that draw their numbers so many
    variants. Raises CourseError for an unknown lesson."""
    entries = [course.entry(lesson)] if lesson else course.entries
    for entry in entries:
        try:
            questions = course.lesson(entry.id, lang).questions
        except CourseError:
            if lesson:
                raise
            continue
        for question in questions:
            if not kind_of(question).drawn:
                yield Posed(question, entry.id, lang)
                continue
            for number in range(variants):
                try:
                    filled, drawn = drawn_question(question, "", number)
                except VariantError:
                    continue  # `check` tells the author
                yield Posed(filled, entry.id, lang, number, drawn)


def drawn_question(
    question: Question, salt: str, number: object
) -> tuple[Question, Instance | None]:
    """A question with the numbers of a variant in its text, and these; as it is if it draws none.
    number: as a log has it. Raises VariantError."""
    found = draw(question, salt, number if type(number) is int else 0)
    return (filled(question, found), found) if found else (question, None)


def form_of(question: Question, drawn: Instance | None, number: int = 0) -> Form:
    """The form of a question whose numbers stand in its text. number: of its variant."""
    orders = order_of(question, "", number), gap_orders(question, "", number)
    attempt = Attempt(question, number, *orders, drawn)
    return kind_of(question).form(question.body, attempt)


def writer(course: Course, lang: str, words: Words) -> Html:
    """What writes HTML: on a card, which stands alone, a step is named with its lesson."""
    return Html(words, course.names(lang), lambda to: course.step_name(to, "", lang))


def prompt(one: Posed, html: Html) -> str:
    """The question as a card asks it: its title, its text, and what can be chosen."""
    title = f"<p><strong>{html.inline(one.question.title)}</strong></p>"
    text, form = html.blocks(one.question.prompt), one.form
    match form:
        case OptionForm(options=options):
            return title + text + _listed(html, (option.inline for option in options))
        case OrderForm(items=items, extra=extra, order=order):
            every = (*items, *extra)
            return title + text + _listed(html, (every[n].inline for n in order))
        case PairForm(pairs=pairs, extra=cells, order=order):
            right = (*(b for _, b in pairs), *cells)
            left = _listed(html, (a for a, _ in pairs))
            return title + text + left + _listed(html, (right[n] for n in order))
        case NumberForm():
            return title + text
        case GapForm(text=blocks, gaps=gaps):
            return title + replace(html, gap=lambda n: _gap(gaps[n], n)).blocks(blocks)
    assert_never(form)


def key(one: Posed, html: Html) -> str:
    """The right answer."""
    form = one.form
    match form:
        case OptionForm(options=options):
            return _listed(html, (option.inline for option in options if option.right))
        case OrderForm(items=items):
            return _listed(html, (item.inline for item in items), "ol")
        case PairForm(pairs=pairs):
            return _listed(html, ((*a, Text(": "), *b) for a, b in pairs))
        case NumberForm(key=number):
            return f"<p>{escape(number)}</p>"
        case GapForm(text=blocks, gaps=gaps):
            return replace(html, gap=lambda n: html.inline(key_of(gaps[n]))).blocks(blocks)
    assert_never(form)


def key_of(gap: FormGap) -> Inline:
    """What belongs in a gap."""
    match gap:
        case TypedGap(answers=(answer, *_)) | PickedGap(answer=answer):
            return (Text(answer, strong=True),)
        case TypedGap():
            return ()
        case NumberGap(worked=worked):
            return worked
    assert_never(gap)


def _gap(gap: FormGap, index: int) -> str:
    """A gap before it is filled, with its choices where it has some."""
    choices = " / ".join(gap.choices) if isinstance(gap, PickedGap) else "____"
    return escape(f"[{index + 1}: {choices}]")


def _listed(html: Html, items: Iterable[Inline], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{html.inline(item)}</li>' for item in items)}</{tag}>"
