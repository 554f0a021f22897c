"""Which commands a page offers in its present state. Pure: one table, read by screen and tests."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import PredictChoice
from rnntutor.course.expression import CONSTANTS, FUNCTIONS
from rnntutor.course.questions import kind_of
from rnntutor.session import because, playing
from rnntutor.session import first_minute as minute
from rnntutor.session.knobs import drawn, typed
from rnntutor.session.question import ANSWERING, CONFIDENCE, DONE, QuestionState, choices
from rnntutor.session.stage import Stage, probing
from rnntutor.session.typed_number import ALONE
from rnntutor.tui.keys import EVERYWHERE, Command
from rnntutor.tui.visit import KNOBS, PROSE, Visit

NEXT = Command("next", ("enter", "n"), "key.next")
BACK = Command("back", ("backspace", "p"), "key.back", shown=False)
OUT = Command("out", ("escape",), "key.home", shown=False)
# What a number begins with: the digits first, then signs, then the letter of a function or of a
# constant (`tanh(0.5)`, `e^-1`).
NAMES = tuple(sorted({name[0] for name in (*FUNCTIONS, *CONSTANTS)}))
OPENING = (*"0123456789+-−.,([≈π√σ", *NAMES)
PICTURE = Command("picture", ("+", "o"), "key.picture")
NOTES = (
    Command("note", ("j",), "key.note", shown=False),
    Command("unclear", ("x",), "key.unclear", shown=False),
)
SCROLL = (
    Command("up", ("up",), "key.up", shown=False),
    Command("down", ("down",), "key.down", shown=False),
    Command("page_up", ("pageup",), "key.page-up", shown=False),
    Command("page_down", ("pagedown",), "key.page-down", shown=False),
)


def digits(count: int) -> tuple[str, ...]:
    return tuple(str(n + 1) for n in range(min(count, 9)))


def reading(*, more: bool = False) -> tuple[Command, ...]:
    """A page that is only read. more: whether it goes on below: then Enter reads on."""
    if not more:
        return (NEXT, BACK, OUT, *SCROLL)
    on = Command("read_on", ("enter",), "key.read-on")
    return (on, replace(NEXT, keys=("n",), shown=False), BACK, OUT, *SCROLL)


def reading_step(*, more: bool, link: bool) -> tuple[Command, ...]:
    """The text of a step whose stage comes after it. more: whether it goes on below."""
    on = Command("read_on", ("enter",), "key.read-on" if more else "key.to-stage")
    stage = Command("to_stage", ("n", "tab"), "key.to-stage", shown=more)
    return (on, stage, BACK, OUT, *SCROLL, *((_experiment(),) if link else ()))


def with_text(found: tuple[Command, ...]) -> tuple[Command, ...]:
    """The commands of a stage whose text stands on a screen of its own: back leads to it."""
    back = replace(BACK, keys=tuple(key for key in BACK.keys if key != "backspace"))
    text = Command("read_again", ("backspace",), "key.read-again")
    return (*(back if c.name == BACK.name else c for c in found), text)


def cover(count: int = ALONE) -> tuple[Command, ...]:
    """A lesson's first page: walk its steps, open one. count: how many it lists; from ten on they
    have numbers, of which a whole one opens its step."""
    long = count > ALONE
    number = Command(
        "jump", (*digits(9), "0"), "key.number" if long else "key.jump", long,
        f"1-{count}" if long else "1-9",
    )  # fmt: skip
    return (
        Command("open_step", ("enter",), "key.open"),
        Command("down", ("down",), "key.walk", hint="↑ ↓"),
        Command("up", ("up",), "key.walk-up", shown=False),
        *SCROLL[2:],
        Command("top", ("home",), "key.top", shown=False),
        Command("bottom", ("end",), "key.bottom", shown=False),
        number,
        Command("next", ("n",), "key.next", shown=False),
        Command("back", ("backspace", "escape", "p"), "key.home"),
    )


def of_a_file(
    found: tuple[Command, ...], *, end: bool, contents: bool = False
) -> tuple[Command, ...]:
    """The same where a file is read: what leads to the lessons, and what goes on at its end,
    closes it. contents: whether it has some that this page is not: out leads there first."""
    out = []
    for command in found:
        if command.name == OUT.name and contents:
            out.append(replace(command, label="key.contents", shown=True))
        elif command.label == "key.home" or (end and command.label == "key.next"):
            out.append(replace(command, label="key.shut"))
        else:
            out.append(command)
    return tuple(out)


def sideways(left: bool, right: bool) -> tuple[Command, ...]:
    """Where long lines of code go on at a side of what is seen of them."""
    on = Command("code_right", ("right",), "key.code-right")
    back = Command("code_left", ("left",), "key.code-left", shown=not right)
    return (*((on,) if right else ()), *((back,) if left else ()))


def lesson_end(*, wrong: bool) -> tuple[Command, ...]:
    """A lesson's last page. wrong: whether something of it was not right at last."""
    again = (Command("wrong_again", ("space", "w"), "key.wrong-again"),) if wrong else ()
    return (NEXT, *again, Command("card", ("k",), "key.card"), BACK, OUT, *SCROLL)


