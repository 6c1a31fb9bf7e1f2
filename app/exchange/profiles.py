"""Figures for vague numbers and dates for words, worked out at export and never stored.

“Thousands” is 1,000 to ACLED and Count Love and 2,000 to the Crowd Counting Consortium. What is
worked out goes into fields of its own, `resolved_value`, `resolved_by` and `resolved_date`, beside
what the annotation says. Sources: ACLED's FAQ of 7 May 2024, the FAQ of countlove.org, and the data
dictionary of the Crowd Counting Consortium.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal, get_args

from app.exchange.dataset import Bundle
from app.model.annotation import Annotation, Value
from app.model.article import Article
from app.model.text import sentences

Profile = Literal["text", "acled", "countlove", "ccc"]
PROFILES: tuple[Profile, ...] = get_args(Profile)

VALUE, BY, DATE = "resolved_value", "resolved_by", "resolved_date"
NAMES = (VALUE, BY, DATE)

_LOWER = {
    "hundreds": 100,
    "thousands": 1_000,
    "tens of thousands": 10_000,
    "hundreds of thousands": 100_000,
    "millions": 1_000_000,
}
_TWICE = {words: 2 * figure for words, figure in _LOWER.items()}
_WORDS: dict[Profile, dict[str, int]] = {
    "text": {},
    "acled": {**_LOWER, "tens": 10, "dozens": 12},
    "countlove": {**_LOWER, "a dozen": 10, "dozens": 20},
    "ccc": _TWICE,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_FUTURE = re.compile(
    r"\b(will|shall|next|coming|upcoming|scheduled|planned?|due|plans|to be held|expected|going to"
    r")\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def figure(attributes: dict[str, Value], profile: Profile) -> float | int | None:
    """Return the figure that a profile gives a number, None where it gives none.

    A value that the annotation has stands; else the bound that the words name; else the word.
    """
    for name in ("value", "low", "high"):
        known = attributes.get(name)
        if isinstance(known, int | float) and not isinstance(known, bool):
            strict = name == "low" and attributes.get("modifier") == "more_than"
            return known - 1 if strict and isinstance(known, int) else known
    words = " ".join(str(attributes.get("vague_term") or "").casefold().split())
    return _WORDS[profile].get(words)


def day_of(words: str, sentence: str, base: date) -> date | None:
    """Return the day that words mean in an article of a day, None where nothing tells.

    A weekday is the next one where the sentence speaks of what is to come, else the last one.
    """
    lower = words.casefold()
    if found := _ISO.search(words):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return None
    for word, shift in _DEICTIC.items():
        if re.search(rf"\b{word}\b", lower):
            return base + timedelta(days=shift)
    for number, name in enumerate(_DAYS):
        if re.search(rf"\b{name}\b", lower):
            back = (base.weekday() - number) % 7 or 7
            ahead = (number - base.weekday()) % 7 or 7
            coming = _FUTURE.search(sentence) and not re.search(r"\blast\b", lower)
            return base + timedelta(days=ahead) if coming else base - timedelta(days=back)
    return None


def resolving(profile: Profile, *, dates: bool) -> Callable[[Bundle], Bundle]:
    """Return what works out an article's figures and dates."""

    def resolve(bundle: Bundle) -> Bundle:
        return replace(
            bundle,
            annotations=tuple(
                _resolved(item, bundle.article, profile, dates=dates) for item in bundle.annotations
            ),
        )

    return resolve


def _resolved(item: Annotation, article: Article, profile: Profile, *, dates: bool) -> Annotation:
    made: dict[str, Value] = {}
    held = dict(item.attributes)
    if profile != "text" and ("vague_term" in held or "modifier" in held or "low" in held):
        known = figure(held, profile)
        if known is not None:
            made |= {VALUE: known, BY: profile}
    if dates and (day := _date(item, article)) is not None:
        made[DATE] = day.isoformat()
    return replace(item, attributes={**held, **made}) if made else item


def _date(item: Annotation, article: Article) -> date | None:
    """Return the day of an annotation whose words of time nobody gave a date."""
    try:
        base = date.fromisoformat(article.published[:10])
    except ValueError:
        return None
    for one in item.evidence:
        if one.attribute == "time" and one.fragments and one.value is None:
            start, end = one.fragments[0].start, one.fragments[-1].end
            whole = next((s for s in sentences(article.text) if s[0] <= start < s[1]), (start, end))
            found = day_of(article.text[start:end], article.text[whole[0] : whole[1]], base)
            if found is not None:
                return found
    return None
