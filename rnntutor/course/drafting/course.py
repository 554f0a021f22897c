"""The files of a course that is drafted from a lecture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rnntutor.course import files
from rnntutor.course.blocks import Blocks, Lesson, Listing, Paragraph, Question, Step
from rnntutor.course.drafting.matching import Found, Index, formulas_of, text_of
from rnntutor.course.drafting.writing import line, markdown, sim_block
from rnntutor.course.load import Course, shown
from rnntutor.words import Words

MOST_QUESTIONS = 8
"""Questions that are proposed for one step."""
_STEP_LINK = re.compile(r"\{step:([a-z0-9-]+)\.([a-z0-9-]+)\}")
_TARGET = re.compile(r"\]\(step:[^()]*\)")


@dataclass(frozen=True)
class Draft:
    """files: path below the course's directory -> text. statements: how many the lecture has;
    served: of how many a stage or a question is proposed."""

    files: dict[str, str]
    statements: int
    served: int
    stages: int
    questions: int


@dataclass
class _Unit:
    """A step on its way: its title, its prose, and what is proposed for it."""

    title: str
    body: list[str]
    stage: Found | None
    asked: list[Found]
    served: int

    def takes(self, other: _Unit) -> bool:
        """Whether the two become one step: of two in a row, one has to ask something."""
        return not self.asked and not other.asked

    def take(self, other: _Unit) -> None:
        self.body += [f"**{other.title.replace('**', '')}**", *other.body]
        if self.stage is None:  # a step has one
            self.stage = other.stage
            self.served += other.served

    def markdown(self, number: int, course: Course, lang: str, words: Words) -> list[str]:
        out = [f"## {self.title} {{#step-{number}}}", *filter(None, self.body)]
        if self.stage is not None and self.stage.step is not None and self.stage.step.sim:
            said = words("draft.stage", title=shown(self.stage.step.title))
            out += [f"<!-- {said} -->", sim_block(self.stage.step.sim)]
        for found in self.asked:
            assert found.question is not None
            said = words("draft.question", title=shown(found.question.title))
            head, _, body = _source(found, course, lang).partition("\n")
            out += [head, f"<!-- {said} -->", body.strip()]
        return out


def language_of(text: str, fallback: str) -> str:
    """The language of a lecture, of those that the course is written in."""
    hangul = sum("가" <= c <= "힣" for c in text)
    latin = sum(c.isascii() and c.isalpha() for c in text)
    if not hangul + latin:
        return fallback
    return "ko" if hangul * 5 > latin else "en"


def draft(lecture: Lesson, course: Course, lang: str, words: Words) -> Draft:
    """The course that a lecture makes: its headings as steps, and after each statement's step what
    of `course` fits it. Everything that is proposed has a comment before it that says so."""
    index = Index(course, lang)
    steps = _steps(lecture)
    about = " ".join(f"{shown(s.title)} {text_of(s.blocks)}" for s in steps)
    topical = index.is_about(about)
    used: set[str] = set()
    total = 0
    units: list[_Unit] = []
    for step in steps:
        statements = list(_statements(step.blocks, shown(step.title)))
        total += len(statements)
        stage, asked, good = _proposed(step, statements, index, used) if topical else (None, [], 0)
        unit = _Unit(line(step.title, number=True), [markdown(step.blocks)], stage, asked, good)
        if units and units[-1].takes(unit):
            units[-1].take(unit)
        else:
            units.append(unit)
    out: list[str] = [f"# {line(lecture.title, number=True)}"]
    if lecture.opening:
        out.append(markdown(lecture.opening))
    for n, unit in enumerate(units, 1):
        out += unit.markdown(n, course, lang, words)
    questions = [found.question for unit in units for found in unit.asked if found.question]
    served = sum(unit.served for unit in units)
    stages = sum(unit.stage is not None for unit in units)
    text = "\n\n".join(out) + "\n"
    return Draft(
        {
            "course.toml": _contents(lecture, course, lang, questions),
            "glossary.toml": _glossary(course),
            f"{lang}/01-lecture.md": text,
        },
        total,
        served,
        stages,
        len(questions),
    )


def _steps(lecture: Lesson) -> list[Step]:
    """The steps with their text, a long one's parts as one."""
    out: list[Step] = []
    for step in lecture.steps:
        if step.depth < 0 and out:
            out[-1] = replace(out[-1], blocks=(*out[-1].blocks, *step.prose))
        else:
            out.append(replace(step, blocks=step.prose, later=None))
    return out


