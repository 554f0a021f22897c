"""The commands a page offers in its current state, as pure functions (stages: `stage_commands`)."""

from __future__ import annotations

from rnntutor.course.expression import CONSTANTS, FUNCTIONS
from rnntutor.course.questions import kind_of
from rnntutor.session.question import ANSWERING, CONFIDENCE, DONE, QuestionState, choices
from rnntutor.session.typed_number import ALONE
from rnntutor.tui.keys import EVERYWHERE, KeyCommand, digits

NEXT = KeyCommand("next", ("enter", "n"), "key.next")
BACK = KeyCommand("back", ("backspace", "p"), "key.back", shown=False)
OUT = KeyCommand("out", ("escape",), "key.home", shown=False)
# First characters of a number: digits, signs, and the initials of functions and constants
# (`tanh(0.5)`, `e^-1`).
NAMES = tuple(sorted({name[0] for name in (*FUNCTIONS, *CONSTANTS)}))
OPENING = (*"0123456789+-−.,([≈π√σ", *NAMES)
PICTURE = KeyCommand("picture", ("+", "o"), "key.picture")
NOTES = (
    KeyCommand("note", ("j",), "key.note", shown=False),
    KeyCommand("unclear", ("x",), "key.unclear", shown=False),
)
SCROLL = (
    KeyCommand("up", ("up",), "key.up", shown=False),
    KeyCommand("down", ("down",), "key.down", shown=False),
    KeyCommand("page_up", ("pageup",), "key.page-up", shown=False),
    KeyCommand("page_down", ("pagedown",), "key.page-down", shown=False),
)


def reading(*, more: bool = False) -> tuple[KeyCommand, ...]:
    """Return the commands of a text page.

    Args:
        more: whether the text continues below; Enter then scrolls on.
    """
    if not more:
        return (NEXT, BACK, OUT, *SCROLL)
    on = KeyCommand("read_on", ("enter",), "key.read-on")
    return (on, NEXT._replace(keys=("n",), shown=False), BACK, OUT, *SCROLL)


def reading_step(act: str, *, more: bool, link: bool) -> tuple[KeyCommand, ...]:
    """Return the commands of a step's text that is shown before its stage.

    Args:
        act: the act that follows the text.
        more: whether the text continues below.
        link: whether the text links to an experiment.
    """
    on = KeyCommand("read_on", ("enter",), "key.read-on" if more else f"key.to-{act}")
    stage = KeyCommand("to_stage", ("n", "tab"), f"key.to-{act}", shown=more)
    return (on, stage, BACK, OUT, *SCROLL, *((experiment(),) if link else ()))


def with_text(found: tuple[KeyCommand, ...]) -> tuple[KeyCommand, ...]:
    """Return a stage's commands with Backspace returning to its text on a separate screen."""
    back = BACK._replace(keys=tuple(key for key in BACK.keys if key != "backspace"))
    text = KeyCommand("read_again", ("backspace",), "key.read-again")
    return (*(back if c.name == BACK.name else c for c in found), text)


def cover(count: int = ALONE) -> tuple[KeyCommand, ...]:
    """Return the commands of a lesson's cover: move through its steps and open one.

    Args:
        count: number of steps listed. From ten on, steps are opened by typing their full number.
    """
    long = count > ALONE
    number = KeyCommand(
        "jump", (*digits(9), "0"), "key.number" if long else "key.jump", long,
        f"1-{count}" if long else "1-9",
    )  # fmt: skip
    return (
        KeyCommand("open_step", ("enter",), "key.open"),
        KeyCommand("down", ("down",), "key.walk", hint="↑ ↓"),
        KeyCommand("up", ("up",), "key.walk-up", shown=False),
        *SCROLL[2:],
        KeyCommand("top", ("home",), "key.top", shown=False),
        KeyCommand("bottom", ("end",), "key.bottom", shown=False),
        number,
        KeyCommand("next", ("n",), "key.next", shown=False),
        KeyCommand("back", ("backspace", "escape", "p"), "key.home"),
    )


def returning(found: tuple[KeyCommand, ...]) -> tuple[KeyCommand, ...]:
    """Name the way out of a page that leads to the screen below it, which is not home."""
    return tuple(c._replace(label="key.return") if c.label == "key.home" else c for c in found)


def of_a_file(
    found: tuple[KeyCommand, ...], *, end: bool, contents: bool = False
) -> tuple[KeyCommand, ...]:
    """Return `found` for a file: commands that lead to the lessons close it instead.

    Args:
        found: the page's commands.
        end: whether this is the last page, so that "next" also closes the file.
        contents: whether the file has a contents page other than this one; Escape leads there
            first.
    """
    out = []
    for command in found:
        if command.name == OUT.name and contents:
            out.append(command._replace(label="key.contents", shown=True))
        elif command.label == "key.home" or (end and command.label == "key.next"):
            out.append(command._replace(label="key.shut"))
        else:
            out.append(command)
    return tuple(out)


def sideways(left: bool, right: bool) -> tuple[KeyCommand, ...]:
    """Return the commands that scroll code sideways, for each side on which long lines continue."""
    on = KeyCommand("code_right", ("right",), "key.code-right")
    back = KeyCommand("code_left", ("left",), "key.code-left", shown=not right)
    return (*((on,) if right else ()), *((back,) if left else ()))


