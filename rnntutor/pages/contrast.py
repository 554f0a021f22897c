"""A confident wrong answer beside the right one: the rows above the stage that refutes it."""

from __future__ import annotations

from collections.abc import Sequence

from rnntutor.course.blocks import Inline, Text
from rnntutor.course.fill import fill
from rnntutor.course.question import Question
from rnntutor.course.questions import kind_of
from rnntutor.render.primitives.wrap import wrap
from rnntutor.render.prose import Context, lay_out, lay_out_inline
from rnntutor.session import contrast
from rnntutor.session import question as questions
from rnntutor.session.question import QuestionState
from rnntutor.spans import Row, Rows, Span, behind, pad
from rnntutor.words import Words


def contrast_rows(
    asked: QuestionState, words: Words, cells: int, context: Context, *, staged: bool = True
) -> Rows:
    """Return the given answer, the right one, and the feedback on the given one.

    Args:
        staged: whether a stage below demonstrates the right answer.
    """
    verdict = asked.verdict
    assert verdict is not None
    parts = verdict.parts
    mine = in_words(asked.question, questions.raw_answer(asked), parts)
    right = in_words(asked.question, verdict.right, parts)
    names = words("contrast.mine"), words("contrast.right")
    lead = max(Span(name).width for name in names) + 2
    head = "words" if not staged else "head" if contrast.same_numbers(asked) else "like"
    rows: list[Row] = [*wrap((Span(words(f"contrast.{head}"), strong=True),), cells)]
    for name, sign, role, said in ((names[0], "✗", "wrong", mine), (names[1], "✓", "right", right)):
        if not said:
            continue
        before = Span(f"{sign} {pad(name, lead)}", role)
        rows += behind(before, lay_out_inline(said, cells - before.width, context))
    for feedback in verdict.feedback[:1]:
        blocks = fill(feedback, asked.instance) if asked.instance else feedback
        rows += [(Span("  "), *row) for row in lay_out(blocks, cells - 2, context)]
    return tuple(rows)


def in_words(question: Question, raw: object, parts: Sequence[bool] = ()) -> Inline:
    """Return an answer in the words of its question.

    Args:
        question: the question.
        raw: the answer as logged, or as in the key.
        parts: whether each gap or pair was right; right ones are left out.
    """
    kind = kind_of(question)
    out: Inline = ()
    for n, part in enumerate(kind.answer_parts(question.body, raw)):
        if part.said is None or (kind.by_part and n < len(parts) and parts[n]):
            continue
        said = (Text(part.said),) if isinstance(part.said, str) else part.said
        out = (*out, *((Text(kind.between),) if out else ()), *part.name, *said)
    return out
