"""Views read facts about a run from its subject.

They contain no names of simulations, and do not guess from the arrays that a run has.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import rnntutor
from rnntutor import sims, subjects
from rnntutor.nn import subject
from rnntutor.nn.subject import Subject
from rnntutor.nn.trace import SubjectError, Trace
from rnntutor.render.views.registry import every_view
from rnntutor.subjects import runs, toys

RENDER = Path(rnntutor.__file__).parent / "render"
RECORDED = frozenset({"arrays", "fixed", "names"})  # mappings of a trace, by name


def files(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.py"))
    assert found
    return found


def simulations_named_in(source: str, names: set[str]) -> Iterator[str]:
    """Yield every string that is a simulation's name, except as the name of a view."""
    tree = ast.parse(source)
    own = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "View"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in names and id(node) not in own:
            yield f"{node.lineno}: {node.value}"


OTHER_MEANINGS = frozenset({"cell", "memory"})
"""What a drawing also speaks of: a setting in a label; a phase, and the sum that makes c."""

NAMES = {form for name in sims.names() for form in (name, name.replace("-", "_"))}


@pytest.mark.parametrize("path", files(RENDER), ids=lambda path: str(path.relative_to(RENDER)))
def test_a_drawing_knows_no_simulation_by_name(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert list(simulations_named_in(source, NAMES - OTHER_MEANINGS)) == []


def test_a_simulation_s_name_would_be_found_in_a_drawing() -> None:
    names = {"race", "forecast"}
    guesses = (
        'if trace.subject == "race":\n    pass\n',
        'CHARTS = {"forecast": 1}\n',
        'match use:\n    case "race":\n        pass\n',
    )
    assert all(list(simulations_named_in(guess, names)) for guess in guesses)
    fine = 'VIEWS = (View("forecast", forecast),)\nsaid = words("race.said")\n'
    assert not list(simulations_named_in(fine, names))


def asked_of_a_trace(source: str) -> Iterator[str]:
    """Yield every `in` on a trace or one of its mappings, and every `get` of these."""
    tree = ast.parse(source)
    traces = {
        argument.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for argument in (*node.args.args, *node.args.kwonlyargs)
        if argument.annotation is not None and "Trace" in ast.unparse(argument.annotation)
    } | {"before"}

    def recorded(node: ast.expr) -> bool:
        match node:
            case ast.Name(id=name):
                return name in traces
            case ast.Attribute(attr=name):
                return name in RECORDED or name == "before"
            case _:
                return False

    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=ops, comparators=comparators):
                for test, right in zip(ops, comparators, strict=True):
                    if isinstance(test, ast.In | ast.NotIn) and recorded(right):
                        yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.Call(func=ast.Attribute(attr="get", value=value)) if recorded(value):
                yield f"{node.lineno}: {ast.unparse(node)}"


VIEWS = files(RENDER / "views")


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.name)
def test_a_view_asks_no_trace_what_it_has_recorded(path: Path) -> None:
    assert list(asked_of_a_trace(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "guess",
    [
        '"look" in trace',
        '"p_forward" not in trace',
        '"half" in trace.fixed',
        'trace.arrays.get("wanted")',
        'f"grad_{key}" in context.before',
        "[name for name in NAMES if name in trace]",
    ],
)
def test_a_guess_from_what_is_recorded_would_be_found(guess: str) -> None:
    source = f"def draw(trace: Trace, context: ViewContext) -> Rows:\n    return {guess}\n"
    assert list(asked_of_a_trace(source))


def test_asking_for_another_subject_says_which_the_run_is_of() -> None:
    trace = Trace("", 1, {}, subject=runs.SlotGame())
    assert trace.of(runs.SlotGame) is trace.subject
    with pytest.raises(SubjectError, match=r"SlotGame.* is no Translation"):
        trace.of(toys.Translation)


def every_subject() -> list[type[Subject]]:
    """Return the classes of subjects, of the engine and of the modules of `subjects`."""
    there = iter_modules(subjects.__path__, f"{subjects.__name__}.")
    modules = (subject, *(import_module(found.name) for found in there))
    found = (value for module in modules for value in vars(module).values())
    return [v for v in found if isinstance(v, type) and issubclass(v, Subject)]


def test_two_views_of_one_name_are_told_apart_by_their_subject() -> None:
    """Each has a subject of its own or is the default, so none is shadowed."""
    keys = [(view.name, view.subject) for view in every_view()]
    assert len(keys) == len(set(keys))
    assert {subject for _, subject in keys if subject} <= set(every_subject())
