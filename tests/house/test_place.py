"""`place` is the name of only one thing, a setting of the simulation `types`.

It once had eight meanings; docs/glossary.md, "Words for locations", has the words for the others.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import rnntutor

TOP = Path(rnntutor.__file__).parent.parent

# Where the setting is defined, read or set.
USES_THE_SETTING = {
    "benchmarks/figures/captions.py",
    "rnntutor/sims/types/__init__.py",
    "rnntutor/sims/types/pictures.py",
    "tests/house/test_place.py",
    "tests/session/test_drawing.py",
    "tests/sims/test_types.py",
    "tests/tui/test_drawing_screen.py",
}
OTHERS_NAME_IT = {"tests/course/test_expression.py": "places"}  # an argument of Hypothesis

MAY_HAVE_IT = re.compile(r"(?<![a-z])place", re.IGNORECASE)
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
NOUN = re.compile(  # the verb ("place the cursor") and "in place", as NumPy says it, are not meant
    r"\b(an?|the|its|their|this|these|those|each|every|no|one|same|other|another|own|whose|all|first"
    r"|last|right|wrong|several|some|certain|of|at|for|from)\s+places?\b|\bin place of\b",
    re.IGNORECASE,
)


def tokens(directory: str) -> Iterator[tuple[str, tokenize.TokenInfo]]:
    """Yield the tokens of Python files that may contain the word, with their files."""
    for file in (TOP / directory).rglob("*.py"):
        name = file.relative_to(TOP).as_posix()
        if name not in USES_THE_SETTING and MAY_HAVE_IT.search(file.read_text(encoding="utf-8")):
            with file.open("rb") as source:
                yield from ((name, token) for token in tokenize.tokenize(source.readline))


def is_place(name: str) -> bool:
    """Return whether a name contains the word; NumPy's `in_place` is allowed."""
    return not {"place", "places"}.isdisjoint(
        part.lower() for part in PARTS.findall(name.replace("in_place", ""))
    )


def test_the_word_is_found_in_names() -> None:
    found = ["place", "_place", "places", "place_of", "last_place", "Place", "StartPlace", "PLACES"]
    others = [
        "replace",
        "_replace",
        "placed",
        "Misplaced",
        "placeholder",
        "in_place",
        "Replacement",
    ]
    assert [name for name in (*found, *others) if is_place(name)] == found


def test_place_is_the_name_of_one_thing() -> None:
    used = {
        (name, token.string)
        for directory in ("rnntutor", "benchmarks", "tests")
        for name, token in tokens(directory)
        if token.type == tokenize.NAME and is_place(token.string)
    }
    assert used - set(OTHERS_NAME_IT.items()) == set(), "docs/glossary.md has the word for it"


def test_prose_in_the_code_uses_the_word_for_that_alone() -> None:
    """Docstrings and comments say index, position, page, or "instead of"."""
    used = [
        f"{name}:{token.start[0]}"
        for name, token in tokens("rnntutor")
        if token.type != tokenize.NAME and NOUN.search(token.string)
    ]
    assert used == [], "docs/glossary.md has the word for it"
