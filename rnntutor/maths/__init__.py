"""Formulas: LaTeX to one line of Unicode, or laid out over several rows."""
