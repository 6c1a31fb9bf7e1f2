"""Near-duplicates are grouped, and the marks of one are carried over to the others in one step."""

from pathlib import Path

import pytest

from app.model.annotation import Annotation, Evidence, Relation, fragments_of
from app.model.article import Article
from app.model.commands import AddAnnotation, AddArticle, AddRelation, Batch
from app.model.errors import Refused
from app.model.ids import new_id
from app.model.text import sha256_of
from app.workspace import Workspace
from app.workspace.duplicates import carry, find_groups
from app.workspace.sample import press_codebook

WIRE = (
    "Thousands protest in Lille\n\nAbout 2,500 people marched through the old town of Lille on"
    " Monday afternoon. Police arrested 12 of them near the station. “We shall be back,” said Anna"
    " Martin, who leads the union. The mayor of the town was not to be reached on Monday.\n"
)
UPDATE = WIRE.replace("About 2,500", "Around 3,000").replace("The mayor", "Rain fell. The mayor")
CUT = WIRE[: WIRE.index("“We shall")]
OTHER = "A market opens\n\n" + " ".join(
    f"Stall number {n} sells {n} sorts of tea." for n in range(30)
)


def added(ws: Workspace, text: str, title: str) -> str:
    article = Article(id=new_id(), title=title, text=text, sha256=sha256_of(text), source="S")
    ws.do(AddArticle(article=article), title="add")
    return article.id


@pytest.fixture
def twins(tmp_path: Path) -> tuple[Workspace, list[str]]:
    ws = Workspace.create(
        tmp_path / "p.pressmark", name="p", codebook=press_codebook(), annotator="marta"
    )
    texts = {"wire": WIRE, "other": OTHER, "update": UPDATE, "cut": CUT}
    return ws, [added(ws, text, title) for title, text in texts.items()]


def mark(ws: Workspace, article: str, kind: str, words: str, **more: object) -> Annotation:
    text = ws.contents(article).article.text
    start = text.index(words)
    made = Annotation(
        id=new_id(),
        article=article,
        layer="marta",
        type=kind,
        fragments=fragments_of(text, [(start, start + len(words))]),
    )
    ws.do(AddAnnotation(annotation=made), title="tag")
    return made


def test_like_articles_are_one_group(twins: tuple[Workspace, list[str]]) -> None:
    ws, (wire, other, update, cut) = twins
    read: list[int] = []
    with ws:
        (group,) = find_groups(ws, read.append)
        assert [row.id for row in group.members] == [wire, update, cut]
        assert group.model.id == wire
        mark(ws, update, "event", "marched")
        (group,) = find_groups(ws)
        assert group.model.id == update
    assert read == [1, 2, 3, 4]
    assert other not in {row.id for row in group.members}


def test_marks_are_carried_over_in_one_step(twins: tuple[Workspace, list[str]]) -> None:
    ws, (wire, _, update, cut) = twins
    with ws:
        people = mark(ws, wire, "number", "2,500")
        march = mark(ws, wire, "event", "marched")
        police = mark(ws, wire, "actor", "Police")
        anna = mark(ws, wire, "actor", "Anna Martin")
        relation = Relation(
            id=new_id(),
            article=wire,
            layer="marta",
            role="counts",
            source=people.id,
            target=march.id,
        )
        ws.do(AddRelation(relation=relation), title="link")
        before = ws.last_seq
        command, title, told = carry(ws, wire, [update, cut])
        ws.do(command, title=title)
        assert ws.last_seq == before + 1
        assert title == "carry 7 marks over to 2 articles"
        first, second = told
        assert (first.marks, first.relations, first.unsure, first.lost) == (4, 1, 2, 0)
        assert (first.sentences, second.sentences) == (2, 0)
        assert (second.marks, second.unsure, second.lost) == (3, 0, 1)
        contents = ws.contents(update)
        copies = {one.quote: one for one in contents.annotations}
        assert set(copies) == {"3,000", "marched", "Police", "Anna Martin"}
        assert {one.quote for one in copies.values() if one.certainty == "unsure"} == {
            *("3,000", "marched")
        }
        assert copies["Police"].origin == f"propagated:{police.id}"
        (link,) = contents.relations
        assert (link.source, link.target) == (copies["3,000"].id, copies["marched"].id)
        noted = [(UPDATE[one.offset :][:6], one.note) for one in contents.bookmarks]
        assert noted == [
            ("Around", "stands otherwise in “wire”"),
            ("Rain f", "does not stand in “wire”"),
        ]
        assert anna.id not in {one.id for one in ws.contents(cut).annotations}
        with pytest.raises(Refused, match="already"):
            carry(ws, wire, [update, cut])
        ws.undo(None)
        assert not len(ws.contents(update))
        assert not ws.contents(update).bookmarks


def test_what_is_there_stays_and_is_linked_to(twins: tuple[Workspace, list[str]]) -> None:
    ws, (wire, _, update, _) = twins
    with ws:
        number, march = mark(ws, wire, "number", "12"), mark(ws, wire, "event", "marched")
        relation = Relation(
            id=new_id(),
            article=wire,
            layer="marta",
            role="counts",
            source=number.id,
            target=march.id,
        )
        ws.do(AddRelation(relation=relation), title="link")
        there = mark(ws, update, "event", "marched")
        command, title, (told,) = carry(ws, wire, [update])
        ws.do(command, title=title)
        assert (told.marks, told.relations) == (1, 1)
        (link,) = ws.contents(update).relations
        assert link.target == there.id


def test_evidence_that_changed_makes_a_mark_unsure(twins: tuple[Workspace, list[str]]) -> None:
    ws, (wire, _, update, cut) = twins
    with ws:
        march = mark(ws, wire, "event", "arrested")
        ends = [("place", "Lille on"), ("time", "The mayor of the town was not to be reached")]
        evidence = tuple(
            Evidence(
                attribute=name,
                fragments=fragments_of(
                    WIRE, [(WIRE.rindex(words), WIRE.rindex(words) + len(words))]
                ),
            )
            for name, words in ends
        )
        from app.model.commands import EditAnnotation

        version = ws.contents(wire).annotations[0].version
        edit = EditAnnotation(id=march.id, version=version, evidence=evidence)
        ws.do(edit, title="bear out")
        command, title, _ = carry(ws, wire, [update, cut])
        ws.do(Batch(steps=command.steps), title=title)
        (in_update,), (in_cut,) = ws.contents(update).annotations, ws.contents(cut).annotations
        assert [one.fragments[0].text for one in in_update.evidence] == [words for _, words in ends]
        assert in_update.certainty == "sure"
        assert [one.attribute for one in in_cut.evidence] == ["place"]
        assert in_cut.certainty == "unsure"


def test_there_has_to_be_something_to_carry(twins: tuple[Workspace, list[str]]) -> None:
    ws, (wire, _, update, _) = twins
    with ws, pytest.raises(Refused, match="no marks of yours"):
        carry(ws, wire, [update])
