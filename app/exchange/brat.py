"""brat standoff: a text and an .ann file an article, in a folder.

Offsets count code points. https://brat.nlplab.org/standoff.html
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, unquote

from app.exchange.carry import Room, Tally, without
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft, Span, text_of
from app.exchange.features import MARKS, Feature
from app.exchange.reserved import COMMENT, KIND, NAME, RECORD, RESERVED, back, fields, safe_name
from app.exchange.reserved import take as take_fields
from app.model.annotation import Annotation, Fragment, Value, reading_order
from app.model.errors import InputRefused
from app.model.ids import derived_id
from app.model.registry import Record

ROOM = Room(carries=MARKS - {Feature.ABOUT})

_OURS = "# written by Pressmark"
_IDS = "pressmark-ids.tsv"
"""Beside the files that brat reads: which of our annotations each key stands for."""

_LINE = "a line ends a fragment there"
_LINES = "brat has no such line"
_EMPTY = "%"
_BREAK = re.compile(r"\s*\n\s*")


# -- writing --------------------------------------------------------------------------------------


def fit(bundle: Bundle, tally: Tally) -> Bundle:
    """Let no fragment begin or end with a line end, and no gap be one and nothing else."""
    kept, gone = [], []
    for item in bundle.annotations:
        fragments = tuple(_joined(_trimmed(item.fragments), bundle.article.text))
        if not fragments:
            gone.append(item.id)
            continue
        if fragments == item.fragments:
            kept.append(item)
            continue
        tally.add("line ends at the edge of annotations", 1, _LINE)
        kept.append(replace(item, fragments=fragments))
    tally.add("annotations of line ends alone", len(gone), _LINE)
    return without(replace(bundle, annotations=tuple(kept)), gone, tally)


def _trimmed(fragments: Iterable[Fragment]) -> Iterator[Fragment]:
    for start, _, words in fragments:
        stripped = words.strip("\n")
        if stripped:
            first = start + len(words) - len(words.lstrip("\n"))
            yield Fragment(first, first + len(stripped), stripped)


def _joined(fragments: Iterable[Fragment], text: str) -> Iterator[Fragment]:
    """Yield the fragments; two with a line end and white space between them as one."""
    before: Fragment | None = None
    for one in fragments:
        if before is not None and _BREAK.fullmatch(text, before.end, one.start):
            before = Fragment(before.start, one.end, text[before.start : one.end])
            continue
        if before is not None:
            yield before
        before = one
    if before is not None:
        yield before


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write a .txt and an .ann an article, and the annotation.conf that brat wants beside them."""
    records = {record.id: record for record in header.records}
    known = _Known()
    with (path / _IDS).open("w", encoding="utf-8", newline="\n") as ids:
        for number, bundle in enumerate(articles, start=1):
            stem = path / f"{number:06d}"
            stem.with_suffix(".txt").write_bytes(bundle.article.text.encode())
            lines = "".join(f"{line}\n" for line in _lines(bundle, records, known))
            stem.with_suffix(".ann").write_bytes(lines.encode())
            ids.writelines(
                f"{stem.name}\tT{n}\t{item.id}\n"
                for n, item in enumerate(sorted(bundle.annotations, key=reading_order), start=1)
            )
    (path / "annotation.conf").write_bytes(known.conf().encode())


@dataclass(slots=True)
class _Known:
    """The names that annotation.conf has to list."""

    types: set[str] = field(default_factory=set)
    links: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    attributes: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)

    def conf(self) -> str:
        links = [
            f"{role}\tArg1:{'|'.join(sorted(one))}, Arg2:{'|'.join(sorted(other))}"
            for role, (one, other) in sorted(self.links.items())
        ]
        fields_ = [
            f"{name}\tArg:{'|'.join(sorted(on))}, Value:{'|'.join(sorted(values))}"
            for name, (on, values) in sorted(self.attributes.items())
        ]
        parts: tuple[tuple[str, list[str]], ...] = (
            ("entities", sorted(self.types)),
            ("relations", links),
            ("events", []),
            ("attributes", fields_),
        )
        sections = (f"[{n}]\n" + "".join(f"{one}\n" for one in lines) for n, lines in parts)
        return f"{_OURS}\n" + "\n".join(sections)


