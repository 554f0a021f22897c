"""Extract the text and the images from raw HTML in an opened file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

from rnntutor.course.clean import clean

_MARKED = re.compile(r"<!\[(?!CDATA\[)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Image:
    """An `<img>`: its alternative text and its source."""

    alt: str
    source: str


class TolerantParser(HTMLParser):
    """An HTMLParser that also accepts text that only resembles HTML.

    Python's parser raises AssertionError at an unknown declaration that begins with `<![`.
    """

    def feed(self, data: str) -> None:
        super().feed(_MARKED.sub("&lt;![", data))


class _InlineReader(TolerantParser):
    """Collects the text and the images of HTML."""

    _SILENT = frozenset({"script", "style", "head", "template"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str | Image] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag == "img":
            found = dict(attrs)
            alt, source = found.get("alt") or "", found.get("src") or ""
            self.parts.append(Image(clean(alt), clean(unquote(source))))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.parts.append(clean(" ".join(data.split())))


def pictures_and_text(source: str) -> tuple[str | Image, ...]:
    """Return the texts and images of an HTML fragment in order, without tags and scripts."""
    reader = _InlineReader()
    reader.feed(source)
    reader.close()
    return tuple(reader.parts)
