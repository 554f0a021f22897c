"""The commands about the learner's history: each reports what it did, and none loses data."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from sampling import in_turn

from rnntutor import cli
from rnntutor.study.log import Log
from rnntutor.words import LANGUAGES, load


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    status = cli.main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    """Return the data directory of a learner with twelve answers from a year ago, half of them
    wrong."""
    from datetime import UTC, datetime

    log = Log(tmp_path / "data", "s", clock=lambda: datetime(2025, 3, 1, 12, tzinfo=UTC))
    for n in range(12):
        topic = ("rnn", "gru")[n % 2]
        question = ("units", "roles", "order", "race-result")[n % 4]
        log.append(
            "answer",
            question=f"{topic}.{question}",
            score=n % 2,
            variant=0,
            confidence=3,
            seconds=5,
        )
    log.close()
    return tmp_path / "data"


def test_due_prints_the_number_alone(
    capsys: pytest.CaptureFixture[str], learner: Path, tmp_path: Path
) -> None:
    assert run(capsys, "due", "--data-dir", learner) == (0, "4\n", "")
    assert run(capsys, "due", "--data-dir", tmp_path / "new") == (0, "0\n", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_progress_names_topics_with_their_evidence(
    capsys: pytest.CaptureFixture[str], learner: Path, lang: str
) -> None:
    status, out, err = run(capsys, "--lang", lang, "progress", "--data-dir", learner)
    assert (status, err) == (0, "")
    assert "2025-03-01" in out and "12" in out
    assert all(cell_len(line) <= 80 for line in out.splitlines())


def test_progress_as_json_is_data(capsys: pytest.CaptureFixture[str], learner: Path) -> None:
    found = json.loads(run(capsys, "progress", "--json", "--data-dir", learner)[1])
    assert (found["asked"], found["right"], found["seconds"]) == (12, 6, 60)
    assert found["topics"] == {"gru": {"asked": 6, "right": 6}, "rnn": {"asked": 6, "right": 0}}
    assert found["forecast"][0] == 4
    assert found["questions"]["rnn.units"]["last"] == "2025-03-01"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_review_of_nothing_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str
) -> None:
    status, out, err = run(capsys, "--lang", lang, "review", "--data-dir", tmp_path / "new")
    assert (status, err) == (0, "") and out.count("\n") == 1


def test_a_day_of_examination_has_to_be_one(
    capsys: pytest.CaptureFixture[str], learner: Path
) -> None:
    line = ("--lang", "en", "review", "--data-dir", learner, "--exam")
    assert run(capsys, *line, "soon")[0] == cli.MISUSED
    run(capsys, *line, "2099-01-01")
    assert json.loads(run(capsys, "progress", "--json", "--data-dir", learner)[1])["exam"] == (
        "2099-01-01"
    )
    run(capsys, *line, "none")
    assert json.loads(run(capsys, "progress", "--json", "--data-dir", learner)[1])["exam"] is None


def test_a_history_goes_to_another_machine_and_is_there_once(
    capsys: pytest.CaptureFixture[str], learner: Path, tmp_path: Path
) -> None:
    file, there = tmp_path / "h.json", tmp_path / "there"
    assert run(capsys, "export", file, "--data-dir", learner)[0] == 0
    named = file.with_name("named.json")
    assert run(capsys, "export", named, "--json", "--data-dir", learner)[0] == 0
    assert named.read_bytes() == file.read_bytes(), "the form that it has if none is named"
    for new in ("12", "0"):
        out = run(capsys, "--lang", "en", "import", file, "--data-dir", there)[1]
        assert f"New events: {new}." in out
    assert run(capsys, "due", "--data-dir", there)[1] == "4\n"


def test_nothing_that_is_there_is_overwritten(
    capsys: pytest.CaptureFixture[str], learner: Path, tmp_path: Path
) -> None:
    file = tmp_path / "thesis.md"
    file.write_text("mine")
    for command in ("export", "backup", "hand-in"):
        status, _, err = run(capsys, "--lang", "en", command, file, "--data-dir", learner)
        assert status == cli.MISUSED
        assert err == f"rnntutor: {load('en')('history.there', path=file)}\n"
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    "form",
    [[], ["--anki", "--lesson", "gru"], ["--moodle", "--lesson", "gru"], ["--md"]],
    ids=" ".join,
)
def test_an_export_goes_to_standard_output_where_it_is_named(
    capsys: pytest.CaptureFixture[str],
    learner: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: list[str],
) -> None:
    """The output is the same as in a file, without further messages."""
    monkeypatch.chdir(tmp_path)
    asked = ["--lang", "en", "--data-dir", learner, "export", *form]
    assert run(capsys, *asked, "x")[0] == 0
    status, out, err = run(capsys, *asked, "-")
    assert (status, err) == (0, "")
    assert out.rstrip("\n") == Path("x").read_text(encoding="utf-8").rstrip("\n")
    assert not Path("-").exists()


@pytest.mark.parametrize(
    "argv",
    [["backup"], ["hand-in"], ["progress", "--certificate"], ["sim", "gate", "--svg"]],
    ids=" ".join,
)
def test_what_does_not_go_to_standard_output_says_so(
    capsys: pytest.CaptureFixture[str],
    learner: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    argv: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(capsys, "--lang", "en", "--data-dir", learner, *argv, "-")
    assert said == (2, "", f"rnntutor: {load('en')('history.no_output')}\n")
    assert not Path("-").exists()


def test_half_a_letter_that_was_typed_is_exported_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A terminal may send any bytes, so notes may contain incomplete characters."""
    log = Log(tmp_path, "s")
    log.append("note", lesson="rnn", page="loop", text="a\udc80b")
    log.close()
    file = tmp_path / "h.json"
    assert run(capsys, "export", file, "--data-dir", tmp_path)[0] == 0
    assert json.loads(file.read_bytes())["events"][0]["data"]["text"] == "a\udc80b"


@pytest.mark.parametrize(
    ("line", "lang"),
    in_turn(["export", "export --anki", "backup", "hand-in", "sim cell --svg"], LANGUAGES),
)
def test_a_directory_instead_of_a_file_is_called_one(
    capsys: pytest.CaptureFixture[str], learner: Path, tmp_path: Path, line: str, lang: str
) -> None:
    said = run(capsys, "--lang", lang, *line.split(), tmp_path, "--data-dir", learner)
    assert said == (2, "", f"rnntutor: {load(lang)('history.directory', path=tmp_path)}\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_to_forget_asks_first(
    capsys: pytest.CaptureFixture[str], learner: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    run(capsys, "--lang", lang, "forget", "--data-dir", learner)
    assert run(capsys, "due", "--data-dir", learner)[1] == "4\n"
    assert run(capsys, "--lang", lang, "forget", "--yes", "--data-dir", learner)[0] == 0
    assert run(capsys, "due", "--data-dir", learner)[1] == "0\n"


@pytest.mark.parametrize("command", ["import", "restore"])
def test_a_file_that_is_none_of_ours_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    (tmp_path / "x").write_text("nothing")
    for name in ("x", "missing"):
        status, out, err = run(capsys, command, tmp_path / name)
        assert (status, out, err.count("\n")) == (cli.MISUSED, "", 1)
