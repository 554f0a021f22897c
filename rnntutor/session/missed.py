"""Missed predictions and tasks of steps, as questions for a review.

A prediction becomes a question with its options or its number, a task the stage on which it is
done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rnntutor.course.blocks import Blocks, Inline, Link, Paragraph, Text
from rnntutor.course.lesson import Lesson, Step
from rnntutor.course.question import Body, Option, Question
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.questions.single import Single
from rnntutor.course.sim_spec import PredictChoice, PredictNumber, SimSpec
from rnntutor.failure import Failure
from rnntutor.nn.trace import PathError
from rnntutor.numbers import minus
from rnntutor.session import feedback, predicting
from rnntutor.session import stage as stages
from rnntutor.study.progress import prediction_id, task_id
from rnntutor.words import load

_THIRD = 0.001
_PROGRESS = ("t", "phase", "updates")  # conditions that running alone fulfils


@dataclass(frozen=True, slots=True)
class StageTask(Body):
    """A task that is answered by doing it on the stage of its step.

    Attributes:
        step: the step, without its prose where the prose is not needed to know what is given.
        spec: the step's stage, without its prediction.
    """

    step: Step
    spec: SimSpec


def questions(
    lesson: Lesson, wanted: frozenset[str] | None = None
) -> Iterator[tuple[Step, Question]]:
    """Yield the predictions and tasks of a lesson, each with its step.

    Args:
        wanted: ids to which the result is limited.
    """
    for step in lesson.steps:
        if step.sim is None:
            continue
        makers = (_prediction, prediction_id), (_task, task_id)
        for make, name in makers:
            if wanted is None or name(lesson.id, step.id) in wanted:
                question = make(lesson, step, step.sim)
                if question is not None:
                    yield step, question


def _task(lesson: Lesson, step: Step, sim: SimSpec) -> Question | None:
    """Return the task of a step as a question, or None.

    If the task is only to run the simulation, its prediction is asked instead.
    """
    if not (sim.do or sim.goal):
        return None
    name = task_id(lesson.id, step.id)
    runs_only = not sim.goal and all(condition.of in _PROGRESS for condition in sim.do)
    if runs_only and (asked := _prediction(lesson, step, sim)) is not None:
        return replace(asked, id=name)
    spec = replace(sim, predict=None)
    bare = replace(step, blocks=(), later=None) if step.given else step
    body = StageTask(replace(bare, sim=spec, questions=()), spec)
    return Question(name, "task", step.title, step.given, body, _why(lesson, step, sim))


def _prediction(lesson: Lesson, step: Step, sim: SimSpec) -> Question | None:
    """Return a step's prediction as a question; None without one, or if its answer is unknown."""
    spec = sim.predict
    if isinstance(spec, PredictChoice):
        kind, body = "single", _choice(spec)
    elif isinstance(spec, PredictNumber):
        kind, body = "numeric", _number(sim, spec)
    else:
        return None
    if body is None:
        return None
    asked = spec.say or _question_of(lesson, spec)
    prompt: Blocks = (*step.given, *_sentence(asked))
    name = prediction_id(lesson.id, step.id)
    return Question(name, kind, step.title, prompt, body, _why(lesson, step, sim))


def _choice(spec: PredictChoice) -> Body | None:
    """Return the options; the right one is the only one without a text on why it is wrong."""
    if sum(not option.say for option in spec.options) != 1:
        return None
    return Single(
        tuple(
            Option(str(n), option.text, not option.say, _sentence(option.say), line=option.line)
            for n, option in enumerate(spec.options, 1)
        )
    )


def _number(sim: SimSpec, spec: PredictNumber) -> Body | None:
    """Return the number that the step's run gives, with the value of each known mistake."""
    try:
        stage = stages.open_stage(sim)
        value = predicting.asked_value(stage, spec.ask)
    except (Failure, PathError):
        return None
    slips = tuple(
        (near, wrong.say)
        for wrong in spec.wrong
        if (near := predicting.slip_value(stage, spec.ask, wrong)) is not None
    )
    key = f"{value:.3f}" if spec.atol >= _THIRD else f"{value:.6g}"
    return Numeric(minus(key), value - spec.atol, value + spec.atol, slips)


def _question_of(lesson: Lesson, spec: PredictChoice | PredictNumber) -> Inline:
    """Return the question for a prediction for which the lesson has no sentence."""
    if isinstance(spec, PredictChoice):
        return ()
    return (Text(f"{feedback.quantity(spec.ask, load(lesson.lang)) or spec.ask} = ?"),)


def _why(lesson: Lesson, step: Step, sim: SimSpec) -> Blocks:
    """Return the right reason, then links to the stage with these settings and to the step."""
    reasons = sim.predict.because if isinstance(sim.predict, PredictChoice) else ()
    reason: Inline = next((reason.text for reason in reasons if reason.right), ())
    stage = Text("", link=Link("sim", sim.use, sim.settings))
    there = Text("", link=Link("step", f"{lesson.id}.{step.id}"))
    lead = Text((" " if reason else "") + load(lesson.lang)("missed.again") + " ")
    return (Paragraph((*reason, lead, stage, Text(", "), there)),)


def _sentence(inline: Inline) -> Blocks:
    return (Paragraph(inline),) if inline else ()
