"""The character model: its text, training, samples and prepared nets."""

from __future__ import annotations

import unicodedata
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from rnntutor.assets import languages
from rnntutor.nn.trace import Trace
from rnntutor.nn.training import Update
from rnntutor.sims import find
from rnntutor.sims.base import SettingError
from rnntutor.sims.text import corpus as _text
from rnntutor.sims.text import model
from rnntutor.sims.text import prepared as _text_prepared
from rnntutor.spans import Span

SIMULATION = find("text")
JAMO = [*map(chr, [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)])]
WORDS = "the same small words come again and again until they are known by heart\n"


def made(**given_: object) -> Any:
    return SIMULATION.make(given_)


def seen(**given_: object) -> Trace:
    return SIMULATION.trace(made(**given_))


def reports(count: int, **given_: object) -> list[Update]:
    """Return the first reports, each with its probe run."""
    assert SIMULATION.updates is not None
    settings = made(**given_)
    return [update.probe_with(settings) for update in islice(SIMULATION.updates(settings), count)]


def written(update: Update) -> list[str]:
    """Return the lines that the net of this report writes."""
    assert update.trace is not None
    rows = np.asarray(update.trace["sample_lines"])[-1]
    return ["".join(chr(int(c)) for c in row if c) for row in rows]


# ---- the text --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", languages("text"))
def test_the_texts_are_clean_and_come_back_from_their_symbols(name: str) -> None:
    text = _text.builtin_text(name)
    corpus = _text.corpus(text)
    assert _text.clean(text) == text
    assert corpus.as_text(corpus.train) + corpus.as_text(corpus.held) == text
    assert corpus.alphabet[0] == "\n"
    assert 0.08 < len(corpus.held) / (len(corpus.train) + len(corpus.held)) < 0.24


@given(st.text(alphabet=st.sampled_from([*JAMO, " ", "\n", "a"])))
def test_no_order_of_jamo_spoils_a_line(symbols: str) -> None:
    """Jamo are joined to syllables where possible; others become letters with cells of their
    own."""
    for character in _text.join_syllables(symbols):
        assert not 0x1100 <= ord(character) <= 0x11FF
        assert character == "\n" or Span(character).width == 1 + (ord(character) > 0x3000)


@given(any_text())
def test_any_text_is_cleaned_to_characters_with_cells(text: str) -> None:
    for character in _text.clean(text):
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Mn", "Cf")
    corpus = _text.clean(text)
    assert _text.join_syllables(_text.split(corpus)) == corpus
    assert _text.clean(corpus) == corpus


def test_a_text_of_many_symbols_keeps_the_most_frequent() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 400))) + "\n" + "가나다\n" * 40
    corpus = _text.corpus(_text.clean(text))
    assert len(corpus.alphabet) == _text.MOST_SYMBOLS
    assert _text.OTHER in corpus.alphabet and "가나다" in corpus.text


