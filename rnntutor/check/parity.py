"""Rules for the languages of a course: everything except prose is the same.

Each part of a lesson is described by its facts: named values that must be equal in every language.
The first language is the original; differences are reported for the other one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from rnntutor import sims
from rnntutor.check.runs import in_blocks
from rnntutor.check.source import Source
from rnntutor.course.claims import ClaimedRun
from rnntutor.course.lesson import Step
from rnntutor.course.question import Option, Question
from rnntutor.course.questions import kind_of
from rnntutor.course.sim_spec import Condition, PredictChoice, PredictNumber, SimSpec
from rnntutor.sims.base import knobs

Facts = Mapping[str, object]


def check_parity(original: Source, other: Source) -> None:
    """Check that `other` has the steps, simulations and questions of `original`."""
    pair = _Pair(original, other)
    ours, theirs = original.lesson, other.lesson
    pair.ids([s.id for s in ours.steps], [(s.id, s.line) for s in theirs.steps])
    by_id = {step.id: step for step in theirs.steps}
    for step in ours.steps:
        if step.id in by_id:
            pair.step(step, by_id[step.id])
    pair.questions(ours.pool, theirs.pool)


class _Pair:
    """Compares a lesson in two languages."""

    def __init__(self, original: Source, other: Source) -> None:
        self.original, self.other = original, other
        self.lang = original.lesson.lang

    def ids(self, ours: Sequence[str], theirs: Sequence[tuple[str, int]]) -> None:
        """Report the first position where the ids differ."""
        last = len(self.other.lines)
        for index, wanted in enumerate(ours):
            there, line = theirs[index] if index < len(theirs) else ("", last)
            if there != wanted:
                self.other.add_problem(
                    line, "parity_id", wanted=wanted, there=there or "—", lang=self.lang
                )
                return
        for there, line in theirs[len(ours) :]:
            self.other.add_problem(line, "parity_extra", id=there, lang=self.lang)

    def step(self, ours: Step, theirs: Step) -> None:
        """Compare a step in both languages."""
        self.facts(theirs.line, _step(ours), _step(theirs))
        if ours.sim and theirs.sim:
            free = _by_language(ours.sim.use)
            self.facts(theirs.sim.line, _sim(ours.sim, free), _sim(theirs.sim, free))
        elif ours.sim or theirs.sim:
            self.facts(theirs.line, {"```sim": bool(ours.sim)}, {"```sim": bool(theirs.sim)})
        self.questions(ours.questions, theirs.questions)

    def questions(self, ours: Sequence[Question], theirs: Sequence[Question]) -> None:
        """Compare questions, matched by their ids."""
        self.ids([q.id for q in ours], [(q.id, q.line) for q in theirs])
        by_id = {question.id: question for question in theirs}
        for question in ours:
            other = by_id.get(question.id)
            if other is None:
                continue
            self.facts(other.line, _question(question), _question(other))
            kind = kind_of(question)
            if question.type == other.type:
                self.options(kind.options(question.body), kind.options(other.body), other.line)
                self.facts(
                    kind.translation_line(other.body, other.line),
                    kind.same_in_translation(question.body),
                    kind.same_in_translation(other.body),
                )

    def options(self, ours: Sequence[Option], theirs: Sequence[Option], line: int) -> None:
        """Compare the options one by one, each at its own line."""
        if len(ours) != len(theirs):
            self.facts(line, {"- [ ]": len(ours)}, {"- [ ]": len(theirs)})
            return
        for one, two in zip(ours, theirs, strict=True):
            self.facts(two.line, _option(one), _option(two))

    def facts(self, line: int, ours: Facts, theirs: Facts) -> None:
        """Report each fact that differs, at the line that contains its name."""
        for name in dict.fromkeys((*ours, *theirs)):
            a, b = ours.get(name), theirs.get(name)
            if a != b:
                at = self._line(name, line)
                there, wanted = _format_value(b), _format_value(a)
                self.other.add_problem(
                    at, "parity", name=name, there=there, wanted=wanted, lang=self.lang
                )

    def _line(self, name: str, line: int) -> int:
        """Return the line that begins with the name.

        It is searched from `line` to the end of the block or section; the default is `line`.
        """
        begins = re.compile(rf'[\[" ]*{re.escape(name)}(?!\w)')
        for number, text in enumerate(self.other.lines[line:], line + 1):
            if begins.match(text):
                return number
            if text.startswith(("```", "#", "- [")):
                break
        return line


def _step(step: Step) -> Facts:
    return {
        "{beyond}": step.beyond,
        "[!RUN]": _runs(in_blocks(step.blocks)),
        "> [!GIVEN]": bool(step.given),
        "- ✎": len(step.tasks),
    }


def _format_value(value: object) -> str:
    match value:
        case None | () | "":
            return "—"
        case bool():
            return "✓" if value else "✗"
        case tuple():
            return f"({', '.join(map(_format_value, value))})"
        case Condition(of=of, test=test, value=wanted, after=after):
            return f"{of} {test} {_format_value(wanted)}" + " after" * after
        case _:
            return str(value)


# ---- facts ---------------------------------------------------------------------------------


def _by_language(use: str) -> frozenset[str]:
    """Return the settings of a simulation that may differ between languages."""
    try:
        fields = knobs(sims.find(use).settings)
    except sims.NoSimulation:
        return frozenset()
    return frozenset(name for name, knob in fields.items() if knob.language)


def _sim(sim: SimSpec, free: frozenset[str]) -> Facts:
    predict: object = None
    because: tuple[object, ...] = ()
    match sim.predict:
        case PredictNumber(ask=ask, atol=atol, wrong=wrong):
            predict = (ask, atol, tuple(w.slip or w.of for w in wrong))
        case PredictChoice(options=found, because=reasons):
            predict = tuple(option.when for option in found)
            because = tuple((reason.right, reason.m) for reason in reasons)
        case None:
            pass
        case _:
            assert_never(sim.predict)
    settings = {name: value for name, value in sim.settings if name not in free}
    return {
        "use": sim.use,
        **settings,
        "controls": sim.controls,
        "views": sim.views,
        "focus": sim.focus,
        "cursor": sim.cursor,
        "predict": predict,
        "predict.because": because,
        "do": sim.do,
        "goal": sim.goal,
        "runs": _runs(sim.runs),
    }


def _question(question: Question) -> Facts:
    return {
        "type=": question.type,
        "d=": question.difficulty,
        "rev=": question.rev,
        "{beyond}": question.beyond,
        "[!HINT]": len(question.hints),
        "[!RUN]": _runs(in_blocks(question.why)),
    }


def _option(option: Option) -> Facts:
    return {"{#id}": option.id, "[x]": option.right, "{m=}": option.m, "{fixed}": option.fixed}


def _runs(runs: Sequence[ClaimedRun]) -> tuple[object, ...]:
    """Return the runs and their claims as facts.

    If the simulation has settings that differ between languages, only the names of the claimed
    values count.
    """
    found: list[object] = []
    for run in runs:
        free = _by_language(run.use)
        kept = tuple(pair for pair in run.settings if pair[0] not in free)
        claims = tuple(claim.of if free else claim.text for claim in run.claims)
        found.append((run.use, kept, run.updates, claims))
    return tuple(found)
