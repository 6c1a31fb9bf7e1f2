"""Slots for relations and evidence: filled by typing, by a click, by a key, by a drop."""

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.model.annotation import Annotation, fragments_of
from app.model.codebook import Role
from app.model.commands import (
    AddAnnotation,
    AddRelation,
    Batch,
    DeleteRelation,
    EditAnnotation,
    EditRelation,
)
from app.ui.form.chips import centre_of_cross
from app.ui.form.evidence import EvidenceSlot
from app.ui.form.fields.choice import SegmentsField
from app.ui.form.fields.words import DateField, IntegerField, TextField
from app.ui.form.slots import ANNOTATION_MIME, RoleSlot
from tests.ui.form.bench import LAYER, TEXT, Bench, iden, relate

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


def slot(bench: Bench, name: str) -> RoleSlot:
    form = bench.inspector._form
    assert form is not None
    found = form.reveal(name)
    assert isinstance(found, RoleSlot)
    return found


def evidence(bench: Bench, name: str) -> EvidenceSlot:
    form = bench.inspector._form
    assert form is not None
    found = form.reveal(name)
    assert isinstance(found, EvidenceSlot)
    return found


def labels(filled: RoleSlot | EvidenceSlot) -> list[str]:
    return [chip.data.label for chip in filled.box.chips]


def chips_open(filled: RoleSlot) -> list[bool]:
    return [chip.data.is_open for chip in filled.box.chips]


