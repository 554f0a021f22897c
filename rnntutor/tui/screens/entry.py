"""The text field of a page, for typed answers, predictions and knobs."""

from __future__ import annotations

from textual import events

from rnntutor.course.expression import ExpressionError, evaluate, parse_number
from rnntutor.course.fill import decimal
from rnntutor.course.sim_spec import PredictNumber
from rnntutor.session import knobs, predicting
from rnntutor.session import question as questions
from rnntutor.session.feedback import question_beside_field
from rnntutor.session.naming import knob_label
from rnntutor.session.opening import apply_assignment
from rnntutor.session.question import ANSWERING
from rnntutor.spans import Span
from rnntutor.tui import commands
from rnntutor.tui.keys import KeyCommand
from rnntutor.tui.screens.question import QuestionScreen
from rnntutor.tui.terminal.text_field import TextField

WORTH = 16  # cells beside the field for the value of an expression
ASSIGN = ":"  # the value of `editing` while any setting can be typed


class EntryScreen(QuestionScreen):
    """A page with a text field; subclasses have a TextField "entry" after a RowsView "label"."""

    @property
    def asked_cells(self) -> int:
        """The width in cells of the prompt with its field."""
        raise NotImplementedError

    def make_room(self) -> None:
        """Assign each part of the page its size."""

    @property
    def reading(self) -> bool:
        """Whether the text fills the screen and the stage is hidden."""
        return False

    @property
    def entry(self) -> TextField:
        """The text field."""
        return self.query_one("#entry", TextField)

    def restyle(self) -> None:
        """Apply the theme; the field's background makes it visible even when not focused."""
        super().restyle()
        if self.children:
            self.entry.styles.background = self.tutor.surfaces()[1]

    @property
    def typed(self) -> bool:
        """Whether the page currently has something to type."""
        if self.reading:
            return False
        asked, stage = self.page_state.asked, self.page_state.stage
        if asked is not None:
            return asked.state == ANSWERING and asked.field is not None
        if self.page_state.editing:
            return True
        if stage is None or stage.prediction is None or not stage.prediction.open:
            return False
        return isinstance(stage.prediction.spec, PredictNumber)

    @property
    def number_asked(self) -> bool:
        """Whether the page asks for a number.

        Such a field is focused by the first character of a number; until then keys are commands.
        """
        asked = self.page_state.asked
        if asked is not None:
            return self.typed and asked.field is not None and asked.field.number
        return self.typed and not self.page_state.editing

    def focus_entry(self) -> None:
        """Focus a field for words; leave one for numbers unfocused."""
        if not self.number_asked:
            self.open_entry()
        elif self.focused is not None:
            self.set_focus(None)
            self.paint_footer()  # the available keys have changed

    def open_entry(self) -> None:
        """Focus the field immediately, because the next key may already be waiting for it."""
        if self.typed:
            self.entry.contain(self._entry_content()[1])
            self.set_focus(self.entry)
        else:
            self.set_focus(None)

    def paint_entry(self) -> None:
        """Paint the text field, its label and the value of a typed expression."""
        typed = self.typed
        if not typed:
            if self.focused is self.entry:
                self.set_focus(None)
            return
        label, text = self._entry_content()
        view = self.rows("label")
        row = (Span(label, "accent"),)
        view.styles.width = 4 + sum(s.width for s in row)
        view.show((row,))
        self.entry.contain(text)
        self._paint_worth(text)
        self.call_after_refresh(self._position_cursor)

    def _paint_worth(self, text: str) -> None:
        """Show the value of the typed expression beside the field."""
        view, said = self.rows("worth"), ""
        if self.number_asked:
            try:
                typed = evaluate(text)
                said = "" if typed.bare else f"= {decimal(typed.value)}"
            except ExpressionError:
                said = "= …" if text.strip() else ""
        view.styles.width = WORTH if said else 0
        view.show(((Span(said, "accent"),),) if said else ())

    def _position_cursor(self) -> None:
        """Place the terminal's cursor in the field even before typing.

        Input methods open there, and screen readers read there.
        """
        if self.is_current and self.typed and self.entry.display:
            self.app.cursor_position = self.entry.cursor_screen_offset

    def _entry_content(self) -> tuple[str, str]:
        """Return the label before the field, and the field's text."""
        asked, stage = self.page_state.asked, self.page_state.stage
        if asked is not None and asked.field is not None:
            return self.words(asked.field.key, **asked.field.values), asked.field.text
        assert stage is not None
        if self.page_state.editing == ASSIGN:
            return self.words("entry.assign"), self.page_state.text
        if self.page_state.editing:
            return (
                f"▸ {knob_label(stage, self.words, self.page_state.editing)} ",
                self.page_state.text,
            )
        assert stage.prediction is not None
        spec = stage.prediction.spec
        assert isinstance(spec, PredictNumber)
        said = question_beside_field(spec, self.words, self.asked_cells)
        return f"▸ {said} " if said else self.words("entry.predict"), self.page_state.text

    @property
    def in_field(self) -> bool:
        return self.focused is self.entry and not self.is_small and not self.trouble

    def type_key(self, event: events.Key) -> bool:
        typed = self.in_field and self.entry.take(event)
        if typed:
            self._text_changed()
        return typed

    def take_text(self, text: str) -> None:
        """Paste a text; like a digit it focuses an unfocused field for numbers."""
        if self.number_asked and not self.is_small and not self.trouble:
            self.open_entry()
        if self.in_field:
            self.entry.paste(text)
            self._text_changed()

    def _text_changed(self) -> None:
        """Update the state after the field's text has changed."""
        page_state, text = self.page_state, self.entry.value
        before = page_state.asked, page_state.text
        if page_state.asked is None:
            page_state.text = text
        else:
            page_state.asked = questions.type_text(page_state.asked, text)
        if (page_state.asked, page_state.text) != before:
            self.paint()

    def on_descendant_focus(self) -> None:
        """Repaint, because the focused field changes the available keys."""
        self.paint_soon()

    # ---- commands -------------------------------------------------------------------------------

    def field_commands(self, found: tuple[KeyCommand, ...]) -> tuple[KeyCommand, ...]:
        if self.focused is self.entry:
            if self.page_state.editing:
                found = (KeyCommand("set_knob", ("enter",), "key.set"),)
            return commands.within_field(found)
        if self.typed:
            return commands.before_field(found, self.entry.value, number=self.number_asked)
        return found

    def do_again(self, key: str) -> None:
        super().do_again(key)
        self.focus_entry()

    def do_leave_field(self, key: str) -> None:
        """Leave the text field; a value typed for a knob is discarded."""
        self.page_state.editing = ""
        self.set_focus(None)
        self.paint_soon()

    def do_field(self, key: str) -> None:
        """Focus the field and type the key that opened it."""
        self.open_entry()
        if len(key) == 1:
            self.entry.insert_text_at_cursor(key)
            self._text_changed()

    def do_walk_down(self, key: str) -> None:
        super().do_walk_down(key)
        self._arrive()

    def do_walk_up(self, key: str) -> None:
        super().do_walk_up(key)
        self._arrive()

    def _arrive(self) -> None:
        """Lay out the field at a gap to be typed, then focus it."""
        if self.typed and self.focused is not self.entry:
            self.rearrange()
        self.focus_entry()

    def do_confirm(self, key: str) -> None:
        """Submit the typed number as the prediction."""
        before = self.stage
        after = predicting.predict(before, self.page_state.text)
        if after is before:
            self.tutor.say(self.words("predict.no-number"), wrong=True)
            return
        self.tutor.say("")
        self.set_stage(after)

    def do_edit_knob(self, key: str) -> None:
        """Edit the focused knob's value; a single number is selected, so typing replaces it."""
        self.page_state.editing = self.focused_knob()
        self.page_state.text = knobs.as_text(self.stage, self.page_state.editing)
        self.rearrange()
        self.open_entry()
        if parse_number(self.page_state.text) is not None:
            self.entry.select_all()

    def do_assign(self, key: str) -> None:
        """Type any setting, for example an entry of a matrix or a clamp at one step."""
        self.page_state.editing, self.page_state.text = ASSIGN, ""
        self.rearrange()
        self.open_entry()

    def do_set_knob(self, key: str) -> None:
        """Set the knob, or the named setting, to the typed value."""
        name, text = self.page_state.editing, self.page_state.text
        self.page_state.editing = self.page_state.text = ""
        self.set_focus(None)
        if name == ASSIGN:
            self.set_stage(apply_assignment(self.stage, text) if text.strip() else self.stage)
        else:
            self.set_stage(knobs.type_knob(self.stage, name, text))
