"""The outline as a tree of two levels: the types, and below each its rows in reading order.

A row is one annotation, or all annotations of one actor. Labels are made when a row is first shown.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from app.model.annotation import Annotation, reading_order
from app.model.changes import Change
from app.model.codebook import Codebook, SpanType
from app.model.contents import ArticleContents
from app.model.text import TextIndex, paragraphs
from app.ui.form.outline_labels import Label, label_of
from app.ui.form.slots import ANNOTATION_MIME

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int, str]

_MERGED_KINDS = frozenset({"actor"})
"""Mentions of an actor all mean the same; those of an event differ: called for, happened."""

_UNKNOWN = SpanType(
    name="",
    label="Unknown type",
    plural="Unknown types",
    key="",
    letter="?",
    ink="",
    underline="solid",
)


@dataclass(slots=True)
class Row:
    """What a row stands for: the annotations (in reading order) and the place of the first."""

    key: str
    place: Place
    members: tuple[str, ...]
    label: Label | None = None
    paragraph: int = 0


@dataclass(slots=True)
class Group:
    """A type and its rows."""

    span_type: SpanType
    rows: list[Row]
    count: int = 0


class OutlineModel(QAbstractItemModel):
    """Rows of the open article. Feed it every change after the `ArticleContents` has taken it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contents: ArticleContents | None = None
        self._codebook: Codebook | None = None
        self._groups: list[Group] = []
        self._group_of_type: dict[str, int] = {}
        self._index = TextIndex((), ())
        self._text = ""
        self._row_of: dict[str, tuple[int, str]] = {}
        self._rows: dict[tuple[int, str], Row] = {}
        self._sources: dict[str, str] = {}

    @property
    def groups(self) -> list[Group]:
        """The types shown, the ones told by lanes first, then the codebook's order."""
        return self._groups

    # -- loading ----------------------------------------------------------------------------------

    def load(self, contents: ArticleContents, codebook: Codebook) -> None:
        """Show another article."""
        self.beginResetModel()
        self._contents, self._codebook = contents, codebook
        if contents.article.text != self._text:
            self._text = contents.article.text
            self._index = TextIndex(tuple(paragraphs(self._text)), ())
        ordered = sorted(codebook.types, key=lambda t: t.underline != "lane")
        self._groups = [Group(span_type, []) for span_type in (*ordered, _UNKNOWN)]
        self._group_of_type = {group.span_type.name: n for n, group in enumerate(self._groups)}
        self._row_of, self._rows = {}, {}
        self._sources = {relation.id: relation.source for relation in contents.relations}
        members: dict[tuple[int, str], list[Annotation]] = {}
        for annotation in contents.annotations:
            address = self._address(annotation)
            members.setdefault(address, []).append(annotation)
            self._row_of[annotation.id] = address
        for address, annotations in members.items():
            row = self._row(address[1], annotations)
            self._rows[address] = row
            # Annotations come in reading order, and so do the rows that start with them.
            self._groups[address[0]].rows.append(row)
            self._groups[address[0]].count += len(annotations)
        self.endResetModel()

    def _address(self, annotation: Annotation) -> tuple[int, str]:
        group = self._group_of_type.get(annotation.type, len(self._groups) - 1)
        merged = annotation.record and self._groups[group].span_type.record_kind in _MERGED_KINDS
        return group, f"record {annotation.record}" if merged else annotation.id

    def _row(self, key: str, annotations: list[Annotation]) -> Row:
        if len(annotations) > 1:
            annotations.sort(key=reading_order)
        return Row(key, reading_order(annotations[0]), tuple(a.id for a in annotations))

    # -- changes ----------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        """Take in a change, with the smallest signals that tell it."""
        contents, codebook = self._contents, self._codebook
        if contents is None or codebook is None:
            return
        if change.codebook is not None:
            self.load(contents, change.codebook)
            return
        if change.records or change.removed_records:
            # A name may stand in any row; all labels are made again when they are shown.
            self._forget_labels()
        stale = self._moved(self._touched(change, contents), contents)
        # First out, then in: two rows with one mark in them would stand at the same place.
        coming = [(address, self._renewed(address, ids)) for address, ids in stale.items()]
        for address, row in coming:
            self._take_out(address, row)
        for address, row in coming:
            if row is not None:
                self._put_in(address, row)

    def _moved(
        self, touched: Iterable[str], contents: ArticleContents
    ) -> dict[tuple[int, str], set[str]]:
        """Give annotations their rows; return what is concerned at each address, old and new."""
        stale: dict[tuple[int, str], set[str]] = {}
        for annotation_id in touched:
            before = self._row_of.pop(annotation_id, None)
            annotation = contents.annotation(annotation_id)
            after = self._address(annotation) if annotation else None
            if after is not None:
                self._row_of[annotation_id] = after
            for address in (before, after):
                if address is not None:
                    stale.setdefault(address, set()).add(annotation_id)
        return stale

    def _touched(self, change: Change, contents: ArticleContents) -> list[str]:
        """Return the annotations whose rows may look different now, each once."""
        found: dict[str, None] = {}
        here = contents.article.id
        for annotation_id in change.removed_annotations:
            found[annotation_id] = None
            found.update(dict.fromkeys(r.source for r in contents.incoming(annotation_id)))
        for annotation in change.annotations:
            if annotation.article == here:
                found[annotation.id] = None
                found.update(dict.fromkeys(r.source for r in contents.incoming(annotation.id)))
        for relation_id in change.removed_relations:
            if source := self._sources.pop(relation_id, None):
                found[source] = None
        for relation in change.relations:
            if relation.article == here:
                found[self._sources.get(relation.id, relation.source)] = None
                found[relation.source] = None
                self._sources[relation.id] = relation.source
        return list(found)

    def _renewed(self, address: tuple[int, str], touched: Iterable[str]) -> Row | None:
        """Return the row that is to stand at an address now, or None."""
        contents, old = self._contents, self._rows.get(address)
        if contents is None:
            return None
        ids = {*(old.members if old else ()), *touched}
        found = (contents.annotation(i) for i in ids if self._row_of.get(i) == address)
        annotations = [annotation for annotation in found if annotation is not None]
        return self._row(address[1], annotations) if annotations else None

    def _take_out(self, address: tuple[int, str], row: Row | None) -> None:
        """Remove the old row of an address unless the new one stands at the same place."""
        old = self._rows.get(address)
        if old is not None and (row is None or row.place != old.place):
            self._remove(address[0], old)
            del self._rows[address]

    def _put_in(self, address: tuple[int, str], row: Row) -> None:
        """Insert a row, or change the one that stands at its place."""
        old, group_number = self._rows.get(address), address[0]
        if old is None:
            self._insert(group_number, row)
            self._rows[address] = row
            return
        grown = len(row.members) - len(old.members)
        old.members, old.label, old.paragraph = row.members, None, 0
        here = self.createIndex(self._position(group_number, old.place), 0, group_number + 1)
        self._groups[group_number].count += grown
        self.dataChanged.emit(here, here)
        if grown:
            self._header_changed(group_number)

    def _position(self, group_number: int, place: Place) -> int:
        return bisect_left(self._groups[group_number].rows, place, key=lambda row: row.place)

    def _insert(self, group_number: int, row: Row) -> None:
        group = self._groups[group_number]
        position = self._position(group_number, row.place)
        self.beginInsertRows(self.index(group_number, 0), position, position)
        group.rows.insert(position, row)
        group.count += len(row.members)
        self.endInsertRows()
        self._header_changed(group_number)

    def _remove(self, group_number: int, row: Row) -> None:
        group = self._groups[group_number]
        position = self._position(group_number, row.place)
        self.beginRemoveRows(self.index(group_number, 0), position, position)
        del group.rows[position]
        group.count -= len(row.members)
        self.endRemoveRows()
        self._header_changed(group_number)

    def _header_changed(self, group_number: int) -> None:
        header = self.index(group_number, 0)
        self.dataChanged.emit(header, header)

    def _forget_labels(self) -> None:
        for number, group in enumerate(self._groups):
            if group.rows:
                for row in group.rows:
                    row.label = None
                last = len(group.rows) - 1
                header = self.index(number, 0)
                self.dataChanged.emit(self.index(0, 0, header), self.index(last, 0, header))

    # -- looking up -------------------------------------------------------------------------------

    def row_at(self, index: Index) -> Row | None:
        """Return the row at an index; None for a header."""
        group = index.internalId() - 1
        return self._groups[group].rows[index.row()] if index.isValid() and group >= 0 else None

    def group_at(self, index: Index) -> Group | None:
        """Return the group whose header an index is; None for a row."""
        if not index.isValid() or index.internalId():
            return None
        return self._groups[index.row()]

    def index_of(self, annotation_id: str) -> QModelIndex:
        """Return the index of the row that an annotation is in."""
        address = self._row_of.get(annotation_id)
        if address is None:
            return QModelIndex()
        position = self._position(address[0], self._rows[address].place)
        return self.createIndex(position, 0, address[0] + 1)

    def label(self, row: Row) -> Label:
        """Return the label of a row."""
        if row.label is None and self._contents is not None and self._codebook is not None:
            first = self._contents.annotation(row.members[0])
            if first is not None:
                label = label_of(first, self._contents, self._codebook)
                # Where a row stands for all mentions, the words of one of them say nothing.
                row.label = label if row.key == first.id else (label[0], "")
                row.paragraph = self._index.paragraph_number(first.start)
        return row.label or ("", "")

    # -- Qt ---------------------------------------------------------------------------------------

    @override
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    @override
    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override] # noqa: B008
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        if not parent.isValid():
            return len(self._groups)
        return 0 if parent.internalId() or parent.column() else len(self._groups[parent.row()].rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 1

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if group := self.group_at(index):
            return f"{group.span_type.plural} {group.count}"
        row = self.row_at(index)
        if row is None:
            return None
        words = " · ".join(filter(None, self.label(row)))
        times = f" ×{len(row.members)}" if len(row.members) > 1 else ""
        return f"{words}{times} ¶{row.paragraph}"

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.group_at(index) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        drag = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | drag

    @override
    def mimeTypes(self) -> list[str]:
        return [ANNOTATION_MIME]

    @override
    def mimeData(self, indexes: Iterable[Index]) -> QMimeData:
        data = QMimeData()
        for index in indexes:
            if row := self.row_at(index):
                data.setData(ANNOTATION_MIME, row.members[0].encode())
        return data
