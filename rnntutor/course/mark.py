"""What an answer is worth, and what it says about the one who gave it: pure functions.

Answers are plain data, so that the log keeps them as they are:

  single   the option's id                    cloze   a text for each gap, "" where none is given
  multi    the ids that are ticked            order   the ids that were placed, from first to last
  numeric  what was typed, or a number        match   for each left cell the place of its right one
  trace    the same                                   (pairs' own from 0, then the extra), or None
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rnntutor.course import precision
from rnntutor.course.blocks import (
    Blocks,
    Choice,
    Cloze,
    Gap,
    Inline,
    Match,
    Numeric,
    Option,
    Order,
    Paragraph,
    Question,
    Reason,
    Term,
    Text,
    Variant,
    Wrong,
)
from rnntutor.course.expression import ExpressionError, Typed, evaluate
from rnntutor.course.fill import decimal, inline_filled
from rnntutor.course.variant import Instance
from rnntutor.course.wording import passes, same_words

COARSE = "coarse"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth.

    score: 0 to 1. state: "right" (1), "partly" or "wrong" (0); or COARSE: the right method, but
    rounded too early. Such an answer is asked for again and counts for nothing.
    feedback: what to say about the mistakes that were found, in the order of the answer.
    right: the right answer, in the form in which answers are given (a number as text).
    parts: whether each part is as it should be: each option's tick (in the author's order), each
        gap, each pair, each item placed; one for a number.
    found: what the mistakes are: ids of wrong options, slips ("forget_all"), places of the trace
        ("c[1]"), the numbers of known mistakes ("0.9").
    misconceptions: their codes ("M-19"), where the author gave them.
    """

    score: float
    state: str
    feedback: tuple[Blocks, ...]
    right: object
    parts: tuple[bool, ...]
    found: tuple[str, ...] = ()
    misconceptions: tuple[str, ...] = ()


def mark(
    question: Question,
    given: object,
    *,
    instance: Instance | None = None,
    glossary: Iterable[Term] = (),
) -> Verdict | None:
    """The verdict on an answer; None where there is nothing to mark: no answer yet, or something
    that is not a number where one is asked for. That costs nothing.

    instance: of a `trace` question, its numbers. glossary: its aliases pass in cloze gaps.
    Raises ValueError for a `trace` question without an instance.
    """
    match question.body:
        case Choice(multi=False) as body:
            return _single(body, given)
        case Choice() as body:
            return _multi(body, given)
        case Numeric() as body:
            return _numeric(body, given)
        case Cloze() as body:
            return _cloze(body, given, glossary)
        case Order() as body:
            return _order(body, given)
        case Match() as body:
            return _match(body, given)
        case Variant() as body:
            if instance is None:
                raise ValueError(f"{question.id}: a trace question is marked with its instance")
            return _trace(body, given, instance)


# ---- numbers -------------------------------------------------------------------------------


def _typed(given: object) -> Typed | None:
    """A number from an answer."""
    if isinstance(given, str):
        try:
            return evaluate(given)
        except ExpressionError:
            return None
    if isinstance(given, int | float) and not isinstance(given, bool) and abs(given) < 1e300:
        return Typed(float(given), True, False)
    return None


def _within(low: float, value: float, high: float) -> bool:
    """low ≤ value ≤ high, forgiving what binary fractions lose (0.731 + 0.001)."""
    slack = 1e-9 * max(abs(low), abs(high), high - low)
    return low - slack <= value <= high + slack


