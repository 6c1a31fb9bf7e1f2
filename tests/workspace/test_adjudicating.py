"""Settling differences: what is written into the gold layer, and what undo takes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.agreement.disagreements import Case
from app.model.annotation import GOLD, Annotation, fragments_of
from app.model.commands import AddAnnotation, AddArticle, AddRelation, DeleteAnnotation
from app.model.errors import Refused
from app.model.ids import new_id
from app.workspace import Workspace
from app.workspace.adjudicating import Comparing, Settling, settle_elsewhere, settles
from tests import projects
from tests.two_annotators import JONAS, MARTA, compared_project


class Table:
    """A project, its article as it is compared, and a hand that writes."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        (self.article,) = ws.article_ids()
        self.compared = Comparing.load(ws, self.article)
        ws.subscribe(self.compared.apply)

    def do(self, settling: Settling | None) -> None:
        assert settling is not None
        self.ws.do(settling.command, title=settling.title, article=self.article)

    @property
    def gold(self) -> list[Annotation]:
        return [one for one in self.compared.contents.annotations if one.layer == GOLD]

    def case(self, words: str) -> Case:
        return next(
            case
            for case in self.compared.differing
            if any(one.quote == words for one in case.annotations)
        )

    def place(self, case: Case, layer: str) -> int:
        return next(n for n, one in enumerate(case.readings) if layer in one.layers)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with compared_project(tmp_path / "two.pressmark") as ws:
        yield Table(ws)


def test_reads_who_marked_what(table: Table) -> None:
    compared = table.compared
    assert compared.layers == (JONAS, MARTA)
    assert (len(compared.differing), len(compared.open), len(compared.alike)) == (10, 10, 7)
    assert not compared.is_done


def test_taking_a_reading_writes_it_into_gold(table: Table) -> None:
    case = table.case("treated for poisoning")
    table.do(table.compared.take(case, [table.place(case, MARTA)], reason="the whole phrase"))
    (gold,) = table.gold
    assert (gold.quote, gold.layer, gold.comment) == (
        "treated for poisoning",
        "gold",
        "the whole phrase",
    )
    assert set(settles(gold)) == {one.id for one in case.annotations}
    origin = next(one for one in case.annotations if one.layer == MARTA)
    assert gold.origin.startswith(f"adjudicated:{origin.id},")
    assert len(table.compared.open) == 9
    assert table.ws.undo_title(table.article) == "settle “treated for poisoning”"
    table.ws.undo(table.article)
    assert (table.gold, len(table.compared.open)) == ([], 10)


def test_a_fresh_look_says_the_same_as_the_changes(table: Table) -> None:
    case = table.case("treated for poisoning")
    table.do(table.compared.take(case, [0, 1]))
    table.do(table.compared.take_neither(table.case("five months")))
    fresh = Comparing.load(table.ws, table.article)
    assert [one.key for one in fresh.open] == [one.key for one in table.compared.open]
    assert fresh.decision(case) == table.compared.decision(case)


def test_taking_both_writes_two(table: Table) -> None:
    case = table.case("treated for poisoning")
    table.do(table.compared.take(case, [0, 1]))
    assert {one.quote for one in table.gold} == {"treated for poisoning", "poisoning"}
    assert table.compared.decision(case) is not None
    assert len({settles(one) for one in table.gold}) == 2


def test_neither_is_remembered_and_can_be_taken_back(table: Table) -> None:
    case = table.case("five months")
    table.do(table.compared.take_neither(case, reason="a duration"))
    decision = table.compared.decision(case)
    assert decision is not None
    assert (decision.taken, table.gold) == ((), [])
    assert table.ws.undo_title(table.article) == "settle “five months”: nothing: a duration"
    table.ws.undo(table.article)
    assert table.compared.decision(case) is None


def test_the_reading_of_who_marked_nothing_is_neither(table: Table) -> None:
    case = table.case("five months")
    table.do(table.compared.take(case, [table.place(case, JONAS)]))
    decision = table.compared.decision(case)
    assert decision is not None
    assert decision.taken == ()


