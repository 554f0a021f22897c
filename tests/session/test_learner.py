"""No event is lost when writing to the disk fails or is slow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from rnntutor.session.learner import Learner
from rnntutor.study.events import Event, read
from rnntutor.study.log import Log, LogError, new_session
from rnntutor.study.progress import fold


class Full(Log):
    """A log on a disk that is full for a while."""

    full = False

    def append(self, kind: str, **data: object) -> Event:
        if self.full:
            raise LogError("study.full", dir=self.directory)
        return super().append(kind, **data)


def _learner(tmp_path: Path) -> tuple[Learner, Full]:
    log = Full(tmp_path, new_session())
    return Learner(log), log


def test_what_was_recorded_is_in_progress_and_on_the_disk(tmp_path: Path) -> None:
    learner, _ = _learner(tmp_path)
    learner.record("done", lesson="cell", page="forget").result()
    assert ("cell", "forget") in learner.catch_up().done
    learner.close()
    assert [event.kind for event in read(tmp_path / "events")] == ["done"]


def test_a_page_that_could_not_be_written_is_written_before_the_next_event(tmp_path: Path) -> None:
    learner, log = _learner(tmp_path)
    log.full = True
    with pytest.raises(LogError):
        learner.record("page", lesson="cell", page="forget").result()
    log.full = False
    learner.record("page", lesson="cell", page="input").result()
    learner.close()
    pages = [event.data["page"] for event in read(tmp_path / "events")]
    assert pages == ["forget", "input"]


def test_an_answer_that_could_not_be_written_is_not_written_twice(tmp_path: Path) -> None:
    learner, log = _learner(tmp_path)
    answer = {"question": "gates.x", "rev": 1, "variant": 0, "score": 1.0}
    log.full = True
    with pytest.raises(LogError):
        learner.record("answer", **answer).result()
    log.full = False
    learner.record("answer", **answer).result()
    learner.close()
    assert fold(read(tmp_path / "events")).questions["gates.x"].attempts == 1


def test_what_happens_while_the_history_is_read_counts_once(tmp_path: Path) -> None:
    earlier, _ = _learner(tmp_path)
    earlier.record("done", lesson="rnn", page="loop").result()
    earlier.close()
    learner, _ = _learner(tmp_path)
    answer = {"question": "gates.x", "rev": 1, "variant": 0, "score": 1.0}
    learner.record("answer", **answer).result()
    history = fold(read(tmp_path / "events"))  # the answer is already in it
    learner.set_history(history)
    assert learner.progress.questions["gates.x"].attempts == 1
    assert ("rnn", "loop") in learner.progress.done
    learner.close()


class Quick(Log):
    """A log that writes nothing, so that thousands of events are handled at once."""

    def append(self, kind: str, **data: object) -> Event:
        return self._next(kind, data)


def test_no_event_is_lost_between_the_thread_that_writes_and_the_one_that_reads(
    tmp_path: Path,
) -> None:
    learner = Learner(Quick(tmp_path, new_session()))
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        futures = [learner.record("done", lesson="cell", page=str(n)) for n in range(3000)]
        while not futures[-1].done():
            learner.catch_up()
    finally:
        sys.setswitchinterval(before)
    assert len(learner.catch_up().done) == 3000
    learner.close()
