"""Annotations as feature structures of Apache UIMA, as INCEpTION and DKPro keep them.

Common to XMI and CAS JSON. Offsets count UTF-16 units. A span is one stretch there: a mark with
gaps runs from its first word to its last and names its stretches in `pm_fragments`.
https://uima.apache.org/d/uimaj-current/references.html
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.exchange import json_file, reserved
from app.exchange.carry import Room, Tally, xml_safe
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft
from app.exchange.features import MARKS
from app.model.annotation import Value
from app.model.errors import InputRefused
from app.model.registry import Record
from app.model.text import OffsetMap

ROOM = Room(carries=MARKS)

PACKAGE = "webanno.custom."
ANNOTATION, TOP, STRING = "uima.tcas.Annotation", "uima.cas.TOP", "uima.cas.String"
SOFA, DOCUMENT = "uima.cas.Sofa", "uima.tcas.DocumentAnnotation"
ARTICLE, LINK = f"{PACKAGE}PressmarkArticle", f"{PACKAGE}PressmarkLink"
ENDS = ("Governor", "Dependent")

_ID, _FRAGMENTS, _ABOUT = "pm_id", "pm_fragments", "pm_about"
_TAKEN = frozenset({"begin", "end", "sofa", "id", "role", *ENDS})
_ENCODED = re.compile(r"_x([0-9a-f]{1,6})_")
_NOT_MARKS = re.compile(
    r"uima\.|de\.tudarmstadt\.ukp\.dkpro\.core\.api\.(segmentation|metadata|lexmorph|syntax|xml)|"
    r".*\.(Token|Sentence|Lemma|POS|Stem|Paragraph|Heading|DocumentMetaData|TagDescription|"
    r"TagsetDescription|LayerDefinition|FeatureDefinition|CASMetadata|XmlDocument|XmlElement)$"
)


def fit(bundle: Bundle, tally: Tally) -> Bundle:
    """Return the article with characters that XML can hold."""
    return xml_safe(bundle, tally)


@dataclass(slots=True)
class Structure:
    """One feature structure: its features as words, and those that point at others."""

    id: int
    type: str
    features: dict[str, str] = field(default_factory=dict)
    points: dict[str, list[int]] = field(default_factory=dict)
    begin: int = -1
    end: int = -1


@dataclass(slots=True)
class Cas:
    """A text and the feature structures over it; begin and end count UTF-16 units."""

    text: str
    structures: list[Structure] = field(default_factory=list)
    language: str = ""


def uima_name(name: str) -> str:
    """Return a name as UIMA takes it: letters, digits and `_`, a letter first."""
    made = re.sub(r"[^A-Za-z0-9_]|^[^A-Za-z]", lambda m: f"_x{ord(m[0]):x}_", name)
    made = made if made[:1].isalpha() else f"f{made}"
    return f"{made}_x_" if made in _TAKEN else made


def own_name(name: str) -> str:
    """Return the name that `uima_name` was given."""
    name = name.removesuffix("_x_")
    name = name[1:] if name.startswith("f_x") else name
    return _ENCODED.sub(lambda m: chr(min(int(m[1], 16), 0x10FFFF)), name)


def types_of(header: Header, used: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the types of our own with their features, from what was used: (type, feature)."""
    found: dict[str, set[str]] = {
        ARTICLE: {_ID, _ABOUT},
        LINK: {_ID, "role", reserved.LAYER},
        **{f"{PACKAGE}{uima_name(t.name)}": {_ID} for t in header.codebook.types},
    }
    for type_, feature in used:
        found.setdefault(type_, {_ID}).add(feature)
    return found


# -- writing --------------------------------------------------------------------------------------


def to_cas(bundle: Bundle, records: dict[str, Record]) -> Cas:
    """Return the feature structures of an article; ids count from 10."""
    article = bundle.article
    units = OffsetMap(article.text)
    about = json.dumps(json_file.about(article), ensure_ascii=False)
    cas = Cas(article.text, language=article.language)
    cas.structures.append(Structure(10, ARTICLE, {_ID: article.id, _ABOUT: about}))
    numbers: dict[str, Structure] = {}
    for number, item in enumerate(bundle.annotations, start=11):
        given = reserved.fields(item, records)
        features = {uima_name(n): str(v) for n, v in given.items()} | {_ID: item.id}
        if len(item.fragments) > 1:
            features[_FRAGMENTS] = ";".join(
                f"{units.to_utf16(f.start)}-{units.to_utf16(f.end)}" for f in item.fragments
            )
        made = Structure(number, f"{PACKAGE}{uima_name(item.type)}", features)
        made.begin, made.end = units.to_utf16(item.start), units.to_utf16(item.end)
        numbers[item.id] = made
        cas.structures.append(made)
    for number, link in enumerate(bundle.relations, start=11 + len(numbers)):
        source, target = numbers[link.source], numbers[link.target]
        features = {uima_name(n): str(v) for n, v in link.attributes.items()}
        features |= {_ID: link.id, "role": link.role, reserved.LAYER: link.layer}
        points = dict(zip(ENDS, ([source.id], [target.id]), strict=True))
        cas.structures.append(
            Structure(number, LINK, features, points, begin=target.begin, end=target.end)
        )
    return cas


