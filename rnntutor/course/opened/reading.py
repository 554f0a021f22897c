"""Reads the pages of one file. What parses Markdown is loaded when something has to be parsed: the
contents of most files can be seen before."""

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

KEPT = 4  # pages whose blocks are kept
# A heading in which nothing means anything but itself.
_PLAIN = re.compile(r"(?:[^*_`$\\\[\]{}<>~^=|%&#\n]|&(?= ))*")
_REFERENCE = re.compile(r"\n(\[(?!\^)[^\n]*\]: [^\n]*)")


def references(source: str) -> str:
    """The lines that say where links lead: `[name]: address`."""
    return "\n\n".join(_REFERENCE.findall(f"\n{source}" if source.startswith("[") else source))


@dataclass
class DocumentReader:
    """macros: the commands that the file defines. references: the lines in it that say where links
    lead. folder: where its pictures are looked for."""

    name: str
    words: Words
    macros: Mapping[str, Macro] = field(default_factory=dict)
    references: str = ""
    folder: Path | None = None
    _kept: dict[str, Blocks] = field(default_factory=dict, init=False)

    def blocks(self, source: str) -> Blocks:
        """What a part of the file says."""
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
        """What a heading says."""
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
        """Where the links of the whole file lead."""
        from rnntutor.course.markdown import dialect

        env = dict[str, Any]()
        dialect(lesson=False).parse(self.references, env)
        return dict(env.get("references", {}))
