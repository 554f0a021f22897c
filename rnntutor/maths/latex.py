"""LaTeX formulas to a small tree. What it does not know is an error, never a guess."""

from __future__ import annotations

from rnntutor.maths.commands import command
from rnntutor.maths.errors import MathsError
from rnntutor.maths.nodes import Nodes
from rnntutor.maths.reader import MathParser
from rnntutor.maths.tokens import tokens

_LONGEST = 4000  # characters; the longest formula of the course has 200


def parse(source: str, *, loose: bool = False) -> Nodes:
    """The tree of a formula. loose: a command that is unknown stands for itself. Raises MathsError
    for what is (otherwise) unknown, unbalanced or longer than any formula."""
    if len(source) > _LONGEST:
        raise MathsError(f"{source[:20]}…")
    return MathParser(tokens(source), command, loose=loose).all()
