"""The functions that make the trained weights and prepared runs in assets/weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from numpy.typing import NDArray

from rnntutor.assets import languages

Maker = Callable[[Callable[[float], None]], Mapping[str, NDArray[Any]]]

# File -> the function that makes it, as module:name, with what it is given first: module:name:what.
# It is told where to report the share done.
MAKERS: Mapping[str, str] = {
    "memory": "memory:snapshot",
    "sentiment": "order.sentiment:snapshot",
    "tags": "types.tags:snapshot",
    "captions": "types.pictures:snapshot",
    "dates": "common.translate:snapshot:dates",
    "digits": "common.translate:snapshot:digits",
    "be_the_cell": "be_the_cell.training:snapshot",
    **{f"text_{lang}": f"text.prepared:snapshot:{lang}" for lang in languages("text")},
}


def maker(name: str) -> Maker:
    """Return the function that makes a snapshot.

    Raises:
        KeyError: there is no such snapshot.
    """
    module, function, *what = MAKERS[name].split(":")
    found = getattr(import_module(f"{__package__}.{module}"), function)
    return partial(found, *what)
