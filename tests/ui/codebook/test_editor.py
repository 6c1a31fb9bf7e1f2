"""The codebook editor, with real widgets on a real project."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.model.codebook import Attribute, Option, Profile, SpanType
from app.model.codebook_file import read_codebook
from app.ui.codebook.editor import CodebookEditor
from app.ui.codebook.ink_field import InkField
from app.ui.codebook.nodes import every, tree_of
from app.ui.codebook.tree import TreeModel
from app.ui.form.cell import Cell
from app.ui.form.fields import Field
from app.ui.form.fields.choice import ComboField, FlagsField, SegmentsField
from app.ui.form.fields.words import LongTextField, TextField
from app.ui.keymap import Keymap
from app.ui.session import Session
from app.ui.theme import DARK
from app.workspace import Workspace
from app.workspace.codebook_parts import Address, find
from app.workspace.sample import make_sample

Show = Callable[..., None]
EVENT: Address = ("types", "event")
_NOTHING_HELD = Qt.KeyboardModifier.NoModifier
ACT: Address = ("types", "statement", "attributes", "act")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "s.pressmark"
    make_sample(path, annotator="Ann").close()
    return path


class Stand:
    """The editor on a copy of the sample."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.ws = Workspace.open(path, annotator="Ann", read_only=read_only)
        self.session = Session(self.ws)
        self.editor = CodebookEditor(self.session, keymap=Keymap(), profile="protest")

    def choose(self, *address: str) -> None:
        self.editor.choose(address)
        assert self.editor.address == address

    def field(self, name: str, part: str = "") -> Field:
        found = self.editor.sheet.field(name, part)
        assert found is not None
        return found

    def write(self, name: str, words: str) -> Field:
        field = self.field(name)
        assert isinstance(field, (TextField, LongTextField))
        control = field.line if isinstance(field, TextField) else field.area
        control.setFocus()
        control.selectAll()
        QTest.keyClicks(control, words)
        field.flush()
        return self.field(name)

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.editor.tree, key, held)

    def said(self) -> str:
        return self.editor._said.text()

    def entry(self, *address: str) -> object:
        return find(self.ws.codebook, address)

    def event(self) -> SpanType:
        found = self.ws.codebook.type("event")
        assert found is not None
        return found


@pytest.fixture
def stand(sample: Path, tmp_path: Path, show: Show) -> Iterator[Stand]:
    path = tmp_path / "s.pressmark"
    path.write_bytes(sample.read_bytes())
    made = Stand(path)
    show(made.editor, 1180, 760)
    made.editor.activateWindow()
    yield made
    made.editor.close()
    made.session.close()


