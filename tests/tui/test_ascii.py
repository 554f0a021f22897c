"""With --ascii only ASCII characters are drawn, and every row keeps its width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sampling import sampled

from rnntutor import environment, sims
from rnntutor.course.blocks import Block, MathBlock, Maths, Paragraph, Text
from rnntutor.course.sim_spec import SimSpec
from rnntutor.maths.symbols import SUBSCRIPT, SUPERSCRIPT
from rnntutor.package_data import lessons_dir
from rnntutor.render.primitives.glyphs import ascii_rows, ascii_text
from rnntutor.render.prose import Context, lay_out
from rnntutor.render.views.registry import view
from rnntutor.render.views.view_context import Cursor, ViewContext
from rnntutor.spans import plain
from rnntutor.tui.app import TutorApp
from rnntutor.words import LANGUAGES, load

SIGNS = "─│▸●○◐◇✓✗▁█▏·−×⊙σρΣ∂…₀₁ₜᵀαβγθ⣿“”√→◀▶²∏≥"


@given(st.text(st.sampled_from(SIGNS + "abc 가나é漢")))
def test_no_sign_is_left_and_no_width_changes(text: str) -> None:
    plain = ascii_text(text)
    assert cell_len(plain) == cell_len(text)
    assert not set(plain) & set(SIGNS)
    assert all((char in plain) == (char in text) for char in "가나é漢")


def test_every_sign_of_the_course_and_of_the_interface_has_one_that_stands_for_it() -> None:
    """No character of the course or the interface is replaced by a meaningless question mark.

    (A character of an opened file may be.)
    """
    signs = set("◉●◐○◇◆•✎╶╴") | set(SUBSCRIPT.values()) | set(SUPERSCRIPT.values())
    for path in (*lessons_dir().rglob("*.md"), *lessons_dir().rglob("*.toml")):
        signs |= set(path.read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        signs |= set("".join(load(lang).table().values()))
    assert [sign for sign in sorted(signs - {"?", "\ufffd"}) if "?" in ascii_text(sign)] == []


def test_what_differs_by_its_sign_differs_still() -> None:
    for signs in ("◉●◐○◇", "✓✗◐", "α" + "a", "θτ" + "t", "≠="):
        assert len(set(ascii_text(signs))) == len(signs), signs
    assert ascii_text("hₜ₋₁") == "ht-1"


@pytest.mark.parametrize(
    ("block", "wanted"),
    [
        (Paragraph((Text("Only "), Maths("0.9^{20}=0.122"), Text("."))), "Only 0.9^20 = 0.122."),
        (Paragraph((Text("It is 10⁻⁹"),)), "It is 10^-9"),
        (Paragraph((Maths("e^{-a+b}"), Text(" "), Maths("U^\\top"))), "e^(-a+b) U^T"),
        (MathBlock("h_t^2+10^9"), "    ht^2 + 10^9"),
    ],
)
def test_a_power_is_told_from_the_digits_before_it(block: Block, wanted: str) -> None:
    """A power is written with ^, in lines and in formulas, and only with --ascii."""
    (row,) = ascii_rows(lay_out((block,), 60, Context(load("en", ascii_only=True))))
    assert plain(row).replace("\u00a0", " ") == wanted
    (row,) = lay_out((block,), 60, Context(load("en")))
    assert "^" not in plain(row)


@pytest.mark.parametrize(
    ("view_name", "wanted"), [("worked", "1-h2^2     1 - 0.539^2 = 0.710"), ("arrows", "1-h2^2")]
)
def test_a_square_in_a_calculation_is_written_out(view_name: str, wanted: str) -> None:
    """A square is written as ^2, because 1 - 0.5392 would be another number."""
    bptt = sims.find("bptt")
    made = bptt.make({"units": 1, "x": [1, 0], "h0": 0.6, "W": 0.5, "U": 0.8})
    trace, phases = bptt.trace(made), bptt.phases(made)
    words, at = load("en", ascii_only=True), Cursor(1, len(phases))  # back from the end
    context = ViewContext(words, at, phases, ascii=True)
    assert wanted in "\n".join(plain(row) for row in view(view_name, trace, context))


@pytest.mark.parametrize(("term", "wanted"), [("linux", True), ("xterm-256color", False)])
def test_the_console_of_linux_gets_it_by_itself(term: str, wanted: bool) -> None:
    assert environment.ascii_only({"TERM": term}) is wanted


@pytest.fixture
def plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the application as with `--ascii`."""
    made = TutorApp.__init__

    def init(self, start, *rest, **more):
        made(self, start._replace(ascii_only=True), *rest, **more)

    monkeypatch.setattr(TutorApp, "__init__", init)


@pytest.mark.usefixtures("plain_words")
async def test_every_page_of_a_lesson_is_plain(tutor) -> None:
    async with tutor("en") as t:
        assert t.text.replace("한국어", "").isascii(), t.text
        await t.open("cell")
        for index in range(12):
            t.lesson.go(index)
            await t.settle()
            assert t.text.isascii(), t.text


FOUR = ["cell", "gradient", "text", "types"]


@pytest.mark.usefixtures("plain_words")
@pytest.mark.parametrize(
    "names",
    sampled([FOUR, [*sims.names()]], lambda names: names is FOUR),
)
async def test_every_simulation_is_plain_in_its_first_view(tutor, names: list[str]) -> None:
    """What the others draw is plain too: tests/render has drawings of all kinds."""
    from rnntutor.tui.screens.experiment import ExperimentScreen

    async with tutor("en") as t:
        for name in names:
            given = (("language", "en"),) if name in ("order", "types", "attention") else ()
            given = (*given, ("corpus", "en")) if name == "text" else given
            t.app.push_screen(ExperimentScreen(SimSpec(name, given), title="lab.title"))
            await t.settle()
            await t.press("right", "right")
            assert t.text.isascii(), t.text
            await t.press("escape")
