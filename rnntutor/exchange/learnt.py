"""Export a learner's answers as Markdown.

Each question is listed with its numbers, the learner's answer, the right one and the explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import assert_never

from rnntutor.course.lesson import Lesson
from rnntutor.course.load import Course, in_language, plain_text
from rnntutor.course.opened.code_parts import fence_code
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of
from rnntutor.course.questions.forms import (
    Form,
    GapForm,
    NumberForm,
    OptionForm,
    OrderForm,
    PairForm,
)
from rnntutor.course.variant import VariantError
from rnntutor.exchange.hand_in import build_hand_in
from rnntutor.exchange.markdown import Markdown, quote
from rnntutor.exchange.questions import drawn_question, form_of, key_of
from rnntutor.study.events import Event
from rnntutor.study.progress import Progress, fold
from rnntutor.words import Words


def document(
    course: Course,
    events: Iterable[Event],
    words: Words,
    lesson: str = "",
    built: Mapping[str, str] | None = None,
) -> str:
    """Return the last answer to every question, lesson by lesson, and the learner's code.

    Args:
        course: The course.
        events: The history.
        words: Words in the language of the export.
        lesson: Id of a lesson to export alone.
        built: The learner's text of each code exercise, by name.

    Raises:
        CourseError: The lesson is unknown.
    """
    found = list(events)
    hand_in, progress = build_hand_in(found), fold(found)
    last = {str(event.data.get("question", "")): event for event in hand_in.answers}
    entries = [course.entry(lesson)] if lesson else course.every
    parts = [f"# {in_language(course.title, words.lang)}"]
    for entry in entries:
        read = course.lesson(entry.id, words.lang)
        steps = partial(_step_name, course, words.lang)
        write = Markdown(words, course.names(words.lang), steps)
        answered = [
            "\n\n".join(_answer_parts(question, last[question.id], hand_in.salt, write, words))
            for question in read.questions
            if question.id in last
        ]
        answered += _notes(read, progress, write, words)
        if answered:
            parts += [f"## {write.inline(read.title)}", *answered]
    parts += _code_exercises(course, progress, built or {}, words, lesson)
    if len(parts) == 1:
        parts.append(words("learnt.nothing"))
    return "\n\n".join(parts) + "\n"


def _code_exercises(
    course: Course, progress: Progress, built: Mapping[str, str], words: Words, lesson: str
) -> list[str]:
    """Return the code exercises that were begun, in the order of the course."""
    parts: list[str] = []
    for name in course.builds:
        exercise, _ = course.exercise(name, words.lang)
        if name not in built or (lesson and exercise.step.partition(".")[0] != lesson):
            continue
        passed = progress.builds.get(name, False)
        mark = words("build.passed_mark" if passed else "build.begun_mark")
        title = f"### {plain_text(exercise.title)} ({mark})"
        parts.append(f"{title}\n\n{fence_code(built[name], 'python')}")
    return [f"## {words('build.title')}", *parts] if parts else []


def _notes(lesson: Lesson, progress: Progress, write: Markdown, words: Words) -> list[str]:
    """Return the learner's notes on the pages of a lesson, and the pages marked as unclear."""
    names = {(lesson.id, page): lesson.title for page in ("cover", "end")}
    names |= {(lesson.id, step.id): step.title for step in lesson.steps}
    names |= {("", question.id): question.title for question in lesson.questions}
    notes = [
        f"- {write.inline(title)}: {progress.notes[page]}"
        for page, title in names.items()
        if page in progress.notes
    ]
    unclear = [
        f"- {write.inline(title)}" for page, title in names.items() if page in progress.flags
    ]
    lists = ((words("learnt.notes"), notes), (words("learnt.unclear"), unclear))
    return [f"### {head}\n\n" + "\n".join(lines) for head, lines in lists if lines]


def _step_name(course: Course, lang: str, target: str) -> str:
    return course.step_name(target, "", lang)


def _answer_parts(
    question: Question, event: Event, salt: str, write: Markdown, words: Words
) -> Iterator[str]:
    data = event.data
    try:
        question, drawn = drawn_question(question, salt, data.get("variant"))
    except VariantError:
        return
    right = data.get("score") == 1
    day = event.time[:10]
    sign = "✓" if right else "✗"
    yield f"### {sign} {write.inline(question.title)} ({day})"
    form = form_of(question, drawn)
    yield write.blocks(form.text if isinstance(form, GapForm) else question.prompt)
    own = list(_given_parts(question, data.get("given"), write))
    if own and not right:
        yield f"{words('learnt.own')}: {', '.join(own)}"
    yield f"{words('learnt.right')}:{_right(form, write)}"
    if question.why:
        yield quote(write.blocks(question.why))


def _right(form: Form, write: Markdown) -> str:
    """Return the right answer: on the same line, or for a text with gaps below it."""
    match form:
        case OptionForm(options=options):
            return " " + ", ".join(write.inline(one.inline) for one in options if one.right)
        case OrderForm(items=items):
            lines = (f"{n}. {write.inline(item.inline)}" for n, item in enumerate(items, 1))
            return " " + ", ".join(lines)
        case PairForm(pairs=pairs):
            return " " + ", ".join(f"{write.inline(a)}: {write.inline(b)}" for a, b in pairs)
        case NumberForm(key=key):
            return f" {key}"
        case GapForm(text=text, gaps=gaps):
            keys = tuple(write.inline(key_of(gap)) for gap in gaps)
            return f"\n\n{quote(replace(write, gaps=keys).blocks(text))}"
    assert_never(form)


def _given_parts(question: Question, raw: object, write: Markdown) -> Iterator[str]:
    """Yield the parts of the answer: as the question words them, or as typed."""
    for part in kind_of(question).answer_parts(question.body, raw):
        if part.said is not None:
            said = f"`{part.said}`" if isinstance(part.said, str) else write.inline(part.said)
            yield write.inline(part.name) + said
