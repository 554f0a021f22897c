"""The number field: when it opens, what it accepts, and the value shown before Enter."""

from __future__ import annotations

from string import ascii_letters

import pytest
from sampling import sampled
from textual.events import Paste

from rnntutor.course.expression import CONSTANTS, FUNCTIONS
from rnntutor.course.variant import band, tolerance
from rnntutor.session.question import ANSWERING, CONFIDENCE
from rnntutor.tui.commands import NAMES
from rnntutor.tui.screens.lesson import LessonScreen

NUMBER = "rnn.trace-h2"
CLOZE, GAP = "gates.how-much-what", 2  # its third gap is a typed one


async def test_a_page_that_asks_for_a_number_leaves_the_keyboard_to_commands(tutor) -> None:
    """Letters and Backspace are commands until a number is begun."""
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        assert t.lesson.focused is None
        await t.press("g")
        assert "Glossary" in t.text
        await t.press("escape", "backspace")
        assert t.lesson.page.id != NUMBER


async def test_a_digit_a_sign_or_a_point_opens_the_field_and_is_its_first_character(tutor) -> None:
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        for typed in "7-.+":
            assert t.lesson.focused is None
            await t.press(typed)
            assert t.lesson.focused is t.lesson.entry
            assert t.lesson.asked.draft.text == typed
            assert not t.lesson.asked.hints and not t.lesson.asked.revealed
            await t.press("backspace", "escape")


async def test_a_pasted_number_opens_the_field(tutor) -> None:
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        t.app.keys.put(Paste("0.3\n"))
        await t.settle()
        assert t.lesson.focused is t.lesson.entry
        assert t.lesson.asked.draft.text == "0.3"


async def test_what_is_typed_as_text_is_not_offered_as_a_command(tutor) -> None:
    """In the field "?" is text, so the footer does not offer it as help."""
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        assert "? help" in t.text.splitlines()[-1]
        await t.press("7", "?")
        assert t.lesson.asked.draft.text == "7?"
        assert "? help" not in t.text.splitlines()[-1]


TYPED = sorted({*FUNCTIONS, *CONSTANTS})


@pytest.mark.parametrize("name", sampled(TYPED, lambda name: name in ("log10", "e")))
async def test_a_function_can_be_typed_at_once(tutor, name: str) -> None:
    """No letter of its name acts as a command."""
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        before = t.app.theme
        text = name if name in CONSTANTS else f"{name}(0.5)"
        await t.type(text)
        assert t.lesson.page.id == NUMBER
        assert t.lesson.asked.draft.text == text
        assert t.app.theme == before
        assert not t.lesson.asked.complaint and t.logged("answer") == []


async def test_with_shift_a_letter_that_begins_a_function_is_a_command(tutor) -> None:
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        await t.press("L")
        assert "답" in t.text
        await t.press("L", "A")
        assert "press the same key again" in t.text
        await t.press("A")
        assert t.lesson.asked.revealed


LETTERS = [c for c in ascii_letters if c not in NAMES]


@pytest.mark.parametrize(
    "keys", sampled(["hnoF", "q", *LETTERS], lambda keys: keys in ("hnoF", "q"))
)
async def test_no_letter_before_the_field_is_open_does_what_cannot_be_undone(
    tutor, keys: str
) -> None:
    """No letter answers or reveals the question; q quits, which keeps the page."""
    async with tutor(lang="en") as t:
        for key in keys:
            await t.open("rnn", NUMBER)
            await t.press(key)
            assert t.logged("answer") == [], key
            if isinstance(t.app.screen, LessonScreen):
                if t.lesson.page.id != NUMBER:
                    await t.open("rnn", NUMBER)
                assert not t.lesson.asked.revealed, key
            elif keys != "q":
                await t.press("escape")


async def test_enter_opens_the_field_and_then_answers(tutor) -> None:
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        await t.press("enter")
        assert t.lesson.focused is t.lesson.entry
        await t.press("q")  # in the field it is a letter
        assert t.lesson.asked.draft.text == "q"
        await t.press("backspace")
        await t.type("1/2")
        await t.press("enter")
        assert t.lesson.asked.state == CONFIDENCE


async def test_what_an_expression_comes_to_is_seen_before_it_is_taken(tutor) -> None:
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        await t.type("0.5")
        assert t.lesson.rows("worth").rows == ()
        await t.press(*["backspace"] * 3)
        await t.type("0")
        await t.press("backspace")
        await t.type("tanh(0.5)")
        assert "= 0.462" in t.text


