"""Every number with three decimals in a step is a result of the engine."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest

from rnntutor import sims
from rnntutor.course.blocks import Inline
from rnntutor.course.lesson import Step
from rnntutor.course.load import open_course
from rnntutor.course.sim_spec import PredictChoice, PredictNumber, SimSpec
from rnntutor.package_data import lessons_dir
from rnntutor.question_models import sigmoid
from rnntutor.render.prose import Context, lay_out, lay_out_inline
from rnntutor.session.knobs import set_knob
from rnntutor.session.stage import Stage, open_stage
from rnntutor.sims.common.tasks import TASKS
from rnntutor.spans import plain
from rnntutor.words import LANGUAGES, load
from tests.sampling import in_turn

COURSE = open_course(lessons_dir(), load("en"))
NUMBER = re.compile(r"(?<![\d.])\d+\.\d{3}(?!\d)")
WIDE = 300  # width in cells at which no formula is wrapped
# A run with more different numbers between 0 and 1 than this (of a thousand) would match a wrong
# number too often; of such a run only the values read by the step's computation count.
FEW = 50

# Returns a path or a measure of the step's simulation, with some settings changed.
At = Callable[..., float]


def elsewhere(use: str, measure: str) -> float:
    """Return a measure of another simulation with its default settings."""
    simulation = sims.find(use)
    settings = simulation.make({})
    return simulation.measures[measure](settings, simulation.trace(settings))


# Step -> computation of numbers that are not in the step's initial run.
COMPUTED: dict[str, Callable[[At], list[float]]] = {
    "start.tanh": lambda at: [math.tanh(3)],
    "start.softmax": lambda at: [
        math.e,
        math.e + 2,
        math.e / (math.e + 2),
        1 / (math.e + 2),
        -math.log(math.e / (math.e + 2)),
    ],
    "sequence.window": lambda at: [2 * math.cos(2 * math.pi / 16)],
    "rnn.equation": lambda at: [math.tanh(1), math.tanh(2)],
    "rnn.output": lambda at: [
        at(path, U=0.2) for path in ("h[4][0]", "p[4][0]", "p[4][1]", "loss[4]")
    ],
    "rnn.challenge": lambda at: [at("h[10][0]", U=1.0), at("h[10][0]", U=1.5)],
    "bptt.unrolled": lambda at: [
        at("loss[4]", U=0.6),
        -0.1 * at("dU_total[0][0]"),
    ],
    "bptt.loss": lambda at: [at("dh[1][0]", loss="every")],
    "bptt.shared-sum": lambda at: [
        1 - at("h[1][0]") ** 2,
        at("dU", U=0.5),
        at("dU", U=1.2),
    ],
    "bptt.worked": lambda at: [at("dU", U=0.0)],
    "bptt.chain": lambda at: [
        0.8**20,
        at("h[60][0]"),
        at("at_end", w=1.0),
        at("w") * (1 - at("h[60][0]") ** 2),
    ],
    "bptt.vanishing": lambda at: [0.9**20, at("dU_norm", radius=0.5)],
    "bptt.clipping": lambda at: [
        at("direction", clip=1.0, clip_by="norm"),
        at("direction", clip=1.0, clip_by="value"),
    ],
    "bptt.truncated": lambda at: [at("h[2][0]", h0=0.0)],
    "bptt.train": lambda at: [at("baseline")],
    "bptt.challenge": lambda at: [
        0.1 ** (1 / 20),
        10 ** (1 / 20),
        at("at_20", radius=1.1),
        at("at_end", radius=1.1),
    ],
    "lstm.vs-learning": lambda at: [
        at("h[60][0]"),
        at("at_end", w=1.0),
        at("h[60][0]", w=1.0),
        at("f_latch[1]"),
        at("c[60][0]"),
        at("grad_latch[60]"),
    ],
    "lstm.race": lambda at: [at("baseline"), TASKS["adding"].half],
    "lstm.at-birth": lambda at: [sigmoid(1)],
    "cell.same-input": lambda at: [at("h[1][0]", W_i=3.0)],
    "cell.sigmoid": lambda at: [sigmoid(4), sigmoid(2.2), sigmoid(-2.2)],
    "cell.forget": lambda at: [at("retention", forget_bias=2.0)],
    "cell.forget-bias": lambda at: [0.9**20],
    "cell.input": lambda at: [at("c[4][0]", W_i=2.5), at("i[2][0]", W_i=2.5)],
    "cell.memory": lambda at: [at("c[4][0]", b_f=2.5)],
    "cell.challenge-noise": lambda at: [math.tanh(0.3 * 3)],
    "gru.one-state": lambda at: [at("h[20][0]"), at("h[20][0]", cell="rnn")],
    "gru.update": lambda at: [
        at("h[4][0]", forget_bias=3.0),
        1 - at("z[4][0]", forget_bias=3.0),
        at("n[4][0]", forget_bias=3.0),
    ],
    "gru.reset": lambda at: [at("h[2][0]", **{"clamp_r@2": None, "clamp_z@2": 0})],
    "gru.no-output-gate": lambda at: [
        at("h[3][0]", **{"clamp_z@3": None, "clamp_n@3": None, "clamp_r@3": 0})
    ],
    "gru.side-by-side": lambda at: [
        at("f[2][0]"),
        at("i[2][0]"),
        at("z[2][0]", cell="gru"),
        1 - at("z[2][0]", cell="gru"),
    ],
    "gru.race": lambda at: [at("baseline")],
    "gru.challenge": lambda at: [sigmoid(5), math.tanh(1.5 * 0.8)],
    "beyond.longer": lambda at: [
        elsewhere("memory", "chance"),
        at("f[1][0]"),
        at("retention", forget_bias=4.5),
        at("f[1][0]", forget_bias=4.5) ** 600,
    ],
    "beyond.unseen-mgu": lambda at: [at("f[1][0]", W_f=4.0, b_f=-5.0)],
    "beyond.unseen-skip": lambda at: [0.8**5, 0.8**10],
}


def _steps(lang: str) -> dict[str, Step]:
    """Return every step by its id; a lesson's opening counts as a step of its own, "rnn."."""
    found = {}
    for entry in COURSE.every:
        lesson = COURSE.lesson(entry.id, lang)
        opening = Step(id="", title=(), blocks=lesson.opening)
        found |= {f"{entry.id}.{step.id}": step for step in (opening, *lesson.steps)}
    return found


