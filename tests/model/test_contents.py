"""One article, kept current change by change."""

from dataclasses import replace

from app.model.annotation import Annotation, Relation, fragments_of
from app.model.article import Article, Status
from app.model.changes import Change
from app.model.contents import ArticleContents
from app.model.registry import Record

ARTICLE = Article(id="a", title="T", text="0123456789", sha256="")


def mark(name: str, start: int, end: int, **known: object) -> Annotation:
    fields: dict[str, object] = {"article": "a", "layer": "l", "type": "t"} | known
    return Annotation(id=name, fragments=fragments_of(ARTICLE.text, [(start, end)]), **fields)  # type: ignore[arg-type]


def link(name: str, source: str, target: str, **known: object) -> Relation:
    fields: dict[str, object] = {"article": "a", "role": "r"} | known
    return Relation(id=name, layer="l", source=source, target=target, **fields)  # type: ignore[arg-type]


def change(**known: object) -> Change:
    return Change(seq=1, kind="do", title="", by="", at="", **known)  # type: ignore[arg-type]


ONE, TWO, THREE = mark("1", 0, 5), mark("2", 0, 2), mark("3", 4, 6)
PERSON = Record(id="p", kind="actor", name="Somebody")


def contents() -> ArticleContents:
    relations = (link("r2", "1", "3"), link("r1", "1", "2"), link("r3", "3", "1"))
    return ArticleContents(
        ARTICLE, layer="l", annotations=(THREE, TWO, ONE), relations=relations, records=(PERSON,)
    )


def test_everything_is_in_reading_order() -> None:
    here = contents()
    assert [a.id for a in here.annotations] == ["1", "2", "3"]
    assert [here.at(n).id for n in range(len(here))] == ["1", "2", "3"]
    assert [here.index(name) for name in "123"] == [0, 1, 2]
    assert [r.id for r in here.relations] == ["r1", "r2", "r3"]
    assert [r.id for r in here.outgoing("1")] == ["r1", "r2"]
    assert [r.id for r in here.incoming("1")] == ["r3"]
    assert here.outgoing("none") == ()
    assert here.annotation("1") is ONE
    assert here.annotation("none") is None


def test_labels() -> None:
    here = contents()
    assert here.label(ONE) == "01234"
    assert here.label(replace(ONE, record="p")) == "Somebody"
    assert here.label(replace(ONE, record="gone")) == "01234"
    assert here.record(None) is None


def test_a_change_of_another_article_is_none() -> None:
    here = contents()
    elsewhere = change(
        annotations=(mark("x", 0, 1, article="b"),),
        relations=(link("x", "x", "x", article="b"),),
        removed_annotations=("y",),
        removed_relations=("y",),
        removed_records=("y",),
        articles=(replace(ARTICLE, id="b"),),
        statuses=(Status(article="b", layer="l"), Status(article="a", layer="m")),
        cleared_statuses=(("b", "l"),),
    )
    assert not here.apply(elsewhere)
    assert here.annotations == contents().annotations
    assert here.relations == contents().relations


def test_additions_edits_and_removals() -> None:
    here = contents()
    assert here.apply(change(annotations=(mark("4", 3, 4), replace(ONE, comment="new"))))
    assert [a.id for a in here.annotations] == ["1", "2", "4", "3"]
    assert here.at(0).comment == "new"
    assert here.apply(change(annotations=(mark("1", 8, 9),)))
    assert [a.id for a in here.annotations] == ["2", "4", "3", "1"]
    assert here.apply(change(relations=(link("r1", "2", "3"),)))
    assert [r.id for r in here.outgoing("2")] == ["r1"]
    assert [r.id for r in here.outgoing("1")] == ["r2"]
    assert here.apply(change(removed_relations=("r1",)))
    assert here.outgoing("2") == ()
    assert here.apply(change(removed_annotations=("3",)))
    assert [a.id for a in here.annotations] == ["2", "4", "1"]
    assert [r.id for r in here.outgoing("1")] == ["r2"]


def test_marks_are_numbered_within_their_type() -> None:
    here = contents()

    def numbers() -> list[int]:
        return [here.number(mark.id) for mark in here.annotations]

    def counted() -> list[int]:
        types = [mark.type for mark in here.annotations]
        return [types[: n + 1].count(name) for n, name in enumerate(types)]

    assert numbers() == counted()
    here.apply(change(annotations=(mark("4", 3, 4), replace(ONE, type="event"))))
    assert numbers() == counted()
    here.apply(change(annotations=(mark("1", 8, 9),), removed_annotations=("2",)))
    assert numbers() == counted()


def test_records_article_and_status_follow() -> None:
    here = contents()
    assert here.apply(change(records=(replace(PERSON, name="Renamed"),)))
    assert here.label(replace(ONE, record="p")) == "Renamed"
    assert here.apply(change(removed_records=("p",)))
    assert here.record("p") is None
    assert here.apply(change(articles=(replace(ARTICLE, title="New"),)))
    assert here.article.title == "New"
    done = Status(article="a", layer="l", state="done")
    assert here.apply(change(statuses=(done,)))
    assert here.status == done
    assert here.apply(change(cleared_statuses=(("a", "l"),)))
    assert here.status is None
