"""The commands a stage offers in its current state, as pure functions.

A stage is shown beside its step's text, full screen, or in the first minute.
"""

from __future__ import annotations

from rnntutor.course.sim_spec import PredictChoice
from rnntutor.session import acts, because, playing
from rnntutor.session import first_minute as minute
from rnntutor.session.knobs import TYPED
from rnntutor.session.stage import Stage, knob_of, probing, resting
from rnntutor.tui.commands import BACK, NEXT, OUT, SCROLL, experiment, reading
from rnntutor.tui.keys import KeyCommand, digits
from rnntutor.tui.page_state import KNOBS, PROSE, ScreenPageState

TURN = (
    KeyCommand("more", ("right",), "key.turn", hint="← →"),
    KeyCommand("less", ("left",), "key.less", shown=False),
)
WALK_KNOBS = (
    KeyCommand("knob_up", ("up",), "key.knob-up", shown=False),
    KeyCommand("knob_down", ("down",), "key.knob-down", shown=False),
)
UNITS = (
    KeyCommand("unit_back", ("up",), "key.unit-back", shown=False),
    KeyCommand("unit_on", ("down",), "key.unit-on", shown=False),
)
STEPS = (
    KeyCommand("step_back", ("pageup",), "key.step-back", shown=False),
    KeyCommand("step_on", ("pagedown",), "key.step-on", shown=False),
)
FOCUS = KeyCommand("focus_next", ("tab",), "key.focus")
ALWAYS = (
    KeyCommand("focus_previous", ("shift+tab",), "key.focus-back", shown=False),
    KeyCommand("to_start", ("home",), "key.start", shown=False),
    KeyCommand("to_end", ("end",), "key.end", shown=False),
    KeyCommand("reset", ("r",), "key.reset", shown=False),
    KeyCommand("slower", ("-",), "key.slower", shown=False),
    KeyCommand("faster", ("=", "+"), "key.faster", shown=False),
    KeyCommand("shared", ("w",), "key.shared", shown=False),
    KeyCommand("open_row", ("o",), "key.open-row", shown=False),
    KeyCommand("source", ("s",), "key.source", shown=False),
    KeyCommand("line", ("y",), "key.line", shown=False),
)


def step(
    page_state: ScreenPageState, *, link: bool = False, more: bool = False
) -> tuple[KeyCommand, ...]:
    """Return the commands of a step's page.

    Args:
        link: whether its prose links to an experiment.
        more: whether the prose continues below the visible part.
    """
    stage = page_state.stage
    if stage is None:
        return (*reading(more=more), *((experiment(),) if link else ()))
    if found := because.reasons(stage):
        return _because(len(found), page_state)
    if because.is_told(stage):
        scroll = SCROLL if page_state.focus == PROSE else ()
        act = acts.act(because.read(stage), reading=False)
        on = KeyCommand("because_read", ("enter", "n"), f"key.to-{act}")
        return (on, BACK, OUT, *scroll)
    if stage.ready and playing.action_knob(stage):
        return _playing(stage, page_state)
    own = setting(page_state)
    return (
        *_predicting(stage),
        *_leaving(stage, own),
        *_transport(stage, page_state, own, more),
        *_views(stage),
    )


def _playing(stage: Stage, page_state: ScreenPageState) -> tuple[KeyCommand, ...]:
    """Return the commands of a stage on which the learner decides every step.

    They are a key for each choice, and stepping back. The run still works but is not in the footer,
    because it would decide all steps alike.
    """
    begun = stage.transport.position > 0
    on = KeyCommand("phase_on", ("right", ".", ">"), "key.phase", hint="→", shown=not begun)
    rest = tuple(c._replace(shown=c.name == "next") for c in _leaving(stage, ()))
    every = tuple(
        c._replace(shown=False) for c in _transport(stage, page_state, setting(page_state))
    )
    back = tuple(c._replace(shown=begun) for c in every if c.name == "phase_back")
    moves = tuple(c for c in every if c.name not in ("phase_on", "phase_back"))
    return (*_deciding(stage), on, *back, *rest, *moves, *_views(stage))


def _deciding(stage: Stage) -> tuple[KeyCommand, ...]:
    """Return a command for each choice at the current step."""
    name = playing.action_knob(stage).partition("@")[0]
    shown = stage.transport.position > 0 and not stage.finished
    return tuple(
        KeyCommand("decide", (str(n),), f"choice.{name}.{choice}", shown=shown)
        for n, choice in enumerate(playing.choices(stage))
    )


def _because(count: int, page_state: ScreenPageState) -> tuple[KeyCommand, ...]:
    """Return the commands for choosing a reason, which comes before anything else on the stage."""
    pick = KeyCommand("because", digits(count), "key.pick", hint=f"1-{count}")
    scroll = SCROLL if page_state.focus == PROSE else ()
    return (pick, NEXT._replace(shown=False), BACK, OUT, *scroll)


def zoomed(page_state: ScreenPageState, *, lab: bool = False) -> tuple[KeyCommand, ...]:
    """Return the commands of a full-screen stage.

    Args:
        lab: whether every setting can be typed and a second stage be placed beside it.
    """
    stage = page_state.stage
    if stage is None:
        return (KeyCommand("out", ("escape", "enter"), "key.close"),)
    own = setting(page_state)
    free = lab and stage.ready and not own
    assign = (KeyCommand("assign", ("enter", ":"), "key.assign"),) if free else ()
    beside = (KeyCommand("compare", ("c",), "key.compare"),) if lab and stage.ready else ()
    # In the lab the stage already fills the screen, and there is no page to return to.
    out = KeyCommand("out", ("escape",) if lab else ("escape", "z"), "key.close")
    keys = (*_predicting(stage), *own, *(_deciding(stage) if stage.ready else ()))
    shown = (*keys, *_transport(stage, page_state, own), *assign, *beside, out)
    return (*shown, *_views(stage, zoom=False))