def _lines(bundle: Bundle, records: dict[str, Record], known: _Known) -> Iterator[str]:
    keys: dict[str, str] = {}
    types: dict[str, str] = {}
    layers = {item.id: item.layer for item in bundle.annotations}
    counts = {"A": 0, "N": 0, "#": 0}

    def attribute(key: str, on: str, name: str, value: Value) -> str:
        counts["A"] += 1
        label, token = safe_name(name), _token(str(value))
        listed = known.attributes.setdefault(label, (set(), set()))
        listed[0].add(on)
        listed[1].add(token)
        return f"A{counts['A']}\t{label} {key} {token}"

    for number, item in enumerate(sorted(bundle.annotations, key=reading_order), start=1):
        key = keys[item.id] = f"T{number}"
        label = types[item.id] = safe_name(item.type)
        known.types.add(label)
        pieces = list(_pieces(item))
        places = ";".join(f"{f.start} {f.end}" for f in pieces)
        yield f"{key}\t{label} {places}\t{' '.join(f.text for f in pieces)}"
        for name, value in fields(
            item, records, leave=frozenset({COMMENT, RECORD, NAME, KIND})
        ).items():
            yield attribute(key, label, name, value)
        if item.record:
            counts["N"] += 1
            record = records.get(item.record)
            kind, name = (record.kind, record.name) if record else ("", "")
            yield (
                f"N{counts['N']}\tReference {key} {_token(kind)}:{item.record}\t{_one_line(name)}"
            )
        if item.comment:
            counts["#"] += 1
            yield f"#{counts['#']}\tAnnotatorNotes {key}\t{_one_line(item.comment)}"
    for number, link in enumerate(bundle.relations, start=1):
        role = safe_name(link.role)
        ends = known.links.setdefault(role, (set(), set()))
        ends[0].add(types[link.source])
        ends[1].add(types[link.target])
        yield f"R{number}\t{role} Arg1:{keys[link.source]} Arg2:{keys[link.target]}\t"
        given = dict(link.attributes)
        if link.layer != layers[link.source]:
            given["pm_layer"] = link.layer
        for name, value in given.items():
            yield attribute(f"R{number}", role, name, value)


def _pieces(item: Annotation) -> Iterator[Fragment]:
    """Yield the fragments, cut at line ends."""
    for start, _, words in item.fragments:
        place = start
        for line in words.split("\n"):
            if line:
                yield Fragment(place, place + len(line), line)
            place += len(line) + 1


def _token(words: str) -> str:
    """Return words as the one token that a value may be."""
    return re.sub(r"[\s%:]", lambda m: quote(m[0], safe=""), words) or _EMPTY


def _from_token(token: str) -> str:
    return "" if token == _EMPTY else unquote(token)


def _one_line(words: str) -> str:
    return words.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


_ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}


def _from_line(words: str) -> str:
    return re.sub(r"\\[\\nr]", lambda m: _ESCAPES[m[0]], words)


# -- reading --------------------------------------------------------------------------------------


def read(path: Path) -> Dataset:
    """Return the articles of a folder, or the one of an .ann file and the text beside it."""
    if path.is_dir():
        found = sorted(path.rglob("*.ann"))
        if not found:
            raise InputRefused("there is no .ann file in it")
    else:
        found = [path]
    conf = found[0].parent / "annotation.conf"
    ours = conf.is_file() and conf.read_bytes().startswith(_OURS.encode())
    tally, records = Tally(), dict[str, Record]()
    ids = _ids(conf.parent / _IDS) if ours else {}
    bundles = []
    for ann in found:
        text = ann.with_suffix(".txt")
        if not text.is_file():
            if not path.is_dir():
                raise InputRefused(f"there is no {text.name} beside it, and so no text")
            tally.add("files", 1, f"there is no text beside {ann.name}")
            continue
        name = text.relative_to(path).as_posix() if path.is_dir() else text.name
        reader = _Reader(Draft(text_of(text), tally, file=name), records, ours=ours)
        bundles.append(reader.read(ann, ids.get(ann.stem, {})))
    if path.is_dir():
        bundles += _bare(path, tally)
    return Dataset(
        articles=tuple(bundles),
        foreign=True,
        worded=ours,
        records=tuple(records.values()),
        lost=tally.lost(),
    )


def _bare(folder: Path, tally: Tally) -> Iterator[Bundle]:
    """Yield texts that nobody has annotated yet; say which files beside them are none of brat's."""
    for one in sorted(folder.rglob("*")):
        if one.is_dir() or one.name.startswith(".") or one.suffix in {".ann", ".conf"}:
            continue
        if one.suffix == ".txt" and not one.with_suffix(".ann").exists():
            yield Draft(text_of(one), tally, file=one.relative_to(folder).as_posix()).bundle()
        elif one.suffix != ".txt" and one.name != _IDS:
            tally.add("files", 1, "in a folder of brat only .txt and .ann are read")


def _ids(path: Path) -> dict[str, dict[str, str]]:
    """Return which annotation of ours each key is, by file, as far as that was written down."""
    found: dict[str, dict[str, str]] = {}
    if path.is_file():
        for line in text_of(path, most=1 << 30).splitlines():
            stem, _, rest = line.partition("\t")
            key, _, made = rest.partition("\t")
            found.setdefault(stem, {})[key] = made
    return found


