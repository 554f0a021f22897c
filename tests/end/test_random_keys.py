"""Random keys in a real terminal leave the screen equal to a full repaint, and never crash.

Keys in one read have the same effect as one by one.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from random import Random
from time import monotonic

import pytest
from sampling import sampled
from terminal import PATIENCE, Start, Terminal

from rnntutor import sims

WEIGHTS = {
    "enter": 14, "pgdn": 8, "pgup": 4, "up": 4, "down": 7, "tab": 6, "shift+tab": 1, "esc": 3,
    "backspace": 3, "left": 4, "right": 8, "home": 1, "end": 2, "1": 4, "2": 4, "3": 3, "0": 1,
    "?": 2, "z": 4, "v": 5, "b": 3, "g": 3, "l": 3, "t": 2, "s": 3, "w": 3, "o": 3, "c": 2, "e": 3,
    "n": 4, "p": 3, "r": 2, "u": 2, "y": 2, ".": 1, ",": 1, "+": 1, "-": 1, "ㅜ": 1, "누": 1,
}  # fmt: skip
SIZES = [(60, 20), (80, 24), (120, 36)]
STILL = 0.1  # seconds without output or work until a screen counts as settled
ESC = 0.15  # the program waits 0.1 s for the rest of a sequence after Esc
MOVING = 1.2  # seconds in which a running simulation moves

NOTES = """# 노트 Notes

## 1. 시퀀스

- 문장: 단어의 나열
- 음악: 음표의 나열

| 입력 | 출력 |
|---|---|
| 시퀀스 | 벡터 |

{long}

## 2. Short

One line, and $h_t=\\tanh(Wx_t)$.

## 3. Code

```python
for t in range(T):
    h[t] = tanh(W @ x[t])
```

## 4. Widths

👍🏽 one, தமிழ் two, हिन्दी three 1️⃣

## 5. End

끝.
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    long = "\n\n".join(f"{n} 게이트는 무엇을 남길지 학습한다. " * 3 for n in range(20))
    path.write_text(NOTES.format(long=long), encoding="utf-8")
    return path


def begin(data: Path, lang: str) -> None:
    """Write a history with a fixed salt, so that the questions have the same variants every
    time."""
    (data / "events").mkdir(parents=True, mode=0o700)
    session = "00000000-0000-4000-8000-000000000000"
    lines = [
        {"v": 1, "session": session, "sequence": n, "time": f"2026-01-01T00:00:0{n}.000000Z",
         "zone": "+09:00", "kind": "setting", "data": {"name": name, "value": value}}
        for n, (name, value) in enumerate([("salt", "random"), ("language", lang)], 1)
    ]  # fmt: skip
    path = data / "events" / f"{session}.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def settle(terminal: Terminal, still: float = STILL) -> None:
    """Wait until the program is idle and writes nothing."""
    end, since, used = monotonic() + PATIENCE, monotonic(), _work(terminal)
    while monotonic() < end and monotonic() - since < still:
        if terminal.read(0.01) or (now := _work(terminal)) != used or "R" in now:
            since, used = monotonic(), _work(terminal)
        if terminal.ended:
            return


def _work(terminal: Terminal) -> str:
    """Return the state of each thread (R: running or ready) and its processor time in clock ticks.

    "" if unknown.
    """
    found = []
    for stat in sorted(Path(f"/proc/{terminal.pid}/task").glob("*/stat")):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found.append(f"{'R' if fields[0] == 'R' else '-'}{fields[11]}+{fields[12]}")
    return " ".join(found)


Cells = list[list[tuple[object, ...]]]


def cells(terminal: Terminal) -> Cells:
    """Return all visible properties of the cells; the text colour of a blank is not visible."""
    screen, out = terminal.screen, []
    for y in range(screen.lines):
        row = screen.buffer[y]
        found: list[tuple[object, ...]] = []
        for x in range(screen.columns):
            at = row[x]
            seen = (at.data, at.bg, at.reverse, at.underscore)
            found.append(seen if at.data == " " else (*seen, at.fg, at.bold, at.italics))
        out.append(found)
    return out


def repainted(terminal: Terminal) -> Cells:
    """Return the visible cells after a full repaint."""
    before = terminal.received
    os.kill(terminal.pid, signal.SIGWINCH)
    end = monotonic() + PATIENCE
    wanted = terminal.screen.lines * terminal.screen.columns * 0.6
    while terminal.received - before < wanted and monotonic() < end and not terminal.ended:
        terminal.read(0.05)
    assert terminal.received - before >= wanted or terminal.ended, "no full repaint came"
    settle(terminal)
    return cells(terminal)


def moves(terminal: Terminal) -> bool:
    before = terminal.received
    settle(terminal, MOVING)
    return terminal.received != before


