"""spaCy's DocBin: a Doc an article, with a group of spans for each type.

`spacy` has to be installed. A span of spaCy is made of whole tokens; what the annotations are
exactly, fields and relations included, stands beside the tokens in `doc.user_data["pressmark"]`.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin

from app.exchange.carry import Room, Tally
from app.exchange.columns import bundle_of, row_of
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft
from app.exchange.features import MARKS
from app.model.errors import InputRefused
from app.model.registry import Record

ROOM = Room(carries=MARKS, nested=True, typed=True)

_KEY = "pressmark"


def fit(bundle: Bundle, _tally: Tally) -> Bundle:
    """Return the article as it is."""
    return bundle


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write the articles, cut into tokens by spaCy's rules for no language in particular."""
    nlp = spacy.blank("xx")
    nlp.max_length = 100_000_000
    records = {record.id: record for record in header.records}
    made = DocBin(store_user_data=True)
    for bundle in articles:
        doc = nlp.make_doc(bundle.article.text)
        groups: dict[str, list[Any]] = {}
        for item in bundle.annotations:
            for part in item.fragments:
                span = doc.char_span(
                    part.start, part.end, label=item.type, alignment_mode="expand", span_id=item.id
                )
                if span is not None:
                    groups.setdefault(item.type, []).append(span)
        for name, spans in groups.items():
            doc.spans[name] = spans
        doc.user_data[_KEY] = json.dumps(row_of(bundle, records), ensure_ascii=False)
        made.add(doc)
    made.to_disk(path)


def read(path: Path) -> Dataset:
    """Return the articles of a file: ours as they were, others with their entities and spans."""
    tally, records = Tally(), dict[str, Record]()
    try:
        docs = list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("xx").vocab))
        bundles = [
            _bundle(doc, tally, records, file=f"{path.name} {n}") for n, doc in enumerate(docs)
        ]
    except InputRefused:
        raise
    except Exception as error:  # noqa: BLE001 - zlib, msgpack and spaCy each raise their own
        raise InputRefused(f"it is no DocBin: {error}") from None
    return Dataset(
        articles=tuple(bundles),
        foreign=True,
        records=tuple(records.values()),
        lost=tally.lost(),
    )


def _bundle(doc: Doc, tally: Tally, records: dict[str, Record], *, file: str) -> Bundle:
    kept = doc.user_data.get(_KEY)
    if isinstance(kept, str):
        return bundle_of(json.loads(kept), tally, records, file=file)
    draft = Draft(doc.text, tally, file=file)
    groups = {"": doc.ents, **{name: doc.spans[name] for name in doc.spans}}
    for group, spans in groups.items():
        for n, span in enumerate(spans):
            place = (span.start_char, span.end_char)
            draft.mark(f"{group} {n}", span.label_ or group, [place])
    return draft.bundle()
