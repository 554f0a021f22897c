"""What is wrong with a formula."""

from __future__ import annotations


class MathsError(ValueError):
    """A formula that cannot be drawn. part: the piece of its source that is not understood."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part