def test_ones_own_text(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_text(WORDS * 3, encoding="utf-8")
    settings = made(file=str(file), cell="gru", units=8)
    trace = SIMULATION.trace(settings)
    assert settings.read.text.startswith("the same small words")
    assert trace.labels[:3] == ("t", "h", "e")


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (None, "setting.file"),
        (b"too short", "setting.file_short"),
        (b"\xff\xfe" * 100, "setting.file_utf8"),
        (b"a" * 200_001, "setting.file_size"),
    ],
)
def test_a_file_that_is_no_such_text_is_refused(
    tmp_path: Path, raw: bytes | None, key: str
) -> None:
    file = tmp_path / "own.txt"
    if raw is not None:
        file.write_bytes(raw)
    with pytest.raises(SettingError) as caught:
        made(file=str(file))
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("given_", "key"),
    [
        ({"prepared": 60}, "setting.choice"),
        ({"prepared": 200, "units": 32}, "setting.prepared"),
        ({"prepared": 200, "seed": 1}, "setting.prepared"),
        ({"units": 8, "unit": 8}, "setting.range"),
        ({"temperature": 0}, "setting.range"),
        ({"corpus": "fr"}, "setting.choice"),
        ({"file": 3}, "setting.file"),
    ],
)
def test_what_cannot_be_is_refused(given_: dict[str, object], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        made(**given_)
    assert caught.value.key == key


# ---- temperature -----------------------------------------------------------------------------


def test_the_temperature_changes_no_rank_and_not_the_likeliest_line() -> None:
    cold, hot = (seen(prepared=200, temperature=t) for t in (0.3, 1.8))
    assert np.array_equal(cold["y"], hot["y"])
    for trace in (cold, hot):
        p, drawn = np.asarray(trace["p"]), np.asarray(trace["p_drawn"])
        assert np.allclose(drawn.sum(axis=1), 1)
        for one, other in zip(p, drawn, strict=True):
            order = np.argsort(-one, kind="stable")
            assert (np.diff(other[order]) <= 1e-12).all()
    lines = [np.asarray(trace["sample_lines"])[-1] for trace in (cold, hot)]
    size = min(lines[0].shape[1], lines[1].shape[1])
    assert np.array_equal(lines[0][0, :size], lines[1][0, :size])
    assert not np.array_equal(lines[0][1, :size], lines[1][1, :size])


def test_a_low_temperature_writes_the_likeliest_line_and_a_high_one_noise() -> None:
    corpus = _text.corpus(_text.builtin_text("ko"))
    net = _text_prepared.net("ko", 800)
    cold = model.lines(net, 0.01, np.random.default_rng(0))
    hot = model.lines(net, 100.0, np.random.default_rng(0))
    assert np.array_equal(cold[0], cold[1])
    assert len(set(hot[1].tolist())) > len(corpus.alphabet) // 2


# ---- training --------------------------------------------------------------------------------


def test_a_hundred_updates_are_seen_to_help() -> None:
    """Bits fall on both parts, reports are in order, and samples are kept."""
    found = reports(5, corpus="en")
    assert [u.step for u in found] == [0, 25, 50, 75, 100]
    first, last = found[0].metrics, found[-1].metrics
    assert last["bits"] < first["bits"] - 1 and last["held_out"] < first["held_out"] - 0.4
    assert all(u.loss == u.metrics["bits"] for u in found), "one loss, not two"
    assert all(len(set(written(u))) == 4 for u in found[1:])
    trace = found[-1].trace
    assert trace is not None
    assert np.asarray(trace["sample_at"]).tolist() == [0, 50, 100]
    assert np.asarray(trace["sample_lines"]).shape[:2] == (3, 4)


def test_the_same_seed_trains_the_same_net() -> None:
    one, other = (reports(3, corpus="ko", cell="rnn", units=16) for _ in range(2))
    assert [u.loss for u in one] == [u.loss for u in other]
    assert written(one[-1]) == written(other[-1])
    elsewhere = reports(3, corpus="ko", cell="rnn", units=16, seed=8)
    assert written(one[-1]) != written(elsewhere[-1])


def test_training_goes_on_from_a_prepared_net() -> None:
    found = reports(2, prepared=200)
    assert [u.step for u in found] == [200, 225]
    assert found[1].metrics["bits"] < found[0].metrics["bits"]
    trace = found[1].trace
    assert trace is not None
    assert np.asarray(trace["sample_at"]).tolist() == [0, 50, 200, 225]


def test_early_stopping_goes_back_to_the_weights_with_the_lowest_held_out_bits() -> None:
    """The probe run and the samples are those of the best weights; training itself is unchanged.

    This holds also if the minimum is between two of the fixed report times.
    """
    stopped = made(corpus="en", prepared=200, early_stopping="on")
    assert SIMULATION.updates is not None
    found = list(islice(SIMULATION.updates(stopped), 3))
    plain = reports(3, corpus="en", prepared=200)
    assert [u.metrics for u in found] == [u.metrics for u in plain]
    best = min(plain, key=lambda u: u.metrics["held_out"])
    last = found[-1].probe_with(stopped).trace
    assert best.step < plain[-1].step
    assert last is not None and best.trace is not None
    assert float(last["used"]) == best.step
    assert float(last["held_out"]) == best.metrics["held_out"]
    assert np.array_equal(last["h"], best.trace["h"])
    index = np.asarray(last["sample_at"]).tolist().index(best.step)
    there = np.asarray(last["sample_lines"])[index]
    assert ["".join(chr(int(c)) for c in row if c) for row in there] == written(best)


def test_a_loss_that_is_no_number_ends_the_training(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model.TextTrainer, "update", lambda self: float("nan"))
    found = reports(9)
    assert [u.step for u in found] == [0, 25]
    assert np.isnan(found[1].loss) and found[1].trace is None


@pytest.mark.parametrize("name", languages("text"))
def test_the_prepared_nets_climb_the_stairs(name: str) -> None:
    """Samples improve from noise to letters, words and lines, but the held-out bits finally rise.

    So the text is memorised.
    """
    traces = [seen(corpus=name, prepared=n) for n in (0, *_text_prepared.PREPARED)]
    bits = [float(t["bits"]) for t in traces]
    held = [float(t["held_out"]) for t in traces]
    assert bits[0] > 4.5
    assert 3.5 < bits[1] < 5 and 1.6 < bits[2] < 3 and bits[3] < 0.6
    assert min(held) == held[2] and held[3] > held[2] + 0.8
    assert np.asarray(traces[3]["sample_at"]).tolist() == [0, 50, 200, 800]
    words = [float(trace["words"]) for trace in (traces[0], traces[-1])]
    assert words[0] < 0.1 and words[1] > 0.5


def test_a_unit_of_the_korean_net_knows_open_syllables() -> None:
    """Unit 61 after 800 updates is on after most open syllables, and off after most closed ones."""
    trace = seen(corpus="ko", prepared=800, unit=61)
    letter_of = np.asarray(trace["letter"])
    on = np.asarray(trace["h"])[1:, 61] > 0.5
    ends = np.flatnonzero(np.append(np.diff(letter_of) > 0, True))
    open_, closed = [], []
    for t in ends:
        letter = int(np.asarray(trace["letters"])[int(letter_of[t])])
        if 0xAC00 <= letter <= 0xD7A3:
            (closed if (letter - 0xAC00) % 28 else open_).append(bool(on[t]))
    assert np.mean(open_) > 0.9 and np.mean(closed) < 0.55


def test_a_prepared_file_is_small() -> None:
    files = [Path(f"assets/weights/text_{name}.npz") for name in languages("text")]
    root = Path(__file__).parents[2]
    assert sum((root / file).stat().st_size for file in files) <= 300_000


# ---- long tests ------------------------------------------------------------------------------

# Updates -> bits per symbol: the experiments' seconds converted to updates, with a margin for
# another text of the same size.
STAIRS = {
    "ko": {100: (3.0, 4.5), 200: (1.8, 3.2), 375: (1.0, 2.2), 750: (0.2, 1.0), 1500: (0.0, 0.4)},
    "en": {125: (2.4, 3.4), 250: (1.2, 2.4), 525: (0.2, 1.1), 1050: (0.0, 0.4), 2100: (0.0, 0.3)},
}


@pytest.mark.long
@pytest.mark.parametrize("name", languages("text"))
def test_the_stairs_at_their_updates(name: str) -> None:
    """At least 4 of 5 seeds are within the ranges."""
    corpus = _text.corpus(_text.builtin_text(name))
    inside = 0
    for seed in range(5):
        net = model.network(corpus, "lstm", 64, seed)
        reader = model.TextTrainer(net, corpus, seed)
        step, good = 0, True
        for wanted, (low, high) in STAIRS[name].items():
            while step < wanted:
                reader.update()
                step += 1
            good = good and low <= model.bits(net, corpus.train) <= high
        inside += good
    assert inside >= 4


@pytest.mark.long
@pytest.mark.parametrize("name", languages("text"))
def test_a_prepared_net_is_what_the_training_here_reaches(name: str) -> None:
    found = [u for u in reports(33, corpus=name) if u.step in _text_prepared.PREPARED]
    for update in found:
        prepared = float(seen(corpus=name, prepared=update.step)["bits"])
        assert abs(prepared - update.metrics["bits"]) < 0.15
