"""Text pages of a lesson: cover, prose of a step, end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rnntutor.course.blocks import Blocks, Inline, Link
from rnntutor.course.lesson import Step
from rnntutor.course.report import Problem
from rnntutor.pages.faults import FEW, MORE
from rnntutor.pages.listed import hang
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.tutor import PlainTutor
from rnntutor.render.links import label, link_labels
from rnntutor.render.prose import Context, lay_out, lay_out_inline
from rnntutor.session import contents, faults, outcome
from rnntutor.session.lesson import LessonSession
from rnntutor.session.pages import COVER, END, QUESTION, STEP, Page, is_listed
from rnntutor.session.stage import Stage
from rnntutor.spans import plain
from rnntutor.words import Words


def headline(tutor: PlainTutor, session: LessonSession) -> str:
    """Return the titles of lesson and page, with the page's position."""
    words, page, lesson = tutor.words, session.page, session.lesson
    number = tutor.course.number(lesson.id)
    parts = [f"{number} {flat(lesson.title, tutor.context())}".strip()]
    if page.kind == END:
        parts.append(words("lesson.end" if number else "lesson.file_end"))
    elif page.question is not None:
        title = flat(page.question.title, tutor.context())
        parts.append(f"{words('home.question')}: {title}")
    elif page.step is not None:
        parts.append(flat(page.step.title, tutor.context()))
    source = page.question or page.step
    if source is not None and source.beyond:
        parts.append(words("lesson.beyond"))
    return f"[{session.index + 1}/{len(session.pages)}] {' · '.join(parts)}"


def flat(inline: Inline, context: Context) -> str:
    """Return a title on one line."""
    return " ".join(plain(row) for row in lay_out_inline(inline, 200, context))


def numbered_pages(pages: tuple[Page, ...], kind: str) -> tuple[int, ...]:
    """Return the indices of pages numbered on a cover (steps) or an end page (questions)."""
    wanted = {COVER: STEP, END: QUESTION}[kind]
    return tuple(
        n
        for n, page in enumerate(pages)
        if page.kind == wanted and (page.kind != STEP or is_listed(page)) and not page.extra
    )


def cover(tutor: PlainTutor, session: LessonSession) -> None:
    """Print the lesson's opening text and its steps."""
    lesson, pages = session.lesson, session.pages
    words, lines, context = tutor.words, tutor.lines, tutor.context()
    progress = tutor.progress
    steps = numbered_pages(pages, COVER)
    if wrong := _wrong(tutor, session):
        lines.say(words("fault.count", n=len(wrong)), "wrong")
        if not steps:
            _faults(tutor, wrong, MORE)
        lines.say()
    _prose(tutor, lesson.opening)
    lines.say()
    for n, index in enumerate(steps, 1):
        step = pages[index].step
        assert step is not None
        if step.part:
            lines.say(f"     {flat(step.part, context)}", "head")
        tail = f"  {words('lesson.beyond')}" if step.beyond else ""
        sign, _ = contents.state((lesson.id, step.id), pages[index].questions, progress)
        tail += " ✓" if sign == contents.DONE else ""
        lines.say(f"{n:>3}  {'  ' * step.depth}{flat(step.title, context)}{tail}")
    lines.say()
    undone = pages[contents.first_undone(pages, progress)].step
    if undone is not None:
        lines.say(words("plain.foot.cover", title=flat(undone.title, context)), "grey")


