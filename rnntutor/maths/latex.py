"""Parse LaTeX formulas to a small tree. Unknown syntax is an error and never guessed."""

from __future__ import annotations

from rnntutor.maths.commands import command
from rnntutor.maths.errors import MathsError
from rnntutor.maths.nodes import Nodes
from rnntutor.maths.reader import MathParser
from rnntutor.maths.tokens import tokens

_LONGEST = 4000  # characters; formulas in the course have at most 200


def parse(source: str, *, loose: bool = False) -> Nodes:
    """Return the tree of a formula.

    Args:
        source: LaTeX source.
        loose: Whether unknown commands are kept as they are instead of raising an error.

    Raises:
        MathsError: The formula has unknown commands, unbalanced brackets, or is too long.
    """
    if len(source) > _LONGEST:
        raise MathsError(f"{source[:20]}…")
    return MathParser(tokens(source), command, loose=loose).all()
