"""What leaves the course and the history for other programs: HTML, Anki, Moodle, Markdown, and the
file that a class hands in.

Formulas leave as LaTeX between `\\(` and `\\)`, which Anki and Moodle both set with MathJax.
"""
