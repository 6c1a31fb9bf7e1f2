"""Where layers differ in one article, and what each of them says there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from app.agreement.align import Ranges, by_type, matched, ranges_of
from app.model.annotation import Annotation, Relation, Value, reading_order
from app.model.text import words

Kind = Literal["alike", "only", "type", "boundary", "field"]
"""`only`: not all marked it; `field`: the same words of the same type, other fields or links."""

Said = tuple[str, Ranges, tuple[tuple[str, Value], ...], frozenset[tuple[str, str]]]
"""What makes two annotations say the same: type, words, fields, links to other cases."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one or more layers say. Without an annotation they did not mark anything."""

    layers: tuple[str, ...]
    annotations: tuple[Annotation, ...] = ()

    @property
    def annotation(self) -> Annotation | None:
        """One of the annotations that say so."""
        return self.annotations[0] if self.annotations else None


@dataclass(frozen=True, slots=True)
class Case:
    """One thing in the text as the layers see it: annotations that found each other."""

    kind: Kind
    readings: tuple[Reading, ...]

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """All annotations of all layers."""
        return tuple(one for reading in self.readings for one in reading.annotations)

    @property
    def key(self) -> str:
        """What the case is called for as long as nobody changes what was marked."""
        return min(one.id for one in self.annotations)

    @property
    def type(self) -> str:
        """The type that the first reading gives it."""
        return self.annotations[0].type

    @property
    def start(self) -> int:
        """The first code point of any reading."""
        return min(one.start for one in self.annotations)

    @property
    def end(self) -> int:
        """One past the last code point of any reading."""
        return max(one.end for one in self.annotations)


def cases(
    layers: Sequence[str], annotations: Iterable[Annotation], relations: Iterable[Relation]
) -> tuple[Case, ...]:
    """Return everything that one of the layers marked, in reading order; readings by layer.

    Spans of one type find each other by their overlap; those left over by having the same words.
    """
    mine = sorted((one for one in annotations if one.layer in layers), key=reading_order)
    groups = _Groups(mine)
    for a, b in combinations(layers, 2):
        first = by_type(one for one in mine if one.layer == a)
        second = by_type(one for one in mine if one.layer == b)
        for name in first.keys() & second.keys():
            for one, other in matched(first[name], second[name]):
                groups.join(one, other)
    for one, other in _same_words(mine):
        groups.join(one, other)
    links = _links(relations, groups)
    made = [_case(layers, group, links) for group in groups]
    return tuple(sorted(made, key=lambda case: (case.start, -case.end, case.key)))


class _Groups:
    """Annotations that belong together, at most one of each layer."""

    def __init__(self, annotations: Sequence[Annotation]) -> None:
        self._of: dict[str, dict[str, Annotation]] = {
            one.id: {one.layer: one} for one in annotations
        }

    def join(self, one: Annotation, other: Annotation) -> None:
        """Put two annotations, and what belongs to them, together unless a layer has two then."""
        first, second = self._of[one.id], self._of[other.id]
        if first is not second and not first.keys() & second.keys():
            first.update(second)
            for moved in second.values():
                self._of[moved.id] = first

    def name(self, annotation_id: str) -> str:
        """Return what the group of an annotation is called; the id itself where it has none."""
        group = self._of.get(annotation_id)
        return min(one.id for one in group.values()) if group else annotation_id

    def __iter__(self) -> Iterator[dict[str, Annotation]]:
        seen: set[int] = set()
        for group in self._of.values():
            if id(group) not in seen:
                seen.add(id(group))
                yield group


def _same_words(annotations: Sequence[Annotation]) -> Iterator[tuple[Annotation, Annotation]]:
    there: dict[Ranges, list[Annotation]] = {}
    for one in annotations:
        for other in there.setdefault(ranges_of(one), []):
            if other.layer != one.layer and other.type != one.type:
                yield other, one
        there[ranges_of(one)].append(one)


