"""The tutor starts and takes keys if any used private name of Textual is missing.

The name is renamed in all of Textual's code.
"""

from __future__ import annotations

import gc
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import CodeType, FunctionType

import pytest
from sampling import sampled
from textual.drivers import headless_driver, linux_driver

from rnntutor.tui.terminal import compatible
from rnntutor.tui.terminal.compatible import DRIVER, SCREEN
from rnntutor.tui.terminal.textual_private import send_only_what_is_new

THEIRS = ("textual", "rich")
OURS_ON_TOP = ("rnntutor.tui.terminal.unix_driver", "rnntutor.tui.terminal.key_parser")
assert headless_driver, "nothing of Textual is loaded once its names have been changed"


@pytest.fixture(autouse=True)
def looked_up_anew() -> Iterator[None]:
    """Clear the cached results of the compatibility checks, before and after."""
    for answer in (compatible.compatible, compatible.driver_compatible):
        answer.cache_clear()
    yield
    for answer in (compatible.compatible, compatible.driver_compatible):
        answer.cache_clear()


def renamed(code: CodeType, name: str, new: str) -> CodeType:
    return code.replace(
        co_names=tuple(new if n == name else n for n in code.co_names),
        co_consts=tuple(
            renamed(c, name, new) if isinstance(c, CodeType) else c for c in code.co_consts
        ),
    )


def is_theirs(thing: type | FunctionType) -> bool:
    """Return whether it belongs to Textual, Rich or conftest.py, which also uses private names."""
    module = str(thing.__module__)
    return module.partition(".")[0] in THEIRS or module.endswith("conftest")


def holders(found: type) -> list[object]:
    """Return the objects that may hold an attribute before the start: a class and its
    descriptors."""
    own = vars(found).values()
    return [found, *(o for o in own if is_theirs(type(o)) and hasattr(o, "__dict__"))]


def names_in(code: CodeType) -> set[str]:
    """Return the names that this code and the functions in it look up."""
    inner = (names_in(c) for c in code.co_consts if isinstance(c, CodeType))
    return set(code.co_names).union(*inner)


@cache
def all_of_theirs() -> tuple[Mapping[str, list[FunctionType]], list[object]]:
    """Return all their functions, nested ones included, by the names that they use, and all
    objects that may hold an attribute."""
    gc.unfreeze()
    objects = gc.get_objects()
    gc.freeze()
    users: defaultdict[str, list[FunctionType]] = defaultdict(list)
    for function in (o for o in objects if isinstance(o, FunctionType) and is_theirs(o)):
        for name in names_in(function.__code__):
            users[name].append(function)
    classes = (o for o in objects if isinstance(o, type) and is_theirs(o))
    return users, [holder for found in classes for holder in holders(found)]


def take_away(monkeypatch: pytest.MonkeyPatch, path: str, name: str) -> None:
    """Rename an attribute of a class of Textual in all code that uses it.

    A public data attribute is renamed only in the class itself, because other classes have the same
    name.
    """
    module, _, kind = path.partition(":")
    owner, new = getattr(import_module(module), kind), f"{name}_elsewhere"
    if name.startswith("_") or hasattr(owner, name):
        users, held_by = all_of_theirs()
        functions = users.get(name, [])
    else:
        functions = [f for f in vars(owner).values() if isinstance(f, FunctionType)]
        held_by = []
    for function in functions:
        code = renamed(function.__code__, name, new)
        if code != function.__code__:
            monkeypatch.setattr(function, "__code__", code)
    for holder in held_by:
        if name in vars(holder):
            monkeypatch.setattr(holder, new, vars(holder)[name], raising=False)
            monkeypatch.delattr(holder, name)


@pytest.mark.parametrize("path", SCREEN)
def test_a_name_of_the_screens_that_is_missing_is_seen(
    monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    for name in SCREEN[path]:
        with monkeypatch.context() as without:
            take_away(without, path, name)
            compatible.compatible.cache_clear()
            assert not compatible.compatible(), name


ALL = [(path, name) for path, names in SCREEN.items() for name in names]


@pytest.mark.parametrize(
    "names",
    # In every suite all names are taken away at once; each of them is seen, as told above.
    sampled([ALL, *([each] for each in ALL)], lambda names: names is ALL),
)
async def test_the_tutor_takes_keys_without_names_of_the_screens(
    monkeypatch: pytest.MonkeyPatch, tutor, names: list[tuple[str, str]]
) -> None:
    for path, name in names:
        take_away(monkeypatch, path, name)
    assert not compatible.compatible()
    send_only_what_is_new()
    async with tutor("en") as t:
        home = t.text
        assert "RNN" in home
        await t.press("down")
        assert t.text != home
        await t.press("g")
        assert "Glossary" in t.text


@pytest.mark.parametrize(
    ("path", "name"), [(path, name) for path, names in DRIVER.items() for name in names or ("",)]
)
def test_the_driver_is_textuals_own_without_a_name_of_it(
    monkeypatch: pytest.MonkeyPatch, path: str, name: str
) -> None:
    """Textual's own driver is used then, and ours is not even imported."""
    for ours in OURS_ON_TOP:
        monkeypatch.delitem(sys.modules, ours, raising=False)
    if name:
        take_away(monkeypatch, path, name)
    else:
        module, _, kind = path.partition(":")
        monkeypatch.delattr(import_module(module), kind)
    assert compatible.patched_driver(linux_driver.LinuxDriver) is linux_driver.LinuxDriver
    assert not any(ours in sys.modules for ours in OURS_ON_TOP)
