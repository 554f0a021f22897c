"""The stage that refutes a confident but wrong answer, shown beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rnntutor.course.blocks import Link
from rnntutor.course.lesson import Step
from rnntutor.course.questions import kind_of
from rnntutor.course.sim_spec import SimSpec
from rnntutor.failure import Failure
from rnntutor.question_models import Value
from rnntutor.session import advance, opening
from rnntutor.session.links import sim_links, spec_of, view_of
from rnntutor.session.question import DONE, SURE, QuestionState
from rnntutor.session.stage import Stage
from rnntutor.sims import RawSettings


def sure_and_wrong(asked: QuestionState) -> bool:
    """Return whether the learner was sure of an answer that is not fully right."""
    verdict = asked.verdict
    if asked.state != DONE or verdict is None or asked.revealed:
        return False
    return asked.confidence == SURE and verdict.score < 1


def stage_of(asked: QuestionState, lang: str, step: Step | None = None) -> Stage | None:
    """Return a stage that demonstrates the right answer, run to its end, or None if there is none.

    It runs with the question's own numbers if they were drawn and its model is a one-unit cell;
    else with the settings of the experiment that the explanation links to; else it is the stage of
    the step that teaches the question. Plain arithmetic questions have no stage.

    Args:
        asked: the question.
        lang: the learner's language.
        step: the step that teaches the question, if known.
    """
    for spec, link in _specs(asked, lang, step):
        try:
            stage = opening.alone(spec)
        except Failure:
            continue
        first = view_of(link, stage.views) if link else stage.views[0]
        stage = replace(
            stage,
            views=stage.views if spec.views else tuple(dict.fromkeys((first, *stage.views))),
        )
        return advance.move(stage, stage.transport.end())
    return None


def same_numbers(asked: QuestionState) -> bool:
    """Return whether the stage uses the question's own numbers.

    For a question with drawn numbers this holds only if a one-unit cell computes it.
    """
    return asked.instance is None or own_run(asked) is not None


def _specs(asked: QuestionState, lang: str, step: Step | None) -> list[tuple[SimSpec, Link | None]]:
    """Return the simulations to try, best first, each with the link it comes from, if any."""
    linked = _linked_stages(asked, lang)
    taught = []
    if step is not None and step.sim is not None:
        controls = step.sim.controls or _names(step.sim.settings)
        bare = replace(step.sim, predict=None, do=(), goal=(), said=(), cursor=0)
        taught.append(replace(bare, controls=controls))
    for here in taught:  # skip a link to the same run: the step shows it in the views that matter
        linked = [
            (s, link) for s, link in linked if here.settings not in (s.settings, link.settings)
        ]
    own = own_run(asked)
    return [*([(own, None)] if own else []), *linked, *((spec, None) for spec in taught)]


def _linked_stages(asked: QuestionState, lang: str) -> list[tuple[SimSpec, Link]]:
    try:
        return [(spec_of(link, lang), link) for link in sim_links(asked.question.why)[:1]]
    except Failure:  # a custom course may name a simulation that does not exist
        return []


def own_run(asked: QuestionState) -> SimSpec | None:
    """Return the one-unit cell that computes the answer of a drawn question, or None."""
    numbers, drawn = kind_of(asked.question).variants(asked.question.body), asked.instance
    if len(numbers) != 1 or drawn is None:
        return None
    [one], values = numbers, drawn.values
    match one.model:
        case "scalar_rnn" if "dh_last" in values or "dh_last" in dict(one.settings):
            views = {"dU": ("sum:U", "arrows"), "dW": ("sum:W", "arrows")}
            shown = views.get(one.ask, ("strip:dh", "arrows"))
            return _cell("bptt", "rnn", (*_rnn(values), ("loss", "last"), *_LOSS), shown)
        case "scalar_rnn":
            return _cell("cell", "rnn", _rnn(values), ("gate:h", "strip"))
        case "scalar_memory":
            held = _clamp_settings(values, ("f", "i", "g"))
            return _cell(
                "cell", "lstm", (*_select_settings(values, ("c0",)), *held), ("memory", "strip:c")
            )
        case "scalar_gru":
            held = _clamp_settings({"r": 1.0, **values}, ("z", "r"))
            shared = (("W_n", values["W"]), ("U_n", values["U"]), ("x", _series(values["x"])))
            own = (*_select_settings(values, ("h0",)), *shared, *held)
            return _cell("cell", "gru", own, ("state", "table", "strip"))
        case _:
            return None


# The loss is h at the last step, so that its gradient there is 1.
_LOSS: RawSettings = (("V", [[1]]), ("dy", [1]))


def _cell(use: str, kind: str, settings: RawSettings, views: Sequence[str]) -> SimSpec:
    named = (("cell", kind), ("units", 1), *settings)
    return SimSpec(use, named, controls=_names(named), views=tuple(views))


def _names(settings: RawSettings) -> tuple[str, ...]:
    return tuple(name for name, _ in settings)


def _rnn(values: Mapping[str, Value]) -> RawSettings:
    x = ("x", _series(values["x"]))
    return (*_select_settings(values, ("h0", "W", "U", "b")), x)


def _select_settings(values: Mapping[str, Value], names: Sequence[str]) -> RawSettings:
    return tuple((name, values[name]) for name in names if name in values)


def _series(value: Value) -> list[float]:
    return [float(v) for v in value] if isinstance(value, tuple | list) else [float(value)]


def _clamp_settings(values: Mapping[str, Value], names: Sequence[str]) -> RawSettings:
    """Return clamp settings for the gates that a question gives.

    A gate has one value for all steps, or one per step.
    """
    out: list[tuple[str, object]] = []
    for name in names:
        value = values.get(name)
        if isinstance(value, tuple | list):
            steps = enumerate(value, 1)
            out += [("T", len(value))] * (("T", len(value)) not in out and "x" not in values)
            out += [(f"clamp_{name}@{t}", v) for t, v in steps]
        elif value is not None:
            out.append((f"clamp_{name}", value))
    return tuple(out)
