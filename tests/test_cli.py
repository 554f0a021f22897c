"""The command line: every mistake is one clear message in the learner's language, with status 2."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from texts import constant_parts

from rnntutor import cli, crash, sims
from rnntutor.cli import arguments, commands
from rnntutor.course.report import Problem
from rnntutor.sims.base import knobs
from rnntutor.study.log import Log
from rnntutor.words import LANGUAGES, load


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    """Run the command; return exit status, standard output and standard error."""
    status = cli.main([str(word) for word in argv])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a directory with defective files and courses."""
    (tmp_path / "euckr.md").write_bytes(b"# RNN\n\n" + "순환 신경망".encode("cp949"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "course.toml").write_text("[course\n")
    (tmp_path / "in-the-way").write_text("")
    return tmp_path


MISTAKES = [
    (["--lang", "de"], "cli.lang"),
    (["--lang"], "cli.value"),
    (["--data-dir="], "cli.value"),
    (["--version=3"], "cli.value"),
    (["--frobnicate"], "cli.unknown"),
    (["open", "a", "b"], "course.error.missing"),
    (["check", "a", "b"], "cli.unknown"),
    (["teach"], "cli.command"),
    (["--langu", "ko"], "cli.unknown"),
    (["open"], "cli.needs"),
    (["open", ""], "cli.needs"),
    (["grade"], "cli.needs"),
    (["open", "{dir}/missing.md"], "course.error.missing"),
    (["open", "{dir}/empty"], "course.error.no_texts"),
    (["open", "https://example.org/a.md"], "cli.is_url"),
    (["--course", "{dir}/missing"], "course.error.no_course"),
    (["--course", "{dir}/empty"], "course.error.missing"),
    (["--course", "{dir}/broken"], "course.error.toml"),
    ([], "environment.no_terminal"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("argv", "key"), MISTAKES, ids=[" ".join(m[0]) for m in MISTAKES])
def test_a_mistake_gets_one_sentence_and_status_2(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    files: Path,
    argv: list[str],
    key: str,
    lang: str,
) -> None:
    monkeypatch.setenv("LANG", {"ko": "ko_KR.UTF-8", "en": "en_US.UTF-8"}[lang])
    status, out, err = run(capsys, *(word.format(dir=files) for word in argv))
    assert status == 2
    assert out == ""
    assert err.count("\n") == 1
    assert all(part in err for part in constant_parts(load(lang)(key))), err
    assert "Traceback" not in err


def test_a_file_in_cp949_is_opened(
    capsys: pytest.CaptureFixture[str], files: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    there = tmp_path / "learner"
    status, out, _ = run(
        capsys, "open", files / "euckr.md", "--lang", "ko", "--plain", "--data-dir", there
    )
    assert status == 0 and "순환 신경망" in out


def test_where_nothing_can_be_kept_the_tutor_runs_and_says_so_once(
    capsys: pytest.CaptureFixture[str], files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n"))
    there = files / "in-the-way" / "data"
    status, out, _ = run(capsys, "--lang", "en", "--plain", "--data-dir", there)
    assert status == 0
    assert out.count("Your progress cannot be kept") == 1
    assert "Cannot save" not in out
    assert "Sequences" in out


def test_a_name_that_would_move_the_cursor_is_shown_harmless(
    capsys: pytest.CaptureFixture[str],
) -> None:
    err = run(capsys, "open", "a\x1b[2J\nb\udc80.md")[2]
    assert err.count("\n") == 1
    assert err.rstrip("\n").isprintable()


def test_the_language_is_the_option_else_the_stored_choice_else_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    def help_language(*argv: str | Path) -> str:
        text = run(capsys, "--help", *argv)[1]
        return next(lang for lang in LANGUAGES if load(lang)("help.what") in text)

    assert help_language() == "en"
    Log(tmp_path / "data", "s").append("setting", name="language", value="ko")
    assert help_language() == "ko"
    assert help_language("--lang", "en") == "en"
    assert help_language("--lang=en") == "en"
    assert help_language("--data-dir", tmp_path / "other") == "en"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_names_every_option_and_command_and_fits_80_columns(
    capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    text = run(capsys, "--lang", lang, "--help")[1]
    names = [option.name for option in commands.SHARED]
    names += [f"rnntutor {command.usage}" for command in commands.COMMANDS]
    assert all(word in text for word in (*names, "--version", "-h, --help"))
    assert max(cell_len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda c: c.name)
def test_every_command_has_a_help_of_its_own(
    capsys: pytest.CaptureFixture[str], command: commands.CliCommand, lang: str
) -> None:
    status, text, err = run(capsys, "--lang", lang, command.name, "--help")
    assert (status, err) == (0, "")
    assert all(option.name in text for option in (*command.options, *commands.SHARED))
    assert max(cell_len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sims.names())
def test_the_help_of_a_simulation_names_every_setting_with_what_it_may_be(
    capsys: pytest.CaptureFixture[str], name: str, lang: str
) -> None:
    status, text, err = run(capsys, "--lang", lang, "sim", name, "--help")
    assert (status, err) == (0, "")
    for field, knob in knobs(sims.find(name).settings).items():
        assert f"--{field} " in text
        if knob.kind in ("int", "float"):
            assert f"{knob.high:g}" in text
    assert max(cell_len(line) for line in text.splitlines()) <= 80


def test_the_help_of_a_simulation_that_is_none_names_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(capsys, "--lang", "en", "sim", "nothing", "--help")
    assert (status, out) == (2, "") and "cell" in err


@pytest.mark.parametrize(
    ("found", "status", "last"),
    [
        ([], 0, "No errors."),
        ([Problem("en/a.md", 3, "Odd.", warning=True)], 0, "Warnings: 1."),
        ([Problem("en/a.md", 3, "Odd.", True), Problem("en/b [x].md", 7, "No.")], 1, "Errors: 1."),
    ],
)
def test_check_prints_a_line_for_each_problem_and_how_many(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    files: Path,
    found: list[Problem],
    status: int,
    last: str,
) -> None:
    """Warnings alone are not a failure, and text in brackets is not read as markup."""
    monkeypatch.setattr("rnntutor.cli.checking.check_course", lambda course, words: found)
    got, out, err = run(capsys, "--lang", "en", "check", files)
    assert (got, err) == (status, "")
    assert out.splitlines()[:-1] == [str(problem) for problem in found]
    assert last in out.splitlines()[-1]


@pytest.mark.parametrize("course", ["missing", "empty", "broken"])
def test_check_of_what_is_no_course_names_file_and_line(
    capsys: pytest.CaptureFixture[str], files: Path, course: str
) -> None:
    status, out, _ = run(capsys, "--lang", "en", "check", files / course)
    assert status == 1
    assert out.startswith(f"{files / course / 'course.toml'}:1: ")


def test_help_and_version_are_answered_whatever_else_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(capsys, "--version", "--nonsense")[0] == 0
    assert run(capsys, "open", "--help")[0] == 0
    assert run(capsys, "--version")[1] == "rnntutor 0.1.0\n"


def test_there_is_no_help_of_a_command_that_there_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for argv in (("test", "--help"), ("--lang", "en", "test", "-h")):
        status, out, err = run(capsys, *argv)
        assert (status, out) == (2, "") and "test" in err


def test_options_may_stand_before_and_after_the_command() -> None:
    before = arguments.parse(["--lang", "ko", "--data-dir", "d", "open", "f.md"])
    after = arguments.parse(["open", "f.md", "--data-dir=d", "--lang=ko"])
    assert before == after
    assert (before.command, before.word, before.text("lang")) == ("open", "f.md", "ko")


def test_a_file_whose_name_begins_with_a_dash_can_be_opened() -> None:
    assert arguments.parse(["open", "--", "-f.md"]).word == "-f.md"


def test_a_crash_is_one_sentence_and_its_details_a_private_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        typed = " ".join(["what", "was", "typed"])
        raise ZeroDivisionError("nobody expected this", len(typed))

    monkeypatch.setattr("rnntutor.cli.run._start", broken)
    status, out, err = run(capsys, "--lang", "en")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "Traceback" not in err
    path = tmp_path / "data" / crash.NAME
    assert str(path) in err
    details = path.read_text(encoding="utf-8")
    assert "nobody expected this" in details
    assert "what was typed" not in details
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_crash_whose_details_cannot_be_written_is_still_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file in the way")

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("rnntutor.cli.run._start", broken)
    status, _, err = run(capsys, "--lang", "en")
    assert (status, err.count("\n")) == (1, 1)
    assert "RuntimeError" in err


def test_an_error_in_a_thread_does_not_reach_the_screen(tmp_path: Path) -> None:
    code = (
        "import sys, threading\nfrom pathlib import Path\nfrom rnntutor import crash\n"
        "crash.keep_off_the_screen(Path(sys.argv[1]))\n"
        "t = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\nraise KeyError('x')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    details = (tmp_path / crash.NAME).read_text()
    assert "ZeroDivisionError" in details
    assert "KeyError" in details


def test_an_interrupt_ends_with_130(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rnntutor.cli.run._start", interrupted)
    assert run(capsys) == (130, "", "")


EMPTY = [
    (
        ["--topic", "gates", "--lesson", "rnn"],
        "quiz.nothing_about",
        {"topic": "gates", "lesson": "rnn", "choices": "rnn"},
    ),
    (["--lesson", "cell", "--wrong"], "quiz.nothing_wrong", {}),
    (["--guessed"], "quiz.nothing_guessed", {}),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("argv", "key", "values"), EMPTY, ids=[key for _, key, _ in EMPTY])
def test_a_quiz_that_has_no_question_says_what_leaves_none(
    capsys: pytest.CaptureFixture[str],
    lang: str,
    argv: list[str],
    key: str,
    values: dict[str, str],
) -> None:
    status, out, err = run(capsys, "--lang", lang, "quiz", "--plain", *argv)
    assert (status, out, err) == (2, "", f"rnntutor: {load(lang)(key, **values)}\n")


PRINTING = [
    ["--help"],
    ["sim", "--help"],
    ["sim"],
    ["sim", "cell", "--plain"],
    ["progress"],
    ["build"],
    ["review"],
    ["report", "{dir}/lent"],
    ["forget", "--yes"],
    ["export", "{dir}/new"],
    ["--plain"],
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("buffering", [1, -1], ids=["by line", "at the end"])
@pytest.mark.parametrize("argv", PRINTING, ids=" ".join)
def test_an_output_that_takes_nothing_more_is_one_sentence(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    argv: list[str],
    buffering: int,
) -> None:
    """A full disk behind standard output is reported as that, not as a problem of the data
    directory."""
    log = Log(tmp_path / "lent", "one")
    log.append("page", lesson="rnn", page="cover")
    log.close()
    full = Path("/dev/full").open("w", buffering, encoding="utf-8")  # noqa: SIM115
    with full, monkeypatch.context() as streams:
        streams.setattr("sys.stdin", io.StringIO(""))
        streams.setattr("sys.stdout", full)
        status = cli.main(["--lang", "en", *(word.format(dir=tmp_path) for word in argv)])
    reason = os.strerror(28)
    assert capsys.readouterr().err == f"rnntutor: {load('en')('cli.not_printed', reason=reason)}\n"
    assert status == 1
    assert not (tmp_path / "data" / crash.NAME).exists()


def test_python_m_rnntutor_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rnntutor", "--lang", "ko", "teach"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert load("ko")("cli.command", what="teach") in done.stderr
