"""What the names, labels and keys in a codebook have to be.

Each function yields (path into the codebook, reason) for every mistake.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

TYPE_KEYS = frozenset(["", *"123456789"])
WIDEST_BADGE = 2

_SLOT_KEYS = frozenset(["", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"])

Place = tuple[str | int, ...]


class Named(Protocol):
    """An entry of a codebook, and the codebook itself."""

    @property
    def name(self) -> str:
        """What data calls it."""

    @property
    def label(self) -> str:
        """What people call it."""


def unnamed(path: Place, entry: Named) -> Iterator[tuple[Place, str]]:
    """Yield the name or label that is empty."""
    for key, words in (("name", entry.name), ("label", entry.label)):
        if not words.strip():
            yield (*path, key), f"the {key} is empty"


def duplicates(entries: Iterable[tuple[Place, str]], what: str) -> Iterator[tuple[Place, str]]:
    """Yield every place after the first that holds the same words."""
    seen: set[str] = set()
    for path, words in entries:
        if words in seen:
            yield path, f"two entries share the {what} “{words}”"
        seen.add(words)


def slot_key(path: Place, key: str, reserved: Collection[str]) -> Iterator[tuple[Place, str]]:
    """Yield the key of a slot that the article view cannot give it."""
    if key in reserved:
        yield (*path, "key"), f"key {key} is reserved"
    elif key not in _SLOT_KEYS:
        yield (*path, "key"), f"a slot has a letter from A to Z as its key, not “{key}”"