def at(words: str, occurrence: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


class TestTyping:
    def test_words_and_record_names_find_a_mark(self, bench: Bench) -> None:
        bench.show("claim")
        speaker = slot(bench, "speaker")
        speaker.focus()
        QTest.keyClicks(speaker.box.line, "vlad")
        found = [(c.label, c.detail, c.letter) for c in speaker.box.line.choices]
        assert found == [("Vladimir Putin", "Putin ¶1", "A")] * 2
        QTest.keyClick(speaker.box.line, ENTER)
        assert bench.targets("claim", "speaker") == [iden("putin")]
        assert labels(speaker) == ["Vladimir Putin"]
        assert speaker.box.line.text() == ""
        command, title, _ = bench.asked[0]
        assert isinstance(command, AddRelation)
        assert title == "set speaker to “Vladimir Putin”"

    def test_only_the_types_allowed_are_offered_the_nearest_first(self, bench: Bench) -> None:
        bench.show("denial")
        about = slot(bench, "about")
        about.focus()
        QTest.keyClick(about.box.line, Qt.Key.Key_Down)
        found = [choice.value for choice in about.box.line.choices]
        assert found[0] == iden("putin2")
        assert {iden("people"), iden("claim"), iden("denial")}.isdisjoint(found)
        assert {iden("order"), iden("navalny")} <= set(found)

    def test_enter_stays_for_more_and_moves_on_when_empty(self, bench: Bench) -> None:
        bench.show("claim")
        about = slot(bench, "about")
        about.focus()
        for words in ("order", "put"):
            QTest.keyClicks(about.box.line, words)
            QTest.keyClick(about.box.line, ENTER)
        assert bench.targets("claim", "about") == [iden("putin"), iden("order")]
        assert QApplication.focusWidget() is about.box.line
        QTest.keyClick(about.box.line, ENTER)
        assert QApplication.focusWidget() is slot(bench, "within").box.line

    def test_words_that_name_nothing_stay(self, bench: Bench) -> None:
        bench.show("claim")
        speaker = slot(bench, "speaker")
        speaker.focus()
        QTest.keyClicks(speaker.box.line, "Biden")
        QTest.keyClick(speaker.box.line, ENTER)
        assert bench.asked == []
        assert "No actor of this article is called “Biden”" in speaker.problem
        assert speaker.box.line.text() == "Biden"

    def test_a_role_for_one_replaces(self, bench: Bench) -> None:
        bench.show("denial")
        within = slot(bench, "within")
        within.focus()
        QTest.keyClicks(within.box.line, "navalny cl")
        QTest.keyClick(within.box.line, ENTER)
        assert bench.targets("denial", "within") == [iden("claim")]
        bench.show("claim")
        bench.inspector.focus_role("within")
        assert bench.inspector.fill_role(iden("denial"))
        bench.inspector.focus_role("within")
        bench.inspector.fill_role(iden("denial"))
        assert "is there already" in slot(bench, "within").problem

    def test_a_second_target_takes_the_place_of_the_only_one(self, bench: Bench) -> None:
        relate(bench, "denial", "within", "claim")
        thanks = Annotation(
            id=iden("thanks"),
            article=bench.article,
            layer=LAYER,
            type="statement",
            fragments=fragments_of(TEXT, [at("thanked the people")]),
        )
        bench.workspace.do(AddAnnotation(annotation=thanks), title="tag", article=bench.article)
        bench.show("denial")
        within = slot(bench, "within")
        within.focus()
        QTest.keyClicks(within.box.line, "thank")
        QTest.keyClick(within.box.line, ENTER)
        assert bench.targets("denial", "within") == [thanks.id]
        assert isinstance(bench.asked[-1][0], Batch)
        bench.workspace.undo(bench.article)
        assert bench.targets("denial", "within") == [iden("claim")]


class TestChips:
    def test_backspace_removes_the_last(self, bench: Bench) -> None:
        relate(bench, "claim", "about", "putin")
        relate(bench, "claim", "about", "order")
        bench.show("claim")
        about = slot(bench, "about")
        assert labels(about) == ["Vladimir Putin", "order to kill"]
        about.focus()
        QTest.keyClick(about.box.line, Qt.Key.Key_Backspace)
        assert bench.targets("claim", "about") == [iden("putin")]
        QTest.keyClick(about.box.line, Qt.Key.Key_Delete)
        assert bench.targets("claim", "about") == []
        assert isinstance(bench.asked[0][0], DeleteRelation)
        assert bench.asked[0][1] == "clear about"

    def test_the_cross_removes_and_the_rest_shows(self, bench: Bench) -> None:
        relate(bench, "claim", "speaker", "navalny")
        bench.show("claim")
        speaker = slot(bench, "speaker")
        asked: list[str] = []
        bench.inspector.annotation_requested.connect(asked.append)
        (chip,) = speaker.box.chips
        QTest.mouseClick(chip, LEFT, pos=QPoint(30, 10))
        assert asked == [iden("navalny")]
        QTest.mouseClick(chip, LEFT, pos=centre_of_cross(chip))
        assert bench.targets("claim", "speaker") == []

    def test_arrows_walk_the_chips(self, bench: Bench) -> None:
        relate(bench, "claim", "about", "putin")
        relate(bench, "claim", "about", "order")
        bench.show("claim")
        about = slot(bench, "about")
        about.focus()
        QTest.keyClick(about.box.line, Qt.Key.Key_Left)
        first, last = about.box.chips
        assert last.hasFocus()
        QTest.keyClick(last, Qt.Key.Key_Left)
        assert first.hasFocus()
        QTest.keyClick(first, Qt.Key.Key_Delete)
        assert bench.targets("claim", "about") == [iden("order")]
        assert about.box.line.hasFocus()
        QTest.keyClick(about.box.line, Qt.Key.Key_Left)
        QTest.keyClick(about.box.chips[0], Qt.Key.Key_Right)
        assert about.box.line.hasFocus()

    def test_a_slot_is_as_high_as_its_chips(self, bench: Bench) -> None:
        bench.show("claim")
        about = slot(bench, "about")
        empty = about.box.height()
        for name in ("navalny", "putin", "order", "arrested"):
            relate(bench, "claim", "about", name)
        assert about.box.height() > empty
        for chip in about.box.chips:
            assert chip.geometry().right() < about.box.width()
            assert chip.geometry().bottom() < about.box.height()

    def test_names_for_those_who_listen(self, bench: Bench) -> None:
        bench.show("claim")
        speaker = slot(bench, "speaker")
        assert speaker.box.line.accessibleName() == "Speaker, Nobody named"
        relate(bench, "claim", "speaker", "putin")
        assert speaker.box.line.accessibleName() == "Speaker, Vladimir Putin, 1 of 1"
        assert speaker.box.chips[0].accessibleName() == "Speaker, Vladimir Putin, 1 of 1"


class TestArming:
    def test_a_key_arms_and_a_click_in_the_text_fills(self, bench: Bench) -> None:
        armed: list[Role | None] = []
        bench.inspector.role_armed.connect(armed.append)
        bench.show("claim")
        bench.inspector.focus_role("speaker")
        assert [role.name if role else "" for role in armed] == ["speaker"]
        assert bench.inspector.fill_role(iden("navalny")) is True
        assert bench.targets("claim", "speaker") == [iden("navalny")]
        assert armed[-1] is None
        assert bench.inspector.fill_role(iden("putin")) is False

    def test_the_focus_arms_and_another_field_disarms(self, bench: Bench) -> None:
        armed: list[Role | None] = []
        bench.inspector.role_armed.connect(armed.append)
        bench.show("claim")
        QTest.mouseClick(slot(bench, "about").box, LEFT)
        bench.inspector.focus_comment()
        assert [role.name if role else "" for role in armed] == ["about", ""]

    def test_the_slot_waits_while_the_focus_is_in_the_text(self, bench: Bench) -> None:
        text = QWidget(bench.window)
        text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        text.show()
        bench.show("claim")
        bench.inspector.focus_role("speaker")
        text.setFocus()
        assert bench.inspector.fill_role(iden("him")) is True

    def test_the_wrong_type_is_told_and_takes_the_click(self, bench: Bench) -> None:
        bench.show("claim")
        bench.inspector.focus_role("speaker")
        assert bench.inspector.fill_role(iden("people")) is True
        assert slot(bench, "speaker").problem == "Speaker takes an actor, not a number."
        assert bench.targets("claim", "speaker") == []

    def test_another_mark_or_escape_disarms(self, bench: Bench) -> None:
        bench.show("claim")
        bench.inspector.focus_role("speaker")
        bench.show("denial")
        assert bench.inspector.fill_role(iden("putin2")) is False
        bench.inspector.focus_role("speaker")
        QTest.keyClick(slot(bench, "speaker").box.line, Qt.Key.Key_Escape)
        assert bench.inspector.fill_role(iden("putin2")) is False

    def test_a_relation_made_elsewhere_disarms(self, bench: Bench) -> None:
        bench.show("claim")
        bench.inspector.focus_role("speaker")
        relate(bench, "claim", "speaker", "navalny")
        assert bench.inspector.fill_role(iden("putin")) is False


class TestDrops:
    def drop(self, bench: Bench, target: RoleSlot, data: QMimeData) -> bool:
        action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(5, 5), action, data, LEFT, none)
        enter.ignore()
        QApplication.sendEvent(target, enter)
        if enter.isAccepted():
            QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), action, data, LEFT, none))
        return enter.isAccepted()

    def test_a_row_of_the_outline_is_taken(self, bench: Bench) -> None:
        bench.show("claim")
        data = QMimeData()
        data.setData(ANNOTATION_MIME, iden("navalny").encode())
        assert self.drop(bench, slot(bench, "speaker"), data)
        assert bench.targets("claim", "speaker") == [iden("navalny")]

    def test_the_line_inside_leaves_it_to_the_slot(self, bench: Bench) -> None:
        """A mark brings its words along, which a line to type in would take as text."""
        bench.show("claim")
        data = QMimeData()
        data.setData(ANNOTATION_MIME, iden("navalny").encode())
        data.setText("Navalny")
        line: QWidget = slot(bench, "speaker").box.line
        while not line.acceptDrops():  # Qt looks for who takes it in the same way
            line = cast("QWidget", line.parentWidget())
        assert isinstance(line, RoleSlot)
        assert self.drop(bench, line, data)
        assert bench.targets("claim", "speaker") == [iden("navalny")]

    def test_anything_else_is_not(self, bench: Bench) -> None:
        bench.show("claim")
        data = QMimeData()
        data.setText("Navalny")
        assert not self.drop(bench, slot(bench, "speaker"), data)
        data.setData(ANNOTATION_MIME, b"no such mark")
        assert self.drop(bench, slot(bench, "speaker"), data)
        assert "no longer in the article" in slot(bench, "speaker").problem


