"""Tables with an article a row: CSV, Excel, OpenDocument and JSON Lines.

A mapping says which column is what; without one the names of the columns are guessed at. Columns
that are nothing of an article are kept beside it under their names. Imported by the child alone.
"""

import csv
import datetime as dt
import io
import itertools
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.exchange.columns_of import FIELDS, guess
from app.exchange.dates import iso_day
from app.exchange.text_file import decode
from app.exchange.zip_file import UNREADABLE
from app.model.errors import InputRefused

_MOST_COLUMNS = 1_000
_MOST_UNPACKED = 200 * 1024 * 1024
_LOOKED_AT = 50
_PEEKED_AT = 5
_SHOWN = 500
_DELIMITERS = ",;\t|"
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Row = dict[str, Any]


def read(
    data: bytes,
    mapping: Mapping[str, str] | None = None,
    encoding: str = "",
    *,
    peek: bool = False,
) -> Iterator[dict[str, Any]]:
    """Yield the article of each row, and at the end how many rows have no text.

    `mapping` says which column a field is (`{"text": "body"}`); what it does not say is guessed.
    With `peek` one record is yielded instead: `columns`, the `mapping` as it would be, and `rows`.
    """
    rows, note = _rows(data, encoding)
    first = list(itertools.islice(rows, _LOOKED_AT))
    columns = list(dict.fromkeys(name for row in first for name in row))
    if not first:
        raise InputRefused("it has a head and no rows" if columns else "it holds no rows")
    if len(columns) > _MOST_COLUMNS:
        raise InputRefused(f"it has more than {_MOST_COLUMNS:,} columns")
    chosen = _chosen(columns, first, mapping or {})
    if peek:
        shown = [{name: _words(row.get(name))[:_SHOWN] for name in columns} for row in first]
        yield {"columns": columns, "mapping": chosen, "rows": shown[:_PEEKED_AT]}
        return
    if "text" not in chosen:
        listed = ", ".join(f"“{name}”" for name in columns[:12])
        raise InputRefused(
            f"no column is named like the text of an article: it has {listed}. Say which one it is"
            " (--map text=COLUMN)"
        )
    left_out: Counter[str] = Counter()
    for row in itertools.chain(first, rows):
        made = _article(row, chosen)
        if made["text"].strip():
            if made["metadata"].get(chosen.get("date", "")):
                left_out["dates"] += 1
            yield made
        else:
            left_out["rows without text"] += 1
    yield {"note": note, "guessed": "guess" in note, "left_out": dict(left_out)}


def _chosen(columns: list[str], rows: list[Row], mapping: Mapping[str, str]) -> dict[str, str]:
    for field, column in mapping.items():
        if field not in FIELDS:
            raise InputRefused(f"there is no field “{field}”, only {', '.join(FIELDS)}")
        if column and column not in columns:
            listed = ", ".join(f"“{name}”" for name in columns[:12])
            raise InputRefused(f"it has no column “{column}”, only {listed}")
    lengths = {
        name: sum(len(_words(row.get(name))) for row in rows) // len(rows) for name in columns
    }
    taken = {field: column for field, column in mapping.items() if column}
    guessed = guess(columns, lengths)
    for field, column in guessed.items():
        if field not in mapping and column not in taken.values():
            taken[field] = column
    return taken


def _article(row: Row, chosen: Mapping[str, str]) -> dict[str, Any]:
    said = {field: _words(row.get(column)) for field, column in chosen.items()}
    used = set(chosen.values())
    metadata = {
        name: words for name, value in row.items() if name not in used and (words := _words(value))
    }
    if said.get("id"):
        metadata["id"] = said["id"]
    date = said.get("date", "")
    published = iso_day(date) or (date if re.fullmatch(r"\d{4}(-\d{2})?", date) else "")
    if date and not published:
        metadata[chosen["date"]] = date
    return {
        "text": said.get("text", ""),
        "headline": " ".join(said.get("title", "").split()),
        "published": published,
        **{name: " ".join(said.get(name, "").split()) for name in ("source", "author", "url")},
        "language": said.get("language", ""),
        "metadata": metadata,
    }


