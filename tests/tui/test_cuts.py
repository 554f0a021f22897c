"""No text is cut off at 60, 80 and 120 columns, in any language.

`fit` is the only function that shortens a row, and it leaves a mark. Here every shortened row is
recorded, and required texts are searched for in the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from sampling import in_turn, sampled

from rnntutor import sims, spans
from rnntutor.course.load import Course, in_language, open_course
from rnntutor.course.question import Question
from rnntutor.course.questions.cloze import Cloze, gap_choices
from rnntutor.course.questions.numeric import Numeric
from rnntutor.course.variant import Variant
from rnntutor.nn.training import Update
from rnntutor.package_data import lessons_dir
from rnntutor.pages import cover as cover_page
from rnntutor.pages import home, lesson, lesson_end
from rnntutor.pages import question as question_rows
from rnntutor.pages import stage as stage_rows
from rnntutor.render.prose import Context
from rnntutor.session import knobs, opening, viewing
from rnntutor.session import question as questions
from rnntutor.session import stage as stages
from rnntutor.session.course_view import CourseView
from rnntutor.session.pages import COVER
from rnntutor.session.pages import pages as pages_of
from rnntutor.session.question import QuestionState
from rnntutor.session.stage import Stage
from rnntutor.spans import Row, Rows, fit, plain, row, width
from rnntutor.study.events import Event
from rnntutor.study.log import local_now
from rnntutor.study.progress import Progress, fold
from rnntutor.tui import keys, stage_commands
from rnntutor.tui.page_state import STAGE, ScreenPageState
from rnntutor.tui.widgets.rows_view import RowsView
from rnntutor.words import LANGUAGES, Words, load

INNER = {60: 56, 80: 76, 120: 116}  # columns of a window, cells between its margins
NARROWEST = sampled(INNER, lambda columns: columns == 60)  # in every suite
COURSE = open_course(lessons_dir(), load("en"))
LESSONS = [entry.id for entry in COURSE.entries]


@pytest.fixture
def cuts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the text of every row that is shortened from now on."""
    found: list[str] = []
    shorten = spans._shorten

    def recorded(spans_: Row, cells: int) -> Row:
        found.append(f"{cells}: {plain(spans_)}")
        return shorten(spans_, cells)

    monkeypatch.setattr(spans, "_shorten", recorded)
    return found


def words_of(rows: Iterable[Row]) -> str:
    """Return the text of these rows without spaces and line breaks."""
    return "".join("".join(plain(each).split()) for each in rows)


# ---- the only function that cuts ----------------------------------------------------------------


def test_what_is_cut_off_leaves_a_sign() -> None:
    assert plain(fit(row("one two"), 5)) == "one …"
    assert plain(fit(row("one", "two"), 3)) == "on…"
    assert plain(fit(row("한국어"), 4)) == "한… "
    assert plain(fit(row("한국어"), 5)) == "한국…"
    assert plain(fit(row("x"), 0)) == ""
    assert plain(fit(row("one", "   "), 4)) == "one "
    assert plain(fit(row("one   "), 3)) == "one"


@pytest.mark.parametrize("columns", INNER)
async def test_a_row_wider_than_the_window_ends_before_its_margin(tutor, columns: int) -> None:
    async with tutor("en", (columns, 24)) as t:
        t.app.screen.query_one("#rows", RowsView).show((row("x" * 200),))
        await t.pilot.pause()
        line = next(line for line in t.text.split("\n") if "xxx" in line)
        assert line == "  " + "x" * (INNER[columns] - 1) + "…"


# ---- stages -------------------------------------------------------------------------------------


def settings_of(name: str) -> Iterator[tuple[tuple[str, object], ...]]:
    """Yield the simulation's defaults, and settings that change its texts."""
    yield ()
    many: dict[str, list[tuple[tuple[str, object], ...]]] = {
        "cell": [
            *((("cell", cell), ("units", 3)) for cell in ("lstm", "gru")),
            (("cell", "lstm"), ("T", 60), ("c0", -9), ("clamp_f", 1), ("clamp_i", 0)),
        ],
        "bptt": [(("cell", "lstm"),), (("cell", "rnn"), ("T", 12), ("loss", "every"))],
        "gradient": [(("cell", c),) for c in ("rnn", "gru", "one unit")]
        + [(("cell", "rnn"), ("clip", 1.0), ("radius", 2.0))],
        "types": [(("type", t),) for t in ("seq-vec", "vec-seq", "seq-seq", "encoder-decoder")],
        "memory": [(("cell", "lstm"), ("T", 40), ("keep_bias", "keep")), (("cell", "gru"),)],
        "forecast": [(("series", s),) for s in ("walk", "coin")],
        "race": [(("task", "recall"),)],
        "be-the-cell": [(("task", "one"),), (("seed", 3), ("T", 16))],
        "text": [(("prepared", 800),)],
        "attention": [(("attention", "off"),)],
    }
    yield from many.get(name, ())


