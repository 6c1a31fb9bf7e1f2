"""The outline: its model told change by change equals a fresh load; the tree shows and asks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation, Relation, fragments_of
from app.model.article import Article
from app.model.changes import Change
from app.model.contents import ArticleContents
from app.model.registry import Record
from app.model.text import sha256_of
from app.ui.form.outline import Outline
from app.ui.form.outline_labels import label_of
from app.ui.form.outline_model import OutlineModel
from app.ui.form.slots import ANNOTATION_MIME
from app.ui.theme import DARK, LIGHT
from tests.ui.form.bench import CODEBOOK, TEXT

LEFT = Qt.MouseButton.LeftButton
ARTICLE = Article(id="article", title="A", text=TEXT, sha256=sha256_of(TEXT))
RECORDS = (
    Record(id="r1", kind="actor", name="Aleksei Navalny"),
    Record(id="r2", kind="actor", name="Vladimir Putin"),
)


def note(
    name: str, kind: str, start: int, *, record: str | None = None, **attributes: str | float
) -> Annotation:
    return Annotation(
        id=name,
        article="article",
        layer="a",
        type=kind,
        fragments=fragments_of(TEXT, [(start, start + 6)]),
        record=record,
        attributes=attributes,
    )


def link(name: str, source: str, target: str, role: str = "speaker") -> Relation:
    return Relation(id=name, article="article", layer="a", role=role, source=source, target=target)


def contents(*annotations: Annotation, relations: tuple[Relation, ...] = ()) -> ArticleContents:
    return ArticleContents(
        ARTICLE, layer="a", annotations=annotations, relations=relations, records=RECORDS
    )


def change(**what: object) -> Change:
    return Change(seq=1, kind="do", title="t", by="a", at="now", article="article", **what)  # type: ignore[arg-type]


def tree(model: OutlineModel) -> list[tuple[str, list[str]]]:
    """Return what a model says, header by header."""
    found = []
    for n in range(model.rowCount()):
        header = model.index(n, 0)
        rows = [str(model.index(r, 0, header).data()) for r in range(model.rowCount(header))]
        found.append((str(header.data()), rows))
    return found


class Mirror:
    """A view's memory of a model: it looks again only where a signal tells it to."""

    def __init__(self, model: OutlineModel) -> None:
        self.model = model
        self.seen: list[list[str]] = []
        self.headers: list[str] = []
        self.resets = 0
        model.modelReset.connect(self.reset)
        model.rowsInserted.connect(self.inserted)
        model.rowsRemoved.connect(self.removed)
        model.dataChanged.connect(self.changed)
        self.reset()

    def reset(self) -> None:
        self.resets += 1
        self.headers = [header for header, _ in tree(self.model)]
        self.seen = [rows for _, rows in tree(self.model)]

    def inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        fresh = [str(self.model.index(n, 0, parent).data()) for n in range(first, last + 1)]
        self.seen[parent.row()][first:first] = fresh

    def removed(self, parent: QModelIndex, first: int, last: int) -> None:
        del self.seen[parent.row()][first : last + 1]

    def changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for n in range(first.row(), last.row() + 1):
            words = str(first.siblingAtRow(n).data())
            if first.parent().isValid():
                self.seen[first.parent().row()][n] = words
            else:
                self.headers[n] = words

    @property
    def tree(self) -> list[tuple[str, list[str]]]:
        return list(zip(self.headers, self.seen, strict=True))


def test_rows_say_what_the_marks_are() -> None:
    held = contents(
        note("a1", "actor", 0, record="r1"),
        note("a2", "actor", 60, record="r1"),
        note("a3", "actor", 70),
        note("e1", "event", 30, record="gone"),
        note("n1", "number", 75, value=2500, unit="people"),
        note("n2", "number", 90, low=2000, high=9999.0, unit="people"),
        note("n3", "number", 100),
        note("n4", "number", 110, value=40, modifier="more_than"),
        note("n5", "number", 112, low=3),
        note("s1", "statement", 0, act="accuse"),
        note("s2", "statement", 60),
        note("s3", "statement", 70, act="deny"),
        relations=(link("l1", "s1", "a1"), link("l2", "s1", "a3"), link("l3", "s2", "a2")),
    )
    model = OutlineModel()
    model.load(held, CODEBOOK)
    quote = {a.id: " ".join(a.quote.split()) for a in held.annotations}
    said = dict(tree(model))
    assert list(said) == [
        "Statements 3",
        "Actors 3",
        "Events 1",
        "Numbers 5",
        "Unknown types 0",
    ]
    assert said["Statements 3"] == [
        f"Aleksei Navalny, {quote['a3']} · Accuse ¶1",
        f"Aleksei Navalny · {quote['s2']} ¶1",
        f"{quote['s3']} · Deny ¶1",
    ]
    assert said["Actors 3"][0] == "Aleksei Navalny ×2 ¶1"
    assert said["Numbers 5"][0].startswith("2,500 people · ")
    assert said["Numbers 5"][1].startswith("2,000 – 9,999 people · ")
    assert said["Numbers 5"][3].startswith("> 40 · ")
    assert said["Numbers 5"][4].startswith("≥ 3 · ")


