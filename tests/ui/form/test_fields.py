"""Each field type on real widgets: what is typed, what is sent, what is said when it is wrong."""

from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model.annotation import Value
from app.model.codebook import Attribute, AttributeType, Option
from app.model.registry import Record
from app.ui.form.context import FormContext
from app.ui.form.fields import FIELD_TYPES, Field, make_field
from app.ui.form.fields.choice import BooleanField, ComboField, FlagsField, SegmentsField
from app.ui.form.fields.links import RecordField, RecordsField
from app.ui.form.fields.words import (
    COMMIT_MS,
    DateField,
    IntegerField,
    LongTextField,
    NumberField,
    TextField,
)

RECORDS = (
    Record(id="r1", kind="actor", name="Aleksei Navalny", aliases=("Navalny",)),
    Record(id="r2", kind="actor", name="Vladimir Putin"),
)


def find(kind: str, text: str) -> tuple[Record, ...]:
    words = text.casefold()
    return tuple(
        r for r in RECORDS if any(words in name.casefold() for name in (r.name, *r.aliases))
    )


def read(record_id: str) -> Record | None:
    return next((record for record in RECORDS if record.id == record_id), None)


@pytest.fixture
def context() -> FormContext:
    return FormContext(find, read)


def made(qtbot: QtBot, context: FormContext, attribute: Attribute) -> tuple[Field, list[Value]]:
    field = make_field(attribute, context)
    sent: list[Value] = []
    field.edited.connect(sent.append)
    field.resize(230, 30)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.activateWindow()
    field.start(None)
    return field, sent


def options(*names: str | int) -> tuple[Option, ...]:
    return tuple(Option(value=name, label=str(name).capitalize()) for name in names)


LONG = options("accuse", "claim", "deny", "demand", "warn")


def attribute(kind: AttributeType, **known: object) -> Attribute:
    return Attribute(name="x", label="X", type=kind, **known)  # type: ignore[arg-type]


def test_every_attribute_type_has_a_field() -> None:
    assert set(FIELD_TYPES) == set(get_args(AttributeType))


def test_few_short_options_stand_side_by_side_and_many_hide_in_a_list(
    qtbot: QtBot, context: FormContext
) -> None:
    few, _ = made(qtbot, context, attribute("enum", options=options(-1, 0, 1)))
    many, _ = made(qtbot, context, attribute("enum", options=LONG))
    wordy = options("a very long option", "another long option")
    long, _ = made(qtbot, context, attribute("enum", options=wordy))
    assert isinstance(few, SegmentsField)
    assert isinstance(many, ComboField)
    assert isinstance(long, ComboField)


