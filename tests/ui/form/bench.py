"""A form on a real project: what it asks for is done, on disk, and told back to it."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.model.annotation import Annotation, Relation, fragments_of
from app.model.article import Article
from app.model.changes import Change
from app.model.checks import Findings
from app.model.codebook import (
    Attribute,
    Codebook,
    EvidenceField,
    Option,
    Profile,
    RecordKind,
    Role,
    SpanType,
)
from app.model.commands import (
    AddAnnotation,
    AddArticle,
    AddRecord,
    AddRelation,
    Batch,
    Command,
)
from app.model.contents import ArticleContents
from app.model.errors import KnownError, Refused
from app.model.ids import derived_id
from app.model.points import open_points
from app.model.registry import Record
from app.model.text import sha256_of
from app.ui.form.inspector import Inspector
from app.ui.style import stylesheet
from app.ui.theme import LIGHT
from app.workspace import Workspace

TEXT = (
    "Navalny claims that Putin gave the order to kill him. 😀 Putin denied it.\n"
    "Around 2500 people were arrested in Moscow, 945 of them in the centre.\n"
    "Navalny thanked the people on Monday."
)

LAYER = "Marta Kovač"


def _options(*names: str) -> tuple[Option, ...]:
    return tuple(Option(value=name, label=name.capitalize()) for name in names)


EVENT_FIELDS = (
    Attribute(name="realis", label="Realis", type="enum", options=_options("actual", "future")),
    Attribute(
        name="kind",
        label="Kind",
        type="enum",
        options=_options("arrest", "assault", "protest", "strike", "speech"),
    ),
    Attribute(
        name="modes",
        label="Modes",
        type="flags",
        depends_on="kind",
        options=(
            Option(value="march", label="March", only_with=("protest",)),
            Option(value="riot", label="Riot", only_with=("protest",)),
            Option(value="mass", label="Mass", only_with=("arrest",)),
            Option(value="night", label="At night"),
        ),
    ),
    Attribute(name="title", label="Title", type="text"),
    Attribute(name="notes", label="Notes", type="long_text"),
    Attribute(name="size", label="Size", type="number"),
    Attribute(name="count", label="Count", type="integer"),
    Attribute(name="violent", label="Violent", type="boolean"),
    Attribute(name="day", label="Day", type="date"),
    Attribute(name="leader", label="Leader", type="record", record_kind="actor"),
    Attribute(name="groups", label="Groups", type="records", record_kind="actor"),
    Attribute(name="says", label="According to", type="annotation"),
)

CODEBOOK = Codebook(
    name="form",
    label="Form",
    profile="all",
    types=(
        SpanType(
            name="actor",
            label="Actor",
            plural="Actors",
            key="1",
            letter="A",
            ink="actor",
            underline="solid",
            record_kind="actor",
            attributes=(Attribute(name="title", label="Title", type="text"),),
        ),
        SpanType(
            name="event",
            label="Event",
            plural="Events",
            key="2",
            letter="E",
            ink="event",
            underline="double",
            record_kind="event",
            attributes=EVENT_FIELDS,
            evidence=(
                EvidenceField(
                    name="time",
                    label="Date",
                    key="D",
                    value_type="date",
                    attributes=(
                        Attribute(
                            name="precision",
                            label="Precision",
                            type="enum",
                            options=_options("day", "month"),
                        ),
                    ),
                ),
                EvidenceField(name="place", label="Place", key="L", value_type="text"),
            ),
        ),
        SpanType(
            name="number",
            label="Number",
            plural="Numbers",
            key="3",
            letter="N",
            ink="number",
            underline="dotted",
            attributes=(
                Attribute(name="value", label="Value", type="number"),
                Attribute(name="unit", label="Unit", type="text"),
                Attribute(name="low", label="Low", type="number"),
                Attribute(name="high", label="High", type="number"),
            ),
        ),
        SpanType(
            name="statement",
            label="Statement",
            plural="Statements",
            key="4",
            letter="S",
            ink="statement",
            underline="lane",
            attributes=(
                Attribute(
                    name="act",
                    label="Kind",
                    type="enum",
                    options=_options("claim", "deny", "thank", "accuse", "warn"),
                ),
            ),
            evidence=(
                EvidenceField(
                    name="cue", label="Cue", value_type="none", inside=True, required=True
                ),
            ),
        ),
    ),
    roles=(
        Role(
            name="speaker",
            source="statement",
            targets=("actor",),
            label="Speaker",
            key="S",
            required=True,
        ),
        Role(
            name="about",
            source="statement",
            targets=("event", "actor"),
            label="About",
            key="B",
            attributes=(
                Attribute(
                    name="stance",
                    label="Stand",
                    type="enum",
                    options=_options("asserts", "denies"),
                ),
                Attribute(name="level", label="Level", type="integer"),
            ),
        ),
        Role(
            name="within",
            source="statement",
            targets=("statement",),
            label="Within",
            many=False,
        ),
        Role(name="agent", source="event", targets=("actor",), label="Agent", key="G"),
    ),
    records=(
        RecordKind(
            name="actor",
            label="Actor",
            attributes=(
                Attribute(
                    name="kind",
                    label="Kind",
                    type="enum",
                    default="person",
                    options=_options("person", "group"),
                ),
                Attribute(name="party", label="Party", type="text"),
                Attribute(name="boss", label="Boss", type="record", record_kind="actor"),
            ),
        ),
        RecordKind(name="event", label="Event"),
    ),
    profiles=(
        Profile(name="all", label="All"),
        Profile(
            name="few",
            label="Few",
            fields={
                "statement": ("speaker", "act"),
                "event": ("kind",),
                "actor": ("record",),
                "number": ("value",),
            },
        ),
    ),
)


def iden(name: str) -> str:
    """Return the id of an annotation or record by its name in these tests."""
    return derived_id("form test", name)


MARKS = {
    "navalny": ("actor", "Navalny", 0),
    "putin": ("actor", "Putin", 0),
    "putin2": ("actor", "Putin", 1),
    "him": ("actor", "him", 0),
    "order": ("event", "order to kill", 0),
    "arrested": ("event", "arrested", 0),
    "thanked": ("event", "thanked", 0),
    "people": ("number", "Around 2500", 0),
    "centre": ("number", "945", 0),
    "claim": ("statement", "Navalny claims that Putin gave the order to kill him", 0),
    "denial": ("statement", "Putin denied it", 0),
}


def _annotation(article: Article, name: str) -> Annotation:
    span_type, words, occurrence = MARKS[name]
    start = -1
    for _ in range(occurrence + 1):
        start = TEXT.index(words, start + 1)
    return Annotation(
        id=iden(name),
        article=article.id,
        layer=LAYER,
        type=span_type,
        fragments=fragments_of(TEXT, [(start, start + len(words))]),
        record=iden("Vladimir Putin") if name.startswith("putin") else None,
    )


@dataclass
class Bench:
    """The form, the project under it, and what passed between them."""

    workspace: Workspace
    contents: ArticleContents
    inspector: Inspector
    window: QWidget
    findings: Findings
    asked: list[tuple[Command, str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    accepts: bool = True

    def do(self, command: Command, title: str, key: str) -> None:
        """Do what the form asks for, as the window does."""
        self.asked.append((command, title, key))
        if not self.accepts:
            return
        try:
            self.workspace.do(command, title=title, article=self.article, merge_key=key)
        except (Refused, KnownError) as error:
            self.refused.append(str(error))

    @property
    def article(self) -> str:
        """The id of the open article."""
        return self.contents.article.id

    def heard(self, change: Change) -> None:
        """Pass a change on, as the window does."""
        self.contents.apply(change)
        self.findings.apply(change)
        self.inspector.apply(change)
        self.show_points()

    def show_points(self) -> None:
        """Tell the form what is open, as the window does."""
        points = open_points(self.contents, self.findings.all())
        self.inspector.show_points(points, self.findings)

    def mark(self, name: str) -> Annotation:
        """Return an annotation as the project holds it now."""
        found = self.workspace.contents(self.article).annotation(iden(name))
        assert found is not None
        assert found == self.contents.annotation(iden(name))
        return found

    def show(self, name: str | None) -> None:
        """Select an annotation."""
        self.inspector.show_annotation(iden(name) if name else None)

    def targets(self, name: str, role: str) -> list[str]:
        """Return the ids a role of an annotation points to, in reading order."""
        outgoing = self.workspace.contents(self.article).outgoing(iden(name))
        return [relation.target for relation in outgoing if relation.role == role]

    def relation(self, name: str, role: str) -> Relation:
        """Return the only relation of a role."""
        (found,) = [r for r in self.contents.outgoing(iden(name)) if r.role == role]
        return found


def make_bench(folder: Path, qtbot: QtBot, codebook: Codebook = CODEBOOK) -> Bench:
    """Return a form on a fresh project with the article and marks above."""
    workspace = Workspace.create(
        folder / "form.pressmark", name="Form", codebook=codebook, annotator=LAYER
    )
    article = Article(id=iden("article"), title="A test", text=TEXT, sha256=sha256_of(TEXT))
    workspace.do(AddArticle(article=article), title="import")
    records = [
        Record(id=iden("Vladimir Putin"), kind="actor", name="Vladimir Putin", aliases=("Putin",)),
        Record(
            id=iden("Aleksei Navalny"), kind="actor", name="Aleksei Navalny", aliases=("Navalny",)
        ),
    ]
    steps: list[Command] = [AddRecord(record=record) for record in records]
    steps += [AddAnnotation(annotation=_annotation(article, name)) for name in MARKS]
    workspace.do(Batch(steps=tuple(steps)), title="set up", article=article.id)
    contents = workspace.contents(article.id)
    window = QWidget()
    QVBoxLayout(window).setContentsMargins(0, 0, 0, 0)
    inspector = Inspector(
        find_records=workspace.records, read_record=workspace.record, parent=window
    )
    layout = window.layout()
    assert layout is not None
    layout.addWidget(inspector)
    window.setStyleSheet(stylesheet(LIGHT))
    window.resize(376, 900)
    qtbot.addWidget(window)
    bench = Bench(workspace, contents, inspector, window, Findings(contents, codebook))
    inspector.command_requested.connect(bench.do)
    workspace.subscribe(bench.heard)
    inspector.set_theme(LIGHT)
    inspector.load(contents, codebook)
    bench.show_points()
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return bench


def relate(bench: Bench, source: str, role: str, target: str, **attributes: str) -> None:
    """Add a relation behind the form's back."""
    relation = Relation(
        id=iden(f"{source} {role} {target}"),
        article=bench.article,
        layer=LAYER,
        role=role,
        source=iden(source),
        target=iden(target),
        attributes=attributes,
    )
    bench.workspace.do(AddRelation(relation=relation), title="link", article=bench.article)
