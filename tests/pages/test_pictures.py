"""Rendered pictures are cached: the last ones are not drawn again."""

from __future__ import annotations

import pytest

from rnntutor.pages import stage as pages
from rnntutor.pages.stage import context
from rnntutor.render.views.registry import view
from rnntutor.session.opening import spec
from rnntutor.session.stage import open_stage
from rnntutor.words import load


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Record the widths of the pictures that are drawn."""
    widths: list[int] = []

    def drawing(name, trace, context):
        widths.append(context.width)
        return view(name, trace, context)

    monkeypatch.setattr(pages, "view", drawing)
    return widths


def test_the_last_pictures_are_kept_and_the_oldest_goes(drawn: list[int]) -> None:
    stage = open_stage(spec("order", (), "en"))
    contexts = [context(stage, load("en"), width, 12) for width in range(40, 120)]
    for each in contexts:
        pages.picture("bag", stage.trace, each)
    drawn.clear()
    for each in contexts[-5:]:
        pages.picture("bag", stage.trace, each)
    assert drawn == []
    pages.picture("bag", stage.trace, contexts[0])
    assert drawn == [40]


def test_of_two_runs_side_by_side_all_is_kept_and_of_earlier_ones_nothing(drawn: list[int]) -> None:
    stages = [open_stage(spec("order", (), "en")) for _ in range(3)]
    shown = [
        (s, context(s, load("en"), width, 12))
        for s, width in zip(stages, (50, 60, 70), strict=True)
    ]
    for stage, each in shown:
        pages.picture("bag", stage.trace, each)
    drawn.clear()
    for stage, each in shown[1:] * 2:
        pages.picture("bag", stage.trace, each)
    assert drawn == []
    stage, each = shown[0]
    pages.picture("bag", stage.trace, each)
    assert drawn == [50]
