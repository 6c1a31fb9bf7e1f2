"""REFI-QDA projects (.qdpx), which NVivo, ATLAS.ti, MAXQDA and QualCoder exchange.

A type is a code, an annotation a coded selection, its fields stand in the selection's description.
Offsets count code points from 0, as most programs write them; what others mean is told by the words
beside them. https://www.qdasoftware.org
"""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from app.exchange import json_file, reserved, xml_file
from app.exchange.carry import Room, Tally, links_of_sources, xml_safe
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft
from app.exchange.features import MARKS, Feature
from app.exchange.zip_file import UNREADABLE
from app.model.annotation import Annotation
from app.model.article import Article
from app.model.errors import InputRefused
from app.model.ids import derived_id
from app.model.registry import Record

ROOM = Room(carries=MARKS - {Feature.GAPS, Feature.LINK_FIELDS})

_SPACE = "urn:QDA-XML:project:1.0"
_ABOUT = "pressmark"
_MOST = 1024**3
_ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}


def fit(bundle: Bundle, tally: Tally) -> Bundle:
    """Return the article with characters that XML can hold, and links by whoever made the mark."""
    return links_of_sources(xml_safe(bundle, tally), tally)


# -- writing --------------------------------------------------------------------------------------


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write the project file and a text an article into one zip file."""
    records = {record.id: record for record in header.records}
    sources = ET.Element("Sources")
    links = ET.Element("Links")
    types: dict[str, None] = {t.name: None for t in header.codebook.types}
    people: dict[str, None] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for bundle in articles:
            article = bundle.article
            types |= dict.fromkeys(item.type for item in bundle.annotations)
            people |= dict.fromkeys(item.layer for item in bundle.annotations)
            _put(archive, f"sources/{article.id}.txt", article.text.encode())
            sources.append(_source(bundle, records))
            for link in bundle.relations:
                ends = {"originGUID": link.source, "targetGUID": link.target}
                about = {"guid": link.id, "name": link.role, "direction": "OneWay"}
                ET.SubElement(links, "Link", {**about, **ends})
        root = ET.Element("Project", xmlns=_SPACE, name=header.project.name, origin="Pressmark")
        users = ET.SubElement(root, "Users")
        for name in people or {"nobody": None}:
            ET.SubElement(users, "User", guid=_user(name), name=name)
        codes = ET.SubElement(ET.SubElement(root, "CodeBook"), "Codes")
        for name in types:
            ET.SubElement(codes, "Code", guid=_code(name), name=xml_file.clean(name)).set(
                "isCodable", "true"
            )
        variable = {"guid": derived_id("variable", _ABOUT), "name": _ABOUT}
        held = ET.SubElement(root, "Variables")
        ET.SubElement(held, "Variable", {**variable, "typeOfVariable": "Text"})
        root.append(sources)
        if len(links):
            root.append(links)
        data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        _put(archive, "project.qde", data)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name)  # with a fixed date: the same project gives the same bytes
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _user(name: str) -> str:
    return derived_id("user", name)


def _code(name: str) -> str:
    return derived_id("code", name)


def _source(bundle: Bundle, records: dict[str, Record]) -> ET.Element:
    article = bundle.article
    path = f"internal://{article.id}.txt"
    made = ET.Element(
        "TextSource", guid=article.id, name=article.title or article.id, plainTextPath=path
    )
    for item in bundle.annotations:
        made.append(_selection(item, records))
    value = ET.SubElement(made, "VariableValue")
    ET.SubElement(value, "VariableRef", targetGUID=derived_id("variable", _ABOUT))
    ET.SubElement(value, "TextValue").text = _about(article)
    return made


def _about(article: Article) -> str:
    return json.dumps(json_file.about(article), ensure_ascii=False)


def _selection(item: Annotation, records: dict[str, Record]) -> ET.Element:
    user = {"creatingUser": _user(item.layer)}
    place = {"startPosition": str(item.start), "endPosition": str(item.end)}
    words = xml_file.clean(item.fragments[0].text)
    about = {"guid": item.id, "name": words, **place, **user}
    made = ET.Element("PlainTextSelection", about)
    fields = reserved.fields(item, records, leave=frozenset({reserved.LAYER}))
    if fields:
        lines = (f"{_line(name)}: {_line(str(value))}" for name, value in fields.items())
        ET.SubElement(made, "Description").text = "\n".join(lines)
    coding = ET.SubElement(made, "Coding", {"guid": derived_id("coding", item.id), **user})
    ET.SubElement(coding, "CodeRef", targetGUID=_code(item.type))
    return made


def _line(words: str) -> str:
    return words.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _from_line(words: str) -> str:
    return re.sub(r"\\[\\nr]", lambda m: _ESCAPES[m[0]], words)


# -- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Selection:
    start: int
    end: int
    words: str
    element: ET.Element


def read(path: Path) -> Dataset:
    """Return the texts of a project with their coded selections; other sources are counted."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _Reader(archive).dataset()
    except UNREADABLE as error:
        raise InputRefused(f"it is no REFI-QDA project: {error}") from None


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        infos = [one for one in archive.infolist() if not one.is_dir()]
        if sum(one.file_size for one in infos) > _MOST:
            raise InputRefused("it is too large when it is unpacked")
        self._files = {PurePosixPath(one.filename).name.lower(): one for one in infos}
        project = next((n for n in sorted(self._files) if n.endswith(".qde")), None)
        if project is None:
            raise InputRefused("it is no REFI-QDA project: there is no .qde file in it")
        self._root = xml_file.parse(archive.read(self._files[project]))
        self._tally, self._records = Tally(), dict[str, Record]()
        self._ours = self._root.get("origin") == "Pressmark"
        self._codes = {_guid(one): one.get("name", "") for one in _all(self._root, "Code")}
        self._users = {_guid(one): one.get("name", "") for one in _all(self._root, "User")}
        self._keys: dict[str, str] = {}

    def dataset(self) -> Dataset:
        drafts = [d for one in _all(self._root, "TextSource") if (d := self._draft(one))]
        for kind in ("PDFSource", "PictureSource", "AudioSource", "VideoSource"):
            self._tally.add("sources", len(list(_all(self._root, kind))), "they are no plain texts")
        if not drafts:
            raise InputRefused("it holds no source with a plain text")
        by_mark = {key: draft for draft in drafts for key in draft.spans}
        for link in _all(self._root, "Link"):
            ends = [_bare(link.get(name, "")) for name in ("originGUID", "targetGUID")]
            draft = by_mark.get(self._keys.get(ends[0], ""), drafts[0])
            keys = [self._keys.get(end, "") for end in ends]
            draft.link(_guid(link), link.get("name") or "link", *keys)
        return Dataset(
            articles=tuple(draft.bundle() for draft in drafts),
            foreign=True,
            worded=self._ours,
            records=tuple(self._records.values()),
            lost=self._tally.lost(),
        )

    def _draft(self, source: ET.Element) -> Draft | None:
        text = self._text(source)
        name = source.get("name", "")
        if text is None or not text.strip():
            reason = "their text lies in a document beside them, not in a plain text"
            self._tally.add("sources", 1, reason)
            return None
        about: dict[str, object] = {"title": name}
        if self._ours:
            about = json_file.known(json.loads(next(_all(source, "TextValue")).text or "{}"))
        draft = Draft(text, self._tally, file=name, made=_guid(source), **about)
        found = [
            _Selection(int(start), int(end), one.get("name", ""), one)
            for one in _all(source, "PlainTextSelection")
            if (start := one.get("startPosition", "")).isdigit()
            and (end := one.get("endPosition", "")).isdigit()
        ]
        utf16, more = self._unit(found, draft)
        for one in found:
            self._select(one, draft, utf16=utf16, more=more)
        return draft

    def _text(self, source: ET.Element) -> str | None:
        inline = next(_all(source, "PlainTextContent"), None)
        if inline is not None:
            return inline.text or ""
        path = source.get("plainTextPath", "").removeprefix("internal://")
        entry = self._files.get(PurePosixPath(path.replace("\\", "/")).name.lower())
        if entry is None:
            return None
        try:
            return self._archive.read(entry).decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def _unit(self, found: list[_Selection], draft: Draft) -> tuple[bool, int]:
        """Return how a text's offsets count: (UTF-16?, what to add to the end).

        The words that some programs give as a selection's name tell; without any it is code points
        and ends that are left out, but UTF-16 in what NVivo wrote.
        """
        if self._ours:
            return False, 0
        named = [one for one in found if one.words][:500]
        ways = [(utf16, more) for more in (0, 1) for utf16 in (False, True)]
        fits = [
            sum(draft.says([(one.start, one.end + more)], one.words, utf16=utf16) for one in named)
            for utf16, more in ways
        ]
        if max(fits, default=0) > len(named) // 2:
            return ways[fits.index(max(fits))]
        return self._root.get("origin", "").startswith("NVivo"), 0

    def _select(self, one: _Selection, draft: Draft, *, utf16: bool, more: int) -> None:
        codings = list(_all(one.element, "Coding"))
        if not codings:
            self._tally.add("selections", 1, "they have no code")
        for number, coding in enumerate(codings):
            reference = next(_all(coding, "CodeRef"), None)
            code = self._codes.get(
                _bare(reference.get("targetGUID", "")) if reference is not None else ""
            )
            if not code:
                self._tally.add("selections", 1, "their code is not in the codebook")
                continue
            key = _guid(one.element) if number == 0 else _guid(coding) or f"{number}"
            span = draft.mark(key, code, [(one.start, one.end + more)], utf16=utf16)
            if span is None:
                continue
            self._keys.setdefault(_guid(one.element), key)
            person = coding.get("creatingUser") or one.element.get("creatingUser") or ""
            span.layer = self._users.get(_bare(person), "")
            words = next(
                (d.text or "" for d in one.element if xml_file.local(d.tag) == "Description"), ""
            )
            if self._ours:
                lines = (line.partition(": ") for line in words.split("\n") if line)
                given = {_from_line(n): _from_line(v) for n, _, v in lines}
                reserved.take(span, given, self._records)
            else:
                span.comment = words


def _all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield all elements of a name within another one, whatever the version of the namespace."""
    return (one for one in element.iter() if xml_file.local(one.tag) == name)


def _bare(guid: str) -> str:
    return guid.strip("{}").lower()


def _guid(element: ET.Element) -> str:
    return _bare(element.get("guid", ""))
