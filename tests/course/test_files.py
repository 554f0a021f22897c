"""Only regular files of a limited size are opened; any other is rejected without blocking."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from rnntutor.course import files
from rnntutor.course.encodings import DAMAGED, GUESSED, Decoded, decode
from rnntutor.course.errors import CourseError
from rnntutor.words import load


def refused(path: Path, *, pipes: bool = False) -> str:
    with pytest.raises(CourseError) as caught:
        files.data(path, pipes=pipes)
    assert str(path) in caught.value.sentence(load("en"))
    assert str(path) in caught.value.sentence(load("ko"))
    return caught.value.key.removeprefix("course.error.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are Unix's")
def test_what_is_no_plain_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.0)
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "endless").symlink_to("/dev/zero")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tmp_path)  # the name of a socket is limited to 108 bytes
        listening.bind("socket")
        assert refused(tmp_path / "socket") == "unreadable"
    assert refused(tmp_path / "fifo") == "no_file"
    assert refused(tmp_path / "fifo", pipes=True) == "waits"
    assert refused(tmp_path / "endless") == "no_file"
    assert refused(tmp_path / "endless", pipes=True) == "no_file"
    assert refused(tmp_path / "circle") == "unreadable"
    assert refused(tmp_path / "nowhere") == "missing"
    assert refused(tmp_path) == "no_file"
    assert refused(tmp_path / ("x" * 300)) == "unreadable"


def test_a_link_to_a_plain_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("가", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert files.text(tmp_path / "link") == "가"


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    there = tmp_path / "large"
    for limit in (files.LIMIT_MB, files.LESSON_MB):
        most = int(limit * 2**20)
        there.write_bytes(b"a" * most)
        assert len(files.data(there, limit=limit)) == most
        there.write_bytes(b"a" * (most + 1))
        with pytest.raises(CourseError, match="large"):
            files.data(there, limit=limit)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="/dev/fd is Unix's")
def test_what_a_command_gives_is_read_once_and_whole() -> None:
    out, into = os.pipe()
    text = "# 제목\n\n" + "글 " * 60_000

    def write() -> None:
        with os.fdopen(into, "wb") as pipe:
            pipe.write(text.encode())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert files.any_text(Path(f"/dev/fd/{out}")) == Decoded(text)
    finally:
        writer.join()
        os.close(out)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="/dev/fd is Unix's")
def test_a_pipe_that_does_not_end_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.0)
    out, into = os.pipe()
    try:
        assert refused(Path(f"/dev/fd/{out}"), pipes=True) == "waits"
    finally:
        os.close(out)
        os.close(into)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "euc-kr", "utf-16"])
def test_a_text_of_ones_own_may_be_in_any_of_koreas_encodings(
    encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "글.md").write_bytes("# 순환 신경망".encode(encoding))
    assert files.any_text(tmp_path / "글.md") == Decoded("# 순환 신경망")


@pytest.mark.parametrize(
    "text",
    [
        "# Réseaux récurrents\n\nLa cellule « oublie » ce qu'elle a appris à garder.\n",
        "# Übung\n\nÄnderung der Gewichte, Größe, Schlüssel – für Anfänger\n",
        "El año pasado, ¿qué señal? El niño soñó.\n",
        "Prix : 5 €, “citation”\n",
    ],
)
def test_western_europes_old_encoding_is_read_and_said_to_be_a_guess(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, GUESSED, "CP1252")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (
            "# 循环神经网络\n\n这是一个简单的模型，它在每个时刻都要用到上一个时刻的状态。\n",
            "gbk",
            "GB18030",
        ),
        (
            "# 循環神經網路\n\n這是一個簡單的模型，它在每個時刻都要用到上一個時刻的狀態。\n",
            "big5",
            "BIG5",
        ),
        ("# 再帰型\n\nこれは前の状態をもう一度読む、とても簡単なモデルです。\n", "cp932", "CP932"),
        (
            "# 再帰型\n\nこれは前の状態をもう一度読む、とても簡単なモデルです。\n",
            "euc_jp",
            "EUC-JP",
        ),
        (
            "# Сети\n\nЭто простая модель, которая снова читает своё состояние.\n",
            "koi8_r",
            "KOI8-R",
        ),
        (
            "# Сети\n\nЭто простая модель, которая снова читает своё состояние.\n",
            "cp1251",
            "CP1251",
        ),
    ],
)
def test_what_china_japan_and_russia_used_is_read_and_said_to_be_a_guess(
    text: str, encoding: str, name: str
) -> None:
    assert decode(text.encode(encoding)) == (text, GUESSED, name)


def test_a_damaged_utf_8_text_stays_one() -> None:
    raw = bytearray(("순환 신경망은 앞의 상태를 다시 읽는다. " * 20).encode())
    raw[301] = 0xFF
    text, notice, _ = decode(bytes(raw)) or Decoded("")
    assert notice == DAMAGED
    assert text.count("순환 신경망") == 20 and "\ufffd" in text


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\0\0", b"\x7fELF\x01\x02\xff\x90" * 9, bytes(range(1, 256))]
)
def test_what_is_no_text_is_none(raw: bytes) -> None:
    assert decode(raw) is None


@pytest.mark.parametrize(
    "source",
    [
        "a = " + "[" * 10_000,
        "a = " + "[" * 10_000 + "]" * 10_000,
        "a = " + "{a=" * 10_000,
        ".".join("a" * 10_000) + " = 1",
        "[" + ".".join("a" * 10_000) + "]",
        "a = " + "9" * 5000,
        "a = 1\na = 2",
        'a = "',
    ],
)
def test_toml_that_cannot_be_read_names_its_line(source: str, tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text("b = 1\n" + source)
    with pytest.raises(CourseError) as caught:
        files.table(tmp_path / "course.toml")
    assert caught.value.key == "course.error.toml"
    assert caught.value.values["line"] in (2, 3)


def test_dots_in_a_text_are_no_key(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text('a = "' + "." * 200 + '"\n"' + "." * 200 + '" = 1\n')
    assert len(files.table(tmp_path / "t.toml")[0]) == 2


def test_a_lesson_in_a_circle_of_links_is_not_inside(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "a.md")
    with pytest.raises(CourseError):
        files.text(files.inside(tmp_path, "a.md"))
