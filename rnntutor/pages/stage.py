"""A stage as rows: title with transport and views, the view, its caption, the knobs."""

from __future__ import annotations

from itertools import product

from rich.cells import cell_len

from rnntutor.nn.trace import Trace
from rnntutor.numbers import amount, minus
from rnntutor.pages import pictures
from rnntutor.pages.goal import goal_height, goal_row
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import heading, looks_at_unit, view
from rnntutor.render.views.view_context import NOTHING, ViewContext
from rnntutor.session import knobs, outcome, playing
from rnntutor.session import stage as stages
from rnntutor.session.naming import (
    choice_word,
    kind_word,
    label,
    picture_word,
    position_key,
)
from rnntutor.session.stage import Stage, probing, resting
from rnntutor.session.training import Training
from rnntutor.session.transport import SPEEDS
from rnntutor.sims.base import Knob
from rnntutor.spans import Row, Rows, Span, behind, fit, pad, width
from rnntutor.words import Words

LOWEST, LOWER = 14, 18  # rows of a low panel, and of one that is nearly as low
FEW, SOME, MANY = 2, 4, 6  # rows of knobs on one, on the other, and on a high panel
LONG = 36  # cells from which choices are not written out
NAMED, BRIEF, BARE = range(3)  # how much of the transport the title tells
AIR = 4  # cells between the parts of the title
SECOND, HIGHEST = 9, 20  # rows of a view that stands below the chosen one, at least and at most
MARK = 2  # cells for the sign that there are more knobs
CLOSER = 2  # rows by which a view under the chosen one may be drawn lower than it would be


def context(stage: Stage, words: Words, cells: int, height: int) -> ViewContext:
    """What the drawing is told."""
    return ViewContext(
        words,
        stage.at,
        stage.phases,
        width=cells,
        height=height,
        unit=stage.unit,
        focus=frozenset(stage.spec.focus),
        shared=stage.shared,
        open=stage.open_row,
        ascii=words.ascii_only,
        history=stage.training.history if stage.training is not None else NOTHING,
        before=stage.before.trace if stage.before is not None else None,
        earlier=stage.before.history if stage.before is not None else NOTHING,
    )


def stage_rows(
    stage: Stage, words: Words, cells: int, height: int, *, focus: int = 0, said: Row = ()
) -> Rows:
    """The whole panel in `height` rows. focus: 0 none, 1 the stage, 2… its knobs. said: a
    message that stands in place of the caption.

    Where there is room for more than one view, the others follow under the chosen one.
    """
    title = title_row(stage, words, cells, focused=focus == 1)
    most = FEW if height <= LOWEST else SOME if height <= LOWER else MANY
    knobs = knob_rows(stage, words, cells, focus=focus - 2, most=most)
    below = wrap(said, cells)[:4] if said else told_rows(stage, words, cells)
    below = (*below, *[()] * (goal_height(stage, words, cells) - len(below)))
    room = height - 1 - len(knobs) - len(below)
    air = room >= 12 + bool(knobs)
    chosen = stage.views[stage.view]
    apart = 3 + bool(knobs) if air else 2 * (len(knobs) > FEW)  # many knobs are not read in a block
    drawn = _picture(stage, words, chosen, cells, room - apart)
    if apart and not air and len(drawn) < room - apart - 1:  # with one row more it may be higher
        drawn = _picture(stage, words, chosen, cells, room - 1)
    rows: list[Row] = [title, *([()] if air else []), *drawn]
    if not air:
        # The knobs stand under the words they change, never at the foot of an empty panel.
        spare = 1 + room - len(rows)
        rows += [*[()] * min(1, spare), *below, *[()] * min(1, max(0, spare - 1)), *knobs]
        return (*rows, *[()] * (height - len(rows)))
    rows += [(), *below, *([(), *knobs] if knobs else []), ()]
    rows += _more_views(stage, words, cells, height - len(rows))
    return (*rows, *([()] * (height - len(rows))))


