"""The day that words name, as newspapers, archives and mail write it."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = (
    "january jan januar janvier janv enero ene gennaio gen janeiro januari января янв",
    "february feb februar février févr fév febrero febbraio fevereiro fev februari февраля фев",
    "march mar märz mrz mars marzo março maart марта мар",
    "april apr avril avr abril abr aprile апреля апр",
    "may mai mayo maggio mag maio mei мая май",
    "june jun juni juin junio giugno giu junho июня июн",
    "july jul juli juillet juil julio luglio lug julho июля июл",
    "august aug août aout agosto ago augustus августа авг",
    "september sep sept septembre septiembre settembre set setembro сентября сен",
    "october oct oktober okt octobre octubre ottobre ott outubro out октября окт",
    "november nov novembre noviembre novembro ноября ноя",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro декабря дек",
)
_NUMBER = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?([^\W\d_]{3,11})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,11})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[./](\d{1,2})[./](\d{1,2})(?!\d)")
_LONGEST = 200


def iso_day(words: str) -> str:
    """Return the first day that words name as ISO 8601, or nothing.

    `03/04/2012` is nothing: whether it is March or April nobody can tell. `03.04.2012` is 3 April.
    """
    words = " ".join(words[:_LONGEST].split())
    return next(filter(None, _days(words)), "")


def _days(words: str) -> Iterator[str]:
    for pattern in (_ISO, _ASIAN, _YEAR_FIRST):
        yield from (_day(*one.groups()) for one in pattern.finditer(words))
    yield from (_day(one[3], _month(one[2]), one[1]) for one in _DAY_FIRST.finditer(words))
    yield from (_day(one[3], _month(one[1]), one[2]) for one in _MONTH_FIRST.finditer(words))
    yield from (_of_figures(*one.groups()) for one in _FIGURES.finditer(words))
    yield from (_day(*one.groups()) for one in _COMPACT.finditer(words))


def _of_figures(first: str, sign: str, second: str, year: str) -> str:
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if sign == "." or not month_first or day_first == month_first:
        return day_first
    return "" if day_first else month_first


def _month(word: str) -> int:
    return _NUMBER.get(word.lower(), 0)


def _day(year: str, month: str | int, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
