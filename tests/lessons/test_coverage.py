"""Every line of the lecture is taught in a step, shown in a simulation or text, and asked."""

from __future__ import annotations

from functools import cache

import pytest

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))

# Statement of the lecture -> the steps that teach it -> a question about it.
LECTURE = [
    ("a sequence is a series of items", "sequence.items", "sequence.items-match"),
    ("enough information for the prediction", "sequence.information", "sequence.diagnose"),
    ("the capacity to learn the pattern", "sequence.capacity", "sequence.diagnose-match"),
    ("the RNN: the loop", "rnn.loop", "rnn.difference"),
    ("the RNN: unrolled", "rnn.unrolled", "rnn.one-weight"),
    ("sequence in, sequence out: translation", "types.seq-seq", "types.decoder-order"),
    ("sequence in, vector out: sentiment", "types.seq-vec", "types.match-tasks"),
    ("vector in, sequence out: an image described", "types.vec-seq", "types.match-tasks"),
    ("bidirectional: before and after", "types.bidirectional", "types.bidirectional-leak"),
    ("merging: concatenate or sum", "types.merge", "types.trace-concat"),
    ("training: unrolled, as in an MLP: BPTT", "bptt.unrolled", "bptt.ordinary"),
    ("long sequences are hard", "lstm.problem", "lstm.half-known"),
    ("information of early steps is lost", "lstm.loss-of-information", "lstm.read-back"),
    ("keep what is relatively important", "lstm.selective", "lstm.recent-two"),
    ("the model learns what may be forgotten", "lstm.learned", "lstm.other-tape"),
    ("a long-term memory c, a short-term memory h", "lstm.c-and-h", "lstm.doubled-memory"),
    ("gates: forget, input, output", "lstm.gates", "lstm.parts"),
    ("the hidden part is replaced by an LSTM cell", "cell.replaced", "gates.order-step"),
    ("all gates take the same input", "cell.same-input", "gates.memory-doubled"),
    ("the sigmoid as the gates' activation", "cell.sigmoid", "gates.trace-gate"),
    ("the cell: forgetting", "cell.forget", "gates.forget-vector"),
    ("the cell: writing", "cell.input", "gates.how-much-what"),
    ("the cell: the memory", "cell.memory", "gates.trace-c2"),
    ("the cell: the output", "cell.output", "gates.stored-not-shown"),
    ("GRU: a simplified LSTM", "gru.idea", "gru.match-parts"),
    ("one state vector only", "gru.one-state", "gru.memory-path"),
    ("one gate plays both roles", "gru.update", "gru.both-roles"),
    ("the output gate is gone", "gru.no-output-gate", "gru.all-shown"),
    ("the point: longer sequences", "beyond.longer", "beyond.recall-read"),
    ("longer: more information", "beyond.more-information", "beyond.which-context"),
    ("the effort went on with attention", "beyond.attention", "beyond.first-attention"),
    ("with the Transformer they are used less", "beyond.transformer", "beyond.hearing-aid"),
    ("the idea rather than the detail", "beyond.idea", "beyond.timeline"),
]

# Figure of the lecture -> the step with a simulation that draws it, and the view.
FIGURES = [
    ("the loop and the unrolled net", "rnn.unrolled", "strip"),
    ("the bidirectional RNN", "types.bidirectional", "switchboard"),
    ("concatenating and summing", "types.merge", "switchboard"),
    ("the LSTM cell instead of the RNN", "cell.replaced", "circuit"),
    ("the same input to all gates", "cell.same-input", "gate"),
    ("the formulas of the gates", "cell.forget", "gate"),
    ("the sigmoid", "cell.sigmoid", "gate"),
    ("the operations of the cell", "cell.whole-cell", "circuit"),
]


def _step(target: str, lang: str):
    lesson, _, step = target.partition(".")
    found = [s for s in COURSE.lesson(lesson, lang).steps if s.id == step]
    assert found, f"{target} is no step"
    return found[0]


@cache
def _questions(lang: str) -> frozenset[str]:
    lessons = (COURSE.lesson(entry.id, lang) for entry in COURSE.entries)
    return frozenset(question.id for lesson in lessons for question in lesson.questions)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("line", "step", "question"), LECTURE, ids=[row[0] for row in LECTURE])
def test_a_line_of_the_lecture_is_taught_and_asked(
    line: str, step: str, question: str, lang: str
) -> None:
    assert _step(step, lang).blocks
    assert question in _questions(lang)


@pytest.mark.parametrize(("figure", "step", "view"), FIGURES, ids=[row[0] for row in FIGURES])
def test_a_figure_of_the_lecture_is_drawn_anew(figure: str, step: str, view: str) -> None:
    sim = _step(step, "en").sim
    assert sim is not None
    assert view in {spec.partition(":")[0] for spec in sim.views}
