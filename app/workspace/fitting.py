"""Annotations of others in the terms of a codebook: what fits, what it lacks, what cannot be kept.

Names are matched whatever their case and signs: `Person_Name` is the type “person name”. What the
codebook does not have is proposed as an extension of it; nothing is decided here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from typing_extensions import override

from app.exchange.carry import Tally
from app.exchange.consistency import _is_moment
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.flat import from_words, nest
from app.exchange.text_file import title_in
from app.model.annotation import Annotation, Evidence, Relation, Value
from app.model.article import Article, Status
from app.model.codebook import Attribute, Codebook, EvidenceField, Option, Role, SpanType, refusal
from app.model.extension import Added, Addition, Extension
from app.model.ids import derived_id
from app.model.registry import Annotator, Project, Record
from app.model.wording import natural
from app.workspace.codebook_fresh import FRESH, free, letter_for, plural_of, slug

_MOST_OPTIONS = 12
_LONGEST_OPTION = 60
_DERIVED = "resolved_"
"""Fields that an export works out by a profile of numbers or from a date line; never read."""

T = TypeVar("T", SpanType, Attribute, EvidenceField)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A dataset that fits a codebook, which is the given one with an extension."""

    dataset: Dataset
    extension: Extension


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The project that foreign annotations come into."""

    project: Project
    codebook: Codebook
    records: tuple[Record, ...]
    layer: str


def fit(dataset: Dataset, home: Home, *, origin: str) -> Fitted:
    """Return a foreign dataset in the terms of a project, and what its codebook would need."""
    dataset = replace(dataset, articles=_merged(dataset.articles))
    wanted = _Wanted(dataset, home.codebook)
    tally = Tally()
    fitted = _Fitted(dataset, home, wanted, origin)
    records = _Records(dataset.records, home.records, worded=dataset.worded)
    layers: set[str] = set()
    used: dict[str, str] = {}
    for bundle in fitted.walk(tally, records):
        layers |= {item.layer for item in bundle.annotations}
        for item in bundle.annotations:
            if item.record:
                used[item.record] = item.type
    header = Header(
        project=home.project,
        codebook=wanted.codebook,
        records=tuple(records.fresh(used, wanted.codebook)),
        annotators=tuple(
            Annotator(id=derived_id("annotator", name), name=name) for name in sorted(layers)
        ),
    )
    return Fitted(
        dataset=replace(
            dataset,
            articles=fitted,
            header=header,
            records=(),
            lost=(*dataset.lost, *tally.lost()),
        ),
        extension=Extension(codebook=wanted.codebook, additions=tuple(wanted.additions)),
    )


def _merged(bundles: Iterable[Bundle]) -> tuple[Bundle, ...]:
    """Return the articles, each once: some people keep a copy of a text for each annotator."""
    found: dict[str, Bundle] = {}
    for bundle in bundles:
        there = found.get(bundle.article.id)
        if there is None:
            found[bundle.article.id] = bundle
            continue
        found[bundle.article.id] = replace(
            there,
            annotations=(*there.annotations, *bundle.annotations),
            relations=(*there.relations, *bundle.relations),
        )
    return tuple(found.values())


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")


def _named(entries: Iterable[T], name: str) -> T | None:
    found = list(entries)
    exact = next((one for one in found if one.name == name), None)
    if exact is not None:
        return exact
    key = _key(name)
    return next((one for one in found if key in (_key(one.name), _key(one.label))), None)


@dataclass(slots=True)
class _Use:
    """How often something stands in a file, and with which values."""

    count: int = 0
    values: Counter[str] = field(default_factory=Counter)
    kinds: set[str] = field(default_factory=set)

    def take(self, value: Value, *, worded: bool) -> None:
        self.count += 1
        if value is None or (worded and value == "null"):
            return
        if isinstance(value, tuple):
            self.kinds.add("flags")
            self.values.update(map(str, value))
            return
        self.kinds.add(_kind_of(value))
        if len(self.values) <= _MOST_OPTIONS:
            self.values[str(value)] += 1

    def attribute(self, name: str, label: str) -> Attribute:
        """Return the field that holds these values."""
        few = 0 < len(self.values) <= _MOST_OPTIONS
        short = all(len(v) <= _LONGEST_OPTION and "\n" not in v for v in self.values)
        options = tuple(Option(value=v) for v in sorted(self.values, key=natural))
        if self.kinds == {"flags"} and self.values:
            return Attribute(name=name, label=label, type="flags", options=options)
        if self.kinds == {"boolean"}:
            return Attribute(name=name, label=label, type="boolean")
        if self.kinds and self.kinds <= {"integer", "number"}:
            kind = "integer" if self.kinds == {"integer"} else "number"
            return Attribute(
                name=name, label=label, type="integer" if kind == "integer" else "number"
            )
        repeated = self.count >= 2 * len(self.values) or len(self.values) <= 3  # noqa: PLR2004
        if few and short and repeated and "flags" not in self.kinds and "" not in self.values:
            return Attribute(name=name, label=label, type="enum", options=options)
        return Attribute(name=name, label=label, type="text" if short else "long_text")


def _kind_of(value: Value) -> str:
    if isinstance(value, bool) or value in {"true", "false"}:
        return "boolean"
    if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"-?\d{1,15}", value)):
        return "integer"
    if isinstance(value, float) or (
        isinstance(value, str) and re.fullmatch(r"-?\d{1,15}\.\d{1,12}", value)
    ):
        return "number"
    return "text"


class _Wanted:
    """What a file needs of a codebook: one walk over it, then the extended codebook."""

    def __init__(self, dataset: Dataset, codebook: Codebook) -> None:
        self.codebook = codebook
        self.additions: list[Addition] = []
        self._types: Counter[str] = Counter()
        self._uses: dict[tuple[str, ...], _Use] = {}
        self._ends: dict[tuple[str, str], set[str]] = {}
        for bundle in dataset.articles:
            self._look(nest(bundle), worded=dataset.worded)
        for name, count in sorted(self._types.items(), key=lambda item: (-item[1], item[0])):
            self._type(name, count)
        for path, use in sorted(self._uses.items()):
            self._part(path, use)
        for (source, role), targets in sorted(self._ends.items()):
            self._link(source, role, targets)
        if self.codebook != codebook:
            self.codebook = replace(self.codebook, revision=codebook.revision + 1)

    def type(self, name: str) -> SpanType:
        """Return the type of the extended codebook that a type of the file stands for."""
        found = _named(self.codebook.types, name)
        assert found is not None  # noqa: S101 - every type of the file was looked up before
        return found

    def _look(self, bundle: Bundle, *, worded: bool) -> None:
        types = {item.id: item.type for item in bundle.annotations}
        for item in bundle.annotations:
            self._types[item.type] += 1
            for name, value in item.attributes.items():
                if not name.startswith(_DERIVED):
                    self._use("type", item.type, name).take(value, worded=worded)
            for one in item.evidence:
                self._use("words", item.type, one.attribute).count += 1
                for name, value in one.attributes.items():
                    self._use("words", item.type, one.attribute, name).take(value, worded=worded)
        for link in bundle.relations:
            source, target = types[link.source], types[link.target]
            self._ends.setdefault((source, link.role), set()).add(target)
            self._use("link", source, link.role).count += 1
            for name, value in link.attributes.items():
                self._use("link", source, link.role, name).take(value, worded=worded)

    def _use(self, *path: str) -> _Use:
        return self._uses.setdefault(path, _Use())

    def _add(self, kind: Added, name: str, where: str, uses: int) -> None:
        self.additions.append(Addition(kind=kind, name=name, where=where, uses=uses))

    def _type(self, name: str, count: int) -> None:
        if _named(self.codebook.types, name) is not None:
            return
        fresh = FRESH["types"](self.codebook, self.codebook)
        assert isinstance(fresh, SpanType)  # noqa: S101 - what FRESH makes of types
        label = name.replace("_", " ").strip() or "Mark"
        taken = [t.name for t in self.codebook.types]
        made = replace(
            fresh,
            name=free(slug(name) or _key(name) or "mark", taken),
            label=label,
            plural=plural_of(label),
            letter=letter_for(label, self.codebook, fresh),
        )
        self.codebook = replace(self.codebook, types=(*self.codebook.types, made))
        self._add("type", label, "", count)

    def _put(self, span_type: SpanType) -> None:
        types = tuple(span_type if t.name == span_type.name else t for t in self.codebook.types)
        self.codebook = replace(self.codebook, types=types)

    def _part(self, path: tuple[str, ...], use: _Use) -> None:
        match path:
            case ("type", source, name):
                owner = self.type(source)
                fields = self._fields(owner.attributes, name, use, owner.label, owner)
                self._put(replace(owner, attributes=fields))
            case ("words", source, name):
                owner = self.type(source)
                if _named(owner.evidence, name) is None:
                    taken = [e.name for e in owner.evidence] + [a.name for a in owner.attributes]
                    made = EvidenceField(name=free(slug(name) or "words", taken), label=name)
                    self._put(replace(owner, evidence=(*owner.evidence, made)))
                    self._add("words", name, owner.label, use.count)
            case ("words", source, words, name):
                owner = self.type(source)
                held = _named(owner.evidence, words)
                if held is not None:
                    where = f"{held.label} of {owner.label}"
                    wider = replace(
                        held, attributes=self._fields(held.attributes, name, use, where)
                    )
                    evidence = tuple(wider if e.name == held.name else e for e in owner.evidence)
                    self._put(replace(owner, evidence=evidence))
            case ("link", source, role_name):
                self._role(self.type(source), role_name, use)
            case ("link", source, role_name, name):
                role = self.role(self.type(source).name, role_name)
                if role is not None:
                    where = f"{role.label} of {self.type(source).label}"
                    fields = self._fields(role.attributes, name, use, where)
                    self._swap(role, replace(role, attributes=fields))

    def _fields(
        self,
        fields: tuple[Attribute, ...],
        name: str,
        use: _Use,
        where: str,
        owner: SpanType | None = None,
    ) -> tuple[Attribute, ...]:
        known = _named(fields, name)
        if known is None:
            taken = [a.name for a in fields] + [e.name for e in (owner.evidence if owner else ())]
            made = use.attribute(free(slug(name) or _key(name) or "field", taken), name)
            self._add("field", name, where, use.count)
            return (*fields, made)
        if known.type not in {"enum", "flags"}:
            return fields
        more = []
        for value, count in sorted(use.values.items()):
            if known.option(value) or any(str(o.value) == value for o in known.options):
                continue
            if any(_key(str(o.value)) == _key(value) or o.label == value for o in known.options):
                continue
            if value and len(value) <= _LONGEST_OPTION and "\n" not in value and "|" not in value:
                more.append(Option(value=value))
                self._add("value", value, f"{known.label} of {where}", count)
        wider = replace(known, options=(*known.options, *more))
        return tuple(wider if a.name == known.name else a for a in fields)

    def role(self, source: str, name: str) -> Role | None:
        """Return the role that a link of the file stands for, from a type of the codebook."""
        own = [r for r in self.codebook.roles if r.source == source]
        return next((r for r in own if r.name == name), None) or next(
            (r for r in own if _key(name) in (_key(r.name), _key(r.label))), None
        )

    def _swap(self, role: Role, wider: Role) -> None:
        roles = tuple(wider if r is role else r for r in self.codebook.roles)
        self.codebook = replace(self.codebook, roles=roles)

    def _role(self, source: SpanType, name: str, use: _Use) -> None:
        if self.role(source.name, name) is None:
            own = [r.name for r in self.codebook.roles if r.source == source.name]
            made = Role(
                name=free(slug(name) or _key(name) or "link", own),
                source=source.name,
                targets=(source.name,),
                label=name.strip() or "Link",
            )
            ends = self._ends[next(k for k in self._ends if self._is(k, source, name))]
            made = replace(made, targets=tuple(sorted({self.type(t).name for t in ends})))
            self.codebook = replace(self.codebook, roles=(*self.codebook.roles, made))
            self._add("link", name, source.label, use.count)

    def _is(self, key: tuple[str, str], source: SpanType, name: str) -> bool:
        return key[1] == name and self.type(key[0]).name == source.name

    def _link(self, source: str, name: str, targets: set[str]) -> None:
        role = self.role(self.type(source).name, name)
        if role is None:
            return
        for target in sorted({self.type(t).name for t in targets} - set(role.targets)):
            self._swap(role, wider := replace(role, targets=(*role.targets, target)))
            role = wider
            found = self.codebook.type(target)
            where = f"{self.type(source).label}, to {found.label if found else target}"
            self._add("link", role.label, where, 1)


class _Records:
    """Which entry of a project's registry each entry of a file is."""

    def __init__(self, given: Iterable[Record], there: Iterable[Record], *, worded: bool) -> None:
        self._worded = worded
        self._given = {record.id: record for record in given}
        self._there = {record.id: record for record in there}
        self._names = {(r.kind, r.name.casefold()): r.id for r in self._there.values()}

    def of(self, record: str, kind: str) -> str | None:
        """Return the entry that a record of the file is, for a type with this kind of record."""
        if not kind:
            return None
        known = self._there.get(record)
        if known is not None:
            return record if known.kind == kind else None
        given = self._given.get(record)
        if given is None or (given.kind and given.kind != kind):
            return None
        return self._names.get((kind, given.name.casefold()), record)

    def has(self, record: str) -> bool:
        """Tell whether the project has an entry."""
        return record in self._there

    def fresh(self, used: Mapping[str, str], codebook: Codebook) -> Iterator[Record]:
        """Yield the entries that the project gets, with the kind that their annotations take."""
        for identifier in sorted(used):
            given = self._given.get(identifier)
            span_type = codebook.type(used[identifier])
            if given is None or span_type is None or identifier in self._there:
                continue
            kind = codebook.record_kind(span_type.record_kind)
            fields = {a.name: a for a in kind.attributes} if kind else {}
            held = {
                n: v
                for n, given_value in given.attributes.items()
                if n in fields
                and refusal(fields[n], v := _value(given_value, fields[n], worded=self._worded))
                is None
            }
            yield replace(given, kind=span_type.record_kind, attributes=held)


