"""A prediction that was missed comes back in a review, as a question with its options."""

from __future__ import annotations

from collections.abc import Iterator

from rnntutor.course.blocks import (
    Blocks,
    Inline,
    Lesson,
    Link,
    Option,
    Paragraph,
    PredictChoice,
    Question,
    Step,
    Text,
)
from rnntutor.course.questions.single import Single
from rnntutor.study.progress import prediction_id


def questions(lesson: Lesson) -> Iterator[tuple[Step, Question]]:
    """The predictions of a lesson that have options, each as a question, with their steps."""
    for step in lesson.steps:
        if (question := _question(lesson.id, step)) is not None:
            yield step, question


def _question(lesson: str, step: Step) -> Question | None:
    """None for a step without such a prediction, and where it cannot be told which option is right:
    it is the one that needs no reason why it is wrong."""
    spec = step.sim.predict if step.sim is not None else None
    if not isinstance(spec, PredictChoice) or sum(not o.say for o in spec.options) != 1:
        return None
    options = tuple(
        Option(str(n), option.text, not option.say, _sentence(option.say), line=option.line)
        for n, option in enumerate(spec.options, 1)
    )
    prompt: Blocks = (*step.given, *_sentence(spec.say))
    return Question(
        id=prediction_id(lesson, step.id),
        type="single",
        title=step.title,
        prompt=prompt,
        body=Single(options),
        why=_why(lesson, step, spec),
    )


def _why(lesson: str, step: Step, spec: PredictChoice) -> Blocks:
    """The right reason, then the links to the stage with these settings and to the step."""
    assert step.sim is not None
    reason: Inline = next((reason.text for reason in spec.because if reason.right), ())
    stage = Text("", link=Link("sim", step.sim.use, step.sim.settings))
    there = Text("", link=Link("step", f"{lesson}.{step.id}"))
    lead = (*reason, Text(" ")) if reason else ()
    return (Paragraph((*lead, stage, Text(", "), there)),)


def _sentence(inline: Inline) -> Blocks:
    return (Paragraph(inline),) if inline else ()
