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
def _maker(kind: Any) -> Callable[[Any], Any]:
    origin, arms = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _union(arms)
    if origin is tuple:
        item = _maker(arms[0])
        return lambda data: tuple(map(item, data))
    if origin in (Mapping, dict):
        value = _maker(arms[1])
        return lambda data: {key: value(given) for key, given in data.items()}
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return lambda data: kind(*data)
    return lambda data: data


def _record(kind: Any) -> Callable[[Any], Any]:
    # Fields are looked up when first used: a batch holds commands, which may be batches.
    return lambda data: kind(**{key: _fields(kind)[key](data[key]) for key in data})


@cache
def _fields(kind: Any) -> dict[str, Callable[[Any], Any]]:
    return {name: _maker(hint) for name, hint in get_type_hints(kind).items()}


def _union(arms: tuple[Any, ...]) -> Callable[[Any], Any]:
    records: list[Any] = [arm for arm in arms if dataclasses.is_dataclass(arm)]
    if len(records) > 1:
        by_op = {arm.__dataclass_fields__["op"].default: _maker(arm) for arm in records}
        return lambda data: by_op[data["op"]](data)
    some = [*records, *(arm for arm in arms if get_origin(arm) in (tuple, Mapping))]
    if not some:
        return lambda data: data
    make = _maker(some[0])
    return lambda data: make(data) if isinstance(data, (list, dict)) else data
