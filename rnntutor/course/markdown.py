"""The Markdown dialect of lessons: CommonMark, tables, dollar maths, and emphasis next to Korean.

Only blocks are parsed here; their inline content is parsed block by block in inline.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import MutableMapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from rnntutor.course.inline_rules import bracketed_maths, gap, reference, slot


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


class _KoreanState(StateInline):
    """Inline state in which `*` next to a wide character can open and close emphasis.

    It may open if a non-space follows and close if a non-space precedes. In CommonMark, a delimiter
    between punctuation and a letter has only one side, so the second one of
    `**트랜스포머(Transformer)**가` never closes: Korean has a particle where English has a space.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """Let emphasis begin and end beside Hangul and other wide characters."""
        found = super().scanDelims(start, canSplitWord)
        if self.src[start] != "*":
            return found
        end = start + found.length
        before = self.src[start - 1] if start > 0 else " "
        after = self.src[end] if end < self.posMax else " "
        if not (_wide(before) or _wide(after)):
            return found
        return Scanned(not after.isspace(), not before.isspace(), found.length)


class _KoreanInline(ParserInline):
    """Inline parser that uses _KoreanState."""

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        state = _KoreanState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


# HTML elements that contain no prose. Other tags are removed as inline HTML, so that a list after
# an `<img>` remains a list: in CommonMark everything up to the next blank line would be HTML.
_CLOSED_HTML = ("<!--", "<script", "<style", "<!", "<?", "<textarea")


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not line.lower().startswith(_CLOSED_HTML):
        return False
    return html_block(state, start, end, silent)


@cache
def dialect(lesson: bool) -> MarkdownIt:
    """Return the cached parser of lessons, or of any other Markdown file if `lesson` is False.

    Lessons may contain `$1$과`; elsewhere `$5 and $6` is an amount of money. Slots, gaps and
    `{term:…}` links exist only in lessons. Inline content stays unparsed ("inline" tokens with the
    source in `content`), because attributes are split off the ends of lines first.
    """
    md = MarkdownIt("commonmark").enable("table")
    inline = _KoreanInline()
    inline.ruler, inline.ruler2 = md.inline.ruler, md.inline.ruler2
    md.inline = inline
    md.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=lesson,
        double_inline=True,
    )
    if lesson:
        for name, rule in (("slot", slot), ("reference", reference), ("gap", gap)):
            md.inline.ruler.before("link", name, rule)
    else:
        md.enable("strikethrough").use(deflist_plugin).disable("lheading")
        md.inline.ruler.before("math_inline", "bracketed_maths", bracketed_maths)
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.core.ruler.disable(["inline", "text_join"])
    return md
