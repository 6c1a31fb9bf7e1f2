"""WebAnno TSV 3, as WebAnno and INCEpTION export it: layers, their features, relations, slots.

Offsets count UTF-16 units. Chains and what belongs to tokens alone are counted and left out. The
white space between sentences is not in such a file: line ends and spaces stand in its place.
https://inception-project.github.io (appendix: WebAnno TSV 3 file format)
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from app.exchange.carry import Room, Tally
from app.exchange.dataset import Dataset
from app.exchange.draft import Draft, text_of
from app.model.annotation import Value
from app.model.errors import InputRefused

ROOM = Room(carries=frozenset())

_ROW = re.compile(r"(\d+)-(\d+)((?:\.\d+)*)\t(\d+)-(\d+)\t")
_SPLIT = {sign: re.compile(rf"(?<!\\){re.escape(sign)}") for sign in ("|", ";")}
_NUMBERED = re.compile(r"(?s)(.*?)(?<!\\)\[(\d+)(?:_(\d+))?\]\Z")
_NAMES = {"t": "\t", "n": "\n"}
_OF_TOKENS = re.compile(r".*\.(POS|Lemma|Stem|MorphologicalFeatures|SurfaceForm|Token)$")


@dataclass(frozen=True, slots=True)
class _Layer:
    """A layer and its columns: where they begin, and what each is called."""

    kind: str
    type: str
    columns: tuple[str, ...]
    first: int

    @property
    def name(self) -> str:
        return self.type.rpartition(".")[2]


@dataclass(slots=True)
class _Mark:
    """An annotation that may run over several rows. Offsets count UTF-16 units."""

    layer: str
    begin: int
    end: int
    fields: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    address: str
    begin: int
    end: int
    cells: tuple[str, ...]


def read(path: Path) -> Dataset:
    """Return the article of a file. Raises `InputRefused` for version 2 and for other tables."""
    text = text_of(path)
    if not text.lstrip("\ufeff").startswith("#FORMAT=WebAnno TSV 3"):
        raise InputRefused("it is no WebAnno TSV 3: its first line does not say so")
    return _Reader(text.lstrip("\ufeff").replace("\r\n", "\n"), path.name).dataset()


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._tally = Tally()
        self._layers: list[_Layer] = []
        self._rows: list[_Row] = []
        self._units = bytearray()
        self._marks: dict[str, _Mark] = {}
        self._numbered: dict[tuple[str, str], str] = {}
        self._links: list[tuple[str, str, str, dict[str, Value]]] = []
        for block in re.split(r"\n\n+", text):
            self._block(block.split("\n"))

    def _block(self, lines: list[str]) -> None:
        sentence: list[str] = []
        rows: list[_Row] = []
        for line in lines:
            if line.startswith("#Text="):
                sentence.append(_unescaped_text(line.removeprefix("#Text=")))
            elif line.startswith("#T_"):
                self._layer(line)
            elif (found := _ROW.match(line)) is not None:
                _, *cells = line[found.end() :].split("\t")
                number, token, sub, begin, end = found.groups()
                address = f"{number}-{token}{sub}"
                rows.append(_Row(address, int(begin), int(end), tuple(cells)))
        if rows:
            self._sentence("\n".join(sentence), rows)

    def _layer(self, line: str) -> None:
        kind, _, rest = line[1:].partition("=")
        type_, *columns = rest.split("|")
        columns = columns if any(columns) else [""]
        first = sum(len(one.columns) for one in self._layers)
        self._layers.append(_Layer(kind, type_, tuple(columns), first))

    def _sentence(self, sentence: str, rows: list[_Row]) -> None:
        """Put a sentence where its first token says, and keep its rows."""
        begin = min(row.begin for row in rows)
        data = sentence.encode("utf-16-le", "surrogatepass")
        lead = len(sentence) - len(sentence.lstrip())
        start = max(0, begin - lead)
        gap = 2 * start - len(self._units)
        if gap < 0:
            raise InputRefused("its sentences overlap")
        if gap:
            self._units += ("\n" + " " * (gap // 2 - 1)).encode("utf-16-le")
        self._units += data
        self._rows += rows

    def dataset(self) -> Dataset:
        if not self._rows:
            raise InputRefused("it holds no token")
        raw = self._units.decode("utf-16-le", "replace")
        draft = Draft(raw, self._tally, file=self._file)
        for row in self._rows:
            for layer in self._layers:
                cells = row.cells[layer.first : layer.first + len(layer.columns)]
                if len(cells) == len(layer.columns) and any(one != "_" for one in cells):
                    self._cells(row, layer, cells)
        for key, mark in self._marks.items():
            span = draft.mark(key, mark.layer, [(mark.begin, mark.end)], utf16=True)
            if span is not None:
                span.attributes = mark.fields
        for number, (role, source, target, fields) in enumerate(self._links):
            ends = self._resolved(source), self._resolved(target)
            draft.link(f"r{number}", role, *ends, attributes=fields)
        return Dataset(articles=(draft.bundle(),), foreign=True, lost=self._tally.lost())

    def _cells(self, row: _Row, layer: _Layer, cells: tuple[str, ...]) -> None:
        if layer.kind == "T_CH":
            self._tally.add("links of chains", 1, "Pressmark keeps such links in its registry")
        elif layer.kind == "T_RL":
            self._relation(row, layer, cells)
        elif _OF_TOKENS.match(layer.type):
            self._tally.add(f"annotations of {layer.name}", 1, "they are about single tokens")
        else:
            self._span(row, layer, cells)

    def _span(self, row: _Row, layer: _Layer, cells: tuple[str, ...]) -> None:
        """Take what stands at one token in one layer: several marks where they are stacked."""
        stacked = [_parts(cell, "|") for cell in cells]
        for place in range(max(map(len, stacked))):
            given = [parts[place] if place < len(parts) else "_" for parts in stacked]
            number = next((m[2] for one in given if (m := _NUMBERED.match(one))), "")
            key = f"{layer.type} {number or f'{row.address} {place}'}"
            mark = self._marks.get(key)
            fresh = mark is None
            if mark is None:
                mark = self._marks[key] = _Mark(layer.name, row.begin, row.end)
            mark.begin, mark.end = min(mark.begin, row.begin), max(mark.end, row.end)
            self._numbered[row.address, number] = key
            self._numbered[f"{layer.type} {row.address}", number] = key
            if fresh:
                self._fields(mark, layer, given, key)

    def _fields(self, mark: _Mark, layer: _Layer, given: list[str], key: str) -> None:
        columns = iter(zip(layer.columns, given, strict=True))
        for name, cell in columns:
            words = _NUMBERED.sub(r"\1", cell) if not name.startswith("ROLE_") else cell
            if name.startswith("ROLE_"):
                target = next(columns, ("", "_"))
                self._slots(name, cell, target, key)
            elif name and words not in {"*", "_"}:
                mark.fields[name] = _unescaped(words)

    def _slots(self, name: str, roles: str, target: tuple[str, str], source: str) -> None:
        """Keep the links of a slot until all marks are known."""
        type_, addresses = target
        feature = name.rpartition(":")[2].partition("_")[0]
        for role, address in zip(_parts(roles, ";"), _parts(addresses, ";"), strict=False):
            if address in {"_", "*"}:
                continue
            word = feature if role in {"*", "_"} else _unescaped(role)
            self._links.append((word, source, f"@{type_} {address}", {}))

    def _relation(self, row: _Row, layer: _Layer, cells: tuple[str, ...]) -> None:
        """Take relations, which stand at the row of the mark they lead to."""
        base = layer.columns[-1].removeprefix("BT_")
        stacked = [_parts(cell, "|") for cell in cells]
        for place, ends in enumerate(stacked[-1]):
            if ends == "_":
                continue
            fields: dict[str, Value] = {}
            for name, parts in zip(layer.columns[:-1], stacked[:-1], strict=True):
                words = parts[place] if place < len(parts) else "_"
                if name and words not in {"*", "_"}:
                    fields[name] = _unescaped(words)
            found = _NUMBERED.match(ends)
            address, one, other = found.groups() if found else (ends, "", "")
            source = f"@{base} {address}[{one}]" if one and one != "0" else f"@{base} {address}"
            here = other or ""
            target = f"@{base} {row.address}" + (f"[{here}]" if here and here != "0" else "")
            self._links.append((layer.name, source, target, fields))

    def _resolved(self, end: str) -> str:
        """Return the key of the mark that an address names: `@type 1-3[2]`."""
        if not end.startswith("@"):
            return end
        type_, _, address = end[1:].rpartition(" ")
        found = _NUMBERED.match(address)
        place, number = (found[1], found[2]) if found else (address, "")
        return (
            self._numbered.get((f"{type_} {place}", number))
            or self._numbered.get((place, number))
            or ""
        )


def _parts(cell: str, sign: str) -> list[str]:
    return _SPLIT[sign].split(cell)


def _unescaped(words: str) -> str:
    return re.sub(r"\\(->|.)", lambda m: _NAMES.get(m[1], m[1]), words, flags=re.DOTALL)


def _unescaped_text(words: str) -> str:
    known = {**_NAMES, "\\": "\\", "r": "\r"}
    return re.sub(r"\\([\\tnr])", lambda m: known[m[1]], words)
