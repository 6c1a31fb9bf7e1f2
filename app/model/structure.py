"""The units a reader sees in a text: names, figures, clauses, quotations, sentences. Pure.

They serve the keys that select more and the letters on likely words. Ranges are half-open, in code
points. Word lists are English; in other languages words, capitals, quotations and sentences count.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from app.model.text import (
    STOPS,
    quotations,
    sentences,
    snap_to_grapheme,
    trim,
    word_at,
    words,
)

Range = tuple[int, int]

MOST_HINTS = 52
"""Two screens of letters."""

_REACH = 4_000
"""How far (code points) around an offset its paragraph is looked at."""

SMALL_WORDS = frozenset(
    "a an the this that these those such some any all each every both no not never and or but"
    " nor so yet if then than as at by for from in into of off on onto out over to toward"
    " towards under up upon via with within without about above after again against along among"
    " around because before behind below between beyond despite down during however immediately"
    " meanwhile since still there therefore though although through throughout until unless when"
    " where whereas whether which while who whom whose why how what is are was were be been"
    " being am do does did done has have had having will would shall should can could may might"
    " must also already just only even today yesterday tomorrow".split()
)
_PRONOUNS = frozenset("he she they it him her them i we you us me who himself herself".split())
_PEOPLE = frozenset(
    "people protesters protestors demonstrators police officers authorities government officials"
    " president minister ministers ministry opposition activists students workers farmers teachers"
    " residents citizens supporters crowd crowds troops soldiers army forces rebels militants union"
    " unions party parliament court prosecutors lawyers journalists reporters women men children"
    " families leader leaders spokesman spokeswoman group groups nurses drivers strikers migrants"
    " refugees voters lawmakers senators councillors mayor governor members person persons agency"
    " department representatives representative state union council".split()
)
_UNITS = (
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|per ?cent|percent|%|euros?|dollars?"
    r"|pounds?|roubles?|rubles?|kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?|tonnes?|tons?)"
)
_ABOUT = (
    r"(?:(?:more|less|fewer|greater|no more|no fewer) than|at least|at most|up to|as many as"
    r"|around|about|approximately|roughly|nearly|almost|over|under|some|close to|an estimated)"
)
_COUNT_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|scores?|half|several|few)"
)
_FIGURE = r"[$€£]?\d+(?:[.,\u00a0\u202f'’]\d+)*"
_NUMBER = re.compile(
    rf"\b(?:{_ABOUT}\s)?(?:tens of |hundreds of |dozens of |several |a few )?"
    rf"(?:{_FIGURE}|{_COUNT_WORD})(?:[\s-](?:and |of )?(?:{_FIGURE}|{_COUNT_WORD}))*"
    rf"(?:\s?(?:–|-|to)\s?{_FIGURE})?(?:\s?{_UNITS})?(?!\w)",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"\s(?:back|out|up|down|off|over|away|together)\b")
_LIGHT = re.compile(r"(?:give|gave|given|make|made|take|took|taken|hold|held)$")
_ITS_NOUN = re.compile(r"\s(?:a|an|the)\s[^\W\d_]+")
_OF = re.compile(r"\sof(?: the)?\s[^\W\d_]+")
_CLAUSE = re.compile(r"[,;:—–]\s|\s[-–—]\s")
_BREAK = re.compile(
    r"[,;]\s(?=(?:however|but|while|whereas|although|though|saying|adding|claiming|arguing|stating"
    r"|warning|noting|calling|and that)\b)|;\s",
    re.IGNORECASE,
)
_EVENT_WORD = re.compile(
    r"(?:ed|ing|protest\w*|strike\w*|march\w*|rall(?:y|ies)|riots?|clash\w*|attack\w*|kill\w*"
    r"|demonstration\w*|gathering\w*|arrest\w*|meeting\w*|election\w*|war|coup|campaign|violence"
    r"|blockade\w*|poison\w*|release|visit\w*|took|went|came|met|beat|shot|hit|held|spoke)$",
    re.IGNORECASE,
)


def growing(text: str, offset: int) -> tuple[Range, ...]:
    """Return the units around an offset, each holding the one before and longer than it.

    Word, name or number phrase, clause, quotation with and without its marks, sentence, paragraph.
    """
    first, last = _paragraph(text, offset)
    here = text[first:last]
    at = offset - first
    units = [word_at(here, at), _phrase(here, at)]
    sentence = next(((a, b) for a, b in sentences(here) if a <= at <= b), None)
    if sentence is not None:
        units.append(_clause(here, sentence, at))
        units.append(sentence)
    units += _quoted(here, at)
    units.append(trim(here, 0, len(here)))
    found: list[Range] = []
    for unit in sorted((u for u in units if u is not None), key=lambda u: u[1] - u[0]):
        inside = not found or (unit[0] <= found[-1][0] and unit[1] >= found[-1][1])
        if inside and unit[0] < unit[1] and (not found or unit != found[-1]):
            found.append(unit)
    return tuple((first + a, first + b) for a, b in found)


def phrase_at(text: str, offset: int) -> Range | None:
    """Return the name or number phrase around an offset, else the word, else None."""
    first, last = _paragraph(text, offset)
    here, at = text[first:last], offset - first
    found = _phrase(here, at) or word_at(here, at)
    return (first + found[0], first + found[1]) if found else None


def hint_ranges(
    text: str, sentence: Range, type_name: str, taken: Collection[Range] = ()
) -> tuple[Range, ...]:
    """Return what may be marked in a sentence as a type, the likeliest first, one range a start.

    Ranges that are `taken` come last: they are marked already.
    """
    start, end = sentence
    here = text[start:end]
    found = list(words(here))
    rate = _RATES.get(type_name, _plain)
    rated = {first: (*rate(here, found, n), n) for n, (first, _) in enumerate(found)}
    occupied = {(a - start, b - start) for a, b in taken}
    order = sorted(rated.items(), key=lambda item: (item[1][1] in occupied, item[1][0], item[1][2]))
    ranges = (_whole(here, unit) for _, (_, unit, _) in order[:MOST_HINTS])
    return tuple((start + a, start + b) for a, b in ranges)


# -- units ----------------------------------------------------------------------------------------


def _paragraph(text: str, offset: int) -> Range:
    """Return the paragraph around an offset, or as much of it as is looked at."""
    first = max(text.rfind("\n", 0, offset) + 1, offset - _REACH)
    last = text.find("\n", offset)
    last = min(len(text) if last < 0 else last, offset + _REACH)
    return snap_to_grapheme(text, first), snap_to_grapheme(text, last)


def _phrase(text: str, offset: int) -> Range | None:
    for match in _NUMBER.finditer(text):
        if match.start() <= offset <= match.end():
            return match.span()
    found = list(words(text))
    for n, (first, last) in enumerate(found):
        if first <= offset <= last and _is_name(text, found, n):
            begin = n
            while begin and _goes_on(text, found, begin - 1):
                begin -= 1
            return found[begin][0], _name_end(text, found, begin)
    return None


def _clause(text: str, sentence: Range, offset: int) -> Range:
    start, end = sentence
    for match in _CLAUSE.finditer(text, start, end):
        if match.end() <= offset:
            start = match.end()
        elif match.start() >= offset:
            end = match.start()
            break
    return trim(text, start, without_stop(text, start, end))


def without_stop(text: str, start: int, end: int) -> int:
    """Return where words end without the full stops behind them; one character is always left."""
    while end > start + 1 and text[end - 1] in STOPS:
        end -= 1
    return end


def _quoted(text: str, offset: int) -> list[Range]:
    """Return the quotations around an offset, with and without their marks, outer ones too."""
    found: list[Range] = []
    first, last = 0, len(text)
    while True:
        inside = [
            (first + a, first + b)
            for a, b in quotations(text[first:last])
            if first + a <= offset <= first + b
        ]
        if not inside:
            return found
        quotation = inside[0]
        first, last = quotation[0] + 1, quotation[1] - 1
        found += [quotation, trim(text, first, last)]
        if not first <= offset <= last:
            return found


def _whole(text: str, unit: Range) -> Range:
    """Return a unit that cuts no character as seen at its end."""
    start, end = unit
    while end < len(text) and snap_to_grapheme(text, end) != end:
        end += 1
    return start, end


# -- names ----------------------------------------------------------------------------------------


def _is_name(text: str, found: list[Range], n: int) -> bool:
    first, last = found[n]
    word = text[first:last]
    return word[:1].isupper() and word.lower() not in SMALL_WORDS


def _goes_on(text: str, found: list[Range], n: int) -> bool:
    """Tell whether a word is part of a name that the next one belongs to."""
    return _is_name(text, found, n) and _joined(text, found[n], found[n + 1])


def _joined(text: str, one: Range, other: Range) -> bool:
    return text[one[1] : other[0]] == " "


def _name_end(text: str, found: list[Range], n: int) -> int:
    """Return where the run of capitalised words ends that goes on at a word, without an 's."""
    last = n
    while last + 1 < len(found) and _joined(text, found[last], found[last + 1]):
        following = text[slice(*found[last + 1])]
        if _is_name(text, found, last + 1):
            last += 1
        elif following in _PEOPLE:
            last += 1
            break
        else:
            break
    start, end = found[last]
    return end - 2 if re.search(r"['’]s$", text[start:end]) else end