def lesson_end(*, wrong: bool) -> tuple[KeyCommand, ...]:
    """Return the commands of a lesson's last page.

    Args:
        wrong: whether the last answer to any of the lesson's questions was wrong.
    """
    again = (KeyCommand("wrong_again", ("space", "w"), "key.wrong-again"),) if wrong else ()
    onward = NEXT._replace(label="key.onward")
    return (onward, *again, KeyCommand("card", ("k",), "key.card"), BACK, OUT, *SCROLL)


def within_field(found: tuple[KeyCommand, ...]) -> tuple[KeyCommand, ...]:
    """Return the commands that still work in a focused text field."""
    text = {"space", "backspace", "delete", "left", "right", "home", "end"}
    out = [KeyCommand("leave_field", ("escape",), "key.leave-field")]
    for command in found:
        keys = tuple(k for k in command.keys if len(k) > 1 and k not in text and k != "escape")
        if keys:
            out.append(
                command._replace(keys=keys, hint=command.hint if keys[0] == command.keys[0] else "")
            )
    return (*out[1:], out[0])


def before_field(
    found: tuple[KeyCommand, ...], text: str, *, number: bool
) -> tuple[KeyCommand, ...]:
    """Return the commands that work while a text field is not focused yet.

    A digit focuses the field. If it takes a number, so do a sign, a point, a bracket, the initial
    of a function and, while the field is empty, Enter. A command on one of these letters is then
    called by its upper-case form.
    """
    opening = OPENING if number else OPENING[:10]
    enter = ("enter",) if number and not text else ()
    opener = KeyCommand(
        "field", (*enter, "space", *opening), "key.field", hint="" if enter else "0-9"
    )
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


def experiment() -> KeyCommand:
    """Return the command that opens the simulation linked from the page."""
    return KeyCommand("experiment", ("e",), "key.experiment")


def drawing() -> tuple[KeyCommand, ...]:
    """Return the commands for drawing a picture, the self-explanatory cursor keys last."""
    return (
        KeyCommand("take", ("enter",), "key.take"),
        KeyCommand("drop", ("home",), "key.drop"),
        KeyCommand("out", ("escape",), "key.cancel"),
        KeyCommand("clear", ("delete", "r"), "key.clear"),
        KeyCommand("point", ("space",), "key.point"),
        KeyCommand("point_left", ("left",), "key.point-left", shown=False),
        KeyCommand("point_right", ("right",), "key.point-right", shown=False),
        KeyCommand("point_up", ("up",), "key.point-up", shown=False),
        KeyCommand("point_down", ("down",), "key.point-down", shown=False),
    )


def question(
    asked: QuestionState, *, link: bool = False, sure: bool = True
) -> tuple[KeyCommand, ...]:
    """Return the commands of a question's page.

    Args:
        link: whether the explanation links to an experiment.
        sure: whether the learner is asked for a confidence rating.
    """
    if asked.state == CONFIDENCE:
        return (
            KeyCommand("confidence", ("1", "2", "3"), "key.confidence", hint="1-3"),
            KeyCommand("confidence_maybe", ("enter",), "key.maybe"),
            KeyCommand("answer_back", ("escape", "backspace"), "key.answer-back"),
            KeyCommand("confidence_off", ("0",), "key.confidence-off"),
            *SCROLL,
        )
    if asked.state == DONE:
        out = [NEXT, BACK]
        out += [experiment()] if link else []
        out += [KeyCommand("undo", ("u",), "key.undo"), KeyCommand("again", ("r",), "key.again")]
        asks = KeyCommand("confidence_on", ("c",), "key.confidence-on", shown=False)
        return (*out, *(() if sure else (asks,)), OUT, *SCROLL)
    if asked.state != ANSWERING:
        return (OUT,)
    return _answering(asked)


def _answering(asked: QuestionState) -> tuple[KeyCommand, ...]:
    out = [KeyCommand("answer", ("enter",), "key.answer")]
    walking: list[KeyCommand] = []
    size, label = choices(asked), kind_of(asked.question).pick_label
    if label:
        keys = digits(asked.rows)
        out.append(KeyCommand("pick", keys, label, hint=f"1-{len(keys)}"))
        walking.append(KeyCommand("pick_here", ("space",), f"{label}-here"))
    elif size:
        keys = digits(size)
        out.append(KeyCommand("pick", keys, "key.pick", hint=f"1-{len(keys)}"))
        walking += [
            KeyCommand("cycle_on", ("right", "space"), "key.cycle", hint="← →"),
            KeyCommand("cycle_back", ("left",), "key.cycle-back", shown=False),
        ]
    if asked.rows > 1:
        # Gaps and pairs are selected with the arrows; options are chosen by their digits.
        (walking if label else out).extend(
            (
                KeyCommand("walk_down", ("down", "tab"), "key.move", hint="↑ ↓"),
                KeyCommand("walk_up", ("up", "shift+tab"), "key.move-up", shown=False),
            )
        )
    else:
        walking += SCROLL[:2]
    if asked.hints < len(asked.question.hints):
        # Tab gives a hint where it has no other use; it also works inside a text field.
        keys = ("+", "i") if asked.rows > 1 else ("tab", "+", "i")
        out.append(KeyCommand("hint", keys, "key.hint"))
    out += [
        KeyCommand("give_up", ("-", "a"), "key.give-up"),
        KeyCommand("skip_question", ("n",), "key.skip-question"),
        *walking,
        BACK,
        OUT,
        *SCROLL[2:],
    ]
    return tuple(out)
