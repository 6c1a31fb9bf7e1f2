"""Annotations as formats without evidence see them: spans, fields and links, nothing nested.

Words that bear out a field become annotations of the type `event__place` with a link `place` from
the annotation they belong to; a value without words becomes the field `place__value`. Typed values
become words where a format has no types. Both ways are exact.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.exchange.dataset import Bundle
from app.model.annotation import Annotation, Evidence, Relation, Value, reading_order
from app.model.codebook import Attribute
from app.model.ids import derived_id

SEPARATOR = "__"
_VALUE = "value"
NOTHING = "null"


def flatten(bundle: Bundle) -> Bundle:
    """Return the article with its evidence as annotations and links of its own."""
    annotations: list[Annotation] = []
    relations = list(bundle.relations)
    for item in bundle.annotations:
        loose: dict[str, Value] = {}
        for number, evidence in enumerate(item.evidence):
            if not evidence.fragments:
                loose |= _loose(evidence)
                continue
            words = Annotation(
                id=derived_id("evidence", item.id, str(number)),
                article=item.article,
                layer=item.layer,
                type=f"{item.type}{SEPARATOR}{evidence.attribute}",
                fragments=evidence.fragments,
                attributes=_held(evidence),
            )
            annotations.append(words)
            relations.append(
                Relation(
                    id=derived_id("evidence link", item.id, str(number)),
                    article=item.article,
                    layer=item.layer,
                    role=evidence.attribute,
                    source=item.id,
                    target=words.id,
                )
            )
        if item.evidence:
            held = {**item.attributes, **loose}
            annotations.append(replace(item, evidence=(), attributes=held))
        else:
            annotations.append(item)
    return replace(
        bundle,
        annotations=tuple(sorted(annotations, key=reading_order)),
        relations=tuple(sorted(relations, key=lambda r: r.id)),
    )


def _held(evidence: Evidence) -> dict[str, Value]:
    held = {(f"{k}_" if k == _VALUE else k): v for k, v in evidence.attributes.items()}
    return held if evidence.value is None else {_VALUE: evidence.value, **held}


def _loose(evidence: Evidence) -> dict[str, Value]:
    return {f"{evidence.attribute}{SEPARATOR}{k}": v for k, v in _held(evidence).items()}


def evidence_links(bundle: Bundle) -> dict[str, Relation]:
    """Return the link of each annotation that stands for evidence, by the annotation's id."""
    types = {item.id: item.type for item in bundle.annotations}
    reached = Counter(link.target for link in bundle.relations)
    return {
        link.target: link
        for link in bundle.relations
        if types.get(link.target) == f"{types.get(link.source)}{SEPARATOR}{link.role}"
        and reached[link.target] == 1
    }


def nest(bundle: Bundle) -> Bundle:
    """Return the article with evidence where it belongs: the inverse of `flatten`."""
    links = evidence_links(bundle)
    words = {item.id: item for item in bundle.annotations if item.id in links}
    found: dict[str, list[Evidence]] = {}
    for target, link in links.items():
        item = words[target]
        value, held = _split(item.attributes)
        evidence = Evidence(
            attribute=link.role, fragments=item.fragments, value=value, attributes=held
        )
        found.setdefault(link.source, []).append(evidence)
    taken = {link.id for link in links.values()}
    return replace(
        bundle,
        annotations=tuple(
            _nested(item, found.get(item.id, ()))
            for item in bundle.annotations
            if item.id not in links
        ),
        relations=tuple(link for link in bundle.relations if link.id not in taken),
    )


def _nested(item: Annotation, evidence: Sequence[Evidence]) -> Annotation:
    if not evidence and not any(SEPARATOR in name for name in item.attributes):
        return item
    loose: dict[str, dict[str, Value]] = {}
    own: dict[str, Value] = {}
    for name, value in item.attributes.items():
        before, divided, after = name.partition(SEPARATOR)
        if divided and before and after:
            loose.setdefault(before, {})[after] = value
        else:
            own[name] = value
    more = [
        Evidence(attribute=name, value=value, attributes=held)
        for name, (value, held) in ((n, _split(v)) for n, v in loose.items())
    ]
    joined = sorted([*item.evidence, *evidence, *more], key=lambda e: (e.fragments, e.attribute))
    return replace(item, attributes=own, evidence=tuple(joined))


def _split(attributes: Mapping[str, Value]) -> tuple[Value, dict[str, Value]]:
    held = dict(attributes)
    value = held.pop(_VALUE, None)
    if f"{_VALUE}_" in held:
        held[_VALUE] = held.pop(f"{_VALUE}_")
    return value, held


# -- values as words ------------------------------------------------------------------------------


def to_words(value: Value) -> str:
    """Return a value as words: `null`, `true`, `5`, `a|b` or the text itself."""
    match value:
        case None:
            return NOTHING
        case bool() | int() | float():
            return json.dumps(value)
        case tuple():
            return "|".join(re.sub(r"([\\|])", r"\\\1", one) for one in value)
        case str():
            return f"\\{value}" if value == NOTHING or value.startswith("\\") else value


def from_words(words: str, attribute: Attribute | None) -> Value:
    """Return the value that words stand for in a field; without a field they are text.

    Words that the field cannot take stay text: whoever checks the field says so.
    """
    if words == NOTHING:
        return None
    kind = attribute.type if attribute else "text"
    if attribute is not None and kind == "enum":
        return next((o.value for o in attribute.options if str(o.value) == words), words)
    if kind in {"flags", "records"}:
        return tuple(words_of(words))
    if kind == "boolean":
        return {"true": True, "false": False}.get(words.casefold(), words)
    if kind in {"number", "integer"}:
        return _number(words)
    return words.removeprefix("\\")


def words_of(words: str) -> Iterator[str]:
    """Yield the parts of a list that `to_words` wrote."""
    if words:
        for part in re.findall(r"(?:[^\\|]|\\.)+|(?<=\|)(?=\||$)", words, re.DOTALL):
            yield re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL)


def _number(words: str) -> Value:
    try:
        found = json.loads(words)
    except ValueError:
        return words
    return found if isinstance(found, int | float) and not isinstance(found, bool) else words


def in_words(bundle: Bundle) -> Bundle:
    """Return the article with all values of fields as words, for formats without types."""
    return replace(
        bundle,
        annotations=tuple(
            replace(
                item,
                attributes=_worded(item.attributes),
                evidence=tuple(map(_worded_evidence, item.evidence)),
            )
            if item.attributes or item.evidence
            else item
            for item in bundle.annotations
        ),
        relations=tuple(
            replace(link, attributes=_worded(link.attributes)) for link in bundle.relations
        ),
    )


def _worded_evidence(item: Evidence) -> Evidence:
    value = None if item.value is None else to_words(item.value)
    return replace(item, value=value, attributes=_worded(item.attributes))


def _worded(attributes: Mapping[str, Value]) -> dict[str, Value]:
    return {name: to_words(value) for name, value in attributes.items()}