@dataclass(frozen=True, slots=True)
class _Fitted(Iterable[Bundle]):
    """The articles of a foreign dataset in the terms of a codebook, made anew on every walk."""

    dataset: Dataset
    home: Home
    wanted: _Wanted
    origin: str

    @override
    def __iter__(self) -> Iterator[Bundle]:
        given = self.dataset.records
        records = _Records(given, self.home.records, worded=self.dataset.worded)
        return self.walk(Tally(), records)

    def walk(self, tally: Tally, records: _Records) -> Iterator[Bundle]:
        """Yield the articles and count what cannot be kept."""
        for bundle in self.dataset.articles:
            yield self._bundle(nest(bundle), tally, records)

    def _bundle(self, bundle: Bundle, tally: Tally, records: _Records) -> Bundle:
        ids = {item.id for item in bundle.annotations}
        annotations = tuple(
            self._annotation(item, tally, records, ids) for item in bundle.annotations
        )
        made = {item.id: item for item in annotations}
        relations = tuple(self._relations(bundle, made, tally, records))
        statuses = tuple(
            Status(
                article=s.article,
                layer=s.layer or self.home.layer,
                state=s.state,
                note=s.note,
                seconds=s.seconds,
            )
            for s in bundle.statuses
        )
        return Bundle(
            article=_article(bundle.article),
            annotations=annotations,
            relations=relations,
            statuses=statuses,
        )

    def _annotation(
        self, item: Annotation, tally: Tally, records: _Records, ids: set[str]
    ) -> Annotation:
        span_type = self.wanted.type(item.type)
        record = None
        if item.record:
            record = records.of(item.record, span_type.record_kind)
            reason = "the codebook has no registry for this type, or the entry is not in the file"
            tally.add("links to the registry", int(record is None), reason)
        values = self._values(item.attributes, span_type.attributes, tally, ids, records)
        return replace(
            item,
            type=span_type.name,
            layer=item.layer or self.home.layer,
            record=record,
            attributes=values,
            evidence=tuple(self._evidence(item, span_type, tally, ids, records)),
            origin=item.origin if item.created_at else f"import:{self.origin}",
            version=0,
            codebook_revision=0,
        )

    def _evidence(
        self,
        item: Annotation,
        span_type: SpanType,
        tally: Tally,
        ids: set[str],
        records: _Records,
    ) -> Iterator[Evidence]:
        for one in item.evidence:
            held = _named(span_type.evidence, one.attribute)
            if held is None:
                continue
            values = self._values(one.attributes, held.attributes, tally, ids, records)
            value = one.value
            if self.dataset.worded and isinstance(value, str):
                value = from_words(value, None)
            yield replace(one, attribute=held.name, value=value, attributes=values)

    def _values(
        self,
        given: Mapping[str, Value],
        fields: tuple[Attribute, ...],
        tally: Tally,
        ids: set[str],
        records: _Records,
    ) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, value in given.items():
            attribute = _named(fields, name)
            if name.startswith(_DERIVED) or attribute is None:
                continue
            made = _value(value, attribute, worded=self.dataset.worded)
            if refusal(attribute, made) is not None:
                tally.add(f"values of “{attribute.label}”", 1, "the field cannot take them")
            elif attribute.type == "annotation" and made is not None and made not in ids:
                tally.add(f"values of “{attribute.label}”", 1, "what they name is not in the file")
            elif attribute.type in {"record", "records"} and not _all(made, records.has):
                tally.add(f"values of “{attribute.label}”", 1, "the registry has no such entry")
            else:
                found[attribute.name] = made
        return found

    def _relations(
        self, bundle: Bundle, made: Mapping[str, Annotation], tally: Tally, records: _Records
    ) -> Iterator[Relation]:
        seen: set[tuple[str, str, str]] = set()
        for link in bundle.relations:
            source = made[link.source]
            role = self.wanted.role(source.type, link.role)
            key = role.name if role else "", link.source, link.target
            if role is None or key in seen:
                tally.add("relations", 1, "the same relation stands there twice")
                continue
            seen.add(key)
            yield replace(
                link,
                role=role.name,
                layer=link.layer or source.layer,
                attributes=self._values(
                    link.attributes, role.attributes, tally, set(made), records
                ),
            )


