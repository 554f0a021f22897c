"""What a stage has come to: what was to be done, what was predicted."""

from __future__ import annotations

from rnntutor.course.blocks import PredictChoice
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage

_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def done(stage: Stage) -> bool:
    """Whether what the step asks for has been done, here or in an earlier session."""
    return bool((stage.reached and stage.spec.goal) or (stage.ticked and stage.spec.do))


def known(stage: Stage) -> bool:
    """Whether what was predicted has been computed."""
    prediction = stage.prediction
    if prediction is None or prediction.state not in (stages.RIGHT, stages.WRONG):
        return False
    if isinstance(prediction.spec, PredictChoice):
        return stage.finished and isinstance(prediction.key, int)
    return True


def missed(stage: Stage) -> bool:
    """Whether a challenge has been tried to its end and is not met."""
    over = stage.finished if stage.training is None else stage.training.done
    return bool(stage.spec.goal) and stage.acted and over and not done(stage)


def written(path: str) -> str:
    """A path as it is read: "c[2][0]" -> "c₂", "dU" as it is; other units keep theirs."""
    name, _, rest = path.partition("[")
    places = rest.rstrip("]").split("][")
    if not rest or not all(place.isdecimal() for place in places):
        return path
    unit = f"[{places[1]}]" if len(places) > 1 and places[1] != "0" else ""
    return f"{name}{places[0].translate(_BELOW)}{unit}"