def stages_of(name: str, lang: str, *, everywhere: bool = False) -> Iterator[Stage]:
    """Yield the simulation with several settings, at several cursors.

    Only its defaults are yielded at all of the cursors, unless `everywhere`.
    """
    for given in settings_of(name):
        typed = [(key, str(value)) for key, value in given]
        stage = stages.open_stage(opening.spec(name, typed, lang))
        for position in positions(stage, few=bool(given) and not everywhere, ends=everywhere):
            yield replace(stage, transport=stage.transport.to(position))


def positions(stage: Stage, *, few: bool = False, ends: bool = True) -> list[int]:
    """Return the positions of every phase of some first, middle and last steps, the last ones only
    with `ends`.

    With `few`, of a middle step, and the end.
    """
    phases, last = stage.transport.phases, stage.transport.last
    middle = last // 2
    near = [*range(middle, middle + phases), last]
    if not few:
        near += range(phases + 1)
    if ends and not few:
        near += range(last - phases, last)
    return sorted({n for n in near if 0 <= n <= last})


def stages_of_lesson(name: str, lang: str, *, everywhere: bool = False) -> Iterator[Stage]:
    """Yield each simulation as it opens, at its start, and done at its end.

    With `everywhere`, also in its middle, and done and not done at each of them.
    """
    for step in COURSE.lesson(name, lang).steps:
        if step.sim is not None:
            stage = stages.open_stage(step.sim)
            yield stage
            last = stage.transport.last
            for position in (0, last // 2, last) if everywhere else (0, last):
                for done in (False, True) if everywhere else (position > 0,):
                    moved = replace(stage, transport=stage.transport.to(position))
                    yield replace(moved, task_done=done, goal_met=done, acted=True, prediction=None)


def told_whole(
    stage: Stage, words: Words, cells: int, cuts: list[str], *, turn: int | None = None
) -> None:
    """Check that the panel's title, caption, knobs and messages are complete in every view, or
    only in the one whose `turn` it is."""
    count = len(stage.views)
    for index in range(count) if turn is None else (turn % count,):
        shown = viewing.show(stage, index)
        cuts.clear()
        panel = stage_rows.stage_rows(shown, words, cells, 20)
        told = stage_rows.told_rows(shown, words, cells)
        assert cuts == [], (stage.spec.use, stage.views[index])
        assert all(width(each) <= cells for each in panel), stage.views[index]
        assert len(panel) == 20
        assert words_of(told) in words_of(panel), (stage.spec.use, stage.views[index])


@pytest.mark.parametrize(("name", "lang"), in_turn(sims.names(), LANGUAGES))
def test_a_simulation_says_everything_whole(name: str, lang: str, cuts: list[str]) -> None:
    """With other settings than the defaults, the views take turns."""
    words, default = load(lang), opening.spec(name, (), lang)
    for n, stage in enumerate(stages_of(name, lang)):
        turn = None if stage.spec == default else n
        told_whole(stage, words, INNER[60], cuts, turn=turn)


@pytest.mark.long
@pytest.mark.parametrize("columns", INNER)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sims.names())
def test_a_simulation_says_everything_whole_at_every_size(
    name: str, lang: str, columns: int, cuts: list[str]
) -> None:
    words = load(lang)
    for stage in stages_of(name, lang, everywhere=True):
        told_whole(stage, words, INNER[columns], cuts)


@pytest.mark.parametrize(("name", "lang"), in_turn(LESSONS, LANGUAGES))
def test_a_stage_of_a_lesson_says_everything_whole(name: str, lang: str, cuts: list[str]) -> None:
    """Once something was done on it, the views take turns."""
    words = load(lang)
    for n, stage in enumerate(stages_of_lesson(name, lang)):
        told_whole(stage, words, INNER[60], cuts, turn=n if stage.acted else None)


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_a_stage_of_a_lesson_says_everything_whole_done_or_not(
    name: str, lang: str, cuts: list[str]
) -> None:
    words = load(lang)
    for stage in stages_of_lesson(name, lang, everywhere=True):
        told_whole(stage, words, INNER[60], cuts)


