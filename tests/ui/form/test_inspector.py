"""The form on a real project: every gesture ends in rows, every change keeps the cursor."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation, fragments_of
from app.model.codebook import Role
from app.model.commands import (
    AddAnnotation,
    AddRecord,
    Batch,
    DeleteAnnotation,
    EditAnnotation,
    LinkRecord,
    SetCodebook,
)
from app.model.wording import spoken_time
from app.ui.form.cell import Cell, Note
from app.ui.form.chips import centre_of_cross
from app.ui.form.evidence import EvidenceSlot
from app.ui.form.fields import Field
from app.ui.form.fields.choice import ComboField, FlagsField, SegmentsField
from app.ui.form.fields.links import AnnotationField, RecordField, RecordsField
from app.ui.form.fields.words import LongTextField, NumberField, TextField
from app.ui.form.slots import RoleSlot
from app.ui.style import stylesheet
from app.ui.theme import DARK, LIGHT
from app.workspace.fixes import Fix
from tests.ui.form.bench import CODEBOOK, LAYER, TEXT, Bench, iden, relate

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


def cell(bench: Bench, name: str) -> Cell:
    form = bench.inspector._form
    assert form is not None
    found = form.reveal(name)
    assert found is not None
    return found


def combo(bench: Bench, name: str) -> ComboField:
    found = cell(bench, name)
    assert isinstance(found, ComboField)
    return found


def text_field(bench: Bench, name: str) -> TextField:
    found = cell(bench, name)
    assert isinstance(found, TextField)
    return found


def record_field(bench: Bench, name: str = "record") -> RecordField:
    found = cell(bench, name)
    assert isinstance(found, RecordField)
    return found


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


class TestAttributes:
    def test_a_choice_is_on_disk_at_once(self, bench: Bench) -> None:
        bench.show("order")
        field = combo(bench, "kind")
        field.focus()
        QTest.keyClicks(field.line, "ass")
        QTest.keyClick(field.line, ENTER)
        assert bench.mark("order").attributes == {"kind": "assault"}
        ((_, title, key),) = bench.asked
        assert (title, key) == ("set kind", "")

    def test_enter_moves_on_in_form_order(self, bench: Bench) -> None:
        bench.show("order")
        field = text_field(bench, "title")
        field.focus()
        QTest.keyClicks(field.line, "Order")
        QTest.keyClick(field.line, ENTER)
        assert bench.mark("order").attributes == {"title": "Order"}
        following = cell(bench, "notes")
        assert isinstance(following, LongTextField)
        assert focused() is following.area

    def test_typing_is_one_step_with_one_key(self, bench: Bench) -> None:
        bench.show("order")
        field = text_field(bench, "title")
        field.focus()
        QTest.keyClicks(field.line, "Or")
        field._pause()
        QTest.keyClicks(field.line, "der")
        field._pause()
        assert [key for _, _, key in bench.asked] == [f"{iden('order')}:title"] * 2
        assert bench.mark("order").attributes == {"title": "Order"}
        bench.workspace.undo(bench.article)
        assert bench.mark("order").attributes == {}
        assert field.line.text() == ""

    def test_emptying_unsets(self, bench: Bench) -> None:
        bench.show("people")
        field = cell(bench, "value")
        assert isinstance(field, NumberField)
        field.focus()
        QTest.keyClicks(field.line, "2500")
        QTest.keyClick(field.line, ENTER)
        assert bench.mark("people").attributes == {"value": 2500}
        field.focus()
        field.line.selectAll()
        QTest.keyClick(field.line, Qt.Key.Key_Delete)
        QTest.keyClick(field.line, ENTER)
        assert bench.mark("people").attributes == {}
        command = bench.asked[-1][0]
        assert isinstance(command, EditAnnotation)
        assert command.unset == ("value",)

    def test_what_no_longer_goes_with_a_choice_leaves_with_it(self, bench: Bench) -> None:
        bench.show("order")
        kind, modes = combo(bench, "kind"), cell(bench, "modes")
        assert isinstance(modes, FlagsField)
        kind.focus()
        QTest.keyClicks(kind.line, "protest")
        QTest.keyClick(kind.line, ENTER)
        for words in ("march", "night"):
            modes.focus()
            QTest.keyClicks(modes.box.line, words)
            QTest.keyClick(modes.box.line, ENTER)
        assert bench.mark("order").attributes["modes"] == ("march", "night")
        kind.focus()
        kind.line.selectAll()
        QTest.keyClicks(kind.line, "arrest")
        QTest.keyClick(kind.line, ENTER)
        assert bench.mark("order").attributes == {"kind": "arrest", "modes": ("night",)}
        assert [chip.data.key for chip in modes.box.chips] == ["night"]
        bench.workspace.undo(bench.article)
        assert bench.mark("order").attributes["modes"] == ("march", "night")

    def test_a_segment_click(self, bench: Bench) -> None:
        bench.show("order")
        field = cell(bench, "realis")
        assert isinstance(field, SegmentsField)
        QTest.mouseClick(field.track.button(1), LEFT)
        assert bench.mark("order").attributes == {"realis": "future"}

    def test_certainty_and_comment(self, bench: Bench) -> None:
        bench.show("order")
        certainty = cell(bench, "certainty")
        assert isinstance(certainty, SegmentsField)
        QTest.mouseClick(certainty.track.button(1), LEFT)
        bench.inspector.focus_comment()
        QTest.keyClicks(focused(), "not sure")
        bench.inspector.flush()
        found = bench.mark("order")
        assert (found.certainty, found.comment) == ("unsure", "not sure")

    def test_wrong_words_come_back_with_the_mark(self, bench: Bench) -> None:
        bench.show("people")
        field = cell(bench, "value")
        assert isinstance(field, NumberField)
        field.focus()
        QTest.keyClicks(field.line, "many")
        bench.show("centre")
        assert bench.asked == []
        assert (field.line.text(), field.problem) == ("", "")
        bench.show("people")
        assert field.line.text() == "many"
        assert "many" in field.problem

    def test_typing_is_written_when_another_mark_is_selected(self, bench: Bench) -> None:
        bench.show("order")
        field = text_field(bench, "title")
        field.focus()
        QTest.keyClicks(field.line, "Order")
        bench.show("arrested")
        assert bench.mark("order").attributes == {"title": "Order"}
        assert bench.mark("arrested").attributes == {}
        assert field.line.text() == ""

    def test_a_choice_the_project_did_not_take_is_not_shown(self, bench: Bench) -> None:
        bench.accepts = False
        bench.show("order")
        field = cell(bench, "realis")
        assert isinstance(field, SegmentsField)
        QTest.mouseClick(field.track.button(1), LEFT)
        assert len(bench.asked) == 1
        assert field.track.current == -1

    def test_typed_words_the_project_did_not_take_stay_to_be_sent_again(self, bench: Bench) -> None:
        bench.accepts = False
        bench.show("order")
        field = text_field(bench, "title")
        field.focus()
        QTest.keyClicks(field.line, "Order")
        bench.inspector.flush()
        bench.inspector.show_refusal("title", "No space left.")
        assert (field.line.text(), field.problem) == ("Order", "No space left.")
        bench.accepts = True
        bench.inspector.flush()
        assert bench.mark("order").attributes == {"title": "Order"}


class TestRegistry:
    def test_an_actor_is_linked_by_alias(self, bench: Bench) -> None:
        bench.show("navalny")
        field = record_field(bench)
        field.focus()
        QTest.keyClicks(field.line, "nav")
        QTest.keyClick(field.line, ENTER)
        assert bench.mark("navalny").record == iden("Aleksei Navalny")
        assert field.line.text() == "Aleksei Navalny"

    def test_an_actor_is_made_and_linked_in_one_step(self, bench: Bench) -> None:
        bench.show("him")
        field = record_field(bench)
        field.focus()
        QTest.keyClicks(field.line, "Yulia Navalnaya")
        QTest.keyClick(field.line, ENTER)
        ((command, title, _),) = bench.asked
        assert isinstance(command, Batch)
        assert [type(step) for step in command.steps] == [AddRecord, LinkRecord]
        assert title == "create actor “Yulia Navalnaya”"
        record = bench.workspace.record(bench.mark("him").record or "")
        assert record is not None
        assert (record.name, record.kind, record.attributes) == (
            "Yulia Navalnaya",
            "actor",
            {"kind": "person"},
        )
        assert field.line.text() == "Yulia Navalnaya"
        bench.workspace.undo(bench.article)
        assert bench.mark("him").record is None
        assert field.line.text() == ""

    def test_emptying_unlinks(self, bench: Bench) -> None:
        bench.show("putin")
        field = record_field(bench)
        field.focus()
        field.line.selectAll()
        QTest.keyClick(field.line, Qt.Key.Key_Delete)
        QTest.keyClick(field.line, ENTER)
        assert bench.mark("putin").record is None

    def test_a_record_is_made_for_an_attribute(self, bench: Bench) -> None:
        bench.show("order")
        groups = cell(bench, "groups")
        assert isinstance(groups, RecordsField)
        groups.focus()
        for name in ("Putin", "The Kremlin"):
            QTest.keyClicks(groups.box.line, name)
            QTest.keyClick(groups.box.line, ENTER)
        held = bench.mark("order").attributes["groups"]
        assert isinstance(held, tuple)
        assert [getattr(bench.workspace.record(i), "name", "") for i in held] == [
            "Vladimir Putin",
            "The Kremlin",
        ]

    def test_the_entry_itself_can_be_filled_in(self, bench: Bench) -> None:
        bench.show("putin")
        form = bench.inspector._form
        assert form is not None
        form.registry.fold.click()
        details = form.registry.details
        assert details is not None
        party = details.fields["party"]
        assert isinstance(party, TextField)
        party.focus()
        QTest.keyClicks(party.line, "United Russia")
        QTest.keyClick(party.line, ENTER)
        record = bench.workspace.record(iden("Vladimir Putin"))
        assert record is not None
        assert record.attributes == {"party": "United Russia"}
        name = details.fields["record name"]
        assert isinstance(name, TextField)
        name.focus()
        name.line.selectAll()
        QTest.keyClicks(name.line, "V. Putin")
        QTest.keyClick(name.line, ENTER)
        assert record_field(bench).line.text() == "V. Putin"
        name.focus()
        name.line.selectAll()
        QTest.keyClick(name.line, Qt.Key.Key_Delete)
        QTest.keyClick(name.line, ENTER)
        assert "needs a name" in name.problem
        renamed = bench.workspace.record(iden("Vladimir Putin"))
        assert renamed is not None
        assert renamed.name == "V. Putin"


class TestRefresh:
    def test_a_change_keeps_cursor_and_widgets(self, bench: Bench) -> None:
        bench.show("order")
        field = text_field(bench, "title")
        field.focus()
        QTest.keyClicks(field.line, "Oder")
        field._pause()
        field.line.setCursorPosition(1)
        QTest.keyClicks(field.line, "r")
        field._pause()
        assert bench.mark("order").attributes == {"title": "Order"}
        assert field.line.cursorPosition() == 2
        assert focused() is field.line
        assert text_field(bench, "title") is field

    def test_a_change_elsewhere_leaves_what_is_being_typed(self, bench: Bench) -> None:
        bench.show("order")
        field = text_field(bench, "title")
        field.focus()
        QTest.keyClicks(field.line, "Or")
        found = bench.mark("order")
        bench.workspace.do(
            EditAnnotation(id=found.id, version=found.version, certainty="unsure"),
            title="from elsewhere",
            article=bench.article,
        )
        assert field.line.text() == "Or"
        bench.inspector.flush()
        assert bench.mark("order").attributes == {"title": "Or"}
        assert bench.mark("order").certainty == "unsure"

    def test_a_new_mark_leaves_the_form_and_is_counted(self, bench: Bench) -> None:
        bench.show("denial")
        shown: list[object] = []
        assert bench.inspector._form is not None
        bench.inspector._form.quote.show_quote = lambda *words: shown.append(words)  # type: ignore[method-assign]
        words = TEXT.index("Monday")
        mark = Annotation(
            id=iden("new"),
            article=bench.article,
            layer=LAYER,
            type="statement",
            fragments=fragments_of(TEXT, [(words, words + 6)]),
        )
        bench.workspace.do(AddAnnotation(annotation=mark), title="tag", article=bench.article)
        assert bench.inspector._place.text() == "S2 · 6 of 12"
        assert shown == []
        found = bench.mark("new")
        bench.workspace.do(
            EditAnnotation(id=found.id, version=found.version, certainty="unsure"),
            title="from elsewhere",
            article=bench.article,
        )
        assert shown, "it may be named in the form by now"

    def test_a_mark_that_vanishes_leaves_the_summary(self, bench: Bench) -> None:
        bench.show("order")
        found = bench.mark("order")
        bench.workspace.do(
            DeleteAnnotation(id=found.id, version=found.version),
            title="remove",
            article=bench.article,
        )
        assert bench.inspector._title.text() == "Article"
        assert bench.inspector._summary.isVisible()

    def test_forms_are_built_once_a_type(self, bench: Bench) -> None:
        bench.show("order")
        first = bench.inspector._form
        bench.show("putin")
        bench.show("arrested")
        assert bench.inspector._form is first

    def test_another_codebook_builds_new_forms(self, bench: Bench) -> None:
        bench.show("order")
        first = bench.inspector._form
        later = replace(CODEBOOK, description="changed", revision=2)
        bench.workspace.do(SetCodebook(codebook=later), title="change codebook")
        bench.show("arrested")
        assert bench.inspector._form is not first
        assert bench.inspector._form is not None


class TestHeader:
    def test_it_says_where_the_mark_stands(self, bench: Bench) -> None:
        bench.show("denial")
        asked: list[str] = []
        bench.inspector.annotation_requested.connect(asked.append)
        assert bench.inspector._title.text() == "Statement"
        assert bench.inspector._place.text() == "S2 · 6 of 11"
        QTest.mouseClick(bench.inspector._previous, LEFT)
        QTest.mouseClick(bench.inspector._next, LEFT)
        assert asked == [bench.contents.at(4).id, bench.contents.at(6).id]

    def test_the_type_is_changed_and_what_fits_stays(self, bench: Bench) -> None:
        relate(bench, "order", "agent", "putin")
        bench.show("order")
        field = text_field(bench, "title")
        field.focus()
        QTest.keyClicks(field.line, "Order")
        QTest.mouseClick(bench.inspector._segments[0], LEFT)
        found = bench.mark("order")
        assert (found.type, found.attributes) == ("actor", {"title": "Order"})
        assert bench.targets("order", "agent") == []
        assert bench.inspector._title.text() == "Actor"
        assert bench.inspector._segments[0].isChecked()
        bench.workspace.undo(bench.article)
        assert bench.mark("order").type == "event"
        assert bench.targets("order", "agent") == [iden("putin")]
        assert bench.inspector._title.text() == "Event"

    def test_the_menu_removes_the_mark(self, bench: Bench) -> None:
        bench.show("order")
        bench.inspector._delete.trigger()
        assert bench.contents.annotation(iden("order")) is None

    def test_the_author_line(self, bench: Bench) -> None:
        bench.show("order")
        form = bench.inspector._form
        assert form is not None
        assert form.author.words.startswith(f"{LAYER} · today ")

    def test_times_as_people_say_them(self) -> None:
        from datetime import datetime, timedelta

        now = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
        assert spoken_time(now.isoformat(), now) == "today 12:00:00"
        assert spoken_time((now - timedelta(days=1)).isoformat(), now) == "yesterday 12:00:00"
        assert spoken_time("2021-01-23T10:00:00+00:00", now).startswith("23 Jan 2021")
        assert spoken_time("", now) == ""
        assert spoken_time("long ago", now) == "long ago"


class TestProfiles:
    def test_a_profile_folds_the_rest_away(self, bench: Bench) -> None:
        bench.show("claim")
        form = bench.inspector._form
        assert form is not None
        assert form._more.isHidden()
        bench.inspector.set_profile("few")
        form = bench.inspector._form
        assert form is not None
        assert list(form.cells) == ["speaker", "act", "certainty", "comment"]
        assert form._more.accessibleName() == "More fields (3), 1 open"
        form._more.click()
        assert {"about", "within", "cue"} <= set(form.cells)
        assert form._more.accessibleName() == "More fields (3)"
        assert "Statement without “Cue”" in form.cells["cue"].finding

    def test_a_key_unfolds_what_it_opens(self, bench: Bench) -> None:
        bench.inspector.set_profile("few")
        bench.show("claim")
        bench.inspector.focus_role("about")
        form = bench.inspector._form
        assert form is not None
        about = form.cells["about"]
        assert isinstance(about, RoleSlot)
        assert focused() is about.box.line

    def test_a_value_goes_beside_its_unit(self, bench: Bench) -> None:
        bench.inspector.set_profile("few")
        bench.show("people")
        form = bench.inspector._form
        assert form is not None
        value, unit = form.cells["value"], form.cells["unit"]
        QApplication.processEvents()
        assert value.y() == unit.y()
        assert value.x() < unit.x()


class TestFocus:
    def test_escape_writes_and_asks_for_the_text(self, bench: Bench, qtbot: QtBot) -> None:
        bench.show("order")
        bench.inspector.focus_first()
        field = text_field(bench, "title")
        field.focus()
        QTest.keyClicks(field.line, "Order")
        with qtbot.waitSignal(bench.inspector.text_focus_requested):
            QTest.keyClick(field.line, Qt.Key.Key_Escape)
        assert bench.mark("order").attributes == {"title": "Order"}

    @pytest.mark.parametrize(
        "name", ["realis", "kind", "modes", "notes", "leader", "agent", "time"]
    )
    def test_escape_leaves_every_field(self, bench: Bench, qtbot: QtBot, name: str) -> None:
        bench.show("order")
        cell(bench, name).focus()
        with qtbot.waitSignal(bench.inspector.text_focus_requested):
            QTest.keyClick(focused(), Qt.Key.Key_Escape)

    def test_tab_follows_the_form(self, bench: Bench) -> None:
        bench.show("claim")
        form = bench.inspector._form
        assert form is not None
        bench.inspector.focus_first()
        seen: list[str] = []
        for _ in range(len(form.cells)):
            here = focused()
            seen += [n for n, c in form.cells.items() if c.isAncestorOf(here)]
            QTest.keyClick(here, Qt.Key.Key_Tab)
        assert seen == ["speaker", "about", "within", "act", "cue", "certainty", "comment"]

    def test_the_panes_focus_goes_to_the_first_field(self, bench: Bench) -> None:
        bench.show("claim")
        bench.inspector.setFocus(Qt.FocusReason.TabFocusReason)
        assert cell(bench, "speaker").isAncestorOf(focused())

    @pytest.mark.parametrize("name", [None, "claim", "order", "people", "navalny"])
    def test_everything_that_takes_the_keyboard_has_a_name(
        self, bench: Bench, name: str | None
    ) -> None:
        bench.show(name)
        inside = bench.inspector.findChildren(QWidget)
        nameless = [
            widget
            for widget in inside
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and widget.isVisible()
            and not widget.accessibleName()
        ]
        assert nameless == []


class TestSummary:
    def test_nothing_selected_lists_what_is_open(self, bench: Bench) -> None:
        summary = bench.inspector._summary
        assert summary.isVisible()
        assert summary._state.text() == "In progress · 11 marks"
        assert summary._counts.accessibleName() == "Actors 4, Events 3, Numbers 2, Statements 2"
        messages = [point.message for point in summary.points.points]
        assert messages == ["Statement without “Speaker”", "Statement without “Cue”"] * 2
        bench.inspector.annotation_requested.connect(bench.inspector.show_annotation)
        summary.points.point_chosen.emit(summary.points.points[1])
        assert bench.inspector._title.text() == "Statement"
        assert cell(bench, "cue").isAncestorOf(focused())

    def test_an_article_without_marks_shows_the_keys(self, bench: Bench) -> None:
        for annotation in bench.contents.annotations:
            bench.workspace.do(
                DeleteAnnotation(id=annotation.id, version=annotation.version),
                title="remove",
                article=bench.article,
            )
        keys = bench.inspector._keys
        assert keys.isVisible()
        assert [row.accessibleName() for row in keys._rows] == [
            "1: Actor",
            "2: Event",
            "3: Number",
            "4: Statement",
        ]

    def test_findings_stand_beside_their_field(self, bench: Bench) -> None:
        bench.show("claim")
        assert cell(bench, "speaker").finding == "Statement without “Speaker”"
        bench.inspector.focus_role("speaker")
        assert bench.inspector.fill_role(iden("navalny"))
        assert cell(bench, "speaker").finding == ""


class TestLook:
    def test_the_dark_look_reaches_everything(self, bench: Bench) -> None:
        bench.show("claim")
        relate(bench, "claim", "speaker", "navalny")
        bench.window.setStyleSheet(stylesheet(DARK))
        bench.inspector.set_theme(DARK)
        picture = bench.inspector.grab().toImage()
        assert picture.pixelColor(2, 300) == DARK.color("app")
        slot = cell(bench, "speaker")
        assert isinstance(slot, RoleSlot)
        chip = slot.box.chips[0].grab().toImage()
        assert chip.pixelColor(chip.width() // 2, 2) == DARK.fill("actor")

    def test_read_only_lets_nothing_in(self, bench: Bench) -> None:
        bench.inspector.set_read_only(True)
        bench.show("order")
        field = cell(bench, "realis")
        assert isinstance(field, SegmentsField)
        QTest.mouseClick(field.track.button(1), LEFT)
        QTest.mouseClick(bench.inspector._segments[0], LEFT)
        bench.inspector.focus_role("agent")
        assert bench.inspector.fill_role(iden("putin")) is False
        assert bench.asked == []

    def test_unsent_words_of_the_registry_come_back_with_their_mark(self, bench: Bench) -> None:
        bench.show("putin")
        form = bench.inspector._form
        assert form is not None
        form.registry.fold.setChecked(True)
        bench.accepts = False
        assert form.registry.details is not None
        name = form.registry.details.fields["record name"]
        assert isinstance(name, TextField)
        name.line.selectAll()
        QTest.keyClicks(name.line, "V. V. Putin")
        bench.show("order")
        (draft,) = bench.inspector.drafts()
        assert draft.text == "V. V. Putin"
        form.registry.fold.setChecked(False)
        bench.show("putin")
        assert name.line.text() == "V. V. Putin"
        bench.show("order")
        bench.accepts = True
        bench.inspector.send_drafts()
        assert bench.inspector.drafts() == ()
        assert [r.name for r in bench.workspace.records("actor", "V. V.")] == ["V. V. Putin"]
        assert bench.inspector._title.text() == "Event"

    def test_unsent_words_of_evidence_come_back_with_their_chip(self, bench: Bench) -> None:
        bench.show("order")
        slot = cell(bench, "place")
        assert isinstance(slot, EvidenceSlot)
        bench.inspector.set_selection((0, 7))
        assert slot.take_selection()
        if slot.details is None:
            slot._toggle_details("0")
        assert slot.details is not None
        means = slot.details.fields["value"]
        assert isinstance(means, TextField)
        bench.accepts = False
        QTest.keyClicks(means.line, "Berlin")
        bench.show("putin")
        assert [draft.text for draft in bench.inspector.drafts()] == ["Berlin"]
        bench.accepts = True
        bench.inspector.send_drafts()
        assert bench.inspector.drafts() == ()
        assert [e.value for e in bench.mark("order").evidence] == ["Berlin"]

    def test_types_without_room_show_their_letter(self, bench: Bench) -> None:
        bench.window.resize(420, 900)
        bench.show("order")
        QApplication.processEvents()
        track, segments = bench.inspector._track, bench.inspector._segments
        assert not any(segment.is_compact for segment in segments)
        bench.window.resize(300, 900)
        QApplication.processEvents()
        assert track.width() < sum(segment.full_width() for segment in segments)
        assert all(segment.is_compact for segment in segments)
        chosen = next(segment for segment in segments if segment.isChecked())
        assert chosen.width() >= chosen.full_width()
        bench.window.resize(420, 900)
        QApplication.processEvents()
        assert not any(segment.is_compact for segment in segments)

    def test_a_long_quick_fix_is_cut_and_told(self, bench: Bench) -> None:
        bench.show("order")
        words = "Link “" + "a very long name of somebody " * 8 + "”"
        note = Note(cell(bench, "comment"))
        note._offer((Fix(label=words, annotation=iden("order"), field="comment"),))
        (button,) = note.buttons
        note.resize(220, 60)
        note.show()
        QApplication.processEvents()
        assert note.minimumSizeHint().width() <= 220
        assert button.width() <= 220
        assert button.text().endswith("…")
        assert button.accessibleName() == words

    def test_read_only_is_to_be_seen_and_can_be_read(self, bench: Bench) -> None:
        relate(bench, "claim", "speaker", "navalny")
        bench.asked.clear()
        bench.inspector.set_read_only(True)
        bench.show("order")
        agent = cell(bench, "agent")
        assert isinstance(agent, RoleSlot)
        assert not agent.box.line.isEnabled()
        assert not agent.acceptDrops()
        bench.show("claim")
        slot = cell(bench, "speaker")
        assert isinstance(slot, RoleSlot)
        (chip,) = slot.box.chips
        QTest.keyClick(chip, Qt.Key.Key_Delete)
        QTest.mouseClick(chip, LEFT, pos=centre_of_cross(chip))
        assert bench.asked == []
        comment = cell(bench, "comment")
        assert isinstance(comment, LongTextField)
        assert comment.area.isReadOnly()
        assert comment.area.isEnabled()
        QTest.keyClicks(comment.area, "no")
        comment.flush()
        assert bench.asked == []
        bench.inspector.set_read_only(False)
        bench.show("order")
        agent = cell(bench, "agent")
        assert isinstance(agent, RoleSlot)
        assert agent.box.line.isEnabled()

    def test_a_type_the_codebook_does_not_know(self, bench: Bench) -> None:
        found = bench.contents.annotation(iden("order"))
        assert isinstance(found, Annotation)
        bench.contents._annotations[found.id] = replace(found, type="gone")
        bench.show("order")
        assert bench.inspector._title.text() == "gone"


def test_every_field_knows_its_attribute(bench: Bench) -> None:
    bench.show("order")
    form = bench.inspector._form
    assert form is not None
    names = {c.attribute.name for c in form.cells.values() if isinstance(c, Field)}
    assert names == {"record", *(a.name for a in CODEBOOK.types[1].attributes)} | {
        "certainty",
        "comment",
    }


def test_an_armed_role_is_told(bench: Bench) -> None:
    armed: list[Role | None] = []
    bench.inspector.role_armed.connect(armed.append)
    bench.show("claim")
    bench.inspector.focus_role("speaker")
    bench.inspector.focus_comment()
    assert [role.name if role else None for role in armed] == ["speaker", None]


class TestLinks:
    def test_another_mark_is_named(self, bench: Bench) -> None:
        bench.show("order")
        says = cell(bench, "says")
        assert isinstance(says, AnnotationField)
        says.focus()
        QTest.keyClicks(says.line, "putin d")
        QTest.keyClick(says.line, ENTER)
        assert bench.mark("order").attributes == {"says": iden("denial")}
        assert says.line.text() == "Putin denied it"
        says.focus()
        says.line.selectAll()
        QTest.keyClicks(says.line, "nonsense")
        QTest.keyClick(says.line, ENTER)
        assert "was not taken" in says.problem
        says.focus()
        says.line.selectAll()
        QTest.keyClick(says.line, Qt.Key.Key_Delete)
        QTest.keyClick(says.line, ENTER)
        assert bench.mark("order").attributes == {}

    def test_a_record_is_made_for_the_registry_entry(self, bench: Bench) -> None:
        bench.show("putin")
        form = bench.inspector._form
        assert form is not None
        form.registry.fold.click()
        details = form.registry.details
        assert details is not None
        boss = details.fields["boss"]
        assert isinstance(boss, RecordField)
        boss.focus()
        QTest.keyClicks(boss.line, "The people")
        QTest.keyClick(boss.line, ENTER)
        putin = bench.workspace.record(iden("Vladimir Putin"))
        assert putin is not None
        made = bench.workspace.record(str(putin.attributes["boss"]))
        assert made is not None
        assert made.name == "The people"
        assert boss.line.text() == "The people"
        bench.show("navalny")
        assert form.registry.isHidden()
        bench.show("putin2")
        assert boss.line.text() == "The people"
        form.registry.fold.click()
        assert details.isHidden()


def test_everything_can_be_painted_in_both_looks(bench: Bench) -> None:
    """Painting raises nothing: an exception in a paint event fails the test."""
    relate(bench, "claim", "about", "order", stance="denies")
    for theme in (LIGHT, DARK):
        bench.window.setStyleSheet(stylesheet(theme))
        bench.inspector.set_theme(theme)
        for name in (None, "claim", "order", "people", "putin"):
            bench.show(name)
            form = bench.inspector._form
            if form is not None:
                form.cells[next(iter(form.cells))].show_problem("Wrong.")
                form.registry.fold.setChecked(True)
            bench.window.grab()
        bench.show("claim")
        about = cell(bench, "about")
        assert isinstance(about, RoleSlot)
        about._toggle_details(bench.relation("claim", "about").id)
        about.focus()
        about.box.line.open_list("")
        bench.window.grab()
        act = combo(bench, "act")
        QTest.mouseClick(act.line, LEFT)
        assert act.line.is_open
        bench.window.grab()
        QTest.mouseClick(act.line, LEFT)
        assert not act.line.is_open


def test_a_click_in_the_list_picks(bench: Bench) -> None:
    bench.show("claim")
    act = combo(bench, "act")
    act.focus()
    QTest.keyClicks(act.line, "den")
    popup = act.line._list
    assert popup is not None
    where = popup.visualRect(popup.model().index(0, 0)).center()
    QTest.mouseClick(popup.viewport(), LEFT, pos=where)
    assert bench.mark("claim").attributes == {"act": "deny"}
    assert act.line.hasFocus()


def test_a_slot_that_takes_several_waits_for_more_while_one_types_there(bench: Bench) -> None:
    bench.show("claim")
    slot = cell(bench, "about")
    assert isinstance(slot, RoleSlot)
    slot.box.line.setFocus()
    QTest.keyClicks(slot.box.line, "order")
    QTest.keyClick(slot.box.line, Qt.Key.Key_Return)
    assert bench.targets("claim", "about") == [iden("order")]
    assert bench.inspector.fill_role(iden("putin"))
    assert set(bench.targets("claim", "about")) == {iden("order"), iden("putin")}


def test_of_a_long_name_the_beginning_is_seen(bench: Bench) -> None:
    bench.show("putin")
    field = cell(bench, "record")
    assert isinstance(field, RecordField)
    field.line.setFocus()
    QTest.keyClick(field.line, Qt.Key.Key_End)
    bench.inspector.focus_comment()
    assert field.line.cursorPosition() == 0
