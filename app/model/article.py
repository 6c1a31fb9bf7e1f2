"""Articles: the canonical text and what is known about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.model.annotation import Value

State = Literal["new", "in progress", "done", "flagged"]
STATES: tuple[State, ...] = ("new", "in progress", "done", "flagged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an article came from: the file's name, the hash of its bytes, the moment of import."""

    file: str = ""
    sha256: str = ""
    imported_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article. `text` never changes; `sha256` is of its UTF-8 bytes.

    `position` is the place in the order of import (from 1; 0 asks storage for the next one);
    `published` an ISO 8601 date or the empty string; `language` a BCP 47 tag or the empty string.
    """

    id: str
    title: str
    text: str
    sha256: str
    position: int = 0
    source: str = ""
    url: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    metadata: Mapping[str, Value] = field(default_factory=dict)
    origin: Source = field(default_factory=Source)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How far one layer has got with one article. `seconds` is the time spent on it."""

    article: str
    layer: str
    state: State = "new"
    note: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """What the queue shows of an article, for one layer."""

    id: str
    position: int
    title: str
    source: str
    published: str
    state: State
    annotations: int
    version: int = 0
