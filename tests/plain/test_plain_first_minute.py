"""The first minute in plain mode: only after the question for the language, and done by typing."""

from __future__ import annotations

from dataclasses import replace

from plain_talk import Talk, joined


def test_it_follows_the_language_and_leads_to_the_lessons(talk: Talk) -> None:
    said = joined(replace(talk, known=False)("2", "1", "run", ",", "U 0.8", "2", "q"))
    for key in ("first.because.1", "first.reason.2", "first.plain.over"):
        assert joined(talk.text(key)) in said
    assert said.index(joined(talk.text("first.plain.over"))) < said.index("rnntutor:")


def test_a_blank_line_skips_it_and_nobody_else_is_shown_it(talk: Talk) -> None:
    skipped = replace(talk, known=False)("2", "", "q")
    assert talk.text("first.title") in skipped
    assert "rnntutor:" in skipped
    assert talk.text("first.title") not in talk("q")


def test_what_is_not_asked_for_is_refused_in_a_sentence(talk: Talk) -> None:
    said = joined(replace(talk, known=False)("2", "9", "run", "1", "b?", "q"))
    assert joined(talk.text("plain.predict.choice", n=3)) in said
    assert joined(talk.text("plain.predict.first")) in said
    assert joined(talk.text("plain.unknown", text="b?")) in said
