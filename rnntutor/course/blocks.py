"""What a lesson is made of, after parsing: frozen data, free of Markdown and of any screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

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
class Claim:
    """What is said of a run: the value called `of` is / lies `in` / is less than … `value`.

    of: a measure of the simulation, what its training reports, or a place in its trace. test: "=",
    "in", "<", ">", "<=" or ">="; "=" to as many decimals as were written. value: a number, a pair,
    or the name of another value. over: "" for every run of the line, "some" or "median". at: "" for
    the last report of a training run, "lowest" or "highest" of all. text: as the author wrote it.
    """

    of: str
    test: str
    value: float | str | tuple[float, float]
    over: str = ""
    at: str = ""
    decimals: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedRun:
    """A run that the lesson makes a claim about, with or without training. settings: as in a link;
    a list for a setting that takes one value stands for one run each. updates: how far it is
    trained, None to its end."""

    use: str
    settings: tuple[tuple[str, object], ...]
    updates: int | None
    claims: tuple[Claim, ...]
    line: int = 0


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

# ---- simulations ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold: the value at path `of` is / at_least / at_most / lies between `value`.

    of: a path into the trace, a measure, a knob (a setting), or "t", "phase", "updates".
    after: as a task it counts only once the tasks before it are done.
    """

    of: str
    test: str
    value: object
    after: bool = False


@dataclass(frozen=True, slots=True)
class KnownMistake:
    """A known mistake: `slip` names a function beside the model, or `of` another place of the
    right trace; exactly one of the two is set. say: what the learner did."""

    say: Inline
    slip: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class PredictNumber:
    """Asked before the run: the value at `ask`, within `atol`. say: the question, if any."""

    ask: str
    atol: float
    wrong: tuple[KnownMistake, ...] = ()
    say: Inline = ()


@dataclass(frozen=True, slots=True)
class PredictOption:
    """One thing that may happen. when: what holds at the end if it has. say: why one may expect
    it and what is wrong with that; the right option needs none."""

    text: Inline
    when: Condition
    say: Inline = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Because:
    """One reason for what came out, to choose from after a missed prediction. say: what is wrong
    with it; the right one has none. m: the misconception behind it."""

    text: Inline
    right: bool = False
    say: Inline = ()
    m: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PredictChoice:
    """Asked before the run: the option whose condition will hold at the end is right. because:
    who has missed it chooses one of these reasons before going on."""

    options: tuple[PredictOption, ...]
    say: Inline = ()
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class SimSpec:
    """A ```sim block. settings: what differs from the simulation's defaults."""

    use: str
    settings: tuple[tuple[str, object], ...] = ()
    controls: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    cursor: int = 0
    predict: PredictNumber | PredictChoice | None = None
    do: tuple[Condition, ...] = ()
    goal: tuple[Condition, ...] = ()
    said: Inline = ()  # `say = "…"`: what to see once `do` or `goal` holds
    runs: tuple[ClaimedRun, ...] = ()  # what its sentences say of training runs at these settings
    line: int = 0


# ---- questions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """id: its `{#id}`, else its `m`, else its place from 1. feedback: why it is wrong."""

    id: str
    inline: Inline
    right: bool
    feedback: Blocks = ()
    m: str = ""
    fixed: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """kind "type": answers are those accepted, the first is the key. kind "pick": choices in the
    author's order, answers holds the right one."""

    kind: str
    answers: tuple[str, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a gap or a pair is wrong, whatever was put there. m: the misconception behind it."""

    inline: Inline
    m: str = ""


class Body:
    """What a question asks and what is right: each kind has its own, in course/questions."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Question:
    """id: "topic.name". type: the name of its kind."""

    id: str
    type: str
    title: Inline
    prompt: Blocks
    body: Body
    why: Blocks
    hints: tuple[Blocks, ...] = ()
    difficulty: int = 1
    rev: int = 1
    beyond: bool = False
    line: int = 0

    @property
    def topic(self) -> str:
        return self.id.partition(".")[0]


# ---- lessons -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One idea: prose, at most one simulation, and the questions that follow it in the path.
    id: without the lesson's, as in `{#forget}`. given: what the learner has to know while something
    is asked (`> [!GIVEN]`). tasks: what is to be done, a line for each condition of the
    simulation's `do` (or, as older lessons have it, one paragraph for all). given_line, tasks_line:
    where they stand in the file.

    Of a file that was opened: depth: 0, or 1 for a heading below another one, or -1 for the rest of
    a long one, which the contents leave out. part: the heading without words of its own that this
    one stands under, where it is the first there. later: reads the prose when it is looked at."""

    id: str
    title: Inline
    blocks: Blocks
    sim: SimSpec | None = None
    questions: tuple[Question, ...] = ()
    beyond: bool = False
    line: int = 0
    given: Blocks = ()
    tasks: tuple[Inline, ...] = ()
    given_line: int = 0
    tasks_line: int = 0
    depth: int = 0
    part: Inline = ()
    later: Callable[[], Blocks] | None = field(default=None, compare=False, repr=False)

    @property
    def prose(self) -> Blocks:
        """Its prose, read now where that has been put off."""
        return self.blocks if self.later is None else self.later()

    @property
    def everything(self) -> Blocks:
        """All of its words: the prose, what is given, and the tasks."""
        return (*self.prose, *self.given, *(Paragraph(task) for task in self.tasks))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in one language. opening: the prose between its H1 and its first step: the
    question that the lesson answers. headless: a file that was opened and has no headings."""

    id: str
    lang: str
    title: Inline
    opening: Blocks
    steps: tuple[Step, ...]
    pool: tuple[Question, ...] = ()
    path: str = ""
    headless: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them, in the path first, then the pool."""
        return (*(q for s in self.steps for q in s.questions), *self.pool)


@dataclass(frozen=True, slots=True)
class Problem:
    """What `check` found: where, what is wrong, and how to write it."""

    path: str
    line: int
    text: str
    warning: bool = False
    rule: str = ""  # which rule of check/ found it; "" for what the parser found

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {'warning: ' if self.warning else ''}{self.text}"


# ---- the course ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A glossary entry: id, and per language the headword, the aliases that an answer may use,
    and one sentence that defines it. step: "lesson.step" that teaches it, or "". role: the
    quantity that it names ("f", "grad"), whose colour it wears, or ""."""

    id: str
    word: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, tuple[str, ...]], ...]
    definition: tuple[tuple[str, Inline], ...]
    step: str = ""
    role: str = ""
    line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called, in every language: its headwords, then its aliases."""
        aliases = (alias for _, found in self.aliases for alias in found)
        return (*(word for _, word in self.word), *aliases)