class TestSegments:
    def test_a_click_chooses_and_a_second_one_takes_it_away(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        field, sent = made(qtbot, context, attribute("enum", options=options(-1, 0, 1)))
        assert isinstance(field, SegmentsField)
        QTest.mouseClick(field.track.button(0), Qt.MouseButton.LeftButton)
        assert sent == [-1]
        assert field.value() == -1
        QTest.mouseClick(field.track.button(0), Qt.MouseButton.LeftButton)
        assert sent == [-1, None]

    def test_keys_choose(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("enum", options=options("day", "month")))
        assert isinstance(field, SegmentsField)
        field.focus()
        QTest.keyClick(field.track, Qt.Key.Key_Right)
        QTest.keyClick(field.track, Qt.Key.Key_Right)
        QTest.keyClick(field.track, Qt.Key.Key_D)
        QTest.keyClick(field.track, Qt.Key.Key_Delete)
        assert sent == ["day", "month", "day", None]

    def test_a_required_choice_cannot_be_taken_away(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        required = attribute("enum", options=options("a", "b"), required=True)
        field, sent = made(qtbot, context, required)
        assert isinstance(field, SegmentsField)
        field.start("a")
        QTest.mouseClick(field.track.button(0), Qt.MouseButton.LeftButton)
        field.focus()
        QTest.keyClick(field.track, Qt.Key.Key_Delete)
        assert sent == []
        assert field.track.current == 0

    def test_an_archived_option_shows_only_where_it_is_chosen(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        two = (Option(value="old", archived=True), Option(value="new"))
        field, sent = made(qtbot, context, attribute("enum", options=two))
        assert isinstance(field, SegmentsField)
        assert [option.value for option in field.options()] == ["new"]
        field.start("old")
        assert [option.value for option in field.options()] == ["old", "new"]
        QTest.mouseClick(field.track.button(1), Qt.MouseButton.LeftButton)
        assert sent == ["new"]

    def test_yes_and_no(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("boolean"))
        assert isinstance(field, BooleanField)
        field.start(False)
        assert field.track.current == 1
        QTest.mouseClick(field.track.button(0), Qt.MouseButton.LeftButton)
        assert sent == [True]


class TestCombo:
    def test_typing_finds_and_enter_takes(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("enum", options=LONG))
        assert isinstance(field, ComboField)
        field.focus()
        QTest.keyClicks(field.line, "de")
        assert [choice.label for choice in field.line.choices] == ["Deny", "Demand"]
        QTest.keyClick(field.line, Qt.Key.Key_Down)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == ["demand"]
        assert field.line.text() == "Demand"
        assert not field.line.is_open

    def test_a_click_shows_everything(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("enum", options=LONG))
        assert isinstance(field, ComboField)
        QTest.mouseClick(field.line, Qt.MouseButton.LeftButton)
        assert len(field.line.choices) == len(LONG)
        QTest.keyClick(field.line, Qt.Key.Key_Escape)
        assert not field.line.is_open
        assert sent == []

    def test_words_outside_the_list_stay_and_are_not_sent(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        field, sent = made(qtbot, context, attribute("enum", options=LONG))
        assert isinstance(field, ComboField)
        field.focus()
        QTest.keyClicks(field.line, "xyz")
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == []
        assert "xyz" in field.problem
        assert field.line.text() == "xyz"
        field.set_value(None)
        assert field.line.text() == "xyz"

    def test_emptying_takes_the_value_away(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("enum", options=LONG))
        assert isinstance(field, ComboField)
        field.start("warn")
        field.focus()
        field.line.selectAll()
        QTest.keyClick(field.line, Qt.Key.Key_Delete)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == [None]

    def test_a_value_that_is_no_option_is_shown_and_kept(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        field, sent = made(qtbot, context, attribute("enum", options=LONG))
        assert isinstance(field, ComboField)
        field.start("gone")
        assert field.line.text() == "gone"
        field.focus()
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == []
        assert field.problem == ""


class TestFlags:
    MODES = (
        Option(value="march", label="March", only_with=("protest",)),
        Option(value="mass", label="Mass", only_with=("arrest",)),
        Option(value="night", label="At night"),
    )

    def test_chips_are_added_and_removed(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("flags", options=self.MODES))
        assert isinstance(field, FlagsField)
        field.focus()
        QTest.keyClicks(field.box.line, "mar")
        QTest.keyClick(field.box.line, Qt.Key.Key_Return)
        QTest.keyClicks(field.box.line, "night")
        QTest.keyClick(field.box.line, Qt.Key.Key_Return)
        assert sent == [("march",), ("march", "night")]
        assert [chip.data.label for chip in field.box.chips] == ["March", "At night"]
        QTest.keyClick(field.box.line, Qt.Key.Key_Backspace)
        QTest.keyClick(field.box.line, Qt.Key.Key_Backspace)
        assert sent[2:] == [("march",), None]

    def test_only_what_goes_with_the_other_field_is_offered(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        depending = attribute("flags", options=self.MODES, depends_on="kind")
        field, _ = made(qtbot, context, depending)
        assert isinstance(field, FlagsField)
        field.depend("arrest")
        field.focus()
        QTest.keyClick(field.box.line, Qt.Key.Key_Down)
        assert [choice.value for choice in field.box.line.choices] == ["mass", "night"]
        field.depend("protest")
        QTest.keyClicks(field.box.line, "m")
        assert [choice.value for choice in field.box.line.choices] == ["march"]

    def test_words_that_name_nothing_stay(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("flags", options=self.MODES))
        assert isinstance(field, FlagsField)
        field.focus()
        QTest.keyClicks(field.box.line, "sit-in")
        QTest.keyClick(field.box.line, Qt.Key.Key_Return)
        assert sent == []
        assert "sit-in" in field.problem
        assert field.box.line.text() == "sit-in"


class TestTyped:
    def test_text_is_sent_after_a_pause(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("text"))
        assert isinstance(field, TextField)
        field.focus()
        with qtbot.waitSignal(field.edited, timeout=COMMIT_MS * 10):
            QTest.keyClicks(field.line, "Order")
        assert sent == ["Order"]
        assert field.line.cursorPosition() == 5

    def test_text_is_sent_on_enter_at_once(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("text"))
        assert isinstance(field, TextField)
        field.focus()
        QTest.keyClicks(field.line, "Order")
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == ["Order"]

    def test_long_text_keeps_its_lines_and_no_break_spaces(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        field, sent = made(qtbot, context, attribute("long_text"))
        assert isinstance(field, LongTextField)
        before = field.area.height()
        field.focus()
        QTest.keyClicks(field.area, "one")
        QTest.keyClick(field.area, Qt.Key.Key_Return)
        field.area.insertPlainText("2\u00a0500 😀")
        field.flush()
        assert sent == ["one\n2\u00a0500 😀"]
        assert field.area.height() > before

    @pytest.mark.parametrize(
        ("typed", "value"),
        [("2500", 2500), ("3.5", 3.5), ("-2", -2), ("2 500", 2500), ("1e3", 1000.0)],
    )
    def test_numbers(self, qtbot: QtBot, context: FormContext, typed: str, value: float) -> None:
        field, sent = made(qtbot, context, attribute("number"))
        assert isinstance(field, NumberField)
        field.focus()
        QTest.keyClicks(field.line, typed)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == [value]

    @pytest.mark.parametrize("typed", ["many", "nan", "inf", "1_000", "1,5"])
    def test_what_is_no_number(self, qtbot: QtBot, context: FormContext, typed: str) -> None:
        field, sent = made(qtbot, context, attribute("number"))
        assert isinstance(field, NumberField)
        field.focus()
        QTest.keyClicks(field.line, typed)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == []
        assert typed in field.problem
        assert field.line.text() == typed
        field.line.selectAll()
        QTest.keyClicks(field.line, "7")
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == [7]
        assert field.problem == ""

    def test_whole_numbers_only(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("integer"))
        assert isinstance(field, IntegerField)
        field.focus()
        QTest.keyClicks(field.line, "2.5")
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == []
        assert "whole" in field.problem

    @pytest.mark.parametrize("typed", ["2021-01-23", "2021-01", "2021"])
    def test_dates(self, qtbot: QtBot, context: FormContext, typed: str) -> None:
        field, sent = made(qtbot, context, attribute("date"))
        assert isinstance(field, DateField)
        field.focus()
        QTest.keyClicks(field.line, typed)
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == [typed]

    def test_half_a_date_is_no_mistake_until_one_leaves(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        field, sent = made(qtbot, context, attribute("date"))
        assert isinstance(field, DateField)
        field.focus()
        QTest.keyClicks(field.line, "2021-0")
        field._pause()
        assert (sent, field.problem) == ([], "")
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert "2021-0" in field.problem
        assert sent == []

    def test_a_stored_value_is_never_rewritten_by_passing_through(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        field, sent = made(qtbot, context, attribute("text"))
        field.start("  spaces and\u2028lines  ")
        field.focus()
        field.flush()
        assert sent == []

    def test_what_the_project_holds_replaces_the_words_unless_one_types(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        field, _ = made(qtbot, context, attribute("text"))
        assert isinstance(field, TextField)
        field.start("one")
        field.set_value("two")
        assert field.line.text() == "two"
        field.focus()
        QTest.keyClicks(field.line, "!")
        typed = field.line.text()
        field.set_value("two")
        assert field.line.text() == typed


class TestRecords:
    def test_an_alias_finds_the_record(self, qtbot: QtBot, context: FormContext) -> None:
        kind = attribute("record", record_kind="actor")
        field, sent = made(qtbot, context, kind)
        assert isinstance(field, RecordField)
        field.focus()
        QTest.keyClicks(field.line, "aval")
        assert [choice.label for choice in field.line.choices] == [
            "Aleksei Navalny",
            "Create actor “aval”",
        ]
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == ["r1"]
        assert field.line.text() == "Aleksei Navalny"

    def test_a_name_that_exists_is_not_offered_again(
        self, qtbot: QtBot, context: FormContext
    ) -> None:
        field, sent = made(qtbot, context, attribute("record", record_kind="actor"))
        assert isinstance(field, RecordField)
        field.focus()
        QTest.keyClicks(field.line, "navalny")
        assert [choice.quiet for choice in field.line.choices] == [False]
        field.line.close_list()
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == ["r1"]

    def test_a_new_name_is_asked_for(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("record", record_kind="actor"))
        assert isinstance(field, RecordField)
        wanted: list[str] = []
        field.creation_requested.connect(wanted.append)
        field.focus()
        QTest.keyClicks(field.line, "Josep Borrell")
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert wanted == ["Josep Borrell"]
        assert sent == []

    def test_leaving_with_an_unknown_name_says_so(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("record", record_kind="actor"))
        assert isinstance(field, RecordField)
        field.focus()
        QTest.keyClicks(field.line, "Nobody")
        field.line.close_list()
        QTest.keyClick(field.line, Qt.Key.Key_Return)
        assert sent == []
        assert "Nobody" in field.problem

    def test_several_records_are_chips(self, qtbot: QtBot, context: FormContext) -> None:
        field, sent = made(qtbot, context, attribute("records", record_kind="actor"))
        assert isinstance(field, RecordsField)
        field.start(("r1",))
        field.focus()
        QTest.keyClicks(field.box.line, "putin")
        QTest.keyClick(field.box.line, Qt.Key.Key_Return)
        assert sent == [("r1", "r2")]
        assert [chip.data.label for chip in field.box.chips] == [
            "Aleksei Navalny",
            "Vladimir Putin",
        ]


def test_every_field_shows_a_problem_in_words_and_takes_it_back(
    qtbot: QtBot, context: FormContext
) -> None:
    field, _ = made(qtbot, context, attribute("text"))
    field.show_problem("The disk is full.")
    field.show_finding("X is empty")
    assert field._note is not None
    assert (field._note.words, field._note.isVisible()) == ("The disk is full.", True)
    field.show_problem("")
    assert field._note.words == "X is empty"
    field.show_finding("")
    assert not field._note.isVisible()


def test_signs_and_spaces_that_the_article_uses_are_read(
    qtbot: QtBot, context: FormContext
) -> None:
    field, _ = made(qtbot, context, attribute("number"))
    assert isinstance(field, NumberField)
    assert field.read("−2\u00a0500") == -2500