def within_field(found: tuple[Command, ...]) -> tuple[Command, ...]:
    """What still works while a text field has the keyboard: in it every character is text."""
    text = {"space", "backspace", "delete", "left", "right", "home", "end"}
    out = [Command("leave_field", ("escape",), "key.leave-field")]
    for command in found:
        keys = tuple(k for k in command.keys if len(k) > 1 and k not in text and k != "escape")
        if keys:
            out.append(
                replace(command, keys=keys, hint=command.hint if keys[0] == command.keys[0] else "")
            )
    return (*out[1:], out[0])


def before_field(found: tuple[Command, ...], text: str, *, number: bool) -> tuple[Command, ...]:
    """What works while a text field waits. A digit opens it; where a number is asked for, so do a
    sign, a point, a bracket, the first letter of a function and, until something stands in it,
    Enter. A command of such a letter is reached with Shift."""
    opening = OPENING if number else OPENING[:10]
    enter = ("enter",) if number and not text else ()
    opener = Command("field", (*enter, "space", *opening), "key.field", hint="" if enter else "0-9")
    taken = {*opening, *enter, "space"}
    out = [opener]
    shared = [command for command in EVERYWHERE if taken & set(command.keys)]
    for command in (*found, *shared):
        keys = tuple(
            key.upper() if key in taken and key in NAMES else key
            for key in command.keys
            if key not in taken or key in NAMES
        )
        if keys:
            same = keys[0] == command.keys[0]
            out.append(replace(command, keys=keys, hint=command.hint if same else ""))
    return tuple(out)


def step(visit: Visit, *, link: bool = False, more: bool = False) -> tuple[Command, ...]:
    """A step's page. link: whether its prose links to an experiment; more: whether it goes on
    below what is seen."""
    stage = visit.stage
    if stage is None:
        return (*reading(more=more), *((_experiment(),) if link else ()))
    if found := because.reasons(stage):
        return _because(len(found), visit)
    if because.is_told(stage):
        scroll = SCROLL if visit.focus == PROSE else ()
        on = Command("because_read", ("enter", "n"), "key.to-stage")
        return (on, BACK, OUT, *scroll)
    if stage.armed and playing.decided(stage):
        return _playing(stage, visit)
    return (
        *_predicting(stage),
        *_leaving(stage, setting(visit)),
        *_transport(stage, visit, more),
        *_views(stage),
    )


def _playing(stage: Stage, visit: Visit) -> tuple[Command, ...]:
    """A stage on which every step is decided: a key for each choice. The run stays at hand, though
    not in the footer, for it would decide all steps alike."""
    name = playing.decided(stage).partition("@")[0]
    begun = stage.transport.place > 0
    keys = [
        Command("decide", (str(n),), f"choice.{name}.{choice}", shown=begun)
        for n, choice in enumerate(playing.choices(stage))
    ]
    on = Command("phase_on", ("right", ".", ">"), "key.phase", hint="→", shown=not begun)
    rest = tuple(replace(c, shown=c.name == "next") for c in _leaving(stage, ()))
    moves = tuple(replace(c, shown=False) for c in _transport(stage, visit) if c.name != "phase_on")
    views = tuple(c for c in _views(stage) if c.name != "view")
    return (*keys, on, *rest, *moves, *views)


def _because(count: int, visit: Visit) -> tuple[Command, ...]:
    """A reason is chosen before anything else is done on the stage."""
    pick = Command("because", digits(count), "key.pick", hint=f"1-{count}")
    scroll = SCROLL if visit.focus == PROSE else ()
    return (pick, replace(NEXT, shown=False), BACK, OUT, *scroll)


def zoomed(visit: Visit, *, lab: bool = False) -> tuple[Command, ...]:
    """A stage that has the whole screen. lab: every setting can be typed, and a second stage be
    put beside it."""
    stage = visit.stage
    if stage is None:
        return (Command("out", ("escape", "enter"), "key.close"),)
    own = setting(visit)
    free = lab and stage.armed and not own
    assign = (Command("assign", ("enter", ":"), "key.assign"),) if free else ()
    beside = (Command("compare", ("c",), "key.compare"),) if lab and stage.armed else ()
    # In the lab the stage has the whole screen already, and there is no page to go back to.
    out = Command("out", ("escape",) if lab else ("escape", "z"), "key.close")
    shown = (*_predicting(stage), *own, *_transport(stage, visit), *assign, *beside, out)
    return (*shown, *_views(stage, zoom=False))


