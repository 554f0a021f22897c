"""The text field of a page: answers, predictions and knobs that are typed."""

from __future__ import annotations

from textual import events

from rnntutor.course.blocks import Cloze, PredictNumber
from rnntutor.draw.prose import lay_out_inline
from rnntutor.session import knobs, outcome, predicting
from rnntutor.session import question as questions
from rnntutor.session.naming import knob_label
from rnntutor.session.opening import assignment
from rnntutor.session.question import ANSWERING
from rnntutor.spans import Span, plain
from rnntutor.ui import commands
from rnntutor.ui.keys import Command
from rnntutor.ui.screens.asking import AskingScreen
from rnntutor.ui.textual_private import Entry

ASSIGN = ":"  # in place of a knob's name: any setting is being typed


class FieldScreen(AskingScreen):
    """Subclasses have an Entry with the id "entry" and a RowsView "label" before it."""

    def page_commands(self) -> tuple[Command, ...]:
        """What can be done on the page, the field left aside."""
        raise NotImplementedError

    def make_room(self) -> None:
        """Give each part of the page its room."""

    def rearrange(self) -> None:
        """Show the page in another form."""

    @property
    def entry(self) -> Entry:
        return self.query_one("#entry", Entry)

    @property
    def typed(self) -> bool:
        """Whether something is to be typed now."""
        asked, stage = self.visit.asked, self.visit.stage
        if asked is not None:
            return asked.state == ANSWERING and asked.typed
        if self.visit.editing:
            return True
        if stage is None or stage.prediction is None or not stage.prediction.open:
            return False
        return isinstance(stage.prediction.spec, PredictNumber)

    def focus_entry(self) -> None:
        """At once: the next key may be there already, and belongs into the field."""
        if self.typed:
            self.entry.contain(self._entry_content()[1])
            self.set_focus(self.entry)
        else:
            self.set_focus(None)

    def paint_entry(self) -> None:
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

    def _entry_content(self) -> tuple[str, str]:
        """What stands before the field, and in it."""
        asked, stage = self.visit.asked, self.visit.stage
        if asked is not None and isinstance(asked.question.body, Cloze):
            slot = asked.draft.slots[asked.cursor]
            return self.words("entry.gap", n=asked.cursor + 1), slot if isinstance(
                slot, str
            ) else ""
        if asked is not None:
            return self.words("entry.answer"), asked.draft.text
        assert stage is not None
        if self.visit.editing == ASSIGN:
            return self.words("entry.assign"), self.visit.text
        if self.visit.editing:
            return f"▸ {knob_label(stage, self.words, self.visit.editing)} ", self.visit.text
        assert stage.prediction is not None
        spec = stage.prediction.spec
        said = lay_out_inline(spec.say, self.size.width - 24, self.tutor.context())
        if len(said) == 1:
            return f"▸ {plain(said[0])} ", self.visit.text
        name = outcome.written(spec.ask) if isinstance(spec, PredictNumber) else ""
        return self.words("entry.predict", name=name), self.visit.text

    async def on_key(self, event: events.Key) -> None:
        """What is typed into the field; any other key is a command's."""
        if self.focused is self.entry and self.entry.take(event):
            event.stop()
            event.prevent_default()
            self._written()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self.focused is self.entry:
            self.entry.paste(event.text)
            self._written()

    def _written(self) -> None:
        """The field holds another text."""
        text = self.entry.value
        if self.visit.asked is None:
            self.visit.text = text
            return
        before = self.visit.asked
        self.visit.asked = questions.type_text(before, text)
        if self.visit.asked != before:
            self.paint()

    def on_descendant_focus(self) -> None:
        """The field is open now: other keys work, and the footer says which."""
        self.paint_soon()

    # ---- commands -------------------------------------------------------------------------------

    def own_commands(self) -> tuple[Command, ...]:
        found = self.page_commands()
        if self.focused is self.entry:
            if self.visit.editing:
                found = (Command("set_knob", ("enter",), "key.set"),)
            return commands.within_field(found)
        if self.typed:
            return (Command("field", ("space",), "key.field"), *found)
        return found

    def do_again(self, key: str) -> None:
        super().do_again(key)
        self.focus_entry()

    def do_leave_field(self, key: str) -> None:
        self.visit.editing = ""
        self.set_focus(None)
        self.paint_soon()

    def do_field(self, key: str) -> None:
        self.focus_entry()

    def do_confirm(self, key: str) -> None:
        """The number that was typed is the prediction."""
        before = self.stage
        after = predicting.predict(before, self.visit.text)
        if after is before:
            self.tutor.say(self.words("predict.no-number"), wrong=True)
            self.paint()
            return
        self.tutor.say("")
        self.set_stage(after)

    def do_edit_knob(self, key: str) -> None:
        """Type the value of the knob that has the focus."""
        self.visit.editing = self.focused_knob()
        self.visit.text = knobs.as_text(self.stage, self.visit.editing)
        self.rearrange()
        self.focus_entry()

    def do_assign(self, key: str) -> None:
        """Type any setting: an entry of a matrix, a clamp at one step."""
        self.visit.editing, self.visit.text = ASSIGN, ""
        self.rearrange()
        self.focus_entry()

    def do_set_knob(self, key: str) -> None:
        name, text = self.visit.editing, self.visit.text
        self.visit.editing = self.visit.text = ""
        self.set_focus(None)
        if name == ASSIGN:
            self.set_stage(assignment(self.stage, text) if text.strip() else self.stage)
        else:
            self.set_stage(knobs.type_knob(self.stage, name, text))