def used_in(cas: Cas) -> Iterator[tuple[str, str]]:
    """Yield the types of our own in a CAS with each of their features."""
    for one in cas.structures:
        for name in one.features:
            yield one.type, name


# -- reading --------------------------------------------------------------------------------------


def from_files(files: Iterable[Path], load: Callable[[Path], Cas], *, several: bool) -> Dataset:
    """Return the articles of files. Of `several` those that cannot be used are counted."""
    tally, records = Tally(), dict[str, Record]()
    bundles: list[Bundle] = []
    reason = InputRefused("there is no such file in it")
    for file in files:
        try:
            bundles.append(from_cas(load(file), tally, records, file=file.name))
        except InputRefused as refused:
            tally.add("files", 1, str(refused))
            reason = refused
    if not bundles or (tally.counts.get(("files", str(reason))) and not several):
        raise reason
    return Dataset(
        articles=tuple(bundles),
        foreign=True,
        worded=True,
        records=tuple(records.values()),
        lost=tally.lost(),
    )


def from_cas(cas: Cas, tally: Tally, records: dict[str, Record], *, file: str) -> Bundle:
    """Return the article of a CAS, ours or of others: layers, their features, relations, slots."""
    about, made = _about(cas)
    draft = Draft(cas.text, tally, file=file, made=made, **about)
    by_id = {one.id: one for one in cas.structures}
    marks = {
        one.id: one
        for one in cas.structures
        if one.begin >= 0 and not _NOT_MARKS.match(one.type) and not _is_link(one)
    }
    keys = {number: one.features.get(_ID) or f"{number}" for number, one in marks.items()}
    for number, one in marks.items():
        pieces = one.features.get(_FRAGMENTS, f"{one.begin}-{one.end}")
        ranges = [(int(s), int(e)) for s, _, e in (p.partition("-") for p in pieces.split(";"))]
        span = draft.mark(keys[number], _type(one), ranges, utf16=True)
        if span is not None:
            reserved.take(span, _fields(one), records)
    for one in cas.structures:
        if _is_link(one):
            source, target = (_first(one, end) for end in ENDS)
            held = _fields(one)
            role = str(held.pop("role", "") or held.pop("label", "") or _type(one))
            draft.link(
                one.features.get(_ID) or f"r{one.id}",
                role,
                keys.get(source, ""),
                keys.get(target, ""),
                attributes={n: v for n, v in held.items() if n != reserved.LAYER},
                layer=str(held.get(reserved.LAYER, "")),
            )
        elif one.id in marks:
            _slots(one, by_id, keys, draft)
    return draft.bundle()


def _about(cas: Cas) -> tuple[dict[str, object], str]:
    own = next((one for one in cas.structures if one.type == ARTICLE), None)
    if own is not None:
        try:
            return json_file.known(json.loads(own.features.get(_ABOUT, "{}"))), own.features.get(
                _ID, ""
            )
        except (ValueError, AttributeError):
            raise InputRefused("what it says about its article is broken") from None
    for one in cas.structures:
        if one.type.endswith(".DocumentMetaData") and one.features.get("documentTitle"):
            return {"title": one.features["documentTitle"]}, ""
    return {}, ""


def _is_link(one: Structure) -> bool:
    return all(end in one.points for end in ENDS)


def _first(one: Structure, name: str) -> int:
    return next(iter(one.points.get(name, ())), -1)


def _type(one: Structure) -> str:
    return own_name(one.type.rpartition(".")[2])


def _fields(one: Structure) -> dict[str, Value]:
    hidden = {_ID, _FRAGMENTS}
    ours = one.type.startswith(PACKAGE)
    return {
        own_name(name) if ours else name: value
        for name, value in one.features.items()
        if name not in hidden
    }


def _slots(one: Structure, by_id: dict[int, Structure], keys: dict[int, str], draft: Draft) -> None:
    """Make relations of features that point at marks, be it through a link with a role."""
    for name, ids in one.points.items():
        for n, number in enumerate(ids):
            end, role = number, name
            between = by_id.get(number)
            if between is not None and between.begin < 0 and "target" in between.points:
                end, role = _first(between, "target"), between.features.get("role") or name
            if end in keys:
                draft.link(f"s{one.id} {name} {n}", role, keys[one.id], keys[end])
