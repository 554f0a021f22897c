"""Log entries for the changes of a session, shared by the screens and plain mode."""

from __future__ import annotations

from collections.abc import Mapping

from rnntutor.course.question import Question
from rnntutor.course.questions.base import Verdict
from rnntutor.session import acts, because, outcome
from rnntutor.session import question as questions
from rnntutor.session import stage as stages
from rnntutor.session.pages import Page
from rnntutor.session.question import QuestionState
from rnntutor.session.stage import Stage

LogEntry = tuple[str, Mapping[str, object]]
"""The kind and data of an event."""


def answer(asked: QuestionState, verdict: Verdict, *, lang: str, seconds: float) -> LogEntry:
    """Return the log entry of an answer."""
    return "answer", {
        **_which(asked),
        "lang": lang,
        "given": None if asked.revealed else questions.raw_answer(asked),
        "score": verdict.score,
        "state": verdict.state,
        "found": list(verdict.found),
        "confidence": asked.confidence or None,
        "hints": asked.hints,
        "seconds": round(seconds, 1),
    }


def task(question: Question, *, met: bool, lang: str, seconds: float) -> LogEntry:
    """Return the log entry of a step's task in a review, whether done or left."""
    return "answer", {
        "question": question.id,
        "rev": question.rev,
        "variant": 0,
        "lang": lang,
        "given": met,
        "score": float(met),
        "state": "right" if met else "wrong",
        "seconds": round(seconds, 1),
    }


def too_coarse(asked: QuestionState, *, lang: str) -> LogEntry:
    """Return the log entry of an answer rejected for premature rounding; it is not scored."""
    return "coarse", {**_which(asked), "lang": lang, "given": questions.raw_answer(asked)}


def contrast_entry(asked: QuestionState) -> LogEntry:
    """Return the log entry of a confident wrong answer that was shown beside the right outcome."""
    return "contrast", _which(asked)


def _which(asked: QuestionState) -> dict[str, object]:
    """Return the log data that identifies a question and its variant."""
    question = asked.question
    return {"question": question.id, "rev": question.rev, "variant": asked.number}


def one_task(index: int) -> str:
    """Return the tick name of one of several tasks, by its index from 0."""
    return f"do.{index}"


def changes(old: Stage, new: Stage, page: Page) -> tuple[LogEntry, ...]:
    """Return the log entries for the difference between two states of a page's stage."""
    where = {"lesson": page.lesson, "page": page.id}
    out: list[LogEntry] = []
    if new.task_done and not old.task_done:
        out.append(("tick", {**where, "name": "do"}))
    elif not new.task_done:
        out += [("tick", {**where, "name": one_task(n)}) for n in sorted(new.ticks - old.ticks)]
    if new.goal_met and not old.goal_met:
        out.append(("tick", {**where, "name": "goal"}))
    if acts.complete(new) and not acts.complete(old):
        out.append(("done", where))
    if new.spec.goal and new.acted and not old.acted:
        out.append(("tried", where))
    if (predicted := _prediction_data(old, new)) is not None:
        out.append(("predicted", {**where, **predicted}))
    if (reason := because.chosen_reason(new)) is not None and because.chosen_reason(old) is None:
        assert new.prediction is not None
        data = {"given": new.prediction.because, "right": reason.right}
        out.append(("because", {**where, **data, "found": [reason.m] if reason.m else []}))
    return tuple(out)


def _prediction_data(old: Stage, new: Stage) -> Mapping[str, object] | None:
    """Return the log data of a prediction that was just judged or skipped, else None.

    A prediction about a training run is judged when the run is over.
    """
    before, after = old.prediction, new.prediction
    if before is None or after is None:
        return None
    if after.state == stages.MADE:
        verdict = outcome.verdict(new)
        if verdict is None or outcome.verdict(old) is not None:
            return None
        return {"given": after.given, "right": verdict.right}
    if not before.open or after.open:
        return None
    right = None if after.state == stages.SKIPPED else after.state == stages.RIGHT
    return {"given": after.given, "right": right}