def _all(value: Value, known: Callable[[str], bool]) -> bool:
    return all(map(known, value if isinstance(value, tuple) else [str(value)] if value else []))


def _value(value: Value, attribute: Attribute, *, worded: bool) -> Value:
    """Return a value of a file as a field takes it, where that is certain."""
    if isinstance(value, str) and (worded or refusal(attribute, value) is not None):
        made = from_words(value, attribute)
    elif isinstance(value, bool | int | float) and attribute.type in {"text", "long_text"}:
        made = str(value)
    else:
        made = value
    if attribute.type == "enum" and attribute.option(made) is None and made is not None:
        key = _key(str(made))
        made = next(
            (o.value for o in attribute.options if key == _key(str(o.value)) or o.label == made),
            made,
        )
    if attribute.type == "flags" and isinstance(made, str):
        return (made,)
    if attribute.type == "number" and isinstance(made, float) and made.is_integer():
        return made
    return made


def _article(article: Article) -> Article:
    """Return an article with a title, and a date that is one."""
    title = article.title or title_in(article.text) or Path(article.origin.file).stem
    metadata = dict(article.metadata)
    published = article.published
    if published and not _is_moment(published):
        metadata["published"], published = published, ""
    first = next((line.strip() for line in article.text.split("\n") if line.strip()), "")
    return replace(
        article, title=title or first[:80] or "Article", published=published, metadata=metadata
    )
