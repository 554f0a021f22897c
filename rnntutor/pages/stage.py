"""Render a stage: title with transport and views, the present view, its caption, the knobs."""

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
    label,
    picture_word,
    position_key,
    title_word,
)
from rnntutor.session.stage import Stage, probing, resting
from rnntutor.session.training import Training
from rnntutor.session.transport import SPEEDS
from rnntutor.sims.base import Knob
from rnntutor.spans import Row, Rows, Span, behind, fit, pad, width
from rnntutor.words import Words

LOWEST, LOWER = 14, 18  # heights in rows up to which a panel is low, or fairly low
FEW, SOME, MANY = 2, 4, 6  # most rows of knobs on a low, fairly low and high panel
LONG = 36  # width in cells from which choices are not all written out
NAMED, BRIEF, BARE = range(3)  # levels of detail of the transport in the title
AIR = 4  # minimum gap between the parts of the title in cells
SECOND, HIGHEST = 9, 20  # minimum and maximum height of a view below the chosen one, in rows
MARK = 2  # width in cells of the sign for more knobs
CLOSER = 2  # most rows by which a view below the chosen one is shrunk to fit


def context(stage: Stage, words: Words, cells: int, height: int) -> ViewContext:
    """Return the drawing context of a stage."""
    return ViewContext(
        words,
        stage.cursor,
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
    """Return the whole panel in `height` rows.

    If there is room for more than one view, the others follow below the chosen one.

    Args:
        focus: 0 for none, 1 for the stage, 2… for its knobs.
        said: a message that replaces the caption.
    """
    title = title_row(stage, words, cells, focused=focus == 1)
    most = FEW if height <= LOWEST else SOME if height <= LOWER else MANY
    knobs = knob_rows(stage, words, cells, focus=focus - 2, most=most)
    below = wrap(said, cells)[:4] if said else told_rows(stage, words, cells)
    below = (*below, *[()] * (goal_height(stage, words, cells) - len(below)))
    room = height - 1 - len(knobs) - len(below)
    air = room >= 12 + bool(knobs)
    chosen = stage.views[stage.view]
    apart = 3 + bool(knobs) if air else 2 * (len(knobs) > FEW)  # many knobs need blank rows
    drawn = _picture(stage, words, chosen, cells, room - apart)
    if apart and not air and len(drawn) < room - apart - 1:  # retry with one more row
        drawn = _picture(stage, words, chosen, cells, room - 1)
    rows: list[Row] = [title, *([()] if air else []), *drawn]
    if not air:
        # The knobs directly follow the text that they change, not at the bottom of the panel.
        spare = 1 + room - len(rows)
        rows += [*[()] * min(1, spare), *below, *[()] * min(1, max(0, spare - 1)), *knobs]
        return (*rows, *[()] * (height - len(rows)))
    rows += [(), *below, *([(), *knobs] if knobs else []), ()]
    rows += _more_views(stage, words, cells, height - len(rows))
    return (*rows, *([()] * (height - len(rows))))


def _picture(stage: Stage, words: Words, spec: str, cells: int, height: int) -> Rows:
    return picture(spec, stage.trace, context(stage, words, cells, height))


def _more_views(stage: Stage, words: Words, cells: int, room: int) -> Rows:
    """Return the views that were not chosen, as many as fit completely, each with its name.

    The search ends after two views that do not fit, because invisible views should not be drawn at
    every report of a training run.
    """
    rows: list[Row] = []
    misfits = 0
    count = max(1, min(len(stage.views) - 1, room // (SECOND + 2)))  # fit at minimum height
    each = min(HIGHEST, max(SECOND, room // count - 2))  # use spare rows for taller views
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
            # A view drawn at a lower height is complete, unlike one that is cut off.
            lower = _picture(stage, words, spec, cells, left)
            drawn = lower if lower != drawn[:left] else drawn
        if len(rows) + 1 + len(drawn) > room:
            misfits += 1
            continue
        name = Span(heading(spec, words, stage.trace), "grey")
        number = Span(f"{n + 1} ", "accent", link=f"key:{n + 1}")
        rows += [(name,) if playing.action_knob(stage) else (number, name), *drawn, ()]
    return tuple(rows[:room])  # without the last blank row if it does not fit


def title_row(stage: Stage, words: Words, cells: int, *, focused: bool) -> Row:
    """Return the title: name, views, transport.

    If space is short, parts are left out in this order: other views, details of the transport, the
    unit (the view shows it too), the cell's or simulation's name. The present view's name stays
    longest.
    """
    role, kind = "accent" if focused else "", title_word(stage.trace, words)
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
    """Return the views with their digits, and the present view alone.

    If digits choose the action of a step, the present view is shown with the key for the next view.
    """
    if len(stage.views) < 2:
        return (), ()
    name = Span(heading(stage.views[stage.view], words, stage.trace), link="key:v")
    if playing.action_knob(stage):
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
    """Return the state of the transport: running, step, phase, and the speed unless it is 1.

    Its width is constant during a run, so that nothing moves.

    Args:
        detail: NAMED with the phase's name; BRIEF without it; BARE also without the training
            updates.
    """
    transport = stage.transport
    if resting(stage):
        return ()
    if stage.training is not None and not probing(stage):
        return _training_row(stage, stage.training, words, detail)
    out = [Span("▶ " if transport.running else "  ", "right", link="key:space")]
    if stage.training is not None and stage.training.updates and detail < BARE:
        out.append(Span(f"{words('stage.updates', n=stage.training.updates)}  ", "grey"))
    moment, steps = stage.trace.computed_step(stage.cursor.t), transport.steps
    where = words(position_key(stage.spec.use, words), t=moment, of=steps)
    out.append(Span(where, link="key:space"))
    out.append(Span(_phase(stage, words, detail), "grey"))
    speed = SPEEDS[transport.speed]
    if speed != 1:
        out.append(Span(f"  ×{speed:g}", "grey"))
    return tuple(out)


def _phase(stage: Stage, words: Words, detail: int) -> str:
    """Return the last computed phase, padded to the width of the longest phase."""
    at, transport = stage.cursor, stage.transport
    shown = [""] * (1 + len(stage.phases))
    if detail == NAMED and len(stage.phases) > 1:  # a step of one phase needs only its number
        keys = ["stage.start", *[f"phase.{phase}" for phase in stage.phases]]
        shown = [f" · {words(key)}" for key in keys]
    widest = max([cell_len(text) for text in shown]) + len(str(transport.steps))
    return pad(shown[at.phase], widest - len(str(stage.trace.computed_step(at.t))))


def _training_row(stage: Stage, training: Training, words: Words, detail: int) -> Row:
    """Return whether training runs, the number of updates, and the loss if there is room.

    Before the first report, this is the number of updates that the initial network has had.
    """
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
    """Return the text below the picture: a complaint, a challenge's progress, or the caption."""
    if stage.complaint is not None:
        text = stage.complaint.sentence(words)
        return behind(Span("✗ ", "wrong"), wrap((Span(text, "wrong"),), cells - 2))
    if stage.training is not None and stage.training.diverged:
        rows = wrap((Span(words("stage.diverged"), "wrong"),), cells - 2)
        return behind(Span("✗ ", "wrong"), rows)
    if stage.spec.goal and outcome.missed(stage):
        return wrap(goal_row(stage, words, cells), cells)
    return caption_rows(stage.views[stage.view], stage.trace, context(stage, words, cells, 2))


def picture(spec: str, trace: Trace, at: ViewContext) -> Rows:
    """Return the rows of a view, at most at.height, from the cache if possible."""
    kept = pictures.cached_rows("view", spec, trace, at)
    if kept is not None:
        return kept
    return pictures.keep("view", spec, trace, at, view(spec, trace, at))


def caption_rows(spec: str, trace: Trace, at: ViewContext) -> Rows:
    """Return the caption of a view, from the cache if possible."""
    kept = pictures.cached_rows("caption", spec, trace, at)
    if kept is not None:
        return kept
    return pictures.keep("caption", spec, trace, at, caption(trace, at, spec))


def knob_rows(stage: Stage, words: Words, cells: int, *, focus: int, most: int = FEW) -> Rows:
    """Return the knobs side by side, in at most `most` rows.

    The focused knob is always included; signs show that there are more.
    """
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
    """Return all rows of knobs, and the index of the row with the focused knob.

    The mark of the focus is placed in the gap before the knob, so that the other knobs do not move.
    """
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
        """Return the colour of an arrow; faint at that end of the knob's range."""
        return role if focused and knobs.can_turn(stage, name, count) else "faint"

    if knob.kind in ("choice", "clamp"):
        out += _choices(words, name, knob, value, focused=focused)
    elif knob.kind in ("int", "float") and isinstance(value, int | float):
        decimal = knob.kind == "float"  # a whole number may be shown as a word
        text = _decimal(value, knob) if decimal else choice_word(words, name, value)
        out += [
            Span("◀ ", lit(-1), link=f"turn-:{name}"),
            Span(minus(text), strong=focused),
            Span(" ▶", lit(1), link=f"turn+:{name}"),
        ]
    else:
        text = knobs.format_value(value)
        if knob.kind == "picture":
            text = picture_word(words, name, text)
        elif knob.kind == "numbers":
            # A value below the knob's range means none: a step without a target.
            parts = text.split(", ") if text else []
            none = [all(float(n) < knob.low for n in part.split()) for part in parts]
            text = minus(", ".join("–" if n else p for n, p in zip(none, parts, strict=True)))
        out.append(Span(text or "–", strong=focused, link=link))
    return tuple(out)


def _decimal(value: float, knob: Knob) -> str:
    """Format a number with its knob's decimals, and a plus if the knob allows negative numbers."""
    text = f"{value:.{knob.decimals}f}"
    if not float(text):
        return text.lstrip("-")
    return f"+{text}" if knob.low < 0 < value else text


def _choices(words: Words, name: str, knob: Knob, value: object, *, focused: bool) -> Row:
    """Return all choices with the present one marked; if they are long, only the present one."""
    choices = ((None,) if knob.kind == "clamp" else ()) + tuple(knob.choices)
    texts = [choice_word(words, name, choice) for choice in choices]
    if sum([cell_len(text) + 2 for text in texts]) > LONG:
        back, on = (
            "accent" if focused and value != end else "faint" for end in (choices[0], choices[-1])
        )
        return (
            Span("◀ ", back, link=f"turn-:{name}"),
            Span(choice_word(words, name, value), strong=focused),
            Span(" ▶", on, link=f"turn+:{name}"),
        )
    return tuple(
        Span(f"[{text}]", strong=focused) if choice == value else Span(f" {text} ", "grey")
        for choice, text in zip(choices, texts, strict=True)
    )
