"""Export and import of histories: nothing is lost, doubled or otherwise changed."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

from rnntutor.study import cache, transfer
from rnntutor.study.events import read
from rnntutor.study.log import Log
from rnntutor.study.new_file import create
from rnntutor.study.transfer import TransferError


def history(data_dir: Path, session: str, *scores: float) -> Path:
    log = Log(data_dir, session)
    for n, score in enumerate(scores):
        log.append("answer", question=f"q.{n}", score=score, variant=0)
    log.close()
    return data_dir


def written(data_dir: Path, file: Path) -> Path:
    file.write_text(json.dumps(transfer.export(data_dir / "events")))
    return file


def test_what_is_exported_arrives_whole_and_only_once(tmp_path: Path) -> None:
    here, there = history(tmp_path / "a", "s1", 1, 0, 0.5), history(tmp_path / "b", "s2", 1)
    file = written(here, tmp_path / "a.json")
    assert transfer.merge(file, there / "events") == (3, 0)
    assert transfer.merge(file, there / "events") == (0, 3)
    assert [e.session for e in read(there / "events")].count("s1") == 3
    assert cache.load(there).questions["q.0"].attempts == 2
    assert cache.load(there).questions["q.1"].attempts == 1


def test_a_later_export_brings_only_what_is_new(tmp_path: Path) -> None:
    here, there = history(tmp_path / "a", "s1", 1), tmp_path / "b"
    transfer.merge(written(here, tmp_path / "1.json"), there / "events")
    history(here, "s3", 0)
    assert transfer.merge(written(here, tmp_path / "2.json"), there / "events") == (1, 1)


def test_both_ways_come_to_the_same(tmp_path: Path) -> None:
    a, b = history(tmp_path / "a", "s1", 1, 0), history(tmp_path / "b", "s2", 0, 1)
    from_a, from_b = written(a, tmp_path / "a.json"), written(b, tmp_path / "b.json")
    transfer.merge(from_a, b / "events")
    transfer.merge(from_b, a / "events")
    assert list(read(a / "events")) == list(read(b / "events"))
    assert cache.load(a).questions == cache.load(b).questions


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "x", "events": []}', "[" * 100_000])
def test_what_is_no_history_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    with pytest.raises(TransferError):
        transfer.merge(file, tmp_path / "events")
    assert not (tmp_path / "events").exists()


def test_damaged_events_among_good_ones_are_left_out(tmp_path: Path) -> None:
    here = history(tmp_path / "a", "s1", 1)
    found = transfer.export(here / "events")
    found["events"] += [None, 3, {"v": 1}, {"v": 99, "session": "s"}]
    (tmp_path / "x.json").write_text(json.dumps(found))
    assert transfer.merge(tmp_path / "x.json", tmp_path / "b" / "events") == (1, 0)


def test_a_backup_is_private_and_puts_back_what_is_gone(tmp_path: Path) -> None:
    here = history(tmp_path / "a", "s1", 1, 0)
    cache.load(here)
    file = tmp_path / "all.tar.gz"
    assert transfer.backup(here, file) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = list(read(here / "events"))
    assert transfer.restore(file, here) == 0
    assert transfer.forget(here) == 1 and not list(read(here / "events"))
    assert transfer.restore(file, here) == 1
    assert list(read(here / "events")) == before


def test_to_forget_leaves_what_is_not_the_tutors(tmp_path: Path) -> None:
    here = history(tmp_path / "data", "s1", 1)
    (here / "thesis.md").write_text("mine")
    (here / "other").mkdir()
    (here / "other" / "x").write_text("mine")
    transfer.forget(here)
    assert {p.name for p in here.iterdir()} == {"thesis.md", "other"}


def test_nothing_of_a_backup_leaves_its_directory(tmp_path: Path) -> None:
    file = tmp_path / "bad.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        for name in ("../out", "/abs", "events/../../out", "other/x", "events/good.jsonl"):
            member = tarfile.TarInfo(name)
            member.size = 1
            archive.addfile(member, io.BytesIO(b"x"))
        link = tarfile.TarInfo("events/link.jsonl")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert transfer.restore(file, tmp_path / "data") == 1
    inside = [p.name for p in (tmp_path / "data").rglob("*") if p.is_file()]
    assert inside == ["good.jsonl"] and not (tmp_path / "out").exists()


FULL = OSError(28, "No space left on device")


def test_a_new_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """A partial file would be taken for a complete one, and would block the next attempt."""
    file = tmp_path / "x"
    with pytest.raises(OSError, match="No space") as told, create(file) as out:
        out.write(b"half")
        raise FULL
    assert told.value.filename == str(file) and not file.exists()
    with create(file) as out:
        out.write(b"whole")
    with pytest.raises(FileExistsError), create(file):
        pass
    assert file.read_bytes() == b"whole"


def test_a_full_disk_does_not_make_a_backup_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, file = history(tmp_path / "a", "s1", 1, 0), tmp_path / "all.tar.gz"
    transfer.backup(here, file)
    transfer.forget(here)

    def full(*_: object) -> None:
        raise FULL

    with monkeypatch.context() as disk, pytest.raises(OSError, match="No space"):
        disk.setattr(transfer.shutil, "copyfileobj", full)
        transfer.restore(file, here)
    assert transfer.restore(file, here) == 1, "nothing half written is in the way"


def test_a_backup_that_is_damaged_inside_is_none(tmp_path: Path) -> None:
    here, file = history(tmp_path / "a", "s1", *range(40)), tmp_path / "all.tar.gz"
    transfer.backup(here, file)
    content = bytearray(file.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    file.write_bytes(content)
    with pytest.raises(TransferError, match="no_backup"):
        transfer.restore(file, tmp_path / "there")


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"no archive")
    with pytest.raises(TransferError, match="no_backup"):
        transfer.restore(tmp_path / "x", tmp_path / "data")
    with pytest.raises(TransferError, match="no_file"):
        transfer.restore(tmp_path / "y", tmp_path / "data")
