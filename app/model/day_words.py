"""Words that name a day, week, month or year, and what they come to from the day of the article.

English, German, French, Spanish, Russian. The rules are those of the scheme: a date that is
written out is itself; today and yesterday count from the article's day; a weekday is the next one
where the sentence looks ahead, else the last one, and the article's own day only as part of a day
(“on Saturday morning”). A bare duration is no date. Nothing is ever worked out without the day of
the article, except what is written out. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from app.model.annotation import Evidence, Value, fragments_of
from app.model.codebook import EvidenceField
from app.model.text import sentences

Resolves = Literal["explicit", "deictic", "weekday_last", "weekday_next", "week_last", "week_next"]
Precision = Literal["day", "week", "month", "year"]

_MONTHS = (
    "january jan januar janvier janv enero января янв",
    "february feb februar février févr febrero февраля фев",
    "march mar märz mars marzo марта",
    "april apr avril abril апреля апр",
    "may mai mayo мая",
    "june jun juni juin junio июня",
    "july jul juli juillet julio июля",
    "august aug août agosto августа авг",
    "september sept sep septembre septiembre сентября сент",
    "october oct oktober okt octobre octubre октября окт",
    "november nov novembre noviembre ноября",
    "december dec dezember dez décembre diciembre декабря дек",
)
_WEEKDAYS = (
    "monday montag lundi lunes понедельник",
    "tuesday dienstag mardi martes вторник",
    "wednesday mittwoch mercredi miércoles среду среда",
    "thursday donnerstag jeudi jueves четверг",
    "friday freitag vendredi viernes пятницу пятница",
    "saturday samstag sonnabend samedi sábado субботу суббота",
    "sunday sonntag dimanche domingo воскресенье",
)
_DEICTIC = {
    0: "today heute aujourd'hui aujourd’hui hoy сегодня tonight",
    -1: "yesterday gestern hier ayer вчера",
    1: "tomorrow demain mañana завтра",
    -2: "vorgestern avant-hier anteayer позавчера",
    2: "übermorgen après-demain послезавтра",
}
_MONTH_OF = {word: n for n, words in enumerate(_MONTHS, 1) for word in words.split()}
_DAY_OF = {word: n for n, words in enumerate(_WEEKDAYS) for word in words.split()}
_OFFSET_OF = {word: n for n, words in _DEICTIC.items() for word in words.split()}

_BEFORE = (
    r"(?:(?:on|since|until|by|from|am|seit|bis|vom|le|depuis|dès|el|desde|hasta|во|в|с|до)\s+)?"
)
_LAST_WORDS = (
    r"last|past|letzte[nrms]?|vergangene[nrms]?|vorige[nrms]?|pasado|pasada|прошлую|прошлый|прошлой"
)
_NEXT_WORDS = (
    r"next|this coming|coming|nächste[nrms]?|kommende[nrms]?|следующий|следующую|следующей"
)
_PERIODS = {
    "week": r"week|woche|semaine|semana|неделе|неделю",
    "month": r"month|monat|mois|mes|месяце|месяц",
    "year": r"year|jahr|année|an|año|году|год",
}
_AHEAD = re.compile(
    r"\b(?:will|scheduled|planned|plans? to|due|is to|are to|upcoming|ahead of|wird|werden|soll|"
    r"geplant|bevorsteh\w*|aura|auront|prévue?s?|doit|sera|seront|habrá|será|prevista?o?s?|"
    r"programad\w+|состоится|запланирован\w*|пройд[её]т|будет|будут|намечен\w*)\b",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(
    r"[^\S\n]+(?:morning|afternoon|evening|night|matin|soir|après-midi"
    r"|por la (?:mañana|tarde|noche)|утром|вечером|днём|днем|ночью)\b"
    r"|[^\S\n]+(?:vormittag|mittag|nachmittag|abend|nacht)\b",
    re.IGNORECASE,
)
_NO_TOMORROW = re.compile(r"\b(?:la|esta|cada)\s+$", re.IGNORECASE)
_NAME_BEHIND = re.compile(r" [A-Z][a-z]+")
_NEAR = 183
"""Days: a date without a year is in the year in which it lies nearest to the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWords:
    """An expression (code points) and what it comes to: an ISO date, or a part of one.

    Of a week `value` is its Monday. It is empty where the day of the article is not known.
    """

    start: int
    end: int
    value: str
    precision: Precision
    resolves: Resolves

    @property
    def known(self) -> dict[str, Value]:
        """What is known about the value, by the names of the scheme."""
        return {"resolves": self.resolves, "precision": self.precision}