def first_minute(stop: str, visit: Visit) -> tuple[Command, ...]:
    """What leads on from a stop of the first minute; the stage can be moved from the run on, the
    knob be turned once it is spoken of."""
    picks = digits(minute.OPTIONS)
    picked = {minute.PREDICT: "predict", minute.ANSWER: "answer"}.get(stop)
    if stop == minute.OVER:
        return (Command("out", ("enter", "escape"), "key.lessons"),)
    out = [Command(picked, picks, "key.pick", hint=f"1-{len(picks)}")] if picked else []
    if stop == minute.BACK:
        out.append(Command("phase_back", ("left", ","), "key.step-back-in-time"))
    if stop in (minute.TURN, minute.ANSWER):
        if visit.focus >= KNOBS:
            out += [
                Command("more", ("right",), "key.turn", hint="← →"),
                Command("less", ("left",), "key.less", shown=False),
            ]
        out.append(Command("focus_next", ("tab", "shift+tab"), "key.to-knob"))
    if stop in (minute.RUN, minute.BACK):
        assert visit.stage is not None
        running = visit.stage.transport.running
        out += [
            Command("run", ("space",), "key.pause" if running else "key.run"),
            Command("phase_on", ("right", "."), "key.phase", shown=False),
            Command("to_end", ("end",), "key.end", shown=False),
        ]
    return (*out, Command("out", ("escape",), "key.leave-minute"))


def setting(visit: Visit) -> tuple[Command, ...]:
    """Drawing or typing, where the focus is on a knob that is set so."""
    stage, place = visit.stage, visit.focus - KNOBS
    if stage is None or not stage.armed or not 0 <= place < len(stage.controls):
        return ()
    knob = stage.controls[place]
    if drawn(stage, knob):
        return (Command("draw", ("enter",), "key.draw"),)
    return (Command("edit_knob", ("enter",), "key.field"),) if typed(stage, knob) else ()


def _experiment() -> Command:
    return Command("experiment", ("e",), "key.experiment")


def _predicting(stage: Stage) -> tuple[Command, ...]:
    """While a prediction is open Enter confirms it and Tab skips it."""
    if stage.armed or stage.prediction is None:
        return ()
    skip = Command("skip", ("tab",), "key.skip")
    spec = stage.prediction.spec
    if isinstance(spec, PredictChoice):
        keys = digits(len(spec.options))
        pick = Command("predict", keys, "key.pick", hint=f"1-{len(keys)}")
        return (pick, skip)
    return (Command("confirm", ("enter",), "key.predict"), skip)


def _leaving(stage: Stage, setting: tuple[Command, ...]) -> tuple[Command, ...]:
    if setting:
        return (*setting, replace(NEXT, keys=("n",)), BACK, OUT)
    predicting = stage.prediction is not None and stage.prediction.open
    typed = predicting and not isinstance(stage.prediction.spec, PredictChoice)  # type: ignore[union-attr]
    following = Command("next", ("n",), "key.next") if typed else NEXT
    if predicting:
        following = replace(following, shown=False)  # what comes next is the prediction
    return (following, BACK, OUT)


def _transport(stage: Stage, visit: Visit, more: bool = False) -> tuple[Command, ...]:
    """Running, stepping, and what the arrows do where the focus is."""
    out: list[Command] = []
    knob = visit.focus >= KNOBS
    turned = knob and not setting(visit)  # what is typed or drawn leaves the arrows to the run
    if turned:
        out += [
            Command("more", ("right",), "key.turn", hint="← →"),
            Command("less", ("left",), "key.less", shown=False),
        ]
    if stage.armed:
        running = stage.transport.running
        label = "key.run"
        if stage.training is not None:
            running, label = stage.training.running, "key.train"
        out.append(Command("run", ("space",), "key.pause" if running else label))
    left, right = ((), ()) if turned else (("left",), ("right",))
    if not probing(stage):
        if stage.armed:
            out.append(Command("one_update", (*right, ".", ">"), "key.one-update"))
    elif stage.armed:
        hint = ", ." if turned else "← →"
        out.append(Command("phase_on", (*right, ".", ">"), "key.phase", hint=hint))
    if probing(stage):
        keys = (*left, ",", "<")
        back = not stage.armed and stage.transport.place > 0
        out.append(Command("phase_back", keys, "key.phase-back", shown=back))
    if knob:
        out += [
            Command("knob_up", ("up",), "key.knob-up", shown=False),
            Command("knob_down", ("down",), "key.knob-down", shown=False),
        ]
    elif visit.focus == PROSE:
        out += [replace(c, shown=more and c.name == "down") for c in SCROLL]
    else:
        out += [
            Command("unit_back", ("up",), "key.unit-back", shown=False),
            Command("unit_on", ("down",), "key.unit-on", shown=False),
        ]
    if visit.focus != PROSE:
        out += [
            Command("step_back", ("pageup",), "key.step-back", shown=False),
            Command("step_on", ("pagedown",), "key.step-on", shown=False),
        ]
    if stage.armed:
        out.append(Command("focus_next", ("tab",), "key.focus"))
    out += [
        Command("focus_previous", ("shift+tab",), "key.focus-back", shown=False),
        Command("to_start", ("home",), "key.start", shown=False),
        Command("to_end", ("end",), "key.end", shown=False),
        Command("reset", ("r",), "key.reset", shown=False),
        Command("slower", ("-",), "key.slower", shown=False),
        Command("faster", ("=", "+"), "key.faster", shown=False),
        Command("shared", ("w",), "key.shared", shown=False),
        Command("open_row", ("o",), "key.open-row", shown=False),
        Command("source", ("s",), "key.source", shown=False),
        Command("line", ("y",), "key.line", shown=False),
    ]
    return tuple(out)


