"""The files of a small correct course in both languages, for tests that break it."""

from __future__ import annotations

from pathlib import Path

from course_lesson_one import ONE_EN, ONE_KO
from course_lesson_two import CHOICES, TWO_EN, TWO_KO

CONTENTS = """\
[course]
title.ko = "작은 강좌"
title.en = "A small course"

[[topic]]
id = "rnn"
ko = "RNN"
en = "RNN"

[[topic]]
id = "gates"
ko = "게이트"
en = "Gates"

[[lesson]]
id = "one"
file = "01-one.md"
title.ko = "하나"
title.en = "One"
question.ko = "무엇인가?"
question.en = "What?"
topics = ["rnn"]

[[lesson]]
id = "two"
file = "02-two.md"
title.ko = "둘"
title.en = "Two"
question.ko = "어떻게?"
question.en = "How?"
topics = ["gates"]
"""

GLOSSARY = """\
[[term]]
id = "hidden-state"
ko = "은닉 상태"
en = "hidden state"
aliases.ko = ["히든 스테이트"]
aliases.en = ["state vector"]
definition.ko = "셀이 다음 시점에 넘기는 벡터이다."
definition.en = "The vector that a cell hands to the next time step."
step = "one.loop"

[[term]]
id = "cell-state"
ko = "셀 상태"
en = "cell state"
definition.ko = "LSTM이 쌓아 두는 벡터이다."
definition.en = "What an LSTM keeps."
"""

KO1, EN1, KO2, EN2 = "ko/01-one.md", "en/01-one.md", "ko/02-two.md", "en/02-two.md"

FILES = {
    "course.toml": CONTENTS,
    "glossary.toml": GLOSSARY,
    KO1: ONE_KO,
    EN1: ONE_EN,
    KO2: TWO_KO + "\n" + CHOICES,
    EN2: TWO_EN + "\n" + CHOICES,
}


def write(directory: Path, files: dict[str, str]) -> Path:
    """Write the files of a course and return its directory."""
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory
