"""A term used before the step that teaches it is reported, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from course_files import EN1, EN2, FILES, KO1, KO2, write

from rnntutor.check import check_course
from rnntutor.words import load

WORDS = load("en")
TERM = """
[[term]]
id = "output-gate"
ko = "출력 게이트"
en = "output gate"
definition.ko = "보일 몫이다."
definition.en = "The share that is shown."
step = "two.{step}"

[[term]]
id = "gate"
ko = "게이트"
en = "gate"
definition.ko = "곱해지는 몫이다."
definition.en = "A share that is multiplied."
step = "two.{step}"
"""


def found(tmp_path: Path, sentence: str, lang: str = "en") -> list[str]:
    """Return the problems of a course with this sentence in its first step in one language."""
    file, begins = (EN1, "The cell reads its") if lang == "en" else (KO1, "셀은 {term:")
    step = next(
        line for line in FILES[EN2 if lang == "en" else KO2].splitlines() if line.startswith("## ")
    )
    taught = step.partition("{#")[2].partition("}")[0].split()[0]
    files = dict(FILES)
    assert begins in files[file]
    files[file] = files[file].replace(begins, f"{sentence} {begins}", 1)
    files["glossary.toml"] += TERM.replace("{step}", taught)
    problems = check_course(write(tmp_path, files), WORDS)
    return [p.text for p in problems if p.rule == "early"]


@pytest.mark.parametrize(
    ("lang", "sentence", "word"),
    [
        ("en", "It has an output gate.", "output gate"),
        ("en", "Output gates are shares.", "Output gates"),
        ("en", "It has a gate.", "gate"),
        ("ko", "출력 게이트를 쓴다.", "출력 게이트"),
        ("ko", "게이트가 있다.", "게이트"),
    ],
)
def test_a_name_before_its_step_is_found(tmp_path, lang: str, sentence: str, word: str) -> None:
    said = found(tmp_path, sentence, lang)
    assert len(said) == 1, "once, not for every word within it"
    assert said[0].startswith(f"{word} ")


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "It is gated, and investigates."),
        ("en", "The {term:output-gate} comes later. An output gate is a share."),
        ("ko", "개찰게이트는 다른 말이다."),
        ("ko", "{term:output-gate}는 뒤에 나온다. 출력 게이트는 몫이다."),
    ],
)
def test_a_link_and_another_word_are_no_early_use(tmp_path, lang: str, sentence: str) -> None:
    assert found(tmp_path, sentence, lang) == []