class TestRelationDetails:
    def test_stance_is_set_at_the_chip(self, bench: Bench) -> None:
        relate(bench, "claim", "about", "order")
        bench.show("claim")
        about = slot(bench, "about")
        (chip,) = about.box.chips
        assert [about.details] == [None]
        QTest.mouseClick(chip, LEFT, pos=chip._chevron().center())
        assert about.details is not None
        assert about.details.isVisible()
        stance = about.details.fields["stance"]
        assert isinstance(stance, SegmentsField)
        QTest.mouseClick(stance.track.button(1), LEFT)
        assert bench.relation("claim", "about").attributes == {"stance": "denies"}
        assert chip.data.detail == "denies"
        level = about.details.fields["level"]
        assert isinstance(level, IntegerField)
        level.focus()
        QTest.keyClicks(level.line, "2")
        QTest.keyClick(level.line, ENTER)
        assert bench.relation("claim", "about").attributes == {"stance": "denies", "level": 2}
        command, _, key = bench.asked[-1]
        assert isinstance(command, EditRelation)
        assert key == f"{command.id}:level"
        QTest.mouseClick(stance.track.button(1), LEFT)
        assert bench.relation("claim", "about").attributes == {"level": 2}

    def test_the_keyboard_opens_it(self, bench: Bench) -> None:
        relate(bench, "claim", "about", "order")
        bench.show("claim")
        about = slot(bench, "about")
        about.focus()
        QTest.keyClick(about.box.line, Qt.Key.Key_Left)
        QTest.keyClick(about.box.chips[0], Qt.Key.Key_Down)
        assert chips_open(about) == [True]
        QTest.keyClick(about.box.chips[0], Qt.Key.Key_Down)
        assert chips_open(about) == [False]


