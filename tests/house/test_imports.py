"""Import rules between packages, and imports that are deferred until needed.

Deferred imports are tested in a fresh process, because here `sys.modules` is already full.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from importlinter import cli as import_linter

import rnntutor

PACKAGE = Path(rnntutor.__file__).parent
TOP = PACKAGE.parent

IMPORT_ALL = """
import importlib, pkgutil, sys
import rnntutor

def modules(package):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if found.name not in {left_out}:
            module = importlib.import_module(found.name)
            if found.ispkg:
                modules(module)

modules(rnntutor)
loaded = [name for name in {unwanted} if name in sys.modules]
sys.exit(", ".join(loaded) or 0)
"""


def fresh(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=TOP,
    )


def test_the_contracts_of_the_house_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(TOP)
    status = import_linter.lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_everything_below_the_screens_loads_no_textual() -> None:
    code = IMPORT_ALL.format(left_out={"rnntutor.tui", "rnntutor.__main__"}, unwanted=["textual"])
    done = fresh(code)
    assert done.returncode == 0, done.stderr


HEAVY = ["numpy", "textual", "rich", "markdown_it", "fsrs", "texicode", "pygments", "asyncio"]


def test_the_screens_load_no_numbers_before_a_lesson_needs_them() -> None:
    """The home screen does not load NumPy, which it does not need."""
    done = fresh("import sys\nimport rnntutor.tui.app\nassert 'numpy' not in sys.modules\n")
    assert done.returncode == 0, done.stderr


def test_home_loads_nothing_of_the_code_exercises() -> None:
    """The home screen, the list of exercises and the plain mode's start do not load the checker."""
    done = fresh(
        "import sys\n"
        "import rnntutor.tui.app, rnntutor.tui.screens.home, rnntutor.tui.screens.builds\n"
        "import rnntutor.plain.home\n"
        "sys.exit(', '.join(n for n in sys.modules if n.startswith('rnntutor.build')) or 0)\n"
    )
    assert done.returncode == 0, done.stderr


def test_the_contents_of_a_file_wait_for_no_parser() -> None:
    """The headings of an opened file are shown before the Markdown parser is loaded."""
    done = fresh(
        "import sys\n"
        "from rnntutor.course.opened.document import Document\n"
        "from rnntutor.course.opened.lesson import open_document\n"
        "from rnntutor.pages.cover import cover\n"
        "from rnntutor.render.prose import Context\n"
        "from rnntutor.session.pages import pages\n"
        "from rnntutor.study.progress import Progress\n"
        "from rnntutor.words import load\n"
        "words = load('en')\n"
        "text = '# RNN (1)\\n\\n## 1. LSTM & GRU\\n\\n*Text*: $x$\\n\\n## 2. Loss\\n\\nText.\\n'\n"
        "lesson = open_document(Document('a.md', text), 'en', words)\n"
        "context = Context(words)\n"
        "rows = cover(lesson, pages(lesson), Progress(), words, 60, context, listed=False).rows\n"
        "assert 'LSTM & GRU' in str(rows), rows\n"
        "late = ('markdown_it', 'rnntutor.maths.inline', 'rnntutor.course.opened.dialects')\n"
        "sys.exit(', '.join(n for n in late if n in sys.modules) or 0)\n"
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("argument", ["--version", "--help", "--nonsense"])
def test_what_needs_no_screen_loads_nothing_heavy(argument: str) -> None:
    code = (
        "import sys\nfrom rnntutor.cli import main\nmain(sys.argv[1:])\n"
        f"sys.exit(', '.join(name for name in {HEAVY} if name in sys.modules) or 0)"
    )
    done = fresh(code, argument)
    assert done.returncode == 0, done.stderr


def test_the_engine_imports_numpy_and_nothing_else() -> None:
    """The engine depends on NumPy alone, so that a learner can read it without knowing more."""
    allowed = sys.stdlib_module_names | {"numpy"}
    for path in (PACKAGE / "nn").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                own = name.startswith("rnntutor.nn") or name == "rnntutor"
                assert own or name.partition(".")[0] in allowed, f"{path.name} imports {name}"


def imports_of(path: Path) -> set[str]:
    """Return every module of rnntutor that a file imports.

    Imports at the top, in functions and for type checking all count.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_no_screen_leads_back_to_itself() -> None:
    """Imports between the modules of tui/ have no cycle.

    Imports in functions and for type checking count too. Screens navigate by messages, and use the
    application through a protocol.
    """
    files = {
        ".".join(path.relative_to(TOP).with_suffix("").parts): path
        for path in (PACKAGE / "tui").rglob("*.py")
    }
    graph = {name: imports_of(path) & files.keys() - {name} for name, path in files.items()}
    assert len(graph) > 30
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_threads_of_blas_are_set_before_numpy_is_loaded() -> None:
    """The thread limits are set before NumPy is imported, because it reads them only then."""
    code = (
        "import os, sys\nfrom rnntutor.cli import main\nassert 'numpy' not in sys.modules\n"
        "main(['--version'])\nsys.exit(os.environ['OPENBLAS_NUM_THREADS'] != '1')"
    )
    assert fresh(code).returncode == 0
