"""Every kind of question is complete: what a new kind lacks fails here, before it breaks a page."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from course_files import write
from question_examples import EXAMPLES, REASONS, WHY

from rnntutor.course.blocks import GapMark, Inline, Paragraph, Placeholder
from rnntutor.course.blocks import Text as Words_
from rnntutor.course.load import open_course
from rnntutor.course.load import plain_text as as_text
from rnntutor.course.parse import parse_lesson
from rnntutor.course.question import Body, Option, Question, Reason
from rnntutor.course.questions import draw, fill_question, kind_of, mark
from rnntutor.course.questions.base import QuestionKind
from rnntutor.course.questions.registry import KINDS
from rnntutor.course.walk import inlines
from rnntutor.exchange import anki, learnt, moodle
from rnntutor.exchange.html import Html
from rnntutor.exchange.markdown import Markdown
from rnntutor.failure import Refused
from rnntutor.pages import question as page
from rnntutor.pages.questions import drawing_of
from rnntutor.pages.questions.registry import DRAWINGS
from rnntutor.plain import asking
from rnntutor.plain.answers import answer, form
from rnntutor.plain.lines import Lines
from rnntutor.render.prose import Context
from rnntutor.session import question as questions
from rnntutor.session import records
from rnntutor.session.question import CONFIDENCE, DONE, QuestionState
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.tui import commands
from rnntutor.words import LANGUAGES, Words, load

CONTENTS = """\
[course]
title.en = "T"

[[topic]]
id = "a"
en = "A"