def _statements(blocks: Blocks, around: str) -> Iterator[tuple[str, str]]:
    """(a sentence or item, the headings and items that it stands under)."""
    for block in blocks:
        if isinstance(block, Paragraph):
            said = text_of((block,)).strip()
            if said:
                yield said, around
        elif isinstance(block, Listing):
            for item in block.items:
                lead = f"{around} {text_of(item[:1])}"
                for part in item:
                    under = lead if isinstance(part, Listing) else around
                    yield from _statements((part,), under)


def _proposed(
    step: Step, statements: list[tuple[str, str]], index: Index, used: set[str]
) -> tuple[Found | None, list[Found], int]:
    """The stage and the questions for a step, and how many of its statements they serve."""
    best = [index.best(said, around) for said, around in statements]
    exact = next(filter(None, map(index.stage_of, formulas_of(step.blocks))), None)
    votes = Counter(
        (found.lesson, found.step.id)
        for each in best
        for found in each[:3]
        if found.step is not None
    )
    stage = exact
    if stage is None and votes:
        wanted = votes.most_common(1)[0][0]
        stage = next(
            f
            for each in best
            for f in each
            if f.step is not None and (f.lesson, f.step.id) == wanted
        )
    asked: list[Found] = []
    good = 0
    for each in best:
        fits = any(
            stage is not None
            and f.step is not None
            and stage.step is not None
            and (f.lesson, f.step.id) == (stage.lesson, stage.step.id)
            for f in each[:3]
        )
        question = next((f for f in each if f.question and f.question.id not in used), None)
        if question is not None and question.question is not None and len(asked) < MOST_QUESTIONS:
            used.add(question.question.id)
            asked.append(question)
            fits = True
        good += fits
    return stage, asked, good


def _source(found: Found, course: Course, lang: str) -> str:
    """The question as the course has it, without links into the course."""
    assert found.question is not None
    rows = files.text(course.path(found.lesson, lang)).split("\n")
    end = found.question.line
    while end < len(rows) and not re.match(r"#{1,3} ", rows[end]):
        end += 1
    text = "\n".join(rows[found.question.line - 1 : end]).strip()
    return _TARGET.sub("](term:rnn)", _STEP_LINK.sub(lambda m: _named(m, course, lang), text))


def _named(found: re.Match[str], course: Course, lang: str) -> str:
    return course.step_name(f"{found[1]}.{found[2]}", found[1], lang)


def _contents(lecture: Lesson, course: Course, lang: str, questions: list[Question]) -> str:
    title = shown(lecture.title).replace("\\", "").replace('"', "'")
    wanted = dict.fromkeys(question.topic for question in questions)
    rows = ["[course]", f'title.{lang} = "{title}"', ""]
    topics = [topic for topic in course.topics if topic.id in wanted] or list(course.topics[:1])
    for topic in topics:
        name = next((text for k, text in topic.name if k == lang), topic.id)
        rows += ["[[topic]]", f'id = "{topic.id}"', f'{lang} = "{name}"', ""]
    listed = ", ".join(f'"{topic.id}"' for topic in topics)
    rows += ["[[lesson]]", 'id = "lecture"', 'file = "01-lecture.md"', f'title.{lang} = "{title}"']
    rows += [f'question.{lang} = "{title}"', "minutes = 30", f"topics = [{listed}]", ""]
    return "\n".join(rows)


def _glossary(course: Course) -> str:
    """The terms of the course, which lead to no step here."""
    text = files.text(course.dir / "glossary.toml")
    return "\n".join(row for row in text.split("\n") if not re.match(r"step\s*=", row))
