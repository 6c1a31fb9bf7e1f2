from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.article import STATES, ArticleRow, State
from app.model.changes import Change
from app.model.listing import Listing
from app.model.registry import Project as ProjectRecord
from app.ui.queue import model as model_module
from app.ui.queue.model import PAGE, QueueModel
from tests.ui.queue.project import Project, row

PLAIN = Listing()


def opened(
    project: Project, state: State | None = None, search: str = "", listing: Listing = PLAIN
) -> QueueModel:
    model = QueueModel(lambda: project)
    model.show(replace(listing, state=state, search=search))
    model.reload()
    return model


def shown(model: QueueModel) -> list[ArticleRow | None]:
    return [model.row_at(place) for place in range(model.rowCount())]


def held(model: QueueModel) -> list[tuple[int, ArticleRow]]:
    """Return the rows that were read, with their places."""
    rows = model._rows
    return [(place, rows[at]) for place, at in enumerate(model._order) if at in rows]


class Heard:
    """What a model tells, and of which row."""

    def __init__(self, model: QAbstractItemModel) -> None:
        self.told: list[tuple[str, int]] = []
        model.dataChanged.connect(self._changed)
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.modelReset.connect(self._reset)

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self.told.append(("changed", first.row()))

    def _inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        self.told.append(("inserted", first))

    def _removed(self, parent: QModelIndex, first: int, last: int) -> None:
        self.told.append(("removed", first))

    def _reset(self) -> None:
        self.told.append(("reset", 0))


def test_only_the_touched_row_is_told(qtbot: QtBot) -> None:
    project = Project(*(row(n) for n in range(1, 10)))
    model = opened(project)
    shown(model)
    heard = Heard(model)
    model.apply(project.annotate("a3"))
    model.apply(project.set_state("a9", "flagged"))
    model.apply(project.remove("a1"))
    model.apply(project.put(row(1)))
    model.apply(project.put(row(10)))
    assert heard.told == [
        ("changed", 2),
        ("changed", 8),
        ("removed", 0),
        ("inserted", 0),
        ("inserted", 9),
    ]


def test_a_row_leaves_its_filter_and_comes_back_to_its_place(qtbot: QtBot) -> None:
    project = Project(*(row(n) for n in range(1, 6)))
    model = opened(project, "new")
    shown(model)
    fourth = QPersistentModelIndex(model.index(3))
    heard = Heard(model)
    model.apply(project.set_state("a2", "done"))
    assert fourth.row() == 2
    model.apply(project.set_state("a2", "new"))
    assert heard.told == [("removed", 1), ("inserted", 1)]
    assert fourth.row() == 3


def test_a_row_that_was_never_read_costs_nothing(qtbot: QtBot) -> None:
    project = Project(*(row(n) for n in range(1, 600)))
    model = opened(project)
    model.row_at(0)
    reads, heard = project.reads, Heard(model)
    model.apply(project.annotate("a500"))
    assert (project.reads, heard.told) == (reads, [])
    late = model.row_at(499)
    assert late is not None
    assert late.annotations == 1


def test_an_unread_row_that_leaves_is_taken_out(qtbot: QtBot) -> None:
    project = Project(*(row(n) for n in range(1, 600)))
    model = opened(project, "new")
    model.row_at(0)
    heard = Heard(model)
    model.apply(project.set_state("a500", "done"))
    assert heard.told == [("removed", 499)]
    assert shown(model) == shown(opened(project, "new"))


def test_an_unread_row_that_is_gone_makes_the_list_anew(qtbot: QtBot) -> None:
    project = Project(*(row(n) for n in range(1, 600)))
    model = opened(project)
    heard = Heard(model)
    model.apply(project.remove("a500"))
    assert heard.told == [("reset", 0)]
    assert model.rowCount() == 598


def test_large_changes_and_another_layer_make_the_list_anew(qtbot: QtBot) -> None:
    project = Project(row(1))
    model = opened(project)
    heard = Heard(model)
    model.apply(project.put(*(row(n) for n in range(2, 200))))
    nothing = {"seq": 1, "title": "", "by": "", "at": ""}
    model.apply(Change(kind="do", project=ProjectRecord(id="p", name="P"), **nothing))  # type: ignore[arg-type]
    model.apply(Change(kind="do", removed_annotations=("m",), **nothing))  # type: ignore[arg-type]
    assert heard.told == [("reset", 0)] * 3
    assert model.rowCount() == 199


def test_pages_are_read_when_they_are_looked_at(qtbot: QtBot) -> None:
    project = Project(*(row(n) for n in range(1, 100_001)))
    model = opened(project)
    assert model.rowCount() == 100_000
    assert project.reads == 0
    last = model.row_at(99_999)
    assert last is not None
    assert last.position == 100_000
    assert project.reads == 1
    assert model.place_of("a70000") == 69_999


def test_a_jump_reads_once_what_the_window_shows_there(qtbot: QtBot) -> None:
    project = Project(*(row(n) for n in range(1, 100_001)))
    model = opened(project)
    for first in (40_020, 77_777, 99_985):
        before = project.reads
        assert all(model.row_at(place) for place in range(first, min(first + 14, 100_000)))
        assert project.reads == before + 1


def test_rows_that_were_scrolled_past_are_forgotten(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_module, "_MOST_ROWS", 3 * PAGE)
    project = Project(*(row(n) for n in range(1, 2001)))
    model = opened(project)
    assert all(shown(model))
    assert len(model._rows) <= 4 * PAGE
    model.apply(project.set_state("a1", "done"))
    first = model.row_at(0)
    assert first is not None
    assert first.state == "done"


