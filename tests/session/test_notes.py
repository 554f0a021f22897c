"""Notes and marks of unclear pages are stored by page, shown again, and removed."""

from __future__ import annotations

from rnntutor.pages.notes import note_rows, signs
from rnntutor.session import notes
from rnntutor.session.pages import BACK, QUESTION, STEP, Page
from rnntutor.session.records import LogEntry
from rnntutor.spans import plain
from rnntutor.study.events import Event
from rnntutor.study.progress import Progress, fold
from rnntutor.words import load

LOOP = ("rnn", "loop")
WORDS = load("en")


def after(*told: LogEntry) -> Progress:
    return fold(
        Event("s", n, f"2026-03-01T12:00:{n:02}.000000Z", "+00:00", kind, dict(data))
        for n, (kind, data) in enumerate(told, 1)
    )


def test_a_note_is_kept_in_one_line_changed_and_taken_away() -> None:
    first = notes.note_entry(LOOP, "  h is\n a state ")
    assert after(first).notes == {LOOP: "h is a state"}
    assert after(first, notes.note_entry(LOOP, "other")).notes == {LOOP: "other"}
    assert after(first, notes.note_entry(LOOP, "  ")).notes == {}
    assert len(after(notes.note_entry(LOOP, "x" * 9999)).notes[LOOP]) == notes.LONGEST


def test_a_mark_goes_on_and_off() -> None:
    on = notes.flag_entry(LOOP, after())
    marked = after(on)
    assert marked.flags == {LOOP}
    assert after(on, notes.flag_entry(LOOP, marked)).flags == frozenset()


def test_both_stand_on_the_page_and_on_no_other() -> None:
    progress = after(notes.note_entry(LOOP, "a state"), notes.flag_entry(LOOP, after()))
    rows = "\n".join(plain(row) for row in note_rows(LOOP, progress, WORDS, 40))
    assert "a state" in rows and WORDS("note.unclear")[:20] in rows
    assert plain(signs(LOOP, progress)) == "✎ ? "
    assert note_rows(("rnn", "unrolled"), progress, WORDS, 40) == ()
    assert signs(("rnn", "unrolled"), progress) == ()


def test_a_question_has_its_note_wherever_it_is_asked() -> None:
    class Asked:
        id = "rnn.one-weight"

    own = Page(QUESTION, "rnn", "rnn.one-weight", question=Asked())  # type: ignore[arg-type]
    elsewhere = Page(
        QUESTION,
        "bptt",
        "<rnn.one-weight",
        question=Asked(),
        extra=BACK,  # type: ignore[arg-type]
    )
    quiz = notes.question_key("rnn.one-weight")
    assert notes.key(own) == notes.key(elsewhere) == quiz == ("", "rnn.one-weight")
    assert notes.question_key("predict:rnn.loop") == notes.key(Page(STEP, "rnn", "loop")) == LOOP
