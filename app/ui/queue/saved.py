"""Named filters of the queue, kept as text among a person's settings."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from app.model.article import STATES
from app.model.listing import SORTS, Listing


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A listing under a name."""

    name: str
    listing: Listing


def to_text(filters: Iterable[SavedFilter]) -> str:
    """Return filters as one line; what says nothing is left out."""
    plain = asdict(Listing())
    return json.dumps(
        [
            {"name": one.name}
            | {key: value for key, value in asdict(one.listing).items() if value != plain[key]}
            for one in filters
        ],
        ensure_ascii=False,
    )


def from_text(text: str) -> tuple[SavedFilter, ...]:
    """Return the filters in a line; what is damaged in it is left out."""
    try:
        found = json.loads(text)
    except ValueError:
        return ()
    if not isinstance(found, list):
        return ()
    made = (_filter(one) for one in found if isinstance(one, dict))
    return tuple(one for one in made if one is not None)


def _filter(data: dict[str, object]) -> SavedFilter | None:
    name = data.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    plain = asdict(Listing())
    known = {field.name for field in fields(Listing)}
    given = {key: value for key, value in data.items() if key in known}
    if given.get("state") not in (None, *STATES) or given.get("sort", "position") not in SORTS:
        return None
    if any(type(value) is not type(plain[key]) for key, value in given.items() if key != "state"):
        return None
    return SavedFilter(name, Listing(**given))  # type: ignore[arg-type]


def renamed(filters: Iterable[SavedFilter], old: str, new: str) -> tuple[SavedFilter, ...]:
    """Return filters with one under another name; what bore that name goes."""
    return tuple(
        SavedFilter(new if one.name == old else one.name, one.listing)
        for one in filters
        if one.name == old or one.name != new
    )


def put(filters: Iterable[SavedFilter], name: str, listing: Listing) -> tuple[SavedFilter, ...]:
    """Return filters with one more, or with another listing under its name; sorted by name."""
    others = [one for one in filters if one.name != name]
    return tuple(sorted([*others, SavedFilter(name, listing)], key=lambda one: one.name.casefold()))


def without(filters: Iterable[SavedFilter], name: str) -> tuple[SavedFilter, ...]:
    """Return filters without one."""
    return tuple(one for one in filters if one.name != name)
