"""Drawing a picture for a knob: from lesson, full screen and lab, by key and by mouse.

`GOLDEN=write pytest tests/tui/test_drawing_screen.py` writes the golden files.
"""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from sampling import sampled
from textual.geometry import Region

from rnntutor.render.theme import THEMES
from rnntutor.session import knobs, viewing
from rnntutor.session.opening import spec
from rnntutor.sims.types import make, trace
from rnntutor.tui.page_state import KNOBS
from rnntutor.tui.screens.drawing import DrawingScreen
from rnntutor.tui.screens.experiment import ExperimentScreen
from rnntutor.words import LANGUAGES, load

SIZES = [(60, 20), (80, 24), (120, 36)]
EMPTY = " ".join(["........"] * 8)
COLUMN = " ".join(["#......."] * 8)
CORNER = " ".join(["#......."] * 3 + ["........"] * 5)


def said(stage, picture: str) -> str:
    """Return the engine's caption for a picture under the stage's settings, without the end
    symbol."""
    run = trace(make({**stage.given, "picture": picture}))
    return " ".join(run.names["said"]).strip()


def focus_picture(screen) -> None:
    screen.page_state.focus = KNOBS + screen.stage.controls.index("picture")
    screen.paint()


async def lab(t, lang: str, *settings: tuple[str, str]):
    """Open a lab with the focus on its picture."""
    given = (("type", "vec-seq"), *settings)
    t.app.push_screen(ExperimentScreen(spec("types", given, lang=lang), title="lab.title"))
    await t.settle()
    focus_picture(t.app.screen)
    await t.settle()
    return t.app.screen


async def lesson(t, lang: str):
    """Open the step on captions and move the focus to its picture with Tab."""
    await t.open("types", "vec-seq")
    for _ in range(8):
        if t.lesson.focused_knob() != "picture":
            await t.press("tab")
    assert t.lesson.focused_knob() == "picture"
    return t.lesson


async def full_screen(t, lang: str):
    screen = await lesson(t, lang)
    await t.press("z")
    assert screen.zoomed
    return screen


async def click(t, name: str, link: str) -> None:
    """Click the first cell of the panel that has this link."""
    view = t.app.screen.rows(name)
    size = view.size
    offset = next(
        (x, y) for y in range(size.height) for x in range(size.width) if view.link_at(x, y) == link
    )
    await t.pilot.click(f"#{name}", offset=offset)
    await t.settle()


async def draw_corner(t) -> None:
    """Draw only the first points of the first column."""
    await t.press("delete", "space", *["down", "space"] * 2)


@pytest.mark.parametrize(("open_stage", "lang"), [(lesson, "ko"), (full_screen, "en"), (lab, "ko")])
async def test_enter_takes_the_picture_over_and_the_net_says_something_else(
    tutor, open_stage, lang: str
) -> None:
    async with tutor(lang) as t:
        below = await open_stage(t, lang)
        assert load(lang)("key.draw") in t.text.split("\n")[-1]
        old = below.stage
        await t.press("enter")
        assert isinstance(t.app.screen, DrawingScreen)
        assert said(old, "") in t.text
        await draw_corner(t)
        new = said(old, CORNER)
        assert new != said(old, "") and new in t.text
        assert below.stage is old
        await t.press("enter")
        assert t.app.screen is below
        assert knobs.as_text(below.stage, "picture") == CORNER
        assert load(lang)("choice.picture.drawn") in t.text and CORNER[:8] not in t.text
        below.set_stage(viewing.show(below.stage, below.stage.views.index("toy")))
        await t.press("end")
        assert " ".join(below.stage.trace.names["said"]).strip() == new
        assert all(word in t.text for word in new.split())


@pytest.mark.parametrize(("picture", "lang"), [("", "ko"), (COLUMN, "en")])
async def test_escape_leaves_the_picture_as_it_was(tutor, lang: str, picture: str) -> None:
    async with tutor(lang) as t:
        below = await lab(t, lang, *((("picture", picture),) if picture else ()))
        old, shown = below.stage, t.text
        await t.press("enter", "delete", "down", "space", "escape")
        assert t.app.screen is below and below.stage is old
        assert t.text == shown


@pytest.mark.parametrize("lang", sampled(LANGUAGES, lambda lang: lang == "ko"))
async def test_the_caption_follows_every_change_and_the_run_is_not_made_for_a_move(
    tutor, lang: str
) -> None:
    async with tutor(lang) as t:
        below = await lab(t, lang)
        await t.press("enter")
        screen = t.app.screen
        heard = set()
        for keys in (("delete",), ("space",), *[("right", "down", "space")] * 3):
            await t.press(*keys)
            caption = said(below.stage, screen.drawing.setting)
            assert caption in t.text
            heard.add(caption)
        assert len(heard) > 2
        ran = screen._trace()
        await t.press("left", "up")
        assert screen._trace() is ran


async def test_the_empty_picture_is_taken_over_as_it_is(tutor) -> None:
    async with tutor("en") as t:
        below = await lab(t, "en")
        await t.press("enter", "r", "enter")
        assert knobs.as_text(below.stage, "picture") == EMPTY
        assert below.stage.complaint is None
        assert said(below.stage, EMPTY) == " ".join(below.stage.trace.names["said"]).strip()


async def test_a_korean_input_method_clears_too(tutor) -> None:
    async with tutor("ko") as t:
        await lab(t, "ko")
        await t.press("enter", "ㄱ")
        assert t.app.screen.drawing.setting == EMPTY