def test_another_decision_replaces_the_first(table: Table) -> None:
    case = table.case("treated for poisoning")
    table.do(table.compared.take_neither(case))
    table.do(table.compared.take(case, [0]))
    table.do(table.compared.take(case, [1]))
    (gold,) = table.gold
    assert gold.quote == case.readings[1].annotations[0].quote
    table.do(table.compared.take_neither(case))
    assert table.gold == []
    for _ in range(4):
        table.ws.undo(table.article)
    assert table.compared.decision(case) is None


def test_other_words_can_be_taken(table: Table) -> None:
    case = table.case("treated for poisoning")
    start = case.start
    table.do(table.compared.take_words(case, 0, [(start, start + len("treated for"))]))
    assert [one.quote for one in table.gold] == ["treated for"]


def test_a_reason_can_follow(table: Table) -> None:
    case = table.case("treated for poisoning")
    assert table.compared.give_reason(case, "late") is None
    table.do(table.compared.take(case, [0]))
    table.do(table.compared.give_reason(case, "late"))
    assert [one.comment for one in table.gold] == ["late"]


def test_alike_cases_are_one_step(table: Table) -> None:
    article = table.compared.article
    for n, layer in enumerate((MARTA, JONAS)):
        words = ("the Russians", "Russians")[n]
        start = article.text.index(words)
        fragments = fragments_of(article.text, [(start, start + len(words))])
        mark = projects.mark(article, 0, 1, layer=layer, type="actor", fragments=fragments)
        table.ws.do(AddAnnotation(annotation=mark), title="tag", article=article.id)
    case = table.case("the Kremlin")
    alike = table.compared.alike_cases(case)
    assert [one.annotations[0].quote for one in alike] == ["Kremlin", "people", "Russians"]
    settling = table.compared.take_alike(case, table.place(case, JONAS))
    assert (settling.count, settling.title) == (3, "settle 3 differences alike")
    table.do(settling)
    assert {one.quote for one in table.gold} == {"Kremlin", "people", "Russians"}
    table.ws.undo(table.article)
    assert table.gold == []


def test_links_follow_when_both_ends_are_settled(table: Table) -> None:
    article = table.compared.article
    poisoned, kremlin = table.case("treated for poisoning"), table.case("the Kremlin")
    ends = [
        next(one for one in case.annotations if one.layer == MARTA) for case in (poisoned, kremlin)
    ]
    link = projects.link(*ends, layer=MARTA, role="agent")
    table.ws.do(AddRelation(relation=link), title="link", article=article.id)
    poisoned, kremlin = table.case("treated for poisoning"), table.case("the Kremlin")
    table.do(table.compared.take(poisoned, [table.place(poisoned, MARTA)]))
    assert not [one for one in table.compared.contents.relations if one.layer == GOLD]
    table.do(table.compared.take(kremlin, [table.place(kremlin, JONAS)]))
    (made,) = [one for one in table.compared.contents.relations if one.layer == GOLD]
    quotes = {one.id: one.quote for one in table.gold}
    assert (made.role, quotes[made.source], quotes[made.target]) == (
        "agent",
        "treated for poisoning",
        "Kremlin",
    )
    table.do(table.compared.take(poisoned, [table.place(poisoned, JONAS)]))
    assert not [one for one in table.compared.contents.relations if one.layer == GOLD]


def test_finishing_takes_over_what_everybody_has(table: Table) -> None:
    settling = table.compared.finish()
    assert settling.title == "finish comparing, take over 7 marks"
    table.do(settling)
    assert (len(table.gold), table.compared.is_done) == (7, True)
    with pytest.raises(Refused, match="finished already"):
        table.compared.finish()
    table.ws.undo(table.article)
    assert (table.gold, table.compared.is_done) == ([], False)
    table.do(table.compared.finish())
    removed = table.gold[0]
    table.ws.do(DeleteAnnotation(id=removed.id, version=removed.version), title="remove")
    assert table.compared.finish().count == 1


