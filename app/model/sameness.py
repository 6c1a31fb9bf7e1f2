"""Which registry entries are likely the same: names by their letters, events by place and day.

Names are compared in Latin letters without what spellings differ in (Навальный, Navalny, Nawalny),
by `difflib`; entries that share no word of that kind are not compared at all.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

from app.model.alike import is_name
from app.model.entries import DIFFERENT, ids_of, is_archived
from app.model.registry import Record

_LATIN = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфыэґєі", "abvgdeziiklmnoprstufyegei", strict=True)),
        "ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
        "ь": "", "ю": "yu", "я": "ya", "ї": "i", "ў": "u", "ß": "ss", "ø": "o", "ł": "l",
        "đ": "d", "æ": "ae", "œ": "oe", "ı": "i",
        **dict(zip("αβγδεζηικλμνξοπρστυφχω", "avgdeziiklmnxoprstifho", strict=True)),
        "θ": "th", "ψ": "ps", "ς": "s",
    }
)  # fmt: skip
_SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("tsch", "c"), ("tch", "c"), ("ch", "c"), ("zh", "z"),
    ("sh", "s"), ("kh", "h"), ("ph", "f"), ("th", "t"), ("w", "v"), ("ks", "x"), ("q", "k"),
    ("j", "i"), ("y", "i"), ("ck", "k"), ("z", "s"),
)  # fmt: skip
_WORD = re.compile(r"\w+")
_TWICE = re.compile(r"(.)\1+")
_ENDINGS = (
    # Of cases, in the letters of `sounds`, and what stands there in the name as it is called.
    ("ogo", "i"), ("ego", "i"), ("omu", "i"), ("emu", "i"), ("im", "i"), ("ih", "i"), ("om", "i"),
    ("im", ""), ("om", ""), ("em", ""), ("a", ""), ("u", ""), ("e", ""), ("i", ""),
    ("oi", "a"), ("ei", "a"), ("u", "a"), ("i", "a"), ("e", "a"), ("s", ""),
)  # fmt: skip
_STEM = 4
"""Letters before an ending that a name has at least."""
_LEAST = 0.82
_STEP = 500
"""Pairs that are compared before somebody is told how many were."""
_WHOLE = 3
"""Letters that a last name has to have to stand for a longer one."""
_CROWD = 40
"""Entries with a word in common beyond which the word tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Two entries that may be the same, how likely from 0 to 1, and why, as a sentence."""

    one: Record
    other: Record
    score: float
    reason: str


def latin(name: str) -> str:
    """Return a name in small Latin letters, without diacritics."""
    if name.isascii():
        return name.casefold()
    split = unicodedata.normalize("NFKD", name.casefold().replace("й", "и"))
    return "".join(c for c in split if not unicodedata.combining(c)).translate(_LATIN)


def sounds(name: str) -> tuple[str, ...]:
    """Return the words of a name without what spellings of one name differ in."""
    return tuple(map(_sound, _WORD.findall(latin(name))))


def called(word: str) -> tuple[str, ...]:
    """Return what a name may be called that stands in a text as this word: itself, other cases.

    In the letters of `sounds`: Навального and Nawalnys may be Navalny.
    """
    heard = "".join(sounds(word))
    found = [heard]
    for ending, instead in _ENDINGS:
        if heard.endswith(ending) and len(heard) - len(ending) >= _STEM:
            found.append(heard[: -len(ending)] + instead)
    return tuple(dict.fromkeys(found))


def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _TWICE.sub(r"\1", word)


def likely_same(
    records: Iterable[Record],
    articles: Mapping[str, Collection[str]],
    *,
    tell: Callable[[int], object] = lambda _: None,
) -> list[Likely]:
    """Return pairs of entries of a kind that may be the same, the likeliest first.

    `articles` says which articles mention an entry. What somebody said is different is left out.
    `tell` hears how many pairs were compared, and may raise to end the work.
    """
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        if not is_archived(record):
            by_kind.setdefault(record.kind, []).append(record)
    found: dict[tuple[str, str], Likely] = {}
    for several in by_kind.values():
        for pair in (*_by_name(several, articles, tell), *_same_events(several, articles)):
            key = pair.one.id, pair.other.id
            if key not in found or found[key].score < pair.score:
                found[key] = pair
    return sorted(found.values(), key=lambda p: (-p.score, p.one.name, p.other.name, p.one.id))


def _is_own(alias: str) -> bool:
    """Tell whether an alias names one thing: `people` and `the police` stand for many."""
    return is_name(alias) or alias.lower() == alias.upper()


def _are_different(one: Record, other: Record) -> bool:
    return other.id in ids_of(one, DIFFERENT) or one.id in ids_of(other, DIFFERENT)


def _by_name(
    records: list[Record],
    articles: Mapping[str, Collection[str]],
    tell: Callable[[int], object],
) -> Iterator[Likely]:
    heard = {
        record.id: [sounds(name) for name in (record.name, *filter(_is_own, record.aliases))]
        for record in records
    }
    holders: dict[str, list[Record]] = {}
    for record in records:
        for key in {_bones(word) for words in heard[record.id] for word in words}:
            holders.setdefault(key, []).append(record)
    # A word of very many entries says nothing, but all of them are found by their rarer words.
    pairs = {
        (one.id, other.id): (one, other)
        for several in holders.values()
        if len(several) <= _CROWD
        for one, other in combinations(sorted(several, key=lambda r: r.id), 2)
    }
    rare = Counter(word for names in heard.values() for words in names for word in set(words))
    for number, (one, other) in enumerate(pairs.values()):
        if number % _STEP == 0:
            tell(number)
        if _are_different(one, other) or _contradict(one, other):
            continue
        score, reason = max(_compared(a, b, rare) for a in heard[one.id] for b in heard[other.id])
        if score < _LEAST:
            continue
        together = len(set(articles.get(one.id, ())) & set(articles.get(other.id, ())))
        if together:
            score = min(1.0, score + 0.02 * min(together, 3))
            many = "1 article" if together == 1 else f"{together:,} articles"
            reason += f"; both stand in {many}"
        yield Likely(one=one, other=other, score=round(score, 3), reason=reason)


def _bones(word: str) -> str:
    """Return the consonants of a word, and its vowels where it has nothing else."""
    return re.sub(r"[aeiou]", "", word) or word


def _compared(
    one: tuple[str, ...], other: tuple[str, ...], rare: Mapping[str, int]
) -> tuple[float, str]:
    if not one or not other:
        return 0.0, ""
    if one == other:
        return 1.0, "The names sound the same"
    short, long = sorted((one, other), key=len)
    if (
        len(short) < len(long)
        and short[-1] == long[-1]
        and len(short[-1]) >= _WHOLE
        and (len(short) == 1 or set(short) <= set(long))
    ):
        # A last name alone may be anybody of the family: the more have it, the less it says.
        return max(0.0, 0.95 - 0.03 * rare[short[-1]]), "One is a short form of the other"
    if len(one) == len(other):
        # Two persons of one family share a long name: each word has to be alike.
        for a, b in zip(one, other, strict=True):
            if a != b and _ratio(a, b) < _LEAST - 0.1:
                return 0.0, ""
    return _ratio(" ".join(one), " ".join(other)), "The names are nearly the same"


def _ratio(one: str, other: str) -> float:
    """Return how alike words are, from 0 to 1, or 0 where they are not alike enough to matter."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    least = _LEAST - 0.1
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


