"""The error of formulas."""

from __future__ import annotations


class MathsError(ValueError):
    """Raised for a formula that cannot be rendered.

    Attributes:
        part: The part of the source that is not understood.
    """

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part
