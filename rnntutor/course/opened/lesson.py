"""Open any file as a lesson: its headings become steps, without questions and simulations.

Nothing in the file is treated as a mistake.
"""

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

MOST_LISTED = 2000  # entries of the contents; with more, only one level of headings is listed


def open_started(path: Path, documents: Sequence[Document], lang: str, words: Words) -> Lesson:
    """Open the path named on the command line as a lesson.

    Args:
        path: The path.
        documents: The documents already read from it; if empty, the file at `path` is read.
        lang: Language of the interface.
        words: Words in that language.

    Raises:
        CourseError: The file cannot be read.
    """
    if not documents:
        return open_file(path, lang, words)
    return open_documents(documents, path.name or path.resolve().name, lang, words)


def open_file(path: Path, lang: str, words: Words) -> Lesson:
    """Open a file as a lesson.

    Raises:
        CourseError: The file is missing, too large or not text.
    """
    text, notice, encoding = files.any_text(path)
    return open_document(Document(path.name, text, path.parent, notice, encoding), lang, words)


def open_documents(documents: Sequence[Document], name: str, lang: str, words: Words) -> Lesson:
    """Open several files as one lesson.

    The contents list the title of each file and its highest level of headings below it.

    Args:
        documents: The files.
        name: Name of the lesson.
        lang: Language of the interface.
        words: Words in that language.
    """
    if len(documents) == 1:
        return open_document(documents[0], lang, words)
    steps: list[Step] = []
    for n, document in enumerate(documents, 1):
        lesson = open_document(document, lang, words)
        for step in _below(lesson):
            steps.append(replace(step, id=f"file-{n}-{step.id}"))
    return Lesson(name, lang, (Text(clean(name)),), (), tuple(steps), path=name)


def _below(lesson: Lesson) -> list[Step]:
    """Return the steps of a file as part of a lesson of several files."""
    if lesson.headless:
        return list(lesson.steps)
    lower = [replace(s, depth=1 if s.depth == 0 else -1) for s in lesson.steps]
    if lesson.opening:
        return [Step("step-0", lesson.title, lesson.opening, line=1), *lower]
    return [replace(lower[0], part=lesson.title), *lower[1:]] if lower else []


def open_document(document: Document, lang: str, words: Words) -> Lesson:
    """Open a document as a lesson.

    Its title is a single top-level heading, else the title of the front matter, else the file name.
    The two highest levels of headings below become steps; deeper ones remain headings. The content
    of a step is parsed lazily.
    """
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
    title, found = _split_title(found, front, name)
    steps, opening = _steps(found, reader, before)
    about = (*notice, *_about(front))
    headless = not steps
    if not headless and len(parts(opening)) > 1:  # only the beginning fits on the first page
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


def _split_title(found: list[Section], front: Front, name: str) -> tuple[str, list[Section]]:
    """Return the title, and the sections without the heading that it was taken from."""
    headed = [section for section in found if section.level]
    levels = [section.level for section in headed]
    if levels and levels.count(min(levels)) == 1 and levels[0] == min(levels):
        first, head = found[0], headed[0]
        body = f"{first.body.rstrip()}\n\n{head.body}" if first.body.strip() else head.body
        return head.title or front.title or name, [Section(0, "", body, 1), *found[2:]]
    return front.title or name, found


def _steps(found: Sequence[Section], reader: DocumentReader, lines: int) -> tuple[list[Step], str]:
    """Build the steps.

    Args:
        found: The sections.
        reader: Parser of the document.
        lines: Number of lines before the sections in the file.

    Returns:
        The steps, and the source before the first of them.
    """
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
    """Return a section as one step, or as several if it is long.

    Args:
        body: Source of the section.
        title: Title of the section.
        read: Converts source to blocks.
        depth: Depth of the first step in the contents.
        part: The empty heading above the section.
        head: Blocks to insert before the content.
        line: Line of the section in the file.
        before: Number of steps before this section.
    """
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
    """Open a text that is not Markdown; its line breaks are kept."""
    title = (Text(clean(name)),)
    steps = _pages(text, title, line_blocks, head=notice)
    return Lesson(name, lang, title, (), tuple(steps), path=name, headless=True)
