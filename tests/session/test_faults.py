"""A part of a lesson that could not be read is reported on the page where it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnntutor.course.load import Course, open_course
from rnntutor.failure import Failure
from rnntutor.package_data import lessons_dir
from rnntutor.pages.faults import FEW, count_rows, fault_rows
from rnntutor.session import faults, fresh
from rnntutor.session.pages import STEP, pages
from rnntutor.spans import plain, width
from rnntutor.study.progress import Progress
from rnntutor.words import load

LESSON = """# A lesson

## One {#one}

Prose.

```sim
use = "cell"
x = [1, 2
```

### Nothing right {#a.none type=single d=1}

What?

- [ ] a
- [ ] b

### Everything right {#a.all type=multi d=1}

What?

- [x] a
- [x] b

## Two {#two}

```sim
use = "nothing"
```

## Three {#three}

```sim
use   = "cell"
cell  = "lstm"
views = ["nowhere", "strip:c", "gate:q"]
```

## Four {#four}

```sim
use   = "cell"
views = ["nowhere"]
```
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "course.toml").write_text(
        '[course]\ntitle.en = "T"\n[[lesson]]\nid = "a"\nfile = "a.md"\ntitle.en = "A"\n'
    )
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.md").write_text(LESSON)
    return open_course(tmp_path, load("en"))


def test_each_fault_is_on_one_page(course: Course) -> None:
    lesson = course.lesson("a", "en")
    found = faults.of_lesson(course, lesson)
    assert [fault.line for fault in found] == [9, 12, 19]
    by_page = {p.id: faults.of_page(found, lesson, p) for p in pages(lesson)}
    assert by_page["one"] == found
    assert not any(told for page, told in by_page.items() if page != "one")
    assert "`x = [1, 2`" in found[0].text  # the unclosed line, not the empty end of the file


def test_a_question_that_nobody_can_get_right_is_not_asked(course: Course) -> None:
    assert course.lesson("a", "en").questions == ()


def test_what_a_stage_cannot_be_is_a_sentence(course: Course) -> None:
    by_id = {page.id: page for page in pages(course.lesson("a", "en")) if page.kind == STEP}
    with pytest.raises(Failure) as refused:
        fresh.stage_of(by_id["two"], Progress())
    assert "no simulation nothing" in load("en")(refused.value.key, **refused.value.values)
    three, four = (fresh.stage_of(by_id[name], Progress()) for name in ("three", "four"))
    assert three is not None
    assert four is not None
    assert three.views == ("strip:c",)
    assert four.views == four.simulation.views(four.settings)


def test_the_course_that_comes_along_has_none() -> None:
    for lang in ("ko", "en"):
        own = open_course(lessons_dir(), load(lang))
        for entry in own.every:
            assert not faults.of_lesson(own, own.lesson(entry.id, lang))


@given(lang=st.sampled_from(["ko", "en"]), cells=st.integers(40, 90), most=st.integers(1, 8))
def test_as_many_are_told_as_there_is_room_for(lang: str, cells: int, most: int) -> None:
    words = load(lang)
    found = [
        faults.Problem("a.md", n * 30, words("course.single_right", found=n)) for n in range(6)
    ]
    rows = fault_rows(found, words, cells, most)
    assert all(width(row) <= cells for row in (*rows, *count_rows(found, words, cells)))
    text = "\n".join(plain(row) for row in rows)
    told = [fault for fault in found if words("fault.line", n=fault.line) in text]
    assert len(told) == min(most, len(found))
    assert (words("fault.more", n=len(found) - most) in " ".join(text.split())) == (
        most < len(found)
    )
    assert len(found) > FEW
