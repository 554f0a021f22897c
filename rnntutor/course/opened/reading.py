"""Parse the pages of one document.

The Markdown parser is imported lazily, as the contents of most files can be shown without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rnntutor.course.blocks import Blocks, Inline, Text
from rnntutor.course.clean import clean
from rnntutor.course.report import Report
from rnntutor.maths.macros import Macro
from rnntutor.words import Words

if TYPE_CHECKING:
    from rnntutor.course.reader import BlockParser

KEPT = 4  # pages with cached blocks
# A heading without any markup.
_PLAIN = re.compile(r"(?:[^*_`$\\\[\]{}<>~^=|%&#\n]|&(?= ))*")
_REFERENCE = re.compile(r"\n(\[(?!\^)[^\n]*\]: [^\n]*)")


def references(source: str) -> str:
    """Return the lines that define link references: `[name]: address`."""
    return "\n\n".join(_REFERENCE.findall(f"\n{source}" if source.startswith("[") else source))


@dataclass
class DocumentReader:
    """Parses the parts of one document and caches the last ones.

    Attributes:
        name: Name of the document.
        words: Words in the language of the interface.
        macros: LaTeX commands that the document defines.
        references: The lines of the document that define link references.
        folder: Directory to which the addresses of pictures are relative.
    """

    name: str
    words: Words
    macros: Mapping[str, Macro] = field(default_factory=dict)
    references: str = ""
    folder: Path | None = None
    _kept: dict[str, Blocks] = field(default_factory=dict, init=False)

    def blocks(self, source: str) -> Blocks:
        """Parse a part of the document to blocks."""
        if not source.strip():
            return ()
        if source not in self._kept:
            from markdown_it.tree import SyntaxTreeNode

            from rnntutor.course.opened.dialects import rewritten
            from rnntutor.course.opened.pictures import with_files

            text = clean(rewritten(source))
            parser, env = self._parser(text)
            nodes = SyntaxTreeNode(parser.line.md.parse(text, env)).children
            self._kept[source] = with_files(parser.blocks(nodes), self.folder)
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return self._kept[source]

    def title(self, source: str) -> Inline:
        """Parse the text of a heading."""
        if _PLAIN.fullmatch(source):
            said = " ".join(source.split())
            return (Text(said),) if said else ()
        from rnntutor.course.opened.dialects import title

        return self._parser("")[0].inline(clean(title(source)), 1)

    def _parser(self, text: str) -> tuple[BlockParser, dict[str, Any]]:
        from rnntutor.course.inline import InlineParser
        from rnntutor.course.markdown import dialect
        from rnntutor.course.reader import BlockParser

        md, env = dialect(lesson=False), {"references": dict(self._references)}
        report = Report(self.name, self.words)
        line = InlineParser(md, env, report, lesson=False, macros=self.macros)
        return BlockParser(line, report, text.split("\n")), env

    @cached_property
    def _references(self) -> dict[str, Any]:
        """Return the link references of the whole document."""
        from rnntutor.course.markdown import dialect

        env = dict[str, Any]()
        dialect(lesson=False).parse(self.references, env)
        return dict(env.get("references", {}))
