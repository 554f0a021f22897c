"""The parsed prose of a lesson: frozen data without Markdown and without display code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rnntutor.course.claims import ClaimedRun

# ---- inline content ------------------------------------------------------------------------


LinkKind = Literal["term", "step", "sim", "url"]
"""What a link leads to: a headword of the glossary, a step, a simulation or a web page."""


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a link in prose.

    Attributes:
        kind: What it leads to.
        target: A glossary id, "lesson.step", the name of a simulation, or an http(s) address.
        settings: Settings of the simulation, as in a sim block.
        view: The view of the simulation to open, "" for its default.
    """

    kind: LinkKind
    target: str
    settings: tuple[tuple[str, object], ...] = ()
    view: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text in one style. A link with empty text gets its name when it is rendered."""

    text: str
    strong: bool = False
    em: bool = False
    code: bool = False
    link: Link | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Maths:
    """An inline formula as LaTeX source, rendered in one line of Unicode."""

    source: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{{ path }}`, replaced by a number of the question's variant."""

    path: str


@dataclass(frozen=True, slots=True)
class GapMark:
    """A gap in the text of a cloze, by its index."""

    index: int


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line break."""


InlinePart = Text | Maths | Placeholder | GapMark | Break
Inline = tuple[InlinePart, ...]

# ---- blocks --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inline: Inline


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Occurs only in opened files; in a course, H1 to H3 define the structure."""

    level: int
    inline: Inline


@dataclass(frozen=True, slots=True)
class Listing:
    """A bulleted list (`start` is None) or a numbered list."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A code block; `language` is the info string of its fence."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        head: Cells of the header row.
        rows: Rows with as many cells as the header row.
        align: "left", "right" or "center" for each column.
    """

    head: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    align: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A display formula as LaTeX source."""

    source: str


@dataclass(frozen=True, slots=True)
class PictureFile:
    """An image file.

    Attributes:
        path: Path of the file.
        pixels: Width and height in pixels, (0, 0) if unknown.
        size: Size in bytes.
    """

    path: str
    pixels: tuple[int, int]
    size: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; a terminal shows its caption instead.

    Attributes:
        caption: The caption.
        source: Address of the picture as written.
        file: The file of the picture, if it exists.
    """

    caption: str
    source: str
    file: PictureFile | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class RunsBlock:
    """`> [!RUN]`: the runs on which the sentences before it are based."""

    runs: tuple[ClaimedRun, ...]


Block = (
    Paragraph
    | Heading
    | Listing
    | Quote
    | CodeBlock
    | Table
    | MathBlock
    | Picture
    | Rule
    | RunsBlock
)
Blocks = tuple[Block, ...]
