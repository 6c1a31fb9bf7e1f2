"""JSON of others: read whole within bounds, and values as the program keeps them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from app.model.annotation import Value
from app.model.article import Article
from app.model.errors import InputRefused

_MOST = 1024**3
_LONGEST = 256 * 1024 * 1024

ABOUT = ("title", "source", "url", "author", "published", "language")


def load(path: Path) -> Any:
    """Return what a JSON file holds. Raises `InputRefused` where it is none or too large."""
    if path.stat().st_size > _MOST:
        raise InputRefused("it is too large to be read as a whole")
    try:
        return orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise InputRefused(f"it is no JSON document: {error}") from None


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the object of each line that is not empty. Raises `InputRefused` at any other line."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if len(line) > _LONGEST:
                raise InputRefused(f"line {number:,} is longer than {_LONGEST:,} bytes")
            given = line.strip().removeprefix(b"\xef\xbb\xbf")
            if not given:
                continue
            try:
                made = orjson.loads(given)
            except ValueError as error:
                raise InputRefused(f"line {number:,} is no JSON: {error}") from None
            if not isinstance(made, dict):
                raise InputRefused(f"line {number:,} holds no object")
            yield made


def objects(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of lines, or of one JSON document where it is that instead.

    `[text, {...}]`, as spaCy's examples have it, is the object with its text.
    """
    with path.open("rb") as file:
        first = file.readline(_LONGEST).strip()
    try:
        whole = not isinstance(orjson.loads(first.removeprefix(b"\xef\xbb\xbf")), dict)
    except ValueError:
        whole = first[:1] in {b"[", b"{"}
    if not whole:
        yield from lines(path)
        return
    made = load(path)
    for one in made if isinstance(made, list) else [made]:
        match one:
            case [str(text), dict(rest)]:
                yield {"text": text, **rest}
            case dict():
                yield one
            case _:
                raise InputRefused("it holds something else than objects with a text")


def records(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; anything else is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def value_of(given: Any) -> Value:
    """Return a value of JSON as a field keeps it; what is nested becomes its JSON."""
    match given:
        case None | bool() | int() | float() | str():
            return given
        case list() if all(isinstance(one, str) for one in given):
            return tuple(given)
        case _:
            return orjson.dumps(given).decode()


def values_of(given: Any) -> dict[str, Value]:
    """Return an object's values as fields keep them."""
    return {str(k): value_of(v) for k, v in given.items()} if isinstance(given, dict) else {}


def about(article: Article) -> dict[str, Any]:
    """Return what is known about an article, for a format that takes any keys."""
    found: dict[str, Any] = {n: v for n in ABOUT if (v := getattr(article, n))}
    if article.metadata:
        found["metadata"] = dict(article.metadata)
    return found


def known(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts about an article that an object names, for `Draft`."""
    found: dict[str, Any] = {n: given[n] for n in ABOUT if isinstance(given.get(n), str)}
    found["metadata"] = values_of(given.get("metadata"))
    return found


def is_place(*offsets: Any) -> bool:
    """Tell whether these are offsets: whole numbers."""
    return all(isinstance(one, int) and not isinstance(one, bool) for one in offsets)
