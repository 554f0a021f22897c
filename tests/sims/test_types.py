"""The types of RNN: inputs, outputs, and rejected settings."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import any_text

from rnntutor.sims import find
from rnntutor.sims.base import SettingError, knobs
from rnntutor.sims.types.wirings import TYPES, WIRINGS, Type
from rnntutor.subjects.toys import Toy
from rnntutor.words import load

SIM = find("types")


def run(**given_: object):  # type: ignore[no-untyped-def]
    made = SIM.make(given_)
    return made, SIM.trace(made)


WRONG: list[tuple[Mapping[str, object], str]] = [
    ({"kind": "seq-vec"}, "setting.unknown"),
    ({"type": "one-to-one"}, "setting.choice"),
    ({"merge": "multiply"}, "setting.choice"),
    ({"units": 3}, "setting.choice"),
    ({"units": 99}, "setting.range"),
    ({"text": ""}, "setting.no_words"),
    ({"text": "  ... !"}, "setting.no_words"),
    ({"text": "좋다 " * 15}, "setting.too_long"),
    ({"type": "bidirectional", "text": "a " * 17}, "setting.too_long"),
    ({"type": "encoder-decoder", "text": "1" * 25}, "setting.too_long"),
    ({"type": "vec-seq", "shape": "circle"}, "setting.choice"),
    ({"type": "vec-seq", "noise": 2}, "setting.range"),
    ({"type": "vec-seq", "picture": "### ###"}, "setting.picture"),
]


@pytest.mark.parametrize(("given_", "key"), WRONG)
def test_what_cannot_be_is_said_in_one_sentence(given_: Mapping[str, object], key: str) -> None:
    with pytest.raises(SettingError) as error:
        SIM.make(given_)
    assert error.value.key == key
    for lang in ("ko", "en"):
        assert "\n" not in load(lang)(key, **error.value.values)


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("kind", TYPES)
def test_every_type_runs_with_nothing_else_given(kind: Type, lang: str) -> None:
    made, trace = run(type=kind, language=lang)
    assert trace.of(Toy).wiring == WIRINGS[kind]
    assert made.language == lang
    assert 0.9 <= SIM.measures["right"](made, trace) <= 1
    assert SIM.measures["parameters"](made, trace) > 100
    assert SIM.source(made, "whole")


def test_a_negation_turns_the_judgement() -> None:
    """A negation works after the adjective in Korean, before it in English, and in a second
    clause."""
    good = {
        "ko": ["이 영화는 전혀 지루하지 않다", "안 비싸고 맛있다", "방은 좁지만 깨끗하다"],
        "en": ["this film is not boring at all", "not expensive but tasty", "dark but clean"],
    }
    bad = {
        "ko": ["이 책은 정말 재미있지 않다", "비싸고 안 맛있다", "방은 깨끗하지만 좁다"],
        "en": ["this book was not exciting", "not tasty but expensive", "clean but dark"],
    }
    for says, texts in ((1, good), (0, bad)):
        for lang in ("ko", "en"):
            for text in texts[lang]:
                _, trace = run(text=text)
                assert int(trace["p"][-1].argmax()) == says, text


def test_before_the_first_adjective_the_reader_is_undecided() -> None:
    for text in ("이 영화는 전혀", "this film is"):
        _, trace = run(text=text)
        assert np.all(np.abs(np.asarray(trace["p"])[:, 1] - 0.5) < 0.3)


def test_a_word_never_read_is_marked_and_read_as_unknown() -> None:
    """All unknown words have the same meaning to the net: none."""
    runs = [run(text=f"이 {word} 재미있다")[1] for word in ("망원경은", "양자역학은")]
    assert [list(map(float, r["known"])) for r in runs] == [[1, 0, 1]] * 2
    assert np.array_equal(runs[0]["p"], runs[1]["p"])
    _, trace = run(type="encoder-decoder", text="18 Oct 1955?")
    assert float(trace["known[12]"]) == 0


def test_the_language_of_a_text_is_its_own() -> None:
    assert run(text="very good", language="ko")[0].language == "en"
    assert run(text="정말 좋다", language="en")[0].language == "ko"
    assert run(text="Very GOOD!!")[1].labels == ("very", "good")


def test_decomposed_hangul_is_the_same_word() -> None:
    import unicodedata

    text = "정말 좋다"
    made, trace = run(text=unicodedata.normalize("NFD", text))
    assert made.text == text
    assert np.all(np.asarray(trace["known"]) == 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1955년 10월 18일", "1955-10-18"),
        ("18 Oct 1955", "1955-10-18"),
        ("Oct 18, 1955", "1955-10-18"),
        ("1 Mar 2026", "2026-03-01"),
    ],
)
def test_dates_in_three_forms_come_out_in_one(text: str, said: str) -> None:
    _, trace = run(type="encoder-decoder", text=text)
    assert "".join(trace.names["said"]) == said
    assert trace.steps == len(text) + len(said) + 1
    assert np.isnan(trace["p"][: len(text)]).all()
    assert np.allclose(trace["p"][len(text) :].sum(1), 1)
    assert np.asarray(trace["h"]).shape == (trace.steps + 1, 64)


def test_the_caption_says_what_is_drawn() -> None:
    _, trace = run(type="vec-seq", shape="square", place="bottom-right", language="en", noise=0)
    assert " ".join(trace.names["said"]).strip() == "a square at the bottom right"
    drawn = "........ ........ ........ ........ ....#### ....#..# ....#..# ....####"
    by_hand = run(type="vec-seq", picture=drawn.replace(" ", "/"), language="en", noise=0)[1]
    assert by_hand.names["said"] == trace.names["said"]
    assert np.array_equal(by_hand["picture"], trace["picture"])


def test_noise_comes_from_the_seed() -> None:
    pictures = [run(type="vec-seq", seed=seed)[1]["picture"] for seed in (1, 1, 2)]
    assert np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_one_way_cannot_know_what_the_next_word_tells(lang: str) -> None:
    """Up to the word itself the one-way net reads the same in both sentences."""
    texts = {"ko": ("배가 아프다", "배가 달다"), "en": ("the bat flew", "the bat cracked")}[lang]
    at = {"ko": 1, "en": 2}[lang]
    runs = [run(type="bidirectional", text=text)[1] for text in texts]
    one_way = [r.at("p_forward", at) for r in runs]
    both = [int(r.at("p", at).argmax()) for r in runs]
    assert np.array_equal(one_way[0], one_way[1])
    assert both[0] != both[1]
    assert 0 not in both


@pytest.mark.parametrize("units", [2, 8])
def test_shapes_follow_the_merge(units: int) -> None:
    """Concatenated states, and V, are twice as wide; summed states keep their width."""
    sizes = {}
    for merge in ("concat", "sum"):
        made, trace = run(type="bidirectional", merge=merge, units=units)
        sizes[merge] = np.asarray(trace["V"]).shape[1]
        assert np.asarray(trace["h"]).shape[1] == units
        assert float(trace["parameters"]) == SIM.measures["parameters"](made, trace)
    assert sizes == {"concat": 2 * units, "sum": units}


def test_measures_of_tags_are_of_taggers_alone() -> None:
    made, trace = run(type="bidirectional")
    assert SIM.measures["one_way_next"](made, trace) <= 0.6
    assert SIM.measures["next_right"](made, trace) >= 0.9
    made, trace = run(type="seq-vec")
    assert np.isnan(SIM.measures["next_right"](made, trace))


def test_the_settings_make_themselves_again() -> None:
    """The values shown by the knobs give the same settings."""
    for kind in TYPES:
        made = SIM.make({"type": kind})
        values = {name: SIM.value(made, name) for name in knobs(made)}
        assert SIM.make({k: v for k, v in values.items() if v != ""}) == made


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(TYPES), text=any_text(max_size=60))
def test_any_text_is_read_or_refused(kind: str, text: str) -> None:
    try:
        made = SIM.make({"type": kind, "text": text})
    except SettingError as error:
        assert error.key in ("setting.no_words", "setting.too_long")
        return
    trace = SIM.trace(made)
    assert trace.steps >= 1
    assert np.isfinite(np.asarray(trace["h"])).all()


@pytest.mark.parametrize("merge", ["concat", "sum"])
def test_a_backward_state_has_read_what_comes_later(merge: str) -> None:
    """Another last word changes every backward state before it, and no forward state."""
    given_ = {"type": "bidirectional", "language": "en", "merge": merge}
    _, one = run(**given_, text="the nail rusted and the bat cracked")
    made, two = run(**given_, text="the nail rusted and the bat cracked", last="flew")
    _, other = run(**given_, text="the nail rusted and the bat flew")
    assert "later" in SIM.views(made)
    assert not two["diff"][:-1].any()
    assert two["diff"][-1] > 0.1
    assert (two["diff_back"] > 0).all()
    apart = np.linalg.norm(one["h_back"] - other["h_back"], axis=1)
    assert np.allclose(two["diff_back"], apart)
    assert np.array_equal(one["p"], two["p"])  # the first sentence is answered


def test_a_net_that_reads_forwards_has_not_read_what_comes_later() -> None:
    _, trace = run(type="seq-seq", language="en", text="we saw the bat", last="nail")
    assert not trace["diff"][:-1].any()
    assert "diff_back" not in trace


def test_another_last_word_is_one_word() -> None:
    with pytest.raises(SettingError) as error:
        run(type="bidirectional", last="two words")
    assert error.value.key == "setting.too_long"
