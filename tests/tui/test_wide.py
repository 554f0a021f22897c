"""In wide windows related panels are adjacent, and text is not stuck in a corner."""

from __future__ import annotations

from itertools import product

import pytest
from rich.cells import cell_len
from sampling import sampled
from textual.geometry import Offset

from rnntutor.pages.cover import one_line
from rnntutor.render.prose import Context, lay_out_inline
from rnntutor.session.opening import spec
from rnntutor.spans import plain
from rnntutor.tui.screen import AROUND, LINE, MARGIN, PANEL, SMALLEST
from rnntutor.tui.screens.card import CardScreen
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.tui.screens.first_minute import FirstMinuteScreen
from rnntutor.tui.screens.lab import LabScreen
from rnntutor.tui.screens.quiz_choice import QuizChoiceScreen
from rnntutor.words import LANGUAGES, load


async def test_a_number_is_typed_between_its_question_and_the_picture(tutor) -> None:
    async with tutor("en", (120, 36)) as t:
        await t.open("rnn", "by-hand")
        screen = t.lesson
        given, label, stage = (screen.rows(name).region for name in ("ask", "label", "stage"))
        assert given.x == label.x == stage.x > screen.rows("prose").region.x
        assert given.y < label.y < stage.y


async def test_a_question_and_a_list_have_the_middle_of_the_window(tutor) -> None:
    async with tutor("en", (180, 50)) as t:
        await t.open("rnn", "rnn.batch-shape")
        lines = [line for line in t.text.split("\n")[2:-1] if line.strip()]
        left = min(len(line) - len(line.lstrip()) for line in lines)
        right = max(len(line) for line in lines)
        assert left == (180 - LINE) // 2
        assert right <= left + LINE
        t.app.push_screen(LabScreen())
        await t.settle()
        lines = t.text.split("\n")[2:-1]
        assert min(len(line) - len(line.lstrip()) for line in lines if line.strip()) == left


async def test_beside_a_stage_no_line_of_the_text_is_longer_than_can_be_read(tutor) -> None:
    async with tutor("en", (180, 50)) as t:
        await t.open("rnn", "loop")
        screen = t.lesson
        assert screen.rows("prose").region.width == LINE + 2 * MARGIN
        assert screen.rows("stage").region.width == 180 - LINE - 2 * MARGIN


async def test_a_stage_alone_has_the_middle_of_a_wide_window(tutor) -> None:
    """A simulation and its question are centred; two simulations get half of the width each."""
    async with tutor("en", (180, 50)) as t:
        await t.open("rnn", "equation")
        await t.press("z")
        side = (180 - PANEL) // 2
        lines = [line for line in t.text.split("\n")[2:-1] if line.strip()]
        assert min(len(line) - len(line.lstrip()) for line in lines) == side
        assert max(map(len, lines)) <= side + PANEL
        t.app.push_screen(ExperimentScreen(spec("gate", (), lang="en"), title="lab.title"))
        await t.settle()
        stage = t.app.screen.rows("stage")
        assert stage.margin == side
        await t.press("c")
        assert stage.margin == MARGIN and stage.region.width == 90
        await t.press("c")
        await t.resize(80, 24)
        assert stage.margin == MARGIN


async def test_a_typed_question_stands_apart_from_what_is_given(tutor) -> None:
    async with tutor("en", (120, 36)) as t:
        await t.open("rnn", "by-hand")
        given, label = (t.lesson.rows(name) for name in ("ask", "label"))
        assert not given.rows[-1] and label.region.y == given.region.bottom


@pytest.mark.parametrize(
    ("size", "lang"),
    sampled(
        product([(60, 20), (80, 24), (110, 30), (120, 36), (180, 50)], LANGUAGES),
        lambda case: case in (((60, 20), "ko"), ((110, 30), "en")),
    ),
)
async def test_a_typed_question_stands_once_and_whole_and_its_field_has_room(
    tutor, lang: str, size: tuple[int, int]
) -> None:
    """A short question is beside its field, a long one above it, and the field is wide enough."""
    async with tutor(lang, size) as t:
        for lesson, page in (("sequence", "information"), ("rnn", "by-hand"), ("cell", "forget")):
            await t.open(lesson, page)
            stage = t.lesson.page_state.stage
            said = lay_out_inline(stage.prediction.spec.say, 400, Context(t.app.words))
            asked = "".join(plain(said[0]).split())
            label, above = (
                "".join("".join(map(plain, t.lesson.rows(name).rows)).split())
                for name in ("label", "ask")
            )
            assert (asked in label) + (asked in above) == 1
            assert t.lesson.entry.size.width >= 8
            assert t.lesson.rows("label").size.width >= cell_len(label)


def first_row(t) -> int:
    """Return the first row below the header that is not blank."""
    rows = t.text.split("\n")
    return next(n for n, line in enumerate(rows) if n > 1 and line.strip())


