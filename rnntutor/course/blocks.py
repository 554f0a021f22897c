"""What prose is made of, after parsing: frozen data, free of Markdown and of any screen."""

from __future__ import annotations

from dataclasses import dataclass

from rnntutor.course.claims import ClaimedRun

# ---- inside a line -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """Where a piece of prose leads.

    kind: "term", "step", "sim" or "url".
    target: a glossary id, "lesson.step", a simulation's name, or an http(s) address.
    settings: for a simulation, its settings as in a sim block; view: the one of its views that the
        text speaks of, "" for none in particular.
    """

    kind: str
    target: str
    settings: tuple[tuple[str, object], ...] = ()
    view: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Words. A link without words of its own has text "" and is named when it is drawn."""

    text: str
    strong: bool = False
    em: bool = False
    code: bool = False
    link: Link | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Maths:
    """An inline formula, as LaTeX source; drawn in one line of Unicode."""

    source: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{{ path }}`: a number of the question's variant."""

    path: str


@dataclass(frozen=True, slots=True)
class GapMark:
    """The place of the cloze's gap number `index` (from 0)."""

    index: int


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line break."""


InlinePart = Text | Maths | Placeholder | GapMark | Break
Inline = tuple[InlinePart, ...]

# ---- blocks --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    inline: Inline


@dataclass(frozen=True, slots=True)
class Heading:
    """Only in files opened as lessons; a course's H1 to H3 are structure."""

    level: int
    inline: Inline


@dataclass(frozen=True, slots=True)
class Listing:
    """A bulleted (start None) or numbered list."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """head and rows have equally many cells; align holds "left", "right" or "center"."""

    head: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    align: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A display formula, as LaTeX source."""

    source: str


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A file that holds a picture. pixels: how wide and high it is, (0, 0) where it does not say.
    size: in bytes."""

    path: str
    pixels: tuple[int, int]
    size: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a terminal cannot show: its caption stands for it. file: where it is, for one
    that is there."""

    caption: str
    source: str
    file: PictureFile | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class RunsBlock:
    """`> [!RUN]`: where the sentences before it come from."""

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
