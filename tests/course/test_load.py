"""Loading a course: which files are read when, and the message for an unreadable one."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnntutor.course import parse
from rnntutor.course.errors import CourseError
from rnntutor.course.lesson import Lesson
from rnntutor.course.load import open_course
from rnntutor.words import load

CONTENTS = """\
[course]
title.ko = "작은 강좌"

[[topic]]
id = "gates"
ko = "게이트"
en = "Gates"

[[lesson]]
id = "rnn"
file = "02-rnn.md"
title.ko = "RNN"
title.en = "The RNN"
question.ko = "어떻게?"
minutes = 20
topics = ["gates"]

[[lesson]]
id = "cell"
file = "06-cell.md"
title.ko = "LSTM의 구조"
"""
GLOSSARY = """\
[[term]]
id = "forget-gate"
ko = "망각 게이트"
en = "forget gate"
aliases.ko = ["삭제 게이트"]
definition.ko = "$c_{t-1}$을 남기는 비율"
definition.en = "The share kept"
step = "cell.forget"
role = "f"
"""
WORDS = load("en")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "ko").mkdir()
    (tmp_path / "course.toml").write_text(CONTENTS, encoding="utf-8")
    (tmp_path / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    for name in ("02-rnn.md", "06-cell.md"):
        text = f"# {name}\n\n## 망각 $f_t$ {{#forget}}\n\n글\n"
        (tmp_path / "ko" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_contents(course: Path) -> None:
    found = open_course(course, WORDS)
    assert [e.id for e in found.entries] == ["rnn", "cell"]
    assert found.number("cell") == "6"
    first = found.entry("rnn")
    assert dict(first.title)["en"] == "The RNN"
    assert dict(first.question) == {"ko": "어떻게?"}
    assert (first.minutes, first.topics, first.file) == (20, ("gates",), "02-rnn.md")
    assert found.entry("cell").minutes == 25
    assert dict(found.topics[0].name) == {"ko": "게이트", "en": "Gates"}


def test_a_lesson_is_parsed_when_asked_for_and_once(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    real = parse.parse_lesson
    monkeypatch.setattr(parse, "parse_lesson", lambda *a, **k: parsed.append(a[3]) or real(*a, **k))
    found = open_course(course, WORDS)
    assert parsed == []
    assert found.lesson("rnn", "ko") is found.lesson("rnn", "ko")
    assert parsed == ["rnn"]


def test_what_is_told_of_a_lesson_outlives_it(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lengths and titles are cached for all lessons, though only the last ones stay parsed."""
    found = open_course(course, WORDS)
    first = found.lesson("rnn", "ko")
    length = found.fact("rnn", "ko", _length)
    assert found.step_name("rnn.forget", "cell", "ko").endswith("fₜ")
    found.lesson("cell", "ko")
    found.lesson("cell", "en")
    assert ("rnn", "ko") not in found._read
    assert found.lesson("rnn", "ko") == first
    found.lesson("cell", "ko")
    found.lesson("cell", "en")
    monkeypatch.setattr(parse, "parse_lesson", None)
    assert found.fact("rnn", "ko", _length) == length == 1
    assert found.step_name("rnn.forget", "cell", "ko").endswith("fₜ")


def _length(lesson: Lesson) -> int:
    return len(lesson.steps)


def test_a_lesson_in_one_language_only_is_shown_in_that(course: Path) -> None:
    assert open_course(course, WORDS).lesson("cell", "en").lang == "ko"


def test_terms(course: Path) -> None:
    found = open_course(course, WORDS)
    (term,) = found.terms
    assert (term.id, term.step, term.role, term.line) == ("forget-gate", "cell.forget", "f", 1)
    assert found.names("ko") == {"forget-gate": "망각 게이트"}
    assert found.roles == {"forget-gate": "f"}
    assert dict(term.aliases) == {"ko": ("삭제 게이트",)}
    assert len(dict(term.definition)["ko"]) == 2
    assert found.glossary[1] == ()


def test_a_course_needs_no_glossary(course: Path) -> None:
    (course / "glossary.toml").unlink()
    assert open_course(course, WORDS).terms == ()


def test_mistakes_in_the_glossary_are_problems(course: Path) -> None:
    more = '\n[[term]]\nid = "forget-gate"\n\n[[term]]\nko = "x"\n'
    more += '\n[[term]]\nid = "y"\nrole = "q"\nz = 1\n'
    (course / "glossary.toml").write_text(GLOSSARY + more, encoding="utf-8")
    found = [(p.line, p.text) for p in open_course(course, WORDS).glossary[1]]
    assert [line for line, _ in found] == [11, 14, 17, 17, 17]
    assert "was used on line 1" in found[0][1]


def test_how_a_step_is_called(course: Path) -> None:
    found = open_course(course, WORDS)
    assert found.step_name("forget", "cell", "ko") == "망각 fₜ"
    assert found.step_name("cell.forget", "rnn", "ko") == "6강 망각 fₜ"
    assert found.step_name("gone.forget", "rnn", "ko") == "gone.forget"
    assert found.step_name("gone", "rnn", "ko") == "gone"


@pytest.mark.parametrize(
    ("contents", "key"),
    [
        ("x = ", "course.error.toml"),
        ("[course]\n", "course.error.title"),
        ('[course]\ntitle.ko = "x"\n', "course.error.no_lessons"),
        ('lesson = 1\n[course]\ntitle.ko = "x"\n', "course.error.tables"),
        ('[course]\ntitle.ko = "x"\n[[lesson]]\nid = "a"\n', "course.error.entry"),
        (CONTENTS.replace('"cell"', '"rnn"'), "course.error.lesson_twice"),
        (CONTENTS.replace('id = "gates"', "id = 1"), "course.error.topic"),
    ],
)
def test_broken_contents_are_one_sentence(course: Path, contents: str, key: str) -> None:
    (course / "course.toml").write_text(contents, encoding="utf-8")
    with pytest.raises(CourseError) as error:
        open_course(course, WORDS)
    assert error.value.key == key
    for lang in ("ko", "en"):
        assert str(course) in error.value.sentence(load(lang))


def test_files_that_cannot_be_read(course: Path) -> None:
    (course / "ko" / "02-rnn.md").write_bytes("# 강\n\n".encode() + b"\xb0\xa1")
    (course / "ko" / "06-cell.md").unlink()
    found = open_course(course, WORDS)
    with pytest.raises(CourseError, match="utf8") as error:
        found.lesson("rnn", "ko")
    assert error.value.values["line"] == 3
    with pytest.raises(CourseError, match="missing"):
        found.lesson("cell", "ko")
    with pytest.raises(CourseError, match=r"error\.lesson"):
        found.lesson("gone", "ko")
    with pytest.raises(CourseError, match="no_course"):
        open_course(course / "gone", WORDS)


@pytest.mark.parametrize("name", ["../x.md", "/etc/hostname", "a/b.md", ".."])
def test_a_file_outside_the_course_is_refused(course: Path, name: str) -> None:
    text = CONTENTS.replace("02-rnn.md", name)
    (course / "course.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="outside"):
        open_course(course, WORDS).lesson("rnn", "ko")


def test_a_link_out_of_the_course_is_refused(course: Path, tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.md"
    secret.write_text("# x", encoding="utf-8")
    (course / "ko" / "02-rnn.md").unlink()
    (course / "ko" / "02-rnn.md").symlink_to(secret)
    with pytest.raises(CourseError, match="outside"):
        open_course(course, WORDS).lesson("rnn", "ko")
