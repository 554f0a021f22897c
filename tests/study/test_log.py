"""An event is on the disk, complete and private, before `append` returns."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from rnntutor.study.events import read
from rnntutor.study.log import Log, LogError, Unkept, make_private_dir, new_session

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions and signals")


def test_an_event_is_one_line_of_json(tmp_path: Path) -> None:
    seoul = timezone(timedelta(hours=9))
    log = Log(tmp_path, "s", lambda: datetime(2026, 3, 1, 3, 4, 5, 678, seoul))
    log.append("answer", question="gates.a", given="가\n나", score=1.0)
    lines = (tmp_path / "events" / "s.jsonl").read_bytes().split(b"\n")
    assert lines[1:] == [b""]
    assert json.loads(lines[0]) == {
        "v": 1,
        "session": "s",
        "sequence": 1,
        "time": "2026-02-28T18:04:05.000678Z",
        "zone": "+09:00",
        "kind": "answer",
        "data": {"question": "gates.a", "given": "가\n나", "score": 1.0},
    }


def test_the_whole_line_is_synced_before_append_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer survives a loss of power right after its verdict."""
    log = Log(tmp_path, "s")
    synced: list[bytes] = []
    sync = os.fsync

    def seen(file: int) -> None:
        synced.append(log.path.read_bytes())
        sync(file)

    monkeypatch.setattr(os, "fsync", seen)
    for score in (0, 1):
        log.append("answer", question="gates.a", score=score)
        assert synced[-1] == log.path.read_bytes()
        assert synced[-1].count(b"\n") == score + 1


@posix
def test_a_closed_log_lets_go_of_its_file(tmp_path: Path) -> None:
    log = Log(tmp_path, "s")
    log.append("page", lesson="cell", page="forget")
    file = os.open(tmp_path, os.O_RDONLY)  # the next free number
    os.close(file)
    log.close()
    freed = os.open(tmp_path, os.O_RDONLY)
    os.close(freed)
    assert freed < file


def test_half_a_surrogate_pair_is_kept(tmp_path: Path) -> None:
    """A terminal may send any bytes, and the answer that contains them is not lost."""
    log = Log(tmp_path, "s")
    log.append("answer", given="a\udc80b")
    assert next(read(log.directory)).data["given"] == "a\udc80b"
    log.path.read_text(encoding="utf-8")


def test_nothing_is_made_before_the_first_event(tmp_path: Path) -> None:
    log = Log(tmp_path / "data", new_session())
    assert not (tmp_path / "data").exists()
    log.append("page", lesson="cell", page="forget")
    assert log.path.exists()


@posix
def test_only_the_learner_can_read(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir(mode=0o755)
    log = Log(tmp_path, "s")
    log.append("done", lesson="cell", page="forget")
    assert log.path.stat().st_mode & 0o777 == 0o600
    assert log.directory.stat().st_mode & 0o777 == 0o700


@posix
def test_a_new_directory_is_private_at_no_time_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is created private, not changed afterwards, which a file system may not support."""
    changed: list[int] = []
    monkeypatch.setattr(Path, "chmod", lambda self, mode: changed.append(mode))
    make_private_dir(tmp_path / "a")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700
    assert not changed


@posix
def test_a_directory_that_is_private_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    make_private_dir(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o500
    tmp_path.chmod(0o700)


@posix
def test_the_name_of_a_new_file_is_on_the_disk_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the file and its contents may be lost when the power fails."""
    log = Log(tmp_path, "s")
    synced: list[bool] = []
    sync = os.fsync

    def seen(file: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(file).st_mode))
        sync(file)

    monkeypatch.setattr(os, "fsync", seen)
    log.append("page", lesson="cell", page="a")
    assert synced == [True, False]
    log.close()
    log.append("page", lesson="cell", page="b")
    assert synced == [True, False, False], "the name is no longer new"


@posix
def test_of_all_that_a_log_opened_nothing_is_left_open(tmp_path: Path) -> None:
    def opened() -> int:
        return len(list(Path("/dev/fd").iterdir()))

    before = opened()
    for name in "abc":
        log = Log(tmp_path, name)
        log.append("page", lesson="cell", page="a")
        log.close()
    assert opened() == before