@pytest.mark.parametrize("columns", NARROWEST)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sims.names())
def test_what_cannot_be_set_is_said_whole(
    name: str, lang: str, columns: int, cuts: list[str]
) -> None:
    """The message "There is no setting … There are: …" lists every name and allowed value."""
    words = load(lang)
    stage = stages.open_stage(opening.spec(name, (), lang))
    first = stage.controls[0]
    for typed in ("nothing_of_the_kind = 1", f"{first} = no-such-value"):
        after = opening.apply_assignment(stage, typed)
        if after.complaint is None:
            continue
        cuts.clear()
        rows = stage_rows.stage_rows(after, words, INNER[columns], 20)
        said = words(after.complaint.key, **after.complaint.values)
        assert words_of([row(said)]) in words_of(rows)
        assert cuts == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [n for n in sims.names() if sims.find(n).updates is not None])
def test_a_training_that_is_no_number_any_more_is_said_whole(
    name: str, lang: str, cuts: list[str]
) -> None:
    stage = stages.open_stage(opening.spec(name, (), lang))
    assert stage.training is not None
    broken = stage.training.add_report(Update(10, float("nan")))
    stage = replace(stage, training=broken)
    said = load(lang)("stage.diverged")
    for cells in INNER.values():
        told = words_of(stage_rows.told_rows(stage, load(lang), cells))
        assert words_of([row(said)]) in told
    assert cuts == []


# ---- pages --------------------------------------------------------------------------------------


@cache
def course(lang: str) -> Course:
    return open_course(lessons_dir(), load(lang))


def context(name: str, lang: str) -> Context:
    opened = course(lang)
    return Context(
        words=load(lang),
        terms=opened.names(lang),
        roles=opened.roles,
        steps=lambda target: opened.step_name(target, name, lang),
    )


def fits(rows: Rows, cells: int, cuts: list[str], *needed: str) -> None:
    """Check that no row is too wide or shortened, and that the needed texts are there."""
    assert [plain(each) for each in rows if width(each) > cells] == []
    assert cuts == []
    for text in needed:
        assert words_of([row(text)]) in words_of(rows), text


