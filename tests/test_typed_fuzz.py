"""Any typed file name or prediction causes no error, and is displayed harmlessly and in full
width."""

from __future__ import annotations

from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import any_text

from rnntutor import cli
from rnntutor.course.load import open_course
from rnntutor.course.opened.lesson import open_file
from rnntutor.course.sim_spec import PredictNumber, SimSpec
from rnntutor.package_data import lessons_dir
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session import feedback, predicting
from rnntutor.session import stage as stages
from rnntutor.session.feedback import ask_rows
from rnntutor.spans import Rows, plain, width
from rnntutor.words import LANGUAGES, load

CELLS = 56
FUZZ = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# Characters with a meaning for a terminal, a shell, a file system, a parser or a reader.
SIGNS = [
    *("\x1b[2J", "\x07", "\x9b1m", "\u202e", "\u200b", "\udcff", "\n", "\t", "\r", "\x7f", "한글"),
    *("\u1112\u1161\u11ab", "👩🏽‍🔬", "-", "--help", "~", "$(x)", "`", "*", "#", "%s", "{x}", "\\"),
    *(".md", ".ipynb", ".rst", ".txt", ".", "..", " ", "é", "e\u0301", "١", "x" * 300),
]
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NAME = st.lists(st.sampled_from(SIGNS) | any_text(max_size=4), min_size=1, max_size=5).map("".join)


def harmless(text: str) -> bool:
    """Return whether a text has no control characters, unpaired surrogates or bidirectional
    marks."""
    return not any(category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI for c in text)


@FUZZ
@given(name=NAME, body=st.sampled_from(["# A\n\ntext\n", "", "{}", "\x00\x01", "x = [[[["]))
def test_a_file_of_any_name_opens_or_is_refused(name: str, body: str, tmp_path: Path) -> None:
    path = tmp_path / name
    try:
        path.write_text(body)
    except (OSError, ValueError):  # not a valid file name
        return
    try:
        lesson = open_file(path, "en", load("en"))
    except Exception as error:
        sentence = getattr(error, "sentence", None)
        assert sentence is not None, repr(error)
        assert harmless(sentence(load("en")))
        return
    finally:
        path.unlink()
    title = lay_out_inline(lesson.title, CELLS, Context(load("en")))
    assert all(width(row) <= CELLS and harmless(plain(row)) for row in title)


@FUZZ
@given(name=NAME, lang=st.sampled_from(LANGUAGES))
def test_a_file_that_is_not_there_is_one_harmless_sentence(
    name: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = f"/nowhere/{name}"
    assert cli.main(["--lang", lang, "open", given]) in (cli.FAILED, cli.MISUSED)
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("rnntutor: ")
    assert err.count("\n") == 1 and harmless(err[:-1]), ascii(err)


def _asked() -> list[SimSpec]:
    course = open_course(lessons_dir(), load("en"))
    specs = [s.sim for e in course.entries for s in course.lesson(e.id, "en").steps if s.sim]
    return [spec for spec in specs if isinstance(spec.predict, PredictNumber)]


ASKED = {spec.use: stages.open_stage(spec) for spec in _asked()}  # one of each simulation
TYPED = [
    *("", " ", "0", "-0", "+.5", "1,5", "1e999", "-1e-999", "nan", "inf", "1/0", "0^-1", "9^9^9^9"),
    *(
        "tanh(",
        "sqrt(-1)",
        "(" * 500,
        "1" * 5000,
        "5%",
        "½",
        "٣",
        "−0.5",
        "１．５",
        "0.5‌",
        "x",
        "__",
    ),
    *("tanh(1e400)", "1;2", "a.b", "exp(1000)", "1e3%", "0x10", "1_000", "영점오", "ㅁ"),
]


@pytest.mark.parametrize("use", ASKED)
@FUZZ
@given(text=st.sampled_from(TYPED) | any_text(max_size=10) | st.floats().map(str))
def test_whatever_is_predicted_is_judged_or_asked_again(use: str, text: str) -> None:
    stage = ASKED[use]
    after = predicting.predict(stage, text)
    assert after.prediction is not None
    if after.prediction.open:
        assert after is stage
        return
    for lang in LANGUAGES:
        rows: Rows = (
            *ask_rows(after, load(lang), CELLS),
            *feedback.again_rows(after, load(lang), 56),
        )
        assert rows and all(width(row) <= CELLS for row in rows), rows
        assert all(harmless(plain(row)) for row in rows)
        assert plain(rows[0]).startswith(("✓ ", "✗ "))
