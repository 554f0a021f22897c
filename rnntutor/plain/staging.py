"""Executing lines on a stage, in a lesson or in an experiment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rnntutor.course.blocks import Inline, Link
from rnntutor.course.typed_line import wholes
from rnntutor.failure import Failure, Refused
from rnntutor.plain import commands, moves, panel, source
from rnntutor.plain.trainer import PlainTrainer
from rnntutor.plain.tutor import PlainTutor
from rnntutor.session import because, opening
from rnntutor.session.stage import Stage, probing
from rnntutor.session.stay import Watch
from rnntutor.spans import Rows


def act(
    tutor: PlainTutor, stage: Stage, trainer: PlainTrainer, line: str, tasks: Sequence[Inline] = ()
) -> Stage | None:
    """Execute a line on the stage and print what has changed.

    Args:
        tasks: tasks of the stage's step.

    Returns:
        The new state; None if the line is not meant for the stage.

    Raises:
        Refused: the line is not possible here.
    """
    new = _next(tutor, stage, trainer, line)
    if new is not None and new is not stage:
        panel.tell(stage, new, tutor.lines, tutor.words, tutor.context(), tasks)
    return new


def _next(tutor: PlainTutor, stage: Stage, trainer: PlainTrainer, line: str) -> Stage | None:
    predicted = moves.predict(stage, line)
    if predicted is not None:
        return predicted
    reasoned = moves.choose_reason(stage, line)
    if reasoned is not None:
        return reasoned
    name, argument = tutor.find(line, commands.STAGE)
    if because.reasons(stage) and (name or moves.find_knob(stage, line.split()[0])):
        raise Refused("plain.because.choice", n=len(because.reasons(stage)))
    if name == "source":
        source.show(stage, tutor.lines, tutor.words)
        return stage
    if name == "run" and stage.training is not None and stage.ready:
        return trainer.train(stage, tutor.lines, tutor.words)
    if name == "phase-on" and stage.ready and stage.training is not None and not probing(stage):
        return trainer.one(stage)
    if name:
        return moves.act(stage, name, argument, tutor.words)
    return moves.turn_knob(stage, line, tutor.words)


def experiment(links: tuple[Link, ...], argument: str, lang: str) -> Stage:
    """Return the stage of a simulation linked from a page.

    Args:
        argument: number of the link, from 1; "" for the first.
        lang: the learner's language.

    Raises:
        Refused: there is no such link.
    """
    if not links:
        raise Refused("plain.no_experiment")
    numbers = wholes(argument or "1")
    if numbers is None or not 1 <= numbers[0] <= len(links):
        raise Refused("plain.which_experiment", n=len(links))
    return opening.of_link(links[numbers[0] - 1], lang)


def explore(tutor: PlainTutor, stage: Stage, above: Rows = ()) -> None:
    """Read lines on a stage of its own until a blank line leads back; record the actions.

    Args:
        above: rows printed above the stage.

    Raises:
        Leaving: the learner leaves for another page.
    """
    watch = Watch(tutor.tell)
    watch.begin(("", f"sim:{stage.spec.use}"))
    try:
        for old, new in _explore(tutor, stage, above):
            watch.did(old, new)
    finally:
        watch.end()


def _explore(tutor: PlainTutor, stage: Stage, above: Rows) -> Iterator[tuple[Stage, Stage]]:
    """Yield the stage before and after each line that changes it.

    Raises:
        Leaving: the learner leaves for another page.
    """
    trainer = PlainTrainer()
    _show(tutor, stage, above)
    while True:
        line = tutor.lines.read()
        name, rest = tutor.find(line, (commands.BACK, *commands.ANYWHERE))
        if not line or name == "back":
            return
        try:
            new = act(tutor, stage, trainer, line)
            if new is not None:
                yield stage, new
                stage = new
            elif not tutor.common(name, rest, _help(tutor)):
                raise tutor.unknown(line)
            elif name == "language":
                _show(tutor, stage, above)
        except Failure as refused:
            tutor.refuse(refused)


def _show(tutor: PlainTutor, stage: Stage, above: Rows) -> None:
    tutor.lines.say()
    tutor.lines.say(tutor.words("experiment.title"), "head")
    tutor.lines.rows(above)
    panel.show(stage, tutor.lines, tutor.words, tutor.context())
    tutor.lines.say(tutor.words("plain.foot.experiment"), "grey")


def _help(tutor: PlainTutor) -> tuple[str, ...]:
    own = (*commands.STAGE, commands.BACK, *commands.ANYWHERE)
    return tutor.help_of(own, tutor.words("plain.blank.back"), tutor.words("plain.help.knob"))
