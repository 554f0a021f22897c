"""The file that a learner hands in: the logged answers, and the salt of their variants.

It is a receipt. The digest reveals files that were edited or damaged, and all answers are marked
again. It can be forged by a program, so it is not suitable for an examination.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rnntutor.failure import Failure
from rnntutor.study.events import Event, parse, standing
from rnntutor.study.new_file import PRIVATE, create
from rnntutor.study.progress import page_of
from rnntutor.study.transfer import read_json

SCHEMA, VERSION = "rnntutor-hand-in", 1
MOST = 64 * 2**20
"""Largest file that is read, in bytes."""


class HandInError(Failure):
    """Raised for a file that is not a hand-in."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """The content of a hand-in.

    Attributes:
        name: Name that the learner chose.
        salt: Salt from which the learner's variants are drawn.
        answers: The answers that were not undone, in order.
        intact: Whether the digest is right.
    """

    name: str
    salt: str
    answers: tuple[Event, ...]
    intact: bool = True


def build_hand_in(events: Iterable[Event], name: str = "") -> HandIn:
    """Return the hand-in of a learner's history.

    It contains the answers to questions, but not reviewed predictions and tasks: they are practice,
    and a task cannot be marked again.

    Args:
        events: The history.
        name: Name of the learner; the default is a pseudonym.
    """
    found = list(events)
    settings = [e.data for e in found if e.kind == "setting" and e.data.get("name") == "salt"]
    salts = [data.get("value") for data in settings]
    salt = str(salts[-1]) if salts else ""
    answers = (e for e in standing(found) if page_of(str(e.data.get("question", ""))) is None)
    return HandIn(name or pseudonym(salt), salt, tuple(answers))


def pseudonym(salt: str) -> str:
    """Return eight hexadecimal digits that are constant for a learner and reveal nothing about
    them.
    """
    return hashlib.sha256(f"learner\n{salt}".encode()).hexdigest()[:8]


def write(hand_in: HandIn, file: Path) -> None:
    """Write a hand-in to a new file.

    Raises:
        OSError: The file exists or cannot be written.
    """
    body = _body(hand_in)
    text = json.dumps({**body, "digest": _digest(body)}, ensure_ascii=False, indent=1)
    with create(file, PRIVATE) as out:
        out.write(f"{text}\n".encode())


def read(file: Path) -> HandIn:
    """Read a hand-in.

    Raises:
        HandInError: The file is not a hand-in.
    """
    found = read_json(file, MOST, lambda why: HandInError(f"hand_in.{why}", path=file))
    if not isinstance(found, Mapping) or found.get("schema") != SCHEMA:
        raise HandInError("hand_in.not_one", path=file)
    if found.get("version") != VERSION:
        raise HandInError("hand_in.newer", path=file)
    name, salt, listed = found.get("name"), found.get("salt"), found.get("answers")
    if not (isinstance(name, str) and isinstance(salt, str) and isinstance(listed, list)):
        raise HandInError("hand_in.not_one", path=file)
    answers = tuple(e for one in listed if (e := parse(json.dumps(one).encode())) is not None)
    body = {key: value for key, value in found.items() if key != "digest"}
    intact = found.get("digest") == _digest(body) and len(answers) == len(listed)
    return HandIn(name, salt, answers, intact)


def _body(hand_in: HandIn) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "name": hand_in.name,
        "salt": hand_in.salt,
        "answers": [json.loads(event.line()) for event in hand_in.answers],
    }


def _digest(body: Mapping[str, object]) -> str:
    text = json.dumps(body, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