WIDER = [(name, LANGUAGES[n % 2], (80, 120)[n // 2 % 2]) for n, name in enumerate(LESSONS)]


@pytest.mark.parametrize(
    ("name", "lang", "columns"),
    # In every suite at the narrowest width; one language in turn at one more.
    sampled(
        product(LESSONS, LANGUAGES, INNER),
        lambda case: case[2] == 60 or case in WIDER,
    ),
)
def test_a_lesson_tells_its_pages_whole(
    name: str, lang: str, columns: int, cuts: list[str]
) -> None:
    words, cells, told = load(lang), INNER[columns], context(name, lang)
    read = course(lang).lesson(name, lang)
    pages = pages_of(read)
    titles = [plain(cover_page.one_line(page.step.title, told)) for page in pages if page.step]
    cover, _ = cover_page.cover(read, pages, Progress(), words, cells, told).highlight(1)
    fits(cover, cells, cuts, *titles)
    following = "A very long title of the lesson that comes after this one, " * 2
    there = [page.question for page in pages if page.question]
    # The questions are listed once one of them has been answered.
    answer = {"question": there[0].id, "rev": there[0].rev, "score": 1.0}
    begun = fold([Event("s", 1, "2026-03-10T12:00:00.000000Z", "+00:00", "answer", answer)])
    end = lesson_end.end_rows(pages, begun, words, cells, told, local_now(), following=following)
    asked = [plain(cover_page.one_line(question.title, told)) for question in there]
    goals = any(page.step and page.step.sim and page.step.sim.goal for page in pages)
    fits(end, cells, cuts, *asked, following, *([words("end.challenge")] if goals else ()))
    for page in pages:
        room = cells - 2 - width(lesson.dots(pages, pages.index(page), Progress()))
        about = page.question or page.step
        title = cover_page.one_line(about.title, told) if about and page.kind != COVER else ()
        shown = lesson.headline(read, page, "8", words, room, told)
        fits((shown,), room, cuts, plain(title))


def states(question: Question) -> Iterator[QuestionState]:
    """Yield the question unanswered, answered, asking for confidence, wrong, and given up.

    The cursor is on each gap once.
    """
    fresh = questions.ask(question, salt="cuts", number=0)
    yield fresh
    yield replace(fresh, complaint="question.empty", hints=len(question.hints))
    body = question.body
    filled = fresh
    if isinstance(body, Cloze):
        for index, gap in enumerate(body.gaps):
            filled = replace(filled, cursor=index)
            yield filled
            if gap.kind == "type":
                filled = questions.type_text(filled, "something quite wrong")
            else:
                filled = questions.pick(filled, len(gap.choices) - 1)
    elif isinstance(body, Numeric | Variant):
        filled = questions.type_text(filled, "-12345.678")
    else:
        for index in range(fresh.rows):
            filled = questions.walk(questions.pick(filled, index), 1)
    yield filled
    sure = questions.submit(filled)
    yield sure
    for after in (questions.set_confidence(sure, 3), questions.give_up(questions.give_up(filled))):
        if after.state == questions.SAVING:
            yield questions.set_verdict(after, questions.verdict(after))


@pytest.mark.parametrize("columns", sampled([60, 80], lambda columns: columns == 60))
@pytest.mark.parametrize(("name", "lang"), in_turn(LESSONS, LANGUAGES))
def test_a_question_says_everything_whole(
    name: str, lang: str, columns: int, cuts: list[str]
) -> None:
    words, told = load(lang), context(name, lang)
    for step in course(lang).lesson(name, lang).steps:
        for question in step.questions:
            for asked in states(question):
                rows = question_rows.question_rows(asked, words, INNER[columns], told)
                ask = question_rows.ask_rows(asked, words, INNER[columns])
                fits((*rows, *ask), INNER[columns], cuts, *said_of(asked))


def said_of(asked: QuestionState) -> Iterator[str]:
    """Yield the texts that must be readable, such as each gap's answer after the verdict."""
    body = asked.question.body
    if not isinstance(body, Cloze):
        return
    if asked.state == questions.DONE and asked.verdict and not all(asked.verdict.parts):
        yield from (gap.answers[0] for gap in body.gaps)
    elif asked.state == questions.ANSWERING:
        yield from gap_choices(body, asked, asked.cursor)


# ---- lists, home, footers -----------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_tells_its_lessons_whole(lang: str, cuts: list[str]) -> None:
    words, opened = load(lang), course(lang)
    titles = [in_language(entry.title, lang) for entry in opened.entries]
    for cells in INNER.values():
        for cursor, entry in enumerate(opened.entries, 1):
            rows, _ = home.home_rows(
                CourseView(opened, Progress(), words), cells, cursor, (entry.id, entry.id)
            )
            fits(rows, cells, cuts, *titles, in_language(entry.question, lang))


@pytest.mark.parametrize("columns", NARROWEST)
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_lists_are_whole(tutor, lang: str, columns: int, cuts: list[str]) -> None:
    """Languages, lab, quiz choice, glossary and help are complete at every width.

    The highlighted entry affects only two rows, so only every ninth of a long list is tested.
    """
    from rnntutor.tui.screens.glossary import GlossaryScreen
    from rnntutor.tui.screens.help import HelpScreen
    from rnntutor.tui.screens.lab import LabScreen
    from rnntutor.tui.screens.language import LanguageScreen
    from rnntutor.tui.screens.quiz_choice import QuizChoiceScreen

    async with tutor(lang) as t:
        made = (GlossaryScreen(), LabScreen(), LanguageScreen(), QuizChoiceScreen())
        for screen in (*made, HelpScreen(t.app.screen)):
            t.app.push_screen(screen)
            await t.pilot.pause()
            few = 1 if screen.count < 20 else 9
            for index in range(0, screen.count, few):
                screen.cursor = index
                rows, lit = screen.listing(INNER[columns])
                assert 0 <= lit < len(rows)
                fits(rows, INNER[columns], cuts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_footer_has_whole_commands_and_the_help(lang: str) -> None:
    """A command that does not fit is left out entirely; the help is always in the footer."""
    words = load(lang)
    for stage in stages_of_lesson("lstm", lang):
        offered = (
            *stage_commands.zoomed(ScreenPageState(stage=stage, focus=STAGE)),
            *keys.EVERYWHERE,
        )
        whole = {f"{c.key_label()} {words(c.label)}" for c in offered}
        for cells in INNER.values():
            shown = keys.footer(offered, words, cells)
            assert width(shown) <= cells
            assert set(plain(shown).split("   ")) <= whole
            assert words("key.help") in plain(shown)


def test_a_knob_that_is_typed_is_never_wider_than_the_panel(cuts: list[str]) -> None:
    """A long text is shortened with a mark and does not wrap out of the panel."""
    stage = stages.open_stage(opening.spec("types", (), "en"))
    longer = knobs.set_knob(stage, "text", " ".join(["not", "greasy", "but", "fresh"] * 3))
    rows = stage_rows.knob_rows(longer, load("en"), 40, focus=-1)
    assert all(width(each) <= 40 for each in rows)
