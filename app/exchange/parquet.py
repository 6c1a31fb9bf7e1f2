"""Apache Parquet: a row an article, its annotations and relations as lists of structs.

`pyarrow` has to be installed. Offsets count code points.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from app.exchange.carry import Room, Tally
from app.exchange.columns import bundle_of, row_of
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.features import MARKS
from app.model.errors import InputRefused
from app.model.registry import Record

ROOM = Room(carries=MARKS, nested=True, typed=True)

_ROWS = 500
_FRAGMENTS = pa.list_(
    pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])
)


def _words(names: str) -> list[tuple[str, Any]]:
    return [(name, pa.string()) for name in names.split()]


_EVIDENCE = pa.struct([*_words("attribute value attributes"), ("fragments", _FRAGMENTS)])
_ANNOTATION = pa.struct(
    [
        *_words("id layer type text attributes record record_name record_kind certainty comment"),
        *(("start", pa.int64()), ("end", pa.int64()), ("fragments", _FRAGMENTS)),
        ("evidence", pa.list_(_EVIDENCE)),
    ]
)
_RELATION = pa.struct(_words("id layer role from to attributes"))
_SCHEMA = pa.schema(
    [
        *_words("id text sha256 title source url author published language metadata"),
        ("annotations", pa.list_(_ANNOTATION)),
        ("relations", pa.list_(_RELATION)),
    ]
)


def fit(bundle: Bundle, _tally: Tally) -> Bundle:
    """Return the article as it is."""
    return bundle


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write some hundred articles at a time."""
    records = {record.id: record for record in header.records}
    rows = (row_of(bundle, records) for bundle in articles)
    with parquet.ParquetWriter(path, _SCHEMA) as writer:
        while some := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(some, schema=_SCHEMA))


def read(path: Path) -> Dataset:
    """Return the articles of a file of ours. Raises `InputRefused` for any other."""
    tally, records = Tally(), dict[str, Record]()
    try:
        bundles = tuple(bundle_of(row, tally, records, file=path.name) for row in _rows_of(path))
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
        raise InputRefused(f"it is no Parquet file of ours: {error}") from None
    return Dataset(
        articles=bundles, foreign=True, records=tuple(records.values()), lost=tally.lost()
    )


def _rows_of(path: Path) -> Iterator[dict[str, Any]]:
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS):
            yield from batch.to_pylist()