class _Reader:
    """Reads one .ann file; lines may come in any order."""

    def __init__(self, draft: Draft, records: dict[str, Record], *, ours: bool) -> None:
        self.draft = draft
        self._tally, self._records, self._ours = draft.tally, records, ours
        self._ids: dict[str, str] = {}
        self._later: list[tuple[str, list[str]]] = []
        self._events: dict[str, str] = {}
        self._roles: list[tuple[str, str]] = []

    def read(self, ann: Path, ids: dict[str, str]) -> Bundle:
        self._ids = ids
        for number, line in enumerate(text_of(ann).split("\n"), start=1):
            parts = line.rstrip("\r").split("\t")
            if not line.strip():
                continue
            if line[0] == "T" and len(parts) >= 2:
                self._span(parts)
            elif line[0] == "E" and len(parts) >= 2:
                self._event(*parts[:2])
            elif line[0] in "RAMN#*" and len(parts) >= 2:
                self._later.append((str(number), parts))
            else:
                self._tally.add("lines", 1, _LINES)
        for key, roles in self._roles:
            self._arguments(key, roles)
        for place, parts in self._later:
            self._line(place, parts)
        return self.draft.bundle()

    def _span(self, parts: list[str]) -> None:
        label, _, places = parts[1].partition(" ")
        try:
            ranges = [tuple(map(int, place.split())) for place in places.split(";")]
            pairs = [(start, end) for start, end in ranges]
        except ValueError:
            self._tally.add("lines", 1, _LINES)
            return
        quotes = ["\t".join(parts[2:])] if len(parts) > 2 else []
        span = self.draft.mark(
            parts[0], back(label), pairs, quotes=quotes, made=self._ids.get(parts[0], "")
        )
        if span is not None:
            span.fragments = tuple(_joined(span.fragments, self.draft.text))

    def _event(self, key: str, line: str) -> None:
        trigger, *roles = line.split()
        _, _, target = trigger.partition(":")
        self._events[key] = target
        self._roles += [(key, role) for role in roles]

    def _arguments(self, key: str, role: str) -> None:
        name, _, target = role.partition(":")
        name = name if self._ours else name.rstrip("0123456789")
        source = self._own(key)
        self.draft.link(f"{key} {role}", back(name), source, self._own(target))

    def _own(self, key: str) -> str:
        """Return the annotation that a key stands for: of an event that of its trigger.

        Of several events with one trigger each later one gets an annotation of its own.
        """
        if key not in self._events:
            return key
        trigger = self._events[key]
        sharing = [one for one, other in self._events.items() if other == trigger]
        if key == sharing[0] or trigger not in self.draft.spans:
            return trigger
        if key not in self.draft.spans:
            first = self.draft.spans[trigger]
            made = derived_id("mark", first.id, key)
            self.draft.spans[key] = Span(id=made, type=first.type, fragments=first.fragments)
        return key

    def _line(self, number: str, parts: list[str]) -> None:
        key, (label, *rest) = parts[0], parts[1].split(" ")
        match key[0]:
            case "R" if len(rest) >= 2:
                ends = [one.rpartition(":")[2] for one in rest[:2]]
                self.draft.link(key, back(label), self._own(ends[0]), self._own(ends[1]))
            case "*":
                for one, other in pairwise(rest):
                    name = f"* {number} {one} {other}"
                    self.draft.link(name, back(label), self._own(one), self._own(other))
            case "A" | "M" if rest:
                self._attribute(label, rest)
            case "N" if len(rest) >= 2 and rest[0][:1] in "TE":
                self._normalised(rest, parts[2] if len(parts) > 2 else "")
            case "#" if rest and self._own(rest[0]) in self.draft.spans:
                span = self.draft.spans[self._own(rest[0])]
                words = "\t".join(parts[2:])
                words = _from_line(words) if self._ours else words
                span.comment = f"{span.comment}\n{words}".strip("\n") if span.comment else words
            case _:
                self._tally.add("lines", 1, _LINES)

    def _attribute(self, label: str, rest: list[str]) -> None:
        value: Value = True
        if len(rest) > 1:
            value = _from_token(rest[1]) if self._ours else " ".join(rest[1:])
        name, target = back(label), rest[0]
        link = self.draft.links.get(target)
        if link is not None:
            if name == "pm_layer":
                link.layer = str(value)
            else:
                link.attributes[name] = value
        elif (span := self.draft.spans.get(self._own(target))) is not None:
            given = {name: value}
            if name in RESERVED and self._ours:
                take_fields(span, given, self._records)
            else:
                span.attributes.update(given)
        else:
            self._tally.add("fields", 1, "what they belong to is not there")

    def _normalised(self, rest: list[str], name: str) -> None:
        span = self.draft.spans.get(self._own(rest[1] if rest[0] == "Reference" else rest[0]))
        where = rest[2] if rest[0] == "Reference" and len(rest) > 2 else rest[1]
        authority, _, entry = where.partition(":")
        if span is None or not entry:
            self._tally.add("lines", 1, _LINES)
            return
        if self._ours:
            kind, identifier = _from_token(authority), entry
            record = Record(id=entry, kind=kind, name=_from_line(name))
        else:
            identifier = derived_id("record", authority, entry)
            known = {authority.lower(): entry}
            words = name or span.fragments[0].text
            record = Record(id=identifier, kind="", name=words, external=known)
        span.record = identifier
        if record.name:
            self._records.setdefault(identifier, record)
