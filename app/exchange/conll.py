"""CoNLL columns with IOB2 tags: one file a type, and the texts beside them.

A token a line, its tag last, an empty line after a sentence, `-DOCSTART-` before an article. What
overlaps within a type and what is smaller than a token cannot be said there.
https://aclanthology.org/W03-0419/
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import orjson

from app.exchange import json_file
from app.exchange.carry import Room, Tally, no_overlaps
from app.exchange.dataset import Bundle, Dataset, Header
from app.exchange.draft import Draft, text_of
from app.exchange.features import Feature
from app.exchange.reserved import back, safe_name
from app.model.annotation import Annotation, Fragment, reading_order
from app.model.errors import InputRefused
from app.model.text import sentences

ROOM = Room(carries=frozenset({Feature.TEXT, Feature.ABOUT}))

TEXTS = "pressmark-texts.jsonl"
"""Beside the columns: the articles, letter by letter, and their order."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_START = "-DOCSTART-"
_BREAKS = frozenset({"[SEP]"})
_STARTS = frozenset({_START, "SAMPLE_START"})
_TAG = re.compile(r"([BIESLUM])-(.+)", re.DOTALL)
_ON_A_LINE = re.compile(r"(\S+\|(O|[BIESLUM]-\S+)\s*)+")
"""A sentence a line, `word|TAG` or `word|POS|TAG`, as spaCy takes it."""
_INSIDE = "its edge lies within a token; it was widened to whole tokens"


# -- writing --------------------------------------------------------------------------------------


def fit(bundle: Bundle, tally: Tally) -> Bundle:
    """Widen annotations to whole tokens, and leave out those that overlap one of their type."""
    text = bundle.article.text
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    kept: list[Annotation] = []
    for item in bundle.annotations:
        covered = [(s, e) for s, e in tokens if s < item.end and e > item.start]
        if not covered:
            tally.add("annotations", 1, "no token stands there")
            continue
        start, end = covered[0][0], covered[-1][1]
        if (start, end) != (item.start, item.end):
            tally.add("edges of annotations", 1, _INSIDE)
        kept.append(replace(item, fragments=(Fragment(start, end, text[start:end]),)))
    reason = "a token has one tag in a file"
    return no_overlaps(replace(bundle, annotations=tuple(kept)), tally, reason=reason)


def write(path: Path, header: Header, articles: Iterable[Bundle]) -> None:
    """Write a file for each type of the codebook that is used, and the texts."""
    names = [span_type.name for span_type in header.codebook.types]
    used: set[str] = set()
    with ExitStack() as stack:
        files = {name: stack.enter_context(_opened(path, name)) for name in names}
        texts = stack.enter_context((path / TEXTS).open("wb"))
        for bundle in articles:
            article = bundle.article
            about = {"id": article.id, "text": article.text, **json_file.about(article)}
            texts.write(orjson.dumps(about) + b"\n")
            used |= {item.type for item in bundle.annotations}
            for name, file in files.items():
                own = [item for item in bundle.annotations if item.type == name]
                file.writelines(_lines(article.text, sorted(own, key=reading_order), name))
    for name in names[1:] if not used else names:
        if name not in used:
            (path / _file(name)).unlink()


def _file(name: str) -> str:
    return f"{safe_name(name)}.conll"


def _opened(path: Path, name: str) -> IO[str]:
    return (path / _file(name)).open("w", encoding="utf-8", newline="\n")


def _lines(text: str, marks: list[Annotation], name: str) -> Iterator[str]:
    yield f"{_START}\tO\n\n"
    label = safe_name(name)
    ends = {end for _, end in sentences(text)}
    place = 0
    for match in _TOKEN.finditer(text):
        while place < len(marks) and marks[place].end <= match.start():
            place += 1
        tag, mark = "O", marks[place] if place < len(marks) else None
        if mark is not None and mark.start <= match.start():
            tag = f"{'B' if mark.start == match.start() else 'I'}-{label}"
        yield f"{match[0]}\t{tag}\n"
        if match.end() in ends and (mark is None or tag == "O" or mark.end == match.end()):
            yield "\n"
    yield "\n"


# -- reading --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Document:
    """Tokens with their tags; `sentences` says where one ends, `texts` what comments say of it."""

    tokens: list[tuple[str, str]] = field(default_factory=list)
    ends: set[int] = field(default_factory=set)


