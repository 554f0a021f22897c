"""A course's questions as Moodle XML (https://docs.moodle.org/en/Moodle_XML_format).

single, multi -> multichoice; numeric, trace -> numerical, a known mistake as an answer worth
nothing with its reason; cloze, faded -> cloze; order, match -> matching, since every Moodle has it.
What only the tutor can do (rounding too early is asked again, expressions) Moodle does not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from xml.etree import ElementTree as ET

from rnntutor.course.blocks import Inline, Option, Paragraph, Term
from rnntutor.course.faded import Faded
from rnntutor.course.load import Course, in_language
from rnntutor.course.load import shown as as_text
from rnntutor.course.questions.cloze import Cloze
from rnntutor.course.questions.match import Match
from rnntutor.course.questions.multi import Multi
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.questions.options import Choice
from rnntutor.course.questions.order import Order
from rnntutor.course.variant import Variant, compute, tolerance
from rnntutor.course.working import shown
from rnntutor.exchange.html import Html
from rnntutor.exchange.questions import Posed, order, posed, writer
from rnntutor.words import Words

VARIANTS = 10  # numbered instances of a question that draws its numbers


def quiz(course: Course, words: Words, lesson: str = "") -> str:
    """The file. Raises CourseError for an unknown lesson."""
    root = ET.Element("quiz")
    title = in_language(course.title, words.lang).replace("/", "//")
    category = ""
    for one in posed(course, words.lang, lesson=lesson, variants=VARIANTS):
        if one.question.topic != category:
            category = one.question.topic
            names = {topic.id: in_language(topic.name, words.lang) for topic in course.topics}
            name = names.get(category, category).replace("/", "//")
            holder = ET.SubElement(root, "question", type="category")
            _text(ET.SubElement(holder, "category"), f"$course$/top/{title}/{name}")
        root.append(_question(one, writer(course, one.lesson, words.lang, words), course.terms))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _question(one: Posed, html: Html, terms: Iterable[Term]) -> ET.Element:
    question, text = one.question, html.blocks(one.question.prompt)
    match question.body:
        case Choice() as body:
            element = _choice(one, body, html)
        case Numeric() as body:
            element = _numeric(body, html)
        case Variant() as body:
            element = _trace(one, body, html)
        case Order() as body:
            element = _order(one, body, html)
        case Match() as body:
            element = _match(body, html)
        case Faded() as body:
            element, text = ET.Element("question", type="cloze"), _faded(one, body, html)
        case Cloze() as body:
            element, text = ET.Element("question", type="cloze"), _cloze(one, body, html, terms)
        case other:
            raise TypeError(type(other).__name__)
    head = [
        _named("name", _plain_title(one, html)),
        _html("questiontext", text),
        _html("generalfeedback", html.blocks(question.why)),
        _value("idnumber", one.id),
    ]
    if element.get("type") != "cloze":
        head.append(_value("defaultgrade", "1"))
    for place, child in enumerate(head):
        element.insert(place, child)
    for hint in question.hints:
        element.append(_html("hint", html.blocks(hint)))
    tags = ET.SubElement(element, "tags")
    for tag in dict.fromkeys((one.lesson, question.topic)):
        _text(ET.SubElement(tags, "tag"), tag)
    return element


# ---- the kinds ---------------------------------------------------------------------------------


def _choice(one: Posed, body: Choice, html: Html) -> ET.Element:
    """Of several right ones each is worth its share, and a wrong one takes as much away."""
    element = ET.Element("question", type="multichoice")
    several = isinstance(body, Multi)
    element.append(_value("single", "false" if several else "true"))
    fixed = any(option.fixed for option in body.options)
    element.append(_value("shuffleanswers", "false" if fixed else "true"))
    element.append(_value("answernumbering", "123"))
    share = 100 / max(1, sum(option.right for option in body.options))
    for place in order(one):
        option = body.options[place]
        worth = share if option.right else (-share if several else 0.0)
        answer = ET.SubElement(element, "answer", fraction=_fraction(worth), format="html")
        _text(answer, html.inline(option.inline))
        answer.append(_html("feedback", html.blocks(option.feedback)))
    return element


def _numeric(body: Numeric, html: Html) -> ET.Element:
    element = ET.Element("question", type="numerical")
    _number(element, body.middle, max(body.spread, 0.0), 100.0, "")
    for value, reason in body.slips:
        _number(element, value, body.spread, 0.0, html.inline(reason))
    return element


def _trace(one: Posed, body: Variant, html: Html) -> ET.Element:
    assert one.drawn is not None
    element = ET.Element("question", type="numerical")
    right = tolerance(body, one.drawn)
    _number(element, one.drawn.key, right, 100.0, "")
    for value, wrong in one.drawn.slips:
        if abs(value - one.drawn.key) > right:
            say = next((w.say for w in body.wrong if (w.slip, w.of) == (wrong.slip, wrong.of)), ())
            _number(element, value, body.atol, 0.0, html.inline(say))
    return element


def _order(one: Posed, body: Order, html: Html) -> ET.Element:
    """To each place its item; what is out of place is an answer that fits nowhere."""
    element = ET.Element("question", type="matching")
    element.append(_value("shuffleanswers", "true"))
    for place, item in enumerate(body.items, 1):
        _pair(element, str(place), item.inline)
    for item in body.distractors:
        _pair(element, "", item.inline)
    _reasons(element, _feedback(body.distractors), html)
    return element


def _match(body: Match, html: Html) -> ET.Element:
    element = ET.Element("question", type="matching")
    element.append(_value("shuffleanswers", "true"))
    for left, right in body.pairs:
        _pair(element, html.inline(left), right)
    for cell in body.extra:
        _pair(element, "", cell)
    _reasons(element, [reason.inline for reason in body.reasons], html)
    return element


def _cloze(one: Posed, body: Cloze, html: Html, terms: Iterable[Term]) -> str:
    """The text with Moodle's own notation at the gaps: `{1:SHORTANSWER:=right~*#reason}`."""

    def gap(index: int) -> str:
        asked = body.gaps[index]
        reason = body.reasons[index].inline if index < len(body.reasons) else ()
        why = _escaped(html.inline(reason))
        if asked.kind == "type":
            right = "~".join(f"={_escaped(text)}" for text in spellings(asked.answers, terms))
            return f"{{1:SHORTANSWER:{right}~*#{why}}}"
        choices = (
            f"={_escaped(text)}" if text in asked.answers else f"{_escaped(text)}#{why}"
            for text in asked.choices
        )
        return f"{{1:MULTICHOICE:{'~'.join(choices)}}}"

    return replace(html, gap=gap).blocks(one.question.prompt)