def test_the_order_shown_is_the_one_that_is_walked(qtbot: QtBot) -> None:
    project = Project(row(1, "C"), row(2, "A", state="done"), row(3, "B"), row(4, "D"))
    model = opened(project, listing=Listing(sort="title"))
    assert [made.id for made in shown(model) if made] == ["a2", "a3", "a1", "a4"]
    assert (model.neighbour("a2", +1), model.neighbour("a3", -1)) == ("a3", "a2")
    assert (model.neighbour("a4", +1), model.neighbour("a2", -1)) == (None, None)
    assert (model.next_open("a1"), model.next_open("a4")) == ("a4", "a3")
    backwards = opened(project, listing=Listing(sort="title", descending=True))
    assert backwards.neighbour("a4", +1) == "a1"
    assert backwards.place_of("a2") == 3
    assert backwards.place_of("nowhere") is None


def test_what_left_the_list_is_walked_on_from_where_it_stood(qtbot: QtBot) -> None:
    project = Project(*(row(n) for n in range(1, 5)))
    model = opened(project, "new")
    shown(model)
    model.apply(project.set_state("a2", "done"))
    assert (model.neighbour("a2", +1), model.neighbour("a2", -1)) == ("a3", "a1")
    assert model.next_open("a2") == "a3"
    assert model.neighbour("never there", +1) == "a1"
    empty = QueueModel(lambda: None)
    empty.reload()
    assert (empty.neighbour("x", 1), empty.next_open("x"), empty.place_of("x")) == (None,) * 3
    empty.apply(project.annotate("a1"))


def test_an_order_that_work_changes_stays_until_it_is_asked_for_again(qtbot: QtBot) -> None:
    project = Project(row(1), row(2, annotations=1), row(3, annotations=2))
    model = opened(project, listing=Listing(sort="marks"))
    shown(model)
    heard = Heard(model)
    for _ in range(5):
        model.apply(project.annotate("a1"))
    assert heard.told == [("changed", 0)] * 5
    model.reload()
    assert [made.id for made in shown(model) if made] == ["a2", "a3", "a1"]


def test_what_a_row_says(qtbot: QtBot) -> None:
    project = Project(row(1, "Strike", state="in progress", annotations=25))
    model = opened(project)
    index = model.index(0)
    words = "Strike, Daily Courier, 23 Jan 2021, in progress, 25 marks"
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == words
    assert model.data(index) == "Strike"


TITLES = st.sampled_from(["strike", "Strike in Lille", "March", "vote"])


@dataclass(frozen=True)
class Deed:
    """Something done to an article; which one and to what is told by the number and the rest."""

    what: str
    number: int
    state: State
    title: str

    def done_to(self, project: Project) -> Change | None:
        """Do it; None where it cannot be done."""
        taken = {made.position for made in project.rows.values()}
        if self.what == "add":
            new = row(self.number, self.title, state=self.state)
            return None if self.number in taken else project.put(new)
        ids = sorted(project.rows)
        if not ids:
            return None
        return self._done_to(project, project.rows[ids[self.number % len(ids)]], ids[0])

    def _done_to(self, project: Project, chosen: ArticleRow, first: str) -> Change:
        edited = row(chosen.position, self.title, id=chosen.id, state=self.state)
        # Above every position there is, below the next one.
        top = 1 + max(made.position for made in project.rows.values())
        deeds: dict[str, Callable[[], Change]] = {
            "state": lambda: project.set_state(chosen.id, self.state),
            "annotate": lambda: project.annotate(chosen.id),
            "erase": lambda: project.erase(chosen.id),
            "remove": lambda: project.remove(*{chosen.id, first}),
            "edit": lambda: project.put(edited),
            "batch": lambda: project.put(row(top + 1), row(top, self.title), edited),
        }
        return deeds[self.what]()


DEEDS = st.builds(
    Deed,
    what=st.sampled_from("look add state annotate erase remove edit batch".split()),
    number=st.integers(0, 11),
    state=st.sampled_from(STATES),
    title=TITLES,
)
LISTINGS = st.builds(
    Listing,
    state=st.sampled_from([None, *STATES]),
    search=st.sampled_from(["", "strike"]),
    sort=st.sampled_from(["position", "title", "source", "published"]),
    descending=st.booleans(),
)


@given(
    start=st.lists(st.tuples(st.sampled_from(STATES), TITLES), max_size=9),
    deeds=st.lists(DEEDS, max_size=25),
    chosen=LISTINGS,
    page=st.integers(1, 4),
)
def test_changes_one_by_one_equal_a_fresh_load(
    qapp: QApplication,
    *,
    start: list[tuple[State, str]],
    deeds: list[Deed],
    chosen: Listing,
    page: int,
) -> None:
    rows = (row(2 * n, title, state=state) for n, (state, title) in enumerate(start, 1))
    project = Project(*rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_module, "PAGE", page)
        model = QueueModel(lambda: project)
        model.show(chosen)
        model.reload()
        watch = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        # Only the first page is read, so that changes meet rows that were never seen.
        first = model.row_at(0)
        kept = [(made.id, QPersistentModelIndex(model.index(n))) for n, made in held(model)]
        assert bool(kept) == bool(first)
        for deed in deeds:
            if deed.what == "look":
                model.row_at(deed.number)
            elif change := deed.done_to(project):
                model.apply(change)
        fresh = QueueModel(lambda: project)
        fresh.show(chosen)
        fresh.reload()
        assert shown(model) == shown(fresh)
        for article_id, index in kept:
            found = model.row_at(index.row()) if index.isValid() else None
            assert found is None or found.id == article_id
        del watch
