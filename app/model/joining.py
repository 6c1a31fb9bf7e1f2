"""The dataset as tables: one row for each thing, after the mentions of one thing are joined.

Marks that mention the same registry record are one row, over all articles; a mark that mentions
none is a row of its own. What the rows hold follows from the codebook alone: its roles, in both
directions, its evidence and its fields. A table is a view; nothing of it is stored.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

from app.model.annotation import Annotation, Relation, Value
from app.model.article import Article, State
from app.model.codebook import Attribute, Codebook, SpanType
from app.model.figure import figure_words, magnitude
from app.model.registry import Record
from app.model.wording import natural, on_one_line

Kind = Literal["date", "main", "place", "role", "figure", "count", "field", "article"]

_LONGEST = 60
_START, _END = "date_start", "date_end"
_BY = "reported_by"
_ALLEGED = "alleged"

SortKey = tuple[object, ...]


class Part(NamedTuple):
    """One thing of a cell. `type` is the type whose badge stands before it, or empty.

    `linked` says that it is a record of the registry, `note` what is doubtful about it.
    """

    words: str
    type: str = ""
    linked: bool = False
    note: str = ""


class Cell(NamedTuple):
    """What stands in one column of a row, and what the column is sorted by."""

    parts: tuple[Part, ...] = ()
    key: SortKey = ()

    @property
    def words(self) -> str:
        """Everything in it, as it is copied."""
        said = (f"{one.words} ({one.note})" if one.note else one.words for one in self.parts)
        return ", ".join(said)


class Column(NamedTuple):
    """A column. `name` tells it from others; `shown`: it is there before one chooses."""

    name: str
    label: str
    kind: Kind
    shown: bool = True


class Place(NamedTuple):
    """Where a thing is mentioned: the ids of an article and of the mark in it."""

    article: str
    annotation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing. `record` is the registry record all its mentions have, if any.

    `states` are those of the articles it is mentioned in, `dates` the first and last day (ISO
    8601, empty where nobody knows), `found_by` its words in lower case.
    """

    key: str
    type: str
    record: str | None
    cells: tuple[Cell, ...]
    mentions: tuple[Place, ...]
    states: frozenset[State]
    dates: tuple[str, str]
    found_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one type of the codebook, in the order of first mention."""

    type: SpanType
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _End:
    """Somebody at the other end of links of one role."""

    part: Part
    doubtful: bool = True


@dataclass(slots=True)
class _Thing:
    """What is gathered of one thing while the articles go by."""

    type: str
    record: str | None
    mentions: list[Place] = field(default_factory=list)
    quote: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    states: set[State] = field(default_factory=set)
    ends: dict[str, dict[str, _End]] = field(default_factory=dict)
    figures: dict[str, Annotation] = field(default_factory=dict)
    reporters: dict[str, Part] = field(default_factory=dict)
    counts: dict[str, set[str]] = field(default_factory=dict)
    values: dict[str, dict[str, None]] = field(default_factory=dict)


_Maker = Callable[[_Thing], Cell]
"""What makes the cell of a column."""


class Joining:
    """Takes articles one after the other and gives the tables of all types."""

    def __init__(
        self, codebook: Codebook, records: Iterable[Record], profile: str | None = None
    ) -> None:
        self._codebook = codebook
        self._records = {record.id: record for record in records}
        self._profile = codebook.shown(profile)
        self._types = {one.name: one for one in codebook.types if not one.archived}
        self._things: dict[str, dict[str, _Thing]] = {name: {} for name in self._types}

    def add(
        self,
        article: Article,
        annotations: Iterable[Annotation],
        relations: Iterable[Relation],
        state: State,
    ) -> None:
        """Take in one layer of an article."""
        marks = {one.id: one for one in annotations if one.type in self._types}
        for mark in marks.values():
            thing = self._thing(mark)
            thing.mentions.append(Place(article.id, mark.id))
            thing.titles.setdefault(article.id, article.title)
            thing.states.add(state)
            self._take_values(thing, mark)
        reporters: dict[str, list[Part]] = {}
        for link in relations:
            source, target = marks.get(link.source), marks.get(link.target)
            if source is None or target is None:
                continue
            if link.role == _BY:
                reporters.setdefault(source.id, []).append(self._part(target))
            self._take_end(source, target, link)
        for link in relations:
            source, target = marks.get(link.source), marks.get(link.target)
            if source is not None and target is not None and source.type != target.type:
                self._take_source(source, target, reporters.get(source.id, ()))

    def tables(self) -> tuple[Table, ...]:
        """Return a table for each type of the codebook, in its order."""
        return tuple(self._table(span_type) for span_type in self._types.values())

    # -- taking in --------------------------------------------------------------------------------

    def _thing(self, mark: Annotation) -> _Thing:
        things = self._things[mark.type]
        record = mark.record if mark.record in self._records else None
        thing = things.get(record or mark.id)
        if thing is None:
            thing = things[record or mark.id] = _Thing(mark.type, record, quote=mark.quote)
        return thing

    def _part(self, mark: Annotation) -> Part:
        record = self._records.get(mark.record or "")
        words = record.name if record else mark.quote
        return Part(on_one_line(words, _LONGEST), mark.type, linked=record is not None)

    def _take_values(self, thing: _Thing, mark: Annotation) -> None:
        span_type = self._types[mark.type]
        if span_type.attribute("value") is not None:
            thing.figures[mark.id] = mark
        for attribute in span_type.attributes:
            for words in _said(attribute, mark.attributes.get(attribute.name)):
                thing.values.setdefault(attribute.name, {})[words] = None
        for one in mark.evidence:
            given = " … ".join(fragment.text for fragment in one.fragments)
            words = on_one_line(str(one.value or given), _LONGEST)
            if words:
                thing.values.setdefault(f"evidence {one.attribute}", {})[words] = None

    def _take_end(self, source: Annotation, target: Annotation, link: Relation) -> None:
        ends = self._thing(source).ends.setdefault(link.role, {})
        end = ends.setdefault(target.record or target.id, _End(self._part(target)))
        end.doubtful = end.doubtful and link.attributes.get(_ALLEGED) is True

    def _take_source(self, source: Annotation, target: Annotation, by: Iterable[Part]) -> None:
        thing = self._thing(target)
        if self._types[source.type].attribute("value") is not None:
            thing.figures[source.id] = source
            thing.reporters.update({one.words: one for one in by})
        else:
            thing.counts.setdefault(source.type, set()).add(source.record or source.id)

    # -- giving out -------------------------------------------------------------------------------

    def _table(self, span_type: SpanType) -> Table:
        things = self._things[span_type.name]
        makers = dict(self._makers(span_type))
        made = {
            column: [make(thing) for thing in things.values()] for column, make in makers.items()
        }
        kept = {
            column: cells
            for column, cells in made.items()
            if column.kind in ("main", "article") or any(cell.parts for cell in cells)
        }
        lines = zip(*kept.values(), strict=True)
        rows = tuple(
            Row(
                key=key,
                type=thing.type,
                record=thing.record,
                cells=cells,
                mentions=tuple(thing.mentions),
                states=frozenset(thing.states),
                dates=self._dates(thing, span_type),
                found_by=" ".join(cell.words for cell in cells).casefold(),
            )
            for (key, thing), cells in zip(things.items(), lines, strict=True)
        )
        return Table(type=span_type, columns=tuple(kept), rows=rows)

    def _makers(self, span_type: SpanType) -> Iterator[tuple[Column, _Maker]]:
        """Yield the columns of a type, each with what makes its cells."""
        usual = self._usual(span_type)
        yield Column("date", "Date", "date"), partial(self._date, span_type)
        yield Column("main", span_type.label, "main"), self._main
        if span_type.attribute("value") is not None:
            yield Column("figure", "Figure", "figure"), _figures
        for one in span_type.evidence:
            if one.value_type == "text" and not one.archived:
                column = Column(f"evidence {one.name}", one.label, "place", one.name in usual)
                yield column, partial(self._evidence, one.name)
        for role in self._codebook.roles_of(span_type.name):
            if not role.archived:
                column = Column(f"role {role.name}", role.label, "role", role.name in usual)
                yield column, partial(_ends, role.name)
        yield from self._from_others(span_type)
        yield from self._fields(span_type, usual)
        yield Column("mentions", "Mentions", "count"), _mentions
        yield Column("article", "Article", "article"), _article

    def _fields(
        self, span_type: SpanType, usual: frozenset[str]
    ) -> Iterator[tuple[Column, _Maker]]:
        """Yield the columns of the fields of a type, those of its registry record first."""
        kind = self._codebook.record_kind(span_type.record_kind)
        for attribute in kind.attributes if kind is not None else ():
            if attribute.name not in (_START, _END, "place") and not attribute.archived:
                shown = attribute.name in ("kind", "plover_type")
                column = Column(f"record {attribute.name}", attribute.label, "field", shown)
                yield column, partial(self._of_record, attribute)
        for attribute in span_type.attributes:
            if attribute.name not in ("value", "low", "high") and not attribute.archived:
                shown = attribute.name in usual
                column = Column(f"field {attribute.name}", attribute.label, "field", shown)
                yield column, partial(_values, attribute.name)

    def _from_others(self, span_type: SpanType) -> Iterator[tuple[Column, _Maker]]:
        """Yield the columns of what points at a type: the numbers that count it, and so on."""
        sources = dict.fromkeys(
            role.source
            for role in self._codebook.roles
            if span_type.name in role.targets and role.source != span_type.name
        )
        for name in sources:
            source = self._types.get(name)
            if source is None:
                continue
            if source.attribute("value") is not None:
                shown = any(
                    role.source == name and role.targets[0] == span_type.name
                    for role in self._codebook.roles
                )  # numbers count events first: of an actor they are told on demand
                yield Column(f"from {name}", source.label, "figure", shown), _figures
                by = self._codebook.role(name, _BY)
                if by is not None:
                    yield Column(f"from {name} by", by.label, "field", shown), _reporters
            else:
                column = Column(f"from {name}", source.plural, "count")
                yield column, partial(_count, name)

    def _usual(self, span_type: SpanType) -> frozenset[str]:
        """Return the fields that the profile shows, or all with a key where there is none."""
        if self._profile is not None and span_type.name in self._profile.fields:
            return frozenset(self._profile.fields[span_type.name])
        keyed = [role.name for role in self._codebook.roles_of(span_type.name) if role.key]
        keyed += [one.name for one in span_type.evidence if one.key]
        return frozenset((*keyed, *(one.name for one in span_type.attributes)))

    def _main(self, thing: _Thing) -> Cell:
        record = self._records.get(thing.record or "")
        words = on_one_line(record.name if record else thing.quote, _LONGEST)
        return Cell((Part(words, thing.type, linked=record is not None),), natural(words))

    def _evidence(self, name: str, thing: _Thing) -> Cell:
        record = self._records.get(thing.record or "")
        held = record.attributes.get(name) if record else None
        if isinstance(held, str) and held:
            return Cell((Part(held),), natural(held))
        return _values(f"evidence {name}", thing)

    def _of_record(self, attribute: Attribute, thing: _Thing) -> Cell:
        record = self._records.get(thing.record or "")
        held = record.attributes.get(attribute.name) if record else None
        if attribute.type in ("record", "records"):
            ids = held if isinstance(held, tuple) else (held,) if isinstance(held, str) else ()
            named = (self._records[one].name for one in ids if one in self._records)
            return _cell(tuple(Part(name, linked=True) for name in named))
        return _cell(tuple(Part(words) for words in _said(attribute, held)))

    def _date(self, span_type: SpanType, thing: _Thing) -> Cell:
        start, end = self._dates(thing, span_type)
        if not start:
            return Cell()
        return Cell((Part(start if start == end else f"{start} – {end}"),), (start, end))

    def _dates(self, thing: _Thing, span_type: SpanType) -> tuple[str, str]:
        record = self._records.get(thing.record or "")
        if record is not None and isinstance(start := record.attributes.get(_START), str) and start:
            end = record.attributes.get(_END)
            return start, end if isinstance(end, str) and end else start
        dated = [one.name for one in span_type.evidence if one.value_type == "date"]
        days = sorted(
            day
            for name in dated
            for day in thing.values.get(f"evidence {name}", ())
            if day[:4].isdigit()
        )
        return (days[0], days[-1]) if days else ("", "")


def _said(attribute: Attribute, value: Value) -> Iterator[str]:
    """Yield what a field holds, in the words of the codebook; nothing for its default."""
    if value is None or value == attribute.default or value in ("", False):
        return
    if value is True:
        yield attribute.label
        return
    for one in value if isinstance(value, tuple) else (value,):
        option = attribute.option(one)
        yield on_one_line(str((option.label or option.value) if option else one), _LONGEST)


def _cell(parts: tuple[Part, ...]) -> Cell:
    return Cell(parts, natural(parts[0].words) if parts else ())


def _values(name: str, thing: _Thing) -> Cell:
    return _cell(tuple(Part(words) for words in thing.values.get(name, ())))


def _ends(role: str, thing: _Thing) -> Cell:
    found = thing.ends.get(role, {}).values()
    return _cell(tuple(one.part._replace(note=_ALLEGED if one.doubtful else "") for one in found))


def _figures(thing: _Thing) -> Cell:
    marks = sorted(thing.figures.values(), key=magnitude, reverse=True)
    parts = dict.fromkeys(
        Part(figure_words(mark) or on_one_line(mark.quote, _LONGEST)) for mark in marks
    )
    return Cell(tuple(parts), (magnitude(marks[0]),) if marks else ())


def _reporters(thing: _Thing) -> Cell:
    return _cell(tuple(one._replace(type="") for one in thing.reporters.values()))


def _count(type_name: str, thing: _Thing) -> Cell:
    number = len(thing.counts.get(type_name, ()))
    return Cell((Part(f"{number:,}", type_name),), (number,)) if number else Cell()


def _mentions(thing: _Thing) -> Cell:
    number = len(thing.mentions)
    return Cell((Part(f"{number:,}"),), (number,)) if number > 1 else Cell()


def _article(thing: _Thing) -> Cell:
    first, *others = thing.titles.values()
    words = f"{first} and {len(others):,} more" if others else first
    return Cell((Part(words),), natural(first))


def matching(
    rows: Iterable[Row],
    words: str = "",
    *,
    state: State | None = None,
    since: str = "",
    until: str = "",
) -> list[Row]:
    """Return the rows with all of some words, of articles in a state, of days in between.

    A row without a date is left out where days are asked for; `until` takes in a whole month or
    year where it names one.
    """
    wanted = words.casefold().split()
    return [
        row
        for row in rows
        if all(word in row.found_by for word in wanted)
        and (state is None or state in row.states)
        and (not since or row.dates[1] >= since)
        and (not until or "0" <= row.dates[0] <= f"{until}~")
    ]


def in_order(rows: Iterable[Row], column: int, *, descending: bool = False) -> list[Row]:
    """Return rows by one of their columns; nothing comes before everything."""
    return sorted(rows, key=lambda row: row.cells[column].key, reverse=descending)
