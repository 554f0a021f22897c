"""Statements of lessons and questions, tested with the simulations and nets they are about.

A statement that fails here must be removed from the course.
"""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor import sims
from rnntutor.course.load import open_course
from rnntutor.nn.arrays import Array
from rnntutor.nn.cells import reference
from rnntutor.nn.trace import Trace
from rnntutor.package_data import lessons_dir
from rnntutor.session.links import sim_links, spec_of
from rnntutor.session.stage import open_stage
from rnntutor.sims.be_the_cell.tape import PLAIN, A, Sign, encode
from rnntutor.sims.common import fit, snapshot
from rnntutor.sims.common.series import noisy, off
from rnntutor.sims.common.tasks import TASKS, Batch, squared_error
from rnntutor.words import LANGUAGES, load

COURSE = open_course(lessons_dir(), load("en"))
QUESTIONS = {
    lang: {q.id: q for entry in COURSE.entries for q in COURSE.lesson(entry.id, lang).questions}
    for lang in LANGUAGES
}

HANGUL = range(0xAC00, 0xD7A4)  # all syllables; every 28th is open


def run(use: str, **settings: object) -> Trace:
    simulation = sims.find(use)
    return simulation.trace(simulation.make(settings))


def test_a_gru_follows_the_depth_on_a_small_scale_and_cannot_hold_three() -> None:
    """Statement of gru.cannot-count."""
    brackets = [1, 1, 1, -1, 1, -1, -1, 1, -1, -1]
    small = (
        run("cell", cell="gru", units=1, x=brackets, W_n=0.1, U_n=1, clamp_z=0.5, clamp_r=1)
        .arrays["h"]
        .ravel()[1:]
    )
    assert np.abs(small / 0.05 - np.cumsum(brackets)).max() < 0.1
    large = run("cell", cell="gru", units=1, x=brackets, W_n=50, U_n=50, clamp_r=1).arrays["h"]
    assert np.abs(large).max() <= 1


def _on(corpus: str, unit: int, threshold: float) -> tuple[Array, Array]:
    """Return at which steps the unit is on, and the code points read there."""
    trace = run("text", corpus=corpus, prepared=800, unit=unit, threshold=threshold)
    return trace.arrays["h"][1:, unit] > threshold, trace.arrays["read"].astype(int)


def test_the_unit_with_a_rule_keeps_it_as_often_as_told() -> None:
    """Statement of lstm.one-unit: Korean, open syllables; English, letters."""
    on, read = _on("ko", 61, 0.7)
    open_ = np.array([code in HANGUL and (code - HANGUL.start) % 28 == 0 for code in read])
    assert (on[open_].sum(), open_.sum()) == (120, 124)
    assert (on[~open_].sum(), (~open_).sum()) == (30, 236)
    on, read = _on("en", 46, 0.5)
    letter = np.array([chr(code).isalpha() for code in read])
    assert (on[letter].sum(), letter.sum()) == (125, 264)
    assert (on[~letter].sum(), (~letter).sum()) == (4, 96)


@pytest.mark.parametrize(
    ("corpus", "clear", "starts"), [("ko", (10, "가"), (6, 11)), ("en", (8, "n"), (4, 9))]
)
def test_a_blank_is_clear_after_a_word_and_the_start_of_one_is_not(
    corpus: str, clear: tuple[int, str], starts: tuple[int, ...]
) -> None:
    """Statement of practice.language-model."""
    trace = run("text", corpus=corpus, prepared=200, temperature=1.0)
    read, most = trace.arrays["read"].astype(int), trace.arrays["p"].max(axis=1)
    t, last = clear
    assert chr(read[t - 1]) == last and chr(read[t]) == " " and most[t - 1] > 0.5
    assert trace.arrays["p"][t - 1].argmax() == int(trace.arrays["next"][t - 1])
    for t in starts:
        assert chr(read[t - 1]) == " " and most[t - 1] < 1 / 3


