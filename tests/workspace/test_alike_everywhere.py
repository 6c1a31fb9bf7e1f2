"""The same words in the article and the project: what counts, what is left out, one step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model.alike import everywhere
from app.model.annotation import Annotation
from app.model.commands import AddAnnotation, AddArticle, AddRecord
from app.model.errors import Refused
from app.workspace import Workspace
from app.workspace.alike_everywhere import Spot, Wanted, find_alike, tag_spots
from tests.projects import article, mark, person, project

TEXTS = (
    "Anna Berg came 😀. Berg spoke. Police held Berg; the police left.",
    "Yulia Berg came. BERG left. Bergs and Bergen. Anna Berg stayed.",
    "Nobody came.",
)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with project(tmp_path) as made:
        for text in TEXTS:
            made.do(AddArticle(article=article(text, title=text[:5])), title="import")
        yield made


def tagged(ws: Workspace, words: str, **known: object) -> Annotation:
    of = ws.contents(ws.article_ids()[0]).article
    start = of.text.index(words)
    made = mark(of, start, start + len(words), type="actor", **known)
    ws.do(AddAnnotation(annotation=made), title="tag", article=of.id)
    return made


def found(ws: Workspace, of: Annotation, **how: bool) -> list[Spot]:
    contents = ws.contents(of.article)
    return list(find_alike(ws, contents, of, Wanted(**how)).found)


def words(spots: list[Spot]) -> list[str]:
    return [spot.words for spot in spots]


def test_in_the_article_alone_and_then_everywhere(ws: Workspace) -> None:
    anna = tagged(ws, "Anna Berg")
    assert words(found(ws, anna)) == ["Berg", "Berg"]
    everywhere_ = found(ws, anna, everywhere=True)
    assert words(everywhere_) == ["Berg", "Berg", "Anna Berg"]  # not Yulia Berg, nor Bergs
    assert everywhere_[2].title == TEXTS[1][:5]
    assert everywhere_[0].before.endswith("came 😀.")
    assert everywhere_[0].after.startswith("spoke")


def test_each_option(ws: Workspace) -> None:
    anna = tagged(ws, "Anna Berg")
    assert words(found(ws, anna, everywhere=True, names=False)) == ["Anna Berg"]
    capitals = found(ws, anna, everywhere=True, match_case=False)
    assert "BERG" in words(capitals)
    parts = found(ws, anna, everywhere=True, whole_words=False)
    assert len(parts) > len(capitals)
    endings = found(ws, anna, everywhere=True, inflected=True)
    assert {"Bergs", "Bergen"} <= set(words(endings))


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("Навального и Навальный", "Навальный", ["Навального", "Навальный"]),
        ("party parties parted", "party", ["party", "parties", "parted"]),
        ("the EU and EUs", "EU", ["EU", "EUs"]),
        ("2500 and 25000", "2500", ["2500"]),
    ],
)
def test_other_endings(text: str, form: str, expected: list[str]) -> None:
    ranges = everywhere(text, [form], inflected=True)
    assert [text[start:end] for start, end in ranges] == expected


def test_nothing_is_found_for_nothing() -> None:
    assert everywhere("text", []) == ()
    assert everywhere("text", [" "]) == ()


def test_they_are_marked_in_one_step_with_their_origin(ws: Workspace) -> None:
    anna = person("Anna Berg")
    ws.do(AddRecord(record=anna), title="x")
    first = tagged(ws, "Anna Berg", record=anna.id, attributes={"office": "mayor"})
    spots = found(ws, first, everywhere=True)
    gesture = tag_spots(ws, first, ws.codebook, spots)
    assert gesture.title == "tag 3 alike “Anna Berg”"
    change = ws.do(gesture.command, title=gesture.title)
    assert len(change.annotations) == 3
    for one in change.annotations:
        assert one.origin == f"propagated:{first.id}"
        assert one.record == anna.id
        assert one.attributes == {"office": "mayor"}
    assert found(ws, first, everywhere=True) == []
    ws.undo(None)
    assert len(found(ws, first, everywhere=True)) == 3


def test_what_is_marked_meanwhile_or_gone_is_left_out(ws: Workspace) -> None:
    anna = tagged(ws, "Anna Berg")
    spots = found(ws, anna)
    of = ws.contents(anna.article).article
    taken = mark(of, spots[0].start, spots[0].end, type="actor")
    ws.do(AddAnnotation(annotation=taken), title="tag", article=of.id)
    gesture = tag_spots(ws, anna, ws.codebook, spots)
    assert gesture.title == "tag 1 alike “Anna Berg”"
    with pytest.raises(Refused, match="left to mark"):
        tag_spots(ws, anna, ws.codebook, [spots[0], spots[1]._replace(words="other")])


def test_a_mark_with_gaps_is_refused(ws: Workspace) -> None:
    from app.model.annotation import fragments_of

    of = ws.contents(ws.article_ids()[0]).article
    gaps = mark(of, 0, 4, fragments=fragments_of(of.text, [(0, 4), (10, 14)]))
    with pytest.raises(Refused, match="gaps"):
        find_alike(ws, ws.contents(of.id), gaps, Wanted())


def test_how_far_it_is_is_told(ws: Workspace) -> None:
    told: list[int] = []
    anna = tagged(ws, "Anna Berg")
    find_alike(ws, ws.contents(anna.article), anna, Wanted(everywhere=True), tell=told.append)
    assert told == [0]
