"""Proposes numbers: figures and number words with what makes them more or less exact, and units.

A span is the figure with its modifier and its unit of measure, without the noun that is counted.
Dates, clock times, ages, telephone numbers, names with figures (`Covid-19`) and numbering are none.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.model.annotation import Value
from app.model.suggestion import Suggestion
from app.suggest import counted, figures
from app.suggest.context import Context
from app.suggest.months import MONTHS
from app.suggest.proposal import is_wanted, proposal

Range = tuple[int, int]

NAME = "numbers"
TYPE = "number"

_FIGURE = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<figure>(?:{_FIGURE})(?:(?:k|m|mn|bn|tn)(?![^\W_])|(?![^\W_])))|(?P<word>[^\W_]+)"
    r"|(?P<other>[^\s\w])"
)
_SIGNS = "$€£¥₽"
_SCALES = frozenset(figures.SCALES) | {"hundreds", "thousands", "millions", "billions"}
_AND = frozenset("and und et y".split())
_RANGE = frozenset("to bis à a до".split())
_DASH = "-–—‑"
_ONLY_IN = {
    "once": "es", "mil": "es", "elf": "de", "neuf": "fr", "sept": "fr", "six": "en fr",
    "cent": "fr", "fast": "de", "gut": "de", "some": "en", "over": "en", "under": "en",
    "mille": "fr", "dos": "es", "quatre": "fr", "sur": "fr", "acht": "de",
}  # fmt: skip
"""Words that are numbers, or make them less exact, in some languages and something else in others.
"""
_LONE = frozenset(
    "one a an ein eine eins un une uno una один одна одного zero null cent cero ноль k m mn c"
    " second seconds".split()
)
"""Number words that say nothing of how many where nothing makes them more or less exact."""

_BEFORE = re.compile(
    r"(?:^|(?<=[\s(“\"„«]))(?:(?:{})\s+)+$".format(
        "|".join(
            re.escape(phrase)
            for phrases in figures.MODIFIERS.values()
            for phrase in sorted(phrases, key=len, reverse=True)
        )
    ),
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|from|von|de|от)\s+$", re.IGNORECASE)
_SIGN_BEFORE = re.compile(r"(?:US|A|C)?[$€£¥₽]\s?$")
_NAME_BEFORE = re.compile(r"(?:[^\W_][-–—‑'’/]|/)$")
"""Covid-19, G-20."""
_ARTICLE = re.compile(
    r"\b(?:half\s+)?(?:a|an|ein|eine|un|une|una)\s+(?:half[\s-])?$", re.IGNORECASE
)
_ALONE = re.compile(r"(?:tausend|hundert|mille|mil|cien|сто|тысяч\w*|dutzend)$")
"""Number words that need nothing before them to be a number."""
_LOOK = 48
"""Code points before and behind a figure that are looked at."""
_VAGUE = re.compile(rf"(?<![\w-])(?:{figures.VAGUE})(?![\w-])", re.IGNORECASE)

_UNITS = sorted(
    {*figures.DURATIONS, *(word for word in figures.MONEY if word.isalpha())}, key=len, reverse=True
)
_UNIT = re.compile(
    rf"(?:\s?[%‰{_SIGNS}]|[\s–—‑-](?:de\s|d['’])?"
    r"(?:per\s?cent|percentage points?|prozent|pour cent|por ciento"
    rf"|процент(?:а|ов)?|{'|'.join(_UNITS)}"
    r"|km|kilomet(?:er|re)s?|met(?:er|re)s?|miles?|tonnes?|tons?|kg)(?!\w))",
    re.IGNORECASE,
)

# -- what looks like a number and is none ---------------------------------------------------------

_DATE_BEFORE = re.compile(
    rf"(?:\b(?:{MONTHS})\b\.?,?\s+(?:the\s+|de\s+)?|\d[./:-])$", re.IGNORECASE
)
_DATE_AFTER = re.compile(
    rf"\.?\s+(?:of\s+|de\s+)?(?:{MONTHS})\b|[./:]\d|-\d\d?-\d|\s*(?:a\.?m|p\.?m)\b|\s*o['’]clock"
    r"|\s+(?:Uhr|GMT|UTC|CET|EST|часов\s+(?:утра|вечера|дня))\b|\s*h\d*\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PEOPLE_BEHIND = re.compile(r"\s+[^\W\d_]{3,}")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|until|till|during|from|early|late|mid|year|before|after|im|seit|jahr"
    r"|en|depuis|desde|año|в|с|до|к|the)|[(,–-])\s*$",
    re.IGNORECASE,
)
_NUMBERING = re.compile(
    r"(?:\b(?:no|nr|art|article|artikel|section|paragraph|pages?|chapter|room|flight|route|highway"
    r"|artículos?|статье|статьёй|статью"
    r"|resolution|channel|phase|boeing|version|seite|kapitel|статьи|статья|act|grade|group|week|day"
    r"|unit|line|psalm|act|amendment|formula|type|mark|apollo)\.?\s*|[#№§@]\s?)$",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(r"(?:\baged?\s*|[^\W\d_],\s*)$", re.IGNORECASE)
_AGE_BEHIND = re.compile(r"\s*(?:[,;)]|$)")
_OLD = re.compile(
    r"[\s-](?:years?|months?|weeks?|days?)[\s-]olds?\b|\s(?:ans|años|Jahre alt)\b"
    r"|[\s-](?:jähr|летн)\w+",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"[\s-](?:thirds?|quarters?|fifths?|tenths?|drittel|viertel|fünftel|zehntel|tiers|quarts?"
    r"|cinquièmes?|tercios?|cuart[oa]s?|трет(?:ей|и|ьих)|четверт(?:ей|и))\b"
    r"|\s(?:in|out of|sur|de cada)\s(?:every\s)?(?:\d\d?|two|three|four|five|six|ten|dix|diez)\b"
    r"(?!\s(?:second|minute|hour|day|week|month|year|decade|cit|place|state|countr))",
    re.IGNORECASE,
)
"""Two thirds, one in five: the form has no value for them."""
_OF_SO_MANY = re.compile(
    r"\b(?:one|two|three|four|nine|(?<!\d)\d)\s(?:in|out of|de cada)\s(?:every\s)?$", re.IGNORECASE
)
_NO_RANGE = re.compile(r"[-–]\d")
"""A result (3-1) or a part of a telephone number, where it is no range."""
_LISTED = re.compile(r"(?:^|\n)\s*$")
_LISTED_BEHIND = re.compile(r"[.)]\s")
_TELEPHONE = re.compile(r"\+?\(?\d[\d\s()-]{8,}\d")


class _Token(NamedTuple):
    start: int
    end: int
    word: str
    kind: str
    """`figure`, `small` (a number word), `scale` (hundred, million), or nothing of these."""


def propose(context: Context) -> Iterator[Suggestion]:
    """Yield a suggestion for each number, in reading order, never overlapping."""
    if not is_wanted(context.codebook, TYPE):
        return
    text = context.text
    for start, end in found(text, context.language):
        said = dict(figures.read(text[start:end]))
        said |= counted.counted(text, start, end, said)
        yield proposal(
            context,
            TYPE,
            [(start, end)],
            said=said,
            score=0.9 if said else 0.6,
            suggester=NAME,
            reason=_reason(said),
        )


def found(text: str, language: str = "en") -> Iterator[Range]:
    """Yield the range (code points) of each number of a text, in reading order."""
    spans = [*_exact(text, language), *(match.span() for match in _VAGUE.finditer(text))]
    end = -1
    for span in sorted(spans, key=lambda one: (one[0], -one[1])):
        if span[0] >= end:
            end = span[1]
            yield span


def _exact(text: str, language: str) -> Iterator[Range]:
    tokens = list(_tokens(text, language))
    telephones = [match.span() for match in _TELEPHONE.finditer(text) if _is_telephone(match[0])]
    n = 0
    while n < len(tokens):
        if not tokens[n].kind:
            n += 1
            continue
        last = _core(tokens, n)
        span = tokens[n].start, tokens[last].end
        is_called = any(a <= span[0] < b for a, b in telephones)
        if not is_called and (whole := _whole(text, tokens, n, last)) is not None:
            yield whole
        n = last + 1


def _is_telephone(words: str) -> bool:
    is_dialled = re.search(r"\d[-)]\s?\d{3,}|^\+", words) is not None
    return is_dialled and not re.search(r"(?:1[5-9]|20)\d\d\s?-", words)


def _tokens(text: str, language: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        kind = "figure" if match["figure"] else ""
        if match["word"] and language in _ONLY_IN.get(word, language):
            if word in _SCALES and word not in {"k", "m", "mn", "c"}:
                kind = "scale"
            elif not word.isascii() or word.isalpha():
                kind = "small" if figures.word_value(word) is not None else ""
        yield _Token(*match.span(), word, kind)


def _core(tokens: list[_Token], n: int) -> int:
    """Return the last token of the number that begins at a token (two hundred and fifty)."""
    last = n
    while last + 1 < len(tokens):
        one, other = tokens[last], tokens[last + 1]
        step = 1
        gap = other.start - one.end
        if (other.word in _AND or other.word in _DASH) and last + 2 < len(tokens):
            other, step = tokens[last + 2], 2
            is_dash = tokens[last + 1].word in _DASH
            if one.kind == "figure" or other.kind == "figure":
                break
            gap = other.start - one.end if is_dash else 1
            if is_dash and gap > 1:
                break
            if not is_dash and one.kind != "scale":
                break
        if gap > 1 or other.kind not in {"scale", "small"}:
            break
        if other.kind == "small" and one.kind == "figure":
            break
        last += step
    return last


def _whole(text: str, tokens: list[_Token], n: int, last: int) -> Range | None:
    """Return the range of a number with what stands around it; None where it is no number."""
    start, end = tokens[n].start, tokens[last].end
    sign = _SIGN_BEFORE.search(text, max(0, start - 4), start)
    start = sign.start() if sign is not None else start
    before = text[max(0, start - _LOOK) : start]
    is_figure = n == last and tokens[n].kind == "figure"
    if is_figure and _is_none(before, text[start:end], text[end : end + _LOOK]):
        return None
    if _NAME_BEFORE.search(before) or _OLD.match(text, end) or _SHARE.match(text, end):
        return None
    article = _ARTICLE.search(before) if tokens[n].kind == "scale" else None
    start -= len(article[0]) if article is not None else 0
    before = text[max(0, start - _LOOK) : start]
    about = _BEFORE.search(before)
    start -= len(about[0].lstrip()) if about is not None else 0
    before = text[max(0, start - _LOOK) : start]
    opening = _BETWEEN.search(before)
    other = _far_end(text, tokens, last, between=opening is not None)
    if other is None and is_figure and _NO_RANGE.match(text, end):
        return None
    if other is not None:
        end = other
        start -= len(opening[0]) if opening is not None else 0
    unit = _UNIT.match(text, end)
    end = unit.end() if unit is not None else end
    is_share = unit is None and _OF_SO_MANY.search(before) is not None
    is_bare = about is None and unit is None and other is None and article is None
    is_lone = n == last and tokens[n].word in _LONE
    if is_share or (
        is_bare and (is_lone or (tokens[n].kind == "scale" and not _ALONE.search(tokens[n].word)))
    ):
        return None
    return start, end


def _far_end(text: str, tokens: list[_Token], last: int, *, between: bool) -> int | None:
    """Return where the other end of a range lies: 20 to 30, 200–300, between 5 and 10."""
    if last + 2 >= len(tokens):
        return None
    link, other = tokens[last + 1], tokens[last + 2]
    joins = (
        link.word in _DASH or link.word in _RANGE or (between and link.word in _AND | {"i", "и"})
    )
    if not joins or not other.kind or other.start - tokens[last].end > 12:
        if not (
            joins and other.word in _SIGNS and last + 3 < len(tokens) and tokens[last + 3].kind
        ):
            return None
        return tokens[_core(tokens, last + 3)].end
    end = tokens[_core(tokens, last + 2)].end
    words = ("between " if between else "") + text[tokens[last].start : end]
    return end if figures.read(words).get("modifier") == "between" else None


def _is_none(before: str, words: str, behind: str) -> bool:
    """Tell whether a figure is a date, a time, an age, or part of a name or a numbering."""
    if _DATE_BEFORE.search(before) or _DATE_AFTER.match(behind):
        return True
    if _NUMBERING.search(before):
        return True
    if _LISTED.search(before) and _LISTED_BEHIND.match(behind):
        return True
    if _AGE_BEFORE.search(before) and _AGE_BEHIND.match(behind) and len(words) <= 3:
        return True
    if _YEAR.fullmatch(words):
        about = _BEFORE.search(before)
        return about is None and (
            bool(_YEAR_BEFORE.search(before)) or not _PEOPLE_BEHIND.match(behind)
        )
    return False


def _reason(said: Mapping[str, Value]) -> str:
    if not said:
        return "a figure"
    modifier = str(said.get("modifier", "exact")).replace("_", " ")
    kind = said.get("kind") or said.get("quantity_of")
    what = f", {kind}" if kind else ""
    if "value" in said:
        return f"{modifier} {said['value']:,}{what}"
    if "low" in said and "high" in said:
        return f"{modifier} {said['low']:,} and {said['high']:,}{what}"
    return f"{modifier}: {said.get('vague_term', '')}{what}"
