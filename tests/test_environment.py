"""Environment variables set before Textual and NumPy are imported, and facts about the terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from rnntutor.environment import (
    DEFAULTS,
    Terminal,
    guess_language,
    preflight,
    prepare,
    terminal,
)


def facts(**changes: bool) -> Terminal:
    values = {"stdin": True, "stdout": True, "stderr": True, "dumb": False} | changes
    return Terminal(**values)


def test_defaults_are_set_and_a_users_choice_stays() -> None:
    environ = {"OMP_NUM_THREADS": "8", "TEXTUAL_ANIMATIONS": ""}
    prepare(environ)
    assert environ == DEFAULTS | {"OMP_NUM_THREADS": "8"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [("none", None), ("", None), ("TrueColor", "truecolor"), ("256", "256"), ("16m", None)],
)
def test_a_colour_system_that_textual_does_not_know_is_taken_away(
    given: str, kept: str | None
) -> None:
    environ = {"TEXTUAL_COLOR_SYSTEM": given}
    prepare(environ)
    assert environ.get("TEXTUAL_COLOR_SYSTEM") == kept


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.eucKR"}, "ko"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE@euro"}, None),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "ko:en"}, "ko"),
        ({"LANG": "C.UTF-8"}, None),
        ({"LC_ALL": "POSIX", "LANG": "ko_KR.UTF-8"}, "ko"),
        ({}, None),
    ],
)
def test_the_locale_suggests_a_language(environ: dict[str, str], language: str | None) -> None:
    assert guess_language(("ko", "en"), environ) == language


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_all_three_streams_must_be_a_terminal(stream: str) -> None:
    assert preflight(facts(**{stream: False})) == ("environment.no_terminal", {})


def test_a_dumb_terminal_is_refused_and_a_usual_one_is_not() -> None:
    assert preflight(facts(dumb=True)) == ("environment.dumb", {})
    assert preflight(facts()) is None


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_missing_stream_is_no_terminal(stream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`pythonw` and some services start a program without any streams."""
    monkeypatch.setattr(sys, stream, None)
    assert not terminal({}).interactive


def test_sentences_are_written_as_utf8_whatever_the_locale_says() -> None:
    code = "import rnntutor.environment as e; e.prepare(); print('\\uac00')"
    environ = os.environ | {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environ)
    assert run.stdout.decode("utf-8").strip() == "가"


@pytest.mark.parametrize(
    "name",
    ["TEXTUAL_DRIVER", "TEXTUAL_THEME", "TEXTUAL_FILTERS", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT"],
)
def test_what_would_end_or_steer_textual_is_taken_away(name: str) -> None:
    environ = {name: "x:y"}
    prepare(environ)
    assert environ == DEFAULTS


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "٣", "²", "9" * 400, "1e3", "1001"])
def test_a_rate_that_is_none_becomes_the_default(value: str) -> None:
    environ = {"TEXTUAL_FPS": value, "ESCDELAY": "9" * 400}
    prepare(environ)
    assert environ == DEFAULTS


def test_an_empty_no_color_keeps_the_colours() -> None:
    environ = {"NO_COLOR": ""}
    prepare(environ)
    assert "NO_COLOR" not in environ
    environ = {"NO_COLOR": "1"}
    prepare(environ)
    assert environ["NO_COLOR"] == "1"
