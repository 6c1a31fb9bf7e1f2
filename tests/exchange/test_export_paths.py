"""Exports write where they were told to, whatever names lie in the project."""

import zipfile
from pathlib import Path, PureWindowsPath

import pytest

from app.exchange.registry import FORMATS, Format
from app.model.annotation import fragments_of
from app.model.commands import AddAnnotation, AddArticle, AddRecord
from app.model.errors import Refused
from app.workspace import Workspace
from app.workspace.exporting import export
from tests.projects import CODEBOOK, article, mark, person

NAMES = (
    "../../escaped",
    "..\\..\\escaped",
    "/home/escaped",
    "C:\\escaped",
    "CON",
    "nul.txt",
    "a:b|c?d*e",
    "~/escaped",
    ".",
    "..",
    "line\nbreak",
    "x" * 300,
)
WRITTEN = [one for one in FORMATS if one.write is not None and one.needs is None]
ASKS_MORE = {"dna", "plover", "graphml", "gexf"}
"""What asks for fields of the codebook that this one has not; each is one file."""
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{n}{i}" for n in ("COM", "LPT") for i in range(10))}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of articles, people and annotators with names that are paths."""
    place = tmp_path_factory.mktemp("project") / "p.pressmark"
    Workspace.create(place, name=NAMES[0], codebook=CODEBOOK, annotator="../ann").close()
    for name in NAMES:
        with Workspace.open(place, annotator=f"{name[:40]} who") as ws:
            text = f"{name} said so. People marched."
            story = article(text, title=name, source=name, url=name, author=name)
            ws.do(AddArticle(article=story), title="import")
            who = person(name, aliases=(name,))
            ws.do(AddRecord(record=who), title="add")
            parts = fragments_of(text, [(0, len(name))])
            added = mark(
                story,
                0,
                1,
                type="actor",
                fragments=parts,
                record=who.id,
                layer=ws.layer,
            )
            ws.do(AddAnnotation(annotation=added), title="tag", article=story.id)
    return place


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def harmless(name: str) -> bool:
    """Tell whether a name stays where it is unpacked, on Windows as well."""
    path = PureWindowsPath(name)
    stems = {part.split(".")[0].upper() for part in path.parts}
    return (
        not path.is_absolute()
        and not path.drive
        and "\\" not in name
        and ".." not in path.parts
        and not stems & _RESERVED
        and not set('<>:"|?*\n\0') & set(name)
        and all(len(part) < 200 for part in path.parts)
    )


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda one: one.name)
def test_an_export_stays_where_it_was_asked_for(
    format_: Format, project: Path, tmp_path: Path
) -> None:
    place = tmp_path / "one" / "two" / "three"
    place.mkdir(parents=True)
    out = place / f"out{format_.ending}"
    with Workspace.open(project, annotator="ann", read_only=True) as ws:
        if format_.name in ASKS_MORE:
            with pytest.raises(Refused, match="codebook"):
                export(ws, out, format_)
        else:
            export(ws, out, format_)
            assert out.exists()
    beyond = everything(tmp_path) - {"one", "one/two", "one/two/three"}
    assert {name for name in beyond if not name.startswith(f"one/two/three/{out.name}")} == set()
    made = [str(path.relative_to(out)) for path in out.rglob("*")] if out.is_dir() else []
    if out.is_file() and zipfile.is_zipfile(out):
        with zipfile.ZipFile(out) as archive:
            made = archive.namelist()
    assert [name for name in made if not harmless(name)] == []


def test_what_an_earlier_export_links_to_is_left_alone(project: Path, tmp_path: Path) -> None:
    format_ = next(one for one in WRITTEN if one.folder)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("mine")
    with Workspace.open(project, annotator="ann", read_only=True) as ws:
        out = tmp_path / "out"
        export(ws, out, format_)
        (out / "linked").symlink_to(outside)
        for made in [one for one in out.iterdir() if one.suffix]:
            made.unlink()
            made.symlink_to(outside / "mine.txt")
        export(ws, out, format_)
    assert [path.name for path in outside.iterdir()] == ["mine.txt"]
    assert (outside / "mine.txt").read_text() == "mine"
    assert not [path for path in out.rglob("*") if path.is_symlink()]


def test_a_link_to_the_project_is_no_place_for_an_export(project: Path, tmp_path: Path) -> None:
    before = project.read_bytes()
    link = tmp_path / "out.json"
    link.symlink_to(project)
    format_ = next(one for one in WRITTEN if one.name == "json")
    with (
        Workspace.open(project, annotator="ann", read_only=True) as ws,
        pytest.raises(Refused, match="the project itself"),
    ):
        export(ws, link, format_)
    assert project.read_bytes() == before