def test_time_never_runs_back_within_a_session(tmp_path: Path) -> None:
    """If the clock is set back, an undo still comes after its answer."""
    times = iter(datetime(2026, 3, 1, hour, tzinfo=UTC) for hour in (5, 4, 6))
    log = Log(tmp_path, "s", lambda: next(times))
    first, second, third = (log.append("page", lesson="a", page=str(n)) for n in range(3))
    assert first.key < second.key < third.key


def test_two_sessions_at_once_keep_every_event(tmp_path: Path) -> None:
    logs = [Log(tmp_path, new_session()) for _ in range(2)]

    def work(log: Log) -> None:
        for n in range(25):
            log.append("page", lesson="cell", page=str(n))

    threads = [threading.Thread(target=work, args=(log,)) for log in logs for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = list(read(tmp_path / "events"))
    assert len(events) == 100
    assert {(e.session, e.sequence) for e in events} == {
        (log.session, n) for log in logs for n in range(1, 51)
    }


@posix
def test_what_was_appended_survives_sigkill(tmp_path: Path) -> None:
    """All events that the process reported before it was killed are in the log."""
    script = (
        "import sys\nfrom pathlib import Path\nfrom rnntutor.study.log import Log\n"
        "log, n = Log(Path(sys.argv[1]), 's'), 0\n"
        "while True:\n n += 1\n log.append('answer', question='q', n=n)\n print(n, flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = [int(process.stdout.readline()) for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    said += [int(line) for line in process.stdout]
    process.stdout.close()
    process.wait()
    found = [event.data["n"] for event in read(tmp_path / "events")]
    assert found[: len(said)] == said


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "study.full"),
        (errno.EFBIG, "study.full"),
        (errno.EACCES, "study.denied"),
        (errno.EPERM, "study.denied"),
        (errno.EROFS, "study.denied"),
        (errno.EIO, "study.failed"),
    ],
)
def test_a_failed_write_is_told_and_leaves_no_half_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, key: str
) -> None:
    log = Log(tmp_path, "s")
    log.append("page", lesson="cell", page="a")
    before, write = log.path.read_bytes(), os.write

    def half(file: int, data: memoryview) -> int:
        if len(data) > 10:
            return write(file, data[:10])
        raise OSError(number, "no")

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(LogError) as caught:
        log.append("page", lesson="cell", page="b")
    assert caught.value.key == key
    assert caught.value.values["reason"] == "no"
    assert log.path.read_bytes() == before
    monkeypatch.undo()
    log.append("page", lesson="cell", page="c")
    assert [event.data["page"] for event in read(log.directory)] == ["a", "c"]


def test_a_half_line_that_cannot_be_cut_off_does_not_spoil_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(tmp_path, "s")
    log.append("page", lesson="cell", page="a")
    write = os.write

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "no")

    def half(file: int, data: memoryview) -> int:
        write(file, data[:10])
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(os, "write", half)
    monkeypatch.setattr(os, "ftruncate", fail)
    with pytest.raises(LogError):
        log.append("page", lesson="cell", page="b")
    monkeypatch.undo()
    log.append("page", lesson="cell", page="c")
    assert [event.data["page"] for event in read(log.directory)] == ["a", "c"]


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "events").write_text("a file in the way")
    with pytest.raises(LogError):
        Log(tmp_path, "s").append("page", lesson="cell", page="a")


def test_a_closed_log_opens_again(tmp_path: Path) -> None:
    log = Log(tmp_path, "s")
    for page in "ab":
        log.append("page", lesson="cell", page=page)
        log.close()
    assert [event.sequence for event in read(log.directory)] == [1, 2]


def test_where_nothing_can_be_kept_events_count_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    log = Unkept(tmp_path / "file", "s")
    assert [log.append("done", lesson="a", page="b").sequence for _ in range(2)] == [1, 2]
    log.close()
    assert (tmp_path / "file").read_text() == ""
