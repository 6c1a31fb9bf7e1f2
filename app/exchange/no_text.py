"""A dataset without the texts it is about: offsets, hashes and short fingerprints of the words.

Made for texts that may not be passed on. Whoever has the articles attaches them again: the hash of
a text says which it is, and the fingerprint of each stretch that its words stand where they should.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from app.exchange import json_file, pressmark_json
from app.exchange.atomic import atomic_write
from app.exchange.dataset import Bundle, Counts, Header, Lost, Receipt
from app.exchange.place import fingerprint
from app.model.errors import InputRefused, KnownError
from app.model.text import canonical, sha256_of

FORMAT = "pressmark-no-text"
_LENGTH = 12
_REASON = "they were left out on request; only hashes and fingerprints are there"


def print_of(words: str) -> str:
    """Return the fingerprint of some words: the first twelve digits of their SHA-256."""
    return hashlib.sha256(words.encode()).hexdigest()[:_LENGTH]


def write(
    path: Path,
    header: Header,
    articles: Iterable[Bundle],
    progress: pressmark_json.Progress = lambda _: None,
) -> Receipt:
    """Write a line for the project and one an article. Raises what `pressmark_json.write` does."""
    written = Counts()
    with atomic_write(path) as file:
        top = orjson.loads(pressmark_json.header_line(header)) | {"format": FORMAT}
        file.write(orjson.dumps(top) + b"\n")
        for bundle in articles:
            line = orjson.loads(pressmark_json.article_line(bundle))
            file.write(orjson.dumps(stripped(line)) + b"\n")
            written += bundle
            progress(written.articles)
    read_back = _counted(path)
    if read_back != written:
        raise KnownError(f"{path} does not hold what was written.")
    return Receipt(
        path=str(path),
        format=FORMAT,
        sha256=fingerprint(path),
        written=written,
        read_back=read_back,
        lost=(lost(written.articles),),
    )


def lost(articles: int) -> Lost:
    """Return what is left out of so many articles."""
    return Lost(what="texts", count=articles, reason=_REASON)


def stripped(article: dict[str, Any]) -> dict[str, Any]:
    """Return an article's object with hashes and fingerprints in the place of words."""
    article["characters"] = len(article.pop("text"))
    for fragment in _fragments(article):
        fragment["print"] = print_of(fragment.pop("text"))
    return article


def _fragments(article: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in article["annotations"]:
        yield from item["fragments"]
        for evidence in item["evidence"]:
            yield from evidence["fragments"]


def _counted(path: Path) -> Counts:
    counts = Counts()
    for number, line in enumerate(json_file.lines(path)):
        if number:
            counts = Counts(
                articles=counts.articles + 1,
                annotations=counts.annotations + len(line["annotations"]),
                relations=counts.relations + len(line["relations"]),
            )
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What became of a dataset without texts: the whole part of it, and the titles that lack."""

    path: Path
    matched: int
    missing: tuple[str, ...]


def attach(path: Path, texts: Iterable[str], out: Path) -> Attached:
    """Put texts into a dataset without them and write what is whole as JSON Lines to `out`.

    A text is the one where its hash is, with or without line ends at its edges. Raises
    `InputRefused` where the file is none of ours or words do not have their fingerprint.
    """
    known: dict[str, str] = {}
    for raw in texts:
        text = canonical(raw)
        bare = text.strip("\n")
        for one in (text, bare, f"{bare}\n", text.strip()):
            known.setdefault(sha256_of(one), one)
    missing: list[str] = []
    matched = 0
    with out.open("wb") as file:
        for number, line in enumerate(json_file.lines(path)):
            if number == 0:
                if line.get("format") != FORMAT:
                    raise InputRefused("it is no dataset without texts: export one with --no-text")
                file.write(orjson.dumps(line | {"format": "pressmark"}) + b"\n")
                continue
            text_of = known.get(str(line.get("sha256")))
            if text_of is None:
                missing.append(str(line.get("title", "")))
                continue
            file.write(orjson.dumps(_whole(line, text_of)) + b"\n")
            matched += 1
    return Attached(path=out, matched=matched, missing=tuple(missing))


def _whole(article: dict[str, Any], text: str) -> dict[str, Any]:
    article.pop("characters", None)
    article["text"] = text
    for fragment in _fragments(article):
        words = text[fragment["start"] : fragment["end"]]
        if fragment.pop("print", "") != print_of(words):
            title = article.get("title", "")
            raise InputRefused(f"the words of a mark in “{title}” are others than were marked")
        fragment["text"] = words
    return article