def _faded(one: Posed, body: Faded, html: Html) -> str:
    """The calculation with `{1:NUMERICAL:=0.27:0.005~*#reason}` in its gaps."""
    assert one.drawn is not None
    items = []
    for line in body.lines:
        said = html.inline(shown(body, line, one.drawn))
        if line.gap:
            block = body.variants[body.gaps.index(line)]
            [drawn] = compute((block,), one.drawn.values)
            right = f"{_written(drawn.key)}:{_written(tolerance(block, drawn))}"
            said += f"{{1:NUMERICAL:={right}~*#{_escaped(html.inline(line.gap))}}}"
        items.append(f"<li>{said}</li>")
    return f"{html.blocks(one.question.prompt)}<ul>{''.join(items)}</ul>"


def spellings(answers: Iterable[str], terms: Iterable[Term]) -> tuple[str, ...]:
    """Everything that may be typed: the answers and, of a term, its names in every language."""
    found = dict.fromkeys(answers)
    known = {answer.casefold() for answer in found}
    for term in terms:
        if known & {name.casefold() for name in term.names}:
            found.update(dict.fromkeys(term.names))
    return tuple(found)


# ---- its elements ------------------------------------------------------------------------------


def _number(element: ET.Element, value: float, spread: float, worth: float, say: str) -> None:
    answer = ET.SubElement(
        element, "answer", fraction=_fraction(worth), format="moodle_auto_format"
    )
    _text(answer, _written(value))
    answer.append(_html("feedback", say))
    answer.append(_value("tolerance", _written(spread)))


def _pair(element: ET.Element, left: str, right: Inline) -> None:
    """The answers stand in a menu of the browser, which shows no formula: they are plain text."""
    sub = ET.SubElement(element, "subquestion", format="html")
    _text(sub, left)
    _text(ET.SubElement(sub, "answer"), escape(as_text(right), quote=False))


def _reasons(element: ET.Element, reasons: Iterable[Inline], html: Html) -> None:
    """Moodle's matching knows no feedback of a pair: it stands together under a wrong answer."""
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


def _named(tag: str, inside: str) -> ET.Element:
    element = ET.Element(tag)
    _text(element, inside)
    return element


def _value(tag: str, inside: str) -> ET.Element:
    element = ET.Element(tag)
    element.text = inside
    return element


def _text(element: ET.Element, inside: str) -> None:
    ET.SubElement(element, "text").text = inside


def _plain_title(one: Posed, html: Html) -> str:
    number = f" ({one.number + 1})" if one.drawn is not None else ""
    return f"{as_text(one.question.title)}{number}"


def _fraction(worth: float) -> str:
    """Moodle takes shares with up to five decimals: 33.33333."""
    return f"{worth:.5f}".rstrip("0").rstrip(".")


def _written(value: float) -> str:
    return repr(round(value, 12)) if math.isfinite(value) else "0"


def _escaped(text: str) -> str:
    """What has a meaning within a gap, as HTML's own notation for it, which Moodle reads back."""
    return "".join(f"&#{ord(c)};" if c in "{}#~" else c for c in text).replace('"', "&quot;")
