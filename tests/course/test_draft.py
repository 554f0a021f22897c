"""A course drafted from a lecture passes the check, and its proposals fit the text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from rnntutor.check import check_course
from rnntutor.course.drafting import course as drafting
from rnntutor.course.drafting.course import CourseDraft, draft
from rnntutor.course.drafting.matching import Index
from rnntutor.course.load import Course, open_course
from rnntutor.course.opened.document import Document
from rnntutor.course.opened.lesson import open_document
from rnntutor.package_data import lessons_dir
from rnntutor.words import load
from tests.sampling import sampled

WORDS = load("en")
SUBJECTS = sorted((Path(__file__).parent / "subjects").iterdir())
COURSE = open_course(lessons_dir(), WORDS)

LECTURE = r"""# The LSTM

## The cell

- The forget gate of an LSTM decides what is kept of the cell state
- The input gate decides what is written

$$c_t = f_t \odot c_{t-1} + i_t \odot g_t$$

## Training

- BPTT unrolls the RNN and adds up the gradients of the shared weights

## Another [thing] with *marks*

```sim
use = "nothing"
```

> [!HINT]
> a hint, `code` & <b>more</b>

1. one
2. two $\unknown{x}$
"""

OTHER = """# Convolution

## Filters

- A filter shares its weights over the image
- The loss is the cross-entropy

## Training

- Backpropagation computes the gradient
"""


@cache
def index(course: Course, lang: str) -> Index:
    return Index(course, lang)


@pytest.fixture(autouse=True)
def indexed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Index the course only once in all tests; a draft does not change the index."""
    monkeypatch.setattr(drafting, "Index", index)


def drafted(text: str, lang: str = "en") -> CourseDraft:
    return draft(open_document(Document("lecture.md", text), lang, WORDS), COURSE, lang, load(lang))


def problems(made: CourseDraft, directory: Path) -> list[str]:
    for name, text in made.files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in check_course(directory, WORDS) if not problem.warning]


@pytest.mark.parametrize("text", [LECTURE, OTHER, "no heading\n", "# T\n\n## A\n\n## B\n\n## C\n"])
def test_the_course_passes_its_own_check(text: str, tmp_path: Path) -> None:
    assert problems(drafted(text), tmp_path) == []


def test_statements_get_what_fits_and_every_proposal_is_marked() -> None:
    made = drafted(LECTURE)
    text = made.files["en/01-lecture.md"]
    assert made.questions and made.stages
    marked = text.count("<!-- Proposed stage") + text.count("<!-- Proposed question")
    assert marked == made.questions + made.stages
    first, _, second = text.partition("## Training")
    assert "#gates." in first or "#lstm." in first
    assert "{#bptt." in second or "{#rnn.sharing" in second


def test_the_equation_of_the_cell_gets_a_stage_of_the_cell() -> None:
    text = drafted(LECTURE).files["en/01-lecture.md"].partition("## Training")[0]
    assert 'use = "cell"' in text or 'use = "gate"' in text


def test_a_lecture_on_another_subject_gets_nothing() -> None:
    made = drafted(OTHER)
    assert (made.questions, made.stages, made.served) == (0, 0, 0)
    assert made.statements == 3


AGAIN = ("cells.md", "databases.md", "linear-algebra.md")


@pytest.mark.parametrize(
    "path", sampled(SUBJECTS, lambda path: path.name not in AGAIN), ids=lambda path: path.name
)
def test_tempting_words_of_another_subject_propose_nothing(path: Path, tmp_path: Path) -> None:
    """Cells, gates, memory, gradients and sequences also occur in other subjects."""
    text = path.read_text(encoding="utf-8")
    made = drafted(text, "ko" if path.name.endswith(".ko.md") else "en")
    about = "## Recurrent networks"
    assert (made.questions, made.stages, made.linked) == (0, 0, 0) or about in text
    written = next(text for name, text in made.files.items() if name.endswith(".md"))
    for part in written.split("\n## "):
        assert f"## {part}".startswith(about) or "<!-- " not in part
    assert problems(made, tmp_path) == []


def test_terms_are_linked_where_they_are_named_first() -> None:
    made = drafted(
        "# RNN과 LSTM\n\n## 셀\n\n- 셀은 은닉 상태를 시점마다 갱신한다. 세포막셀은 아니다.\n"
        "- 게이트는 셀에 있다. **망각 게이트**는 하나다.\n\n"
        "## 시퀀스\n\n시퀀스는 항목의 나열이다.\n",
        "ko",
    )
    text = made.files["ko/01-lecture.md"]
    assert "- [셀](term:cell)은 [은닉 상태](term:hidden-state)를 [시점](term:time-step)마다" in text
    assert "[게이트](term:gate)는 셀에 있다. **망각 게이트**는" in text
    assert text.count("](term:cell)") == 1 and "세포막셀은" in text
    assert made.linked == text.count("](term:") - text.count("](term:id)") == 6
    assert "용어 4개를 용어집과 연결했다" in text and "용어 2개를 용어집과 연결했다" in text
