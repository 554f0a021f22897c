"""Settings of `cell`: rejected values, and turning of knobs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from rnntutor.sims import find
from rnntutor.sims.base import SettingError, knobs
from rnntutor.sims.cell import CellSettings, make
from rnntutor.words import LANGUAGES, load

CELL = find("cell")

WRONG: list[tuple[Mapping[str, object], str]] = [
    ({"cel": "rnn"}, "setting.unknown"),
    ({"cell": "elman"}, "setting.choice"),
    ({"cell": "rnn", "W_f": 1}, "setting.unknown"),
    ({"cell": "gru", "clamp_f": 0}, "setting.unknown"),
    ({"cell": "lstm", "clamp_f": 1.5}, "setting.range"),
    ({"cell": "lstm", "clamp_f@0": 1}, "setting.range"),
    ({"cell": "lstm", "clamp_f@2.99": 1}, "setting.range"),
    ({"cell": "lstm", "clamp_f": "open"}, "setting.number"),
    ({"units": 0}, "setting.range"),
    ({"units": 2.5}, "setting.whole"),
    ({"units": True}, "setting.number"),
    ({"T": 61}, "setting.range"),
    ({"scale": float("nan")}, "setting.range"),
    ({"scale": "large"}, "setting.number"),
    ({"x": [[1, 2], [3]]}, "setting.rows"),
    ({"x": []}, "setting.rows"),
    ({"x": "one two"}, "setting.number"),
    ({"x": [1] * 61}, "setting.length"),
    ({"text": "가 " * 61}, "setting.length"),
    ({"text": "\u200b"}, "setting.text"),
    ({"text": 7}, "setting.text"),
    ({"units": 2, "h0": [1, 2, 3]}, "setting.shape"),
    ({"units": 2, "x": [1], "U": [1, 2]}, "setting.shape"),
    ({"units": 2, "x": [1], "U[2][0]": 1}, "setting.entry"),
    ({"units": 2, "x": [1], "U[0]": 1}, "setting.entry"),
    ({"target": 1}, "setting.needs"),
    ({"outputs": 2, "target": 2}, "setting.range"),
    ({"outputs": 2, "x": [1, 2], "target": [0, 1, 0]}, "setting.shape"),
    ({"x": [1, 2], "wanted": [1]}, "setting.shape"),
    ({"x": [1, 2], "wanted": 1}, "setting.rows"),
    ({"embedding": "word2vec"}, "setting.choice"),
    ({"weights": "nothing-of-that-name"}, "setting.choice"),
]


@pytest.mark.parametrize(("given", "key"), WRONG)
def test_what_cannot_be_is_refused_in_words(given: Mapping[str, object], key: str) -> None:
    """Every rejection has a complete message in both languages."""
    with pytest.raises(SettingError) as refused:
        make(given)
    assert refused.value.key == key
    for lang in LANGUAGES:
        assert "{" not in load(lang)(key, **refused.value.values)


def test_unset_values_keep_the_default() -> None:
    """None and "" mean that a setting is not given."""
    assert make({"text": "", "seed": None}) == make({})


def test_every_field_has_a_knob_and_a_value() -> None:
    settings = make({"cell": "lstm", "text": "가 나"})
    for name in knobs(CellSettings):
        assert CELL.knob(settings, name).kind
        CELL.value(settings, name)


@pytest.mark.parametrize(
    ("name", "value"),
    [("W_f[0][0]", 1.5), ("W_f", 1.5), ("b_f", 0.5), ("clamp_f@2", 1.0), ("c0", 0.25)],
)
def test_a_setting_stands_on_what_it_was_set_to(name: str, value: float) -> None:
    settings = make({"cell": "lstm", "units": 2, "x": [1, 2], name: value})
    assert CELL.value(settings, name) == value


def test_a_free_gate_and_a_drawn_matrix_stand_on_nothing() -> None:
    settings = make({"cell": "lstm", "units": 2, "x": [1, 2], "clamp_f@2": 1})
    assert CELL.value(settings, "clamp_f@1") is None
    assert CELL.value(settings, "U_f") is None
    assert CELL.value(settings, "clamp_f@2") == 1


def test_knobs_of_settings_that_are_no_field() -> None:
    settings = make({"cell": "lstm", "units": 2, "x": [1, 2]})
    assert CELL.knob(settings, "clamp_f@t").choices == (0, 1)
    assert CELL.knob(settings, "clamp_g@t").choices == (-1, 0, 1)
    assert CELL.knob(settings, "W_f[1][0]").symbol == "W_f[1][0]"
    for name in ("W_z", "clamp_z", "W_f[2][0]", "colour"):
        with pytest.raises(SettingError):
            CELL.knob(settings, name)


def test_a_text_may_differ_between_languages() -> None:
    settings = make({})
    assert CELL.knob(settings, "text").language
    assert not CELL.knob(settings, "seed").language


def test_views_follow_the_settings() -> None:
    assert "softmax" not in CELL.views(make({}))
    assert "softmax" in CELL.views(make({"outputs": 2}))
    assert "difference" in CELL.views(make({"first": 1, "x": [0, 1]}))
    assert "strip:c" in CELL.views(make({"cell": "lstm"}))