def _words(value: Any) -> str:
    words = value
    match value:
        case None:
            words = ""
        case bool():
            words = str(value).lower()
        case float() if value.is_integer():
            words = int(value)
        case dt.datetime() if value.time() == dt.time():
            words = value.date().isoformat()
        case dt.date() | dt.time():
            words = value.isoformat()
        case dict() | list():
            words = json.dumps(value, ensure_ascii=False)
    return str(words)


def _rows(data: bytes, encoding: str) -> tuple[Iterator[Row], str]:
    if data.startswith(_BOOKS):
        return _book(data)
    text, name, note = decode(data, encoding)
    note = note or ("" if name == "utf-8" else f"read as {name}")
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        return _json_lines(text), note
    return _csv(text), note


def _json_lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(io.StringIO(text.lstrip("\ufeff")), start=1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            raise InputRefused(f"line {number:,} is no JSON") from None
        if not isinstance(found, dict):
            raise InputRefused(f"line {number:,} is no JSON object")
        yield found


def _csv(text: str) -> Iterator[Row]:
    csv.field_size_limit(max(len(text), 1))
    text = text.lstrip("\ufeff")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        head = next(table, [])
        names = _names(head)
        for cells in table:
            if not any(cells):
                continue
            row = dict(zip(names, cells, strict=False))
            for number, cell in enumerate(cells[len(names) :], start=len(names) + 1):
                row[f"column {number}"] = cell
            yield row
    except csv.Error as error:
        raise InputRefused(f"it is no CSV table: {error}") from None


def _delimiter(text: str) -> str:
    """Return the sign that cuts the first rows into the most columns, the same number in each."""

    def quality(sign: str) -> tuple[bool, int]:
        rows = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=sign)
        try:
            widths = [len(row) for row in itertools.islice(rows, 20) if row]
        except csv.Error:
            return False, 0
        even = len(widths) > 1 and widths[0] > 1 and widths[:-1] == [widths[0]] * (len(widths) - 1)
        return even, widths[0] if widths else 0

    return max(_DELIMITERS, key=quality)


def _names(head: Iterable[Any]) -> list[str]:
    """Return names for columns, unlike one another, also where the head has none."""
    names: dict[str, None] = {}
    for number, cell in enumerate(head, start=1):
        name = " ".join(_words(cell).split()) or f"column {number}"
        names[name if name not in names else f"{name} ({number})"] = None
        if number > _MOST_COLUMNS:
            raise InputRefused(f"it has more than {_MOST_COLUMNS:,} columns")
    return list(names)


def _book(data: bytes) -> tuple[Iterator[Row], str]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _check(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for number, name in enumerate(book.sheet_names):
            sheet = book.get_sheet_by_index(number)
            if sheet.total_height > 1:
                others = len(book.sheet_names) - 1
                note = f"the sheet “{name}”; {others} others were not read" if others else ""
                return _sheet(sheet.iter_rows()), note
    except PasswordError:
        raise InputRefused("it has a password") from None
    except CalamineError:
        raise InputRefused("it is no table of Excel or OpenDocument, or is broken") from None
    raise InputRefused("it holds no rows")


def _check(data: bytes) -> None:
    """Refuse a workbook that says it unpacks to more than there is memory for."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(one.file_size for one in archive.infolist())
    except UNREADABLE:
        raise InputRefused("it is no table of Excel or OpenDocument, or is broken") from None
    if total > _MOST_UNPACKED:
        raise InputRefused("it unpacks to too much")


def _sheet(rows: Iterable[list[Any]]) -> Iterator[Row]:
    table = iter(rows)
    head = next((row for row in table if any(cell != "" for cell in row)), [])
    names = _names(head)
    for cells in table:
        if any(cell != "" for cell in cells):
            yield dict(zip(names, cells, strict=False))