def read(path: Path) -> Dataset:
    """Return the articles of a file, or of a folder of ours with its texts."""
    tally = Tally()
    if path.is_dir():
        texts = path / TEXTS
        if not texts.is_file():
            raise InputRefused(f"there is no {TEXTS} in it; name a file of columns")
        drafts = [
            Draft(
                str(one.get("text", "")),
                tally,
                file=path.name,
                made=str(one.get("id", "")),
                **json_file.known(one),
            )
            for one in json_file.lines(texts)
        ]
        for file in sorted(path.glob("*.conll")):
            documents = list(_documents(file, frozenset({_START})))
            if len(documents) != len(drafts):
                raise InputRefused(f"{file.name} has other articles than {TEXTS}")
            for document, draft in zip(documents, drafts, strict=True):
                _align(document, draft, file.name)
    else:
        drafts = [_joined(document, tally, path.name) for document in _documents(path)]
    if not drafts:
        raise InputRefused("it holds no token")
    articles = tuple(draft.bundle() for draft in drafts)
    return Dataset(articles=articles, foreign=True, lost=tally.lost())


def _documents(path: Path, starts: frozenset[str] = _STARTS) -> Iterator[_Document]:
    document = _Document()
    started = False
    for line in text_of(path).lstrip("\ufeff").split("\n"):
        columns = _columns(line.rstrip("\r"))
        if not columns or columns[0] in _BREAKS:
            if document.tokens:
                document.ends.add(len(document.tokens))
        elif columns[0] in starts:
            if document.tokens or started:
                yield document
            document, started = _Document(), True
        elif _ON_A_LINE.fullmatch(line):
            parts = [one.split("|") for one in line.split()]
            document.tokens += [(one[0], one[-1]) for one in parts]
            document.ends.add(len(document.tokens))
        elif (pair := _token(columns)) is not None:
            document.tokens.append(pair)
    if document.tokens or started:
        yield document


def _columns(line: str) -> list[str]:
    columns = line.split("\t") if "\t" in line else line.split()
    is_token = len(columns) > 1 and (columns[-1] == "O" or _TAG.fullmatch(columns[-1]))
    if line.startswith("#") and columns[0] == "#" and not is_token:
        return ["#"]
    return columns


def _token(columns: list[str]) -> tuple[str, str] | None:
    """Return the word and the tag of a line; None for comments and for words spread over rows.

    Of the ten columns of CoNLL-U the second is the word, and there is no tag.
    """
    if columns == ["#"]:
        return None
    if len(columns) == 10:
        return (columns[1], "O") if columns[0].isdigit() else None
    tags = [one for one in columns[1:] if one == "O" or _TAG.fullmatch(one)]
    if not tags:
        raise InputRefused(f"“{' '.join(columns)[:60]}” has no tag such as B-PER")
    return columns[0], tags[-1]


def _marks(tags: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first token, one past the last, type): IOB1, IOB2, BIOES and BMES alike."""
    open_: tuple[int, str] | None = None
    number = -1
    for number, tag in enumerate(tags):
        found = _TAG.fullmatch(tag)
        sign, label = (found[1], found[2]) if found else ("O", "")
        if open_ is not None and (sign in "OBSU" or label != open_[1]):
            yield open_[0], number, open_[1]
            open_ = None
        if sign != "O" and open_ is None:
            open_ = number, label
        if open_ is not None and sign in "ESLU" and sign != "O":
            yield open_[0], number + 1, open_[1]
            open_ = None
    if open_ is not None:
        yield open_[0], number + 1, open_[1]


def _align(document: _Document, draft: Draft, file: str) -> None:
    """Find the tokens in the text, one after the other, and mark what they say."""
    places: list[tuple[int, int]] = []
    here = 0
    for word, _ in document.tokens:
        start = draft.text.find(word, here)
        if start < 0:
            raise InputRefused(f"{file}: “{word}” is not in the text where it should be")
        here = start + len(word)
        places.append((start, here))
    for first, last, label in _marks(tag for _, tag in document.tokens):
        ranges = [(places[first][0], places[last - 1][1])]
        draft.mark(f"{file} {first}", back(label), ranges)


def _joined(document: _Document, tally: Tally, file: str) -> Draft:
    """Return an article made of tokens with a space between them and a line a sentence."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for number, (word, _) in enumerate(document.tokens, start=1):
        places.append((length, length + len(word)))
        parts += [word, "\n" if number in document.ends else " "]
        length += len(word) + 1
    draft = Draft("".join(parts).rstrip(), tally, file=file)
    for first, last, label in _marks(tag for _, tag in document.tokens):
        draft.mark(f"{first}", label, [(places[first][0], places[last - 1][1])])
    return draft