def end(tutor: PlainTutor, session: LessonSession) -> None:
    """Print the lesson's result and what comes next."""
    lesson, pages, listed = session.lesson, session.pages, session.listed
    words, lines, context = tutor.words, tutor.lines, tutor.context()
    progress = tutor.progress
    asked = [q for page in pages if (q := page.question) is not None and not page.extra]
    known = [q for q in asked if progress.known(q.id, q.rev)]
    if asked:
        title = flat(lesson.title, context)
        lines.say(words("end.done", title=title, n=len(known), of=len(asked)))
        lines.say()
    for n, question in enumerate(asked, 1):
        record = progress.questions.get(question.id)
        tried = record is not None and record.last is not None
        sign = "✓" if question in known else "✗" if tried else "·"
        for text in hang(f"{n:>3}  {sign} ", lay_out_inline(question.title, COLUMNS - 7, context)):
            lines.say(text)
    goals = contents.open_goals(pages, progress)
    if goals:
        titles = [flat(page.step.title, context) for page in goals if page.step is not None]
        lines.say()
        lines.say(words("plain.open_goals", titles=", ".join(titles)))
    lines.say()
    following = contents.following(tutor.course, lesson.id) if listed else ""
    if following:
        lines.say(words("plain.foot.end", title=tutor.view.title(following)), "grey")
    elif listed:
        lines.say(words("plain.foot.last"), "grey")
    else:
        lines.say(words("end.file", title=flat(lesson.title, context)))
        lines.say(words("plain.foot.file"), "grey")


def faults_here(tutor: PlainTutor, session: LessonSession) -> None:
    """Print the problems found in the current page's source."""
    wrong = faults.of_page(_wrong(tutor, session), session.lesson, session.page)
    _faults(tutor, wrong, FEW)


def _wrong(tutor: PlainTutor, session: LessonSession) -> tuple[Problem, ...]:
    """Return the problems found in a lesson of the course."""
    return faults.of_lesson(tutor.course, session.lesson) if session.listed else ()


def _faults(tutor: PlainTutor, wrong: tuple[Problem, ...], most: int) -> None:
    """Print the first problems with their lines in the file, and the number of further ones."""
    words, lines = tutor.words, tutor.lines
    for fault in wrong[:most]:
        lines.say(f"{words('fault.line', n=fault.line)}: {fault.text}", "wrong")
    if len(wrong) > most:
        lines.say(words("fault.more", n=len(wrong) - most), "grey")


def step(tutor: PlainTutor, shown: Step, stage: Stage | None, links: tuple[Link, ...]) -> None:
    """Print the prose of a step, its tasks with their state, and its links."""
    _prose(tutor, (*shown.prose, *shown.given))
    for n in range(len(shown.tasks)):
        tutor.lines.say(task_line(stage, shown.tasks, n, tutor.words, tutor.context()))
    experiments(tutor, links)


def task_line(
    stage: Stage | None, tasks: Sequence[Inline], index: int, words: Words, context: Context
) -> str:
    """Return a task, given by its 0-based index, with its state."""
    done = outcome.task_done(stage, index, len(tasks))
    return f"{words('plain.done' if done else 'plain.todo')} {flat(tasks[index], context)}"


def experiments(tutor: PlainTutor, links: tuple[Link, ...]) -> None:
    """Print the links to simulations with the commands that open them."""
    context, lines = tutor.context(), tutor.lines
    terms, steps, words = context.terms, context.steps, tutor.words
    names = link_labels(links, lambda link, shown: label(link, terms, steps, words, shown))
    for n, name in enumerate(names, 1):
        lines.say(f"e {n}: {name}" if len(links) > 1 else f"e: {name}", "grey")


def _prose(tutor: PlainTutor, blocks: Blocks) -> None:
    """Print blocks, followed by the targets of their links."""
    rows = lay_out(blocks, COLUMNS, tutor.context())
    tutor.lines.rows(rows)
    _targets(tutor, dict.fromkeys(span.link for row in rows for span in row if span.link))


def _targets(tutor: PlainTutor, targets: Iterable[str]) -> None:
    """Print the address or the command for each link, since lines cannot be clicked."""
    for target in targets:
        kind, _, rest = target.partition(":")
        if kind in ("http", "https"):
            tutor.lines.say(target, "grey")
        elif kind == "picture":
            tutor.lines.say(rest, "grey")
        elif kind == "step" and "." in rest:
            tutor.lines.say(f"go {rest}: {tutor.view.full_page_title(*rest.split('.', 1))}", "grey")
