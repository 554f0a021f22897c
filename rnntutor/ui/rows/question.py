"""A question as rows: what is asked, the answer so far, hints, the verdict and the reason."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import Blocks, Choice, Cloze, Inline, Match, Order
from rnntutor.course.fill import decimal, fill
from rnntutor.draw.prose import Context, lay_out, lay_out_inline
from rnntutor.draw.wrap import wrap
from rnntutor.session import precision
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, CONFIDENCE, DONE, Asked
from rnntutor.spans import Row, Rows, Span, pad, plain, width
from rnntutor.words import Words

MARKS = {"right": ("✓", "right"), "partly": ("◐", "h"), "wrong": ("✗", "wrong")}


def question_rows(asked: Asked, words: Words, cells: int, context: Context) -> Rows:
    """The whole page, to be scrolled."""
    context = replace(context, gap=lambda index: _gap(asked, index))
    rows: list[Row] = [*lay_out(_filled(asked, asked.question.prompt), cells, context), ()]
    body = asked.question.body
    if isinstance(body, Choice):
        rows += _options(asked, cells, context)
    elif isinstance(body, Order):
        rows += _order(asked, cells, context)
    elif isinstance(body, Match):
        rows += _match(asked, cells, context)
    elif isinstance(body, Cloze):
        rows += _gap_choices(asked, words)
    else:
        rows += _number(asked, words, cells)
    rows += _hints(asked, words, cells, context)
    if asked.state == DONE:
        rows += verdict_rows(asked, words, cells, context)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _filled(asked: Asked, blocks: Blocks) -> Blocks:
    """The blocks with the variant's numbers in them."""
    return fill(blocks, asked.instance) if asked.instance else blocks


# ---- the seven types ---------------------------------------------------------------------------


def _options(asked: Asked, cells: int, context: Context) -> Rows:
    """Options with their digits; ticks for a multi; after the verdict, which were right."""
    body = asked.question.body
    assert isinstance(body, Choice)
    rows: list[Row] = []
    for n, option in enumerate(questions.options(asked)):
        chosen = n in asked.draft.picked
        here = n == asked.cursor and asked.state == ANSWERING
        lead = [_state_mark(asked, option.right, chosen), Span(f" {n + 1} ", "accent")]
        if body.multi:
            lead.append(Span("[×] " if chosen else "[ ] ", "" if chosen else "grey"))
        rows += _hanging(
            lead, option.inline, cells, context, f"key:{n + 1}", lit=here, strong=chosen
        )
    return tuple(rows)


def _state_mark(asked: Asked, right: bool, chosen: bool) -> Span:
    """Before the verdict the learner's choice, after it what was right and what was wrong."""
    if asked.state != DONE:
        return Span("▸ " if chosen else "  ", "accent")
    if right:
        return Span("✓ ", "right")
    return Span("✗ ", "wrong") if chosen else Span("  ")


def _order(asked: Asked, cells: int, context: Context) -> Rows:
    """The items with the number that each has been given; `·` for those left out."""
    body = asked.question.body
    assert isinstance(body, Order)
    right = {item.id: n + 1 for n, item in enumerate(body.items)}
    rows: list[Row] = []
    for n, option in enumerate(questions.options(asked)):
        place = asked.draft.picked.index(n) + 1 if n in asked.draft.picked else None
        here = n == asked.cursor and asked.state == ANSWERING
        lead = [Span(f"{n + 1}  ", "accent")]
        lead.append(Span(f"[{place or ' '}] ", "" if place else "grey", strong=bool(place)))
        if asked.state == DONE:
            wanted = right.get(option.id)
            good = wanted == place
            lead.append(Span("✓" if good else "✗", "right" if good else "wrong"))
            lead.append(Span(f" {wanted or '–'}  ", "grey"))
        rows += _hanging(lead, option.inline, cells, context, f"key:{n + 1}", lit=here)
    return tuple(rows)