def walk(terminal: Terminal, rng: Random, count: int, keys: dict[str, int]) -> tuple[int, int]:
    """Press `count` random keys, and compare the screen with a full repaint after each.

    Returns:
        (screens compared, keys pressed until the program was left).
    """
    compared, pressed = 0, []
    for n in range(count):
        pressed.append(rng.choices([*keys], [*keys.values()])[0])
        terminal.press(pressed[-1])
        settle(terminal, STILL + (ESC if pressed[-1] == "esc" else 0))
        if terminal.ended:
            assert terminal.wait_for_end() == 0, pressed
            return compared, n + 1
        seen = cells(terminal)
        meant = repainted(terminal)
        if terminal.ended:
            continue
        if seen == meant:
            compared += 1
        else:
            assert moves(terminal) or repainted(terminal) != meant, _report(pressed, seen, meant)
    return compared, count


def _report(pressed: list[str], seen: Cells, meant: Cells) -> str:
    rows = [
        f"{y}: {''.join(str(c[0]) for c in a)}\n{y}: {''.join(str(c[0]) for c in b)}"
        for y, (a, b) in enumerate(zip(seen, meant, strict=True))
        if a != b
    ]
    return "\n".join([" ".join(pressed), *rows])


def arguments(rng: Random, number: int, notes: Path) -> list[str]:
    simulation = rng.choice(list(sims.names()))
    return [[], ["open", str(notes)], ["sim", simulation], ["quiz"]][number % 4]


@pytest.mark.parametrize("number", sampled(range(4), lambda number: number < 2))
def test_the_terminal_shows_what_a_full_repaint_would(
    start: Start, data: Path, notes: Path, number: int
) -> None:
    _walks(start, data, notes, Random(number), number, 9, WEIGHTS)


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("number", range(10))
def test_three_thousand_keys(
    start: Start, data: Path, notes: Path, number: int, lang: str, size: tuple[int, int]
) -> None:
    """50 keys in each of 60 sessions, some of them with a running simulation."""
    rng = Random(f"{number} {lang} {size}")
    keys = WEIGHTS | ({"space": 4} if number % 3 == 0 else {})
    _walks(start, data, notes, rng, number, 50, keys, lang, size)


def _walks(
    start: Start,
    data: Path,
    notes: Path,
    rng: Random,
    number: int,
    count: int,
    keys: dict[str, int],
    lang: str = "ko",
    size: tuple[int, int] = (80, 24),
) -> None:
    begin(data, lang)
    line = [*arguments(rng, number, notes), "--data-dir", str(data), "--lang", lang]
    left = count
    while left > 0:
        with start(*line, size=size) as terminal:
            settle(terminal, 0.3)
            left -= walk(terminal, rng, left, keys)[1]
    assert not (data / "crash.log").exists(), (data / "crash.log").read_text()


@pytest.mark.parametrize("number", sampled(range(2), lambda number: number == 0))
def test_bursts(start: Start, tmp_path: Path, notes: Path, number: int) -> None:
    _bursts(start, tmp_path, notes, number, 2)


@pytest.mark.long
@pytest.mark.parametrize("number", range(100))
def test_many_bursts(start: Start, tmp_path: Path, notes: Path, number: int) -> None:
    _bursts(start, tmp_path, notes, number, 10)


def _bursts(start: Start, tmp_path: Path, notes: Path, number: int, count: int) -> None:
    """Compare two terminals with the same keys: 4 to 12 in one write, and one by one."""
    rng, lang = Random(f"bursts {number}"), ("ko", "en")[number % 2]
    line = [*arguments(rng, 3 * number, notes), "--lang", lang]
    if "quiz" in line:
        line = ["--lang", lang]  # a quiz has other questions each time
    both = []
    for name in ("at-once", "one-by-one"):
        begin(tmp_path / name, lang)
        both.append(start(*line, "--data-dir", str(tmp_path / name), size=SIZES[number % 3]))
        settle(both[-1], 0.3)
    pressed: list[list[str]] = []
    for _ in range(count):
        pressed.append(rng.choices([*WEIGHTS], [*WEIGHTS.values()], k=rng.randint(4, 12)))
        both[0].press(*pressed[-1])
        for name in pressed[-1]:
            both[1].press(name)
            settle(both[1], STILL + (ESC if name == "esc" else 0))
        for terminal in both:
            settle(terminal, STILL + 0.1)
        if any(terminal.ended for terminal in both):
            assert [terminal.wait_for_end() for terminal in both] == [0, 0], pressed
            break
        if both[0].rows != both[1].rows and any(map(moves, both)):
            break  # animated screens differ at any moment
        assert both[0].rows == both[1].rows, pressed
    for name in ("at-once", "one-by-one"):
        assert not (tmp_path / name / "crash.log").exists()