def day_words(text: str, published: str = "") -> tuple[DayWords, ...]:
    """Return the expressions of a text in reading order, never overlapping.

    `published` is the article's day (ISO 8601; anything else is as good as nothing).
    """
    anchor = _day_of(published)
    found: list[DayWords] = []
    taken = 0
    for one in sorted(_all(text, anchor), key=lambda each: (each.start, -each.end)):
        if one.start >= taken:
            found.append(one)
            taken = one.end
    return tuple(found)


def read_day(text: str, start: int, end: int, published: str = "") -> DayWords | None:
    """Return what the words of a range come to, where they are one expression, or hold just one.

    The sentence they stand in tells whether a weekday is ahead.
    """
    first, last = _sentence_of(text, start)
    here = day_words(text[first : max(last, end)], published)
    inside = [one for one in here if start - first < one.end and one.start < end - first]
    if len(inside) != 1:
        return None
    (one,) = inside
    return replace(one, start=one.start + first, end=one.end + first)


def in_sentence(found: tuple[DayWords, ...], text: str, start: int, end: int) -> DayWords | None:
    """Return the expression nearest to a range within its sentence."""
    bounds = _sentence_of(text, start)
    near = [one for one in found if bounds[0] <= one.start and one.end <= bounds[1]]
    distance = {one: min(abs(one.start - end), abs(start - one.end)) for one in near}
    return min(near, key=lambda one: distance[one], default=None)


def evidence_of(field: EvidenceField, text: str, one: DayWords) -> Evidence:
    """Return an expression as evidence, with what the field's own fields take of it."""
    known = {
        attribute.name: one.known[attribute.name]
        for attribute in field.attributes
        if one.value
        and attribute.name in one.known
        and attribute.option(one.known[attribute.name]) is not None
    }
    return Evidence(
        attribute=field.name,
        fragments=fragments_of(text, [(one.start, one.end)]),
        value=one.value or None,
        attributes=known,
    )


def _sentence_of(text: str, offset: int) -> tuple[int, int]:
    first = text.rfind("\n", 0, offset) + 1
    last = text.find("\n", offset)
    last = len(text) if last < 0 else last
    for start, end in sentences(text[first:last]):
        if first + start <= offset < first + end:
            return first + start, first + end
    return first, last


def _all(text: str, anchor: date | None) -> Iterator[DayWords]:
    yield from _written_out(text, anchor)
    yield from _counted(text, anchor)
    yield from _weekdays(text, anchor)
    yield from _periods(text, anchor)


def _written_out(text: str, anchor: date | None) -> Iterator[DayWords]:
    for match in _dates().finditer(text):
        named = match.groupdict()
        month = _MONTH_OF.get((named["m1"] or named["m2"] or "").lower().rstrip("."), 0)
        day = named["d1"] or named["d2"]
        year = named["y1"] or named["y2"]
        if named["iso"]:
            value = _iso(*map(int, named["iso"].split("-")))
        elif year:
            value = _iso(int(year), month, int(day))
        else:
            value = _nearest(month, int(day), anchor)
        starts_small = bool(named["m2"]) and named["m2"][0].islower()  # it may 3 times be a verb
        if value is not None and not starts_small:
            yield _found(match.span(), value, "day", "explicit")
    for match in _month_years().finditer(text):
        month = _MONTH_OF[match["m"].lower()]
        yield _found(match.span(), f"{match['y']}-{month:02}", "month", "explicit")


def _counted(text: str, anchor: date | None) -> Iterator[DayWords]:
    for match in _deictics().finditer(text):
        word = match["w"].lower()
        if word == "mañana" and _NO_TOMORROW.search(
            text[max(0, match.start() - 6) : match.start()]
        ):
            continue  # in the morning
        value = _moved(anchor, _OFFSET_OF[word])
        yield _found(match.span(), value, "day", "deictic")


def _weekdays(text: str, anchor: date | None) -> Iterator[DayWords]:
    for match in _weekday_pattern().finditer(text):
        said = (match["how"] or match["after"] or "").lower()
        start, end = match.span()
        if text[start].isupper() and _NAME_BEHIND.match(text, end) and match["w"] == match[0]:
            continue  # the Sunday Times
        ahead = bool(said) and re.fullmatch(_NEXT_WORDS, said, re.IGNORECASE) is not None
        if not said:
            first, last = _sentence_of(text, start)
            ahead = _AHEAD.search(text[first:last]) is not None
        value = ""
        if anchor is not None:
            part = bool(match["part"]) or _PART_OF_DAY.match(text, end) is not None
            value = _weekday(anchor, _DAY_OF[match["w"].lower()], ahead=ahead, own=part)
        yield _found((start, end), value, "day", "weekday_next" if ahead else "weekday_last")


