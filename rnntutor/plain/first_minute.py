"""The first minute as text: the introduction that new learners read before the list of lessons."""

from __future__ import annotations

from rnntutor.course.typed_line import wholes
from rnntutor.failure import Failure, Refused
from rnntutor.pages import first_minute as drawn
from rnntutor.plain import commands, moves
from rnntutor.plain.leaving import Menu
from rnntutor.plain.lines import COLUMNS
from rnntutor.plain.panel import knob_line
from rnntutor.plain.tutor import PlainTutor
from rnntutor.session import first_minute
from rnntutor.session.first_minute import ANSWER, OPTIONS, OVER, PREDICT, FirstMinute
from rnntutor.session.stage import Stage

HEIGHT = 12


def show(tutor: PlainTutor) -> None:
    """Go through the five tasks, until all are done or a blank line skips the remaining ones.

    Raises:
        Leaving: the learner leaves.
    """
    minute, stage = FirstMinute(), first_minute.begin(tutor.words)
    tutor.lines.say()
    tutor.lines.say(tutor.words("first.title"), "head")
    tutor.lines.say(tutor.words("first.plain.skip"), "grey")
    _ask(tutor, minute, stage)
    while minute.stop != OVER:
        line = tutor.lines.read()
        if not line:
            return
        words = tutor.words
        try:
            minute, stage = _after(tutor, minute, stage, line)
        except Failure as refused:
            tutor.refuse(refused)
            continue
        except Menu:
            return
        if tutor.words is not words:
            stage = first_minute.translate(stage, tutor.words)
        _ask(tutor, minute, stage)


def _after(
    tutor: PlainTutor, minute: FirstMinute, stage: Stage, line: str
) -> tuple[FirstMinute, Stage]:
    """Return the state after a line.

    Raises:
        Refused: the line is not possible here.
        Leaving: the learner leaves.
    """
    if minute.stop in (PREDICT, ANSWER) and (numbers := wholes(line)) is not None:
        if len(numbers) != 1 or not 1 <= numbers[0] <= OPTIONS:
            raise Refused("plain.predict.choice", n=OPTIONS)
        option = numbers[0] - 1
        if minute.stop == PREDICT:
            return first_minute.predict(minute, stage, option)
        return first_minute.answer(minute, option), stage
    name, argument = tutor.find(line, (*commands.STAGE[:6], *commands.ANYWHERE))
    if tutor.common(name, argument, _help(tutor, minute)):
        return minute, stage
    new = (
        moves.act(stage, name, argument, tutor.words)
        if name
        else moves.turn_knob(stage, line, tutor.words)
    )
    if new is None:
        raise tutor.unknown(line)
    return first_minute.after_change(minute, stage, new)


def _ask(tutor: PlainTutor, minute: FirstMinute, stage: Stage) -> None:
    """Print the stage, the result so far, and what to type next."""
    lines, words = tutor.lines, tutor.words
    lines.say()
    if minute.stop == PREDICT:
        lines.say(words("first.given"))
    if minute.stop != OVER:
        lines.rows(drawn.seen_rows(stage, words, COLUMNS, HEIGHT))
        if drawn.knob_shown(minute):
            lines.say(knob_line(stage, first_minute.KNOB, words))
        lines.say()
    if minute.stop not in (PREDICT, ANSWER):
        lines.rows(drawn.come_out(minute, stage, words, COLUMNS))
    lines.say(_instruction(tutor, minute))
    group = {PREDICT: "predict", ANSWER: "answer"}.get(minute.stop)
    for n in range(1, OPTIONS + 1) if group else ():
        lines.say(f"{n}  {words(f'first.{group}.{n}')}")


def _instruction(tutor: PlainTutor, minute: FirstMinute) -> str:
    plain = f"first.plain.{minute.stop}"
    return tutor.words(plain if plain in tutor.words else f"first.ask.{minute.stop}")


def _help(tutor: PlainTutor, minute: FirstMinute) -> tuple[str, ...]:
    own = (*commands.STAGE[:6], *commands.ANYWHERE)
    return tutor.help_of(own, _instruction(tutor, minute), tutor.words("first.plain.skip"))