def _links(
    relations: Iterable[Relation], groups: _Groups
) -> Mapping[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for one in relations:
        found.setdefault(one.source, set()).add((one.role, groups.name(one.target)))
    return {source: frozenset(links) for source, links in found.items()}


def fields_of(annotation: Annotation) -> tuple[tuple[str, Value], ...]:
    """Return what the form of an annotation says: fields that are filled, record, certainty."""
    filled = {name: value for name, value in annotation.attributes.items() if value not in ("", ())}
    filled |= {"record": annotation.record} if annotation.record else {}
    filled |= {"certainty": "unsure"} if annotation.certainty == "unsure" else {}
    return tuple(sorted(filled.items()))


def _case(
    layers: Sequence[str],
    group: Mapping[str, Annotation],
    links: Mapping[str, frozenset[tuple[str, str]]],
) -> Case:
    said: dict[Said | None, list[str]] = {}
    for layer in layers:
        one = group.get(layer)
        said.setdefault(_said(one, links) if one else None, []).append(layer)
    readings = tuple(
        Reading(tuple(who), tuple(group[layer] for layer in who if layer in group))
        for who in said.values()
    )
    return Case(_kind(group, said), readings)


def _said(annotation: Annotation, links: Mapping[str, frozenset[tuple[str, str]]]) -> Said:
    fields, linked = fields_of(annotation), links.get(annotation.id, frozenset())
    return annotation.type, ranges_of(annotation), fields, linked


def _kind(group: Mapping[str, Annotation], said: Mapping[Said | None, list[str]]) -> Kind:
    if len(said) == 1:
        return "alike"
    if None in said:
        return "only"
    if len({one.type for one in group.values()}) > 1:
        return "type"
    if len({ranges_of(one) for one in group.values()}) > 1:
        return "boundary"
    return "field"


def pattern(case: Case) -> tuple[object, ...]:
    """Return in what way the layers differ: cases with the same pattern can be settled alike."""
    found: list[object] = [case.kind]
    common = _common(case)
    for reading in case.readings:
        one = reading.annotation
        if one is None:
            says: object = None
        elif case.kind == "boundary":
            says = one.type, *_beyond(one, common)
        elif case.kind == "only":
            says = one.type, one.quote.casefold()
        elif case.kind == "type":
            says = one.type
        else:
            says = one.type, fields_of(one)
        found.append((reading.layers, says))
    return tuple(found)


def _common(case: Case) -> tuple[int, int]:
    """Return the stretch from the latest start to the earliest end."""
    marks = case.annotations
    return max(one.start for one in marks), min(one.end for one in marks)


def _beyond(annotation: Annotation, common: tuple[int, int]) -> tuple[str, str]:
    """Return the words of an annotation in front of a stretch and behind it."""
    text, start = annotation.quote, annotation.start
    before = text[: max(0, common[0] - start)]
    after = text[max(0, common[1] - start) :]
    return before.casefold().strip(), after.casefold().strip()


def differing(annotation: Annotation, case: Case) -> tuple[tuple[int, int], ...]:
    """Return which words of an annotation not every reading has (code points of the article)."""
    marks = [reading.annotation for reading in case.readings]
    others = [one for one in marks if one is not None and one.id != annotation.id]
    found: list[tuple[int, int]] = []
    for start, end, text in annotation.fragments:
        for first, last in words(text):
            here = start + first, min(end, start + last)
            if len(others) + 1 < len(marks) or any(not _covers(one, here) for one in others):
                found.append(here)
    return tuple(found)


def _covers(annotation: Annotation, stretch: tuple[int, int]) -> bool:
    return any(f.start <= stretch[0] and stretch[1] <= f.end for f in annotation.fragments)


Edge = Literal["start", "end", "both", "gaps"]


def edges(case: Case) -> Edge:
    """Return which ends of the spans the layers place differently."""
    starts, ends = ({getattr(one, at) for one in case.annotations} for at in ("start", "end"))
    if len(starts) > 1:
        return "both" if len(ends) > 1 else "start"
    return "end" if len(ends) > 1 else "gaps"
