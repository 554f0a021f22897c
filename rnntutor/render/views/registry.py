"""All views by the names used in lessons: "strip", "gate:f". A new one is a new module here with
`VIEWS` in it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from rnntutor.nn.subject import Subject
from rnntutor.nn.trace import Trace
from rnntutor.render import views as package
from rnntutor.render.primitives.glyphs import ascii_rows
from rnntutor.render.views.view import View
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows, fit, width
from rnntutor.words import Words

NOTHING = View("", lambda trace, context, argument: ())
"""View of an unknown name, which draws nothing. A test looks for such names."""


def every_view() -> Iterator[View]:
    """Yield the views of every module of `render/views`, in the order of the modules' names."""
    for module in pkgutil.iter_modules(package.__path__):
        yield from getattr(import_module(f"{package.__name__}.{module.name}"), "VIEWS", ())


@cache
def views() -> Mapping[tuple[str, type[Subject] | None], View]:
    """Return all views by name and subject.

    The first call imports the modules.
    """
    return {(view.name, view.subject): view for view in every_view()}


@cache
def view_names() -> frozenset[str]:
    """Return the names of all views, without arguments."""
    return frozenset(view.name for view in every_view())


def _find(spec: str, trace: Trace | None = None) -> tuple[View, str]:
    """Return the view for a name such as `gate:f`, and its argument.

    Args:
        spec: name, with or without an argument.
        trace: run to draw; None finds the view for runs of all subjects.
    """
    name, _, argument = spec.partition(":")
    found = views().get((name, None), NOTHING)
    if trace is not None:
        found = views().get((name, type(trace.subject)), found)
    return found, argument or found.default


def view(spec: str, trace: Trace, context: ViewContext) -> Rows:
    """Return the rows of a view, at most context.height rows of context.width cells."""
    found, argument = _find(spec, trace)
    rows = found.draw(trace, context, argument)[: context.height]
    rows = tuple(row if width(row) <= context.width else fit(row, context.width) for row in rows)
    return ascii_rows(rows) if context.ascii else rows


def caption_of(spec: str, trace: Trace, context: ViewContext) -> str:
    """Return the caption of a view, or "" if it has none of its own."""
    found, argument = _find(spec, trace)
    return found.describe(trace, context, argument) if found.describe else ""


def full_of(spec: str, trace: Trace) -> float:
    """Return the value of a full bar of a view; 0 if it has no bar that depends on the run."""
    found, argument = _find(spec, trace)
    return found.full(trace, argument) if found.full else 0.0


def expandable_rows(spec: str, trace: Trace) -> tuple[str, ...]:
    """Return the expandable rows of a view, from the top; these are the values of context.open."""
    found, argument = _find(spec, trace)
    return found.expandable(trace, argument) if found.expandable else ()


def shows_training(spec: str, trace: Trace) -> bool:
    """Return whether a view of this run draws the reports of a training run."""
    return _find(spec, trace)[0].training


def is_still(spec: str, trace: Trace) -> bool:
    """Return whether a view of this run is independent of everything that runs."""
    return _find(spec, trace)[0].still


def looks_at_unit(spec: str, trace: Trace) -> bool:
    """Return whether a view of this run shows one unit, so that another can be selected."""
    return _find(spec, trace)[0].unit


def heading(spec: str, words: Words, trace: Trace | None = None) -> str:
    """Return the name of a view in the list of views: "망각 게이트 f".

    Args:
        spec: name and argument of the view.
        words: words of the interface.
        trace: the run, which decides between two views of the same name.
    """
    found, argument = _find(spec, trace)
    name = spec.partition(":")[0]
    key = f"view.{name}.{argument}" if argument else f"view.{name}"
    return words(f"{key}.{found.named}" if found.named else key)