# -- what is likely -------------------------------------------------------------------------------

_Rated = tuple[int, Range]
"""How unlikely (0 is likely), and the range that a letter on the word would mark."""


def _actor(text: str, found: list[Range], n: int) -> _Rated:
    first, last = found[n]
    word = text[first:last].lower()
    if _is_name(text, found, n):
        return 0, (first, _name_end(text, found, n))
    if word in _PEOPLE or word in _PRONOUNS:
        return 0 if word in _PEOPLE else 1, (first, last)
    if word in SMALL_WORDS:
        return 4, (first, last)
    return (2 if word.endswith("s") else 3), (first, last)


def _event(text: str, found: list[Range], n: int) -> _Rated:
    first, last = found[n]
    word = text[first:last]
    if word.lower() in SMALL_WORDS or word.lower() in _PRONOUNS:
        return 4, (first, last)
    if _LIGHT.search(word.lower()) and (noun := _ITS_NOUN.match(text, last)):
        return 0, (first, noun.end())
    if _EVENT_WORD.search(word):
        particle = _PARTICLE.match(text, last)
        return 0, (first, particle.end() if particle else last)
    if word.lower() == "use" and (of := _OF.match(text, last)):
        return 0, (first, of.end())
    return (3 if _is_name(text, found, n) else 1), (first, last)