def test_a_type_is_added_named_keyed_and_coloured(stand: Stand) -> None:
    stand.choose(*EVENT)
    stand.press(Qt.Key.Key_Insert)
    assert stand.editor.address == ("types", "new_type")
    assert stand.said() == "Written: add type."
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Label"
    stand.write("label", "City")
    assert stand.editor.address == ("types", "city")
    stand.write("key", "7")
    ink = cast("InkField", stand.field("ink"))
    QTest.keyClick(ink.palette_, Qt.Key.Key_Right)
    city = stand.entry("types", "city")
    assert isinstance(city, SpanType)
    assert (city.label, city.plural, city.key) == ("City", "Cities", "7")
    assert city.ink.startswith("#")
    assert stand.editor._title.text() == "Codebook “Press”"
    assert stand.ws.undo_title(None) == "codebook: change the colour of “City”"
    for _ in range(4):
        QTest.keyClick(stand.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(stand.ws.codebook.types) == 4
    assert stand.said() == "Undone: add type."
    QTest.keyClick(stand.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stand.said() == "There is nothing of the codebook to undo."
    QTest.keyClick(stand.editor, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert stand.said() == "Done again: add type."


def test_every_kind_of_field_is_written(stand: Stand) -> None:
    stand.choose(*EVENT)
    assert isinstance(stand.field("underline"), (ComboField, SegmentsField))
    stand.field("underline").send("dotted")
    stand.write("definition", "What happens.")
    stand.write("examples", "One [word].")
    assert (stand.event().underline, stand.event().definition) == ("dotted", "What happens.")
    assert stand.event().examples == ("One [word].",)
    stand.choose("roles", "event.agent")
    stand.field("targets").send(("actor", "event"))
    stand.field("many").send(False)
    role = stand.ws.codebook.role("event", "agent")
    assert role is not None
    assert (role.targets, role.many) == (("actor", "event"), False)
    stand.choose("profiles", "protest")
    shown = stand.field("fields", "event")
    assert isinstance(shown, FlagsField)
    shown.send(("realis", "agent"))
    profile = stand.entry("profiles", "protest")
    assert isinstance(profile, Profile)
    assert profile.fields["event"] == ("realis", "agent")
    stand.choose(*EVENT, "attributes", "realis")
    stand.field("default").send("future")
    stand.field("required").send(True)
    realis = stand.entry(*EVENT, "attributes", "realis")
    assert isinstance(realis, Attribute)
    assert (realis.default, realis.required) == ("future", True)
    stand.choose("types", "number", "evidence", "place")
    stand.field("value_type").send("none")
    stand.choose("records", "actor")
    stand.write("label", "Person")
    assert stand.ws.codebook.records[0].label == "Person"
    assert stand.ws.check().ok


def test_the_controls_follow_the_kind_of_a_field(stand: Stand) -> None:
    stand.choose(*EVENT, "attributes", "tier")
    stand.press(Qt.Key.Key_Insert)
    address = stand.editor.address
    assert stand.editor.sheet.field("depends_on") is None
    stand.field("type").send("flags")
    assert stand.editor.address == address
    assert isinstance(stand.field("default"), FlagsField)
    assert stand.field("depends_on") is not None
    stand.press(Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [a.text() for a in menu.actions()] == ["Field to “Event”", "Value to “New field”"]
    menu.actions()[1].trigger()
    menu.close()
    assert stand.editor.address[-2] == "options"
    assert isinstance(stand.entry(*stand.editor.address), Option)


@pytest.mark.parametrize(
    ("address", "key", "sentence"),
    [
        (EVENT, "1", "1 is “Actor” already."),
        (EVENT, "x", "The key of a type is a digit from 1 to 9."),
        (("roles", "event.agent"), "t", "T is “To whom” already."),
        (("roles", "event.agent"), "c", "C is reserved"),
        (("types", "event", "evidence", "place"), "m", "M is reserved"),
    ],
)
def test_a_key_that_is_taken_is_refused_at_its_field(
    stand: Stand, address: Address, key: str, sentence: str
) -> None:
    before = stand.ws.codebook
    stand.choose(*address)
    field = stand.write("key", key)
    assert field.problem.startswith(sentence)
    assert stand.ws.codebook is before
    stand.choose("types", "actor")
    stand.choose(*address)
    assert stand.field("key").problem == ""


def test_a_key_given_by_hand_is_refused_too(sample: Path, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "s.pressmark"
    path.write_bytes(sample.read_bytes())
    stand = Stand(path)
    qtbot.addWidget(stand.editor)
    stand.editor.show()
    stand.editor._keymap.assign("widen", ("Z",))
    stand.choose("roles", "event.agent")
    assert stand.write("key", "Z").problem.startswith("Z is “Select the word")
    stand.editor.close()
    stand.session.close()


def test_what_is_typed_goes_to_the_entry_it_was_typed_for(stand: Stand) -> None:
    stand.choose(*EVENT)
    field = stand.field("plural")
    assert isinstance(field, TextField)
    field.line.setFocus()
    field.line.selectAll()
    QTest.keyClicks(field.line, "Happenings")
    stand.choose("types", "actor")
    assert stand.event().plural == "Happenings"
    assert stand.ws.codebook.types[0].plural == "Actors"
    assert stand.editor.address == ("types", "actor")


def test_a_value_in_use_is_archived_and_brought_back(stand: Stand) -> None:
    stand.choose(*ACT, "options", "accuse")
    assert stand.editor._remove.text() == "Archive"
    assert not stand.field("value").isEnabled()
    stand.press(Qt.Key.Key_Delete)
    accuse = stand.entry(*ACT, "options", "accuse")
    assert isinstance(accuse, Option)
    assert accuse.archived
    assert stand.editor._remove.text() == "Bring back"
    assert "archived" in stand.editor.sheet._kind.text()
    stand.press(Qt.Key.Key_Delete)
    accuse = stand.entry(*ACT, "options", "accuse")
    assert isinstance(accuse, Option)
    assert not accuse.archived


def test_what_nothing_uses_is_removed(stand: Stand) -> None:
    stand.choose("types", "actor", "attributes", "mention_level", "options", "name")
    stand.press(Qt.Key.Key_Insert)
    assert stand.editor._remove.text() == "Remove"
    made = stand.editor.address
    assert stand.field("value").isEnabled()
    stand.editor.tree.setFocus()
    stand.press(Qt.Key.Key_Delete)
    assert made[-1] not in [
        str(o.value) for o in cast("Attribute", stand.entry(*made[:-2])).options
    ]
    assert stand.editor.address == (*made[:-1], "pronoun")


def test_order_is_changed_by_keys(stand: Stand) -> None:
    stand.choose(*EVENT)
    stand.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert next(t.name for t in stand.ws.codebook.types) == "event"
    assert stand.editor.address == EVENT
    stand.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert stand.said() == "“Event” is the first already."


def test_two_values_are_merged_with_their_marks(stand: Stand) -> None:
    stand.choose(*ACT, "options", "accuse")
    stand.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    into = next(a for a in menu.actions() if a.text() == "Into “Claim”")
    into.trigger()
    menu.close()
    assert stand.editor.address == (*ACT, "options", "claim")
    assert stand.said() == (
        "Written: merge value “Accusation” into “Claim”. 4 marks or entries were changed."
    )
    stand.editor.undo()
    assert stand.said() == "Undone: merge value “Accusation” into “Claim”."
    stand.choose("roles", "event.agent")
    stand.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activePopupWidget() is None
    stand.editor.merge(EVENT, "actor")
    assert "different kinds of entries" in stand.said()


def test_a_long_merge_says_how_far_it_is(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.session._SLOW", 0.0)
    monkeypatch.setattr("app.ui.session._PAINTED", 0.0)
    monkeypatch.setattr("app.storage.apply._TOLD_EVERY", 2)
    told: list[str] = []
    stand.session.progressed.connect(lambda *_: told.append(stand.said()))
    stand.choose(*ACT, "options", "accuse")
    stand.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(a for a in menu.actions() if a.text() == "Into “Claim”").trigger()
    menu.close()
    assert told == ["2 of 5 written", "4 of 5 written"]
    assert stand.said().startswith("Written: merge value")


def test_the_marks_a_change_touches_are_listed_and_opened(stand: Stand, qtbot: QtBot) -> None:
    stand.choose(*ACT, "options", "accuse")
    marks = stand.editor.marks
    qtbot.waitUntil(lambda: marks.words.text() == "A change here touches 4 marks in 1 article.")
    assert marks.model.rowCount() == 4
    marks.list.setFocus()
    with qtbot.waitSignal(stand.editor.mark_requested) as asked:
        QTest.keyClick(marks.list, Qt.Key.Key_Return)
    assert asked.args == [marks.model.marks[0].article, marks.model.marks[0].annotation]
    stand.choose("profiles", "nlp")
    qtbot.waitUntil(lambda: marks.words.text() == "A change here touches no mark.")
    assert not marks.list.isVisible()


def test_the_form_follows_and_takes_nothing(stand: Stand, qtbot: QtBot) -> None:
    preview = stand.editor.preview
    stand.choose(*EVENT)
    qtbot.waitUntil(lambda: preview._title.text() == "Form of event · Protest events")
    form = preview.form
    assert form is not None
    assert "realis" not in form.cells
    stand.choose(*EVENT, "attributes", "realis")
    qtbot.waitUntil(lambda: "realis" in form.cells)
    for widget in form.findChildren(QWidget):
        assert widget.focusPolicy() == Qt.FocusPolicy.NoFocus
    stand.write("label", "Reality")
    qtbot.waitUntil(lambda: preview.form is not form)
    stand.choose("profiles", "nlp")
    qtbot.waitUntil(lambda: "NLP corpus" in preview._title.text())


def test_a_codebook_goes_out_and_comes_in(
    stand: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "mine.yaml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(place), ""))
    stand.choose(*EVENT)
    stand.write("label", "Happening")
    stand.editor._export.click()
    assert stand.said() == "The codebook is in mine.yaml."
    assert read_codebook(place).types[1].label == "Happening"
    stand.editor._import.click()
    assert stand.said() == "This is the project's codebook already."
    stand.editor.undo()
    stand.editor._import.click()
    assert stand.event().label == "Happening"
    assert stand.said() == "Written: take over “Press”."
    place.write_text("name: x\n", "utf-8")
    stand.editor._import.click()
    assert "is no valid codebook" in stand.said()
    place.write_text("name: x\nlabel: X\ntypes: []\n", "utf-8")
    stand.editor._import.click()
    assert "no type to annotate with" in stand.said()
    place.unlink()
    place.mkdir()
    stand.editor._export.click()
    assert "was not written" in stand.said()


def test_what_another_window_changes_is_shown(stand: Stand, qtbot: QtBot) -> None:
    stand.choose(*EVENT, "attributes", "realis")
    with Workspace.open(stand.ws.location, annotator="Bob") as other:
        from app.workspace.codebook_edit import edit, remove

        made = edit(other.codebook, (*EVENT, "attributes", "realis"), "label", "Reality")
        other.do(made.command, title=made.title)
        made = remove(other.codebook, ("profiles", "nlp"))
        other.do(made.command, title=made.title)
    stand.session._look()
    field = stand.field("label")
    assert isinstance(field, TextField)
    assert field.line.text() == "Reality"
    assert stand.editor.address == (*EVENT, "attributes", "realis")
    assert not stand.editor._undo.isEnabled()  # it is the other one's


def test_nothing_is_changed_where_nothing_can_be_written(
    sample: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "s.pressmark"
    path.write_bytes(sample.read_bytes())
    stand = Stand(path, read_only=True)
    qtbot.addWidget(stand.editor)
    stand.editor.show()
    stand.choose(*EVENT)
    buttons = [b for b in stand.editor.findChildren(QAbstractButton) if b.isEnabled()]
    assert stand.editor._export in buttons
    assert stand.editor._add not in buttons
    assert stand.editor._undo not in buttons
    stand.press(Qt.Key.Key_Delete)
    assert stand.ws.codebook.type("event") is not None
    stand.editor.close()
    stand.session.close()


def test_everything_can_be_reached_named_and_hit(
    stand: Stand, assert_targets: Callable[[QWidget], None]
) -> None:
    stand.choose(*EVENT)
    assert_targets(stand.editor)
    stand.editor.tree.setFocus()
    stand.press(Qt.Key.Key_Return)
    names = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        names.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert all(names)
    for name in ("Key", "Colours of the palette", "Marks that a change touches", "Undo"):
        assert name in names or name == "Undo"
    for cell in stand.editor.sheet.findChildren(Cell):
        assert cell.accessibleName()
    field = stand.field("label")
    field.focus()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert stand.editor.tree.hasFocus()
    stand.press(Qt.Key.Key_Escape)
    assert not stand.editor.isVisible()


def test_another_look(stand: Stand) -> None:
    stand.choose(*EVENT)
    light = stand.editor.grab().toImage()
    stand.editor.set_theme(DARK)
    assert stand.editor.grab().toImage() != light


def test_the_model_of_the_tree_holds(stand: Stand) -> None:
    model = TreeModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load(stand.ws.codebook)
    assert model.rowCount() == 3
    for node in every(tree_of(stand.ws.codebook)):
        index = model.index_of(node.place)
        assert index.isValid()
        assert model.data(index) == node.label
        assert model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        assert model.data(index, Qt.ItemDataRole.DecorationRole) is None
    assert model.data(model.index(99)) is None
    assert tester.model() is model


def test_a_colour_is_judged_while_it_is_chosen(stand: Stand) -> None:
    stand.choose("types", "statement")
    ink = cast("InkField", stand.field("ink"))
    assert ink.finding == ""
    assert ink.line.text() == "Plum"
    before = stand.ws.codebook
    ink.line.setFocus()
    ink.line.selectAll()
    QTest.keyClicks(ink.line, "#2a7a5e")
    assert ink.finding.startswith("Too close to “Number” for people with tritanopia in the light")
    assert stand.ws.codebook is before  # it is judged before it is written
    ink.flush()
    statement = stand.ws.codebook.type("statement")
    assert statement is not None
    assert statement.ink == "#2a7a5e"
    assert not [s for s in ink.palette_.swatches if s.isChecked()]
    ink.line.selectAll()
    QTest.keyClicks(ink.line, "#FFF3A0")
    assert "underline is too faint in the light look" in ink.finding
    ink.line.selectAll()
    QTest.keyClicks(ink.line, "#12")
    ink.flush()
    assert "is no colour" in ink.problem
    ink.line.selectAll()
    QTest.keyClicks(ink.line, "navy")
    ink.flush()
    assert [s.accessibleName() for s in ink.palette_.swatches if s.isChecked()] == ["Navy"]
    QTest.keyClick(ink.palette_, Qt.Key.Key_Left)
    statement = stand.ws.codebook.type("statement")
    assert statement is not None
    assert statement.ink == "#777755 #FFFF33"
    assert ink.line.text() == "Khaki"


def test_the_codebook_itself_has_fields(stand: Stand) -> None:
    tree = stand.editor.tree
    tree.choose(((), "types"))
    stand.field("profile").send("nlp")
    stand.write("label", "Protests")
    assert (stand.ws.codebook.profile, stand.ws.codebook.label) == ("nlp", "Protests")
    assert stand.editor._title.text() == "Codebook “Protests”"
    assert not stand.editor._remove.isEnabled()
    stand.press(Qt.Key.Key_Insert)
    assert len(stand.ws.codebook.types) == 5