def _numeric(body: Numeric, given: object) -> Verdict | None:
    typed = _typed(given)
    if typed is None:
        return None
    value = typed.value
    passes = precision.numeric(body)
    if body.percent:
        # 87.6, 87.6 % and 0.876 are the same share.
        readings = (100 * value,) if typed.percent else (value, 100 * value)
        fits = (v for v in readings if _within(passes.low, v, passes.high))
        value = next(fits, readings[0])
    key = f"{body.key} %" if body.percent else body.key
    if _within(passes.low, value, passes.high):
        return _verdict(1.0, (), key, (True,))
    near = min(body.slips, key=lambda slip: abs(slip[0] - value), default=None)
    if near is not None and _within(near[0] - body.spread, value, near[0] + body.spread):
        return _verdict(0.0, (_said(near[1]),), key, (False,), (f"{near[0]:g}",))
    return _missed(key, passes, value)


def _trace(body: Variant, given: object, instance: Instance) -> Verdict | None:
    typed = _typed(given)
    if typed is None:
        return None
    value = typed.value
    passes = precision.traced(body, instance)
    key = decimal(instance.key)
    if _within(passes.low, value, passes.high):
        return _verdict(1.0, (), key, (True,))
    slips: list[tuple[float, Wrong]] = [
        s for s in instance.slips if _within(s[0] - body.atol, value, s[0] + body.atol)
    ]
    if not slips:
        return _missed(key, passes, value)
    _, wrong = min(slips, key=lambda slip: abs(slip[0] - value))
    said = _said(inline_filled(wrong.say, instance))
    return _verdict(0.0, (said,), key, (False,), (wrong.slip or wrong.of,))


def _missed(key: str, passes: precision.Passes, value: float) -> Verdict:
    """An answer that is neither right nor a known mistake: too coarse, or wrong."""
    if _within(passes.least, value, passes.most):
        return Verdict(0.0, COARSE, (), key, (False,))
    return _verdict(0.0, (), key, (False,))


# ---- options -------------------------------------------------------------------------------


def _single(body: Choice, given: object) -> Verdict | None:
    picked = next((o for o in body.options if o.id == given), None)
    if picked is None:
        return None
    key = next((o.id for o in body.options if o.right), None)
    parts = tuple(o.right == (o is picked) for o in body.options)
    wrong = () if picked.right else (picked,)
    return _by_options(float(picked.right), key, parts, wrong)


def _multi(body: Choice, given: object) -> Verdict | None:
    """(right − wrong)/right, not below 0: ticking everything earns nothing for sure."""
    ticked = _ids(given)
    if not ticked:
        return None
    rights = [o for o in body.options if o.right]
    hit = [o for o in rights if o.id in ticked]
    wrong = [o for o in body.options if not o.right and o.id in ticked]
    score = max(0.0, (len(hit) - len(wrong)) / max(1, len(rights)))
    parts = tuple(o.right == (o.id in ticked) for o in body.options)
    return _by_options(score, [o.id for o in rights], parts, wrong)


def _order(body: Order, given: object) -> Verdict | None:
    """The longest common subsequence with the right order, over the items and the distractors
    that were placed among them. One item alone is in order whatever one does: that is nothing."""
    placed = _ids(given)
    if not placed:
        return None
    order = [item.id for item in body.items]
    wrong = [d for d in body.distractors if d.id in placed]
    kept = _common(placed, order)
    run = len(kept) if len(kept) > 1 or len(order) == 1 else 0
    score = run / (len(order) + len(wrong))
    return _by_options(score, order, tuple(n in kept for n in range(len(placed))), wrong)


