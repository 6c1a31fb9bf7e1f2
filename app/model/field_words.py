"""What people call things, their fields and values: the labels of the codebook. Pure."""

from collections.abc import Callable

from app.model.annotation import Annotation, Relation, Value
from app.model.article import Article
from app.model.bookmark import Bookmark, Rejection
from app.model.codebook import Attribute, Codebook
from app.model.contents import ArticleContents
from app.model.differences import Field
from app.model.history import Item
from app.model.registry import Annotator, Record
from app.model.wording import on_one_line

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


class FieldWords:
    """Names things by a codebook. `contents` is asked only where names of marks are needed."""

    def __init__(self, codebook: Codebook, contents: Callable[[], ArticleContents | None]) -> None:
        self._codebook = codebook
        self._contents = contents

    def thing(self, item: Item | None) -> str:  # noqa: PLR0911 - one case a kind
        """Return what people call a thing."""
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

    def field(self, field: Field, item: Item | None) -> tuple[str, Attribute | None]:
        """Return what people call a field of a thing, and the codebook's entry where it has one."""
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

    def value(self, field: Field, value: Value, attribute: Attribute | None) -> str:
        """Return a value of a field in words, empty where there is none."""
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