class TestEvidence:
    def test_the_selected_words_are_taken_by_key(self, bench: Bench) -> None:
        bench.show("claim")
        bench.inspector.set_selection(at("claims"))
        bench.inspector.focus_role("cue")
        (found,) = bench.mark("claim").evidence
        assert (found.attribute, [f.text for f in found.fragments]) == ("cue", ["claims"])
        assert labels(evidence(bench, "cue")) == ["“claims”"]
        command, title, _ = bench.asked[0]
        assert isinstance(command, EditAnnotation)
        assert title == "set cue"

    def test_the_selected_words_are_offered_in_the_field(self, bench: Bench) -> None:
        bench.show("claim")
        bench.inspector.set_selection(at("claims"))
        cue = evidence(bench, "cue")
        cue.focus()
        assert cue.box.line.is_open
        QTest.keyClick(cue.box.line, ENTER)
        assert labels(cue) == ["“claims”"]

    def test_words_typed_are_found_where_they_stand(self, bench: Bench) -> None:
        bench.show("arrested")
        place = evidence(bench, "place")
        place.focus()
        QTest.keyClicks(place.box.line, "in moscow")
        QTest.keyClick(place.box.line, ENTER)
        (found,) = bench.mark("arrested").evidence
        ((start, end, words),) = found.fragments
        assert (start, end, words) == (*at("in Moscow"), "in Moscow")
        assert place.details is not None
        value = place.details.fields["value"]
        assert isinstance(value, TextField)
        value.focus()
        QTest.keyClicks(value.line, "Moscow")
        QTest.keyClick(value.line, ENTER)
        assert bench.mark("arrested").evidence[0].value == "Moscow"
        assert place.box.chips[0].data.detail == "Moscow"
        assert bench.asked[-1][2] == f"{iden('arrested')}:place.value"

    def test_words_that_must_stand_inside(self, bench: Bench) -> None:
        bench.show("denial")
        cue = evidence(bench, "cue")
        cue.focus()
        QTest.keyClicks(cue.box.line, "claims")
        QTest.keyClick(cue.box.line, ENTER)
        assert cue.problem == "“claims” does not stand inside this mark."
        cue.box.line.clear()
        bench.inspector.set_selection(at("claims"))
        bench.inspector.focus_role("cue")
        assert cue.problem == "Cue has to stand inside this mark."
        assert bench.mark("denial").evidence == ()

    def test_words_that_stand_nowhere(self, bench: Bench) -> None:
        bench.show("order")
        time = evidence(bench, "time")
        time.focus()
        QTest.keyClicks(time.box.line, "Friday")
        assert [choice.quiet for choice in time.box.line.choices] == [True]
        time.box.line.close_list()
        QTest.keyClick(time.box.line, ENTER)
        assert "was not taken" in time.problem

    def test_a_value_without_words(self, bench: Bench) -> None:
        bench.show("arrested")
        place = evidence(bench, "place")
        place.focus()
        QTest.keyClicks(place.box.line, "Russia")
        QTest.keyClick(place.box.line, ENTER)
        (found,) = bench.mark("arrested").evidence
        assert (found.fragments, found.value) == ((), "Russia")
        assert labels(place) == ["Russia"]

    def test_a_date_is_understood_from_the_articles_day(self, bench: Bench) -> None:
        bench.contents.article = replace(bench.contents.article, published="2021-01-23")
        bench.show("thanked")
        time = evidence(bench, "time")
        time.focus()
        time.box.line.open_list("")
        offered = time._look_up("")
        assert "“on Monday”" in [one.label for one in offered]
        monday = next(one.detail for one in offered if one.label == "“on Monday”")
        QTest.keyClicks(time.box.line, "on monday")
        QTest.keyClick(time.box.line, ENTER)
        (found,) = bench.mark("thanked").evidence
        assert found.value == monday.split()[0]
        assert str(found.value).startswith("2021-01-")
        assert found.attributes["precision"] == "day"

    def test_a_date_beside_the_words(self, bench: Bench) -> None:
        bench.show("thanked")
        time = evidence(bench, "time")
        time.focus()
        QTest.keyClicks(time.box.line, "on monday")
        QTest.keyClick(time.box.line, ENTER)
        assert time.details is not None
        value = time.details.fields["value"]
        assert isinstance(value, DateField)
        value.focus()
        QTest.keyClicks(value.line, "monday")
        QTest.keyClick(value.line, ENTER)
        assert "is no date" in value.problem
        value.focus()
        value.line.selectAll()
        QTest.keyClicks(value.line, "2021-01-25")
        QTest.keyClick(value.line, ENTER)
        precision = time.details.fields["precision"]
        assert isinstance(precision, SegmentsField)
        QTest.mouseClick(precision.track.button(0), LEFT)
        (found,) = bench.mark("thanked").evidence
        assert (found.value, found.attributes) == ("2021-01-25", {"precision": "day"})

    def test_words_are_added_to_a_piece_with_a_gap(self, bench: Bench) -> None:
        bench.show("claim")
        bench.inspector.set_selection(at("claims"))
        bench.inspector.focus_role("cue")
        bench.inspector.set_selection(at("order"))
        cue = evidence(bench, "cue")
        cue.focus()
        assert [choice.label for choice in cue.box.line.choices] == ["“order”", "Add to “claims”"]
        QTest.keyClick(cue.box.line, Qt.Key.Key_Down)
        QTest.keyClick(cue.box.line, ENTER)
        (found,) = bench.mark("claim").evidence
        assert [fragment.text for fragment in found.fragments] == ["claims", "order"]
        assert labels(cue) == ["“claims … order”"]

    def test_a_chip_is_removed(self, bench: Bench) -> None:
        bench.show("arrested")
        place = evidence(bench, "place")
        for words in ("in Moscow", "in the centre"):
            place.focus()
            QTest.keyClicks(place.box.line, words)
            QTest.keyClick(place.box.line, ENTER)
        assert labels(place) == ["“in Moscow”", "“in the centre”"]
        chip = place.box.chips[0]
        QTest.mouseClick(chip, LEFT, pos=centre_of_cross(chip))
        assert [e.fragments[0].text for e in bench.mark("arrested").evidence] == ["in the centre"]
        assert bench.asked[-1][1] == "clear place"

    @pytest.mark.parametrize("words", ["🙂", "(order", "[a-z]+"])
    def test_words_are_taken_literally(self, bench: Bench, words: str) -> None:
        bench.show("order")
        assert list(evidence(bench, "place")._occurrences(words)) == []

    def test_offsets_behind_an_emoji(self, bench: Bench) -> None:
        bench.show("denial")
        cue = evidence(bench, "cue")
        cue.focus()
        QTest.keyClicks(cue.box.line, "denied")
        QTest.keyClick(cue.box.line, ENTER)
        (found,) = bench.mark("denial").evidence
        assert tuple(found.fragments[0][:2]) == at("denied")