def _common(placed: Sequence[str], order: Sequence[str]) -> frozenset[int]:
    """The places in `placed` of a longest subsequence that it shares with `order`."""
    n, m = len(placed), len(order)
    length = [[0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            if placed[i] == order[j]:
                length[i][j] = 1 + length[i + 1][j + 1]
            else:
                length[i][j] = max(length[i + 1][j], length[i][j + 1])
    kept, i, j = set(), 0, 0
    while i < n and j < m:
        if placed[i] == order[j]:
            kept.add(i)
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
    return frozenset(kept)


def _ids(given: object) -> list[str]:
    return [str(name) for name in given] if isinstance(given, list | tuple) else []


def _by_options(
    score: float, right: object, parts: tuple[bool, ...], wrong: Iterable[Option]
) -> Verdict:
    """A verdict whose feedback is that of the wrong options chosen."""
    chosen = tuple(wrong)
    return _verdict(
        score,
        tuple(option.feedback for option in chosen if option.feedback),
        right,
        parts,
        tuple(option.id for option in chosen),
        tuple(option.m for option in chosen if option.m),
    )


# ---- gaps and pairs ------------------------------------------------------------------------


def accepted(gap: Gap, glossary: Iterable[Term] = ()) -> frozenset[str]:
    """Everything that is right in a gap, as `same_words`: its answers and, where one of them names
    a term of the glossary, every name of that term in both languages."""
    answers = {same_words(answer) for answer in gap.answers}
    if gap.kind == "type":
        for term in glossary:
            names = {same_words(word) for _, word in term.word}
            names |= {same_words(alias) for _, aliases in term.aliases for alias in aliases}
            if answers & names:
                answers |= names
    return frozenset(answers)


def _right(text: str, gap: Gap, terms: Iterable[Term]) -> bool:
    """Whether a gap is filled rightly; of a choice nothing but the choice itself is right."""
    answers = accepted(gap, terms)
    if gap.kind == "type":
        return bool(text.strip()) and passes(text, answers)
    return same_words(text) in answers


def _cloze(body: Cloze, given: object, glossary: Iterable[Term]) -> Verdict | None:
    texts = [str(text or "") for text in given] if isinstance(given, list | tuple) else []
    if not any(text.strip() for text in texts):
        return None
    texts += [""] * (len(body.gaps) - len(texts))
    terms = tuple(glossary)
    parts = tuple(_right(text, gap, terms) for text, gap in zip(texts, body.gaps, strict=False))
    right = [gap.answers[0] for gap in body.gaps]
    leads = [(Text(f"{text.strip() or '–'}: ", strong=True),) for text in texts]
    return _by_parts(parts, right, leads, body.reasons)


def _match(body: Match, given: object) -> Verdict | None:
    """Per pair. Two right cells that read the same are the same answer."""
    picked = list(given) if isinstance(given, list | tuple) else []
    if all(place is None for place in picked):
        return None
    picked += [None] * (len(body.pairs) - len(picked))
    rights: list[Inline] = [right for _, right in body.pairs] + list(body.extra)
    parts = tuple(
        isinstance(place, int) and 0 <= place < len(rights) and rights[place] == right
        for place, (_, right) in zip(picked, body.pairs, strict=False)
    )
    leads = [(*left, Text(": ")) for left, _ in body.pairs]
    return _by_parts(parts, list(range(len(body.pairs))), leads, body.reasons)


def _by_parts(
    parts: tuple[bool, ...], right: object, leads: Sequence[Inline], reasons: Sequence[Reason]
) -> Verdict:
    """A verdict whose feedback is the reason for each part that is wrong, after what was put (or
    stood) there."""
    wrong = [
        (lead, reason)
        for good, lead, reason in zip(parts, leads, reasons, strict=False)
        if not good
    ]
    return _verdict(
        sum(parts) / max(1, len(parts)),
        tuple(_said((*lead, *reason.inline)) for lead, reason in wrong),
        right,
        parts,
        misconceptions=tuple(reason.m for _, reason in wrong if reason.m),
    )


# ---- common --------------------------------------------------------------------------------


def _said(inline: Inline) -> Blocks:
    return (Paragraph(inline),)


def _verdict(
    score: float,
    feedback: tuple[Blocks, ...],
    right: object,
    parts: tuple[bool, ...],
    found: tuple[str, ...] = (),
    misconceptions: tuple[str, ...] = (),
) -> Verdict:
    state = "right" if score >= 1 else "partly" if score > 0 else "wrong"
    return Verdict(score, state, feedback, right, parts, found, misconceptions)
