"""UIMA CAS XMI 1.0: one file an article, and TypeSystem.xml beside them."""

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from app.exchange import uima, xml_file
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.uima import ROOM, Cas, Structure, fit
from app.model.errors import InputRefused
from app.model.text import OffsetMap

__all__ = ["ROOM", "fit", "read", "write"]

_XMI = "http://www.omg.org/XMI"
_CAS, _TCAS = "http:///uima/cas.ecore", "http:///uima/tcas.ecore"
_TYPES = "http://uima.apache.org/resourceSpecifier"
_KNOWN_POINTERS = frozenset({"Governor", "Dependent", "target", "next", "first"})
_PRIMITIVE = frozenset(
    f"uima.cas.{name}"
    for name in ("String", "Integer", "Long", "Float", "Double", "Boolean", "Short", "Byte")
)
SYSTEM = "TypeSystem.xml"


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write a file an article and the type system into an empty folder."""
    records = {record.id: record for record in header.records}
    used: set[tuple[str, str]] = set()
    for number, bundle in enumerate(articles, start=1):
        cas = uima.to_cas(bundle, records)
        used.update(uima.used_in(cas))
        xml_file.write(path / f"{number:06d}.xmi", _document(cas))
    xml_file.write(path / SYSTEM, _system(uima.types_of(header, used)))


def _document(cas: Cas) -> ET.Element:
    root = ET.Element(f"{{{_XMI}}}XMI", {f"{{{_XMI}}}version": "2.0"})
    ident = f"{{{_XMI}}}id"
    ET.SubElement(root, f"{{{_CAS}}}NULL", {ident: "0"})
    length = str(OffsetMap(cas.text).utf16_length)
    place = {"sofa": "1", "begin": "0", "end": length}
    language = cas.language or "x-unspecified"
    ET.SubElement(
        root, f"{{{_TCAS}}}DocumentAnnotation", {ident: "2", **place, "language": language}
    )
    for one in cas.structures:
        package, _, name = one.type.rpartition(".")
        attributes = {ident: str(one.id), **one.features}
        attributes |= {end: str(ids[0]) for end, ids in one.points.items()}
        if one.begin >= 0:
            attributes |= {"sofa": "1", "begin": str(one.begin), "end": str(one.end)}
        ET.SubElement(root, f"{{http:///{package.replace('.', '/')}.ecore}}{name}", attributes)
    sofa = {"sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text", "sofaString": cas.text}
    ET.SubElement(root, f"{{{_CAS}}}Sofa", {ident: "1", **sofa})
    members = " ".join(str(n) for n in (2, *(one.id for one in cas.structures)))
    ET.SubElement(root, f"{{{_CAS}}}View", {"sofa": "1", "members": members})
    return root


def _system(types: dict[str, set[str]]) -> ET.Element:
    root = ET.Element("typeSystemDescription", xmlns=_TYPES)
    listed = ET.SubElement(root, "types")
    for name, features in sorted(types.items()):
        made = ET.SubElement(listed, "typeDescription")
        ET.SubElement(made, "name").text = name
        ET.SubElement(made, "description")
        above = uima.TOP if name == uima.ARTICLE else uima.ANNOTATION
        ET.SubElement(made, "supertypeName").text = above
        held = ET.SubElement(made, "features")
        ranges = dict.fromkeys(sorted(features), uima.STRING)
        if name == uima.LINK:
            ranges |= dict.fromkeys(uima.ENDS, uima.ANNOTATION)
        for feature, range_ in ranges.items():
            one = ET.SubElement(held, "featureDescription")
            ET.SubElement(one, "name").text = feature
            ET.SubElement(one, "description")
            ET.SubElement(one, "rangeTypeName").text = range_
    return root


# -- reading --------------------------------------------------------------------------------------


def read(path: Path) -> Dataset:
    """Return the article of a file, or those of a folder; a type system beside them is used."""
    files = sorted(path.rglob("*.xmi")) if path.is_dir() else [path]
    if not files:
        raise InputRefused("there is no .xmi file in it")
    known = {folder: _pointers(folder) for folder in {file.parent for file in files}}

    def load(file: Path) -> Cas:
        return _cas(xml_file.read(file), known[file.parent])

    return uima.from_files(files, load, several=path.is_dir())


def _pointers(folder: Path) -> set[str] | None:
    """Return the features that point at others, by the type systems in a folder; None without."""
    found: set[str] | None = None
    for file in sorted(folder.glob("*.xml")):
        if "typesystem" not in file.name.lower():
            continue
        found = found or set()
        for one in xml_file.read(file).iter(f"{{{_TYPES}}}featureDescription"):
            name = one.findtext(f"{{{_TYPES}}}name", "").strip()
            range_ = one.findtext(f"{{{_TYPES}}}rangeTypeName", "").strip()
            if range_ not in _PRIMITIVE and not range_.endswith("StringArray"):
                found.add(name)
    return found


def _cas(root: ET.Element, pointers: set[str] | None) -> Cas:
    if xml_file.local(root.tag) != "XMI":
        raise InputRefused("it is no XMI document")
    sofa = next((e for e in root if xml_file.local(e.tag) == "Sofa" and e.get("sofaString")), None)
    if sofa is None:
        raise InputRefused("it has no text")
    ident = f"{{{_XMI}}}id"
    cas = Cas(sofa.get("sofaString", ""))
    names = _KNOWN_POINTERS | (pointers or set())
    for element in root:
        package, _, name = element.tag[1:].rpartition("}")
        type_ = (
            f"{package.removeprefix('http:///').removesuffix('.ecore').replace('/', '.')}.{name}"
        )
        made = Structure(int(element.get(ident, "0")), type_.removeprefix("."))
        for feature, value in element.attrib.items():
            ids = value.split()
            if feature in names and ids and all(one.isdigit() for one in ids):
                made.points[feature] = [int(one) for one in ids]
            elif feature not in {ident, "sofa", "begin", "end"}:
                made.features[feature] = value
        for child in element:
            made.features.setdefault(xml_file.local(child.tag), child.text or "")
        begin, end = element.get("begin", ""), element.get("end", "")
        if begin.isdigit() and end.isdigit() and element.get("sofa") == sofa.get(ident):
            made.begin, made.end = int(begin), int(end)
        cas.structures.append(made)
    _find_slots(cas)
    return cas


def _find_slots(cas: Cas) -> None:
    """Take features for slots that name links, which have a target: no type system says it."""
    links = {str(one.id) for one in cas.structures if one.begin < 0 and "target" in one.points}
    for one in cas.structures:
        for name, value in list(one.features.items()):
            ids = value.split()
            if ids and links.issuperset(ids):
                one.points[name] = [int(number) for number in ids]
                del one.features[name]
