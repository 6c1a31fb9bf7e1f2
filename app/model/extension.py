"""What a codebook lacks for a file of others: shown to somebody before anything is written."""

from dataclasses import dataclass
from typing import Literal

from typing_extensions import override

from app.model.codebook import Codebook
from app.model.wording import several

Added = Literal["type", "field", "value", "link", "words"]

_SEVERAL: dict[Added, tuple[str, str]] = {
    "type": ("type", "types"),
    "field": ("field", "fields"),
    "value": ("value", "values"),
    "link": ("link", "links"),
    "words": ("field of words", "fields of words"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One entry that the codebook would get. `where` says what it belongs to, in words."""

    kind: Added
    name: str
    where: str
    uses: int

    @override
    def __str__(self) -> str:
        where = f" of {self.where}" if self.where else ""
        return f"{_SEVERAL[self.kind][0]} “{self.name}”{where} ({several(self.uses, 'use')})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """The codebook with what a file needs, and what that is, entry by entry."""

    codebook: Codebook
    additions: tuple[Addition, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.additions)

    @property
    def summary(self) -> str:
        """What would be added, counted: `2 types, 1 field`."""
        counts = [
            several(number, *words)
            for kind, words in _SEVERAL.items()
            if (number := sum(one.kind == kind for one in self.additions))
        ]
        return ", ".join(counts)

    @property
    def lines(self) -> tuple[str, ...]:
        """Each entry in words."""
        return tuple(map(str, self.additions))
