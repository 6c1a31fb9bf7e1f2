"""What contradicts the codebook, the text or the registry is refused with a sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.model.annotation import Annotation, Evidence, Fragment, Relation
from app.model.article import Article, Status
from app.model.codebook import Attribute, Codebook, Option, RecordKind, SpanType
from app.model.commands import (
    AddAnnotation,
    AddAnnotator,
    AddArticle,
    AddRecord,
    AddRelation,
    Command,
    DeleteArticle,
    EditAnnotation,
    EditArticle,
    EditRelation,
    LinkRecord,
    PutAnnotation,
    SetCodebook,
    SetProject,
    SetStatus,
)
from app.model.errors import Refused, StaleEdit
from app.model.registry import Annotator
from app.workspace import Workspace
from tests.projects import CODEBOOK, article, link, mark, person, rows


def refused(ws: Workspace, command: Command, reason: str) -> None:
    before = rows(ws.location)
    with pytest.raises(Refused, match=reason):
        ws.do(command, title="x")
    assert rows(ws.location) == before


Change = Callable[[Annotation], Annotation]
PLACE = Evidence(attribute="place", fragments=(Fragment(0, 3, "Нав"),))


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"type": "none"}, "has no type “none”"),
        ({"layer": ""}, "needs a layer"),
        ({"article": "none"}, "article is not in the project"),
        ({"fragments": ()}, "at least one character"),
        ({"fragments": (Fragment(0, 0, ""),)}, "No text stands at 0 to 0"),
        ({"fragments": (Fragment(-1, 2, "x"),)}, "No text stands"),
        ({"fragments": (Fragment(0, 9999, "x"),)}, "No text stands at 0 to 9,999"),
        ({"fragments": (Fragment(0, 3, "nav"),)}, "stands “Нав”, not “nav”"),
        ({"fragments": (Fragment(0, 3, "n" * 99),)}, "n…”"),
        ({"fragments": (Fragment(3, 4, "а"), Fragment(0, 3, "Нав"))}, "do not overlap"),
        ({"fragments": (Fragment(0, 3, "Нав"), Fragment(2, 4, "ва"))}, "do not overlap"),
        ({"attributes": {"none": 1}}, "Event has no field “none”"),
        (
            {"attributes": {"realis": "maybe"}},
            "“Realis” cannot be 'maybe': it takes actual, planned",
        ),
        ({"attributes": {"forms": ("run",)}}, "it takes march, sit-in"),
        ({"attributes": {"size": float("nan")}}, "it takes a number"),
        ({"attributes": {"count": True}}, "whole number"),
        ({"attributes": {"day": "2021-02-30"}}, "it takes a date"),
        ({"attributes": {"violent": 1}}, "yes or no"),
        ({"attributes": {"note": 1}}, "it takes text"),
        ({"evidence": (replace(PLACE, attribute="none"),)}, "no evidence field “none”"),
        ({"evidence": (replace(PLACE, fragments=(Fragment(0, 3, "x"),)),)}, "not “x”"),
        ({"evidence": (replace(PLACE, attributes={"none": 1}),)}, "Place has no field"),
        ({"evidence": (replace(PLACE, value=float("inf")),)}, "not a number"),
        ({"certainty": "perhaps"}, "“perhaps” is no certainty"),
        ({"record": "none"}, "record it mentions is not in the project"),
    ],
)
def test_annotations(ws: Workspace, story: Article, known: dict[str, object], reason: str) -> None:
    wrong = replace(mark(story, 0, 9), **known)  # type: ignore[arg-type]
    refused(ws, AddAnnotation(annotation=wrong), reason)
    refused(ws, PutAnnotation(annotation=wrong), reason)
    if "layer" in known or "article" in known or known.get("type"):
        return
    it = ws.do(AddAnnotation(annotation=mark(story, 0, 9)), title="x").annotations[0]
    if "record" in known:
        refused(ws, LinkRecord(id=it.id, version=it.version, record="none"), reason)
    else:
        edit = EditAnnotation(id=it.id, version=it.version, **known)  # type: ignore[arg-type]
        refused(ws, edit, reason)


def test_what_is_right_passes(ws: Workspace, story: Article) -> None:
    whole = replace(PLACE, attributes={"country": None}, value="x")
    bare = Evidence(attribute="place", value=None)
    touching = (Fragment(0, 3, "Нав"), Fragment(3, 4, "а"))
    it = mark(story, 0, 9, evidence=(whole, bare), fragments=touching, attributes={"realis": None})
    kept = ws.do(AddAnnotation(annotation=it), title="x").annotations[0]
    edit = EditAnnotation(id=it.id, version=kept.version, type="event", fragments=touching[:1])
    assert ws.do(edit, title="x").annotations[0].quote == "Нав"


def test_mentions(ws: Workspace, story: Article) -> None:
    record = ws.do(AddRecord(record=person()), title="x").records[0]
    refused(
        ws,
        AddAnnotation(annotation=mark(story, 0, 9, record=record.id)),
        "Event cannot mention “Alexei",
    )
    actor = ws.do(AddAnnotation(annotation=mark(story, 0, 9, type="actor")), title="x").annotations[
        0
    ]
    linked = ws.do(LinkRecord(id=actor.id, version=actor.version, record=record.id), title="x")
    assert linked.annotations[0].record == record.id
    unlink = LinkRecord(id=actor.id, version=linked.seq, record=None)
    assert ws.do(unlink, title="x").annotations[0].record is None


def test_relations(ws: Workspace, story: Article) -> None:
    other = ws.do(AddArticle(article=article("Another text.")), title="x").articles[0]
    event, actor = mark(story, 0, 9), mark(story, 0, 9, type="actor")
    far = mark(other, 0, 7, type="actor")
    for it in (event, actor, far):
        ws.do(AddAnnotation(annotation=it), title="x")
    right = link(event, actor)

    def wrong(reason: str, **known: object) -> None:
        it: Relation = replace(right, **known)  # type: ignore[arg-type]
        refused(ws, AddRelation(relation=it), reason)

    wrong("annotation at both ends", target="none")
    wrong("annotation at both ends", source="none")
    wrong("cannot be linked to itself", target=event.id)
    wrong("of one article", target=far.id)
    wrong("of one article", article=other.id)
    wrong("Event has no role “none”", role="none")
    wrong("Actor has no role “agent”", source=actor.id, target=event.id)
    second = mark(story, 3, 5)
    ws.do(AddAnnotation(annotation=second), title="x")
    wrong("Agent takes actor, not “аль”|Agent takes actor, not", target=second.id)
    wrong("Agent has no field “x”", attributes={"x": 1})
    kept = ws.do(AddRelation(relation=right), title="x").relations[0]
    edit = EditRelation(id=kept.id, version=kept.version, attributes={"sure": 1})
    refused(ws, edit, "yes or no")
    with pytest.raises(StaleEdit):
        ws.do(replace(edit, id="none"), title="x")


def test_records(ws: Workspace) -> None:
    refused(ws, AddRecord(record=replace(person(), kind="none")), "no kind of record “none”")
    refused(ws, AddRecord(record=person("  ")), "Person needs a name")
    refused(ws, AddRecord(record=person(attributes={"x": 1})), "Person has no field")


def test_articles(ws: Workspace, story: Article) -> None:
    good = article("text")
    refused(ws, AddArticle(article=replace(good, text="a\r\nb")), "canonical form")
    refused(ws, AddArticle(article=replace(good, text="a\0b")), "A NUL character")
    refused(ws, AddArticle(article=replace(good, sha256="0")), "hash")
    refused(ws, AddArticle(article=replace(good, position=2**60)), "no place in the queue")
    refused(ws, AddArticle(article=replace(good, metadata={"x": float("nan")})), "not a number")
    nan = EditArticle(id=story.id, version=story.version, metadata={"x": float("inf")})
    refused(ws, nan, "not a number")
    kept = ws.do(EditArticle(id=story.id, version=story.version, title="T"), title="x").articles[0]
    ws.do(DeleteArticle(id=story.id, version=kept.version), title="x")
    refused(ws, AddAnnotation(annotation=mark(story, 0, 9)), "article is not in the project")


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"article": "none"}, "article is not in the project"),
        ({"state": "finished"}, "“finished” is no state; it is one of new"),
        ({"seconds": -1}, "-1 is no time"),
        ({"seconds": 2**60}, "is no time"),
    ],
)
def test_statuses(ws: Workspace, story: Article, known: dict[str, object], reason: str) -> None:
    status = replace(Status(article=story.id, layer="ann"), **known)  # type: ignore[arg-type]
    refused(ws, SetStatus(status=status), reason)


def test_names(ws: Workspace) -> None:
    refused(ws, SetProject(project=replace(ws.project, name=" ")), "project needs a name")
    refused(ws, AddAnnotator(annotator=Annotator(id="x", name="")), "annotator needs a name")


def test_an_edit_of_nothing_is_stale(ws: Workspace) -> None:
    for command in (
        EditAnnotation(id="none", version=1, comment="x"),
        LinkRecord(id="none", version=1, record=None),
    ):
        with pytest.raises(StaleEdit):
            ws.do(command, title="x")


def in_use(ws: Workspace, story: Article) -> None:
    record = person()
    event = mark(story, 0, 9, attributes={"realis": "planned", "forms": ("march",), "day": None})
    event = replace(event, evidence=(PLACE,))
    actor = mark(story, 0, 9, type="actor", record=record.id)
    for command in (
        AddRecord(record=record),
        AddAnnotation(annotation=event),
        AddAnnotation(annotation=actor),
        AddRelation(relation=link(event, actor)),
    ):
        ws.do(command, title="x")


def with_event(**known: object) -> Codebook:
    event: SpanType = replace(CODEBOOK.types[1], **known)  # type: ignore[arg-type]
    return replace(CODEBOOK, revision=2, types=(CODEBOOK.types[0], event))


def with_options(name: str, *values: str) -> Codebook:
    options = tuple(Option(value=value) for value in values)
    fields = tuple(
        replace(a, options=options) if a.name == name else a for a in CODEBOOK.types[1].attributes
    )
    return with_event(attributes=fields)


def without(*names: str) -> tuple[Attribute, ...]:
    return tuple(a for a in CODEBOOK.types[1].attributes if a.name not in names)


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (replace(CODEBOOK, revision=2, profile="none"), "mistake at profile: there is no profile"),
        (
            replace(CODEBOOK, revision=2, types=CODEBOOK.types[:1], roles=()),
            "Type “event” is in use",
        ),
        (replace(CODEBOOK, revision=2, roles=()), "Role “agent” of event is in use"),
        (with_event(attributes=without("realis")), "Field “realis” of event is in use"),
        (with_event(attributes=without("day")), "Field “day” of event"),
        (with_event(evidence=()), "Field “place” of event"),
        (
            replace(
                CODEBOOK,
                revision=2,
                records=(RecordKind(name="group", label="G"),),
                types=(replace(CODEBOOK.types[0], record_kind="group"), CODEBOOK.types[1]),
            ),
            "Kind of record “person”",
        ),
        (with_options("realis", "actual"), "Value “planned” of Realis"),
        (with_options("forms", "sit-in"), "Value “march” of Forms"),
    ],
)
def test_what_is_in_use_is_never_dropped(
    ws: Workspace, story: Article, wanted: Codebook, reason: str
) -> None:
    in_use(ws, story)
    refused(ws, SetCodebook(codebook=wanted), reason)


@pytest.mark.parametrize(
    "wanted",
    [
        with_event(attributes=without("note", "size"), archived=True),
        with_options("realis", "planned", "new"),
        with_options("forms", "march"),
        with_event(
            attributes=tuple(
                replace(a, type="text", options=()) if a.name == "realis" else a
                for a in CODEBOOK.types[1].attributes
            )
        ),
    ],
)
def test_what_is_not_in_use_may_go(ws: Workspace, story: Article, wanted: Codebook) -> None:
    in_use(ws, story)
    assert ws.do(SetCodebook(codebook=wanted), title="x").codebook == wanted
    assert ws.codebook == wanted