@pytest.mark.parametrize("lang", ["en"])
async def test_home_leads_back_to_the_chosen_shape(tutor, lang: str) -> None:
    async with tutor(lang) as t:
        below = await lab(t, lang, ("picture", COLUMN))
        words = load(lang)
        assert words("choice.picture.drawn") in t.text
        await t.press("enter")
        assert f"Home {words('key.drop')}" in t.text.split("\n")[-1]
        await t.press("home")
        assert said(below.stage, "") in t.text
        assert words("choice.picture.none") in t.text.split("\n")[0]
        await t.press("enter")
        assert knobs.as_text(below.stage, "picture") == ""
        assert words("choice.picture.none") in t.text


async def test_the_stage_s_reset_drops_a_drawing_too(tutor) -> None:
    async with tutor("ko") as t:
        below = await lesson(t, "ko")
        await t.press("enter", "delete", "enter")
        assert knobs.as_text(below.stage, "picture") == EMPTY
        await t.press("r")
        assert knobs.as_text(below.stage, "picture") == ""


@pytest.mark.parametrize(
    ("columns", "rows"), sampled(SIZES, lambda size: size in ((60, 20), (120, 36)))
)
async def test_the_mouse_opens_sets_clears_and_takes_over(tutor, columns: int, rows: int) -> None:
    async with tutor("ko", (columns, rows)) as t:
        below = await lab(t, "ko")
        below.page_state.focus = KNOBS
        below.paint()
        await click(t, "stage", "knob:picture")
        screen = t.app.screen
        assert isinstance(screen, DrawingScreen)
        assert below.focused_knob() == "picture"
        await click(t, "rows", "point:7:5")
        assert screen.drawing.points[7][5]
        assert (screen.drawing.row, screen.drawing.column) == (7, 5)
        assert said(below.stage, screen.drawing.setting) in t.text
        await click(t, "rows", "point:7:5")
        assert not screen.drawing.points[7][5]
        await click(t, "rows", "point:0:0")
        assert not screen.drawing.points[0][0]
        await click(t, "footer", "key:enter")
        assert t.app.screen is below
        assert knobs.as_text(below.stage, "picture").startswith(".###....")


async def test_no_picture_is_drawn_while_a_prediction_is_open(tutor) -> None:
    """The picture cannot be changed then, because the run would reveal the answer."""
    from dataclasses import replace

    from rnntutor.course.sim_spec import PredictNumber
    from rnntutor.session.stage import Prediction

    async with tutor("en") as t:
        below = await lab(t, "en")
        ask = Prediction(PredictNumber(ask="h[1][0]", atol=0.01))
        below.page_state.stage = replace(below.stage, prediction=ask)
        below.paint()
        await click(t, "stage", "knob:picture")
        assert t.app.screen is below
        assert "draw" not in {command.name for command in below.commands()}


@pytest.mark.parametrize(("noise", "told"), [("0", False), ("0.3", True)])
async def test_noise_on_the_picture_is_told(tutor, noise: str, told: bool) -> None:
    """The editor shows the points without noise, and mentions that the net reads them with it."""
    async with tutor("en") as t:
        await lab(t, "en", ("noise", noise))
        await t.press("enter")
        assert (load("en")("drawing.noisy") in t.text) is told


async def test_the_help_names_and_carries_out_what_can_be_done(tutor) -> None:
    async with tutor("ko") as t:
        await lab(t, "ko")
        await t.press("enter", "?")
        assert all(load("ko")(f"key.{key}") in t.text for key in ("take", "drop", "clear", "point"))
        await t.press("down", "down", "down", "enter")
        assert t.app.screen.drawing.setting == EMPTY


async def test_another_language_while_drawing_keeps_the_points(tutor) -> None:
    async with tutor("ko") as t:
        below = await lesson(t, "ko")
        await t.press("enter", "delete", "space", "l")
        screen = t.app.screen
        drawn = "#" + EMPTY[1:]
        assert load("en")("drawing.title") in t.text
        assert screen.drawing.setting == drawn
        assert said(below.stage, drawn) in t.text
        await t.press("enter")
        assert knobs.as_text(below.stage, "picture") == drawn


async def test_the_cursor_and_the_points_can_be_told_without_colour(tutor) -> None:
    async with tutor("en") as t:
        await lab(t, "en")
        await t.press("enter")
        screen = t.app.screen

        def signs() -> list[str]:
            rows = screen.rows("rows").rows[2:10]
            return ["".join(s.text for s in row if s.link.startswith("point:")) for row in rows]

        on = signs()
        await t.press("space")
        off = signs()
        await t.press("down")
        assert len({on[0][:2], off[0][:2], signs()[0][:2], signs()[0][2:4]}) == 4
        assert all(cell_len(row) == 16 for row in (*on, *off))


async def test_every_theme_has_its_colours(tutor) -> None:
    async with tutor("en") as t:
        await lab(t, "en")
        await t.press("enter")
        view = t.app.screen.rows("rows")
        for name, theme in THEMES.items():
            assert view.theme_name == name
            (strip,) = view.render_lines(Region(0, 2, view.size.width, 1))
            backs = {segment.style.bgcolor.name for segment in strip if segment.style}
            assert backs == {theme.page, theme.lit}
            await t.press("t")


async def test_drawing_at_every_size(tutor) -> None:
    """No row is too wide and the footer shows Esc, for a shape, a changed one and an empty
    picture."""
    async with tutor("ko") as t:
        for columns, rows in SIZES:
            await t.resize(columns, rows)
            await lab(t, "ko", ("place", "middle"))
            await t.press("enter")
            for keys in ((), ("down", "down", "right", "right", "space", "right"), ("delete",)):
                await t.press(*keys)
                assert max(cell_len(line) for line in t.text.split("\n")) <= columns
                assert "Esc" in t.text.split("\n")[-1]
            await t.press("escape", "escape")