[[lesson]]
id = "one"
file = "one.md"
title.en = "T"
question.en = "T?"
topics = ["a"]
"""
kinds = pytest.mark.parametrize("name", KINDS)
langs = pytest.mark.parametrize("lang", LANGUAGES)
JUNK = (None, "", "x", -1, 3.5, True, [], [None], [0, "a"], ["", ""], {"a": 1}, "1/0", 1e301)


def source_of(name: str) -> str:
    """Return a lesson with one question of the kind."""
    reasons = REASONS if kind_has_reasons(name) else ""
    head = f"# T\n\n## S {{#s}}\n\n### Q {{#a.b type={name}}}"
    return f"{head}\n\n{EXAMPLES[name]}{reasons}{WHY}"


def example(name: str) -> Question:
    lesson, problems = parse_lesson(source_of(name), "x.md", "en", "cell", load("en"))
    assert not problems, [str(problem) for problem in problems]
    return lesson.questions[0]


def kind_has_reasons(name: str) -> bool:
    return type(KINDS[name]).with_reasons is not QuestionKind.with_reasons


def asked(name: str) -> QuestionState:
    return questions.ask(example(name), salt="salt", number=1)


def context(words: Words) -> Context:
    return Context(words, {}, {})


def done(it: QuestionState) -> QuestionState:
    """Return the question with the verdict on its draft."""
    return questions.set_verdict(it, questions.verdict(it))


def given_up(it: QuestionState) -> QuestionState:
    return done(questions.give_up(questions.give_up(it)))


def key_of(it: QuestionState, words: Words) -> str:
    """Return the right answer as it is typed in the plain mode."""
    first = next(drawing_of(it.question).key(given_up(it), words, 76, context(words)))
    return first.removeprefix(words("plain.question.key", answer="\0").partition("\0")[0])


@kinds
def test_each_kind_is_registered_by_its_name_with_a_drawing_and_an_example(name: str) -> None:
    assert KINDS[name].name == name
    assert name in DRAWINGS
    assert name in EXAMPLES
    assert isinstance(example(name).body, Body)


def test_nothing_is_drawn_that_is_no_kind() -> None:
    assert set(DRAWINGS) == set(KINDS) == set(EXAMPLES)


def inside(value: object) -> Iterator[object]:
    """Yield the options and text lines in a question's body."""
    if isinstance(value, Option):
        yield value
    elif isinstance(value, Reason):
        yield value.inline
    elif isinstance(value, Paragraph):
        return
    elif isinstance(value, tuple):
        if value and all(isinstance(part, Words_ | GapMark | Placeholder) for part in value):
            yield value
        else:
            for part in value:
                yield from inside(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from inside(getattr(value, field.name))


@kinds
def test_check_reads_every_word_of_a_body(name: str) -> None:
    body: Body = example(name).body
    kind = KINDS[name]
    read: set[object] = {*kind.options(body), *kind.sentences(body)}
    assert [part for part in inside(body) if part not in read] == []


@langs
@kinds
def test_the_words_of_a_kind_are_there(name: str, lang: str) -> None:
    words, it = load(lang), asked(name)
    kind, drawing = KINDS[name], DRAWINGS[name]
    keys = [drawing.missing, form(it).key]
    keys += [it.field.key] if it.field is not None else []
    keys += [f"{kind.pick_label}{end}" for end in ("", "-here")] if kind.pick_label else []
    keys += [command.label for command in commands.question(it)]
    assert [key for key in keys if key not in words.table()] == []
    assert words(form(it).key, **form(it).values)


@kinds
def test_the_commands_of_the_page_lead_to_an_answer(name: str) -> None:
    it = asked(name)
    names = {command.name for command in commands.question(it)}
    assert questions.raw_answer(it) is None
    assert questions.submit(it).complaint == questions.EMPTY
    assert it.field is not None or "pick" in names
    for _ in range(max(1, it.rows)):
        if it.field is not None:
            it = questions.type_text(it, "0.5" if it.rows else key_of(it, load("en")))
        elif questions.choices(it):
            it = questions.pick(it, 0)
        else:
            it = questions.pick(it)
        it = questions.walk(it, 1)
    assert questions.raw_answer(it) is not None
    assert questions.submit(it).state == CONFIDENCE


@langs
@kinds
def test_the_answer_that_is_shown_is_right_when_it_is_typed(name: str, lang: str) -> None:
    words = load(lang)
    it = answer(asked(name), key_of(asked(name), words))
    verdict = questions.verdict(it)
    assert (verdict.state, verdict.score) == ("right", 1.0)


@kinds
def test_what_is_logged_is_plain_and_marked_alike_when_it_is_read_back(name: str) -> None:
    it = questions.set_confidence(answer(asked(name), key_of(asked(name), load("en"))), 2)
    verdict = questions.verdict(it)
    _, data = records.answer(it, verdict, lang="en", seconds=1.0)
    back = json.loads(json.dumps(data))
    assert mark(it.question, back["given"], instance=it.instance) == verdict
    assert verdict.right == mark(it.question, verdict.right, instance=it.instance).right


@kinds
def test_an_answer_that_is_shown_counts_for_nothing(name: str) -> None:
    verdict = given_up(asked(name)).verdict
    assert verdict is not None
    assert (verdict.score, verdict.state) == (0.0, "wrong")


@pytest.mark.parametrize("raw", JUNK, ids=repr)
@kinds
def test_whatever_a_log_holds_is_marked_or_is_nothing(name: str, raw: object) -> None:
    it = asked(name)
    verdict = mark(it.question, raw, instance=it.instance)
    assert verdict is None or 0 <= verdict.score <= 1


@kinds
def test_a_line_that_cannot_be_the_answer_is_refused_with_a_sentence(name: str) -> None:
    it = asked(name)
    for line in ("?", "?? !!"):
        with pytest.raises(Refused) as refused:
            answer(it, line)
        assert refused.value.key in load("en").table()


@langs
@pytest.mark.parametrize("cells", [60, 76])
@kinds
def test_a_kind_is_drawn_before_and_after_its_answer(name: str, cells: int, lang: str) -> None:
    words = load(lang)
    told = context(words)

    def drawn(it: QuestionState) -> list[str]:
        rows = page.question_rows(it, words, cells, told)
        assert all(sum(span.width for span in row) <= cells for row in rows)
        return [plain(row) for row in rows]

    blank = asked(name)
    right = answer(blank, key_of(asked(name), words))
    verdict = done(right)
    assert verdict.state == DONE
    assert len({tuple(drawn(it)) for it in (blank, right, verdict, given_up(asked(name)))}) == 4
    said = io.StringIO()
    lines = Lines(io.StringIO(), said)
    asking.show(blank, lines, words, told)
    asking.verdict(given_up(asked(name)), lines, words, told)
    assert words("question.why") in said.getvalue()


@kinds
def test_a_taken_back_draft_is_blank(name: str) -> None:
    it = answer(asked(name), key_of(asked(name), load("en")))
    blank = kind_of(it.question).blank(it.question.body)
    assert questions.raw_answer(replace(it, draft=blank)) is None


@kinds
def test_the_misconceptions_that_a_question_names_are_known(name: str) -> None:
    named = re.findall(r"\{m=([^}]+)\}|slip = \"(\w+)\"", source_of(name))
    found = KINDS[name].ideas(example(name).body)
    assert found == {code or slip for code, slip in named}


@kinds
def test_where_numbers_are_drawn_they_stand_in_every_sentence(name: str) -> None:
    question = example(name)
    numbers = draw(question, "salt", 1)
    assert (numbers is not None) == KINDS[name].drawn
    if numbers is not None:
        told = fill_question(question, numbers)
        lines = (
            *inlines(told.prompt),
            *(x for x in inside(told.body) if not isinstance(x, Option)),
        )
        assert lines
        assert not any(isinstance(part, Placeholder) for line in lines for part in line)


# ---- exports -------------------------------------------------------------------------------


def right_in_words(question: Question) -> list[Inline]:
    """Return the right answer, part by part."""
    it = questions.ask(question, salt="", number=0)
    right = questions.verdict(answer(it, key_of(it, load("en")))).right
    parts = kind_of(question).answer_parts(question.body, right)
    return [(Words_(p.said),) if isinstance(p.said, str) else p.said for p in parts if p.said]


def rounded(text: str) -> str:
    """Return the text with its numbers rounded to three decimals."""
    return re.sub(r"\d+\.\d+", lambda number: f"{float(number[0]):.3f}", text.replace("−", "-"))


@kinds
def test_every_kind_has_a_front_and_a_back_in_every_export(name: str, tmp_path: Path) -> None:
    """The right answer appears on cards, in Moodle's file, and beside the learner's answers."""
    words = load("en")
    lesson = source_of(name).replace("# T", "# T {#one}")
    course = open_course(write(tmp_path, {"course.toml": CONTENTS, "en/one.md": lesson}), words)
    right = right_in_words(course.lesson("one", "en").questions[0])
    assert right

    rows = [line for line in anki.notes(course, words).splitlines() if not line.startswith("#")]
    _, front, back, _ = next(csv.reader(rows, delimiter="\t"))
    html = Html(words, {}, str)
    assert all(html.inline(part) in back for part in right)
    assert front != back

    asked_there = ET.fromstring(moodle.quiz(course, words)).findall("question")[1]
    told = rounded("".join(asked_there.itertext()))
    assert all(rounded(as_text(part)) in told for part in right)

    it = {"question": "a.b", "rev": 1, "variant": 0, "given": None, "lang": "en", "score": 0.0}
    event = Event("s", 1, "2026-01-01T00:00:00.000000Z", "+00:00", "answer", it)
    kept = learnt.document(course, [event], words).partition(f"{words('learnt.right')}:")[2]
    write_down = Markdown(words, {}, str)
    assert all(write_down.inline(part) in kept for part in right)