def _match(asked: Asked, cells: int, context: Context) -> Rows:
    """The left cells with what has been put beside them, then the right column with its digits."""
    body = asked.question.body
    assert isinstance(body, Match)
    column = questions.right_column(asked)
    digits = {cell: n + 1 for n, cell in enumerate(column)}
    rows: list[Row] = []
    for n, (left, right) in enumerate(body.pairs):
        slot = asked.draft.slots[n]
        here = n == asked.cursor and asked.state == ANSWERING
        picked = str(slot + 1) if isinstance(slot, int) else " "
        lead = [Span("▸ " if here else "  ", "accent")]
        lead.append(Span(f"[{picked}] ", "" if slot is not None else "grey", strong=here))
        if asked.state == DONE:
            good = isinstance(slot, int) and column[slot] == right
            lead.append(Span("✓ " if good else "✗ ", "right" if good else "wrong"))
            lead.append(Span(f"{digits[right]}  ", "grey"))
        rows += _hanging(lead, left, cells, context, f"row:{n}", lit=here)
    rows.append(())
    for n, cell in enumerate(column):
        rows += _hanging([Span(f"  {n + 1}  ", "accent")], cell, cells, context, f"key:{n + 1}")
    return tuple(rows)


def _gap(asked: Asked, index: int) -> Span:
    """A gap within the text of a cloze."""
    body = asked.question.body
    assert isinstance(body, Cloze)
    slot = asked.draft.slots[index]
    here = index == asked.cursor and asked.state == ANSWERING
    text = questions.gap_choices(asked, index)[slot] if isinstance(slot, int) else slot or ""
    size = max(6, width([Span(text)]))
    role, mark = "accent" if here else "", ""
    if asked.state == DONE and asked.verdict is not None:
        good = asked.verdict.parts[index] if index < len(asked.verdict.parts) else False
        role, mark = ("right", "✓") if good else ("wrong", "✗")
        text = text or "·"
    shown = pad(text, 0 if asked.state == DONE else size).replace(" ", "_" if not text else " ")
    # No-break spaces: a gap stays in one piece when its line is wrapped.
    return Span(f"[{mark}{shown}]".replace(" ", " "), role, strong=here, back="lit" if here else "")


def _gap_choices(asked: Asked, words: Words) -> Rows:
    """The choices of the gap that the cursor stands in; after the verdict, the right texts."""
    body = asked.question.body
    assert isinstance(body, Cloze)
    if asked.state == DONE:
        parts = asked.verdict.parts if asked.verdict else ()
        wrong = [g.answers[0] for g, good in zip(body.gaps, parts, strict=False) if not good]
        if not wrong:
            return ()
        return ((Span(words("question.answer") + "  ", "grey"), Span(" · ".join(wrong))), ())
    gap = body.gaps[asked.cursor]
    head: list[Span] = [
        Span(words("question.gap", n=asked.cursor + 1, of=len(body.gaps)) + "  ", "grey")
    ]
    if gap.kind == "type":
        return (tuple(head),)
    for n, choice in enumerate(questions.gap_choices(asked, asked.cursor)):
        on = asked.draft.slots[asked.cursor] == n
        link = f"key:{n + 1}"
        head += [
            Span(f"{n + 1} ", "accent", link=link),
            Span(choice, "", strong=on, back="lit" if on else "", link=link),
            Span("   "),
        ]
    return _wrapped(head, 76)


def _number(asked: Asked, words: Words, cells: int) -> Rows:
    """How exact the number has to be; after the verdict what was typed, and what is right."""
    if asked.state != DONE:
        return tuple(wrap((Span(precision.field(asked, words), "grey"),), cells))
    assert asked.verdict is not None
    good = asked.verdict.state == "right"
    rows: list[Row] = []
    if not asked.revealed:
        sign, role = MARKS["right" if good else "wrong"]
        typed = Span(asked.draft.text.strip(), strong=True)
        yours = Span(f"   ← {words('question.yours')}", "grey")
        rows += wrap((Span(f"{sign} ", role), typed, Span(worth(asked)), yours), cells)
    if not good:
        rows.append((Span("✓ ", "right"), Span(str(asked.verdict.right), strong=True)))
    return tuple(rows)


