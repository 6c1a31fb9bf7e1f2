"""What a step changed, in words: for each thing a heading, for each field before and after."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.model.annotation import Annotation, Relation, Value
from app.model.article import Article
from app.model.bookmark import Bookmark, Rejection
from app.model.codebook import Attribute, Codebook
from app.model.contents import ArticleContents
from app.model.differences import Field, differences
from app.model.history import Effect, Item
from app.model.registry import Annotator, Record
from app.model.wording import on_one_line, several

_MOST = 60
"""Things that are told of one step; an import may have thousands."""

_PLAIN = {
    "type": "Type",
    "words": "Words",
    "place": "Place in the text",
    "record": "Registry",
    "certainty": "Certainty",
    "comment": "Comment",
    "role": "Link",
    "source": "From",
    "target": "To",
    "name": "Name",
    "aliases": "Other names",
    "title": "Title",
    "author": "Author",
    "published": "Published",
    "language": "Language",
    "url": "Address",
    "state": "State",
    "note": "Note",
    "offset": "Place in the text",
    "revision": "Revision",
    "working_layer": "Working layer",
}


class Told(QWidget):
    """Built anew for each step. `contents` is asked only where names of that time are needed."""

    def __init__(
        self,
        effects: Sequence[Effect],
        codebook: Codebook,
        contents: Callable[[], ArticleContents | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._codebook = codebook
        self._contents = contents
        self.setProperty("class", "paper")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(4)
        for effect in effects[:_MOST]:
            column.addWidget(_label(self._heading(effect), "heading"))
            column.addLayout(self._table(effect))
            column.addSpacing(8)
        if len(effects) > _MOST:
            more = several(len(effects) - _MOST, "more change")
            column.addWidget(_label(f"and {more}", "label"))
        if not effects:
            column.addWidget(_label("Nothing that is kept looked different afterwards.", "label"))
        column.addStretch(1)

    def _heading(self, effect: Effect) -> str:
        did = "changed"
        if effect.before is None:
            did = "added"
        elif effect.after is None:
            did = "removed"
        item = effect.after or effect.before
        return f"{self._name(item)}: {did}"

    def _name(self, item: Item | None) -> str:  # noqa: PLR0911 - one case a kind
        match item:
            case Annotation():
                span_type = self._codebook.type(item.type)
                label = span_type.label if span_type else item.type
                return f"{label} “{on_one_line(item.quote, 60)}”"
            case Relation():
                return f"Link “{self._role(item)}”"
            case Record():
                return f"Registry “{on_one_line(item.name, 60)}”"
            case Article():
                return f"Article “{on_one_line(item.title, 60) or 'Untitled'}”"
            case Annotator():
                return f"Annotator {item.name}"
            case Bookmark():
                return "Bookmark"
            case Rejection():
                return f"Suggestion “{on_one_line(item.quote, 60)}”"
            case _:
                return type(item).__name__

    def _role(self, relation: Relation) -> str:
        found = next((r for r in self._codebook.roles if r.name == relation.role), None)
        return found.label if found else relation.role

    def _table(self, effect: Effect) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, 110)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        item = effect.after or effect.before
        for row, (field, before, after) in enumerate(differences(effect)):
            name, attribute = self._field(field, item)
            grid.addWidget(_label(name, "label small"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_label("→", "label small"), row, 2, Qt.AlignmentFlag.AlignTop)
            for column, value, look in ((1, before, "before"), (3, after, "after")):
                words = self._words(field, value, attribute) or "–"
                shown = _label(words, look)
                shown.setAccessibleName(f"{name}, {look}: {words}")
                grid.addWidget(shown, row, column, Qt.AlignmentFlag.AlignTop)
        return grid

    def _field(self, field: Field, item: Item | None) -> tuple[str, Attribute | None]:
        kind, name = field
        attribute = self._attribute(kind, name, item)
        if attribute is not None:
            return attribute.label, attribute
        if kind == "evidence" and isinstance(item, Annotation):
            span_type = self._codebook.type(item.type)
            found = span_type.evidence_field(name) if span_type else None
            return (found.label if found else name), None
        return (_PLAIN.get(name, name) if not kind else name), None

    def _attribute(self, kind: str, name: str, item: Item | None) -> Attribute | None:
        if kind == "attribute" and isinstance(item, Annotation):
            span_type = self._codebook.type(item.type)
            return span_type.attribute(name) if span_type else None
        held: tuple[Attribute, ...] = ()
        if kind == "attribute" and isinstance(item, Record):
            record_kind = self._codebook.record_kind(item.kind)
            held = record_kind.attributes if record_kind else ()
        elif kind == "detail" and isinstance(item, Relation):
            held = next((r.attributes for r in self._codebook.roles if r.name == item.role), ())
        return next((one for one in held if one.name == name), None)

    def _words(self, field: Field, value: Value, attribute: Attribute | None) -> str:
        if value is None or value in ("", ()):
            return ""
        values = value if isinstance(value, tuple) else (value,)
        return ", ".join(self._one(field, one, attribute) for one in values)

    def _one(self, field: Field, value: Value, attribute: Attribute | None) -> str:
        kind, name = field
        if attribute is not None and (option := attribute.option(value)) is not None:
            return option.label or str(option.value)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if not kind and name == "type" and (span_type := self._codebook.type(str(value))):
            return span_type.label
        if not kind and name in {"record", "source", "target"} and (contents := self._contents()):
            if name == "record" and (record := contents.record(str(value))):
                return record.name
            if name != "record" and (mark := contents.annotation(str(value))):
                return f"“{on_one_line(mark.quote, 60)}”"
        return on_one_line(str(value), 400)


def _label(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("class", look)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return label
