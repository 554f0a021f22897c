"""The picture viewer starts only on request and if it exists, with the picture as its only
argument."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from rnntutor.tui.terminal import viewer


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the commands instead of starting them."""
    out: list[list[str]] = []

    class Process:
        def __init__(self, command: list[str], **_: object) -> None:
            if command[0] == "missing":
                raise FileNotFoundError
            out.append(command)

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Process)
    return out


@pytest.mark.parametrize(
    ("environ", "system", "said", "command"),
    [
        ({"DISPLAY": ":0"}, "linux", "picture.opened", "xdg-open"),
        ({"WAYLAND_DISPLAY": "w"}, "linux", "picture.opened", "xdg-open"),
        ({}, "darwin", "picture.opened", "open"),
        ({}, "linux", "picture.no_display", ""),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "a"}, "linux", "picture.ssh", ""),
        ({"SSH_TTY": "/dev/pts/0"}, "darwin", "picture.ssh", ""),
    ],
)
def test_where_it_is_started(
    environ: dict[str, str], system: str, said: str, command: str, started: list[list[str]]
) -> None:
    path = Path("/notes/a.png")
    assert viewer.view(path, environ, system) == said
    assert started == ([[command, str(path)]] if command else [])


def test_a_viewer_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "Popen", missing)
    assert viewer.view(Path("/a.png"), {"DISPLAY": ":0"}, "linux") == "picture.no_viewer"


async def test_only_a_key_opens_a_picture(
    tutor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[list[str]]
) -> None:
    for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(viewer.sys, "platform", "linux")
    (tmp_path / "net.gif").write_bytes(b"GIF89a\x03\0\x04\0\0")
    path = tmp_path / "notes.md"
    path.write_text("# T\n\n## A\n\n![Net](net.gif)\n\n![Gone](gone.gif)\n", encoding="utf-8")
    async with tutor("en", open_file=path) as t:
        await t.press("enter")
        assert "▨ Net (3×4, 11 B)" in t.text and "▨ Gone\n" in t.text.replace(" \n", "\n")
        assert started == []
        await t.press("plus")
        assert started == [["xdg-open", str(tmp_path / "net.gif")]]
        assert t.text.count(str(tmp_path)[:20]) == 1  # a long path ends with a sign
        monkeypatch.setenv("SSH_TTY", "/dev/pts/0")
        await t.press("o")
        assert len(started) == 1 and "SSH" in t.text
