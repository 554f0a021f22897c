"""The time on a page and the actions in its simulation are logged once, when the page is left."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from rnntutor.course.sim_spec import SimSpec
from rnntutor.session import advance, knobs, stay
from rnntutor.session import stage as stages
from rnntutor.session.stage import Stage
from rnntutor.session.stay import Stay

OWN = (("cell", "lstm"), ("units", 1), ("x", (1, 0, 1, 0)))
SPEC = SimSpec("cell", OWN, controls=("b_f", "clamp_f"))
START = Stay(("cell", "forget"), 100.0)


def stage() -> Stage:
    return stages.open_stage(SPEC)


def done(*states: Stage, since: Stay = START, pause: float = 1.0) -> Stay:
    """Return the stay after these states, `pause` seconds apart."""
    now, found = since.last, since
    for old, new in pairwise(states):
        now += pause
        found = stay.did(found, old, new, now)
    return found


def test_each_kind_of_operation_is_named_with_what_it_came_to() -> None:
    first = stage()
    stepped = advance.move(first, first.transport.step(1))
    turned = knobs.set_knob(stepped, "b_f", 2.0)
    clamped = knobs.set_knob(turned, "clamp_f", 1.0)
    freed = knobs.set_knob(clamped, "clamp_f", None)
    running = advance.move(clamped, clamped.transport.toggle())
    found = done(first, stepped, turned, clamped, running).did
    assert [dict(one) for one in found] == [
        {"do": "step", "to": 1, "times": 1, "second": 1.0},
        {"do": "knob", "name": "b_f", "to": 2.0, "times": 1, "second": 2.0},
        {"do": "clamp", "name": "clamp_f", "to": 1.0, "times": 1, "second": 3.0},
        {"do": "run", "times": 1, "second": 4.0},
    ]
    assert done(clamped, freed).did[0]["to"] is None, "free again"


def test_a_knob_turned_on_is_one_operation_and_another_one_its_own() -> None:
    states = [stage()]
    for _ in range(5):
        states.append(knobs.turn(states[-1], "b_f", 1))
    states.append(knobs.set_knob(states[-1], "clamp_f", 0.5))
    states.append(knobs.turn(states[-1], "b_f", -1))
    found = done(*states).did
    assert [(one["name"], one["times"]) for one in found] == [
        ("b_f", 5),
        ("clamp_f", 1),
        ("b_f", 1),
    ]
    assert found[0]["to"] == states[5].given["b_f"] and found[0]["second"] == 1.0


def test_what_the_clock_does_in_a_run_is_nobodys_doing() -> None:
    first = stage()
    running = advance.move(first, first.transport.toggle())
    ticked = advance.move(running, running.transport.tick())
    assert [one["do"] for one in done(first, running, ticked).did] == ["run"]
    assert done(first, first).did == ()


def test_the_time_is_that_of_somebody_who_is_there() -> None:
    _, data = stay.stay_entry(stay.add_activity(START, 130.0), 145.5)
    assert data == {"lesson": "cell", "page": "forget", "seconds": 45.5, "did": []}
    _, away = stay.stay_entry(START, 100.0 + 8 * 3600)
    assert away["seconds"] == stay.IDLE
    _, back = stay.stay_entry(START, 50.0)
    assert back["seconds"] == 0.0, "a clock that was set back"


def test_many_operations_are_told_in_parts() -> None:
    states = [stage()]
    for n in range(1, stay.MOST + 1):
        knob, value = (("b_f", n / 100), ("clamp_f", n / 200))[n % 2]
        states.append(knobs.set_knob(states[-1], knob, value))
    assert not done(*states[:-1]).full
    assert done(*states).full


def test_a_page_is_told_of_once_and_much_in_parts() -> None:
    told: list[tuple[str, Mapping[str, object]]] = []
    watch = stay.Watch(told.append)
    watch.begin(None)
    watch.did(stage(), advance.move(stage(), stage().transport.step(1)))
    watch.end()
    assert not told
    watch.begin(("cell", "forget"))
    watch.begin(("cell", "another"))
    one = stage()
    for n in range(stay.MOST + 1):
        name = ("b_f", "clamp_f")[n % 2]
        other = knobs.set_knob(one, name, 0.5 + n / 1000)
        watch.did(one, other)
        one = other
    watch.end()
    watch.end()
    assert [(data["page"], len(data["did"])) for _, data in told] == [
        ("forget", stay.MOST),
        ("forget", 1),
    ]
