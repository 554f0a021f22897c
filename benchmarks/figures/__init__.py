"""The figures that experiments.py reproduces, by subject: what is trained or computed from a seed,
and between which numbers it came out when it was first found (the failures with it)."""

from __future__ import annotations

from collections.abc import Iterator

from . import (
    adding,
    captions,
    clipping,
    counting,
    gradient,
    one_unit,
    parity,
    recall,
    rewriting,
    sentences,
    tags,
    text,
)
from .figure import Figure

# In the order of the parts, (a) to (j).
_SUBJECTS = (
    *(adding, recall, gradient, clipping, text, sentences),
    *(captions, rewriting, tags, counting, parity, one_unit),
)


def figures(*, quick: bool) -> Iterator[Figure]:
    """All of them, or those of a quick run."""
    every = (figure for subject in _SUBJECTS for figure in subject.figures(quick))
    return (figure for figure in every if figure.quick or not quick)


__all__ = ["Figure", "figures"]
