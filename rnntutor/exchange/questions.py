"""The questions of a course for export, and the right answer of each as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import assert_never

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.errors import CourseError
from rnntutor.course.load import Course
from rnntutor.course.question import Question
from rnntutor.course.questions import draw, fill_question, gap_orders, kind_of, order_of
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
    """A question with its numbers, if it has drawn ones.

    Attributes:
        question: The question, with the numbers in its text.
        lesson: Id of its lesson.
        lang: Language.
        number: Number of its variant, from 0.
        drawn: The drawn numbers, None for a question without any.
    """

    question: Question
    lesson: str
    lang: str
    number: int = 0
    drawn: Instance | None = None

    @property
    def id(self) -> str:
        """Return the id of the question, with the number of the variant if it has several."""
        return self.question.id if self.drawn is None else f"{self.question.id}-{self.number + 1}"

    @property
    def form(self) -> Form:
        """Return the form of the question for other programs."""
        return form_of(self.question, self.drawn, self.number)


def pose_questions(
    course: Course, lang: str, *, lesson: str = "", variants: int = 1
) -> Iterator[Posed]:
    """Yield every question of the course or of one lesson.

    Args:
        course: The course.
        lang: Language.
        lesson: Id of a lesson, "" for the whole course.
        variants: Number of variants of a question with drawn numbers.

    Raises:
        CourseError: The lesson is unknown.
    """
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
                    continue  # `check` reports this to the author
                yield Posed(filled, entry.id, lang, number, drawn)


def drawn_question(
    question: Question, salt: str, number: object
) -> tuple[Question, Instance | None]:
    """Return a question with the numbers of a variant in its text, and the numbers.

    Args:
        question: The question.
        salt: Salt of the learner.
        number: Number of the variant as logged; anything but an integer means 0.

    Returns:
        The question and its numbers; the unchanged question and None if it draws none.

    Raises:
        VariantError: The variant cannot be computed.
    """
    found = draw(question, salt, number if type(number) is int else 0)
    return (fill_question(question, found), found) if found else (question, None)


def form_of(question: Question, drawn: Instance | None, number: int = 0) -> Form:
    """Return the form of a question with its numbers in its text; `number` is its variant."""
    orders = order_of(question, "", number), gap_orders(question, "", number)
    attempt = Attempt(question, number, *orders, drawn)
    return kind_of(question).form(question.body, attempt)


def writer(course: Course, lang: str, words: Words) -> Html:
    """Return a renderer of HTML for cards, on which links to steps include the lesson."""
    return Html(words, course.names(lang), lambda to: course.step_name(to, "", lang))


def prompt(one: Posed, html: Html) -> str:
    """Return the front of a card: title, text and choices."""
    title = f"<p><strong>{html.inline(one.question.title)}</strong></p>"
    text, form = html.blocks(one.question.prompt), one.form
    match form:
        case OptionForm(options=options):
            return title + text + _list_html(html, (option.inline for option in options))
        case OrderForm(items=items, extra=extra, order=order):
            every = (*items, *extra)
            return title + text + _list_html(html, (every[n].inline for n in order))
        case PairForm(pairs=pairs, extra=cells, order=order):
            right = (*(b for _, b in pairs), *cells)
            left = _list_html(html, (a for a, _ in pairs))
            return title + text + left + _list_html(html, (right[n] for n in order))
        case NumberForm():
            return title + text
        case GapForm(text=blocks, gaps=gaps):
            return title + replace(html, gap=lambda n: _gap(gaps[n], n)).blocks(blocks)
    assert_never(form)


def key(one: Posed, html: Html) -> str:
    """Return the right answer."""
    form = one.form
    match form:
        case OptionForm(options=options):
            return _list_html(html, (option.inline for option in options if option.right))
        case OrderForm(items=items):
            return _list_html(html, (item.inline for item in items), "ol")
        case PairForm(pairs=pairs):
            return _list_html(html, ((*a, Text(": "), *b) for a, b in pairs))
        case NumberForm(key=number):
            return f"<p>{escape(number)}</p>"
        case GapForm(text=blocks, gaps=gaps):
            return replace(html, gap=lambda n: html.inline(key_of(gaps[n]))).blocks(blocks)
    assert_never(form)


def key_of(gap: FormGap) -> Inline:
    """Return the right content of a gap."""
    match gap:
        case TypedGap(answers=(answer, *_)) | PickedGap(answer=answer):
            return (Text(answer, strong=True),)
        case TypedGap():
            return ()
        case NumberGap(worked=worked):
            return worked
    assert_never(gap)


def _gap(gap: FormGap, index: int) -> str:
    """Return an empty gap, with its choices if it has any."""
    choices = " / ".join(gap.choices) if isinstance(gap, PickedGap) else "____"
    return escape(f"[{index + 1}: {choices}]")


def _list_html(html: Html, items: Iterable[Inline], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{html.inline(item)}</li>' for item in items)}</{tag}>"
