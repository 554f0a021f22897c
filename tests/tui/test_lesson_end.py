"""The end of a lesson repeats wrong questions with one key, and shows when others are due."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sampling import sampled

from rnntutor.study.log import Log
from rnntutor.tui.screens.quiz import QuizScreen
from rnntutor.words import LANGUAGES, load


@pytest.fixture(autouse=True)
def answered(tmp_path: Path) -> None:
    log = Log(tmp_path / "learner", "old", clock=lambda: datetime(2025, 3, 1, 12, tzinfo=UTC))
    log.append("answer", question="rnn.one-weight", score=0, variant=0)
    log.append("answer", question="rnn.batch-shape", score=1, variant=0)
    log.close()


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
async def test_only_what_was_wrong_is_asked_again(tutor, lang: str) -> None:
    words = load(lang)
    async with tutor(lang) as t:
        await t.open("rnn", "end")
        assert words("end.wrong", n=1) in t.text
        assert t.text.count(words("comeback.today")) == 2
        await t.press("space")
        assert isinstance(t.app.screen, QuizScreen)
        assert [item.question.id for item in t.app.screen.quiz.items] == ["rnn.one-weight"]
        await t.press("escape")
        assert t.lesson.page.id == "end"


async def test_where_nothing_was_wrong_nothing_is_offered(tutor) -> None:
    async with tutor("en") as t:
        await t.open("gru", "end")
        await t.press("space")
        assert t.lesson.page.id == "end" and load("en")("key.wrong-again") not in t.text
