"""The transport moves by phase and by step, both ways, and never leaves the run."""

from hypothesis import given
from hypothesis import strategies as st

from rnntutor.render.views.view_context import Cursor
from rnntutor.session.transport import Transport

RUNS = st.builds(Transport, steps=st.integers(1, 20), phases=st.integers(1, 5))


def test_the_moment_counts_steps_and_phases_from_one() -> None:
    run = Transport(steps=3, phases=4)
    assert run.cursor == Cursor(0, 0)
    assert run.to(1).cursor == Cursor(1, 1)
    assert run.to(4).cursor == Cursor(1, 4)
    assert run.to(5).cursor == Cursor(2, 1)
    assert run.end().cursor == Cursor(3, 4)


@given(RUNS, st.integers(0, 100))
def test_a_phase_on_and_back_is_the_same_position(run: Transport, position: int) -> None:
    here = run.to(position)
    if here.position < here.last:
        assert here.phase(1).phase(-1) == here


@given(RUNS, st.integers(0, 100))
def test_a_time_step_ends_where_a_step_is_complete(run: Transport, position: int) -> None:
    on, back = run.to(position).step(1), run.to(position).step(-1)
    assert on.position % run.phases == 0 and back.position % run.phases == 0
    assert back.position <= run.to(position).position <= on.position


def test_a_time_step_back_is_to_the_nearest_end_of_one() -> None:
    run = Transport(steps=5, phases=3)
    assert [run.to(position).step(-1).position for position in (0, 1, 3, 4, 6, 7, 15)] == [
        *(0, 0, 0, 3, 3, 6, 12),
    ]
    assert [run.to(position).step(1).position for position in (0, 1, 3, 14, 15)] == [
        3,
        3,
        6,
        15,
        15,
    ]


@given(RUNS, st.lists(st.sampled_from(["phase", "back", "step", "tick", "toggle", "end"])))
def test_no_move_leaves_the_run(run: Transport, moves: list[str]) -> None:
    actions = {
        "phase": lambda r: r.phase(1),
        "back": lambda r: r.phase(-1),
        "step": lambda r: r.step(1),
        "tick": lambda r: r.tick(),
        "toggle": lambda r: r.toggle(),
        "end": lambda r: r.end(),
    }
    for move in moves:
        run = actions[move](run)
        assert 0 <= run.position <= run.last
        assert not (run.running and run.position == run.last)


def test_a_run_goes_to_its_end_and_then_starts_again() -> None:
    run = Transport(steps=2, phases=2).toggle()
    for _ in range(4):
        run = run.tick()
    assert run.position == run.last and not run.running
    assert run.toggle().position == 0


@given(RUNS, st.integers(0, 100), st.integers(1, 5))
def test_a_complete_step_stays_complete_when_the_phases_change(
    run: Transport, position: int, phases: int
) -> None:
    here = run.to(position)
    there = here.rescale(run.steps, phases)
    assert 0 <= there.position <= run.steps * phases
    if here.position % here.phases == 0:
        assert there.position == here.position // here.phases * phases