async def test_what_a_predicted_expression_comes_to_is_seen_as_it_is_typed(tutor) -> None:
    """The value is shown while typing: "…" for an incomplete expression, nothing for an empty
    field."""
    async with tutor(lang="en") as t:
        await t.open("cell", "forget")
        await t.type("1/")
        assert "= …" in t.text
        await t.type("4")
        assert "= 0.250" in t.text
        await t.press(*["backspace"] * 3)
        assert t.lesson.rows("worth").rows == ()


@pytest.mark.parametrize(("lang", "exactly"), [("en", "three decimals"), ("ko", "소수 셋째 자리")])
async def test_the_page_says_how_many_decimals_are_wanted(tutor, lang: str, exactly: str) -> None:
    async with tutor(lang=lang) as t:
        await t.open("rnn", NUMBER)
        assert exactly in t.text


async def test_a_number_rounded_too_early_is_asked_for_again_and_not_held_against_one(
    tutor,
) -> None:
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        asked = t.lesson.asked
        block, drawn = asked.question.body, asked.instance
        _, most = band(block, drawn)
        coarse = (drawn.key + tolerance(block, drawn) + most) / 2
        await t.type(f"{coarse:.6f}")
        await t.press("enter")
        assert t.lesson.asked.state == ANSWERING
        assert "Right method" in t.text
        assert t.logged("answer") == []
        assert [told["question"] for told in t.logged("coarse")] == [NUMBER]
        assert NUMBER not in t.app.progress.questions
        await t.press(*["backspace"] * 20)
        await t.type(f"{drawn.key:.3f}")
        await t.press("enter", "3")
        assert t.logged("answer")[-1]["state"] == "right"


async def test_the_cursor_stands_in_the_field_before_its_first_character(tutor) -> None:
    """The terminal's cursor is there, because an input method draws the unfinished letter at it."""
    async with tutor(lang="en") as t:
        await t.open("rnn", NUMBER)
        assert t.app.cursor_position == t.lesson.entry.cursor_screen_offset
        assert t.app.cursor_position.y > 0
        await t.press("enter")
        assert t.app.cursor_position == t.lesson.entry.cursor_screen_offset


async def test_in_a_cloze_a_gap_to_be_typed_takes_what_is_typed(tutor) -> None:
    """Digits and letters go into the gap at once, and the arrows move to the next one."""
    async with tutor(lang="en") as t:
        await t.open("cell", CLOZE)
        await t.press(*["down"] * GAP)
        assert t.lesson.focused is t.lesson.entry
        await t.type("0q")
        assert t.lesson.asked.draft.slots[GAP] == "0q"
        await t.press("up")
        assert t.lesson.asked.cursor == GAP - 1


async def test_a_digit_opens_a_gap_that_was_left(tutor) -> None:
    """The digit is inserted, not lost."""
    async with tutor(lang="en") as t:
        await t.open("cell", CLOZE)
        await t.press(*["down"] * GAP, "escape")
        assert t.lesson.focused is None
        await t.press("7")
        assert t.lesson.asked.draft.slots[GAP] == "7"


async def test_what_is_typed_replaces_a_knobs_one_number(tutor) -> None:
    """Typing replaces the number, unless the cursor was moved first."""
    async with tutor() as t:
        await t.open("bptt", "truncated")
        await t.press("tab", "enter", "0", "enter")
        assert t.lesson.stage.settings.h0 == (0.0,)
        await t.press("enter", "end", "full_stop", "5", "enter")
        assert t.lesson.stage.settings.h0 == (0.5,)


async def test_enter_goes_from_a_filled_gap_to_the_next_empty_one_without_a_complaint(
    tutor,
) -> None:
    async with tutor(lang="en") as t:
        await t.open("bptt", "bptt.half")
        said = t.app.words("question.incomplete")
        await t.press("1", "enter")
        assert t.lesson.asked.cursor == 1 and said not in t.text
        await t.press("enter")
        assert t.lesson.asked.cursor == 1 and said in t.text


@pytest.mark.parametrize("page", ["gru.most", "gru.half"])
async def test_the_footer_tells_what_works_once_the_field_is_left(tutor, page: str) -> None:
    """Leaving the field by any key updates the footer."""
    async with tutor("en", (120, 36)) as t:
        await t.open("gru", page)
        for key in ("tab", "up", "down", "escape"):
            await t.type("5")
            assert t.lesson.in_field and "leave the field" in t.text
            await t.press(key)
            shown = t.text
            t.lesson.paint()
            await t.settle()
            assert t.text == shown, key