def test_an_unknown_type_has_a_group_of_its_own() -> None:
    held = contents(note("x", "gone", 0))
    model = OutlineModel()
    model.load(held, CODEBOOK)
    assert tree(model)[-1] == ("Unknown types 1", ["Navaln · gone ¶1"])
    found = held.annotation("x")
    assert found is not None
    assert label_of(found, held, CODEBOOK) == ("Navaln", "gone")


def test_one_new_mark_is_one_inserted_row() -> None:
    held = contents(note("a1", "actor", 0), note("a2", "actor", 20))
    model = OutlineModel()
    model.load(held, CODEBOOK)
    mirror = Mirror(model)
    told = change(annotations=(note("a3", "actor", 10),))
    held.apply(told)
    model.apply(told)
    assert mirror.resets == 1
    assert len(mirror.seen[1]) == 3
    assert model.index_of("a3").row() == 1
    assert model.index_of("nobody").isValid() is False


NAMES = [f"m{n}" for n in range(8)]
TYPES = ["actor", "event", "number", "statement", "gone"]
marks = st.builds(
    note,
    st.sampled_from(NAMES),
    st.sampled_from(TYPES),
    st.integers(0, 100),
    record=st.sampled_from([None, "r1", "r2"]),
)
links = st.builds(
    link,
    st.sampled_from(["l0", "l1", "l2"]),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.sampled_from(["speaker", "about"]),
)
renamed = st.builds(
    Record,
    id=st.sampled_from(["r1", "r2"]),
    kind=st.just("actor"),
    name=st.sampled_from(["Navalny", "Putin", "TASS"]),
)


def few(what: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=3, unique_by=lambda x: getattr(x, "id", x)).map(tuple)


changes = st.builds(
    change,
    annotations=few(marks),
    removed_annotations=few(st.sampled_from(NAMES)),
    relations=few(links),
    removed_relations=few(st.sampled_from(["l0", "l1", "l2"])),
    records=few(renamed),
)


def consistent(told: Change) -> bool:
    """Tell whether a change says of each thing only one fate, as those of storage do."""
    written = {a.id for a in told.annotations} | {r.id for r in told.relations}
    return written.isdisjoint((*told.removed_annotations, *told.removed_relations))


@given(st.lists(changes.filter(consistent), max_size=8))
def test_changes_one_by_one_equal_a_fresh_load(told: list[Change]) -> None:
    held = contents(note("m0", "actor", 0, record="r1"), note("m1", "statement", 0))
    model = OutlineModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load(held, CODEBOOK)
    mirror = Mirror(model)
    for one in told:
        held.apply(one)
        model.apply(one)
        fresh = OutlineModel()
        fresh.load(held, CODEBOOK)
        assert tree(model) == tree(fresh)
        assert mirror.tree == tree(fresh)
        for annotation in held.annotations:
            row = model.row_at(model.index_of(annotation.id))
            assert row is not None
            assert annotation.id in row.members
    assert mirror.resets == 1


@pytest.fixture
def outline(qtbot: QtBot) -> Outline:
    made = Outline()
    qtbot.addWidget(made)
    made.resize(376, 320)
    made.load(
        contents(
            note("a1", "actor", 0, record="r1"),
            note("a2", "actor", 60, record="r1"),
            note("a3", "actor", 70),
            note("s1", "statement", 0, act="accuse"),
            relations=(link("l1", "s1", "a1"),),
        ),
        CODEBOOK,
    )
    made.set_theme(LIGHT)
    with qtbot.waitExposed(made):
        made.show()
    return made


def middle(outline: Outline, annotation: str) -> QPoint:
    return outline.tree.visualRect(outline.model.index_of(annotation)).center()


