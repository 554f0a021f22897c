"""The tasks of each step can be done one by one, each completed by the action that it names.

None is complete when the page opens, and after the last one the outcome is shown.
"""

from __future__ import annotations

import pytest

from rnntutor.course.load import open_course
from rnntutor.package_data import lessons_dir
from rnntutor.session import advance, outcome
from rnntutor.session import stage as stages
from rnntutor.session.knobs import set_knob
from rnntutor.session.stage import Stage
from rnntutor.words import load

COURSE = open_course(lessons_dir(), load("en"))
END = "end"

# An action: a step to go to, END, or a knob and its value. Each list fulfils one task.
Act = int | str | tuple[str, object]
TASKS: dict[str, list[list[Act]]] = {
    "lstm.loss-of-information": [[("units", 16)], [("input_scale", 0.3)]],
    "lstm.vs-learning": [[END], [("w", 1.0)]],
    "lstm.selective": [
        [1, ("action@1", "write1"), 3, ("action@3", "write2"), 5, ("action@5", "write2"), 6],
        [9, ("action@9", "write1"), 10],
        [END],
    ],
    "lstm.learned": [[END]],
    "lstm.c-and-h": [[6], [3, ("clamp_o@3", 1)], [END]],
    "lstm.gates": [
        [2, ("clamp_i@2", 1), 4],
        [5, ("clamp_f@5", 0), ("clamp_i@5", 1), 7],
        [8, ("clamp_o@8", 1)],
    ],
    "cell.replaced": [[1], [("cell", "lstm")]],
    "cell.same-input": [[("W_i", 3.0)]],
    "cell.sigmoid": [[("b_f", 2.0)], [("b_f", -2.0), 2]],
    "cell.forget": [[END], [("forget_bias", 2.0)], [2, ("clamp_f@2", 0), END]],
    "cell.forget-bias": [[END], [("forget_bias", 3.5)]],
    "cell.input": [[END], [("W_i", 2.5)]],
    "cell.memory": [[END], [("b_f", 2.5)]],
    "cell.output": [[3], [2, ("clamp_o@2", None)]],
    "cell.whole-cell": [[2]],
    "cell.surgery": [
        [5, ("clamp_o@5", 0)],
        [("clamp_o@5", None), 2, ("clamp_i@2", 0)],
        [("clamp_i@2", None), 5, ("clamp_f@5", 0)],
    ],
    "cell.count": [[("units", 8)], [("T", 12)], [("biases", 2)]],
    "cell.source": [[1]],
    "gru.idea": [[END]],
    "gru.one-state": [[END], [("cell", "rnn")]],
    "gru.update": [[END], [("forget_bias", 3.0)]],
    "gru.reset": [[2, ("clamp_z@2", 0)]],
    "gru.no-output-gate": [
        [END],
        [("clamp_z@3", None), ("clamp_n@3", None)],
        [3, ("clamp_r@3", 0)],
    ],
    "gru.side-by-side": [[3], [("cell", "gru")]],
    "beyond.longer": [[END], [("forget_bias", 4.5)]],
    "beyond.bottleneck": [[END]],
    "beyond.attention": [[END]],
    "beyond.transformer": [[END]],
    "practice.language-model": [[12]],
    "practice.writing": [[("temperature", 0.1)], [("temperature", 2.0)]],
    "practice.padding": [[END], [("mask", "on")]],
    "practice.masked-loss": [[END], [("mask", "on")], [("shortest", 2)]],
    "practice.layout": [[3], [("layout", "TBD")]],
    "practice.windows": [[END], [("border", "through")], [("border", "reset")]],
}


def opened(target: str) -> Stage:
    lesson, _, name = target.partition(".")
    step = next(step for step in COURSE.lesson(lesson, "en").steps if step.id == name)
    assert step.sim is not None
    return stages.open_stage(step.sim, predicted=True)


def after(stage: Stage, act: Act) -> Stage:
    if isinstance(act, tuple):
        turned = set_knob(stage, *act)
        assert turned.complaint is None
        return turned
    transport = stage.transport
    at = transport.last if act == END else int(act) * transport.phases
    return advance.move(stage, transport.to(at))


@pytest.mark.parametrize("target", TASKS)
def test_each_task_ticks_when_it_is_done(target: str) -> None:
    stage = opened(target)
    assert not outcome.with_ticks(stage).ticks, "nothing is done before anything was done"
    for n, acts in enumerate(TASKS[target]):
        assert n not in stage.ticks
        for act in acts:
            stage = after(stage, act)
        assert stage.ticks == frozenset(range(n + 1))
    assert stage.task_done
    assert outcome.told(stage)
