"""What was there stays, whatever goes wrong: a wrong read-back, a full disk, a folder in use."""

import errno
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from typing_extensions import override

from app.exchange import doccano, graphml, place, product, writing
from app.exchange.carry import Room, Tally
from app.exchange.compare import differences, digest
from app.exchange.dataset import Bundle, Counts, Dataset, Header
from app.exchange.draft import Draft, text_of
from app.exchange.features import EVERYTHING
from app.exchange.product import Product
from app.model.errors import InputRefused, KnownError, Refused
from tests.exchange.strategies import HEADER
from tests.projects import article, mark


class Faulty:
    """A format that writes doccano's lines and reads them as `spoil` has it."""

    ROOM = doccano.ROOM

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem

    def fit(self, bundle: Bundle, tally: Tally, /) -> Bundle:
        return bundle

    def write(self, path: Path, header: Header, articles: Iterable[Bundle]) -> None:
        doccano.write(path, header, articles)

    def read(self, path: Path) -> Dataset:
        if self.problem is not None:
            raise self.problem
        return replace(doccano.read(path), articles=tuple(self.spoilt(path)))

    def spoilt(self, path: Path) -> Iterator[Bundle]:
        for bundle in doccano.read(path).articles:
            yield replace(bundle, annotations=bundle.annotations[1:])


class Short(Faulty):
    """One that reads too few articles."""

    @override
    def spoilt(self, path: Path) -> Iterator[Bundle]:
        return iter(list(doccano.read(path).articles)[1:])


@pytest.fixture
def bundle() -> Bundle:
    text = article("Anna met Ben.")
    marks = (mark(text, 0, 4, layer="", type="actor"), mark(text, 5, 8, layer=""))
    return Bundle(article=text, annotations=marks)


def attempt(module: writing.Module, out: Path, bundle: Bundle) -> None:
    writing.write("x", module, out, header=HEADER, articles=[bundle], folder=False)


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        (Faulty(), "Article 1 is read back otherwise.*only written.*Anna"),
        (Short(), "Of 1 articles 0 could be read back"),
        (Faulty(ValueError("bad")), "cannot be read back: bad"),
        (Faulty(InputRefused("no text")), "cannot be read back: no text"),
    ],
)
def test_what_is_read_back_otherwise_is_not_put_in_place(
    module: writing.Module, reason: str, tmp_path: Path, bundle: Bundle
) -> None:
    (tmp_path / "out").write_text("what was there", "utf-8")
    with pytest.raises(KnownError, match=reason):
        attempt(module, tmp_path / "out", bundle)
    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_text("utf-8") == "what was there"


def test_nothing_to_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no article"):
        writing.write("x", doccano, tmp_path / "a", header=HEADER, articles=[], folder=False)
    assert list(tmp_path.iterdir()) == []


class Other:
    """A product that is parsed as another one, or not at all."""

    def __init__(self, found: Product | None) -> None:
        self.found = found

    def build(self, header: Header, articles: Iterable[Bundle], tally: Tally, /) -> Product:
        return Product(counts=Counts(articles=len(list(articles))), parts=())

    def dump(self, path: Path, product: Product, header: Header, /) -> None:
        path.write_bytes(b"")

    def parse(self, path: Path, /) -> Product:
        if self.found is None:
            raise ValueError("broken")
        return self.found


@pytest.mark.parametrize(
    ("found", "reason"),
    [(None, "cannot be read back: broken"), (Product(counts=Counts(), parts=(1,)), "is not what")],
)
def test_a_product_that_differs_is_not_put_in_place(
    found: Product | None, reason: str, tmp_path: Path, bundle: Bundle
) -> None:
    with pytest.raises(KnownError, match=reason):
        product.write("x", Other(found), tmp_path / "a", header=HEADER, articles=[bundle])
    with pytest.raises(Refused, match="nothing to write"):
        product.write("x", Other(found), tmp_path / "a", header=HEADER, articles=[])
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_graph_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"<graphml xmlns='http://graphml.graphdrawing.org/xmlns'/>")
    with pytest.raises(ValueError, match="no graph"):
        graphml.parse(tmp_path / "a")


def full(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("folder", [True, False])
def test_a_full_disk_leaves_what_was_there(
    folder: bool,  # noqa: FBT001 - a parameter of the test
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "out"
    with place.replaced(out, folder=folder) as made:
        (made / "a" if folder else made).write_text("old", "utf-8")
    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(KnownError, match=r"no space is left on the disk\. What was there"),
        place.replaced(out, folder=folder) as made,
    ):
        (made / "a" if folder else made).write_text("new", "utf-8")
    assert (out / "a" if folder else out).read_text("utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_take_the_place_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with place.replaced(out, folder=True) as made:
        (made / "a").write_text("old", "utf-8")
    rename, calls = Path.rename, 0

    def second_fails(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == 2:
            full()
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(KnownError, match="no space"), place.replaced(out, folder=True) as made:
        (made / "a").write_text("new", "utf-8")
    assert (out / "a").read_text("utf-8") == "old"


def test_a_disk_that_cannot_sync_folders_is_no_reason_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(_: int) -> NoReturn:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", unsupported)
    with place.replaced(tmp_path / "a", folder=False) as made:
        made.write_text("new", "utf-8")
    assert (tmp_path / "a").read_text("utf-8") == "new"
    assert place.fingerprint(tmp_path / "a") != place.fingerprint(tmp_path)


def test_differences_are_named(bundle: Bundle) -> None:
    changed = replace(bundle.annotations[0], attributes={"count": 1})
    other = replace(bundle, annotations=(changed, bundle.annotations[1]))
    assert digest(bundle) != digest(other)
    told = list(differences(bundle, other))
    assert [line.split(":")[0] for line in told] == ["annotations", "annotations"]
    assert list(differences(bundle, bundle)) == []
    numbers = [replace(changed, attributes={"count": v}) for v in (1, 1.0, True, "1", 2**60)]
    digests = {digest(replace(bundle, annotations=(one,))) for one in numbers}
    assert len(digests) == 4


def test_a_draft_refuses_texts_that_cannot_be_kept(tmp_path: Path) -> None:
    for raw in ("a\0b", " \n", ""):
        with pytest.raises(InputRefused):
            Draft(raw, Tally())
    (tmp_path / "a").write_bytes(b"\xff")
    with pytest.raises(InputRefused, match="not in UTF-8: byte 1"):
        text_of(tmp_path / "a")
    with pytest.raises(InputRefused, match="larger than 0 MB"):
        text_of(tmp_path / "a", most=0)


def test_further_values_of_one_field_are_counted(bundle: Bundle) -> None:
    from app.exchange.carry import narrow
    from app.model.annotation import Evidence

    evidence = tuple(Evidence(attribute="place", value=v) for v in ("Rome", "Oslo"))
    given = replace(bundle, annotations=(replace(bundle.annotations[1], evidence=evidence),))
    tally = Tally()
    narrow(given, Room(carries=EVERYTHING), tally)
    assert [(one.what, one.count) for one in tally.lost()] == [
        ("further values without words of one field", 1)
    ]
