"""What stands in which paragraph: the table of rows and the index of marks by row. Pure.

A row is a paragraph as the widget shows it: a line of the text that is not empty. Offsets are code
points of the article's text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from app.model.annotation import Annotation
from app.model.text import OffsetMap, for_display
from app.model.text import paragraphs as lines_of
from app.model.text import sentences as sentences_of

LONGEST_RUN = 20_000
"""A longer run without a space is broken anywhere: Qt takes minutes to find a better place."""

_LONG_RUN = re.compile(f"[^ \t\u1680\u2000-\u2006\u2008-\u200b\u205f\u3000]{{{LONGEST_RUN + 1}}}")
"""Spaces that hold words together, such as U+00A0, belong to the run."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a text. `starts` and `ends` are half-open ranges.

    `numbers` counts paragraphs from 1; a row that goes on after U+2028 or U+2029 has 0 and no gap
    above it.
    """

    starts: list[int]
    ends: list[int]
    numbers: list[int]

    @classmethod
    def of(cls, text: str, shown: str) -> "Rows":
        """Return the rows of a text; `shown` is what Qt shows of it: `for_display(text)`."""
        found = lines_of(shown)
        numbers, number = [], 0
        for n, (start, _) in enumerate(found):
            between = text[found[n - 1][1] : start] if n else "\n"
            number += "\n" in between
            numbers.append(number if "\n" in between else 0)
        return cls([start for start, _ in found], [end for _, end in found], numbers)

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """Return the row that holds the offset or precedes it; the first one before all rows."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def number(self, row: int) -> int:
        """Return the number of the paragraph a row belongs to."""
        while not self.numbers[row]:
            row -= 1
        return self.numbers[row]


class Text:
    """One article's text, what Qt shows of it, its rows, and sentences when asked for."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.shown = for_display(text)
        self.map = OffsetMap(text)
        self.rows = Rows.of(text, self.shown)
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def sentences(self, row: int) -> list[tuple[int, int]]:
        """Return the sentences of a row, as offsets into the whole text."""
        found = self._sentences.get(row)
        if found is None:
            start, end = self.rows.starts[row], self.rows.ends[row]
            found = [(start + a, start + b) for a, b in sentences_of(self.shown[start:end])]
            self._sentences[row] = found
        return found

    def sentence_at(self, offset: int) -> tuple[int, int] | None:
        """Return the sentence that holds the offset or the nearest before it in its row."""
        if not self.rows:
            return None
        found = self.sentences(self.rows.at(offset))
        place = bisect_right(found, (offset, len(self.text) + 1)) - 1
        return found[max(0, place)] if found else None

    def has_long_run(self, row: int) -> bool:
        """Tell whether a row holds a run without a space that is too long to wrap between words."""
        start, end = self.rows.starts[row], self.rows.ends[row]
        return end - start > LONGEST_RUN and _LONG_RUN.search(self.shown, start, end) is not None


class MarkIndex:
    """Annotations by the rows they touch. A change names the rows it concerns."""

    def __init__(self, rows: Rows, annotations: Iterable[Annotation] = ()) -> None:
        self._rows = rows
        self._marks: dict[str, Annotation] = {}
        self._in: dict[int, dict[str, Annotation]] = {}
        starts, ends = rows.starts, rows.ends
        row = 0
        for annotation in annotations:  # in reading order as a rule: the row is often the same
            start, end = annotation.start, annotation.end
            self._marks[annotation.id] = annotation
            if starts and not starts[row] <= start <= ends[row]:
                row = rows.at(start)
            if starts and starts[row] <= start and end <= ends[row]:
                self._in.setdefault(row, {})[annotation.id] = annotation
            else:
                for number in self.rows_of(annotation):
                    self._in.setdefault(number, {})[annotation.id] = annotation

    def __len__(self) -> int:
        return len(self._marks)

    def get(self, annotation_id: str | None) -> Annotation | None:
        """Return the annotation as it was when it was last put here."""
        return self._marks.get(annotation_id) if annotation_id else None

    def rows_of(self, annotation: Annotation) -> range:
        """Return the rows from the first to the last one an annotation touches."""
        if not self._rows:
            return range(0)
        first = self._rows.at(annotation.start)
        return range(first, self._rows.at(max(annotation.start, annotation.end - 1)) + 1)

    def put(self, annotation: Annotation) -> set[int]:
        """Add or replace an annotation; return the rows that look different now."""
        touched = self.drop(annotation.id)
        self._marks[annotation.id] = annotation
        for row in self.rows_of(annotation):
            self._in.setdefault(row, {})[annotation.id] = annotation
            touched.add(row)
        return touched

    def drop(self, annotation_id: str) -> set[int]:
        """Remove an annotation; return the rows that look different now."""
        annotation = self._marks.pop(annotation_id, None)
        if annotation is None:
            return set()
        rows = set(self.rows_of(annotation))
        for row in rows:
            del self._in[row][annotation_id]
        return rows

    def in_row(self, row: int) -> list[Annotation]:
        """Return the annotations that touch a row."""
        return list(self._in.get(row, {}).values())

    def covering(self, offset: int) -> list[Annotation]:
        """Return the annotations that cover a code point, shortest first."""
        if not self._rows:
            return []
        here = self._in.get(self._rows.at(offset), {}).values()
        return sorted(
            (a for a in here if a.covers(offset)), key=lambda a: (a.length, -a.start, a.id)
        )
