"""What a foreign file needs of a codebook: the kinds of fields, names, words and links."""

from app.exchange.dataset import Bundle, Dataset
from app.model.annotation import Annotation, Evidence, Relation, Value, fragments_of
from app.model.article import Article, Source, Status
from app.model.ids import derived_id
from app.model.registry import Project, Record
from app.model.text import sha256_of
from app.workspace.fitting import Fitted, Home, fit
from tests.projects import CODEBOOK

TEXT = "Title\n\nAnna met Ben in Rome."


def annotation(n: int, type_: str = "event", **known: object) -> Annotation:
    fields: dict[str, object] = {"layer": "", "fragments": fragments_of(TEXT, [(7 + n, 11 + n)])}
    fields |= {"id": derived_id("a", str(n)), "article": "x", "type": type_} | known
    return Annotation(**fields)  # type: ignore[arg-type]


def fitted(*marks: Annotation, links: tuple[Relation, ...] = (), **known: object) -> Fitted:
    about: dict[str, object] = {"title": "", "origin": Source(file="in/a.txt"), "published": "soon"}
    text = Article(id="x", text=TEXT, sha256=sha256_of(TEXT), **about)  # type: ignore[arg-type]
    status = Status(article="x", layer="", state="done")
    bundle = Bundle(article=text, annotations=marks, relations=links, statuses=(status,))
    dataset = Dataset(articles=(bundle,), foreign=True, **known)  # type: ignore[arg-type]
    home = Home(project=Project(id="p", name="P"), codebook=CODEBOOK, records=THERE, layer="ann")
    return fit(dataset, home, origin="brat")


THERE = (Record(id="r1", kind="person", name="Anna Berg"),)


def link(source: int, target: int, role: str, **fields: Value) -> Relation:
    return Relation(
        id=derived_id("l", role, str(source), str(target)),
        article="x",
        layer="",
        role=role,
        source=derived_id("a", str(source)),
        target=derived_id("a", str(target)),
        attributes=fields,
    )


def only(found: Fitted) -> Bundle:
    (bundle,) = found.dataset.articles
    return bundle


def test_the_kind_of_a_new_field_follows_from_its_values() -> None:
    values: dict[str, list[Value]] = {
        "yes": [True, False],
        "whole": [1, -2],
        "broken": [1, 2.5],
        "words": ["true", "5"],
        "choice": ["red", "blue"],
        "several": [("a", "b"), ("b",)],
        "long": ["x" * 80, "y"],
        "mixed": [("a",), "b"],
        "nothing": [None, None],
    }
    rows = [{n: v[k] for n, v in values.items()} for k in (0, 1)]
    found = fitted(*(annotation(k, "Boat", attributes=row) for k, row in enumerate(rows)))
    boat = found.extension.codebook.type("boat")
    assert boat is not None
    kinds = {a.name: a.type for a in boat.attributes}
    assert kinds == {
        "yes": "boolean",
        "whole": "integer",
        "broken": "number",
        "words": "enum",
        "choice": "enum",
        "several": "flags",
        "long": "long_text",
        "mixed": "text",
        "nothing": "text",
    }
    assert list(found.extension.codebook.problems()) == []
    assert found.extension.summary == "1 type, 9 fields"


def test_names_match_whatever_their_case_and_signs() -> None:
    given = {"Realis": "ACTUAL", "Forms": "march", "Count": "3", "Violent": "true", "Note": 5}
    mark = annotation(0, "EVENT", attributes=given)
    found = fitted(mark, annotation(1, "Actor"), links=(link(0, 1, "Agent", Sure=True),))
    assert not found.extension
    bundle = only(found)
    event = bundle.annotations[0]
    assert (event.type, event.layer, event.origin) == ("event", "ann", "import:brat")
    assert event.attributes == {
        "realis": "actual",
        "forms": ("march",),
        "count": 3,
        "violent": True,
        "note": "5",
    }
    assert [(r.role, r.attributes) for r in bundle.relations] == [("agent", {"sure": True})]
    assert bundle.statuses[0].layer == "ann"


def test_words_and_fields_of_words_and_links_are_proposed() -> None:
    words = Evidence(attribute="time", fragments=fragments_of(TEXT, [(7, 11)]), value="null")
    place = Evidence(attribute="place", attributes={"country": "IT", "sure": True})
    marks = (annotation(0, evidence=(words, place)), annotation(1), annotation(2, "actor"))
    links = (link(0, 1, "agent"), link(0, 2, "agent", weight=2), link(2, 0, "met", how="well"))
    found = fitted(*marks, links=links, worded=True)
    assert set(found.extension.lines) == {
        "field “weight” of Agent of Event (1 use)",
        "link “met” of Actor (1 use)",
        "field “how” of met of Actor (1 use)",
        "field “sure” of Place of Event (1 use)",
        "field of words “time” of Event (1 use)",
        "link “Agent” of Event, to Event (1 use)",
    }
    codebook = found.extension.codebook
    assert list(codebook.problems()) == []
    role = codebook.role("event", "agent")
    assert role is not None
    assert set(role.targets) == {"actor", "event"}
    event = only(found).annotations[0]
    assert {(e.attribute, e.value) for e in event.evidence} == {("place", None), ("time", None)}


def test_records_are_found_by_id_and_by_name() -> None:
    given = (
        Record(id="r9", kind="", name="ANNA BERG"),
        Record(id="r8", kind="person", name="Ben", attributes={"Party": 1, "party": "x", "q": 2}),
        Record(id="r7", kind="ship", name="Mary"),
    )
    marks = [annotation(n, "actor", record=f"r{n}", layer="ben") for n in (1, 7, 8, 9)]
    found = fitted(*marks, records=given)
    assert [a.record for a in only(found).annotations] == ["r1", None, "r8", "r1"]
    header = found.dataset.header
    assert header is not None
    (fresh,) = header.records
    assert (fresh.id, fresh.kind, fresh.attributes) == ("r8", "person", {"party": "x"})
    assert [a.name for a in header.annotators] == ["ben"]
    assert found.dataset.lost[0].what == "links to the registry"


def test_an_article_gets_a_title_and_keeps_what_is_no_date() -> None:
    article = only(fitted(annotation(0))).article
    assert (article.title, article.published) == ("Title", "")
    assert article.metadata == {"published": "soon"}


def test_what_an_export_worked_out_is_not_read_in() -> None:
    found = fitted(annotation(0, attributes={"resolved_value": 2000, "resolved_by": "ccc"}))
    assert not found.extension
    assert only(found).annotations[0].attributes == {}
