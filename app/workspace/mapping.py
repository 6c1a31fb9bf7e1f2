"""Which column of a table is what of an article, for whoever imports one.

A sheet asks `look_at` once for a table (in a worker) and shows `columns`, the `mapping` as it would
be and the first `rows`; what somebody chooses goes into `Found.mapping`, and the file is looked at
anew. A field that is mapped to an empty name is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.exchange import foreign_article
from app.exchange.columns_of import FIELDS
from app.model.errors import InputRefused
from app.workspace.importing import Found, member_of

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table, which of them is which field, and its first rows."""

    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    rows: tuple[Mapping[str, str], ...]


def look_at(file: Found) -> Columns:
    """Return the columns of a table. Raises `InputRefused` where the file is none."""
    options = {"mapping": dict(file.mapping), "encoding": file.encoding, "peek": True}
    if (member := member_of(file, options)) is not None:
        said = foreign_article.peek_member(member)
    else:
        said = foreign_article.peek(file.where, "table", **options)
    return Columns(
        columns=tuple(said["columns"]), mapping=said["mapping"], rows=tuple(said["rows"])
    )


def pairs_of(words: Iterable[str]) -> Pairs:
    """Return the pairs in words such as `text=body`. Raises `InputRefused` for what is none."""
    pairs: dict[str, str] = {}
    for word in words:
        field, sign, column = word.partition("=")
        field = field.strip().lower()
        if not sign or field not in FIELDS:
            raise InputRefused(
                f"“{word}” is no mapping such as text=body; the fields are {', '.join(FIELDS)}."
            )
        pairs[field] = column.strip()
    return tuple(pairs.items())
