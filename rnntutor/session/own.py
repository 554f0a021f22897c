"""A learner's function on the stage: which stage, and how the command line asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnntutor.build.stages import OwnStage
from rnntutor.course.blocks import SimSpec
from rnntutor.session import opening
from rnntutor.words import FALLBACK


def spec_of(
    own: OwnStage, settings: Sequence[tuple[str, str]] = (), lang: str = FALLBACK
) -> SimSpec:
    """The stage of a learner's function, with the knobs that it can serve. Raises SettingError."""
    given = tuple((name, str(value)) for name, value in own.part.given.items())
    spec = opening.spec(own.part.use, (*settings, *given), lang)
    own.simulation.make(dict(spec.settings))
    fixed = own.part.given.keys()
    return replace(spec, controls=tuple(name for name in spec.controls if name not in fixed))
