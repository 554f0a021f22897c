"""Teacher forcing on and off: the input in training, and the results in use."""

from __future__ import annotations

import numpy as np
import pytest

from rnntutor.nn.training import Update
from rnntutor.sims import find
from rnntutor.sims.forcing import START, decode_both_ways, network, numbers, previous

FORCING = find("forcing")


def after(count: int, **given: object) -> Update:
    """Return the report after that many updates."""
    updates = FORCING.updates(FORCING.make(given))
    assert updates is not None
    return next(report for report in updates if report.step >= count)


def test_what_is_read_is_what_was_told_one_step_later() -> None:
    symbols = np.array([[3, 4], [1, 5], [2, 6]])
    assert previous(symbols).tolist() == [[START, START], [3, 4], [1, 5]]


def test_on_its_own_it_reads_what_it_wrote() -> None:
    """With its own digits as the given ones it writes the same digits."""
    net = network(FORCING.make({}))
    source, target = numbers(np.random.default_rng(0), 5, 20)
    given, own = decode_both_ways(net, source, target)
    again = net.forward(source, previous(own)).argmax(axis=1)
    assert (again == own).all()
    assert (given[0] == own[0]).all()  # before the first digit both read the start symbol
    assert (given != own).any()


def test_with_teacher_forcing_it_learns_faster_and_is_worse_on_its_own_than_it_seems() -> None:
    on, off = (after(100, forced=forced).metrics for forced in ("on", "off"))
    assert on["given"] > off["given"] + 0.1
    assert on["given"] - on["own"] > 0.1
    assert off["given"] - off["own"] < 0.08


@pytest.mark.parametrize("forced", ["on", "off"])
def test_the_shares_are_those_of_the_numbers(forced: str) -> None:
    trace = FORCING.trace(FORCING.make({"forced": forced}))
    for name in ("given", "own", "whole"):
        assert FORCING.measures[name](None, trace) == float(trace[name])
    assert float(trace["whole"]) <= float(trace["own"])
