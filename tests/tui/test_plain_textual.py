"""If a private name of Textual is missing, the tutor runs with Textual's public interface only."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input, TextArea

import rnntutor
from rnntutor.tui.terminal import compatible, textual_private
from rnntutor.tui.terminal.compatible import DRIVER, SCREEN, missing
from rnntutor.tui.terminal.unix_driver import UnixDriver

TUI = Path(rnntutor.__file__).parent / "tui"
NAMES = [(path, name) for path, names in SCREEN.items() for name in names]
DRIVER_NAMES = [(path, name) for path, names in DRIVER.items() for name in names]


def test_nothing_is_missing_in_the_textual_that_is_installed() -> None:
    assert not list(missing(SCREEN))
    assert not list(missing(DRIVER))


@pytest.mark.parametrize(("path", "name"), [*NAMES, *DRIVER_NAMES])
def test_a_name_that_is_gone_is_noticed(path: str, name: str) -> None:
    """A renamed attribute, class or module of Textual is detected."""
    assert list(missing({path: (f"{name}_gone",)})) == [f"{path}.{name}_gone"]
    module, _, _ = path.partition(":")
    assert list(missing({f"{module}:Gone": ()}))
    assert list(missing({f"{module}_gone:Gone": ()}))


@cache
def private_names(file: Path) -> set[str]:
    """Return the private attributes of other objects that a file uses."""
    return {
        node.attr
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
        and not isinstance(node.value, ast.Call)
    }


def test_every_name_that_is_listed_is_used() -> None:
    """An unused name in the list would needlessly switch to plain Textual when it is missing."""
    files = [file for file in TUI.rglob("*.py") if file.name != "compatible.py"]
    used = {word for file in files for word in re.findall(r"\w+", file.read_text())}
    assert {name for _, name in (*NAMES, *DRIVER_NAMES)} <= used


def private_imports(file: Path) -> set[str]:
    """Return a file's imports from foreign private modules, as "module:name"."""
    text = file.read_text()
    if not re.search(r"from\s+(\S*\.)?_[a-z]", text):  # parsing every file takes two seconds
        return set()
    return {
        f"{node.module}:{alias.name}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom) and re.search(r"(^|\.)_[a-z]", node.module or "")
        for alias in node.names
    }


def test_every_import_of_a_private_module_is_listed_and_stands_in_terminal() -> None:
    found = {file: private_imports(file) for file in Path(rnntutor.__file__).parent.rglob("*.py")}
    assert set().union(*found.values()) <= {*SCREEN, *DRIVER}
    assert {file.parent for file, names in found.items() if names} == {TUI / "terminal"}


def test_every_private_name_is_listed_and_stands_in_one_file() -> None:
    listed = {name for _, name in (*NAMES, *DRIVER_NAMES)}
    private = TUI / "terminal" / "textual_private.py"
    assert private_names(private) <= listed
    for file in TUI.rglob("*.py"):
        if file != private:
            assert not private_names(file) & listed, file


def classes_on_textual() -> Iterator[type]:
    """Yield our subclasses of Textual's classes: screens, widgets, application, driver."""
    for file in sorted(TUI.rglob("*.py")):
        if file.stem == "__init__":
            continue
        path = ".".join(file.relative_to(TUI.parent.parent).with_suffix("").parts)
        for found in vars(import_module(path)).values():
            mine = isinstance(found, type) and found.__module__ == path
            if mine and (issubclass(found, MessagePump | Parser) or found is UnixDriver):
                yield found


def private_of(found: type) -> set[str]:
    """Return the private names that a class defines or reads from itself."""
    nodes = list(ast.walk(ast.parse(textwrap.dedent(inspect.getsource(found)))))
    names = {n.attr for n in nodes if isinstance(n, ast.Attribute)}
    names |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


def names_of(*bases: type) -> set[str]:
    """Return the names in these classes of Textual, and private names that their modules use."""
    below = {k for c in bases for k in c.__mro__ if k.__module__ != "builtins"}
    names = {name for k in below for name in vars(k)}
    for module in {k.__module__ for k in below if k.__module__.startswith("textual")}:
        names |= set(re.findall(r"self\.(_\w+)", inspect.getsource(import_module(module))))
    return names


def test_a_class_touches_no_private_name_of_the_class_of_textual_below_it() -> None:
    """No class uses or overrides a private name of its base, except listed ones in `terminal`."""
    pumps, driver, parser = (
        names_of(*bases)
        for bases in ((App, Screen, Input, TextArea), (LinuxDriver,), (XTermParser,))
    )
    listed = {name for _, name in (*NAMES, *DRIVER_NAMES)}
    found = list(classes_on_textual())
    assert len(found) > 30
    terminal = [one for one in found if ".terminal." in one.__module__]
    assert len(terminal) == 6
    for one in found:
        theirs = driver if one is UnixDriver else parser if issubclass(one, Parser) else pumps
        allowed = listed if one in terminal else set()
        assert not private_of(one) & theirs - allowed, one


async def test_the_tutor_runs_on_plain_textual(monkeypatch: pytest.MonkeyPatch, tutor) -> None:
    """Opening a lesson, paging, answering, running a simulation and reading a list all work."""
    monkeypatch.setattr(textual_private, "compatible", lambda: False)
    async with tutor("en") as t:
        assert "RNN" in t.text
        await t.open("cell")
        cover = t.text
        await t.press("pagedown", "pagedown")
        assert t.text != cover
        await t.open("types", "vec-seq")
        stage = t.lesson.stage
        assert stage is not None and not stage.cursor.t
        if not stage.ready:
            await t.press("tab")
        await t.press("right")
        assert t.lesson.stage.cursor > stage.cursor
        assert "·" in t.text
        question = next(p for p in t.lesson.pages if p.question is not None)
        await t.open("types", question.id)
        await t.press("1", "enter", "enter", "1")
        assert t.logged("answer"), "the answer is on the disk"
        await t.press("escape", "escape")
        await t.press("g")
        assert "Glossary" in t.text
        await t.press("escape")
    assert t.app.errors.failure is None


def test_the_driver_is_textuals_own_where_it_is_not_as_we_know_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert compatible.patched_driver(LinuxDriver) is not LinuxDriver
    monkeypatch.setattr(compatible, "driver_compatible", lambda: False)
    assert compatible.patched_driver(LinuxDriver) is LinuxDriver
