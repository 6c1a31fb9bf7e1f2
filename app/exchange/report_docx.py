"""The report as a Word document (Office Open XML), written with the standard library."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from app.exchange import xml_file
from app.exchange.dataset import Header
from app.exchange.product import Product
from app.exchange.report import ROOM, Entry, Quote, build, joined, parsed, tints

__all__ = ["ROOM", "build", "dump", "parse"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_TITLE, _ABOUT, _TEXT, _TYPE, _QUOTE = "Heading1", "About", "Article", "Heading2", "Quotation"
_STYLES = (
    (_TITLE, "heading 1", 32, True),
    (_ABOUT, "About", 18, False),
    (_TEXT, "Article", 22, False),
    (_TYPE, "heading 2", 26, True),
    (_QUOTE, "Quotation", 22, False),
)
_BREAK = "\n"


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


def dump(path: Path, product: Product, header: Header) -> None:
    """Write the document."""
    ET.register_namespace("w", _W)
    root = ET.Element(_w("document"))
    body = ET.SubElement(root, _w("body"))
    colours = tints(header.codebook)
    styles = {name: f"Type{number}" for number, name in enumerate(colours)}
    for entry in product.parts:
        for paragraph in _paragraphs(entry, styles):
            body.append(paragraph)
    ET.SubElement(body, _w("sectPr"))
    types = (("/word/document.xml", "document.main"), ("/word/styles.xml", "styles"))
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_WORD}.{kind}+xml"/>' for part, kind in types
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relation("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
        "word/styles.xml": ET.tostring(_styles(colours, styles), encoding="unicode"),
        "word/document.xml": ET.tostring(root, encoding="unicode"),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            archive.writestr(entry, f"{head}{text}".encode())


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


def _styles(colours: dict[str, str], styles: dict[str, str]) -> ET.Element:
    root = ET.Element(_w("styles"))
    for kind, name in (("paragraph", "Normal"), ("character", "Default Paragraph Font")):
        about = {_w("type"): kind, _w("styleId"): name.replace(" ", ""), _w("default"): "1"}
        style = ET.SubElement(root, _w("style"), about)
        ET.SubElement(style, _w("name"), {_w("val"): name})
    for ident, name, size, bold in _STYLES:
        style = ET.SubElement(root, _w("style"), {_w("type"): "paragraph", _w("styleId"): ident})
        ET.SubElement(style, _w("name"), {_w("val"): name})
        ET.SubElement(style, _w("qFormat"))
        look = ET.SubElement(style, _w("rPr"))
        if bold:
            ET.SubElement(look, _w("b"))
        ET.SubElement(look, _w("sz"), {_w("val"): str(size)})
    for type_, ident in styles.items():
        style = ET.SubElement(root, _w("style"), {_w("type"): "character", _w("styleId"): ident})
        ET.SubElement(style, _w("name"), {_w("val"): xml_file.clean(type_)})
        look = ET.SubElement(style, _w("rPr"))
        fill = colours[type_].lstrip("#").upper()
        shade = {_w("val"): "clear", _w("color"): "auto", _w("fill"): fill}
        ET.SubElement(look, _w("shd"), shade)
    return root


def _paragraph(style: str) -> ET.Element:
    made = ET.Element(_w("p"))
    look = ET.SubElement(made, _w("pPr"))
    ET.SubElement(look, _w("pStyle"), {_w("val"): style})
    if style == _TITLE:
        ET.SubElement(look, _w("pageBreakBefore"))
    return made


def _run(paragraph: ET.Element, words: str, style: str = "") -> None:
    run = ET.SubElement(paragraph, _w("r"))
    if style:
        look = ET.SubElement(run, _w("rPr"))
        ET.SubElement(look, _w("rStyle"), {_w("val"): style})
    for number, part in enumerate(words.split("\t")):
        if number:
            ET.SubElement(run, _w("tab"))
        if part:
            text = ET.SubElement(run, _w("t"))
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = part


def _paragraphs(entry: Entry, styles: dict[str, str]) -> Iterator[ET.Element]:
    for style, words in ((_TITLE, entry.title), (_ABOUT, entry.about)):
        paragraph = _paragraph(style)
        _run(paragraph, words)
        yield paragraph
    paragraph = _paragraph(_TEXT)
    for words, name in entry.stretches:
        for number, line in enumerate(words.split(_BREAK)):
            if number:
                yield paragraph
                paragraph = _paragraph(_TEXT)
            if line:
                _run(paragraph, line, styles.get(name, ""))
    yield paragraph
    for label, quotes in entry.quotes:
        paragraph = _paragraph(_TYPE)
        _run(paragraph, label)
        yield paragraph
        for one in quotes:
            paragraph = _paragraph(_QUOTE)
            _run(paragraph, one.words)
            _run(paragraph, f"\t{one.details}")
            yield paragraph


# -- reading back ---------------------------------------------------------------------------------


def parse(path: Path) -> Product:
    """Return the entries of a document."""
    with zipfile.ZipFile(path) as archive:
        root = xml_file.parse(archive.read("word/document.xml"))
        styles = xml_file.parse(archive.read("word/styles.xml"))
    names = {
        style.get(_w("styleId"), ""): _value(style.find(_w("name")))
        for style in styles
        if style.get(_w("type")) == "character"
    }
    entries: list[Entry] = []
    held: list[_Held] = []
    for element in root.iter(_w("p")):
        kind = _value(element.find(f"{_w('pPr')}/{_w('pStyle')}"))
        if kind == _TITLE and held:
            entries.append(_entry(held))
            held = []
        runs = [
            ("".join(_words(run)), names.get(_value(run.find(f"{_w('rPr')}/{_w('rStyle')}")), ""))
            for run in element.iter(_w("r"))
        ]
        held.append((kind, runs))
    if held:
        entries.append(_entry(held))
    return parsed(entries)


_Held = tuple[str, list[tuple[str, str]]]
"""The style of a paragraph, and its runs: words and the name of their style."""


def _value(element: ET.Element | None) -> str:
    return element.get(_w("val"), "") if element is not None else ""


def _words(paragraph: ET.Element) -> Iterator[str]:
    for part in paragraph.iter():
        if part.tag == _w("t"):
            yield part.text or ""
        elif part.tag == _w("tab"):
            yield "\t"


def _entry(held: list[_Held]) -> Entry:
    runs: list[tuple[str, str]] = []
    quotes: list[tuple[str, list[Quote]]] = []
    about = ""
    for kind, parts in held:
        words = "".join(one for one, _ in parts)
        if kind == _TEXT:
            runs += [*parts, (_BREAK, "")]
        elif kind == _ABOUT:
            about = words
        elif kind == _TYPE:
            quotes.append((words, []))
        elif kind == _QUOTE:
            quote, _, details = words.partition("\t")
            quotes[-1][1].append(Quote(quote, details))
    made = tuple((label, tuple(items)) for label, items in quotes)
    text = "".join(words for words, _ in runs)[: -len(_BREAK)]
    title = "".join(words for words, _ in held[0][1])
    return Entry(title, about, text, made, joined(runs[:-1]))
