"""What every part of the form may look at: article, codebook, registry, look."""

from collections.abc import Callable, Iterator
from functools import cache

from PySide6.QtGui import QFont

from app.model.annotation import Annotation
from app.model.codebook import Codebook
from app.model.contents import ArticleContents
from app.model.registry import Record
from app.model.text import TextIndex, paragraphs
from app.ui.theme import LIGHT, Family, Theme, font

FindRecords = Callable[[str, str], tuple[Record, ...]]
"""(kind, what was typed) -> records by name or alias, the best first."""

ReadRecord = Callable[[str], Record | None]


class FormContext:
    """Read by all fields of one inspector, which alone writes it."""

    def __init__(self, find_records: FindRecords, read_record: ReadRecord | None = None) -> None:
        self.theme: Theme = LIGHT
        self.codebook: Codebook | None = None
        self.contents: ArticleContents | None = None
        self.annotation: Annotation | None = None
        """The one whose form is shown."""
        self.selection: tuple[int, int] | None = None
        """The words selected in the text, in code points."""
        self.read_only = False
        """Whether everything may be looked at and nothing changed; forms are built for it."""
        self.find_records = find_records
        self._read_record = read_record
        self._index: tuple[str, TextIndex] | None = None

    def record(self, record_id: str | None) -> Record | None:
        """Return a registry record, from the article where it is mentioned there."""
        if not record_id:
            return None
        found = self.contents.record(record_id) if self.contents else None
        return found or (self._read_record(record_id) if self._read_record else None)

    def record_name(self, record_id: str) -> str:
        """Return what to call a registry record."""
        record = self.record(record_id)
        return record.name if record else "Entry of the registry"

    def paragraph(self, offset: int) -> int:
        """Return the number (from 1) of the paragraph at a code point offset."""
        text = self.contents.article.text if self.contents else ""
        if self._index is None or self._index[0] is not text:
            self._index = text, TextIndex(tuple(paragraphs(text)), ())
        return self._index[1].paragraph_number(offset)

    def badge(self, type_name: str) -> tuple[str, str]:
        """Return the letter and the ink of a span type."""
        span_type = self.codebook.type(type_name) if self.codebook else None
        return (span_type.letter, span_type.ink) if span_type else ("?", "")

    def matching(self, types: tuple[str, ...], typed: str) -> Iterator[Annotation]:
        """Yield annotations of the types that the words typed may mean, the best first.

        Names that start with the words go first, near ones before far ones.
        """
        if self.contents is None:
            return
        wanted, here = " ".join(typed.split()).casefold(), self.annotation
        ranked: list[tuple[int, int, Annotation]] = []
        for annotation in self.contents.annotations:
            if annotation.type not in types or (here is not None and annotation.id == here.id):
                continue
            rank = self._rank(annotation, wanted)
            if rank is not None:
                distance = abs(annotation.start - here.start) if here else annotation.start
                ranked.append((rank, distance, annotation))
        ranked.sort(key=lambda entry: entry[:2])
        # One mention of everything comes before the second one of anything.
        seen: set[str] = set()
        again: list[Annotation] = []
        for _, _, annotation in ranked:
            thing = annotation.record or annotation.id
            if thing in seen:
                again.append(annotation)
            else:
                seen.add(thing)
                yield annotation
        yield from again

    def _rank(self, annotation: Annotation, wanted: str) -> int | None:
        names = [" ".join(annotation.quote.split())]
        if record := self.record(annotation.record):
            names += [record.name, *record.aliases]
        folded = [name.casefold() for name in names]
        if any(name.startswith(wanted) for name in folded):
            return 0
        if any(f" {wanted}" in name for name in folded):
            return 1
        return 2 if any(wanted in name for name in folded) else None


@cache
def form_font(
    pixels: float, weight: int = 400, family: Family = "ui", *, tabular: bool = False
) -> QFont:
    """Return a font of the form; made once."""
    return font(family, pixels, weight=weight, tabular=tabular)
