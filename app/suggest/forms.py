"""The words a project knows: what was marked before and how often, and names of its registry.

Kept current article by article and record by record, so that a look-up never reads the project.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from app.model.alike import is_name
from app.model.entries import is_archived
from app.model.registry import Record
from app.model.sameness import called, sounds
from app.model.text import words

LONGEST = 8
"""Words. Longer marks are whole statements, which do not come again."""

_HEARD = 5
"""Letters of a name by its sound, at least: shorter ones sound like other words."""
_WORDS = 3
"""Words of a name that is known by its sound, at most."""

Use = tuple[str, str, str | None]
"""Words as they were marked, the type, and the id of the record they mention."""


@dataclass(slots=True)
class Seen:
    """How often some words were marked, by (type, record), and the records they are a name of.

    `named` maps the id of a record to (its kind, its name). `otherwise` is how they are written
    where they are known, if that is not how they stand in the text.
    """

    uses: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    named: dict[str, tuple[str, str]] = field(default_factory=dict)
    otherwise: str = ""

    def add(self, other: "Seen") -> None:
        """Take in what is known of the same words written otherwise."""
        self.uses.update(other.uses)
        self.named.update(other.named)


class KnownForms:
    """All known words of a project. Reading is pure; `put_*` and `drop_*` keep it current."""

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, Seen]] = defaultdict(dict)
        self._reach: dict[str, int] = {}
        self._heard: dict[str, dict[str, None]] = defaultdict(dict)
        """Names as they are spelt, by what they sound like: Навальный, Navalny, Nawalny."""
        self._articles: dict[str, tuple[Use, ...]] = {}
        self._records: dict[str, tuple[str, ...]] = {}
        self._same: dict[Use, Use] = {}

    def put_article(self, article: str, uses: Iterable[Use]) -> None:
        """Say what is marked in an article; what was said of it before is forgotten."""
        for form, type_name, record in self._articles.pop(article, ()):
            before = self._seen[form.casefold()][form]
            before.uses[type_name, record] -= 1
            before.uses += Counter()  # without those that came to nothing
            self._forget(form, before)
        kept = []
        for form, type_name, record in uses:
            seen = self._at(line := " ".join(form.split()))
            if seen is not None:
                seen.uses[type_name, record] += 1
                use = line, type_name, record
                kept.append(self._same.setdefault(use, use))  # a million marks, few words
        if kept:
            self._articles[article] = tuple(kept)

    def put_record(self, record: Record) -> None:
        """Take in a registry record as it is now: its name and its aliases, unless archived."""
        self.drop_record(record.id)
        if is_archived(record):
            return
        kept = []
        for form in dict.fromkeys((record.name, *record.aliases)):
            seen = self._at(line := " ".join(form.split()))
            if seen is not None:
                seen.named[record.id] = record.kind, record.name
                kept.append(line)
        self._records[record.id] = tuple(kept)

    def drop_record(self, record_id: str) -> None:
        """Forget a registry record."""
        for form in self._records.pop(record_id, ()):
            seen = self._seen[form.casefold()].get(form)
            if seen is not None:
                seen.named.pop(record_id, None)
                self._forget(form, seen)

    def reach(self, first: str) -> int:
        """Return how many words the longest form has that begins with a word."""
        return max(self._reach.get(first.casefold(), 0), _WORDS if first[:1].isupper() else 0)

    def find(self, piece: str, *, begins: bool) -> Seen | None:
        """Return what is known of words as they stand in a text; `begins`: a sentence with them.

        Small letters are never taken for a name. A capital where a sentence begins, or all
        capitals in a headline, may stand for the same words in other letters.
        """
        spellings: Mapping[str, Seen] | None = self._seen.get(piece.casefold())
        if not spellings:
            return None
        fitting = [seen for form, seen in spellings.items() if _fits(piece, form, begins=begins)]
        if not fitting:
            return None
        found = Seen()
        for seen in fitting:
            found.add(seen)
        return found

    def find_otherwise(self, piece: str) -> Seen | None:
        """Return what is known of a name that is written otherwise or stands in another case.

        In another script, without accents, inflected: Навальному for Navalny, Jose for José.
        """
        parts = piece.split()
        if not self._heard or len(parts) > _WORDS or not is_name(piece):
            return None
        for heard in product(*map(called, parts)):
            forms = self._heard.get(" ".join(heard))
            if forms:
                found = Seen(otherwise=next(iter(forms)))
                for form in forms:
                    found.add(self._seen[form.casefold()][form])
                return found
        return None

    def __len__(self) -> int:
        return sum(map(len, self._seen.values()))

    def _at(self, form: str) -> Seen | None:
        """Return the entry of a form, made where it is new; None for what is no phrase."""
        spellings = self._seen.get(form.casefold())
        if spellings is not None and form in spellings:
            return spellings[form]
        parts = [form[start:end] for start, end in words(form)]
        if not 0 < len(parts) <= LONGEST:
            return None
        first = parts[0].casefold()
        self._reach[first] = max(len(parts), self._reach.get(first, 0))
        if heard := _heard(form):
            self._heard[heard][form] = None
        return self._seen[form.casefold()].setdefault(form, Seen())

    def _forget(self, form: str, seen: Seen) -> None:
        if not seen.uses and not seen.named:
            if (heard := _heard(form)) in self._heard:
                self._heard[heard].pop(form, None)
                if not self._heard[heard]:
                    del self._heard[heard]
            spellings = self._seen[form.casefold()]
            spellings.pop(form, None)
            if not spellings:
                del self._seen[form.casefold()]


def _heard(form: str) -> str:
    """Return what a name sounds like; empty for what is none, is too short or too long."""
    if not is_name(form) or len(form.split()) > _WORDS:
        return ""
    heard = " ".join("".join(sounds(word)) for word in form.split())
    return heard if len(heard) >= _HEARD else ""


def _fits(piece: str, form: str, *, begins: bool) -> bool:
    if piece == form:
        return True
    shouted = piece.isupper() and len(piece) > 1 and not form.isupper()
    if is_name(form):
        return shouted and len(form) > 3
    return shouted or (begins and piece == form[:1].upper() + form[1:])
