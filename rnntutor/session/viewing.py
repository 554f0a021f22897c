"""What of a run is shown: the view, the unit, the expanded row and the shared weights."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.render.views.registry import expandable_rows
from rnntutor.session.stage import Stage


def show(stage: Stage, view: int) -> Stage:
    """Show a view, by index; an invalid index changes nothing."""
    return replace(stage, view=view) if 0 <= view < len(stage.views) else stage


def next_view(stage: Stage) -> Stage:
    """Select the next view."""
    return replace(stage, view=(stage.view + 1) % len(stage.views))


def next_unit(stage: Stage, count: int = 1) -> Stage:
    """Select the unit `count` units further on."""
    return replace(stage, unit=(stage.unit + count) % stage.trace.units)


def open_next_row(stage: Stage) -> Stage:
    """Expand the products of the next row of the present view; after the last row, none."""
    rows = ("", *expandable_rows(stage.views[stage.view], stage.trace))
    index = rows.index(stage.open_row) if stage.open_row in rows else 0
    return replace(stage, open_row=rows[(index + 1) % len(rows)])


def share(stage: Stage) -> Stage:
    """Toggle whether the shared weights of all steps are shown."""
    return replace(stage, shared=not stage.shared)