def _number(text: str, found: list[Range], n: int) -> _Rated:
    first, last = found[n]
    match = _NUMBER.match(text, first)
    if match is not None and match.end() > first:
        inside = any(other.start() < first < other.end() for other in _numbers_before(text, first))
        return (1 if inside else 0), (first, match.end())
    small = text[first:last].lower() in SMALL_WORDS
    return (4 if small else 3), (first, last)


def _numbers_before(text: str, offset: int) -> Iterator[re.Match[str]]:
    return _NUMBER.finditer(text, max(0, offset - 60), min(len(text), offset + 60))


def _statement(text: str, found: list[Range], n: int) -> _Rated:
    first, last = found[n]
    stop = _BREAK.search(text, last)
    end = stop.start() if stop else without_stop(text, first, len(text))
    quotation = next((q for q in _quotations(text) if q[0] < first and q[1] < end), None)
    if quotation is not None and first < quotation[1]:
        end = quotation[1] - 1
    word = text[first:last].lower()
    before = text[:first].rstrip()
    if n == 0 or before[-1:] in ",;:“„«\"'(—–-":
        return 0, (first, end)
    if _is_name(text, found, n):
        return 1, (first, end)
    return (4 if word in SMALL_WORDS else 2), (first, end)


@lru_cache(maxsize=2)
def _quotations(text: str) -> list[Range]:
    """Return the quotations of a sentence, looked for once for all its words."""
    return quotations(text)


def _plain(_text: str, found: list[Range], n: int) -> _Rated:
    return 0, found[n]


_RATES: dict[str, Callable[[str, list[Range], int], _Rated]] = {
    "actor": _actor,
    "event": _event,
    "number": _number,
    "statement": _statement,
}