def test_a_new_layer_joins_the_comparison(table: Table) -> None:
    article = table.compared.article
    mark = projects.mark(article, 0, 9, layer="Third", type="number", id=new_id())
    table.ws.do(AddAnnotation(annotation=mark), title="tag", article=article.id)
    assert table.compared.layers == (JONAS, MARTA, "Third")
    assert len(table.compared.differing) == 17


def test_what_the_gold_layer_says_already_settles_a_case(table: Table) -> None:
    case = table.case("treated for poisoning")
    mark = projects.mark(
        table.compared.article,
        case.start,
        case.end,
        layer=GOLD,
        type="event",
        id=new_id(),
    )
    table.ws.do(AddAnnotation(annotation=mark), title="tag", article=table.article)
    decision = table.compared.decision(case)
    assert decision is not None
    assert [one.quote for one in decision.taken] == ["treated for poisoning"]
    alike = table.compared.alike[0]
    agreed = projects.mark(
        table.compared.article, alike.start, alike.end, layer=GOLD, type=alike.type
    )
    table.ws.do(AddAnnotation(annotation=agreed), title="tag", article=table.article)
    assert table.compared.finish().count == 6
    table.do(table.compared.take(case, [table.place(case, JONAS)]))
    assert sorted(one.quote for one in table.gold) == ["poisoning", "protest"]
    table.ws.undo(table.article)
    assert mark.id in {one.id for one in table.gold}


def test_a_settled_project_goes_out_and_in_again(table: Table, tmp_path: Path) -> None:
    from app.exchange.registry import format_named
    from app.workspace.exporting import export
    from app.workspace.importing import find_files, import_files
    from app.workspace.sample import press_codebook

    table.do(table.compared.take(table.case("treated for poisoning"), [0]))
    table.do(table.compared.finish())
    out = tmp_path / "out.json"
    written = format_named("json")
    assert written is not None
    export(table.ws, out, written)
    with Workspace.create(
        tmp_path / "b.pressmark", name="B", codebook=press_codebook(), annotator="Bo"
    ) as other:
        (report,) = import_files(other, find_files([out], written), layer="Bo")
        assert (report.result, report.lost) == ("imported", ())
        (article,) = other.article_ids()
        again = Comparing.load(other, article)
        assert len(again.open) == 9
        assert len([one for one in again.contents.annotations if one.layer == GOLD]) == 8
        assert again.is_done


def test_other_articles_are_settled_alike_in_one_step(table: Table) -> None:
    first, texts = table.article, ("He met the Kremlin today.", "No one.", "The Kremlin said so.")
    for text in texts:
        story = projects.article(text, title=text)
        table.ws.do(AddArticle(article=story), title="import")
        for layer, words in ((MARTA, "the Kremlin"), (JONAS, "Kremlin")):
            start = text.casefold().find(words.casefold())
            if start >= 0:
                fragments = fragments_of(text, [(start, start + len(words))])
                mark = projects.mark(story, 0, 1, layer=layer, type="actor", fragments=fragments)
                table.ws.do(AddAnnotation(annotation=mark), title="tag", article=story.id)
    case = table.case("the Kremlin")
    told: list[tuple[int, int]] = []
    settling = settle_elsewhere(
        table.ws,
        case,
        table.place(case, JONAS),
        layers=(JONAS, MARTA),
        but=first,
        tell=told.append,
    )
    assert (settling.count, settling.title) == (2, "settle 2 differences alike in 2 articles")
    assert told == [(1, 2), (2, 2)]
    table.ws.do(settling.command, title=settling.title)
    gold = [
        one.quote
        for article in table.ws.article_ids()
        for one in table.ws.every_layer(article).annotations
        if one.layer == GOLD
    ]
    assert gold == ["Kremlin", "Kremlin"]
    with pytest.raises(Refused, match="No other article"):
        settle_elsewhere(table.ws, case, 0, layers=(JONAS, MARTA), but=first)
    table.ws.undo(None)
    assert table.ws.stats().annotations["actor"] == 15 + 4
