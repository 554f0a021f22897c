"""Folding events into progress, which depends only on the events."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import strategies as st
from sampling import given_some
from strategies import any_text

from rnntutor.study import cache
from rnntutor.study.events import Event, read
from rnntutor.study.progress import EMPTY, RECENT, Progress, fold


def event(n: int, kind: str, session: str = "s", **data: object) -> Event:
    """Return the nth event of a session, n minutes into a day."""
    time = f"2026-03-{1 + n // 1440:02}T{n // 60 % 24:02}:{n % 60:02}:00.000000Z"
    return Event(session, n, time, "+00:00", kind, data)


def answer(n: int, question: str, score: float = 1.0, session: str = "s", **data: object) -> Event:
    return event(n, "answer", session, question=question, score=score, **data)


def test_the_last_page_is_known_and_pages_are_remembered() -> None:
    progress = fold(
        [
            event(1, "page", lesson="rnn", page="loop"),
            event(2, "done", lesson="rnn", page="loop"),
            event(3, "page", lesson="cell", page="forget"),
            event(4, "predicted", lesson="cell", page="forget", right=True),
            event(5, "tried", lesson="cell", page="forget"),
            event(6, "tick", lesson="cell", page="forget", name="do"),
            event(7, "setting", name="language", value="ko"),
            event(8, "setting", name="language", value="en"),
        ]
    )
    assert progress.last_page == ("cell", "forget")
    assert progress.visited == {("rnn", "loop"), ("cell", "forget")}
    assert progress.done == {("rnn", "loop")}
    assert progress.predicted == {("cell", "forget"): True}
    assert progress.tried == {("cell", "forget")}
    assert progress.ticks == {("cell", "forget", "do")}
    assert progress.settings == {"language": "en"}


def test_a_question_keeps_attempts_last_best_and_confidence() -> None:
    progress = fold(
        [
            answer(1, "rnn.h2", 1.0, variant=1, confidence=3),
            answer(2, "rnn.h2", 0.5, variant=2, confidence=1, hints=2),
        ]
    )
    record = progress.questions["rnn.h2"]
    assert record.last is not None
    assert (record.attempts, record.best, record.last.score) == (2, 1.0, 0.5)
    assert (record.last.confidence, record.last.hints) == (1, 2)
    assert progress.known("rnn.h2")  # the first of its day was right


def test_many_answers_are_summed_up_without_losing_count_best_or_days() -> None:
    events = [answer(1440 * n, "q.a", 1.0 if n == 0 else 0.25) for n in range(3 * RECENT)]
    record = fold(events).questions["q.a"]
    assert (record.attempts, record.best, len(record.recent)) == (3 * RECENT, 1.0, RECENT)
    assert [review.day for review in record.reviews] == sorted({r.day for r in record.reviews})
    assert len(record.reviews) == 3 * RECENT


def test_undo_revokes_the_answer_it_names_and_no_other() -> None:
    events = [
        answer(1, "q.a", 1.0),
        answer(2, "q.b", 1.0),
        answer(3, "q.a", 0.0),
        answer(3, "q.a", 0.0, session="t"),
    ]
    without = [events[0], events[1], events[3]]
    undone = fold([*events, event(4, "undo", sequence=3)])
    assert undone.questions == fold(without).questions
    undone_twice = fold([event(5, "undo", sequence=3, session="t")], undone)
    assert undone_twice.known("q.a")


def test_undo_of_what_is_not_there_changes_nothing() -> None:
    events = [answer(1, "q.a")]
    assert fold([*events, event(2, "undo", sequence=7)]).questions == fold(events).questions


def test_answers_to_an_older_idea_of_a_question_do_not_count() -> None:
    old = fold([answer(1, "q.a", rev=1)])
    assert old.known("q.a", 1)
    assert not old.known("q.a", 2)
    new = fold([answer(2, "q.a", 0.0, rev=2), answer(3, "q.a", 1.0, rev=1)], old)
    assert (new.questions["q.a"].rev, new.questions["q.a"].attempts) == (2, 1)


def test_what_is_known_is_counted_by_topic() -> None:
    progress = fold([answer(1, "rnn.a"), answer(2, "rnn.b", 0.0), answer(3, "gates.a")])
    assert progress.topics() == {"rnn": (1, 2), "gates": (1, 1)}


@pytest.mark.parametrize(
    "bad",
    [
        event(2, "page", lesson="cell"),
        event(2, "page", lesson=1, page=[]),
        event(2, "answer", question="q.a"),
        event(2, "answer", question="q.a", score="1"),
        event(2, "answer", question="q.a", score=1.0, rev="x"),
        Event("s", 2, "yesterday", "+00:00", "answer", {"question": "q.a", "score": 1.0}),
        Event("s", 2, "2026-03-01T00:00:00.000000Z", "", "answer", {"question": "q.a", "score": 1}),
        event(2, "undo"),
        event(2, "setting", name={}),
        event(2, "dance", with_="me"),
    ],
)
def test_an_event_in_the_wrong_form_counts_for_nothing(bad: Event) -> None:
    good = [answer(1, "q.a"), event(3, "page", lesson="cell", page="a")]
    assert fold([good[0], bad, good[1]]) == fold(good)


KINDS = st.one_of(
    st.tuples(st.just("page"), st.fixed_dictionaries({"lesson": st.just("a"), "page": any_text()})),
    st.tuples(st.just("done"), st.fixed_dictionaries({"lesson": st.just("a"), "page": any_text()})),
    st.tuples(
        st.just("setting"),
        st.fixed_dictionaries({"name": st.sampled_from("xy"), "value": st.integers()}),
    ),
    st.tuples(
        st.just("predicted"),
        st.fixed_dictionaries(
            {
                "lesson": st.just("a"),
                "page": st.just("b"),
                "given": st.none() | st.integers(0, 2) | st.just("0.5"),
                "right": st.none() | st.booleans(),
            }
        ),
    ),
    st.tuples(
        st.just("answer"),
        st.fixed_dictionaries(
            {
                "question": st.sampled_from(["q.a", "q.b"]),
                "score": st.sampled_from([0.0, 0.5, 1.0]),
                "rev": st.sampled_from([1, 1, 1, 2]),
                "variant": st.integers(0, 3),
                "confidence": st.none() | st.integers(1, 3),
            }
        ),
    ),
    st.tuples(
        st.just("note"),
        st.fixed_dictionaries(
            {"lesson": st.just(""), "page": st.sampled_from("xy"), "text": any_text(max_size=3)}
        ),
    ),
    st.tuples(
        st.just("unclear"),
        st.fixed_dictionaries(
            {"lesson": st.just("a"), "page": st.sampled_from("xy"), "on": st.booleans()}
        ),
    ),
    st.tuples(st.just("undo"), st.fixed_dictionaries({"sequence": st.integers(1, 40)})),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Draw events of up to three sessions, in order."""
    picked = draw(
        st.lists(st.tuples(st.sampled_from("stu"), KINDS, st.integers(0, 900)), max_size=60)
    )
    events, clock, count = [], 0, {"s": 0, "t": 0, "u": 0}
    for session, (kind, data), pause in picked:
        clock += pause
        count[session] += 1
        made = event(clock, kind, session, **data)
        events.append(Event(session, count[session], made.time, "+09:00", kind, data))
    return sorted(events, key=lambda e: e.key)


