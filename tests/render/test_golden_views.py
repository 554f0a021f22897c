"""Golden files of one picture of each view, with its colours, in both languages, for review.

Their format is described in tests/roles_text.py. `GOLDEN=write pytest tests/render` writes them.
Properties at every size and cursor are tested in other modules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from roles_text import readable
from trainings import RUNS, text_history

from rnntutor.nn.trace import Trace
from rnntutor.nn.training import History
from rnntutor.render.views.caption import caption
from rnntutor.render.views.registry import heading, view, view_names
from rnntutor.render.views.view_context import NOTHING, Cursor, ViewContext
from rnntutor.sims import find
from rnntutor.words import LANGUAGES, load

TEXT = {"ko": "이 영화는 전혀 지루하지 않다", "en": "this film is not boring at all"}
RNN: dict[str, object] = {"cell": "rnn", "scale": 2, "first": "!", "outputs": 3, "target": 1}
LSTM: dict[str, object] = {"cell": "lstm", "scale": 2, "clamp_i@4": 0}
GRU: dict[str, object] = {"cell": "gru", "scale": 2, "units": 3}
BPTT: dict[str, object] = {"loss": [2, 4]}
PAIR: dict[str, object] = {"clip": 0.3}
TAPE: dict[str, object] = {
    "action@1": "write1",
    "action@3": "write2",
    "action@5": "write2",
    "action@7": "write1",
}
# (spec, simulation, settings, step); the cursor is at the end of this step.
Case = tuple[str, str, dict[str, object], int]
OF_RUNS: list[Case] = [
    ("strip:h", "cell", RNN, 4),
    ("strip", "cell", LSTM, 4),
    ("gate:f", "cell", LSTM, 4),
    ("gate:n", "cell", GRU, 4),
    ("memory", "cell", LSTM, 4),
    ("state", "cell", GRU, 4),
    ("output", "cell", LSTM, 4),
    ("circuit", "cell", LSTM, 4),
    ("table", "cell", LSTM, 4),
    ("vector", "cell", RNN, 4),
    ("weights", "cell", {"cell": "gru", "biases": 2}, 4),
    ("softmax", "cell", RNN, 4),
    ("difference", "cell", RNN, 4),
    ("arrows", "bptt", BPTT, 2),
    ("sum:U", "bptt", BPTT, 2),
    ("strip:dh", "bptt", BPTT, 2),
    ("worked", "bptt", {"units": 1, "T": 3}, 2),
    ("layers", "layers", {"drop": "recurrent", "seed": 14}, 6),
    ("flow", "gradient", PAIR, 50),
    ("tape", "gradient", PAIR, 50),
    ("kept", "gradient", {"cell": "one unit"}, 60),
    ("factors", "gradient", {"cell": "lstm", "beside": "gru", "forget_bias": 3}, 25),
    ("direction", "gradient", {"beside": "none", "radius": 2.2, "clip": 1, "T": 100}, 100),
    ("squash", "gate", {"U": -0.5, "b": 1.2}, 1),
    ("switchboard", "types", {"type": "encoder-decoder"}, 2),
    ("toy", "types", {"type": "seq-seq"}, 2),
    ("later", "types", {"type": "bidirectional", "last": "bat"}, 4),
    ("compare", "order", {}, 2),
    ("bag", "order", {}, 2),
    ("weights", "attention", {"language": "ko"}, 18),
    ("accuracy", "attention", {}, 2),
    ("path", "attention", {"language": "ko"}, 2),
    ("tape", "be-the-cell", TAPE, 7),
    ("lstm", "be-the-cell", TAPE, 7),
    ("samples", "text", {}, 0),
    ("colour", "text", {"prepared": 800, "unit": 61}, 40),
    ("probs", "text", {"prepared": 800, "temperature": 1.2}, 40),
    ("rows:h", "batch", {"trained": 50}, 7),
    ("rows:loss", "batch", {"trained": 50, "mask": "on"}, 8),
    ("layout", "batch", {"trained": 0, "layout": "TBD"}, 3),
    ("windows", "batch", {"trained": 50}, 8),
]
OF_TRAININGS = [
    ("curves", "race"),
    ("table", "race"),
    ("probe:lstm", "race"),
    ("forecast", "forecast"),
    ("free", "forecast"),
    ("written", "forcing"),
    ("recall", "memory"),
    ("readout", "memory"),
]
LANGUAGE_SETTING = {"types": "language", "order": "language", "text": "corpus"}


@cache
def drawn(case: int, lang: str) -> str:
    """Return a view on an ordinary stage, with its heading and caption."""
    spec, name, given, t = OF_RUNS[case]
    simulation = find(name)
    own: dict[str, object] = {"text": TEXT[lang]} if name == "cell" else {}
    if name in LANGUAGE_SETTING:
        own[LANGUAGE_SETTING[name]] = lang
    made = simulation.make({**own, **given})
    trace, phases = simulation.trace(made), simulation.phases(made)
    return picture(spec, trace, phases, Cursor(t, len(phases) if t else 0), lang, NOTHING)


def picture(
    spec: str, trace: Trace, phases: tuple[str, ...], at: Cursor, lang: str, history: History
) -> str:
    words = load(lang)
    context = ViewContext(words, at, phases, history=history)
    rows = (*view(spec, trace, context), *caption(trace, context, spec))
    return f"═══ {lang}: {heading(spec, words, trace)}\n{readable(rows)}"


def in_both(draw: Callable[[str], str]) -> str:
    """Return the picture in each language, after comparing their numbers."""
    return "".join(draw(lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    "case", range(len(OF_RUNS)), ids=lambda n: f"{OF_RUNS[n][1]}.{OF_RUNS[n][0]}"
)
def test_a_view_of_a_run(case: int, golden) -> None:
    spec, name, *_ = OF_RUNS[case]
    golden(f"{name}.{spec.replace(':', '-')}.txt", in_both(lambda lang: drawn(case, lang)))


@pytest.mark.parametrize(("spec", "name"), OF_TRAININGS)
def test_a_view_of_a_training(spec: str, name: str, golden) -> None:
    trace, history = RUNS[name][0](), RUNS[name][1]()
    phases = ("gates", "candidate", "state")
    at = Cursor(trace.steps, len(phases))
    golden(
        f"{name}.{spec.replace(':', '-')}.txt",
        in_both(lambda lang: picture(spec, trace, phases, at, lang, history)),
    )


def test_the_bits_of_a_text(golden) -> None:
    def draw(lang: str) -> str:
        simulation = find("text")
        made = simulation.make({"corpus": lang})
        trace = simulation.trace(made)
        return picture("curve", trace, simulation.phases(made), Cursor(0, 0), lang, text_history())

    golden("text.curve.txt", in_both(draw))


def test_every_picture_is_of_a_view_that_is_there() -> None:
    """A new view needs no golden file; its numbers are tested in test_read_off.py."""
    assert {spec.partition(":")[0] for spec, *_ in (*OF_RUNS, *OF_TRAININGS)} <= view_names()


NUMBER = re.compile(r"[+−]?\d+\.\d+")


@pytest.mark.parametrize(
    "case", [n for n, c in enumerate(OF_RUNS) if c[1] in ("bptt", "gradient", "gate")]
)
def test_both_languages_draw_the_same_numbers(case: int) -> None:
    """This holds for runs without words of a language."""
    ko, en = (sorted(NUMBER.findall(drawn(case, lang))) for lang in LANGUAGES)
    assert ko == en