def _periods(text: str, anchor: date | None) -> Iterator[DayWords]:
    for match in _period_pattern().finditer(text):
        said = (match["how"] or match["after"] or "").lower()
        ahead = re.fullmatch(rf"{_NEXT_WORDS}|prochaine?|próxim[oa]|que viene", said) is not None
        kind: Precision = next(
            name
            for name in ("week", "month", "year")
            if re.fullmatch(_PERIODS[name], match["w"], re.IGNORECASE)
        )
        step = 1 if ahead else -1
        value = ""
        if anchor is not None and kind == "week":
            monday = anchor - timedelta(days=anchor.weekday())
            value = _moved(monday, 7 * step)
        elif anchor is not None and kind == "month":
            months = anchor.year * 12 + anchor.month - 1 + step
            value = f"{months // 12}-{months % 12 + 1:02}"
        elif anchor is not None:
            value = str(anchor.year + step)
        yield _found(match.span(), value, kind, "week_next" if ahead else "week_last")


def _found(span: tuple[int, int], value: str, precision: Precision, how: Resolves) -> DayWords:
    return DayWords(start=span[0], end=span[1], value=value, precision=precision, resolves=how)


# -- patterns, made when they are first needed ----------------------------------------------------


def _either(words: dict[str, int]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _dates() -> re.Pattern[str]:
    month = _either(_MONTH_OF)
    year = r"(?:,?\s+(?:de\s+|of\s+)?(?P<y{0}>(?:1[5-9]|20)\d\d)(?:\s+года?)?)?"
    return re.compile(
        rf"\b{_BEFORE}(?:(?P<iso>\d{{4}}-\d\d-\d\d)(?!\d)"
        rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?(?P<m1>{month})\b\.?"
        rf"{year.format(1)}"
        rf"|(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d){year.format(2)})",
        re.IGNORECASE,
    )


@cache
def _month_years() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\d )(?<!\d\. )\b(?:(?:in|im|en|since|seit|depuis|desde)\s+)?"
        rf"(?P<m>{_either(_MONTH_OF)})"
        r"\s+(?:de\s+|of\s+)?(?P<y>(?:1[5-9]|20)\d\d)\b",
        re.IGNORECASE,
    )


@cache
def _deictics() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<w>{_either(_OFFSET_OF)})(?:['’]s)?(?![\w-])", re.IGNORECASE)


@cache
def _weekday_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_BEFORE}(?:(?P<how>{_LAST_WORDS}|{_NEXT_WORDS})\s+)?(?P<w>{_either(_DAY_OF)})"
        r"(?P<part>morgen|vormittag|mittag|nachmittag|abend|nacht)?"
        r"(?:\s+(?P<after>dernier|prochain|pasado|próximo))?(?!\w)",
        re.IGNORECASE,
    )


@cache
def _period_pattern() -> re.Pattern[str]:
    kinds = "|".join(_PERIODS.values())
    return re.compile(
        rf"\b(?:(?:на|в|la|le|el)\s+)?(?:(?P<how>{_LAST_WORDS}|{_NEXT_WORDS})\s+)?(?P<w>{kinds})"
        r"(?(how)|\s+(?P<after>dernière?|prochaine?|pasad[oa]|próxim[oa]|que viene))\b",
        re.IGNORECASE,
    )


# -- days -----------------------------------------------------------------------------------------


def _day_of(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _nearest(month: int, day: int, anchor: date | None) -> str | None:
    """Return a day without a year, in the year in which it is nearest; empty without an anchor."""
    if anchor is None:
        return "" if _iso(2000, month, day) else None
    for year in (anchor.year, anchor.year - 1, anchor.year + 1):
        value = _iso(year, month, day)
        if value and abs((date.fromisoformat(value) - anchor).days) <= _NEAR:
            return value
    return _iso(anchor.year, month, day)


def _moved(anchor: date | None, days: int) -> str:
    return "" if anchor is None else (anchor + timedelta(days=days)).isoformat()


def _weekday(anchor: date, weekday: int, *, ahead: bool, own: bool) -> str:
    """Return the next or the last such weekday; the anchor's own day only where `own` says so."""
    if ahead:
        days = (weekday - anchor.weekday()) % 7 or (0 if own else 7)
    else:
        days = -((anchor.weekday() - weekday) % 7 or (0 if own else 7))
    return (anchor + timedelta(days=days)).isoformat()
