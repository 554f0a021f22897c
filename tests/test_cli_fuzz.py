"""Any command line or environment leads to an exit status and a message, without a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import any_text

from rnntutor import cli, environment

WORD = st.sampled_from(
    [
        *("open", "sim", "quiz", "cell", "gate", "order", "--lang", "ko", "en", "--plain", "--t"),
        *("--phase", "--u", "--updates", "--view", "--svg", "--topic", "--lesson", "-n", "--", "-"),
        *("--seed", "--x", "--W", "--cell", "lstm", "=", "--=", "--lang=", "--course", "~nobody/x"),
        *("0", "-1", "1", "9" * 5000, "٣", "½", "1e400", "NaN", "[" * 5000, "\udcff", "x" * 5000),
        *("/dev/null", "/dev/zero", "/", "", " ", "\x1b[2J", "--version", "--help", "--data-dir"),
    ]
)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(argv=st.lists(WORD | any_text(max_size=6), max_size=6))
def test_no_command_line_ends_in_a_traceback(
    argv: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Options that write outside the test's directory or read lines are left out."""
    if "--svg" in argv or "--plain" in argv or any(w.startswith(("--svg=", "--pl")) for w in argv):
        return
    monkeypatch.setenv("RNNTUTOR_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    status = cli.main(argv)
    out, err = capsys.readouterr()
    assert status in (cli.OK, cli.FAILED, cli.MISUSED)
    assert "Traceback" not in out + err
    assert not list(tmp_path.rglob("crash.log"))
    if status != cli.OK:
        assert err.startswith("rnntutor: ") and err.count("\n") == 1 and err.strip()[-1] in ".p"


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    name=st.sampled_from(
        [
            *("LANG", "LC_ALL", "LANGUAGE", "TERM", "COLORTERM", "NO_COLOR", "ESCDELAY", "HOME"),
            *("RNNTUTOR_DATA", "XDG_DATA_HOME", "TEXTUAL_FPS", "TEXTUAL_COLOR_SYSTEM"),
        ]
    ),
    value=st.sampled_from(["", "x", "~nobody", "/dev/null", "9" * 500, "\udcff", "ko_KR:en", "٣"]),
)
def test_no_environment_ends_in_a_traceback(
    name: str, value: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)  # relative data directories are created here
        patch.setenv("RNNTUTOR_DATA", str(tmp_path))
        patch.setenv(name, value)
        environment.prepare()
        assert cli.main([]) == cli.MISUSED  # no terminal here
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err and err.startswith("rnntutor: ")


@pytest.mark.parametrize("option", ["--updates", "--t", "--u", "--phase"])
@pytest.mark.parametrize("value", ["1000000001", "9" * 5000, "-1", "x", ""])
def test_a_count_out_of_range_is_refused(
    option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--lang", "en", "sim", "race", option, value]) == cli.MISUSED
    assert "from 0 to 1000000" in capsys.readouterr().err


def test_a_training_that_ends_before_what_was_asked_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = "--lang en sim race --T 5 --units 4 --lr 0.05 --updates 999999"
    assert cli.main(line.split()) == cli.OK
    assert "ended after" in capsys.readouterr().err
