"""Export the questions of a course as Moodle XML (https://docs.moodle.org/en/Moodle_XML_format).

- options (single, multi) -> multichoice
- a number (numeric, trace) -> numerical; a known mistake is an answer with score 0 and feedback
- a text with gaps (cloze, faded) -> cloze
- order and match -> matching, which every Moodle has

Moodle has no equivalent for another attempt after early rounding and for typed expressions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from typing import assert_never
from xml.etree import ElementTree as ET

from rnntutor.course.blocks import Inline, Paragraph
from rnntutor.course.load import Course, in_language
from rnntutor.course.load import plain_text as as_text
from rnntutor.course.question import Option
from rnntutor.course.questions.forms import (
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
from rnntutor.course.term import GlossaryTerm
from rnntutor.exchange.html import Html
from rnntutor.exchange.questions import Posed, pose_questions, writer
from rnntutor.words import Words

VARIANTS = 10  # exported variants of a question with drawn numbers


def quiz(course: Course, words: Words, lesson: str = "") -> str:
    """Return the text of the file.

    Args:
        course: The course.
        words: Words in the language of the export.
        lesson: Id of a lesson to export alone.

    Raises:
        CourseError: The lesson is unknown.
    """
    root = ET.Element("quiz")
    title = in_language(course.title, words.lang).replace("/", "//")
    category = ""
    html = writer(course, words.lang, words)
    for one in pose_questions(course, words.lang, lesson=lesson, variants=VARIANTS):
        if one.question.topic != category:
            category = one.question.topic
            names = {topic.id: in_language(topic.name, words.lang) for topic in course.topics}
            name = names.get(category, category).replace("/", "//")
            holder = ET.SubElement(root, "question", type="category")
            _text(ET.SubElement(holder, "category"), f"$course$/top/{title}/{name}")
        root.append(_question(one, html, course.terms))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _question(one: Posed, html: Html, terms: Iterable[GlossaryTerm]) -> ET.Element:
    question, form = one.question, one.form
    match form:
        case OptionForm():
            element = _options(form, html)
        case OrderForm():
            element = _order(form, html)
        case PairForm():
            element = _pairs(form, html)
        case NumberForm():
            element = _number(form, html)
        case GapForm():
            element = ET.Element("question", type="cloze")
        case other:
            assert_never(other)
    text = (
        _gap_text(form, html, terms) if isinstance(form, GapForm) else html.blocks(question.prompt)
    )
    head = [
        _text_element("name", _plain_title(one)),
        _html("questiontext", text),
        _html("generalfeedback", html.blocks(question.why)),
        _value("idnumber", one.id),
    ]
    if element.get("type") != "cloze":
        head.append(_value("defaultgrade", "1"))
    for index, child in enumerate(head):
        element.insert(index, child)
    for hint in question.hints:
        element.append(_html("hint", html.blocks(hint)))
    tags = ET.SubElement(element, "tags")
    for tag in dict.fromkeys((one.lesson, question.topic)):
        _text(ET.SubElement(tags, "tag"), tag)
    return element


# ---- the forms ---------------------------------------------------------------------------------


def _options(form: OptionForm, html: Html) -> ET.Element:
    """Return a multichoice question.

    With several right options each scores its share, and a wrong option costs as much.
    """
    element = ET.Element("question", type="multichoice")
    element.append(_value("single", "false" if form.several else "true"))
    fixed = any(option.fixed for option in form.options)
    element.append(_value("shuffleanswers", "false" if fixed else "true"))
    element.append(_value("answernumbering", "123"))
    share = 100 / max(1, sum(option.right for option in form.options))
    for option in form.options:
        worth = share if option.right else (-share if form.several else 0.0)
        answer = ET.SubElement(element, "answer", fraction=_fraction(worth), format="html")
        _text(answer, html.inline(option.inline))
        answer.append(_html("feedback", html.blocks(option.feedback)))
    return element


def _number(form: NumberForm, html: Html) -> ET.Element:
    element = ET.Element("question", type="numerical")
    _answer(element, form.value, max(form.spread, 0.0), 100.0, "")
    for mistake in form.mistakes:
        _answer(element, mistake.value, mistake.spread, 0.0, html.inline(mistake.say))
    return element


def _order(form: OrderForm, html: Html) -> ET.Element:
    """Return a matching question from positions to items; extra items match no position."""
    element = ET.Element("question", type="matching")
    element.append(_value("shuffleanswers", "true"))
    for number, item in enumerate(form.items, 1):
        _pair(element, str(number), item.inline)
    for item in form.extra:
        _pair(element, "", item.inline)
    _reasons(element, _feedback(form.extra), html)
    return element


def _pairs(form: PairForm, html: Html) -> ET.Element:
    element = ET.Element("question", type="matching")
    element.append(_value("shuffleanswers", "true"))
    for left, right in form.pairs:
        _pair(element, html.inline(left), right)
    for cell in form.extra:
        _pair(element, "", cell)
    _reasons(element, form.reasons, html)
    return element


def _gap_text(form: GapForm, html: Html, terms: Iterable[GlossaryTerm]) -> str:
    """Return the text with Moodle's notation of gaps: `{1:SHORTANSWER:=right~*#reason}`."""
    return replace(html, gap=lambda n: _gap(form.gaps[n], html, terms)).blocks(form.text)


