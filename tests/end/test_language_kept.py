"""The language given by --lang is kept in later sessions."""

from __future__ import annotations

from pathlib import Path

import pytest
from sampling import sampled
from terminal import HOME, Start

from rnntutor.words import load


@pytest.mark.parametrize(
    ("lang", "first"), sampled([("ko", []), ("en", ["sim", "cell"])], lambda one: bool(one[1]))
)
def test_it_is_not_asked_for_again(
    start: Start, data: Path, environ: dict[str, str], lang: str, first: list[str]
) -> None:
    there = ["--data-dir", str(data)]
    terminal = start("--lang", lang, *there, *first)
    terminal.wait(load(lang)("stage.step", t=0, of=6) if first else HOME[lang])
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    later = start(*there)
    later.wait(HOME[lang])
    later.press("q")
    assert later.wait_for_end() == 0
