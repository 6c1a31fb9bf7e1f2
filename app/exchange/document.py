"""The shape of "Pressmark JSON, version 1": the models its JSON Schema is made from.

Importing this module imports pydantic, so it is imported where it is first needed.
"""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from app.model.codebook import Codebook

FORMAT = "pressmark"
VERSION = 1
OFFSET_UNIT = "unicode code points"

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
    Field(description="A UUID, stable for ever."),
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, StringConstraints(min_length=1)]
Count = Annotated[int, Field(ge=0, lt=2**53)]
Figure = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Decimal = Annotated[float, Field(gt=-(2.0**63), lt=2.0**63)]
Value = str | Figure | Decimal | bool | list[str] | None
Attributes = Annotated[
    dict[str, Value],
    Field(description="Names and values of the codebook. null: explicitly nothing."),
]


class _Model(BaseModel):
    """Strict: a number is no text and a text no number. Keys nobody knows are kept apart."""

    model_config = ConfigDict(
        extra="allow",
        strict=True,
        allow_inf_nan=False,
        json_schema_serialization_defaults_required=True,
        use_attribute_docstrings=True,
        populate_by_name=True,
    )


class FragmentModel(_Model):
    """One stretch of text. `text[start:end]` of the article equals `text`, always."""

    start: Annotated[int, Field(ge=0)]
    """The first code point."""
    end: Annotated[int, Field(ge=1)]
    """One past the last code point."""
    text: Name


class EvidenceModel(_Model):
    """The words that bear out one attribute."""

    attribute: Name
    """An evidence field of the codebook: a statement's cue, an event's place."""
    fragments: list[FragmentModel] = []
    value: Value = None
    """What the words are taken to mean."""
    attributes: Attributes = {}
    """What is known about the value: a date's precision, a place's country."""


class AnnotationModel(_Model):
    """A span of the article with a type of the codebook."""

    id: Id
    layer: Name
    """The annotator's name, or `gold`."""
    type: Name
    fragments: Annotated[list[FragmentModel], Field(min_length=1)]
    """In order, apart from each other."""
    attributes: Attributes = {}
    record: Id | None = None
    """The entry of the registry that is mentioned."""
    certainty: Literal["sure", "unsure"] = "sure"
    comment: str = ""
    evidence: list[EvidenceModel] = []
    origin: str = "manual"
    """`manual`, `suggestion:<who>`, `propagated:<id>`, `import:<format>` or `adjudicated:<ids>`."""
    created_at: str = ""
    updated_at: str = ""
    version: Count = 0
    codebook_revision: Count = 0
    """The revision of the codebook it was made under."""


class RelationModel(_Model):
    """A directed link between two annotations of the article."""

    id: Id
    layer: Name
    role: Name
    source: Annotated[Id, Field(alias="from")]
    target: Annotated[Id, Field(alias="to")]
    attributes: Attributes = {}


class StatusModel(_Model):
    """How far one layer has got with the article."""

    layer: Name
    state: Literal["new", "in progress", "done", "flagged"]
    note: str = ""
    seconds: Count = 0


class OriginModel(_Model):
    """Where the article came from. `sha256` is of the bytes of the file."""

    file: str = ""
    sha256: Sha256 | Literal[""] = ""
    imported_at: str = ""


class ArticleModel(_Model):
    """One article and everything annotated in it."""

    id: Id
    title: str = ""
    text: Name
    """The canonical text. Offsets count its Unicode code points."""
    sha256: Sha256
    """Of the UTF-8 bytes of `text`."""
    source: str = ""
    url: str = ""
    author: str = ""
    published: str = ""
    """An ISO 8601 date or the empty string."""
    language: str = ""
    """A BCP 47 tag or the empty string."""
    metadata: Attributes = {}
    origin: OriginModel = OriginModel()
    annotations: list[AnnotationModel] = []
    """Sorted by start, then longest first, then id."""
    relations: list[RelationModel] = []
    """Sorted by id."""
    status: list[StatusModel] = []


class ProjectModel(_Model):
    """The project the dataset comes from."""

    id: Id
    name: str
    description: str = ""
    working_layer: str = ""
    """The layer the project opens with; empty: the annotator's own."""


class RecordModel(_Model):
    """An entry of the registry: an actor or an event of the whole project."""

    id: Id
    kind: Name
    name: str
    aliases: list[str] = []
    attributes: Attributes = {}
    external: dict[str, str] = {}
    """Identifiers at authorities: `{"wikidata": "Q7747"}`."""


class AnnotatorModel(_Model):
    """Somebody whose annotations form a layer."""

    id: Id
    name: Name
    role: str = "annotator"


class HeaderModel(_Model):
    """Everything but the articles; the first line of the `jsonl` form."""

    format: Literal["pressmark"]
    version: Literal[1]
    generator: str = ""
    exported_at: str = ""
    offset_unit: Literal["unicode code points"] = "unicode code points"
    project: ProjectModel
    codebook: Codebook
    registry: list[RecordModel] = []
    annotators: list[AnnotatorModel] = []


class DocumentModel(HeaderModel):
    """A dataset in one object."""

    articles: list[ArticleModel] = []
    """In the order of import."""


@cache
def headers() -> TypeAdapter[HeaderModel]:
    """Return the validator of headers."""
    return TypeAdapter(HeaderModel)


@cache
def articles() -> TypeAdapter[ArticleModel]:
    """Return the validator of articles."""
    return TypeAdapter(ArticleModel)


@cache
def documents() -> TypeAdapter[DocumentModel]:
    """Return the validator of whole documents."""
    return TypeAdapter(DocumentModel)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a document as it is written."""
    made = documents().json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:pressmark:json:1",
        **made,
        "title": "Pressmark JSON, version 1",
        "$comment": "In the jsonl form the first line is this object without articles, and each"
        " further line is one of its articles.",
    }