def _gap(gap: FormGap, html: Html, terms: Iterable[GlossaryTerm]) -> str:
    why = _escape(html.inline(gap.reason))
    match gap:
        case TypedGap(answers=answers):
            right = "~".join(f"={_escape(text)}" for text in spellings(answers, terms))
            return f"{{1:SHORTANSWER:{right}~*#{why}}}"
        case PickedGap(choices=choices, answer=answer):
            parts = (
                f"={_escape(text)}" if text == answer else f"{_escape(text)}#{why}"
                for text in choices
            )
            return f"{{1:MULTICHOICE:{'~'.join(parts)}}}"
        case NumberGap(value=value, spread=spread):
            return f"{{1:NUMERICAL:={_format_number(value)}:{_format_number(spread)}~*#{why}}}"
    assert_never(gap)


def spellings(answers: Iterable[str], terms: Iterable[GlossaryTerm]) -> tuple[str, ...]:
    """Return everything that may be typed: the answers and all names of a term among them."""
    found = dict.fromkeys(answers)
    known = {answer.casefold() for answer in found}
    for term in terms:
        if known & {name.casefold() for name in term.names}:
            found.update(dict.fromkeys(term.names))
    return tuple(found)


# ---- elements ----------------------------------------------------------------------------------


def _answer(element: ET.Element, value: float, spread: float, worth: float, say: str) -> None:
    answer = ET.SubElement(
        element, "answer", fraction=_fraction(worth), format="moodle_auto_format"
    )
    _text(answer, _format_number(value))
    answer.append(_html("feedback", say))
    answer.append(_value("tolerance", _format_number(spread)))


def _pair(element: ET.Element, left: str, right: Inline) -> None:
    """Add a pair. The right side is plain text, because it is shown in a menu without formulas."""
    sub = ET.SubElement(element, "subquestion", format="html")
    _text(sub, left)
    _text(ET.SubElement(sub, "answer"), escape(as_text(right), quote=False))


def _reasons(element: ET.Element, reasons: Iterable[Inline], html: Html) -> None:
    """Add the explanations as feedback for wrong answers, as Moodle has none for single pairs."""
    inside = "".join(f"<li>{html.inline(reason)}</li>" for reason in reasons)
    if inside:
        element.append(_html("incorrectfeedback", f"<ul>{inside}</ul>"))
        element.append(_html("partiallycorrectfeedback", f"<ul>{inside}</ul>"))


def _feedback(options: Iterable[Option]) -> Iterator[Inline]:
    for option in options:
        for block in option.feedback:
            if isinstance(block, Paragraph):
                yield block.inline


def _html(tag: str, inside: str) -> ET.Element:
    element = ET.Element(tag, format="html")
    _text(element, inside)
    return element


def _text_element(tag: str, inside: str) -> ET.Element:
    element = ET.Element(tag)
    _text(element, inside)
    return element


def _value(tag: str, inside: str) -> ET.Element:
    element = ET.Element(tag)
    element.text = inside
    return element


def _text(element: ET.Element, inside: str) -> None:
    ET.SubElement(element, "text").text = inside


def _plain_title(one: Posed) -> str:
    number = f" ({one.number + 1})" if one.drawn is not None else ""
    return f"{as_text(one.question.title)}{number}"


def _fraction(worth: float) -> str:
    """Format a percentage for Moodle, which accepts up to five decimals: 33.33333."""
    return f"{worth:.5f}".rstrip("0").rstrip(".")


def _format_number(value: float) -> str:
    return repr(round(value, 12)) if math.isfinite(value) else "0"


def _escape(text: str) -> str:
    """Escape the characters with a meaning within a gap as HTML entities."""
    return "".join(f"&#{ord(c)};" if c in "{}#~" else c for c in text).replace('"', "&quot;")
