"""Files that were made to hang, fill the memory or lead astray whoever reads them."""

import io
import random
import zipfile
from collections.abc import Callable

from tests.exchange.books import book
from tests.exchange.pdf_file import made_pdf

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "lollollollollollollol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE w [<!ENTITY a "{"A" * 100_000}">]>'


def _zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def _docx(body: str, head: str = "") -> bytes:
    document = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return _zipped("word/document.xml", document.encode())


def _odt(body: str, head: str = "") -> bytes:
    names = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}"'
    return _zipped("content.xml", f"{head}<office:d {names}>{body}</office:d>".encode())


def _para(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _bomb_book() -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([["text"], ["x"]]))) as plain,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in plain.namelist():
            data = plain.read(name)
            if name.endswith("s1.xml"):
                row = b"<row><c t='inlineStr'><is><t>" + b"A" * 1_000 + b"</t></is></c></row>"
                data = data.replace(b"</sheetData>", row * 250_000 + b"</sheetData>")
            archive.writestr(name, data)
    return file.getvalue()


def _parts_in_parts() -> bytes:
    heads = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    )
    return b"Subject: x\n" + heads + b"Content-Type: text/plain\n\nx\n"


def _aliases() -> bytes:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return ("---\n" + "\n".join(lines) + "\n---\nWords.\n").encode()


FILES: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: _docx(_para("A" * 1_000) * 150_000),
    "outside.docx": lambda: _docx(_para("&x;"), OUTSIDE),
    "laughs.docx": lambda: _docx(_para("&i;"), LAUGHS),
    "quadratic.docx": lambda: _docx(_para("&a;" * 5_000), QUADRATIC),
    "deep.docx": lambda: _docx("<w:p>" * 100_000 + "</w:p>" * 100_000),
    "cut.docx": lambda: _docx(_para("x" * 1_000))[:200],
    "laughs.odt": lambda: _odt("<text:p>&i;</text:p>", LAUGHS),
    "deep.odt": lambda: _odt("<text:p>" * 100_000),
    "spaces.odt": lambda: _odt('<text:p><text:s text:c="999999999"/>x</text:p>' * 100),
    "deep.rtf": lambda: b"{\\rtf1 " + b"{" * 200_000,
    "long.rtf": lambda: b"{\\rtf1 " + b"\\u9999999?" * 100_000 + b"}",
    "word.rtf": lambda: b"{\\rtf1 \\" + b"a" * 1_000_000 + b"}",
    "bin.rtf": lambda: b"{\\rtf1 \\bin9999999999 x}",
    "deep.html": lambda: b"<div>" * 100_000 + b"x",
    "attributes.html": lambda: b"<p " + b"a=b " * 300_000 + b">x",
    "cells.html": lambda: b"<table><tr><td>" * 20_000,
    "big.html": lambda: b"<html><article>" + b"<p>Protest in Moscow, they said.</p>" * 50_000,
    "angles.html": lambda: b"<" * 1_000_000,
    "comments.html": lambda: b"<!--" * 300_000,
    "entities.html": lambda: b"&#x110000;&#0;&#xD800;&nbsp;&notin;" * 50_000,
    "bomb.pdf": lambda: made_pdf(
        b"BT /F1 12 Tf 72 700 Td " + b"(A) Tj " * 15_000_000 + b"ET", packed=True
    ),
    "nested.pdf": lambda: made_pdf(b"q " * 1_000_000 + b"[" * 500_000, packed=True),
    "cut.pdf": lambda: made_pdf(b"BT (x) Tj ET", packed=True)[:200],
    "circle.pdf": lambda: made_pdf(b"BT (x) Tj ET", kids=b"2 0 R", packed=True),
    "parts.eml": _parts_in_parts,
    "header.eml": lambda: b"Subject: " + b"=?utf-8?q?x?= " * 10_000 + b"\n\nx\n",
    "aliases.md": _aliases,
    "front.md": lambda: b"---\n" + b"a: [" * 4_000 + b"\n---\nWords.\n",
    "bomb.xlsx": _bomb_book,
    "wide.csv": lambda: b"text" + b"," * 200_000 + b"\nx\n",
    "quote.csv": lambda: b'text\n"' + b"x" * 3_000_000,
    "deep.jsonl": lambda: b'{"text": ' + b"[" * 200_000,
    "nexis.txt": lambda: b"1 of 9 DOCUMENTS\n" * 50_000,
    "factiva.txt": lambda: b"HD\n" * 200_000 + b"Document TEST0000020120109e51700030\n",
    "outside.xml": f"{OUTSIDE}<PPSResponse>&x;</PPSResponse>".encode,
    "laughs.xml": f"<?xml version='1.0'?>{LAUGHS}<PPSResponse>&i;</PPSResponse>".encode,
    "random.txt": lambda: random.Random(1).randbytes(300_000),
    "random.pdf": lambda: b"%PDF-1.4\n" + random.Random(2).randbytes(300_000),
    "random.rtf": lambda: b"{\\rtf1" + random.Random(3).randbytes(300_000),
}
"""How each is made: name, and what gives its bytes."""
