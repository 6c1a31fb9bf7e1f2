"""Whether two articles say the same, whatever their ids: what an export is checked by."""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson

from app.exchange.dataset import Bundle
from app.model.annotation import Annotation, Evidence, Fragment, Value


def digest(bundle: Bundle) -> bytes:
    """Return a hash of all that a format keeps of an article; ids and orders do not count."""
    told = orjson.dumps(_told(bundle), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(told).digest()


def _told(bundle: Bundle) -> dict[str, Any]:
    article = bundle.article
    keys = {item.id: _annotation(item) for item in bundle.annotations}
    return {
        "about": [
            *(article.text, article.title, article.source, article.url, article.author),
            *(article.published, article.language, _values(article.metadata)),
        ],
        "annotations": sorted(keys.values()),
        "relations": sorted(
            _packed(
                [link.layer, link.role, keys.get(link.source), keys.get(link.target)],
                _values(link.attributes),
            )
            for link in bundle.relations
        ),
        "status": sorted([s.layer, s.state, s.note, str(s.seconds)] for s in bundle.statuses),
    }


def _annotation(item: Annotation) -> str:
    return _packed(
        [item.layer, item.type, item.record, item.certainty, item.comment, item.origin],
        [item.created_at, item.updated_at, item.codebook_revision],
        _fragments(item.fragments),
        _values(item.attributes),
        sorted(map(_evidence, item.evidence)),
    )


def _evidence(item: Evidence) -> str:
    return _packed(
        item.attribute, _fragments(item.fragments), _value(item.value), _values(item.attributes)
    )


def _fragments(fragments: tuple[Fragment, ...]) -> list[list[Any]]:
    return [list(one) for one in fragments]


def _values(attributes: Any) -> list[list[Any]]:
    return sorted([name, _value(value)] for name, value in attributes.items())


def _value(value: Value) -> str:
    """Return a value so that 1, 1.0, true and "1" are told apart as the codebook does."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"number {float(value)!r}" if abs(value) < 2**53 else f"number {value!r}"
    return f"{type(value).__name__} {orjson.dumps(value).decode()}"


def _packed(*parts: Any) -> str:
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode()


def differences(given: Bundle, found: Bundle) -> Iterator[str]:
    """Yield in words what is not the same in two articles, for whoever looks for the reason."""
    one, other = _told(given), _told(found)
    for key in one:
        left, right = one[key], other[key]
        if left == right:
            continue
        yield from (f"{key}: only written: {part}" for part in left if part not in right)
        yield from (f"{key}: only read: {part}" for part in right if part not in left)
