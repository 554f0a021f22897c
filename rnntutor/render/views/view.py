"""A view and its properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rnntutor.nn.subject import Subject
from rnntutor.nn.trace import Trace
from rnntutor.render.views.view_context import ViewContext
from rnntutor.spans import Rows


@dataclass(frozen=True, slots=True)
class View:
    """A view. Each module of `render/views` lists its own in `VIEWS`.

    Attributes:
        name: name in lessons, without an argument ("gate").
        draw: returns the rows, given the trace, the context and the view's argument (the part after
            its colon, or its default).
        default: argument if none is given; "" for a view without one.
        subject: the subject of the runs it draws; None for all runs whose subject has no view of
            this name to itself.
        training: whether it draws the reports of a training run instead of a run.
        describe: returns its caption; None for a view without one.
        named: suffix of the key of its heading, `view.NAME.SUFFIX`, for one of several views with
            the same name.
        unit: whether it shows one unit of a run.
        full: returns the value of a full bar, given trace and argument; None if that does not
            depend on the run.
        still: whether it depends on the settings only, not on the progress of a run or training.
        expandable: returns the names of the rows that can be expanded, from the top, given trace
            and argument; None if no row can.
    """

    name: str
    draw: Callable[[Trace, ViewContext, str], Rows]
    default: str = ""
    subject: type[Subject] | None = None
    training: bool = False
    describe: Callable[[Trace, ViewContext, str], str] | None = None
    named: str = ""
    unit: bool = False
    full: Callable[[Trace, str], float] | None = None
    still: bool = False
    expandable: Callable[[Trace, str], tuple[str, ...]] | None = None