class TestTree:
    def test_a_click_asks_for_the_mark(self, outline: Outline) -> None:
        asked: list[str] = []
        outline.annotation_requested.connect(asked.append)
        QTest.mouseClick(outline.tree.viewport(), LEFT, pos=middle(outline, "s1"))
        QTest.mouseClick(outline.tree.viewport(), LEFT, pos=middle(outline, "a3"))
        assert asked == ["s1", "a3"]

    def test_clicks_go_through_the_mentions_of_an_actor(self, outline: Outline) -> None:
        asked: list[str] = []
        outline.annotation_requested.connect(asked.append)
        outline.annotation_requested.connect(outline.select)
        for _ in range(3):
            QTest.mouseClick(outline.tree.viewport(), LEFT, pos=middle(outline, "a1"))
        assert asked == ["a1", "a2", "a1"]

    def test_a_header_folds_and_selecting_unfolds(self, outline: Outline) -> None:
        header = outline.model.index(1, 0)
        where = outline.tree.visualRect(header).center()
        QTest.mouseClick(outline.tree.viewport(), LEFT, pos=where)
        assert not outline.tree.isExpanded(header)
        outline.load(contents(note("a9", "actor", 0)), CODEBOOK)
        assert not outline.tree.isExpanded(outline.model.index(1, 0))
        outline.select("a9")
        assert outline.tree.isExpanded(outline.model.index(1, 0))
        outline.select(None)
        assert not outline.tree.currentIndex().isValid()

    def test_keys(self, outline: Outline) -> None:
        asked: list[str] = []
        removed: list[str] = []
        outline.annotation_requested.connect(asked.append)
        outline.delete_requested.connect(removed.append)
        outline.select("s1")
        QTest.keyClick(outline.tree, Qt.Key.Key_Down)
        QTest.keyClick(outline.tree, Qt.Key.Key_Return)
        assert outline.tree.isExpanded(outline.model.index(1, 0)) is False
        QTest.keyClick(outline.tree, Qt.Key.Key_Return)
        QTest.keyClick(outline.tree, Qt.Key.Key_Down)
        QTest.keyClick(outline.tree, Qt.Key.Key_Return)
        QTest.keyClick(outline.tree, Qt.Key.Key_Delete)
        assert asked == ["a1", "a1"]
        assert removed == ["a1"]
        outline.set_read_only(True)
        QTest.keyClick(outline.tree, Qt.Key.Key_Delete)
        assert removed == ["a1"]

    def test_empty_types_are_hidden(self, outline: Outline) -> None:
        assert [outline.tree.isRowHidden(n, QModelIndex()) for n in range(5)] == [
            False,
            False,
            True,
            True,
            True,
        ]

    def test_a_change_keeps_the_selection(self, outline: Outline) -> None:
        outline.select("a3")
        held = outline.model._contents
        assert held is not None
        told = change(annotations=(note("a0", "actor", 3), note("e0", "event", 3)))
        held.apply(told)
        outline.apply(told)
        row = outline.model.row_at(outline.tree.currentIndex())
        assert row is not None
        assert row.members == ("a3",)
        assert not outline.tree.isRowHidden(2, QModelIndex())
        told = change(removed_annotations=("a3",))
        held.apply(told)
        outline.apply(told)
        assert not outline.model.index_of("a3").isValid()

    def test_another_codebook_is_a_fresh_load(self, outline: Outline) -> None:
        outline.apply(change(codebook=CODEBOOK))
        assert outline.model.index_of("a1").isValid()

    def test_rows_can_be_dragged(self, outline: Outline) -> None:
        data = outline.model.mimeData([outline.model.index_of("a3")])
        assert bytes(data.data(ANNOTATION_MIME).data()) == b"a3"
        assert outline.model.mimeTypes() == [ANNOTATION_MIME]

    def test_it_is_painted_in_the_look(self, outline: Outline) -> None:
        outline.select("s1")
        outline.set_theme(DARK)
        picture = outline.grab(QRect(0, 0, 376, 200)).toImage()
        row = outline.tree.visualRect(outline.model.index_of("s1"))
        place = outline.tree.viewport().mapTo(outline, row.topLeft())
        assert picture.pixelColor(place.x() + 200, place.y() + 1) == DARK.color("row-sel")


def test_a_large_type_stays_folded_until_a_mark_of_it_is_selected(
    outline: Outline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.form.outline._MANY", 1)
    outline.load(contents(note("a1", "actor", 0), note("a2", "actor", 9)), CODEBOOK)
    assert not outline.tree.isExpanded(outline.model.index(1, 0))
    outline.select("a2")
    assert outline.tree.isExpanded(outline.model.index(1, 0))
