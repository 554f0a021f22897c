"""An import within a function must save a start-up from loading its module.

Imports that save nothing but are needed for another reason are listed in KEPT.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rnntutor

PACKAGE = Path(rnntutor.__file__).parent
TOP = PACKAGE.parent

# Runs the command without a terminal until `loaded` is called, which prints the loaded modules and
# exits; `noted` prints them before.
PROGRAM = """
import os, sys
from rnntutor import environment
from rnntutor.cli import main

out = os.dup(1)

def noted():
    os.write(out, ("\\n".join(sys.modules) + "\\n\\n").encode())

def loaded():
    noted()
    os._exit(0)

{until}
main(sys.argv[1:])
loaded()
"""
SCREENS = """
environment.preflight = lambda facts: None
from textual.app import App
run = App.run
App.run = lambda self, **options: run(self, headless=True, **options)

async def dump(self):
    loaded()
"""
FIRST_SCREEN = SCREENS + "from rnntutor.tui.app import TutorApp\nTutorApp._load = dump\n"
FILE = SCREENS + (
    "def seen():\n"
    "    from rnntutor.tui.screens.opening import OpeningScreen\n"
    "    opened, begin = OpeningScreen._open, OpeningScreen._begin\n"
    "    OpeningScreen._open = lambda self: (noted(), opened(self))[1]\n"
    "    OpeningScreen._begin = lambda self, lesson: (begin(self, lesson), loaded())\n"
    "from rnntutor.tui.navigation import Navigation\n"
    "first = Navigation.first_screen\n"
    "def first_screen(self):\n"
    "    found = first(self)\n"
    "    seen()\n"
    "    return found\n"
    "Navigation.first_screen = first_screen\n"
)
# What is seen, in order, and how.
STARTS = {
    ("help",): ("", ["--help"]),
    ("what is due",): ("", ["due", "--lang", "en"]),
    ("plain",): ("", ["--plain", "--lang", "en"]),
    ("the first question, for the language",): (FIRST_SCREEN, []),
    ("home",): (FIRST_SCREEN, ["--lang", "en"]),
    ("a simulation",): (FIRST_SCREEN, ["--lang", "en", "sim", "cell"]),
    ("the name of a file", "the contents of a file"): (FILE, ["--lang", "en", "open", "FILE"]),
}
LOCAL = re.compile(r"^[ \t]+(?:from|import)\b", re.MULTILINE)

UNIX = "there on Unix alone"
LIMITED = "in the learner's process, once its limits are set"
GONE = "private to Textual: where it is gone the tutor does without"
KEPT = {
    ("build/child/bounds.py", "ctypes"): "for Linux alone",
    ("build/child/bounds.py", "resource"): UNIX,
    ("build/child/bounds.py", "numpy.linalg"): LIMITED,
    ("build/child/bounds.py", "numpy.random"): LIMITED,
    ("build/child/bounds.py", "rnntutor.build.child.again"): LIMITED,
    ("cli/manual.py", "shtab"): "only where the package is built",
    ("tui/terminal/compatible.py", "rnntutor.tui.terminal.unix_driver"): UNIX,
    ("tui/terminal/signals.py", "termios"): UNIX,
    ("tui/terminal/textual_private.py", "textual._compositor"): GONE,
}


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__")


FILES = {module_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def local_imports(node: ast.AST, inside: bool = False) -> Iterator[str]:
    """Yield the modules that are imported within functions."""
    for child in ast.iter_child_nodes(node):
        if inside and isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif inside and isinstance(child, ast.ImportFrom):
            names = (f"{child.module}.{alias.name}" for alias in child.names)
            yield from (name if name in FILES else str(child.module) for name in names)
        function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from local_imports(child, inside or function)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Return the modules that each kind of start loads."""
    scratch = tmp_path_factory.mktemp("starts")
    file = scratch / "a.md"
    file.write_text("# RNN\n\n## 1. LSTM\n\nText.\n\n## 2. GRU\n\nText.\n", encoding="utf-8")
    found = {}
    for names, (until, arguments) in STARTS.items():
        given = [str(file) if argument == "FILE" else argument for argument in arguments]
        given += ["--data-dir", str(scratch / names[0].replace(" ", "-"))]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(until=until), *given],
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
            cwd=TOP,
        )
        lists = done.stdout.removesuffix("\n\n").split("\n\n")
        for name, modules in zip(names, lists[-len(names) :], strict=True):
            found[name] = set(modules.split("\n"))
            assert "rnntutor.cli.run" in found[name], (name, modules[-2000:], done.stderr[-2000:])
    return found


def test_an_import_in_a_function_saves_a_start_something(loaded: dict[str, set[str]]) -> None:
    assert "numpy" not in loaded["what is due"] | loaded["home"]
    assert "rnntutor.tui.screens.home" in loaded["home"]
    assert "rnntutor.tui.screens.language" in loaded["the first question, for the language"]
    assert "rnntutor.tui.screens.experiment" in loaded["a simulation"]
    unwanted = {"rnntutor.plain", "pygments", "markdown_it", "argparse", "zipfile"}
    assert not unwanted & loaded["a simulation"]
    assert "rnntutor.pages.cover" not in loaded["the name of a file"]
    assert "rnntutor.pages.cover" in loaded["the contents of a file"]
    useless = set()
    for module, file in FILES.items():
        text = file.read_text(encoding="utf-8")
        for wanted in local_imports(ast.parse(text)) if LOCAL.search(text) else ():
            if not any(module in start and wanted not in start for start in loaded.values()):
                useless.add((file.relative_to(PACKAGE).as_posix(), wanted))
    assert useless == KEPT.keys()
