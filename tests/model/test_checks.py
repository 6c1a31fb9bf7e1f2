"""Findings: what is incomplete or contradicts itself."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.model.annotation import (
    Annotation,
    Evidence,
    Fragment,
    Relation,
    Value,
    fragments_of,
)
from app.model.article import Article
from app.model.changes import Change
from app.model.checks import Finding, Findings, findings
from app.model.codebook import (
    Attribute,
    Codebook,
    EvidenceField,
    Option,
    RecordKind,
    Role,
    SpanType,
)
from app.model.contents import ArticleContents
from app.model.registry import Record
from app.model.text import sha256_of


def span_type(name: str, *fields: Attribute, evidence: tuple[EvidenceField, ...] = ()) -> SpanType:
    return SpanType(
        name=name,
        label=name.title(),
        plural=name,
        key="",
        letter="X",
        ink="actor",
        underline="solid",
        attributes=fields,
        evidence=evidence,
    )


def number(name: str) -> Attribute:
    return Attribute(name=name, label=name.title(), type="number")


BOOK = Codebook(
    name="b",
    label="B",
    types=(
        span_type("actor"),
        span_type(
            "statement",
            Attribute(
                name="act", label="Act", type="enum", options=(Option(value="say"),), required=True
            ),
            Attribute(name="position", label="Position", type="text"),
            Attribute(name="concept", label="Concept", type="text"),
            evidence=(EvidenceField(name="cue", label="Cue", required=True),),
        ),
        span_type("number", number("low"), number("value"), number("high")),
        span_type("claim", Attribute(name="position", label="P", type="text")),
    ),
    roles=(
        Role(
            name="speaker", source="statement", targets=("actor",), label="Speaker", required=True
        ),
        Role(name="part_of", source="number", targets=("number",), label="Part of"),
    ),
)


def mark(kind: str, name: str = "x", **attributes: Value) -> Annotation:
    return Annotation(
        id=name,
        article="a",
        layer="l",
        type=kind,
        fragments=(Fragment(0, 1, "x"),),
        attributes=attributes,
    )


def link(role: str, source: str, target: str) -> Relation:
    return Relation(id=role, article="a", layer="l", role=role, source=source, target=target)


def kinds(*annotations: Annotation, relations: tuple[Relation, ...] = ()) -> list[tuple[str, str]]:
    return [(f.kind, f.field) for f in findings(BOOK, annotations, relations)]


CUE = Evidence(attribute="cue", fragments=(Fragment(0, 1, "x"),))


def test_a_complete_annotation_has_none() -> None:
    whole = replace(mark("statement", "s", act="say"), evidence=(CUE,))
    assert kinds(whole, mark("actor", "a"), relations=(link("speaker", "s", "a"),)) == []


def test_everything_that_is_missing_is_named() -> None:
    found = findings(BOOK, [mark("statement", "s", act="")], [])
    assert found == (
        Finding(kind="missing attribute", annotation="s", field="act", message="Act is empty"),
        Finding(
            kind="missing relation",
            annotation="s",
            field="speaker",
            message="Statement without “Speaker”",
        ),
        Finding(
            kind="missing evidence", annotation="s", field="cue", message="Statement without “Cue”"
        ),
    )


def test_an_unknown_type_is_one_finding() -> None:
    assert kinds(mark("gone")) == [("unknown type", "")]


def test_a_position_needs_a_concept_where_there_is_one() -> None:
    whole = replace(mark("statement", act="say", position="for"), evidence=(CUE,))
    assert kinds(whole) == [
        ("missing relation", "speaker"),
        ("position without concept", "concept"),
    ]
    assert kinds(
        replace(whole, attributes={"act": "say", "position": "for", "concept": "tax"})
    ) == [("missing relation", "speaker")]
    assert kinds(mark("claim", position="for")) == []


def test_numbers_that_contradict_themselves() -> None:
    assert kinds(mark("number", low=5, high=2.5)) == [("low above high", "low")]
    assert kinds(mark("number", low=2, high=2)) == []
    assert kinds(mark("number", low=True, high="x")) == []
    parts = (mark("number", "p", value=9), mark("number", "w", value=5))
    assert kinds(*parts, relations=(link("part_of", "p", "w"),)) == [
        ("part larger than whole", "part_of")
    ]
    assert kinds(*parts, relations=(link("part_of", "w", "p"),)) == []
    assert kinds(*parts, relations=(link("part_of", "p", "gone"),)) == []
    assert kinds(mark("number", "p"), parts[1], relations=(link("part_of", "p", "w"),)) == []


def test_an_option_can_require_a_role_of_the_annotation_and_of_its_record() -> None:
    needs = Option(value="AID", label="Aid", requires=("target",))
    kind = Attribute(name="plover_type", label="Type", type="enum", options=(needs,))
    event = SpanType(
        name="event",
        label="Event",
        plural="Events",
        key="2",
        letter="E",
        ink="event",
        underline="double",
        record_kind="event",
        attributes=(replace(kind, name="own"),),
    )
    codebook = Codebook(
        name="c",
        label="C",
        types=(event,),
        roles=(Role(name="target", source="event", targets=("event",), label="To whom"),),
        records=(RecordKind(name="event", label="Event", attributes=(kind,)),),
    )
    record = Record(id="r", kind="event", name="Aid", attributes={"plover_type": "AID"})
    fragments = fragments_of("aid came", [(0, 3)])
    mark = Annotation(id="a", article="x", layer="l", type="event", fragments=fragments, record="r")
    other = replace(mark, id="b", record=None, attributes={"own": "AID"})
    arrow = Relation(id="t", article="x", layer="l", role="target", source="a", target="b")
    assert [f.field for f in findings(codebook, [mark, other], [], [record])] == ["target"] * 2
    found = findings(codebook, [mark, other], [arrow], [record])
    assert [(f.annotation, f.message) for f in found] == [("b", "Aid without “To whom”")]


def test_two_exact_values_for_the_same_thing_are_a_conflict() -> None:
    number = SpanType(
        name="number",
        label="Number",
        plural="Numbers",
        key="3",
        letter="N",
        ink="number",
        underline="dotted",
    )
    codebook = Codebook(name="c", label="C", types=(number,))
    text = "945 or 950, in all 2500"

    def figure(name: str, start: int, end: int, value: int, modifier: str = "exact") -> Annotation:
        return Annotation(
            id=name,
            article="x",
            layer="l",
            type="number",
            fragments=fragments_of(text, [(start, end)]),
            attributes={"value": value, "modifier": modifier},
        )

    def counts(source: str, target: str = "e") -> Relation:
        return Relation(
            id=f"{source}{target}",
            article="x",
            layer="l",
            role="counts",
            source=source,
            target=target,
        )

    thing = replace(figure("e", 4, 6, 1), attributes={})
    first, second, third = (
        figure("a", 0, 3, 945),
        figure("b", 7, 10, 950),
        figure("c", 19, 23, 2500),
    )
    both = [counts("a"), counts("b")]
    found = findings(codebook, [first, second, thing], both)
    assert [(f.kind, f.annotation) for f in found] == [("conflicting values", "b")]
    about = replace(second, attributes={"value": 950, "modifier": "approximately"})
    assert findings(codebook, [first, about, thing], both) == ()
    part = Relation(id="p", article="x", layer="l", role="part_of", source="a", target="c")
    assert findings(codebook, [first, third, thing], [counts("a"), counts("c"), part]) == ()
    source = Relation(id="s", article="x", layer="l", role="reported_by", source="b", target="c")
    assert findings(codebook, [first, second, third, thing], [*both, source]) == ()


MARKS = ("m0", "m1", "m2", "m3")
LINKS = ("speaker", "part_of", "counts", "reported_by")

some_marks = st.builds(
    lambda name, kind, value, other: replace(
        mark(kind, name, value=value, low=other, modifier="exact"),
        record="r" if value == 1 else None,
    ),
    st.sampled_from(MARKS),
    st.sampled_from(["actor", "statement", "number", "gone"]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 1, 3]),
)
some_links = st.builds(link, st.sampled_from(LINKS), st.sampled_from(MARKS), st.sampled_from(MARKS))


def some(what: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=3, unique_by=lambda x: getattr(x, "id", x)).map(tuple)


some_changes = st.builds(
    lambda marks, links, gone, cut, records: Change(
        seq=1,
        kind="do",
        title="t",
        by="l",
        at="",
        annotations=tuple(m for m in marks if m.id not in gone),
        relations=tuple(r for r in links if r.id not in cut),
        removed_annotations=gone,
        removed_relations=cut,
        records=records,
    ),
    some(some_marks),
    some(some_links),
    some(st.sampled_from(MARKS)),
    some(st.sampled_from(LINKS)),
    some(st.just(Record(id="r", kind="event", name="R"))),
)


@given(st.lists(some_changes, max_size=6))
def test_findings_kept_current_are_those_of_a_fresh_look(changes: list[Change]) -> None:
    article = Article(id="a", title="A", text="x", sha256=sha256_of("x"))
    contents = ArticleContents(article, layer="l", annotations=[mark("number", "m0", value=1)])
    kept = Findings(contents, BOOK)
    for change in changes:
        contents.apply(change)
        kept.apply(change)
        fresh = findings(BOOK, contents.annotations, contents.relations, contents.records)
        assert kept.all() == fresh
        for annotation in contents.annotations:
            of_it = tuple(f for f in fresh if f.annotation == annotation.id)
            assert kept.of(annotation.id) == of_it