STEPS = {lang: _steps(lang) for lang in LANGUAGES}


def _said(spec: SimSpec) -> Iterator[Inline]:
    """Yield all texts of the lesson that a simulation shows."""
    yield spec.said
    if isinstance(spec.predict, PredictNumber | PredictChoice):
        yield spec.predict.say
    if isinstance(spec.predict, PredictNumber):
        yield from (wrong.say for wrong in spec.predict.wrong)
    if isinstance(spec.predict, PredictChoice):
        yield from (option.text for option in spec.predict.options)
        yield from (option.say for option in spec.predict.options)


@cache
def told(target: str, lang: str) -> frozenset[str]:
    """Return the numbers in a step's prose and simulation, without their signs."""
    context = Context(load(lang), COURSE.names(lang), COURSE.roles)
    step = STEPS[lang][target]
    rows = list(lay_out(step.blocks, WIDE, context))
    for inline in _said(step.sim) if step.sim else ():
        rows += lay_out_inline(inline, WIDE, context)
    return frozenset(number for row in rows for number in NUMBER.findall(plain(row)))


def shown(value: float) -> str:
    return f"{abs(value):.3f}"


def _in_run(stage: Stage) -> set[str]:
    """Return the numbers of the step's initial run: its measures and, if it has few, its trace."""
    trace = stage.trace
    arrays = [np.ravel(a) for a in (*trace.arrays.values(), *trace.fixed.values())]
    values = {shown(float(value)) for a in arrays for value in a if np.isfinite(value)}
    few = sum(float(value) < 1 for value in values) <= FEW
    return {shown(value) for value in stage.measures.values()} | (values if few else set())


def _asked(spec: SimSpec) -> set[str]:
    """Return the limits in tasks, goals and predictions, which the lesson sets."""
    options = spec.predict.options if isinstance(spec.predict, PredictChoice) else ()
    conditions = (*spec.do, *spec.goal, *(option.when for option in options))
    values: list[object] = []
    for condition in conditions:
        value = condition.value
        values += value if isinstance(value, list | tuple) else [value]
    return {shown(v) for v in values if isinstance(v, int | float) and v == round(v, 3)}


@cache
def _opened(target: str, lang: str) -> Stage:
    spec = STEPS[lang][target].sim
    assert spec is not None
    return open_stage(spec, predicted=True)


def _reader(target: str, lang: str) -> At:
    def at(path: str, /, **changed: object) -> float:
        stage = _opened(target, lang)
        for name, value in changed.items():
            stage = set_knob(stage, name, value)
            assert stage.complaint is None, (path, changed, stage.complaint)
        if path in stage.measures:
            return stage.measures[path]
        if path in stage.given:
            return float(str(stage.given[path]))
        return float(stage.trace[path])

    return at


@cache
def computed(target: str, lang: str) -> frozenset[str]:
    """Return the results of the step's computation."""
    if target not in COMPUTED:
        return frozenset()
    values = COMPUTED[target](_reader(target, lang))
    return frozenset(shown(value) for value in values)


TELLING = [step for step in STEPS["en"] if told(step, "en") or told(step, "ko")]


@pytest.mark.parametrize(("target", "lang"), in_turn(TELLING, LANGUAGES))
def test_a_number_that_a_step_tells_is_computed(target: str, lang: str) -> None:
    known = set(computed(target, lang))
    spec = STEPS[lang][target].sim
    if spec is not None:
        known |= _in_run(_opened(target, lang)) | _asked(spec)
    assert told(target, lang) - known == set()


@pytest.mark.parametrize("target", COMPUTED)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_computed_here_is_told_in_its_step(target: str, lang: str) -> None:
    """No computation is left over whose number is no longer in the lesson."""
    assert computed(target, lang) - told(target, lang) == set()


@pytest.mark.parametrize("target", STEPS["en"])
def test_both_languages_tell_the_same_numbers(target: str) -> None:
    assert told(target, "ko") == told(target, "en")
