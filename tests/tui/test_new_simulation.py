"""A new simulation with any one of its four files missing still opens in the lab and in plain mode.

It leaves out what is missing. docs/adding-a-simulation.md lists the tests that name a missing file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from sampling import sampled

from rnntutor import cli, sims, words
from rnntutor.render import views
from rnntutor.render.views import registry
from rnntutor.tui.messages import OpenSimulation
from rnntutor.tui.screens.experiment import ExperimentScreen

SIMULATION = '''
"""A state that doubles."""

from dataclasses import dataclass

import numpy as np

from rnntutor.nn.trace import Trace
from rnntutor.sims.base import Simulation, knob
from rnntutor.sims.common.settings_from import build_settings


@dataclass(frozen=True)
class Settings:
    T: int = knob(3, "int", low=1, high=9, symbol="T", decimals=0)


SIMULATION = Simulation(
    name="doubled",
    settings=Settings,
    make=lambda given: build_settings(Settings, given),
    trace=lambda s: Trace("", s.T, {"h": 2.0 ** np.arange(s.T + 1)[:, None]}, title=("doubled",)),
    views=lambda settings: ("doubled",),
    phases=lambda settings: ("doubling",),
)
'''
VIEW = '''
"""The state as a number."""

from rnntutor.render.views.view import View
from rnntutor.spans import Span


def draw(trace, context, argument):
    return ((Span(f"state {trace.at('h', context.at.t)[0]:.0f}"),),)


VIEWS = (View("doubled", draw, describe=lambda *_: "so far"),)
'''
WORDS = """
lab.doubled = "a state that doubles"
sim.doubled = "doubling"
kind.doubled = "doubling"
phase.doubling = "doubled once"
view.doubled = "the state itself"
"""
FILES = {
    "simulation": ("sims/doubled/__init__.py", SIMULATION),
    "view": ("views/doubled.py", VIEW),
    **{lang: (f"words/{lang}/sim_doubled.toml", WORDS) for lang in words.LANGUAGES},
}


def forget_what_was_found() -> None:
    for found in (sims.names, sims.find, registry.views, registry.view_names):
        found.cache_clear()
    words._load.cache_clear()
    for package in (sims, views):
        sys.modules.pop(f"{package.__name__}.doubled", None)
        vars(package).pop("doubled", None)


@pytest.fixture
def installed(forgotten: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install all files of a new simulation except one."""
    for name, (file, text) in FILES.items():
        if name != forgotten:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(text, encoding="utf-8")
    with monkeypatch.context() as house:
        for package, folder in ((sims, "sims"), (views, "views")):
            house.setattr(package, "__path__", [*package.__path__, str(tmp_path / folder)])
        own = {lang: [*(tmp_path / "words" / lang).glob("*.toml")] for lang in words.LANGUAGES}
        files = words._files
        house.setattr(words, "_files", lambda lang: [*files(lang), *own[lang]])
        house.setattr(words, "missing", lambda key: key.rpartition(".")[2])
        forget_what_was_found()
        yield
    forget_what_was_found()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("forgotten", "lang"),
    # In every suite the words that are missing are those of the language that is shown.
    sampled(
        product(["nothing", *FILES], words.LANGUAGES),
        lambda case: case[1] == (case[0] if case[0] in words.LANGUAGES else "en"),
    ),
)
async def test_each_file_may_be_forgotten(
    tutor, capsys: pytest.CaptureFixture[str], forgotten: str, lang: str
) -> None:
    there = forgotten != "simulation"
    assert cli.main(["--plain", "--lang", lang, "sim", "doubled"]) == (0 if there else cli.MISUSED)
    out, err = capsys.readouterr()
    assert ("state 8" in out) == (there and forgotten != "view")
    assert "Traceback" not in err and (there or "attention" in err), "what there is, is named"
    async with tutor(lang) as t:
        await t.press("b")
        assert ("doubled" in t.text) == there
        if there:
            t.app.post_message(OpenSimulation("doubled"))
            await t.settle()
            assert isinstance(t.app.screen, ExperimentScreen)
            await t.press("end", "left", "v", "tab", "right", "z", "s", "question_mark", "escape")
            await t.press("escape", "escape")
