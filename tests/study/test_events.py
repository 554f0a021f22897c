"""Complete lines of this version are read in order from any files, and no file is changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sampling import given_some
from strategies import any_text

from rnntutor.study import cache
from rnntutor.study.events import Event, parse, read, tail
from rnntutor.study.log import Log

EVENT = Event("s", 1, "2026-03-01T00:00:00.000000Z", "+09:00", "page", {"lesson": "a", "page": "b"})


def test_a_torn_last_line_is_skipped_and_stays_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    content = EVENT.line() + EVENT.line()[:-20]
    path.write_bytes(content)
    assert list(read(tmp_path)) == [EVENT]
    assert path.read_bytes() == content


def test_a_line_cut_before_its_line_feed_waits_until_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(EVENT.line()[:-1])
    events, end = tail(path)
    assert (events, end) == ([], 0)
    path.write_bytes(EVENT.line())
    assert tail(path, end) == ([EVENT], len(EVENT.line()))


def test_what_a_newer_version_wrote_is_kept_and_skipped(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    newer = EVENT.line().replace(b'{"v":1', b'{"v":2,"more":[]')
    path.write_bytes(newer + EVENT.line())
    assert list(read(tmp_path)) == [EVENT]
    assert path.read_bytes() == newer + EVENT.line()


def test_a_damaged_line_spoils_no_other(tmp_path: Path) -> None:
    after = EVENT._replace(sequence=2)
    for damage in (b"\x00\x00\n", b"[]\n", b"1\n", b"\n", b'{"v":1}\n', b"\xff\xfe\n", b"[" * 9999):
        (tmp_path / "s.jsonl").write_bytes(
            EVENT.line() + damage.rstrip(b"\n") + b"\n" + after.line()
        )
        assert list(read(tmp_path)) == [EVENT, after]


def test_order_is_time_then_session_then_sequence(tmp_path: Path) -> None:
    def event(time: int, session: str, sequence: int) -> Event:
        return Event(session, sequence, f"2026-03-01T00:00:0{time}.000000Z", "+00:00", "page", {})

    wanted = [event(1, "b", 1), event(2, "a", 1), event(2, "b", 2), event(2, "b", 3)]
    for name, indices in (("b", (0, 2, 3)), ("a", (1,))):
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(wanted[n].line() for n in indices))
    assert list(read(tmp_path)) == wanted


def test_no_directory_is_no_history(tmp_path: Path) -> None:
    assert list(read(tmp_path / "none")) == []


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | any_text(),
    lambda inner: st.lists(inner) | st.dictionaries(any_text(), inner),
    max_leaves=8,
)


@given_some(20, 50, st.dictionaries(any_text(), JSON))
def test_data_comes_back_as_it_was(data: dict[str, object]) -> None:
    event = Event("s", 1, EVENT.time, "+00:00", "answer", data)
    line = event.line()
    assert line.count(b"\n") == 1
    assert parse(line) == event


@given(st.binary())
def test_no_line_raises(line: bytes) -> None:
    parse(line)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are Unix's")
def test_what_is_no_plain_file_among_the_events_is_passed_over(tmp_path: Path) -> None:
    """A broken link once made the whole history look empty."""
    log = Log(tmp_path, "good")
    log.append("done", lesson="a", page="b")
    log.close()
    there = tmp_path / "events"
    os.mkfifo(there / "a.jsonl")
    (there / "b.jsonl").mkdir()
    (there / "c.jsonl").symlink_to(there / "gone")
    assert [event.session for event in read(there)] == ["good"]
    (tmp_path / "cache").mkdir()
    os.mkfifo(tmp_path / "cache" / "progress.jsonl")
    assert cache.settings(tmp_path) == {}


def test_the_settings_alone_are_those_of_the_whole_log(tmp_path: Path) -> None:
    log = Log(tmp_path, "one")
    for n in range(3):
        log.append("setting", name="theme", value=f"t{n}")
        log.append("page", lesson='"setting"', page="b")
    log.close()
    assert cache.settings(tmp_path) == {"theme": "t2"}
    assert cache.load(tmp_path).settings == cache.settings(tmp_path)
