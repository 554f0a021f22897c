"""The file that a learner hands in: the answers as they stand in the log, and what they were drawn
from.

It is a receipt: the digest finds a file that was changed by hand or damaged, and the marks are
worked out again from the answers. Whoever writes a program can forge one, so it is no examination.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rnntutor.failure import Failure
from rnntutor.study.events import Event, parse, standing
from rnntutor.study.new_file import PRIVATE, created
from rnntutor.study.progress import page_of
from rnntutor.study.transfer import read_json

SCHEMA, VERSION = "rnntutor-hand-in", 1
MOST = 64 * 2**20
"""The largest file that is read, in bytes."""


class HandInError(Failure):
    """A file that is no hand-in."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """name: as the learner signs it. salt: what their variants are drawn from. answers: those that
    stand, in their order. intact: whether the digest fits."""

    name: str
    salt: str
    answers: tuple[Event, ...]
    intact: bool = True


def made(events: Iterable[Event], name: str = "") -> HandIn:
    """From a learner's history: the answers to questions, not the predictions and tasks of steps
    that came back; they are practice, and a task cannot be marked again. Without a name a pseudonym
    stands for it."""
    found = list(events)
    settings = [e.data for e in found if e.kind == "setting" and e.data.get("name") == "salt"]
    salts = [data.get("value") for data in settings]
    salt = str(salts[-1]) if salts else ""
    answers = (e for e in standing(found) if page_of(str(e.data.get("question", ""))) is None)
    return HandIn(name or pseudonym(salt), salt, tuple(answers))


def pseudonym(salt: str) -> str:
    """Eight letters that stay the same for a learner and tell nothing of them."""
    return hashlib.sha256(f"learner\n{salt}".encode()).hexdigest()[:8]


def write(hand_in: HandIn, file: Path) -> None:
    """Into a new file. Raises OSError, also where there is one already."""
    body = _body(hand_in)
    text = json.dumps({**body, "digest": _digest(body)}, ensure_ascii=False, indent=1)
    with created(file, PRIVATE) as out:
        out.write(f"{text}\n".encode())


def read(file: Path) -> HandIn:
    """Raises HandInError for what is no hand-in."""
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
