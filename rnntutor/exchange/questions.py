"""The questions of a course as they leave it, and the right answer of each as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape

from rnntutor.course.blocks import Gap, Inline, Question
from rnntutor.course.errors import CourseError
from rnntutor.course.faded import Faded
from rnntutor.course.fill import decimal, question_filled
from rnntutor.course.load import Course
from rnntutor.course.questions import kind_of, order_of
from rnntutor.course.questions.cloze import Cloze
from rnntutor.course.questions.match import Match
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.questions.options import Choice
from rnntutor.course.questions.order import Order
from rnntutor.course.variant import Instance, Variant, VariantError
from rnntutor.course.working import shown, worked
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


def posed(
    course: Course, lang: str, *, lesson: str = "", variants: int = 1, salt: str = ""
) -> Iterator[Posed]:
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
                    filled, drawn = drawn_question(question, salt, number)
                except VariantError:
                    continue  # `check` tells the author
                yield Posed(filled, entry.id, lang, number, drawn)


def drawn_question(
    question: Question, salt: str, number: object
) -> tuple[Question, Instance | None]:
    """A question with the numbers of a variant in its text, and these; as it is if it draws none.
    number: as a log has it. Raises VariantError."""
    drawn = kind_of(question).draw(question, salt, number if type(number) is int else 0)
    return (question_filled(question, drawn), drawn) if drawn else (question, None)


def writer(course: Course, lesson: str, lang: str, words: Words) -> Html:
    """What writes the HTML of a lesson."""
    return Html(words, course.names(lang), lambda to: course.step_name(to, lesson, lang))


def prompt(one: Posed, html: Html) -> str:
    """The question as a card asks it: its title, its text, and what can be chosen."""
    question, body = one.question, one.question.body
    if isinstance(body, Cloze):
        html = replace(html, gap=lambda index: _gap(body.gaps[index], index))
    head = f"<p><strong>{html.inline(question.title)}</strong></p>"
    return head + html.blocks(question.prompt) + _choices(one, html)


def key(one: Posed, html: Html) -> str:
    """The right answer."""
    body = one.question.body
    if isinstance(body, Cloze):
        filled = replace(html, gap=lambda n: f"<strong>{escape(body.gaps[n].answers[0])}</strong>")
        return filled.blocks(one.question.prompt)
    right = right_answers(one.question, one.drawn, html.inline)
    if isinstance(body, Order):
        return f"<ol>{''.join(f'<li>{item}</li>' for item in right)}</ol>"
    return f"<p>{right[0]}</p>" if isinstance(body, Numeric | Variant) else _listed(right)


def right_answers(
    question: Question, drawn: Instance | None, inline: Callable[[Inline], str]
) -> list[str]:
    """The parts of the right answer, in order; none of a cloze, whose text says them."""
    match question.body:
        case Choice() as body:
            return [inline(option.inline) for option in body.options if option.right]
        case Order() as body:
            return [inline(item.inline) for item in body.items]
        case Match() as body:
            return [f"{inline(a)}: {inline(b)}" for a, b in body.pairs]
        case Numeric() as body:
            return [f"{body.key}{' %' if body.percent else ''}"]
        case Variant() if drawn is not None:
            return [decimal(drawn.key)]
        case Faded() as body if drawn is not None:
            return [inline(worked(line, drawn)) for line in body.gaps]
    return []


def order(one: Posed) -> tuple[int, ...]:
    """In which order the choices stand: places in the author's order."""
    return order_of(one.question, "", one.number)


def _choices(one: Posed, html: Html) -> str:
    """What can be chosen, put in order or matched; nothing for what is typed."""
    match one.question.body:
        case Choice() | Order() as body:
            options = kind_of(one.question).options(body)
            return _listed([html.inline(options[n].inline) for n in order(one)])
        case Match() as body:
            left = _listed([html.inline(a) for a, _ in body.pairs])
            return left + _listed([html.inline(body.right_cells[n]) for n in order(one)])
        case Faded() as body:
            assert one.drawn is not None
            said = [html.inline(shown(body, line, one.drawn)) for line in body.lines]
            gaps = {line: f"[{n}: ____]" for n, line in enumerate(body.gaps, 1)}
            return _listed([s + gaps.get(x, "") for s, x in zip(said, body.lines, strict=True)])
        case _:
            return ""


def _gap(gap: Gap, index: int) -> str:
    """A gap before it is filled, with its choices where it has some."""
    choices = escape(" / ".join(sorted(gap.choices)))
    return f"[{index + 1}: {choices}]" if choices else f"[{index + 1}: ____]"


def _listed(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
