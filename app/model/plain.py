"""Records from plain data (dicts, lists, strings), without pydantic and its cost at the start.

For data that this program wrote and checked itself: the journal and the codebook in a project. What
comes from outside goes through `app.model.wire`.
"""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def build(kind: Any, data: Any) -> Any:
    """Return the record of a kind in the data: a dataclass, or one of those told apart by `op`.

    Raises ValueError where the data is none.
    """
    try:
        return _maker(kind)(data)
    except (TypeError, KeyError, AttributeError) as problem:
        message = f"no {getattr(kind, '__name__', 'record')} in the data: {problem}"
        raise ValueError(message) from problem


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:  # noqa: PLR0911 - one case a kind of hint
    origin, arms = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _union(arms)
    if origin is tuple:
        item = _maker(arms[0])
        return tuple if item is _same else lambda data: tuple(map(item, data))
    if origin in (Mapping, dict):
        value = _maker(arms[1])
        if value is _same:
            return lambda data: {**data}
        return lambda data: {key: value(given) for key, given in data.items()}
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return lambda data: kind(*data)
    return _same


def _record(kind: Any) -> Callable[[Any], Any]:
    def make(data: Any) -> Any:
        given = {**data}
        # Fields are looked up when first used: a batch holds commands, which may be batches.
        for name, field in _fields(kind):
            if name in given:
                given[name] = field(given[name])
        return kind(**given)

    return make


@cache
def _fields(kind: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the fields that are more than the plain data, and what makes them of it."""
    made = ((name, _maker(hint)) for name, hint in get_type_hints(kind).items())
    return tuple((name, maker) for name, maker in made if maker is not _same)


def _same(data: Any) -> Any:
    return data


def _union(arms: tuple[Any, ...]) -> Callable[[Any], Any]:
    records: list[Any] = [arm for arm in arms if dataclasses.is_dataclass(arm)]
    if len(records) > 1:
        by_op = {arm.__dataclass_fields__["op"].default: _maker(arm) for arm in records}
        return lambda data: by_op[data["op"]](data)
    some = [*records, *(arm for arm in arms if get_origin(arm) in (tuple, Mapping))]
    if not some:
        return _same
    make = _maker(some[0])
    return lambda data: make(data) if isinstance(data, (list, dict)) else data