def _picture(stage: Stage, words: Words, spec: str, cells: int, height: int) -> Rows:
    return picture(spec, stage.trace, context(stage, words, cells, height))


def _more_views(stage: Stage, words: Words, cells: int, room: int) -> Rows:
    """The views that were not chosen, as many as fit whole, each under its name. Two that do not
    fit end the search: what nobody sees is not to be drawn at every report of a training run."""
    rows: list[Row] = []
    misfits = 0
    count = max(1, min(len(stage.views) - 1, room // (SECOND + 2)))  # that fit, at the least
    each = min(HIGHEST, max(SECOND, room // count - 2))  # they grow before rows stay empty
    for n, spec in enumerate(stage.views):
        if n == stage.view:
            continue
        if len(rows) + 3 > room or misfits == 2:
            break
        drawn = _picture(stage, words, spec, cells, each)
        if not drawn:
            continue
        left = room - len(rows) - 1
        if left < len(drawn) <= left + CLOSER:
            # What is drawn in fewer rows is not what is cut.
            lower = _picture(stage, words, spec, cells, left)
            drawn = lower if lower != drawn[:left] else drawn
        if len(rows) + 1 + len(drawn) > room:
            misfits += 1
            continue
        name = Span(heading(spec, words, stage.trace), "grey")
        number = Span(f"{n + 1} ", "accent", link=f"key:{n + 1}")
        rows += [(name,) if playing.decided(stage) else (number, name), *drawn, ()]
    return tuple(rows[:room])  # the row of air below the last may be the one too many


def title_row(stage: Stage, words: Words, cells: int, *, focused: bool) -> Row:
    """Name, views, transport. Where there is little room the other views go first, then details of
    the transport, the unit (the rows of the view name it as well), the cell's or the simulation's
    name; the name of the present view stays as long as it can."""
    role, kind = "accent" if focused else "", kind_word(stage.trace.kind, words)
    called = words(f"sim.{stage.simulation.name}")
    name: Row = (Span(f"{called} · {kind}", role, strong=True),)
    names = [name]
    if stage.trace.units > 1 and looks_at_unit(stage.views[stage.view], stage.trace):
        unit = Span(f"  {words('stage.unit', n=stage.unit)}", "grey", link="key:u+")
        names = [(*name, unit), name]
    short: list[Row] = [(Span(text, role, strong=True),) for text in (called, kind)]
    every, one = _tabs(stage, words)
    tabbed = ((every, NAMED), (one, NAMED), (one, BRIEF), (one, BARE))
    bare = (((), NAMED), ((), BRIEF), ((), BARE))
    forms = [*product([*names, *short], tabbed)] if one else []
    for left, (tabs, detail) in (*forms, *product([*names, *short[:1]], bare)):
        right = transport_row(stage, words, detail)
        middle = cells - width(left) - width(tabs) - width(right)
        if middle >= AIR:
            break
    return (*left, Span("   "), *tabs, Span(" " * max(1, middle - 3)), *right)


def _tabs(stage: Stage, words: Words) -> tuple[Row, Row]:
    """The views with their digits; the present one alone. Where the digits decide a step, the
    present view under the key that leads to the next."""
    if len(stage.views) < 2:
        return (), ()
    name = Span(heading(stage.views[stage.view], words, stage.trace), link="key:v")
    if playing.decided(stage):
        key = Span("v ", "accent", link="key:v")
        return (key, name), (key, name)
    every: list[Span] = []
    for n, spec in enumerate(stage.views):
        on = n == stage.view
        link = f"key:{n + 1}"
        every += [
            Span(f"{n + 1} ", "accent", link=link),
            Span(heading(spec, words, stage.trace), "" if on else "grey", link=link),
            Span("  "),
        ]
    number = Span(f"{stage.view + 1} ", "accent", link="key:v")
    return tuple(every), (number, name)


def transport_row(stage: Stage, words: Words, detail: int = 0) -> Row:
    """Running or not, the step, the phase, the speed if it is not 1. It is equally wide at every
    moment of a run, so that nothing jumps. detail: NAMED, with the phase's name; BRIEF, without
    it; BARE, and without how far a training run has got."""
    transport = stage.transport
    if resting(stage):
        return ()
    if stage.training is not None and not probing(stage):
        return _training_row(stage, stage.training, words, detail)
    out = [Span("▶ " if transport.running else "  ", "right", link="key:space")]
    if stage.training is not None and stage.training.updates and detail < BARE:
        out.append(Span(f"{words('stage.updates', n=stage.training.updates)}  ", "grey"))
    moment, steps = stage.trace.turned(stage.at.t), transport.steps
    where = words(position_key(stage.spec.use, words), t=moment, of=steps)
    out.append(Span(where, link="key:space"))
    out.append(Span(_phase(stage, words, detail), "grey"))
    speed = SPEEDS[transport.speed]
    if speed != 1:
        out.append(Span(f"  ×{speed:g}", "grey"))
    return tuple(out)


def _phase(stage: Stage, words: Words, detail: int) -> str:
    """What has been computed last, as wide as the longest with the highest step before it."""
    at, transport = stage.at, stage.transport
    shown = [""] * (1 + len(stage.phases))
    if detail == NAMED and len(stage.phases) > 1:  # a step of one phase is named by its number
        keys = ["stage.start", *[f"phase.{phase}" for phase in stage.phases]]
        shown = [f" · {words(key)}" for key in keys]
    widest = max([cell_len(text) for text in shown]) + len(str(transport.steps))
    return pad(shown[at.phase], widest - len(str(stage.trace.turned(at.t))))


def _training_row(stage: Stage, training: Training, words: Words, detail: int) -> Row:
    """Training or not, how many updates, and where there is room the loss. Before the first report
    the updates are those that the net is met with."""
    out = [Span("▶ " if training.running else "  ", "right", link="key:space")]
    key = "stage.trained" if training.done else "stage.updates"
    met = int(stage.trace["updates"]) if "updates" in stage.trace else 0
    out.append(Span(words(key, n=training.updates or met), link="key:space"))
    if training.loss is not None and detail < BRIEF:
        out.append(Span(f"  {words('stage.loss')} {amount(training.loss)}", "grey"))
    if SPEEDS[training.speed] != 1:
        out.append(Span(f"  ×{SPEEDS[training.speed]:g}", "grey"))
    return tuple(out)


def told_rows(stage: Stage, words: Words, cells: int) -> Rows:
    """What stands under the picture, in words: a setting that cannot be, how far a challenge is,
    or the caption."""
    if stage.complaint is not None:
        text = stage.complaint.sentence(words)
        return behind(Span("✗ ", "wrong"), wrap((Span(text, "wrong"),), cells - 2))
    if stage.training is not None and stage.training.diverged:
        rows = wrap((Span(words("stage.diverged"), "wrong"),), cells - 2)
        return behind(Span("✗ ", "wrong"), rows)
    if stage.spec.goal and outcome.missed(stage):
        return wrap(goal_row(stage, words, cells), cells)
    return captioned(stage.views[stage.view], stage.trace, context(stage, words, cells, 2))


def picture(spec: str, trace: Trace, at: ViewContext) -> Rows:
    """The rows of a view, at most at.height; drawn only where they are not kept."""
    kept = pictures.kept("view", spec, trace, at)
    if kept is not None:
        return kept
    return pictures.keep("view", spec, trace, at, view(spec, trace, at))


def captioned(spec: str, trace: Trace, at: ViewContext) -> Rows:
    """What is said under it, likewise."""
    kept = pictures.kept("caption", spec, trace, at)
    if kept is not None:
        return kept
    return pictures.keep("caption", spec, trace, at, caption(trace, at, spec))


def knob_rows(stage: Stage, words: Words, cells: int, *, focus: int, most: int = FEW) -> Rows:
    """The knobs side by side, in as many rows as they need, `most` at the most; the one that has
    the focus is among them, and a sign shows where there are more."""
    rows, lit = _knob_rows(stage, words, cells, focus)
    if len(rows) <= most:
        return tuple(fit(row, cells) for row in rows)
    room = cells - MARK
    rows, lit = _knob_rows(stage, words, room, focus)
    first = max(0, lit - most + 1)
    shown = [fit(row, room) for row in rows[first : first + most]]
    if first:
        shown[0] = (*shown[0], Span(" ▴", "accent"))
    if first + most < len(rows):
        shown[-1] = (*shown[-1], Span(" ▾", "accent"))
    return tuple(shown)


def _knob_rows(stage: Stage, words: Words, cells: int, focus: int) -> tuple[list[Row], int]:
    """All rows of knobs, and which of them holds the one that has the focus. Its mark stands in the
    gap before it, so that no other moves when it wanders; a row has room for one at its head."""
    rows: list[list[Span]] = [[]]
    lit = taken = 0
    for n, name in enumerate(stage.controls):
        part = _knob(stage, words, name, focused=n == focus)
        focused = n == focus
        size = width(part) - focused
        if rows[-1] and taken + 3 + size >= cells:
            rows.append([])
        taken = taken + 3 + size if rows[-1] else size
        rows[-1] += [*([Span("  " if focused else "   ")] if rows[-1] else []), *part]
        lit = len(rows) - 1 if n == focus else lit
    return [tuple(row) for row in rows if row], lit


def _knob(stage: Stage, words: Words, name: str, *, focused: bool) -> Row:
    knob = stages.knob_of(stage, name)
    value = stages.knob_value(stage, name)
    said = label(words, stage.spec.use, name, knob.symbol)
    link = f"knob:{name}"
    role = "accent" if focused else "grey"
    out = [Span(f"▸{said} " if focused else f"{said} ", role, link=link)]

    def lit(count: int) -> str:
        """The colour of an arrow: none where the knob stands at that end."""
        return role if focused and knobs.can_turn(stage, name, count) else "faint"

    if knob.kind in ("choice", "clamp"):
        out += _choices(words, name, knob, value, focused=focused)
    elif knob.kind in ("int", "float") and isinstance(value, int | float):
        decimal = knob.kind == "float"  # a whole number may have a name of its own
        text = _decimal(value, knob) if decimal else choice_word(words, name, value)
        out += [
            Span("◀ ", lit(-1), link=f"turn-:{name}"),
            Span(minus(text), strong=focused),
            Span(" ▶", lit(1), link=f"turn+:{name}"),
        ]
    else:
        text = knobs.written(value)
        if knob.kind == "picture":
            text = picture_word(words, name, text)
        elif knob.kind == "numbers":
            # What lies below the knob's range stands for none: a step without a target.
            parts = text.split(", ") if text else []
            none = [all(float(n) < knob.low for n in part.split()) for part in parts]
            text = minus(", ".join("–" if n else p for n, p in zip(none, parts, strict=True)))
        out.append(Span(text or "–", strong=focused, link=link))
    return tuple(out)


def _decimal(value: float, knob: Knob) -> str:
    """A number with the decimals of its knob, and a sign where it can have either."""
    text = f"{value:.{knob.decimals}f}"
    if not float(text):
        return text.lstrip("-")
    return f"+{text}" if knob.low < 0 < value else text


def _choices(words: Words, name: str, knob: Knob, value: object, *, focused: bool) -> Row:
    """All choices with the present one marked; where they are long, the present one alone."""
    places = ((None,) if knob.kind == "clamp" else ()) + tuple(knob.choices)
    texts = [choice_word(words, name, place) for place in places]
    if sum([cell_len(text) + 2 for text in texts]) > LONG:
        back, on = (
            "accent" if focused and value != end else "faint" for end in (places[0], places[-1])
        )
        return (
            Span("◀ ", back, link=f"turn-:{name}"),
            Span(choice_word(words, name, value), strong=focused),
            Span(" ▶", on, link=f"turn+:{name}"),
        )
    return tuple(
        Span(f"[{text}]", strong=focused) if place == value else Span(f" {text} ", "grey")
        for place, text in zip(places, texts, strict=True)
    )
