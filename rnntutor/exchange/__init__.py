r"""Export the course and the history to other programs: HTML, Anki, Moodle, Markdown and hand-ins.

Formulas are exported as LaTeX between `\(` and `\)`, which Anki and Moodle both render with
MathJax.
"""
