"""Every key is recognised, for any number of keys in a read and any split between reads."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from rnntutor.tui.terminal.key_parser import KeyParser

KEYS = {
    "escape": "\x1b", "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "up": "\x1b[A",
    "down": "\x1b[B", "home": "\x1b[H", "pageup": "\x1b[5~", "backspace": "\x7f", "z": "z",
    "b": "b", "f": "f", "1": "1", "question_mark": "?", "ㅜ": "ㅜ", "space": " ",
}  # fmt: skip


def _parsed(chunks: list[str]) -> list[str]:
    parser = KeyParser()
    found = [event for chunk in chunks if chunk for event in parser.feed(chunk)]
    if parser._timeout_time is not None:
        parser._timeout_time = 0.0  # nothing follows
    found += parser.tick()
    return [event.key if isinstance(event, Key) else repr(event) for event in found]


@given(st.lists(st.sampled_from(sorted(KEYS)), max_size=12))
def test_keys_in_one_read(names: list[str]) -> None:
    assert _parsed(["".join(KEYS[name] for name in names)]) == names


@given(st.lists(st.sampled_from(sorted(KEYS)), max_size=8), st.data())
def test_keys_in_reads_that_are_cut_anywhere(names: list[str], data: st.DataObject) -> None:
    text = "".join(KEYS[name] for name in names)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    edges = [0, *cuts, len(text)]
    chunks = [text[a:b] for a, b in pairwise(edges)]
    assert _parsed(chunks) == names


def test_a_key_soon_after_esc() -> None:
    assert _parsed(["\x1b", "z", "\x1b", "\r"]) == ["escape", "z", "escape", "enter"]


def test_what_is_pasted_stays_one_text() -> None:
    parser = KeyParser()
    events = list(parser.feed("a\x1b[200~b\x1bc\x1b[201~\x1bd"))
    pasted = [event.text for event in events if isinstance(event, Paste)]
    assert len(pasted) == 1 and pasted[0].startswith("b")
    assert isinstance(events[0], Key) and events[0].key == "a"
