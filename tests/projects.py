"""Small projects for tests: every kind of field, an awkward text, and rows as they lie."""

import sqlite3
from pathlib import Path

from app.model.annotation import Annotation, Relation, fragments_of
from app.model.article import Article
from app.model.codebook import (
    Attribute,
    Codebook,
    EvidenceField,
    Option,
    RecordKind,
    Role,
    SpanType,
)
from app.model.commands import AddArticle
from app.model.ids import new_id
from app.model.registry import Record
from app.model.text import sha256_of
from app.workspace import Workspace

FIELDS = (
    Attribute(
        name="realis",
        label="Realis",
        type="enum",
        options=(Option(value="actual"), Option(value="planned")),
    ),
    Attribute(
        name="forms",
        label="Forms",
        type="flags",
        options=(Option(value="march"), Option(value="sit-in")),
    ),
    Attribute(name="note", label="Note", type="text"),
    Attribute(name="size", label="Size", type="number"),
    Attribute(name="count", label="Count", type="integer"),
    Attribute(name="violent", label="Violent", type="boolean"),
    Attribute(name="day", label="Day", type="date"),
)

CODEBOOK = Codebook(
    name="small",
    label="Small",
    types=(
        SpanType(
            name="actor",
            label="Actor",
            plural="Actors",
            key="1",
            letter="A",
            ink="actor",
            underline="solid",
            record_kind="person",
            attributes=(Attribute(name="office", label="Office", type="text"),),
        ),
        SpanType(
            name="event",
            label="Event",
            plural="Events",
            key="2",
            letter="E",
            ink="event",
            underline="double",
            attributes=FIELDS,
            evidence=(
                EvidenceField(
                    name="place",
                    label="Place",
                    attributes=(Attribute(name="country", label="Country", type="text"),),
                ),
            ),
        ),
    ),
    roles=(
        Role(
            name="agent",
            source="event",
            targets=("actor",),
            label="Agent",
            attributes=(Attribute(name="sure", label="Sure", type="boolean"),),
        ),
    ),
    records=(
        RecordKind(
            name="person",
            label="Person",
            attributes=(Attribute(name="party", label="Party", type="text"),),
        ),
    ),
)

TEXT = (
    "Навальный 😀 called for protests in Moscow; 2\u00a0500 people came.\u2028"
    "e\u0301tudiants “sat in” — שלום مرحبا 👩‍👩‍👧 at noon.\n\nThe police said nothing."
)


def article(text: str = TEXT, *, title: str = "A protest", **known: str) -> Article:
    """Return an article with this text."""
    return Article(id=new_id(), title=title, text=text, sha256=sha256_of(text), **known)  # type: ignore[arg-type]


def mark(of: Article, start: int, end: int, **known: object) -> Annotation:
    """Return an event of layer `ann` over a range of an article, or what `known` says."""
    fields: dict[str, object] = {"layer": "ann", "type": "event", "id": new_id()}
    fields |= {"fragments": fragments_of(of.text, [(start, end)])} | known
    return Annotation(article=of.id, **fields)  # type: ignore[arg-type]


def link(source: Annotation, target: Annotation, **known: object) -> Relation:
    """Return a relation `agent` between two annotations."""
    fields: dict[str, object] = {"id": new_id(), "layer": "ann", "role": "agent"} | known
    return Relation(article=source.article, source=source.id, target=target.id, **fields)  # type: ignore[arg-type]


def person(name: str = "Alexei Navalny", **known: object) -> Record:
    """Return a registry record."""
    return Record(id=new_id(), kind="person", name=name, **known)  # type: ignore[arg-type]


def project(folder: Path, *, name: str = "p.pressmark") -> Workspace:
    """Return a new project, open for annotator `ann`."""
    return Workspace.create(folder / name, name="Test", codebook=CODEBOOK, annotator="ann")


def with_article(folder: Path) -> tuple[Workspace, Article]:
    """Return a new project that holds one article, and the article as the project holds it."""
    ws = project(folder)
    change = ws.do(AddArticle(article=article()), title="import")
    return ws, change.articles[0]


def rows(path: str | Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but the journal, as it lies in the file."""
    connection = sqlite3.connect(path)
    try:
        names = [
            "project",
            "codebook",
            "annotator",
            "article",
            "record",
            "annotation",
            "relation",
            "status",
            "bookmark",
            "rejection",
            "receipt",
        ]
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608
            for name in names
        }
    finally:
        connection.close()