def _contradict(one: Record, other: Record) -> bool:
    """Tell whether two entries say of themselves that they are not the same."""
    fields = ("kind", "country", "date_start", "plover_type")
    return any(
        a is not None and b is not None and a != b
        for a, b in ((one.attributes.get(f), other.attributes.get(f)) for f in fields)
    ) or any(
        not key.startswith("pressmark:")
        and one.external[key] != other.external.get(key, one.external[key])
        for key in one.external
    )


def _same_events(
    records: list[Record], articles: Mapping[str, Collection[str]]
) -> Iterator[Likely]:
    """Yield events of different articles with one country and type, at most a day apart.

    The rule is that of GLOCON, with PLOVER's types.
    """
    alike: dict[tuple[object, object], list[tuple[date, Record]]] = {}
    for record in records:
        held = record.attributes
        day, country, kind = held.get("date_start"), held.get("country"), held.get("plover_type")
        if country and kind and isinstance(day, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            try:
                alike.setdefault((country, kind), []).append((date.fromisoformat(day), record))
            except ValueError:
                continue
    for several in alike.values():
        several.sort(key=lambda pair: (pair[0], pair[1].id))
        for n, (first_day, one) in enumerate(several):
            for later, other in several[n + 1 :]:
                apart = (later - first_day).days
                if apart > 1:
                    break
                here, there = set(articles.get(one.id, ())), set(articles.get(other.id, ()))
                if here & there or _are_different(one, other):
                    continue
                when = "on the same day" if not apart else "a day apart"
                first, second = sorted((one, other), key=lambda r: r.id)
                yield Likely(
                    one=first,
                    other=second,
                    score=0.9 if not apart else 0.85,
                    reason=f"Events of one type in one country, {when}, in different articles",
                )
