"""The wheel contains the course and the assets, and the README's commands are the tested ones."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import rnntutor
from rnntutor.cli.commands import COMMANDS

TOP = Path(rnntutor.__file__).parent.parent

RUN = "python3 -m venv .venv && .venv/bin/python -m pip install -q -e . && .venv/bin/rnntutor"
TEST = (
    "python3 -m venv .venv && .venv/bin/python -m pip install -q -e '.[test]' && "
    ".venv/bin/python -m pytest"
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with hatchling."""
    directory = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(directory)],
        cwd=TOP,
        check=True,
        capture_output=True,
    )
    (built,) = directory.glob("*.whl")
    return built


def test_the_course_and_the_assets_are_inside_the_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in ("lessons", "assets"):
        files = [p for p in (TOP / name).rglob("*") if p.is_file()]
        inside = {f"rnntutor/_data/{file.relative_to(TOP).as_posix()}" for file in files}
        assert inside <= set(names)
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith((".dist-info", ".data"))} == {"rnntutor"}
    assert "rnntutor/words/ko/cli.toml" in names


def test_the_manual_page_and_the_completions_travel_along(wheel: Path) -> None:
    """The wheel contains them; they are generated from the command table during the build."""
    archive = zipfile.ZipFile(wheel)
    shared = {n.partition(".data/data/")[2]: n for n in archive.namelist() if ".data/" in n}
    assert set(shared) == {
        "share/man/man1/rnntutor.1",
        "share/bash-completion/completions/rnntutor",
        "share/zsh/site-functions/_rnntutor",
    }
    for name in shared.values():
        text = archive.read(name).decode()
        text = text.replace("\\-", "-")  # as roff writes it
        assert all(command.name in text for command in COMMANDS)


def test_an_installed_package_finds_its_own_course(wheel: Path, tmp_path: Path) -> None:
    """It finds its own files without the checkout, which is not on the path."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = (
        "import rnntutor.package_data as p\n"
        "print(p.__file__, p.lessons_dir(), p.assets_dir(), sep='\\n')\n"
        "assert (p.lessons_dir() / 'course.toml').is_file() and p.assets_dir().is_dir()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert all(Path(line).is_relative_to(site) for line in done.stdout.splitlines())


@pytest.mark.long
def test_the_wheel_works_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    """It checks its course and starts in a terminal, and writes nothing to its installation."""
    pexpect = pytest.importorskip("pexpect")
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    python = venv / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", wheel], check=True)
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environ |= {"TERM": "xterm-256color", "PYTHONDONTWRITEBYTECODE": "1"}
    command = str(venv / "bin" / "rnntutor")

    def installed() -> set[Path]:
        return set(venv.rglob("rnntutor/**/*"))

    before = installed()
    done = subprocess.run(
        [command, "--lang", "en", "check"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    child = pexpect.spawn(command, ["--lang", "en"], cwd=tmp_path, env=environ, dimensions=(24, 80))
    child.expect("RNN", timeout=30)
    child.send("\x11")
    child.expect(pexpect.EOF, timeout=10)
    child.close()
    assert child.exitstatus == 0
    assert installed() == before


@pytest.mark.parametrize("command", [RUN, TEST])
def test_the_readme_gives_the_two_commands(command: str) -> None:
    assert command in (TOP / "README.md").read_text(encoding="utf-8").splitlines()


def test_ci_runs_the_readmes_test_command() -> None:
    assert TEST in (TOP / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_what_the_readme_points_to_is_there() -> None:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    assert targets
    assert [target for target in targets if not (TOP / target).exists()] == []
