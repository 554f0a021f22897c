"""A question as rows: what is asked, the answer so far, hints, the verdict and the reason."""

from __future__ import annotations

from dataclasses import replace

from rnntutor.course.blocks import Blocks, Choice, Cloze, Inline, Match, Order
from rnntutor.course.fill import decimal, fill
from rnntutor.pages.listed import entry
from rnntutor.render.primitives.wrap import GLUE, wrap
from rnntutor.render.prose import Context, lay_out, lay_out_inline
from rnntutor.session import precision
from rnntutor.session import question as questions
from rnntutor.session.question import ANSWERING, CONFIDENCE, DONE, Asked
from rnntutor.spans import Row, Rows, Span, pad, plain, width
from rnntutor.words import Words

MARKS = {"right": ("✓", "right"), "partly": ("◐", "h"), "wrong": ("✗", "wrong")}
# Of a single choice and of a multi, before and after it has been chosen.
BOXES = {False: ("( )", "(•)"), True: ("[ ]", "[×]")}
BLANK = 8  # cells of a gap that is typed, at least


def question_rows(asked: Asked, words: Words, cells: int, context: Context) -> Rows:
    """The whole page, to be scrolled."""
    context = replace(context, gap=lambda index: _gap(asked, index))
    rows: list[Row] = [*lay_out(_filled(asked, asked.question.prompt), cells, context), ()]
    body = asked.question.body
    if isinstance(body, Choice):
        rows += _options(asked, cells, context)
    elif isinstance(body, Order):
        rows += _order(asked, words, cells, context)
    elif isinstance(body, Match):
        rows += _match(asked, cells, context)
    elif isinstance(body, Cloze):
        rows += _gap_choices(asked, words, cells)
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
        lead = [_state_mark(asked, option.right, chosen, here), Span(f"{n + 1} ", "accent")]
        box = BOXES[body.multi][chosen]
        lead.append(Span(f"{box} ", "" if chosen else "grey", strong=chosen))
        rows += _hanging(
            lead, option.inline, cells, context, f"key:{n + 1}", lit=here, strong=chosen
        )
    return tuple(rows)


def _state_mark(asked: Asked, right: bool, chosen: bool, here: bool) -> Span:
    """Before the verdict where the cursor is, after it what was right and what was wrong. What
    has been chosen is seen by its box."""
    if asked.state != DONE:
        return Span("▸ " if here else "  ", "accent")
    if right:
        return Span("✓ ", "right")
    return Span("✗ ", "wrong") if chosen else Span("  ")


def _order(asked: Asked, words: Words, cells: int, context: Context) -> Rows:
    """The items with the number that each has been given."""
    if asked.state == DONE:
        return _right_order(asked, words, cells, context)
    rows: list[Row] = []
    for n, option in enumerate(questions.options(asked)):
        place = asked.draft.picked.index(n) + 1 if n in asked.draft.picked else None
        here = n == asked.cursor and asked.state == ANSWERING
        lead = [Span("▸ " if here else "  ", "accent"), Span(f"{n + 1}  ", "accent")]
        lead.append(Span(f"[{place or ' '}] ", "" if place else "grey", strong=bool(place)))
        rows += _hanging(lead, option.inline, cells, context, f"key:{n + 1}", lit=here)
    return tuple(rows)


def _right_order(asked: Asked, words: Words, cells: int, context: Context) -> Rows:
    """The items in their right order, then those that have no place in it; behind each the place
    that the learner gave it, if that was another."""
    body = asked.question.body
    assert isinstance(body, Order)
    shown = questions.options(asked)
    given = {shown[place].id: n + 1 for n, place in enumerate(asked.draft.picked)}
    rows: list[Row] = []
    for n, option in enumerate((*body.items, *body.distractors)):
        wanted = n + 1 if n < len(body.items) else None
        place = given.get(option.id)
        lead = [Span("  "), Span(f"{wanted or '–'}  ", "accent")]
        behind = ""
        if given:
            mark, role = MARKS["right" if place == wanted else "wrong"]
            lead[0] = Span(f"{mark} ", role)
        if given and place != wanted:
            behind = words("question.placed", n=place) if place else words("question.unplaced")
        rows += _hanging(lead, option.inline, cells, context, "", behind=behind)
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
    choices = questions.gap_choices(asked, index)
    text = choices[slot] if isinstance(slot, int) else slot or ""
    # As wide as the longest choice, so that no line breaks elsewhere once it is filled.
    size = max(width((Span(each),)) for each in (*choices, text, "_" * BLANK * (not choices)))
    role, mark = "accent" if here else "", ""
    if asked.state == DONE and asked.verdict is not None:
        good = asked.verdict.parts[index] if index < len(asked.verdict.parts) else False
        role, mark = ("right", "✓ ") if good else ("wrong", "✗ ")
        text = text or "·"
    shown = pad(text, 0 if asked.state == DONE else size).replace(" ", "_" if not text else " ")
    # No-break spaces: a gap stays in one piece when its line is wrapped.
    return Span(f"[{mark}{shown}]".replace(" ", " "), role, strong=here, back="lit" if here else "")


