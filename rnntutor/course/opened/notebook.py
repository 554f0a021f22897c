"""Convert a Jupyter notebook to Markdown: its cells in order, with outputs as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from rnntutor.course.opened.code_parts import fence_code

LONGEST = 4000  # characters of one output


def markdown(text: str) -> str:
    """Convert a notebook to Markdown; any other file is returned as a code block."""
    try:
        book = json.loads(text)
        cells = book["cells"]
        if not isinstance(cells, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        return f"```json\n{text}\n```\n"
    meta = _at(_at(book, "metadata"), "language_info") or _at(_at(book, "metadata"), "kernelspec")
    named = _at(meta, "name")
    language = named if isinstance(named, str) and not named.startswith("python") else "python"
    return "\n\n".join(part for cell in cells for part in _cell(cell, language))


def _cell(cell: object, language: str) -> Iterator[str]:
    source = _text(_at(cell, "source"))
    kind = _at(cell, "cell_type")
    if kind == "markdown":
        yield source
        return
    if source.strip():
        yield fence_code(source, language if kind == "code" else "")
    outputs = _at(cell, "outputs")
    for output in outputs if isinstance(outputs, list) else ():
        said = _output(output)
        if said.strip():
            yield fence_code(said if len(said) <= LONGEST else f"{said[:LONGEST]}…")


def _output(output: object) -> str:
    """Return an output as text: printed text, a value, or the last line of an error."""
    if text := _text(_at(output, "text")):
        return text
    if text := _text(_at(_at(output, "data"), "text/plain")):
        return text
    name, value = _at(output, "ename"), _at(output, "evalue")
    return f"{name}: {value}" if name else ""


def _at(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None


def _text(value: object) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
