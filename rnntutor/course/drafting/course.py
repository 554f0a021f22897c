"""Create the files of a course drafted from a lecture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rnntutor.course import files
from rnntutor.course.blocks import Blocks, Listing, Paragraph
from rnntutor.course.drafting.linking import Linker
from rnntutor.course.drafting.matching import Index, StatementMatch, formulas_of, text_of
from rnntutor.course.drafting.writing import line, markdown, sim_block
from rnntutor.course.lesson import Lesson, Step
from rnntutor.course.load import Course, plain_text
from rnntutor.course.question import Question
from rnntutor.words import Words

MOST_QUESTIONS = 8
"""Questions proposed for one step, at most."""
TAUGHT = 0.15
"""Weight of a term for the lesson that teaches it, added to the scores of the statements."""
STRONG = 0.3
"""Lowest score of a question from another lesson than the best one."""
_STEP_LINK = re.compile(r"\{step:([a-z0-9-]+)\.([a-z0-9-]+)\}")
_TARGET = re.compile(r"\]\(step:[^()]*\)")


@dataclass(frozen=True)
class CourseDraft:
    """A drafted course.

    Attributes:
        files: Text of each file, by its path below the directory of the course.
        statements: Number of statements in the lecture.
        served: Number of statements for which a stage or a question is proposed.
        stages: Number of proposed stages.
        questions: Number of proposed questions.
        linked: Number of linked terms.
    """

    files: dict[str, str]
    statements: int
    served: int
    stages: int
    questions: int
    linked: int


@dataclass
class _Unit:
    """A step under construction: its title, its prose, and what is proposed for it."""

    title: str
    body: list[str]
    stage: StatementMatch | None
    asked: list[StatementMatch]
    served: int

    def takes(self, other: _Unit) -> bool:
        """Return whether `other` can be merged into this step: neither of them has questions."""
        return not self.asked and not other.asked

    def take(self, other: _Unit) -> None:
        """Append another unit to this one, with its title as a bold line."""
        self.body += [f"**{other.title.replace('**', '')}**", *other.body]
        if self.stage is None:  # a step has at most one
            self.stage = other.stage
            self.served += other.served

    def markdown(self, number: int, course: Course, lang: str, words: Words) -> list[str]:
        """Return the unit as the Markdown of a step."""
        out = [f"## {self.title} {{#step-{number}}}", *filter(None, self.body)]
        if self.stage is not None and self.stage.step is not None and self.stage.step.sim:
            said = words("draft.stage", title=plain_text(self.stage.step.title))
            out += [f"<!-- {said} -->", sim_block(self.stage.step.sim)]
        for found in self.asked:
            assert found.question is not None
            said = words("draft.question", title=plain_text(found.question.title))
            head, _, body = _source(found, course, lang).partition("\n")
            out += [head, f"<!-- {said} -->", body.strip()]
        return out


def draft(lecture: Lesson, course: Course, lang: str, words: Words) -> CourseDraft:
    """Draft a course from a lecture.

    Every heading becomes a step, followed by the questions and the stage of `course` that match its
    statements. A comment marks everything that is proposed.

    Args:
        lecture: The opened lecture.
        course: Course from which questions and stages are proposed.
        lang: Language of the lecture.
        words: Words in that language.
    """
    index, linker = Index(course, lang), Linker(course, lang)
    steps = _steps(lecture)
    said = (f"{plain_text(s.title)} {text_of(s.blocks)}" for s in steps)
    about = " ".join((plain_text(lecture.title), *said))
    topical = index.is_about(about)
    used: set[str] = set()
    total = 0
    units: list[_Unit] = []
    part = ""
    for step in steps:
        statements = list(_statements(step.blocks, plain_text(step.title)))
        total += len(statements)
        stage, asked, good = None, list[StatementMatch](), 0
        body = [markdown(step.blocks)]
        part = plain_text(step.part) or (part if step.depth else "")
        headings = f"{plain_text(lecture.title)} {part} {plain_text(step.title)}"
        if topical and index.names_it(headings, [said for said, _ in statements]):
            stage, asked, good = _propose(step, statements, index, used)
            before = len(linker.linked)
            body = [markdown(linker.blocks(step.blocks))]
            if count := len(linker.linked) - before:
                body.insert(0, f"<!-- {words('draft.terms', n=count)} -->")
        unit = _Unit(line(step.title, number=True), body, stage, asked, good)
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
    return CourseDraft(
        {
            "course.toml": _contents(lecture, course, lang, questions),
            "glossary.toml": _glossary(course),
            f"{lang}/01-lecture.md": text,
        },
        total,
        served,
        stages,
        len(questions),
        len(linker.linked),
    )


def _steps(lecture: Lesson) -> list[Step]:
    """Return the steps with their prose; the parts of a long section are joined to one step."""
    out: list[Step] = []
    for step in lecture.steps:
        if step.depth < 0 and out:
            out[-1] = replace(out[-1], blocks=(*out[-1].blocks, *step.prose))
        else:
            out.append(replace(step, blocks=step.prose, later=None))
    return out


def _statements(blocks: Blocks, around: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence or list item, and the headings and items above it."""
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


