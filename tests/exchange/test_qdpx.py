"""REFI-QDA projects: valid by the published schema, and those of other programs are read."""

import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from app.exchange import qdpx
from app.exchange.dataset import Bundle, Header
from app.exchange.registry import format_named
from app.model.errors import InputRefused

CODES = (
    '<CodeBook><Codes><Code guid="{00000000-0000-0000-0000-000000000001}" name="Actor"'
    ' isCodable="true"/></Codes></CodeBook>'
)


def project(folder: Path, text: bytes, selections: str, *, origin: str = "ATLAS.ti") -> Path:
    source = f'<TextSource guid="5" name="One" plainTextPath="internal://a.txt">{selections}</TextSource>'
    qde = f'<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{origin}">{CODES}'
    with zipfile.ZipFile(folder / "p.qdpx", "w") as archive:
        archive.writestr("Project.qde", f"{qde}<Sources>{source}</Sources></Project>")
        archive.writestr("Sources/A.txt", text)
    return folder / "p.qdpx"


def selection(start: int, end: int, name: str = "", code: int = 1) -> str:
    reference = f"00000000-0000-0000-0000-{code:012d}"
    return (
        f'<PlainTextSelection guid="{start}-{end}" name="{name}" startPosition="{start}"'
        f' endPosition="{end}"><Description>seen</Description><Coding guid="c{start}">'
        f'<CodeRef targetGUID="{reference}"/></Coding></PlainTextSelection>'
    )


def test_the_schema_accepts_the_sample(
    shared_data: Path, tmp_path: Path, header: Header, bundle: Bundle
) -> None:
    etree = import_module("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(shared_data / "REFI-QDA-Project-mrt2019.xsd")))
    format_ = format_named("qdpx")
    assert format_ is not None
    assert format_.write is not None
    format_.write(tmp_path / "a.qdpx", header, [bundle], lambda _: None)
    format_.write(tmp_path / "b.qdpx", header, [bundle], lambda _: None)
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.qdpx") as archive:
        document = etree.fromstring(archive.read("project.qde"))
        text = archive.read(f"sources/{bundle.article.id}.txt").decode()
    schema.assertValid(document)
    found = list(document.iter("{urn:QDA-XML:project:1.0}PlainTextSelection"))
    assert len(found) == 117 + 71
    for one in found:
        start, end = int(one.get("startPosition")), int(one.get("endPosition"))
        assert text[start:end].startswith(one.get("name"))


def test_a_project_of_nvivo_has_its_texts_in_word_files(shared_data: Path) -> None:
    (path,) = (shared_data / "05_qda" / "nvivo_mac").glob("*.qdpx")
    with pytest.raises(InputRefused, match="no source with a plain text"):
        qdpx.read(path)


@pytest.mark.parametrize(
    ("origin", "marks"),
    [
        ("ATLAS.ti", [(2, 6, "Anna"), (11, 14, "Ben")]),
        ("NVivo", [(3, 7, ""), (13, 16, "")]),
        ("MAXQDA", [(2, 5, "Anna"), (12, 14, "Ben")]),
        ("other", [(3, 7, "Anna"), (13, 16, "Ben")]),
    ],
)
def test_offsets_are_those_that_fit_the_words(
    tmp_path: Path, origin: str, marks: list[tuple[int, int, str]]
) -> None:
    text = "😀 Anna saw\r\nBen".encode()
    if origin == "ATLAS.ti":
        text = "😀 Anna saw\nBen".encode()
    path = project(tmp_path, text, "".join(selection(*one) for one in marks), origin=origin)
    (bundle,) = qdpx.read(path).articles
    assert [item.quote for item in bundle.annotations] == ["Anna", "Ben"]
    assert {(item.type, item.comment) for item in bundle.annotations} == {("Actor", "seen")}


def test_what_cannot_be_used_is_counted(tmp_path: Path) -> None:
    bare = '<PlainTextSelection guid="9" startPosition="0" endPosition="1"/>'
    path = project(tmp_path, b"Anna", bare + selection(0, 4, code=2) + selection(0, 99))
    dataset = qdpx.read(path)
    assert [(one.what, one.count) for one in dataset.lost] == [
        ("selections", 1),
        ("selections", 1),
        ("annotations", 1),
    ]


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.qdpx").write_bytes(b"PK")
    with pytest.raises(InputRefused, match="no REFI-QDA project"):
        qdpx.read(tmp_path / "a.qdpx")
    with zipfile.ZipFile(tmp_path / "b.qdpx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(InputRefused, match=r"no \.qde file"):
        qdpx.read(tmp_path / "b.qdpx")
