"""Formulas: LaTeX rendered in one line of Unicode, or laid out over several rows."""