def _gap_choices(asked: Asked, words: Words, cells: int) -> Rows:
    """The choices of the gap that the cursor stands in; after the verdict, what belongs in each."""
    body = asked.question.body
    assert isinstance(body, Cloze)
    if asked.state == DONE:
        return _gap_answers(body, asked.verdict.parts if asked.verdict else (), words, cells)
    if asked.state != ANSWERING:
        return ()
    name = words("question.gap", n=asked.cursor + 1, of=len(body.gaps))
    rows: list[Row] = [(Span(name, "grey"),)]
    for n, choice in enumerate(questions.gap_choices(asked, asked.cursor)):
        on = asked.draft.slots[asked.cursor] == n
        lead = (Span(f"  {n + 1} ", "accent"), Span(f"{BOXES[False][on]} ", "" if on else "grey"))
        rows += entry(lead, (Span(choice, strong=on),), cells, link=f"key:{n + 1}")
    return tuple(rows)


def _gap_answers(body: Cloze, parts: tuple[bool, ...], words: Words, cells: int) -> Rows:
    """Of each gap that is not right, what belongs in it; nothing where all are right."""
    rows: list[Row] = []
    for n, (gap, good) in enumerate(zip(body.gaps, parts, strict=False), 1):
        mark, role = MARKS["right" if good else "wrong"]
        name = words("question.gap-answer", n=n)
        lead = (Span(f"{mark} ", role), Span(f"{name}  ", "grey"))
        rows += entry(lead, (Span(gap.answers[0]),), cells)
    return () if all(parts) else tuple(rows)


def _number(asked: Asked, words: Words, cells: int) -> Rows:
    """How exact the number has to be, and what was typed, once the field that it was typed into is
    gone; after the verdict also what is right."""
    if asked.state != DONE:
        if asked.state == ANSWERING:
            return wrap((Span(precision.field(asked, words), "grey"),), cells)
        exact = wrap((Span(precision.asked_for(asked, words), "grey"),), cells)
        if asked.revealed:
            return exact
        label = Span(f"{words('question.yours')}  ", "grey")
        return (*exact, *entry((label,), (Span(asked.draft.text.strip(), strong=True),), cells))
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
    behind: str = "",
) -> Rows:
    """An option's text behind its lead; further lines hang under the first. behind: what stands
    at the end of its last line, or under it where there is no room."""
    indent = width(lead)
    rows: list[Row] = []
    laid: list[Row] = list(lay_out_inline(inline, cells - indent, context))
    if behind:
        said = Span(behind, "grey")
        beside = laid and width(laid[-1]) + 3 + said.width <= cells - indent
        if beside:
            laid[-1] = (*laid[-1], Span("   "), said)
        else:
            laid += wrap((said,), cells - indent)
    for n, row in enumerate(laid):
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
            said = words(f"confidence.{key}").replace(" ", GLUE)
            out += [Span(f"{n}{GLUE}", "accent", link=link), Span(said, link=link),
                    Span(f"{GLUE * 3} ")]  # fmt: skip
        return wrap(out, cells)
    if asked.complaint:
        nothing = asked.complaint == "question.empty"
        unchosen = nothing and isinstance(asked.question.body, Choice | Order)
        said = words("question.unchosen") if unchosen else precision.complaint(asked, words)
        return wrap((Span(said, "h"),), cells)
    return ()


def spoken(rows: Rows) -> str:
    """The rows as text, for whoever cannot see them."""
    return "\n".join(plain(row).rstrip() for row in rows)
