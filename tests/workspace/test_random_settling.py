"""Whatever is settled, in any order: undo restores every row, and the file stays sound."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.annotation import GOLD
from app.model.commands import AddRelation
from app.model.errors import Refused
from app.workspace import Workspace
from app.workspace.adjudicating import Comparing, Settling, settles
from tests import projects
from tests.two_annotators import compared_project

Step = tuple[str, int, int]

steps = st.lists(
    st.tuples(
        st.sampled_from(["take", "both", "neither", "alike", "words", "reason", "finish"]),
        st.integers(0, 9),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=8,
)


def settling(compared: Comparing, step: Step) -> Settling | None:
    what, place, reading = step
    case = compared.differing[place]
    span = [(case.start, case.start + 4)]
    ways: dict[str, Callable[[], Settling | None]] = {
        "take": lambda: compared.take(case, [reading], reason="because"),
        "both": lambda: compared.take(case, range(len(case.readings))),
        "neither": lambda: compared.take_neither(case),
        "alike": lambda: compared.take_alike(case, reading),
        "words": lambda: compared.take_words(case, reading, span),
        "reason": lambda: compared.give_reason(case, "later"),
        "finish": compared.finish,
    }
    try:
        return ways[what]()
    except Refused:
        return None


def link_all(ws: Workspace, article: str) -> None:
    """Link each event to the actor before it, in both layers."""
    found = ws.every_layer(article).annotations
    for layer in sorted({one.layer for one in found}):
        actor = None
        for one in (one for one in found if one.layer == layer):
            if one.type == "actor":
                actor = one
            elif one.type == "event" and actor is not None:
                link = projects.link(one, actor, layer=layer)
                ws.do(AddRelation(relation=link), title="link", article=article)


@settings(max_examples=8)
@given(steps)
def test_undo_restores_every_row(chosen: Sequence[Step]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        compared_project(Path(folder) / "two.pressmark") as ws,
    ):
        (article,) = ws.article_ids()
        link_all(ws, article)
        before = projects.rows(ws.location)
        compared = Comparing.load(ws, article)
        ws.subscribe(compared.apply)
        done = 0
        for step in chosen:
            if (wanted := settling(compared, step)) is not None:
                ws.do(wanted.command, title=wanted.title, article=article)
                done += 1
                assert_sound(ws, compared)
        assert ws.check().ok
        for _ in range(done):
            ws.undo(article)
        assert projects.rows(ws.location) == before


def assert_sound(ws: Workspace, compared: Comparing) -> None:
    """Check that changes say what a fresh look says, and that gold links gold only."""
    fresh = Comparing.load(ws, compared.article.id)
    assert [one.key for one in fresh.open] == [one.key for one in compared.open]
    assert fresh.contents.annotations == compared.contents.annotations
    gold = {one.id for one in fresh.contents.annotations if one.layer == GOLD}
    links = [one for one in fresh.contents.relations if one.layer == GOLD]
    assert {end for one in links for end in (one.source, one.target)} <= gold
    assert len({(one.role, one.source, one.target) for one in links}) == len(links)
    known = {one.id for one in fresh.contents.annotations if one.layer != GOLD}
    for one in fresh.contents.annotations:
        assert set(settles(one)) <= known
