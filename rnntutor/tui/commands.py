"""Which commands a page offers in its present state (those of a stage: `stage_commands`). Pure:
one table, read by screen and tests."""

from __future__ import annotations

from rnntutor.course.expression import CONSTANTS, FUNCTIONS
from rnntutor.course.questions import kind_of
from rnntutor.session.question import ANSWERING, CONFIDENCE, DONE, QuestionState, choices
from rnntutor.session.typed_number import ALONE
from rnntutor.tui.keys import EVERYWHERE, Command, digits

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


def reading(*, more: bool = False) -> tuple[Command, ...]:
    """A page that is only read. more: whether it goes on below: then Enter reads on."""
    if not more:
        return (NEXT, BACK, OUT, *SCROLL)
    on = Command("read_on", ("enter",), "key.read-on")
    return (on, NEXT._replace(keys=("n",), shown=False), BACK, OUT, *SCROLL)


def reading_step(*, more: bool, link: bool) -> tuple[Command, ...]:
    """The text of a step whose stage comes after it. more: whether it goes on below."""
    on = Command("read_on", ("enter",), "key.read-on" if more else "key.to-stage")
    stage = Command("to_stage", ("n", "tab"), "key.to-stage", shown=more)
    return (on, stage, BACK, OUT, *SCROLL, *((experiment(),) if link else ()))


def with_text(found: tuple[Command, ...]) -> tuple[Command, ...]:
    """The commands of a stage whose text stands on a screen of its own: back leads to it."""
    back = BACK._replace(keys=tuple(key for key in BACK.keys if key != "backspace"))
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
            out.append(command._replace(label="key.contents", shown=True))
        elif command.label == "key.home" or (end and command.label == "key.next"):
            out.append(command._replace(label="key.shut"))
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
    onward = NEXT._replace(label="key.onward")
    return (onward, *again, Command("card", ("k",), "key.card"), BACK, OUT, *SCROLL)


def within_field(found: tuple[Command, ...]) -> tuple[Command, ...]:
    """What still works while a text field has the keyboard: in it every character is text."""
    text = {"space", "backspace", "delete", "left", "right", "home", "end"}
    out = [Command("leave_field", ("escape",), "key.leave-field")]
    for command in found:
        keys = tuple(k for k in command.keys if len(k) > 1 and k not in text and k != "escape")
        if keys:
            out.append(
                command._replace(keys=keys, hint=command.hint if keys[0] == command.keys[0] else "")
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
            out.append(command._replace(keys=keys, hint=command.hint if same else ""))
    return tuple(out)


def experiment() -> Command:
    return Command("experiment", ("e",), "key.experiment")


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
        out += [experiment()] if link else []
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
        walking += [
            Command("cycle_on", ("right", "space"), "key.cycle", hint="← →"),
            Command("cycle_back", ("left",), "key.cycle-back", shown=False),
        ]
    if asked.rows > 1:
        # Each gap or pair is gone to; among options a number is enough.
        (walking if label else out).extend(
            (
                Command("walk_down", ("down", "tab"), "key.move", hint="↑ ↓"),
                Command("walk_up", ("up", "shift+tab"), "key.move-up", shown=False),
            )
        )
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