def first_minute(stop: str, page_state: ScreenPageState) -> tuple[KeyCommand, ...]:
    """Return the commands of a stop of the first minute.

    The stage can be moved from the stop RUN on, the knob turned from the stop TURN_KNOB on.
    """
    picks = digits(minute.OPTIONS)
    picked = {minute.PREDICT: "predict", minute.ANSWER: "answer"}.get(stop)
    if stop == minute.OVER:
        return (KeyCommand("out", ("enter", "escape"), "key.lessons"),)
    out = [KeyCommand(picked, picks, "key.pick", hint=f"1-{len(picks)}")] if picked else []
    if stop == minute.BACK:
        out.append(KeyCommand("phase_back", ("left", ","), "key.step-back-in-time"))
    if stop in (minute.TURN_KNOB, minute.ANSWER):
        if page_state.focus >= KNOBS:
            out += TURN
        out.append(KeyCommand("focus_next", ("tab", "shift+tab"), "key.to-knob"))
    if stop in (minute.RUN, minute.BACK):
        assert page_state.stage is not None
        running = page_state.stage.transport.running
        out += [
            KeyCommand("run", ("space",), "key.pause" if running else "key.run"),
            KeyCommand("phase_on", ("right", "."), "key.phase", shown=False),
            KeyCommand("to_end", ("end",), "key.end", shown=False),
        ]
    return (*out, KeyCommand("out", ("escape",), "key.leave-minute"))


def setting(page_state: ScreenPageState) -> tuple[KeyCommand, ...]:
    """Return the command that draws or types the focused knob's value; empty for other knobs."""
    stage, index = page_state.stage, page_state.focus - KNOBS
    if stage is None or not stage.ready or not 0 <= index < len(stage.controls):
        return ()
    kind = knob_of(stage, stage.controls[index]).kind
    if kind == "picture":
        return (KeyCommand("draw", ("enter",), "key.draw"),)
    return (KeyCommand("edit_knob", ("enter",), "key.field"),) if kind in TYPED else ()


def _predicting(stage: Stage) -> tuple[KeyCommand, ...]:
    """Return the commands of an open prediction: choose or confirm it, or skip it."""
    if stage.ready or stage.prediction is None:
        return ()
    skip = KeyCommand("skip", ("tab",), "key.skip")
    spec = stage.prediction.spec
    if isinstance(spec, PredictChoice):
        keys = digits(len(spec.options))
        pick = KeyCommand("predict", keys, "key.pick", hint=f"1-{len(keys)}")
        return (pick, skip)
    return (KeyCommand("confirm", ("enter",), "key.predict"), skip)


def _leaving(stage: Stage, setting: tuple[KeyCommand, ...]) -> tuple[KeyCommand, ...]:
    if setting:
        return (*setting, NEXT._replace(keys=("n",)), BACK, OUT)
    predicting = stage.prediction is not None and stage.prediction.open
    typed = predicting and not isinstance(stage.prediction.spec, PredictChoice)  # type: ignore[union-attr]
    following = KeyCommand("next", ("n",), "key.next") if typed else NEXT
    if predicting:
        following = following._replace(shown=False)  # the prediction comes first
    return (following, BACK, OUT)


def _transport(
    stage: Stage, page_state: ScreenPageState, setting: tuple[KeyCommand, ...], more: bool = False
) -> tuple[KeyCommand, ...]:
    """Return the commands for running and stepping, and the arrow keys for the current focus.

    Args:
        setting: commands that type or draw the focused knob; if any, the arrows step the run.
        more: whether the prose continues below the visible part.
    """
    out: list[KeyCommand] = []
    knob = page_state.focus >= KNOBS
    turned = knob and not setting
    if turned:
        out += TURN
    rests = resting(stage)
    if stage.ready and not rests:
        running = stage.transport.running
        label = "key.run"
        if stage.training is not None:
            running, label = stage.training.running, "key.train"
        out.append(KeyCommand("run", ("space",), "key.pause" if running else label))
    left, right = ((), ()) if turned else (("left",), ("right",))
    if not probing(stage):
        if stage.ready and not rests:
            out.append(KeyCommand("one_update", (*right, ".", ">"), "key.one-update"))
    elif stage.ready:
        hint = ", ." if turned else "← →"
        out.append(KeyCommand("phase_on", (*right, ".", ">"), "key.phase", hint=hint))
    if probing(stage):
        keys = (*left, ",", "<")
        back = not stage.ready and stage.transport.position > 0
        out.append(KeyCommand("phase_back", keys, "key.phase-back", shown=back))
    if knob:
        out += WALK_KNOBS
    elif page_state.focus == PROSE:
        out += [c._replace(shown=more and c.name == "down") for c in SCROLL]
    else:
        out += UNITS
    if page_state.focus != PROSE:
        out += STEPS
    if stage.ready:
        out.append(FOCUS)
    return (*out, *ALWAYS)


def _views(stage: Stage, *, zoom: bool = True) -> tuple[KeyCommand, ...]:
    predicting = stage.prediction is not None and stage.prediction.open
    out: list[KeyCommand] = [KeyCommand("zoom", ("z",), "key.zoom")] if zoom else []
    if len(stage.views) > 1:
        keys = digits(len(stage.views))
        choosing = predicting and isinstance(stage.prediction.spec, PredictChoice)  # type: ignore[union-attr]
        if not choosing and not playing.action_knob(stage):
            out.append(KeyCommand("view", keys, "key.view", hint=f"1-{len(keys)}"))
        out.append(KeyCommand("next_view", ("v",), "key.next-view", shown=False))
    return tuple(out)