def test_of_the_values_of_the_knob_w_1_gives_the_largest_gradient() -> None:
    """Statement of lstm.vs-learning."""
    gradient = sims.find("gradient")
    left = {}
    for tenths in range(31):
        settings = gradient.make({"cell": "one unit", "h0": 0.9, "w": tenths / 10})
        left[tenths / 10] = gradient.measures["at_end"](settings, gradient.trace(settings))
    assert max(left, key=lambda w: left[w]) == 1


def _lstm(task: str, units: int, seed: int, batch, rate: float) -> fit.Fit:
    """Return an LSTM with an initial forget bias of 1, ready to train."""
    sizes = TASKS[task].inputs, units, TASKS[task].outputs
    model = fit.network("lstm", *sizes, seed=seed, keep=1.0)
    return fit.Fit(model, batch, TASKS[task].loss, seed=seed, rate=rate)


def _named(one: fit.Fit, steps: int) -> float:
    x, wanted = TASKS["recall"].make(np.random.default_rng(99), steps, 256)
    return float((one.model.forward(x).argmax(axis=0) == wanted).mean())


@pytest.mark.long
def test_short_lengths_teach_the_lstm_what_one_length_does_not() -> None:
    """Statement of lstm.at-birth and lstm.why-chance: b_f = 1, 32 units, seed 7, 1,000 updates."""
    recall = TASKS["recall"]
    fixed = _lstm("recall", 32, 7, lambda n: recall.make(n, 40, 32), 5e-3)
    mixed = _lstm("recall", 32, 7, lambda n: recall.make(n, int(n.integers(2, 21)), 32), 5e-3)
    for _ in range(1000):
        fixed.update()
        mixed.update()
    assert _named(fixed, 40) < 0.25
    assert _named(mixed, 40) > 0.95
    assert _named(mixed, 80) > 0.95


def _far(numbers: np.random.Generator, batch: int = 32) -> Batch:
    """Return the adding problem at T = 50 with both marks within the first ten steps."""
    x = np.zeros((50, 2, batch), np.float32)
    x[:, 0] = numbers.random((50, batch), np.float32)
    for start, end in ((0, 5), (5, 10)):
        x[numbers.integers(start, end, batch), 1, np.arange(batch)] = 1
    return x, (x[:, 0] * x[:, 1]).sum(axis=0, keepdims=True)


@pytest.mark.long
def test_without_near_numbers_the_lstm_does_not_learn_to_add() -> None:
    """Statement of lstm.at-birth: learning needs near numbers. 16 units, seed 7, rate 0.01."""
    usual = _lstm("adding", 16, 7, lambda n: TASKS["adding"].make(n, 50, 32), 1e-2)
    far = _lstm("adding", 16, 7, _far, 1e-2)
    for _ in range(1000):
        usual.update()
        far.update()
    assert usual.lately < 0.02
    assert far.lately > 0.15


def test_a_large_net_learns_stretches_of_a_walk_by_heart() -> None:
    """Statement of sequence.memorised: an RNN with 64 units, trained on 60 parts of a random walk.

    Errors are relative to those of repeating the last value.
    """
    walk = noisy("walk", np.random.default_rng(1), 70, 1, 0)[:, 0].astype(np.float32)
    cut = np.stack([walk[start : start + 11] for start in range(60)], axis=1)
    new = noisy("walk", np.random.default_rng(2), 11, 1000, 0).astype(np.float32)

    def batch(numbers: np.random.Generator) -> Batch:
        drawn = cut[:, numbers.integers(0, 60, 32)]
        return drawn[:-1, None], drawn[-1:]

    one = fit.Fit(fit.network("rnn", 1, 64, 1, seed=7), batch, squared_error, seed=7, rate=5e-3)
    for _ in range(1000):
        one.update()

    def share(stretches: Array) -> float:
        said = one.model.forward(stretches[:-1, None])[0]
        return off(said, stretches[-1]) / off(stretches[-2], stretches[-1])

    assert share(cut) < 0.3
    assert share(new) > 1.2