def _views(stage: Stage, *, zoom: bool = True) -> tuple[Command, ...]:
    predicting = stage.prediction is not None and stage.prediction.open
    out: list[Command] = [Command("zoom", ("z",), "key.zoom")] if zoom else []
    if len(stage.views) > 1:
        keys = digits(len(stage.views))
        choosing = predicting and isinstance(stage.prediction.spec, PredictChoice)  # type: ignore[union-attr]
        if not choosing:
            out.append(Command("view", keys, "key.view", hint=f"1-{len(keys)}"))
        out.append(Command("next_view", ("v",), "key.next-view", shown=False))
    return tuple(out)


def drawing() -> tuple[Command, ...]:
    """A picture that is drawn. What the rows themselves tell of the cursor comes last."""
    return (
        Command("take", ("enter",), "key.take"),
        Command("drop", ("home",), "key.drop"),
        Command("out", ("escape",), "key.cancel"),
        Command("clear", ("delete", "r"), "key.clear"),
        Command("point", ("space",), "key.point"),
        Command("point_left", ("left",), "key.point-left", shown=False),
        Command("point_right", ("right",), "key.point-right", shown=False),
        Command("point_up", ("up",), "key.point-up", shown=False),
        Command("point_down", ("down",), "key.point-down", shown=False),
    )


def question(asked: QuestionState, *, link: bool = False, sure: bool = True) -> tuple[Command, ...]:
    """A question's page. link: whether its reason links to an experiment. sure: whether it is asked
    how sure one is."""
    if asked.state == CONFIDENCE:
        return (
            Command("confidence", ("1", "2", "3"), "key.confidence", hint="1-3"),
            Command("confidence_maybe", ("enter",), "key.maybe"),
            Command("answer_back", ("escape", "backspace"), "key.answer-back"),
            Command("confidence_off", ("0",), "key.confidence-off"),
            *SCROLL,
        )
    if asked.state == DONE:
        out = [NEXT, BACK]
        out += [_experiment()] if link else []
        out += [Command("undo", ("u",), "key.undo"), Command("again", ("r",), "key.again")]
        asks = Command("confidence_on", ("c",), "key.confidence-on", shown=False)
        return (*out, *(() if sure else (asks,)), OUT, *SCROLL)
    if asked.state != ANSWERING:
        return (OUT,)
    return _answering(asked)


def _answering(asked: QuestionState) -> tuple[Command, ...]:
    out = [Command("answer", ("enter",), "key.answer")]
    walking: list[Command] = []
    size, label = choices(asked), kind_of(asked.question).pick_label
    if label:
        keys = digits(asked.rows)
        out.append(Command("pick", keys, label, hint=f"1-{len(keys)}"))
        walking.append(Command("pick_here", ("space",), f"{label}-here"))
    elif size:
        keys = digits(size)
        out.append(Command("pick", keys, "key.pick", hint=f"1-{len(keys)}"))
        out += [
            Command("cycle_on", ("right", "space"), "key.cycle", hint="← →"),
            Command("cycle_back", ("left",), "key.cycle-back", shown=False),
        ]
    if asked.rows > 1:
        walking += [
            Command("walk_down", ("down", "tab"), "key.move", hint="↑ ↓"),
            Command("walk_up", ("up", "shift+tab"), "key.move-up", shown=False),
        ]
    else:
        walking += SCROLL[:2]
    if asked.hints < len(asked.question.hints):
        # Where nothing is walked by Tab it brings the hint, out of a text field too.
        keys = ("+", "i") if asked.rows > 1 else ("tab", "+", "i")
        out.append(Command("hint", keys, "key.hint"))
    out += [
        Command("give_up", ("-", "a"), "key.give-up"),
        Command("skip_question", ("n",), "key.skip-question"),
        *walking,
        BACK,
        OUT,
        *SCROLL[2:],
    ]
    return tuple(out)
