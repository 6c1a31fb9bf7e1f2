"""The dataset as tables: mentions joined, links counted from both ends, the sample as the proof."""

from pathlib import Path

import pytest

from app.model.codebook import Codebook
from app.model.joining import Joining, Row, Table, in_order, matching
from app.model.registry import Record
from app.workspace import Workspace
from app.workspace.joined import join_all
from app.workspace.sample import make_sample
from tests.projects import CODEBOOK, article, link, mark, person


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    folder = tmp_path_factory.mktemp("joining")
    with make_sample(folder / "sample.pressmark", annotator="ann") as ws:
        return {table.type.name: table for table in join_all(ws, ws.layer).tables}


def row(table: Table, name: str) -> dict[str, str]:
    """Return the cells of a row by the names of their columns."""
    (found,) = [one for one in table.rows if cells(table, one)["main"] == name]
    return cells(table, found)


def cells(table: Table, one: Row) -> dict[str, str]:
    return {column.name: cell.words for column, cell in zip(table.columns, one.cells, strict=True)}


def test_the_sample_comes_to_its_things(sample: dict[str, Table]) -> None:
    assert {name: len(table.rows) for name, table in sample.items()} == {
        "actor": 18,
        "event": 19,
        "number": 5,
        "statement": 19,
    }


def test_an_event_has_its_ends_its_numbers_and_what_is_said_of_it(
    sample: dict[str, Table],
) -> None:
    arrests = row(sample["event"], "Mass arrests at the protests")
    assert arrests["date"] == "2021-01-23"
    assert arrests["role agent"] == "Russian police"
    assert arrests["role target"] == "Protesters in Russia, 23 January 2021"
    assert arrests["from number"] == "2,500 person, 945 person"
    assert arrests["from statement"] == "2"
    assert arrests["mentions"] == "4"
    injuries = row(sample["event"], "Injuries to police officers")
    assert (injuries["from number"], injuries["from number by"]) == ("> 40 person", "TASS")


def test_what_somebody_alleges_is_said_to_be_alleged(sample: dict[str, Table]) -> None:
    order = row(sample["event"], "Alleged order by Putin to kill Navalny")
    assert order["role agent"] == "Vladimir Putin (alleged)"
    assert row(sample["event"], "Mass arrests at the protests")["role agent"] == "Russian police"


def test_a_number_without_a_figure_keeps_its_words(sample: dict[str, Table]) -> None:
    assert row(sample["number"], "Thousands")["figure"] == "Thousands"


def test_days_words_and_states_narrow_the_rows(sample: dict[str, Table]) -> None:
    events = sample["event"]

    def names(**asked: object) -> set[str]:
        found = matching(events.rows, **asked)  # type: ignore[arg-type]
        return {cells(events, one)["main"] for one in found}

    assert len(names(since="2021-01-23", until="2021-01-23")) == 8
    assert names(until="2021-01-22") == {"Phone call of Charles Michel to Putin"}
    assert len(names(since="2021")) == len(names(until="2021")) == 10
    assert names(words="KREMLIN assault") == {"Poisoning of Navalny"}
    assert names(state="done") == set()
    assert len(names(state="in progress")) == 19


def test_rows_are_sorted_by_any_column_and_nothing_comes_first(sample: dict[str, Table]) -> None:
    events = sample["event"]
    names = [column.name for column in events.columns]
    for number, name in enumerate(names):
        up = in_order(events.rows, number)
        assert sorted(map(id, up)) == sorted(map(id, events.rows))
        filled = [bool(one.cells[number].parts) for one in up]
        assert filled == sorted(filled), name
    by_mentions = in_order(events.rows, names.index("mentions"), descending=True)
    assert [one.cells[names.index("mentions")].words for one in by_mentions[:3]] == ["6", "6", "4"]


def joined(codebook: Codebook, records: list[Record], *given: object) -> dict[str, Table]:
    joining = Joining(codebook, records)
    for one in given:
        joining.add(*one)  # type: ignore[misc]
    return {table.type.name: table for table in joining.tables()}


def test_mentions_of_one_record_are_one_row_over_all_articles() -> None:
    anna = person("Anna")
    one, two = article("Anna came.", title="One"), article("Anna left. Anna?", title="Two")
    marks = [
        mark(one, 0, 4, type="actor", record=anna.id),
        mark(two, 0, 4, type="actor", record=anna.id),
        mark(two, 11, 15, type="actor"),
    ]
    actors = joined(
        CODEBOOK,
        [anna],
        (one, marks[:1], [], "done"),
        (two, marks[1:], [], "new"),
    )["actor"]
    first, second = actors.rows
    assert (first.key, second.key) == (anna.id, marks[2].id)
    assert cells(actors, first)["article"] == "One and 1 more"
    assert first.states == {"done", "new"}
    assert [place.annotation for place in first.mentions] == [marks[0].id, marks[1].id]
    assert [one.cells[0].parts[0].linked for one in actors.rows] == [True, False]


def test_a_record_that_is_gone_joins_nothing() -> None:
    text = article("Anna and Anna.")
    marks = [
        mark(text, 0, 4, type="actor", record="x"),
        mark(text, 9, 13, type="actor", record="x"),
    ]
    assert len(joined(CODEBOOK, [], (text, marks, [], "new"))["actor"].rows) == 2


def test_the_same_actor_counts_once_however_often_it_is_linked() -> None:
    anna = person("Anna")
    text = article("Anna marched. Anna sang.")
    actors = [mark(text, n, n + 4, type="actor", record=anna.id) for n in (0, 14)]
    event = mark(text, 5, 12, type="event")
    links = [link(event, one) for one in actors]
    tables = joined(CODEBOOK, [anna], (text, [*actors, event], links, "new"))
    assert cells(tables["event"], tables["event"].rows[0])["role agent"] == "Anna"
    assert cells(tables["actor"], tables["actor"].rows[0])["from event"] == "1"


def test_columns_without_a_word_are_left_out_and_archived_types_too() -> None:
    text = article("Anna marched.")
    tables = joined(CODEBOOK, [], (text, [mark(text, 5, 12, type="event")], [], "new"))
    assert [column.name for column in tables["event"].columns] == ["main", "article"]
    assert tables["actor"].rows == ()


def test_only_the_layer_that_is_asked_for_counts(tmp_path: Path) -> None:
    with make_sample(tmp_path / "s.pressmark", annotator="ann") as ws:
        assert isinstance(ws, Workspace)
        assert all(not table.rows for table in join_all(ws, "nobody").tables)
        told: list[tuple[int, int]] = []
        found = join_all(ws, ws.layer, tell=told.append)
        assert told == [(0, 1)]
        assert (found.done, found.open) == (0, 1)