def test_at_the_first_step_only_the_gradient_of_u_is_0() -> None:
    """Statement of rnn.zero-start: h0 = 0, one step, x not 0."""
    gradients = run("bptt", units=1, T=1, h0=0, loss="last").arrays
    assert float(np.abs(gradients["dU_terms"]).max()) == 0
    for name in ("dW_terms", "db_terms"):
        assert float(np.abs(gradients[name]).max()) > 0


def test_at_the_first_step_the_forget_gate_alone_has_no_gradient() -> None:
    """Statement of gates.no-gradient: c0 = 0."""
    arrays = run("bptt", cell="lstm", units=2, T=3).arrays
    assert float(np.abs(arrays["da_f"][0]).max()) == 0
    for gate in "iog":
        assert float(np.abs(arrays[f"da_{gate}"][0]).min()) > 0
    assert float(np.abs(arrays["da_f"][1:]).min()) > 0


def test_of_halved_terms_the_three_nearest_make_that_share() -> None:
    """Statement of bptt.near-share."""
    terms = 0.5 ** np.arange(10)
    share = 100 * terms[:3].sum() / terms.sum()
    for lang in LANGUAGES:
        assert QUESTIONS[lang]["bptt.near-share"].body.middle == pytest.approx(share, abs=0.05)


def test_without_its_mark_a_digit_is_hardly_written() -> None:
    """Statement of lstm.other-tape: same weights and start of the tape, A4 as a plain 4."""
    simulation = sims.find("be-the-cell")
    signs = list(simulation.make({"task": "two", "seed": 7, "T": 12}).tape)
    assert signs[8] == Sign(A, 4)
    written = []
    for sign in (signs[8], Sign(PLAIN, 4)):
        weights = snapshot.parameters("be_the_cell", "lstm")
        start = np.zeros(len(weights["b_f"]))
        read = encode((*signs[:8], sign, *signs[9:]))
        written.append(float(reference.trace("lstm", weights, read, start, start)["i[9][0]"]))
    assert written == pytest.approx([0.94, 0.01], abs=0.005)


def test_the_bottleneck_loses_the_order_in_the_middle() -> None:
    """Statement of beyond.bottleneck: five digits from the eighth on are right, but in another
    order."""
    text = "3141592653589793"
    p = run("attention", text=text, attention="off").arrays["p"]
    right, out = text[::-1], "".join(str(code - 1) for code in p.argmax(axis=1)[len(text) : -1])
    assert right == "3979853562951413"
    assert (out[:7], out[12:]) == (right[:7], right[12:])
    assert out[7:12] != right[7:12]
    assert sorted(out[7:12]) == sorted(right[7:12])


# Questions with a key that is a number in the simulation linked from their explanation.
SHOWN = {
    "rnn.coupled": {"h[2][0]": 0.0, "h[2][1]": 0.642},
    "gates.forget-vector": {"c[1][0]": 0.54, "c[1][1]": -0.08},
    "gates.stored-not-shown": {"h[1][0]": 0.0, "h[2][0]": 0.653},
    "gates.retention-20": {"c[20][0]": 0.122},
    "gates.keep-and-write": {"c[1][0]": 1.17},
    "gates.share-of-what": {"c[1][0]": -0.05},
    "gates.conveyor": {"c[35][0]": 0.493},
    "gates.bias-at-birth": {"c[20][0]": 0.079},
    "lstm.fixed-share": {"c[10][0]": 0.001},
    "gru.memory-path": {"h[20][0]": 0.534},
    "gru.between": {"h[1][0]": 0.7},
    "gru.all-shown": {"h[1][0]": 0.7},
    "gru.keep-half": {"h[10][0]": 0.4},
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("question", SHOWN)
def test_the_stage_that_an_explanation_opens_shows_the_key(question: str, lang: str) -> None:
    stage = open_stage(spec_of(sim_links(QUESTIONS[lang][question].why)[0], lang), predicted=True)
    for path, value in SHOWN[question].items():
        assert float(stage.trace[path]) == pytest.approx(value, abs=0.0006), path
