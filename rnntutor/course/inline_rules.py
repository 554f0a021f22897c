"""Rules of the inline parser for the syntax that lessons add to Markdown.

These are `{{ path }}`, `{term:…}` and `[[…]]`, and formulas in other delimiters than dollars in
opened files. Each rule pushes one token with the source in `content`.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

_SLOT = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_REFERENCE = re.compile(r"\{([a-z]+):([A-Za-z0-9_.-]+)((?:\s(?:\"[^\"\n]*\"|[^{}\"])*)?)\}")
_GAP = re.compile(r"\[\[([^\[\]\n]*)\]\]")
# Formulas as in MathJax and GitHub: \\(x\\), \\[x\\], the same with doubled backslashes, $`x`$.
_MATHS = re.compile(
    r"(?P<one>\\{1,2}\()(?P<line>(?:(?!\n\n)[^$]){1,1000}?)\\{1,2}\)"
    r"|(?P<two>\\{1,2}\[)(?P<apart>(?:(?!\n\n)[^$]){1,1000}?)\\{1,2}\]"
    r"|\$`(?P<ticks>[^`\n]+)`\$"
)


def _rule(state: StateInline, silent: bool, pattern: re.Pattern[str], name: str) -> bool:
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push(name, "", 0)
        token.content = match[1]
        token.meta = {"source": match[0], "groups": match.groups()}
    state.pos = match.end()
    return True


def slot(state: StateInline, silent: bool) -> bool:
    """Parse `{{ h[2] }}`, a number of the question's variant."""
    return _rule(state, silent, _SLOT, "slot")


def reference(state: StateInline, silent: bool) -> bool:
    """Parse `{term:id}`, `{step:lesson.step}` and `{sim:name key=value …}`."""
    return _rule(state, silent, _REFERENCE, "reference")


def gap(state: StateInline, silent: bool) -> bool:
    """Parse `[[type: a / b]]` and `[[pick: *a* / b]]`."""
    return _rule(state, silent, _GAP, "gap")


def bracketed_maths(state: StateInline, silent: bool) -> bool:
    """Parse a formula in other delimiters than dollars."""
    if state.src[state.pos] not in "\\$":
        return False
    match = _MATHS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        apart = match["apart"] is not None
        token = state.push("math_inline_double" if apart else "math_inline", "math", 0)
        token.content = match["line"] or match["apart"] or match["ticks"]
    state.pos = match.end()
    return True
