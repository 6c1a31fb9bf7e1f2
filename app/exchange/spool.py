"""Articles that were read, kept until they are wanted: as they are while few, on disk beyond."""

import weakref
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

import orjson

from app.exchange.dataset import Bundle
from app.model.article import Article
from app.model.plain import build

_IN_MEMORY = 8 * 1024 * 1024
_AS_THEY_ARE = 1024 * 1024
"""So many characters are not written down at all: most files hold one article."""


class Spool:
    """Articles in the order they were added; can be gone through several times."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - see the next line
        weakref.finalize(self, self._file.close)
        self._end = 0
        self._few: list[Bundle] = []
        self._characters = 0
        self.count = 0

    def add(self, article: Article) -> None:
        """Put an article behind the others."""
        self._characters += len(article.text)
        if self._end == 0 and self._characters <= _AS_THEY_ARE:
            self._few.append(Bundle(article=article))
            self.count += 1
            return
        self.add_line(orjson.dumps(Bundle(article=article)))

    def add_line(self, line: bytes) -> None:
        """Put the JSON of a bundle, in one line, behind the others."""
        self._file.seek(self._end)
        self._file.write(line)
        self._file.write(b"\n")
        self._end = self._file.tell()
        self.count += 1

    def __iter__(self) -> Iterator[Bundle]:
        yield from self._few
        place = 0
        while place < self._end:
            self._file.seek(place)
            line = self._file.readline()
            place = self._file.tell()
            made: Bundle = build(Bundle, orjson.loads(line))
            yield made
