"""Counting how two layers compare, article by article."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.agreement.align import Pair, by_type, same_spans
from app.agreement.coefficients import alpha, interval, kappa
from app.agreement.figures import FieldFigures, Found, LinkFigures
from app.agreement.unitizing import Unit, distance, units_of
from app.model.annotation import Annotation, Relation, Value
from app.model.codebook import Attribute, Codebook

_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Work:
    """What one layer has in one article."""

    annotations: list[Annotation]
    relations: list[Relation]


class Counts(NamedTuple):
    """What one article adds to the figures of one type: everything in it can be added up.

    `distance` is of alpha_u; `length` in code points.
    """

    exact: int = 0
    overlap: int = 0
    a: int = 0
    b: int = 0
    both_tokens: int = 0
    a_tokens: int = 0
    b_tokens: int = 0
    tokens: int = 0
    distance: int = 0
    length: int = 0

    @property
    def found_exactly(self) -> Found:
        """Spans with the same fragments."""
        return Found(tp=self.exact, fp=self.b - self.exact, fn=self.a - self.exact)

    @property
    def found_overlapping(self) -> Found:
        """Spans that share a code point, one to one."""
        return Found(tp=self.overlap, fp=self.b - self.overlap, fn=self.a - self.overlap)

    @property
    def token_kappa(self) -> float | None:
        """Cohen's kappa of the tokens, in or out."""
        a_only, b_only = self.a_tokens - self.both_tokens, self.b_tokens - self.both_tokens
        neither = self.tokens - self.both_tokens - a_only - b_only
        return kappa(
            {
                (True, True): self.both_tokens,
                (True, False): a_only,
                (False, True): b_only,
                (False, False): neither,
            }
        )

    def alpha_u(self, expected: float) -> float | None:
        """Return alpha_u against the disagreement per code point that chance would make."""
        if not expected or not self.length:
            return None
        return 1 - self.distance / self.length / expected


def added(counts: Iterable[Counts]) -> Counts:
    """Return the sum."""
    columns = list(zip(*counts, strict=True))
    return Counts(*map(sum, columns)) if columns else Counts()