def _propose(
    step: Step, statements: list[tuple[str, str]], index: Index, used: set[str]
) -> tuple[StatementMatch | None, list[StatementMatch], int]:
    """Choose the stage and the questions for a step.

    They are from the lesson that matches the step best. Questions of other lessons need a score of
    at least STRONG.

    Returns:
        The stage, the questions, and the number of statements that they serve.
    """
    best = [index.best(said, around) for said, around in statements]
    named = [plain_text(step.title), *(said for said, _ in statements)]
    lesson = _lesson(best, [index.teaching_lessons(text) for text in named])
    best = [[f for f in each if f.lesson == lesson or f.score >= STRONG] for each in best]
    exact = next(filter(None, map(index.stage_of, formulas_of(step.blocks))), None)
    stage = exact or _stage(best, lesson)
    asked: list[StatementMatch] = []
    good = 0
    for each in best:
        fits = any(stage is not None and _same_stage(f, stage) for f in each)
        question = next((f for f in each if f.question and f.question.id not in used), None)
        if question is not None and question.question is not None and len(asked) < MOST_QUESTIONS:
            used.add(question.question.id)
            asked.append(question)
            fits = True
        good += fits
    return stage, asked, good


def _lesson(best: list[list[StatementMatch]], taught: list[frozenset[str]]) -> str:
    """Return the lesson that matches a step best.

    Each statement adds its best score in the lesson. The heading and each statement add TAUGHT to
    every lesson that teaches a term named in them.
    """
    votes = dict.fromkeys((f.lesson for each in best for f in each), 0.0)
    for each in best:
        for lesson in {found.lesson for found in each}:
            votes[lesson] += max(f.score for f in each if f.lesson == lesson)
    for lesson in votes:
        votes[lesson] += TAUGHT * sum(lesson in lessons for lessons in taught)
    return max(votes, key=lambda lesson: votes[lesson], default="")


def _stage(best: list[list[StatementMatch]], lesson: str) -> StatementMatch | None:
    """Return the stage of the lesson with the highest total score over the statements."""
    votes: dict[str, float] = {}
    there: dict[str, StatementMatch] = {}
    for each in best:
        for found in each:
            if found.step is not None and found.lesson == lesson:
                votes[found.step.id] = votes.get(found.step.id, 0.0) + found.score
                there.setdefault(found.step.id, found)
    return there[max(votes, key=lambda step: votes[step])] if votes else None


def _same_stage(one: StatementMatch, other: StatementMatch) -> bool:
    if one.step is None or other.step is None:
        return False
    return (one.lesson, one.step.id) == (other.lesson, other.step.id)


def _source(found: StatementMatch, course: Course, lang: str) -> str:
    """Return the source of the question in the course, without links into the course."""
    assert found.question is not None
    rows = files.text(course.path(found.lesson, lang)).split("\n")
    end = found.question.line
    while end < len(rows) and not re.match(r"#{1,3} ", rows[end]):
        end += 1
    text = "\n".join(rows[found.question.line - 1 : end]).strip()
    return _TARGET.sub("](term:rnn)", _STEP_LINK.sub(lambda m: _name_link(m, course, lang), text))


def _name_link(found: re.Match[str], course: Course, lang: str) -> str:
    return course.step_name(f"{found[1]}.{found[2]}", found[1], lang)


def _contents(lecture: Lesson, course: Course, lang: str, questions: list[Question]) -> str:
    title = plain_text(lecture.title).replace("\\", "").replace('"', "'")
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
    """Return the course's glossary without the links to its steps."""
    text = files.text(course.dir / "glossary.toml")
    return "\n".join(row for row in text.split("\n") if not re.match(r"step\s*=", row))