@pytest.mark.parametrize(
    ("columns", "rows", "first"),
    sampled([(180, 50, 14), (120, 36, 7), (80, 24, 3)], lambda case: case[2] in (14, 3)),
)
async def test_in_a_high_window_pages_begin_lower_all_at_the_same_row(
    tutor, columns: int, rows: int, first: int
) -> None:
    """All kinds of pages start at the same row; in a low window, directly below the header."""
    async with tutor("en", (columns, rows)) as t:
        assert first_row(t) == first
        for screen in (LabScreen(), CardScreen("sequence"), QuizChoiceScreen()):
            t.app.push_screen(screen)
            await t.settle()
            assert first_row(t) == first
            await t.press("escape")
        t.app.push_screen(FirstMinuteScreen())
        await t.settle()
        assert first_row(t) == first
        for page in ("cover", "rnn.batch-shape"):
            await t.open("rnn", page)
            assert first_row(t) == first
        await t.press("j")
        assert first_row(t) == first
        cursor = t.app.cursor_position
        await t.type("ab")
        assert t.app.cursor_position == Offset(cursor.x + 2, cursor.y)
        assert t.text.split("\n")[cursor.y].endswith("ab")
        await t.press("space")
        assert t.app.cursor_position == Offset(cursor.x + 3, cursor.y)


async def answered_in_place(tutor, lang: str, size: tuple[int, int], *, each_type: bool) -> int:
    """Answer questions, of `each_type` only the first, and return how many had room to stay."""
    async with tutor(lang, size) as t:
        await t.open("bptt")
        stayed, asked = 0, [p for p in t.lesson.pages if p.question is not None]
        if each_type:
            asked = list({p.question.type: p for p in reversed(asked)}.values())
        for page in asked:
            t.lesson.go(t.lesson.pages.index(page))
            await t.settle()
            t.lesson.set_focus(None)
            before = first_row(t)
            for _ in t.lesson.asked.question.hints:
                t.lesson.do_hint("")
            await t.lesson.do_give_up("")
            await t.lesson.do_give_up("")
            await t.settle()
            assert t.lesson.asked.verdict is not None
            prose = t.lesson.rows("prose")
            used = len(prose.rows) - t.lesson.air
            if used + t.lesson.air < size[1] - AROUND - 1:
                assert first_row(t) == before, page.id
                stayed += 1
        return stayed


@pytest.mark.parametrize(
    ("size", "lang"),
    sampled(
        product([(120, 36), (180, 50), (80, 50)], LANGUAGES),
        lambda case: case in (((120, 36), "ko"), ((80, 50), "en")),
    ),
)
async def test_a_question_stays_where_it_is_when_it_is_answered(
    tutor, lang: str, size: tuple[int, int]
) -> None:
    """It does not move when hints, verdict and reason appear, unless they need all the rows."""
    assert await answered_in_place(tutor, lang, size, each_type=True) > 3


@pytest.mark.long
@pytest.mark.parametrize("size", [(120, 36), (180, 50), (80, 50)])
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_question_of_a_lesson_stays_where_it_is(
    tutor, lang: str, size: tuple[int, int]
) -> None:
    assert await answered_in_place(tutor, lang, size, each_type=False) > 5


async def test_the_step_that_is_lit_on_a_cover_is_the_one_that_opens(tutor) -> None:
    """The highlighted step opens by key, number and mouse, although the cover starts lower."""
    async with tutor("en", (180, 50)) as t:
        await t.open("rnn")
        await t.press("down", "down")
        lit = next(row for row in t.lesson.rows("prose").rows if any(s.back == "lit" for s in row))
        await t.press("enter")
        title = plain(one_line(t.lesson.page.step.title, t.lesson.course_view.context))
        assert title in plain(lit)
        await t.open("rnn")
        row = next(n for n, line in enumerate(t.text.split("\n")) if title in line)
        await t.pilot.click(offset=(60, row))
        await t.settle()
        assert t.lesson.page.id == t.lesson.pages[t.lesson.index].id != "cover"
        assert title in t.text.split("\n")[0]


async def test_a_window_that_grows_has_its_page_in_the_middle_again(tutor) -> None:
    """Resizing back restores the page: the rows are the same, only their position changes."""
    async with tutor("en", (180, 50)) as t:
        for screen in (CardScreen("cell"), LabScreen(), QuizChoiceScreen()):
            t.app.push_screen(screen)
            await t.settle()
            before = t.text
            for size in ((60, 20), (109, 50), (180, 50)):
                await t.resize(*size)
            assert t.text == before
            await t.press("escape")


@pytest.mark.parametrize("width", sampled([110, 113, 119, 120], lambda width: width != 113))
async def test_a_stage_never_has_less_room_than_in_the_narrowest_window(tutor, width: int) -> None:
    """Beside a text or another simulation it keeps the width for which its pictures are tested."""
    async with tutor("en", (width, 30)) as t:
        await t.open("rnn", "loop")
        stage, prose = t.lesson.rows("stage"), t.lesson.rows("prose")
        assert stage.region.width >= SMALLEST[0]
        assert prose.region.right == stage.region.x and stage.region.right == width
        t.app.push_screen(screen := ExperimentScreen(spec("cell", (), lang="en")))
        await t.settle()
        await t.press("c")
        other, stage = screen.rows("beside").region, screen.rows("stage").region
        assert min(other.width, stage.width) >= SMALLEST[0]
        assert (other.y == stage.y) == (width >= 2 * SMALLEST[0])


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (180, 50)])
async def test_what_home_says_stands_under_its_list(tutor, size: tuple[int, int]) -> None:
    async with tutor("en", size) as t:
        before = t.text.split("\n")
        await t.press("escape")
        rows = t.text.split("\n")
        said = next(n for n, row in enumerate(rows) if row.strip() == load("en")("home.leave"))
        last = max(n for n, row in enumerate(before[:-1]) if row.strip())
        assert said <= last + 2 and rows[: said - 1] == before[: said - 1]
        await t.press("down", "up")
        assert t.text.split("\n") == before
