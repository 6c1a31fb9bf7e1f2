"""Word documents are read as they are, or refused with the reason."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from app.exchange import docx, foreign_article
from app.exchange.dataset import Lost
from app.model.errors import InputRefused

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def made(body: str, *, head: str = "", extra: dict[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {SPACE}>{body}</w:document>")
        for name, text in (extra or {}).items():
            archive.writestr(name, text)
    return file.getvalue()


def para(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_an_article_keeps_its_text_and_the_hash_of_its_file(tmp_path: Path) -> None:
    core = (
        '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Strike</dc:title>'
        "<dc:creator>A. Writer</dc:creator></c>"
    )
    data = made(para("2 500 😀 אלפי") + para("Second."), extra={"docProps/core.xml": core})
    path = tmp_path / "one.docx"
    path.write_bytes(data)
    (bundle,) = foreign_article.read(path, "docx").articles
    article = bundle.article
    assert article.text == "2 500 😀 אלפי\nSecond.\n"
    assert (article.title, article.author) == ("Strike", "A. Writer")
    assert article.origin.sha256 == hashlib.sha256(data).hexdigest()


def test_signs_moved_words_and_tab_stops() -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>'
        "<w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r>"
        "<w:moveFrom><w:r><w:t>old</w:t><w:tab/></w:r></w:moveFrom>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    assert docx.read(made(body))["text"] == "a\tb\nc\u2011\n"


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(made(para("Text.") + "<w:p><w:r><w:footnoteReference/></w:r></w:p>"))
    lost = (Lost(what="footnotes", count=1, reason="only the running text is taken"),)
    assert foreign_article.read(path, "docx").lost == lost


BOMB = '<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (made(para("&c;"), head=BOMB), "declares entities"),
        (made("<w:p>" * 2_500 + "</w:p>" * 2_500), "nested too deeply"),
        (made(para("x" * (101 << 20))), "unpacks to too much"),
        (made("<w:p>"), "XML is broken"),
        (made(para("a"), extra={f"x{n}": "" for n in range(5_001)}), "too many parts"),
        (made(para("a"))[:60], "cut off"),
        (b"only words", "not a Word document"),
        (b"\xd0\xcf\x11\xe0rest", "password"),
        (b"PK\x05\x06" + b"\0" * 18, "without a Word document"),
    ],
    ids=lambda one: one if isinstance(one, str) else "data",  # an archive holds its time
)
def test_a_hostile_document_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputRefused, match=reason):
        docx.read(data)


@pytest.mark.parametrize(("data", "reason"), [(b"", "is empty"), (made(""), "holds no text")])
def test_an_empty_document_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "empty.docx"
    path.write_bytes(data)
    with pytest.raises(InputRefused, match=reason):
        foreign_article.read(path, "docx")


def test_nothing_is_unpacked_by_name(tmp_path: Path) -> None:
    path = tmp_path / "in" / "walk.docx"
    path.parent.mkdir()
    path.write_bytes(made(para("Text."), extra={"../escaped.txt": "out", "/tmp/abs": "out"}))  # noqa: S108
    assert len(list(foreign_article.read(path, "docx").articles)) == 1
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == ["walk.docx"]


REFUSED = {
    "blk-containing-table.docx": "holds no text",  # no w:t in these five: empty cells and pictures
    "doc-no-coreprops.docx": "holds no text",
    "empty.docx": "holds no text",
    "external-picture.docx": "holds no text",
    "sty-having-no-styles-part.docx": "holds no text",
    "testWORD_protected_passtika.docx": "password",
    "testWORD_truncated.docx": "cut off",
}


def test_the_files_of_others(shared_data: Path) -> None:
    seen: dict[str, str] = {}
    paths = sorted(
        p for d in ("09_sources", "10_robustness") for p in shared_data.glob(f"{d}/*/*.docx")
    )
    for path in paths:
        try:
            (bundle,) = foreign_article.read(path, "docx").articles
            assert bundle.article.text.strip()
        except InputRefused as refusal:
            seen[path.name] = str(refusal)
    assert len(paths) >= 16
    assert {
        name: next((part for part in [REFUSED.get(name, "?")] if part in why), why)
        for name, why in seen.items()
    } == REFUSED
