"""The tape with questions, the slots filled by hand, and the LSTM trained on it."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.cells import reference
from rnntutor.session import opening
from rnntutor.sims import find
from rnntutor.sims.base import SettingError
from rnntutor.sims.be_the_cell import tape as _tape
from rnntutor.sims.be_the_cell.tape import ACTIONS, KEEP, WRITE_1, WRITE_2, Sign
from rnntutor.sims.common import snapshot
from tests.sampling import sampled

SIMULATION = find("be-the-cell")
A5, A3, B7, PLAIN = Sign(_tape.A, 5), Sign(_tape.A, 3), Sign(_tape.B, 7), Sign(_tape.PLAIN, 7)


def played(how: str, **given: object) -> float:
    """Return the score of a way to play.

    Args:
        how: "rule": the slot of a mark for its digits; "last": every digit into the slot written
            longer ago; "last marked": the same with marked digits only.
        given: settings of the simulation.
    """
    made = SIMULATION.make(given)
    actions: dict[str, object] = {}
    for t, sign in enumerate(made.tape, 1):
        if sign.asks or (how != "last" and not sign.mark):
            continue
        turn = sign.mark - 1 if how == "rule" else len(actions) % 2
        actions[f"action@{t}"] = (WRITE_1, WRITE_2)[turn]
    settings = SIMULATION.make({**given, **actions})
    return SIMULATION.measures["score"](settings, SIMULATION.trace(settings))


def test_a_slot_keeps_until_it_is_overwritten() -> None:
    slots: _tape.MemorySlots = (None, None)
    for t, (sign, action) in enumerate(
        [(A5, WRITE_1), (B7, WRITE_2), (PLAIN, KEEP), (A3, WRITE_1)], 1
    ):
        slots = _tape.act(slots, sign, t, action)
    assert [slot and slot[0] for slot in slots] == [A3, B7]
    assert (_tape.answer(slots, _tape.A), _tape.answer(slots, _tape.B)) == (3, 7)


def test_a_slot_answers_by_its_mark_and_the_later_of_two() -> None:
    """Unmarked digits answer nothing; of two digits with a mark, the one written last counts."""
    assert _tape.answer(((PLAIN, 1), None), _tape.A) == -1
    assert _tape.answer(((A3, 2), (A5, 1)), _tape.A) == 3
    assert _tape.act(((A3, 1), None), Sign(_tape.A), 2, WRITE_1) == ((A3, 1), None)


@pytest.mark.parametrize("marks", [1, 2])
@pytest.mark.parametrize("steps", [8, 16, 40])
@pytest.mark.parametrize("tapes", sampled([10, 40], lambda tapes: tapes == 10))
def test_every_question_has_an_answer_that_was_given(steps: int, marks: int, tapes: int) -> None:
    for seed in range(tapes):
        tape = _tape.draw_tape(seed, steps, marks)
        assert len(tape) == steps and tape[-1].asks
        for t, (sign, answer) in enumerate(zip(tape, _tape.truth(tape), strict=True)):
            assert (answer >= 0) == sign.asks
            before = [s for s in tape[:t] if s.mark == sign.mark and not s.asks]
            assert not sign.asks or before[-1].digit == answer
            assert sign.mark <= marks


@pytest.mark.parametrize("task", ["two", "one"])
@pytest.mark.parametrize("tapes", sampled([20, 60], lambda tapes: tapes == 20))
def test_the_rule_wins_and_keeping_what_is_recent_does_not(task: str, tapes: int) -> None:
    """Selection matters: keeping the latest digits is not enough on any tape."""
    seeds = range(tapes)
    rule = [played("rule", task=task, seed=seed) for seed in seeds]
    last = [played("last", task=task, seed=seed) for seed in seeds]
    assert min(rule) == 1
    assert np.mean(last) < 0.5 and max(last) < 1
    if task == "two":
        assert max(played("last marked", seed=seed) for seed in seeds) < 1


def test_one_slot_is_too_few_for_two_marks() -> None:
    """Writing to a slot that does not exist has no effect."""
    scores = [played("rule", slots=1, seed=seed) for seed in range(20)]
    assert np.mean(scores) < 0.8


def test_the_trained_lstm_answers_tapes_it_never_saw() -> None:
    """At least 9 of 10 questions are right, with one or two marks, up to twice the trained
    length."""
    weights = snapshot.parameters("be_the_cell", "lstm")
    start = np.zeros(len(weights["b_f"]))
    numbers = np.random.default_rng(12345)
    for steps in (8, 16, 40):
        right: list[bool] = []
        for n in range(60):
            tape = _tape.random_tape(numbers, steps, 1 + n % 2)
            said = np.asarray(
                reference.trace("lstm", weights, _tape.encode(tape), start, start)["y"]
            ).argmax(1)
            truth = _tape.truth(tape)
            right += [s == t for s, t in zip(said.tolist(), truth, strict=True) if t >= 0]
        assert np.mean(right) >= 0.9


def test_the_first_units_do_what_their_caption_says() -> None:
    """Unit 0 opens i and closes f at A only, unit 1 at B only."""
    for unit, mark in enumerate((_tape.A, _tape.B)):
        here: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
        for seed in range(20):
            settings = SIMULATION.make({"seed": seed})
            trace = SIMULATION.trace(settings)
            for t, sign in enumerate(settings.tape, 1):
                gates = float(trace.at("i", t)[unit]), float(trace.at("f", t)[unit])
                here[sign.mark == mark and not sign.asks].append(gates)
        i, f = np.mean(here[True], axis=0)
        others = np.mean(here[False], axis=0)
        assert i > 0.8 and f < 0.3
        assert others[0] < 0.2 and others[1] > 0.9


def test_an_action_is_turned_at_the_cursors_step() -> None:
    settings = SIMULATION.make({"action@3": "write2"})
    assert SIMULATION.knob(settings, "action@t").choices == ACTIONS
    assert SIMULATION.value(settings, "action@3") == "write2"
    assert SIMULATION.value(settings, "action@4") == "keep"
    one = SIMULATION.make({"slots": 1, "action@3": "write2"})
    assert SIMULATION.knob(one, "action@t").choices == ACTIONS[:2]
    assert SIMULATION.value(one, "action@3") == "keep"


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"action@3": "show"}, "setting.choice"),
        ({"action@99": "keep"}, "setting.range"),
        ({"action": "keep"}, "setting.unknown"),
        ({"T": 4}, "setting.range"),
        ({"slots": 3}, "setting.range"),
        ({"units": 3}, "setting.unknown"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, object], key: str) -> None:
    with pytest.raises(SettingError) as caught:
        SIMULATION.make(given)
    assert caught.value.key == key


def test_the_same_settings_give_the_same_run() -> None:
    one, other = (SIMULATION.trace(SIMULATION.make({"seed": 3})) for _ in range(2))
    assert one.labels == other.labels
    assert all(np.array_equal(one.arrays[n], other.arrays[n]) for n in one.arrays)


def test_every_phase_shows_the_functions_that_run() -> None:
    settings = SIMULATION.make({})
    for phase in SIMULATION.phases(settings):
        assert all(callable(f) for f in SIMULATION.source(settings, phase))


def test_what_is_done_at_the_cursor_is_in_reach_first() -> None:
    """Opened by name alone, the game can be played."""
    assert opening.spec("be-the-cell", ()).controls[0] == "action@t"