def worth(asked: Asked) -> str:
    """What the expression in the field comes to: " = 0.462"; "" for a plain number or for none."""
    typed = questions.typed_number(asked)
    return "" if typed is None or typed.bare else f" = {decimal(typed.value)}"


def _hanging(
    lead: list[Span],
    inline: Inline,
    cells: int,
    context: Context,
    link: str,
    *,
    lit: bool = False,
    strong: bool = False,
) -> Rows:
    """An option's text behind its lead; further lines hang under the first."""
    indent = width(lead)
    rows: list[Row] = []
    for n, row in enumerate(lay_out_inline(inline, cells - indent, context)):
        spans = [*(lead if n == 0 else [Span(" " * indent)]), *row]
        if lit:
            rest = cells - width(spans)
            spans = [*spans, Span(" " * max(0, rest))]
        rows.append(
            tuple(
                replace(s, link=s.link or link, back="lit" if lit else s.back,
                        strong=s.strong or strong)
                for s in spans
            )
        )  # fmt: skip
    return tuple(rows)


def _wrapped(spans: list[Span], cells: int) -> Rows:
    """Spans in as many rows as they need, broken between spans."""
    rows: list[list[Span]] = [[]]
    for span in spans:
        if rows[-1] and width(rows[-1]) + width([span]) > cells:
            rows.append([])
        rows[-1].append(span)
    return tuple(tuple(row) for row in rows)


# ---- hints, confidence, verdict ------------------------------------------------------------------


def _hints(asked: Asked, words: Words, cells: int, context: Context) -> Rows:
    rows: list[Row] = []
    for n, hint in enumerate(asked.question.hints[: asked.hints]):
        rows += [()] if n == 0 else []
        head = Span(pad(words("question.hint"), 6), "grey")
        rows += _beside(head, lay_out(_filled(asked, hint), cells - 6, context))
    return tuple(rows)


def verdict_rows(asked: Asked, words: Words, cells: int, context: Context) -> Rows:
    """What the answer was, the reason behind a mistake, and why the right one is right."""
    verdict = asked.verdict
    assert verdict is not None
    sign, role = MARKS[verdict.state]
    head = words("verdict.shown" if asked.revealed else f"verdict.{verdict.state}")
    share = "" if verdict.state != "partly" else f"  {verdict.score:.0%}"
    rows: list[Row] = [(), (Span(f"{sign} {head}{share}", role, strong=True),)]
    for feedback in verdict.feedback:
        rows += lay_out(_filled(asked, feedback), cells, context)
    rows.append(())
    why = lay_out(_filled(asked, asked.question.why), cells - 6, context)
    rows += _beside(Span(pad(words("question.why"), 6), "grey"), why)
    return tuple(rows)


def _beside(head: Span, rows: Rows) -> Rows:
    return tuple((head if n == 0 else Span(" " * head.width), *row) for n, row in enumerate(rows))


def ask_rows(asked: Asked, words: Words, cells: int) -> Rows:
    """Under the page: what is missing, or how sure the learner is."""
    if asked.state == CONFIDENCE:
        out = [Span(words("confidence.ask") + "   ", "")]
        for n, key in enumerate(("guessed", "maybe", "sure"), 1):
            link = f"key:{n}"
            out += [Span(f"{n} ", "accent", link=link), Span(words(f"confidence.{key}"), link=link),
                    Span("    ")]  # fmt: skip
        return (tuple(out),)
    if asked.complaint:
        said = (Span(precision.complaint(asked, words), "h"),)
        return tuple(wrap(said, cells))
    return ()


def spoken(rows: Rows) -> str:
    """The rows as text, for whoever cannot see them."""
    return "\n".join(plain(row).rstrip() for row in rows)