def write(directory: Path, events: list[Event]) -> None:
    (directory / "events").mkdir(exist_ok=True)
    for one in events:
        with (directory / "events" / f"{one.session}.jsonl").open("ab") as file:
            file.write(one.line())


@given_some(30, 100, histories(), st.randoms(use_true_random=False))
def test_the_fold_does_not_depend_on_how_the_events_lie_in_files(
    events: list[Event], rng: random.Random
) -> None:
    """Any names and order of the files give the same progress."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        names = ["1", "2", "3"]
        rng.shuffle(names)
        by_session = dict(zip("stu", names, strict=True))
        for one in events:
            with (directory / f"{by_session[one.session]}.jsonl").open("ab") as file:
                file.write(one.line())
        assert fold(read(directory)) == fold(events)


@given_some(30, 100, histories(), st.integers(0, 60))
def test_a_fold_can_be_taken_up_where_it_stopped(events: list[Event], cut: int) -> None:
    assert fold(events[cut:], fold(events[:cut])) == fold(events)


@given_some(30, 100, histories(), st.integers(0, 60), st.integers(0, 60))
def test_the_cache_changes_nothing(events: list[Event], first: int, second: int) -> None:
    """Loading with the cache after each of three parts equals folding all at once."""
    first, second = sorted((first, second))
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for part in (events[:first], events[first:second], events[second:]):
            write(directory, part)
            assert cache.settings(directory) == fold(read(directory / "events")).settings
            loaded = cache.load(directory)
        assert loaded == fold(events)
        assert cache.load(directory) == loaded


@pytest.mark.parametrize("name", ["a.jsonl", "t.jsonl"])
def test_a_copy_of_the_last_event_counts_as_when_all_is_folded_at_once(
    tmp_path: Path, name: str
) -> None:
    """Of two events with the same key, in a copied and edited file, the first file by name counts
    first."""
    write(tmp_path, [event(1, "setting", name="theme", value="a")])
    cache.load(tmp_path)
    copy = event(1, "setting", name="theme", value="b")
    (tmp_path / "events" / name).write_bytes(copy.line())
    loaded = cache.load(tmp_path)
    assert loaded == fold(read(tmp_path / "events"))
    assert loaded.settings["theme"] == ("a" if name == "a.jsonl" else "b")


@pytest.mark.parametrize("cached", [False, True])
def test_a_file_that_was_copied_beside_itself_counts_once(tmp_path: Path, cached: bool) -> None:
    """This holds if the copy is there from the start or is added after the cache was written."""
    events = [answer(n, "q.a", 1.0) for n in (1, 2, 3)]
    write(tmp_path, events)
    if cached:
        cache.load(tmp_path)
    (file,) = (tmp_path / "events").iterdir()
    file.with_name("a copy.jsonl").write_bytes(file.read_bytes())
    assert cache.load(tmp_path) == fold(events)
    assert list(read(tmp_path / "events")) == events
    more = answer(4, "q.a", 0.0)
    for there in (tmp_path / "events").iterdir():
        there.write_bytes(there.read_bytes() + more.line())
    assert cache.load(tmp_path) == fold([*events, more])
    assert cache.load(tmp_path).questions["q.a"].attempts == 4


def test_an_event_that_comes_late_is_put_in_order(tmp_path: Path) -> None:
    """A session of another machine may arrive after newer events were cached."""
    early, late = answer(1, "q.a", 0.0, session="t"), answer(5, "q.a", 1.0)
    write(tmp_path, [late])
    cache.load(tmp_path)
    write(tmp_path, [early])
    assert cache.load(tmp_path) == fold([early, late])
    assert cache.load(tmp_path).known("q.a")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{\n{",
        b"[]\n[]",
        b'{"form":1}\n{}',
        b"\xff\n",
        b'{"form":1,"files":{},"settings":3}\n{}\n',
        b'{"form":1,"files":{},"settings":{}}\n{"last_page":[]}\n',
        b'{"form":9,"files":{},"settings":{}}\n{}\n',
    ],
)
def test_a_damaged_cache_is_made_anew(tmp_path: Path, content: bytes) -> None:
    events = [answer(1, "q.a"), event(2, "page", lesson="a", page="b")]
    write(tmp_path, events)
    cache.load(tmp_path)
    (tmp_path / "cache" / "progress.jsonl").write_bytes(content)
    assert cache.settings(tmp_path) == {}
    assert cache.load(tmp_path) == fold(events)
    assert cache.load(tmp_path) == fold(events)


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    write(tmp_path, [answer(1, "q.a")])
    (tmp_path / "cache").write_text("a file in the way")
    assert cache.load(tmp_path).known("q.a")


def test_a_file_that_is_gone_takes_its_events_along(tmp_path: Path) -> None:
    write(tmp_path, [answer(1, "q.a"), answer(2, "q.b", session="t")])
    cache.load(tmp_path)
    (tmp_path / "events" / "s.jsonl").unlink()
    assert set(cache.load(tmp_path).questions) == {"q.b"}


def test_no_history_is_empty_progress(tmp_path: Path) -> None:
    assert cache.load(tmp_path) == EMPTY == Progress()
    assert not (tmp_path / "cache").exists()


def test_a_second_try_on_the_same_day_does_not_worsen_a_right_first_answer() -> None:
    assert fold([answer(1, "q.a", 1.0), answer(2, "q.a", 0.0)]).known("q.a")
    assert fold([answer(1, "q.a", 0.0), answer(2, "q.a", 1.0)]).known("q.a")
    assert not fold([answer(1, "q.a", 0.0), answer(2, "q.a", 0.5)]).known("q.a")


def test_a_wrong_answer_on_another_day_counts() -> None:
    assert not fold([answer(1, "q.a", 1.0), answer(2 * 1440, "q.a", 0.0)]).known("q.a")
