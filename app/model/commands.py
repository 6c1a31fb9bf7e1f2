"""What may be asked for. Frozen records; `storage` turns each into rows and its inverse.

The second group exists for inverses alone: it puts rows back exactly as they were. Ids are made by
the caller. `version` is the one the editor saw; a different one in the project is a `StaleEdit`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.model.annotation import Annotation, Certainty, Evidence, Fragment, Relation, Value
from app.model.article import Article, Status
from app.model.bookmark import Bookmark, Rejection
from app.model.codebook import Codebook
from app.model.receipt import KeptReceipt
from app.model.registry import Annotator, Project, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAnnotation:
    """Tag a span. Times and version are stamped by storage unless the annotation brings its own."""

    op: Literal["add annotation"] = "add annotation"
    annotation: Annotation


@dataclass(frozen=True, slots=True, kw_only=True)
class EditAnnotation:
    """Change some fields of an annotation; None leaves a field as it is.

    `attributes` are set, `unset` are removed. `evidence` replaces all evidence.
    """

    op: Literal["edit annotation"] = "edit annotation"
    id: str
    version: int
    type: str | None = None
    fragments: tuple[Fragment, ...] | None = None
    attributes: Mapping[str, Value] = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    certainty: Certainty | None = None
    comment: str | None = None
    evidence: tuple[Evidence, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord:
    """Say which registry record an annotation mentions, or None."""

    op: Literal["link record"] = "link record"
    id: str
    version: int
    record: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAnnotation:
    """Move an annotation and the relations at it to the trash."""

    op: Literal["delete annotation"] = "delete annotation"
    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRelation:
    """Link two annotations of one article."""

    op: Literal["add relation"] = "add relation"
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRelation:
    """Change attributes of a relation: `attributes` are set, `unset` removed."""

    op: Literal["edit relation"] = "edit relation"
    id: str
    version: int
    attributes: Mapping[str, Value] = field(default_factory=dict)
    unset: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRelation:
    """Move a relation to the trash."""

    op: Literal["delete relation"] = "delete relation"
    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRecord:
    """Add a registry record."""

    op: Literal["add record"] = "add record"
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRecord:
    """Replace a registry record by its new state; `record.version` is the version seen."""

    op: Literal["edit record"] = "edit record"
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRecord:
    """Move a registry record to the trash; refused while annotations mention it."""

    op: Literal["delete record"] = "delete record"
    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddArticle:
    """Add an article at the end of the queue (or at its own `position`, where that is free)."""

    op: Literal["add article"] = "add article"
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class EditArticle:
    """Change what is known about an article; None leaves a field. The text never changes."""

    op: Literal["edit article"] = "edit article"
    id: str
    version: int
    title: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    metadata: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteArticle:
    """Move an article to the trash; its annotations stay with it."""

    op: Literal["delete article"] = "delete article"
    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStatus:
    """Say how far a layer has got with an article."""

    op: Literal["set status"] = "set status"
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBookmark:
    """Put a bookmark at a place, or another note on the one that is there.

    `bookmark.version` is the version seen, 0 where none was.
    """

    op: Literal["set bookmark"] = "set bookmark"
    bookmark: Bookmark


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearBookmark:
    """Take a bookmark away."""

    op: Literal["clear bookmark"] = "clear bookmark"
    article: str
    layer: str
    offset: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectSuggestion:
    """Remember that a layer does not want a suggestion. Once is enough: again does nothing."""

    op: Literal["reject suggestion"] = "reject suggestion"
    rejection: Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class UnrejectSuggestion:
    """Let a rejected suggestion be proposed again."""

    op: Literal["unreject suggestion"] = "unreject suggestion"
    article: str
    layer: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCodebook:
    """Replace the codebook by a later revision of it."""

    op: Literal["set codebook"] = "set codebook"
    codebook: Codebook


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProject:
    """Change the project's name, description or working layer."""

    op: Literal["set project"] = "set project"
    project: Project


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAnnotator:
    """Add an annotator."""

    op: Literal["add annotator"] = "add annotator"
    annotator: Annotator


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAnnotation:
    """Put an annotation back exactly, version and times too. `deleted_at` is set in the trash."""

    op: Literal["put annotation"] = "put annotation"
    annotation: Annotation
    deleted_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRelation:
    """Put a relation back exactly."""

    op: Literal["put relation"] = "put relation"
    relation: Relation
    deleted_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutRecord:
    """Put a registry record back exactly."""

    op: Literal["put record"] = "put record"
    record: Record
    deleted_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutArticle:
    """Put what is known about an article back exactly; its text is in the project already."""

    op: Literal["put article"] = "put article"
    article: Article
    deleted_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBookmark:
    """Put a bookmark back exactly, version too."""

    op: Literal["put bookmark"] = "put bookmark"
    bookmark: Bookmark


Erasable = Literal[
    "annotation", "relation", "record", "article", "annotator", "codebook", "receipt"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepReceipt:
    """Keep the receipt of an export that was made."""

    op: Literal["keep receipt"] = "keep receipt"
    receipt: KeptReceipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """Take back an addition: remove the row. The journal keeps what it held."""

    op: Literal["erase"] = "erase"
    what: Erasable
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearStatus:
    """Take back the first status a layer gave an article."""

    op: Literal["clear status"] = "clear status"
    article: str
    layer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Several commands in one transaction: one undo step, one change."""

    op: Literal["batch"] = "batch"
    steps: "tuple[Command, ...]"


Command = (
    AddAnnotation
    | EditAnnotation
    | LinkRecord
    | DeleteAnnotation
    | AddRelation
    | EditRelation
    | DeleteRelation
    | AddRecord
    | EditRecord
    | DeleteRecord
    | AddArticle
    | EditArticle
    | DeleteArticle
    | SetStatus
    | SetBookmark
    | ClearBookmark
    | RejectSuggestion
    | UnrejectSuggestion
    | SetCodebook
    | SetProject
    | AddAnnotator
    | KeepReceipt
    | PutAnnotation
    | PutRelation
    | PutRecord
    | PutArticle
    | PutBookmark
    | Erase
    | ClearStatus
    | Batch
)
