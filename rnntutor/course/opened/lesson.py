"""Any file as a lesson: its headings are the steps; it asks nothing and runs nothing. Nothing in it
is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from rnntutor.course import files
from rnntutor.course.blocks import Block, Blocks, Heading, Inline, Paragraph, Text
from rnntutor.course.clean import clean
from rnntutor.course.lesson import Lesson, Step
from rnntutor.course.opened.document import Document
from rnntutor.course.opened.front import Front, split
from rnntutor.course.opened.kinds import LINES, MARKDOWN, as_markdown, kind_of
from rnntutor.course.opened.lines import line_blocks
from rnntutor.course.opened.reading import DocumentReader, references
from rnntutor.course.opened.sections import Section, parts, sections
from rnntutor.maths.macros import definitions
from rnntutor.words import Words

MOST_LISTED = 2000  # entries of the contents; a file with more headings has one level of them


def open_started(path: Path, documents: Sequence[Document], lang: str, words: Words) -> Lesson:
    """What the command line names, as a lesson. documents: what has been read of it; without them
    the file at `path` is. Raises CourseError."""
    if not documents:
        return open_file(path, lang, words)
    return open_documents(documents, path.name or path.resolve().name, lang, words)


def open_file(path: Path, lang: str, words: Words) -> Lesson:
    """The file as a lesson. Raises CourseError for what is missing, too large or no text."""
    text, notice, encoding = files.any_text(path)
    return open_document(Document(path.name, text, path.parent, notice, encoding), lang, words)


def open_documents(documents: Sequence[Document], name: str, lang: str, words: Words) -> Lesson:
    """Files as one lesson: each file's title stands in the contents, and below it the highest of
    its headings. name: what they are called together."""
    if len(documents) == 1:
        return open_document(documents[0], lang, words)
    steps: list[Step] = []
    for n, document in enumerate(documents, 1):
        lesson = open_document(document, lang, words)
        for step in _below(lesson):
            steps.append(replace(step, id=f"file-{n}-{step.id}"))
    return Lesson(name, lang, (Text(clean(name)),), (), tuple(steps), path=name)


def _below(lesson: Lesson) -> list[Step]:
    """The steps of a file among others."""
    if lesson.headless:
        return list(lesson.steps)
    lower = [replace(s, depth=1 if s.depth == 0 else -1) for s in lesson.steps]
    if lesson.opening:
        return [Step("step-0", lesson.title, lesson.opening, line=1), *lower]
    return [replace(lower[0], part=lesson.title), *lower[1:]] if lower else []


def open_document(document: Document, lang: str, words: Words) -> Lesson:
    """A file as a lesson. A single top heading, else what stands before the text, else its name, is
    its title; the two highest levels of headings below are its contents, deeper ones stay headings.
    What is read of a page is read when it is looked at."""
    text, name = clean(document.text), document.name
    notice: Blocks = ()
    if document.notice:
        said = words(document.notice, encoding=document.encoding)
        notice = (Paragraph((Text(said, em=True),)),)
    kind = kind_of(name, text)
    if kind == LINES:
        return _lines(text, name, lang, notice)
    source = text if kind == MARKDOWN else as_markdown(text, kind)
    front, source, before = split(source)
    reader = DocumentReader(name, words, definitions(source), references(source), document.folder)
    found = sections(source)
    title, found = _titled(found, front, name)
    steps, opening = _steps(found, reader, before)
    about = (*notice, *_about(front))
    headless = not steps
    if not headless and len(parts(opening)) > 1:  # the first page has its beginning
        _, second, *more = _pages(opening, reader.title(title), reader.blocks, before=len(steps))
        steps = [replace(second, depth=0), *more, *steps]
        opening = parts(opening)[0]
    if headless:
        steps = _pages(opening, reader.title(title), reader.blocks, head=about)
        opening, about = "", ()
    return Lesson(
        name,
        lang,
        reader.title(title) or (Text(clean(name)),),
        (*about, *reader.blocks(opening)) if opening.strip() or about else (),
        tuple(steps),
        path=name,
        headless=headless,
    )


def _titled(found: list[Section], front: Front, name: str) -> tuple[str, list[Section]]:
    """The title, and the sections without the heading that gave it."""
    headed = [section for section in found if section.level]
    levels = [section.level for section in headed]
    if levels and levels.count(min(levels)) == 1 and levels[0] == min(levels):
        first, head = found[0], headed[0]
        body = f"{first.body.rstrip()}\n\n{head.body}" if first.body.strip() else head.body
        return head.title or front.title or name, [Section(0, "", body, 1), *found[2:]]
    return front.title or name, found


def _steps(found: Sequence[Section], reader: DocumentReader, lines: int) -> tuple[list[Step], str]:
    """The steps, and what stands before the first. lines: how many of the file stand before."""
    levels = sorted({section.level for section in found if section.level})
    count = sum(section.level in levels[:2] for section in found)
    listed = levels[: 2 if count <= MOST_LISTED else 1]
    opening = ""
    units: list[tuple[Section, list[str]]] = []
    for section in found:
        if section.level in listed:
            units.append((section, [section.body]))
            continue
        head = f"\n\n{'#' * section.level} {section.title}\n" if section.level else ""
        if units:
            units[-1][1].append(head + section.body)
        else:
            opening += head + section.body
    steps: list[Step] = []
    part: Inline = ()
    for n, (section, pieces) in enumerate(units):
        body = "".join(pieces)
        title = reader.title(section.title) or (Text(str(n + 1)),)
        depth = listed.index(section.level)
        following = units[n + 1][0].level if n + 1 < len(units) else 0
        if not body.strip() and depth == 0 and following > section.level:
            part = title
            continue
        above: Blocks = (Heading(section.level, part),) if part else ()
        steps += _pages(
            body,
            title,
            reader.blocks,
            depth=depth,
            part=part,
            head=above,
            line=lines + section.line,
            before=len(steps),
        )
        part = ()
    return steps, opening


def _pages(
    body: str,
    title: Inline,
    read: Callable[[str], Blocks],
    *,
    depth: int = 0,
    part: Inline = (),
    head: Blocks = (),
    line: int = 1,
    before: int = 0,
) -> list[Step]:
    """A section as one page, or as several where it is long. read: makes blocks of its text. head:
    what stands above that. before: how many steps there are before."""
    texts = parts(body)
    out = []
    for n, text in enumerate(texts):
        where = (Text(f"  {n + 1}/{len(texts)}"),) if len(texts) > 1 else ()
        out.append(
            Step(
                f"step-{before + n + 1}",
                (*title, *where),
                (),
                line=line,
                depth=depth if n == 0 else -1,
                part=part if n == 0 else (),
                later=partial(_read, read, text, head if n == 0 else ()),
            )
        )
    return out


def _read(read: Callable[[str], Blocks], text: str, head: Blocks) -> Blocks:
    return (*head, *read(text))


def _about(front: Front) -> tuple[Block, ...]:
    said = " · ".join(filter(None, (front.author, front.date)))
    return (Paragraph((Text(clean(said), em=True),)),) if said else ()


def _lines(text: str, name: str, lang: str, notice: Blocks) -> Lesson:
    """A text that is no Markdown: every line of it stays one. notice: how it was read."""
    title = (Text(clean(name)),)
    steps = _pages(text, title, line_blocks, head=notice)
    return Lesson(name, lang, title, (), tuple(steps), path=name, headless=True)
