"""The registry alone as one CSV table, with the columns of `registry.csv` in the tables of `csv`.

A cell that a spreadsheet would run gets an apostrophe in front, which is taken away on reading.
"""

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path

from app.exchange.atomic import atomic_write
from app.exchange.flat import from_words, to_words, words_of
from app.model.codebook import Codebook
from app.model.errors import InputRefused
from app.model.registry import Record

_OWN = ("id", "kind", "name", "aliases", "external")
_FIELD = "field "
_RUN = re.compile(r"['=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LARGEST = 1 << 31


def write_registry(path: Path, records: Iterable[Record], codebook: Codebook) -> None:
    """Write entries as one table, in the place of what was there. Raises `KnownError`."""
    fields = dict.fromkeys(a.name for kind in codebook.records for a in kind.attributes)
    held = list(records)
    fields |= dict.fromkeys(name for record in held for name in record.attributes)
    stream = io.StringIO(newline="")
    table = csv.writer(stream)
    table.writerow([*_OWN, *(f"{_FIELD}{name}" for name in fields)])
    for record in held:
        external = json.dumps(dict(record.external), ensure_ascii=False) if record.external else ""
        aliases = to_words(record.aliases) if record.aliases else ""
        own = (record.id, record.kind, record.name, aliases, external)
        values = (
            to_words(record.attributes[name]) if name in record.attributes else ""
            for name in fields
        )
        table.writerow([_harmless(cell) for cell in (*own, *values)])
    with atomic_write(path) as file:
        file.write(stream.getvalue().encode("utf-8-sig"))


def read_registry(path: Path, codebook: Codebook) -> tuple[Record, ...]:
    """Return the entries of a table; the id is empty where the table gives none.

    `kind` and `name` have to be there. Raises `InputRefused` with the line that is wrong.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise InputRefused(f"{path.name} cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise InputRefused(f"{path.name} is not in UTF-8.") from problem
    csv.field_size_limit(_LARGEST)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if "name" not in (rows.fieldnames or ()):
        raise InputRefused(f"{path.name} has no column “name”.")
    found = []
    try:
        for row in rows:
            cells = {k: _plain(v) for k, v in row.items() if k is not None and isinstance(v, str)}
            found.append(_record({k: v for k, v in cells.items() if v}, codebook))
    except (csv.Error, ValueError, InputRefused) as problem:
        raise InputRefused(f"{path.name}, line {rows.line_num}: {problem}") from problem
    return tuple(found)


def _record(row: dict[str, str], codebook: Codebook) -> Record:
    name, kind = row.get("name", "").strip(), row.get("kind", "")
    known = codebook.record_kind(kind) or (codebook.records[0] if not kind else None)
    if not name:
        raise InputRefused("an entry needs a name.")
    if known is None:
        raise InputRefused(f"the codebook has no kind of entry “{kind}”.")
    fields = {attribute.name: attribute for attribute in known.attributes}
    external = json.loads(row.get("external", "{}"))
    if not isinstance(external, dict) or not all(isinstance(v, str) for v in external.values()):
        raise InputRefused("external ids are a JSON object of words.")
    return Record(
        id=row.get("id", ""),
        kind=known.name,
        name=name,
        aliases=tuple(words_of(row.get("aliases", ""))),
        attributes={
            n: from_words(words, fields.get(n))
            for column, words in row.items()
            if column.startswith(_FIELD) and (n := column.removeprefix(_FIELD))
        },
        external=external,
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if _RUN.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _plain(cell: str) -> str:
    return cell.removeprefix("'")