class Tokens:
    """The tokens of a text, and which of them a span touches."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self.count = len(spans)

    def inside(self, ranges: Iterable[Unit]) -> set[int]:
        """Return the numbers of the tokens that share a code point with one of the ranges."""
        found: set[int] = set()
        for start, end in ranges:
            found.update(range(bisect_right(self._ends, start), bisect_left(self._starts, end)))
        return found


@dataclass(slots=True)
class TypeWork:
    """What one layer has of one type in one article, as each coefficient wants it."""

    spans: list[Annotation]
    tokens: set[int]
    units: list[Unit]
    left_out: int

    @classmethod
    def of(cls, spans: list[Annotation], tokens: Tokens) -> "TypeWork":
        """Return what the coefficients need of these spans."""
        ranges = [(start, end) for span in spans for start, end, _ in span.fragments]
        return cls(spans, tokens.inside(ranges), *units_of(ranges))


def work_by_type(work: Work, types: Iterable[str], tokens: Tokens) -> dict[str, TypeWork]:
    """Return what a layer has in an article, for each type."""
    spans = by_type(work.annotations)
    return {name: TypeWork.of(spans.get(name, []), tokens) for name in types}


def counts_of(
    a: TypeWork, b: TypeWork, *, tokens: int, length: int, pairs: Sequence[Pair]
) -> Counts:
    """Return what an article adds to the figures of a type."""
    return Counts(
        exact=same_spans(a.spans, b.spans),
        overlap=len(pairs),
        a=len(a.spans),
        b=len(b.spans),
        both_tokens=len(a.tokens & b.tokens),
        a_tokens=len(a.tokens),
        b_tokens=len(b.tokens),
        tokens=tokens,
        distance=distance(a.units, b.units),
        length=length,
    )


class FieldTally:
    """The values that two layers gave the fields of spans which both marked."""

    def __init__(self, codebook: Codebook) -> None:
        self._fields = {
            one.name: {a.name: a for a in one.attributes if a.type != "annotation"}
            for one in codebook.types
        }
        self._mentioning = {one.name for one in codebook.types if one.record_kind}
        self._values: dict[str, Counter[tuple[Value, Value]]] = {}
        self._numbers: set[str] = set()

    def add(self, pairs: Iterable[Pair]) -> None:
        """Take in spans that found each other. A field that both left empty is not compared."""
        for a, b in pairs:
            fields = self._fields[a.type]
            for name in {**a.attributes, **b.attributes}:
                if field := fields.get(name):
                    self._count(name, value_of(a, field), value_of(b, field))
                    if field.type in {"number", "integer"}:
                        self._numbers.add(name)
            if a.type in self._mentioning:
                self._count("record", a.record, b.record)

    def _count(self, name: str, a: Value, b: Value) -> None:
        if a is not None or b is not None:
            self._values.setdefault(name, Counter())[a, b] += 1

    def figures(self) -> dict[str, FieldFigures]:
        """Return the figures of every field that was filled anywhere."""
        return {name: self._of(name, values) for name, values in sorted(self._values.items())}

    def _of(self, name: str, values: Counter[tuple[Value, Value]]) -> FieldFigures:
        alike = sum(count for (a, b), count in values.items() if a == b)
        measured: dict[tuple[float, ...], int] = {
            (float(a), float(b)): count
            for (a, b), count in values.items()
            if isinstance(a, int | float) and isinstance(b, int | float)
        }
        return FieldFigures(
            n=values.total(),
            agree=alike,
            kappa=kappa(values),
            alpha=alpha(measured, interval) if name in self._numbers else None,
        )


def value_of(annotation: Annotation, field: Attribute) -> Value:
    """Return what a field says, in a form that can be compared; None where it is empty."""
    value = annotation.attributes.get(field.name)
    if isinstance(value, tuple):
        return tuple(sorted(value)) or None
    return None if value == "" else value


class LinkTally:
    """The relations of two layers, their ends matched first."""

    def __init__(self) -> None:
        self._both: Counter[str] = Counter()
        self._a: Counter[str] = Counter()
        self._b: Counter[str] = Counter()
        self._roles: Counter[tuple[str, str]] = Counter()

    def add(self, a: Work, b: Work, pairs: Iterable[Pair]) -> None:
        """Take in the relations of an article; `pairs` are the spans that found each other."""
        partner = {one.id: other.id for one, other in pairs}
        ours = Counter(
            (relation.role, partner.get(relation.source), partner.get(relation.target))
            for relation in a.relations
        )
        theirs = Counter((one.role, one.source, one.target) for one in b.relations)
        for (role, source, target), count in ours.items():
            if source is not None and target is not None:
                self._both[role] += min(count, theirs[role, source, target])
        self._a.update(relation.role for relation in a.relations)
        self._b.update(relation.role for relation in b.relations)
        mine, yours = _by_ends(ours), _by_ends(theirs)
        for ends in mine.keys() & yours.keys():
            self._roles[mine[ends], yours[ends]] += 1

    def figures(self) -> LinkFigures:
        """Return the figures of every role that was used."""
        return LinkFigures(
            roles={role: self._found(role) for role in sorted(self._a | self._b)},
            all=Found(
                tp=self._both.total(),
                fp=self._b.total() - self._both.total(),
                fn=self._a.total() - self._both.total(),
            ),
            linked=self._roles.total(),
            kappa=kappa(self._roles),
        )

    def _found(self, role: str) -> Found:
        both = self._both[role]
        return Found(tp=both, fp=self._b[role] - both, fn=self._a[role] - both)


def _by_ends(
    relations: Iterable[tuple[str, str | None, str | None]],
) -> dict[tuple[str, str], str]:
    """Return the role, or roles, between two spans."""
    found: dict[tuple[str, str], set[str]] = {}
    for role, source, target in relations:
        if source is not None and target is not None:
            found.setdefault((source, target), set()).add(role)
    return {ends: " + ".join(sorted(roles)) for ends, roles in found.items()}
