"""One-unit networks whose numbers fit on paper: what `trace` questions compute.

Every model is one function of named numbers, written as its equations stand in the lessons, and
returns a Trace. A number over time may be given as a list (`x = [1, 0]`: x_1 and x_2) or once
(the same at every step); T is the length of the lists, else `T`, else 1. In the trace a list is
an array over time (`x[1]` is x_1), a single number is fixed (`W`).

A slip is a mistake that people make: the same function run with the slip's name, which changes
one line of it. So a slip's value can be read at any path, as the right one can.

`noted` marks what somebody writes down who works by hand (see by_hand).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from rnntutor.nn.trace import Trace
from rnntutor.question_models import attention as scalar_attention
from rnntutor.question_models import backward as back
from rnntutor.question_models import cells, sizes
from rnntutor.question_models import from_loss as loss
from rnntutor.question_models import series as scalar_series
from rnntutor.question_models.base import Given, ScalarModel, Value, Values
from rnntutor.question_models.by_hand import sigmoid

__all__ = ["MODELS", "ScalarModel", "Value", "Values", "find", "sigmoid"]


# ---- short series (the sums are in series) ------------------------------------------

_LEAKY, _SINE = ("x", "a"), ("before", "last", "k")
_REPEAT, _WINDOWS = ("x1", "x2", "x3", "x4"), ("T", "w")


def _leaky_sum(values: Values, slip: str = "") -> Trace:
    given = Given(values, _LEAKY)
    found = scalar_series.leaky_sum(given.series("x")[1:], given.number("a"), slip)
    return given.trace("leaky_sum", *found)


def _sine_next(values: Values, slip: str = "") -> Trace:
    given = Given(values, _SINE)
    before, last, k = (given.number(name) for name in _SINE)
    found = scalar_series.sine_next(before, last, k, slip)
    return given.trace("sine_next", *found)


def _repeat_error(values: Values, slip: str = "") -> Trace:
    given = Given(values, _REPEAT)
    found = scalar_series.repeat_error([given.number(name) for name in _REPEAT], slip)
    return given.trace("repeat_error", *found)


def _window_count(values: Values, slip: str = "") -> Trace:
    given = Given(values, _WINDOWS)
    found = scalar_series.window_count(given.number("T"), given.number("w"), slip)
    return given.trace("window_count", *found)


# ---- attention (the sums are in attention) ------------------------------------------

_ATTEND, _PATH, _KEPT = ("score", "value", "other"), ("S", "s", "t"), ("H", "T")
_READ = ("h_a", "h_b", "q_a", "q_b")


def _attend(values: Values, slip: str = "") -> Trace:
    given = Given(values, _ATTEND)
    other = given.series("other")[1:] if "other" in given else []
    found = scalar_attention.attend(
        given.series("score")[1:], given.series("value")[1:], other, slip
    )
    return given.trace("attend", *found)


def _read_states(values: Values, slip: str = "") -> Trace:
    given = Given(values, _READ)
    states = list(zip(given.series("h_a")[1:], given.series("h_b")[1:], strict=True))
    query = given.number("q_a"), given.number("q_b")
    return given.trace("read_states", *scalar_attention.read_states(states, query, slip))


def _path_length(values: Values, slip: str = "") -> Trace:
    given = Given(values, _PATH)
    S, s, t = (given.number(name) for name in _PATH)
    return given.trace("path_length", *scalar_attention.path_length(S, s, t, slip))


def _kept(values: Values, slip: str = "") -> Trace:
    given = Given(values, _KEPT)
    found = scalar_attention.kept(given.number("H"), given.number("T"), slip)
    return given.trace("kept", *found)


def _model(
    name: str, run: Callable[..., Trace], inputs: tuple[str, ...], slips: str
) -> ScalarModel:
    wrong = {slip: partial(run, slip=slip) for slip in slips.split()}
    return ScalarModel(name, inputs, partial(run, slip=""), MappingProxyType(wrong))


_C_SLIPS = "forget_inverted forget_subtracted forget_all tied_gates input_ignored from_start"

MODELS: Mapping[str, ScalarModel] = MappingProxyType(
    {
        m.name: m
        for m in (
            _model("scalar_rnn", cells.rnn, cells.RNN, "no_tanh swap_W_U same_t no_slope no_U"),
            _model("scalar_memory", cells.memory, cells.MEMORY, _C_SLIPS),
            _model(
                "scalar_lstm",
                cells.lstm,
                cells.LSTM,
                f"no_output_tanh show_all sigmoid_candidate {_C_SLIPS}",
            ),
            _model(
                "scalar_gru", cells.gru, cells.GRU, "z_swapped reset_erases no_reset forget_only"
            ),
            _model("scalar_gate", cells.gate, cells.GATE, "no_sigmoid tanh_gate no_bias swap_W_U"),
            _model(
                "scalar_backward",
                back.backward,
                back.BACKWARD,
                "only_here only_next no_slope slope_here no_U",
            ),
            _model(
                "from_loss",
                loss.from_loss,
                loss.FROM_LOSS,
                "p_alone swapped one_class not_transposed no_slope no_U same_t last_only",
            ),
            _model(
                "repeated",
                back.repeated,
                back.REPEATED,
                "no_slope no_U added subtracted one_less",
            ),
            _model(
                "clipped",
                back.clipped,
                back.CLIPPED,
                "by_value to_zero sum_norm",
            ),
            _model(
                "parameters",
                sizes.parameters,
                sizes.PARAMETERS,
                "one_block no_bias per_step double_bias",
            ),
            _model(
                "both_ways",
                sizes.both_ways,
                sizes.BOTH_WAYS,
                "same_weights from_the_start alone",
            ),
            _model(
                "two_way_size",
                sizes.two_way_size,
                sizes.TWO_WAY_SIZE,
                "same_weights other_merge no_bias per_step",
            ),
            _model("leaky_sum", _leaky_sum, _LEAKY, "all_decayed"),
            _model("sine_next", _sine_next, _SINE, "straight_on added one_value swapped"),
            _model("repeat_error", _repeat_error, _REPEAT, "signed divided_by_T"),
            _model("window_count", _window_count, _WINDOWS, "no_answer apart one_less"),
            _model(
                "attend",
                _attend,
                _ATTEND,
                "no_softmax no_exp sum_over_outputs max_only mean",
            ),
            _model("read_states", _read_states, _READ, "first_entry no_exp max_only mean"),
            _model("path_length", _path_length, _PATH, "one_less source_only from_start"),
            _model("kept", _kept, _KEPT, "no_c with_c"),
        )
    }
)


def find(name: str) -> ScalarModel:
    """The model called `name`. Raises KeyError if there is none."""
    return MODELS[name]
