"""Proposes actors by rules alone: proper names, people by what they are or do, personal pronouns.

A span is the shortest phrase that names somebody: no article, no title. A place is proposed only
where it may act: not behind *in*, *from* or *across*. What a noun is merely described by is none
(police brutality).
"""

import re
from collections.abc import Iterator

from app.model.alike import begins_sentence, is_title
from app.model.structure import SMALL_WORDS
from app.model.suggestion import Suggestion
from app.model.text import words
from app.suggest.context import Context
from app.suggest.cues import says_at
from app.suggest.figures import TENS, UNITS
from app.suggest.people import (
    AFTER_HEAD,
    APPROXIMATELY,
    ARTICLES,
    BODIES,
    DATELINE,
    DETERMINER,
    FIELD_OF_OFFICE,
    GERMAN_COMPOUND,
    GERMAN_OFFICE,
    GERMAN_OPENERS,
    HEADS,
    MINISTERS,
    NO_ACTOR,
    OFFICE,
    PARTICIPLES,
    PRONOUNS,
    QUANTIFIERS,
    SOFT,
    SURNAME,
)
from app.suggest.places import DEMONYMS, PLACES
from app.suggest.proposal import is_wanted, proposal

NAME = "actors"
TYPE = "actor"

Range = tuple[int, int]

_ONLY_OF_PLACES = frozenset(
    "in en across over throughout through into outside within via в во".split()
)
_PLACE_BEFORE = re.compile(
    r"\b(?P<link>in|from|across|over|throughout|near|at|around|through|into|outside|inside|to|of"
    r"|within|towards?|via|aus|nach|bei|à|au|en|de|desde|в|во|из|на|по)\s+"
    r"(?:the\s+|all\s+over\s+|la\s+|los\s+)?$",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"[^\W\d_A-ZА-ЯЁ,;],? ([A-ZА-ЯЁ][^\W_]*(?:[-'’][^\W_]+)*)(?! [A-ZА-ЯЁ])")
"""A word with a capital inside a sentence, by itself."""
_POSSESSIVE = re.compile(r"['’]s?$")
_ACTS = re.compile(
    r"(?:['’]s)? (?:said|says|told|claim|den|has|had|also|will|expressed|condemned|called"
    r"|asked|warned|spent|met|went|(?!hundred)\w+ed\b)"
)
_INNER = frozenset("of de du von van bin al el da la der den del di".split())
_HANGING = re.compile(r"^(?:.+?-(?:t-)?)?(?P<who>il|elle|ils|elles)$", re.IGNORECASE)
"""A French pronoun that hangs on its verb: a-t-il."""
_ELIDED = re.compile(r"[LlDd]['’]")
_OWNED = re.compile(r"\b(?:ihre[nmrs]?|seine[nmrs]?|unsere[nmrs]?)\s$")
_SCORES = {"name": 0.75, "nominal": 0.6, "pronoun": 0.4}
_WHY = {"name": "a name", "nominal": "people by what they are", "pronoun": "a personal pronoun"}


def propose(context: Context) -> Iterator[Suggestion]:
    """Yield a suggestion for each actor, in reading order, never overlapping."""
    if not is_wanted(context.codebook, TYPE):
        return
    for start, end, level in found(context.text, context.language):
        yield proposal(
            context,
            TYPE,
            [(start, end)],
            said={"mention_level": level},
            score=_SCORES[level],
            suggester=NAME,
            reason=_WHY[level],
        )


def found(text: str, language: str = "en") -> Iterator[tuple[int, int, str]]:
    """Yield each actor in reading order: start, end (code points) and level of mention."""
    return _Reader(text, language).read()


class _Reader:
    """Goes through the words of a text once."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._parts = list(words(text))
        self._inner = _INNER - {"der", "den"} if language == "de" else _INNER
        self._heads = HEADS.get(language, HEADS["en"])
        self._pronouns = PRONOUNS.get(language, frozenset())
        self._small = {text[a:b] for a, b in self._parts if text[a].islower()}
        self._datelines = [match.span() for match in DATELINE.finditer(text)]
        self._surnames: set[str] = set()
        """The last words of the names met so far, by which people are called from then on."""
        self._inside = {_POSSESSIVE.sub("", match[1]) for match in _INSIDE.finditer(text)}

    def read(self) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and level of each actor."""
        n = 0
        while n < len(self._parts):
            word = self._word(n)
            span, level, last = None, "", n
            if word[:1].isupper():
                last = self._run_end(n)
                span, level, last = self._named(n, last)
            if span is None and last == n:
                span, level = self._common(n)
            if span is not None:
                if level == "name" and (short := _last_name(self._text[slice(*span)])):
                    self._surnames.add(short)
                yield *span, level
                while last + 1 < len(self._parts) and self._parts[last + 1][0] < span[1]:
                    last += 1
            n = last + 1

    def _word(self, n: int) -> str:
        return self._text[slice(*self._parts[n])]

    def _gap(self, n: int) -> str:
        """Return what stands between a word and the next one."""
        return self._text[self._parts[n][1] : self._parts[n + 1][0]]

    def _common(self, n: int) -> tuple[Range | None, str]:
        """Return the range and the level of a noun for people, or of a pronoun."""
        word = self._word(n)
        lower = word if self._language == "de" else word.lower()
        if lower in self._heads or _POSSESSIVE.sub("", word) in self._heads:
            return self._noun(n), "nominal"
        if self._language == "fr" and (hanging := _HANGING.match(word)):
            start = self._parts[n][0]
            return (start + hanging.start("who"), start + hanging.end("who")), "pronoun"
        return (self._parts[n], "pronoun") if self._is_pronoun(word) else (None, "")

    def _is_pronoun(self, word: str) -> bool:
        """Tell whether a word is a personal pronoun: the US is not us."""
        return word.lower() in self._pronouns and not (len(word) > 1 and word.isupper())

    def _noun(self, n: int) -> Range | None:
        """Return the range of people named by what they are; None where they describe a noun."""
        text, (start, end) = self._text, self._parts[n]
        if text[start:end].lower() in PARTICIPLES and not DETERMINER.search(
            text, max(0, start - 12), start
        ):
            return None  # a accusé, fueron detenidos
        end -= len(text[start:end]) - len(_POSSESSIVE.sub("", text[start:end]))
        if OFFICE.match(text, start):
            return None
        whole = MINISTERS.match(text, start) or AFTER_HEAD.match(text, end)
        if whole is not None:
            return start, whole.end()
        if self._language != "en":
            return start, end
        if n + 1 < len(self._parts) and text[end : self._parts[n + 1][0]] == " ":
            following = self._word(n + 1).lower()
            if following in SOFT or following in self._heads:
                return None  # the next word is the head: opposition leaders
        if n and self._gap(n - 1) == " " and self._word(n - 1).lower() in {"riot", "security"}:
            start = self._parts[n - 1][0]
        return start, end

    def _run_end(self, n: int) -> int:
        """Return the last word of a run of capitals, small words like *of* inside it."""
        last = n
        while last + 1 < len(self._parts):
            if self._gap(last) not in {" ", "\u00a0"} or _POSSESSIVE.search(self._word(last)):
                break
            following = self._word(last + 1)
            if following[:1].isupper():
                last += 1
            elif following in self._inner and self._goes_on(last, following):
                last += 2
            else:
                break
        return last

    def _goes_on(self, last: int, link: str) -> bool:
        """Tell whether a name goes on behind a small word: Bank of England, not Smith of Leeds."""
        if last + 2 >= len(self._parts) or self._gap(last + 1) != " ":
            return False
        is_body = link != "of" or self._word(last) in BODIES
        return self._word(last + 2)[:1].isupper() and is_body

    def _named(self, n: int, last: int) -> tuple[Range | None, str, int]:
        """Return the name in a run of capitals, None where it names nobody, and its last word."""
        first = n
        while first <= last and self._is_no_part(first, last):
            first += 1
        if first > last:
            return None, "", last
        if self._language == "de" and first == last and self._is_german_head(self._word(first)):
            return self._noun(first), "nominal", last
        first, last = self._name_alone(first, last)
        start, end = self._parts[first][0], self._parts[last][1]
        name = _POSSESSIVE.sub("", self._text[start:end])
        end = start + len(name)
        if name in DEMONYMS and self._language == "en" and last + 1 < len(self._parts):
            people = self._word(last + 1).lower() in self._heads and self._gap(last) == " "
            noun = self._noun(last + 1) if people else None
            if noun is not None:
                return (start, noun[1]), "nominal", last + 1
        if self._is_nobody(first, last, name) or _is_place(self._text, start, name):
            return None, "", last
        level = "nominal" if name in DEMONYMS else "name"
        return (start, end), level, last

    def _name_alone(self, first: int, last: int) -> Range:
        """Return the words of a run of capitals without offices and without whose they are."""
        if self._language == "ru" and last >= first + 2 and self._word(first) in self._surnames:
            first += 1  # адвокат Фургала Борис Кожемякин
        while last > first and _is_title(self._word(last)):
            last -= 1
        if self._language == "de":
            while last > first and self._is_german_head(self._word(last)):
                last -= 1  # Nawalnys Anwalt
            if first < last and GERMAN_OFFICE.fullmatch(self._word(first)):
                first += 1
        return first, last

    def _is_german_head(self, word: str) -> bool:
        return word in self._heads or GERMAN_COMPOUND.fullmatch(word) is not None

    def _is_nobody(self, first: int, last: int, name: str) -> bool:
        """Tell whether capitals name nobody: months, offices alone, words for where one is from."""
        start = self._parts[first][0]
        run = range(first, last + 1)
        return (
            not name[:1].isalpha()
            or len(name) == 1
            or any(a <= start < b for a, b in self._datelines)
            or (
                self._language == "de"
                and first < last
                and _OWNED.search(self._text, max(0, start - 12), start) is not None
            )
            or any(character.isdigit() for character in name)
            or NO_ACTOR.fullmatch(name) is not None
            or (name in DEMONYMS and not name.endswith("s"))
            or FIELD_OF_OFFICE.search(self._text, max(0, start - 40), start) is not None
            or all(_is_title(self._word(n)) or self._word(n) in {"High", "Deputy"} for n in run)
            # Every German noun has a capital.
            or (
                first == last
                and self._language == "de"
                and name not in PLACES
                and name not in self._surnames
                and not name.isupper()
            )
        )

    def _is_no_part(self, n: int, last: int) -> bool:  # noqa: PLR0911 - one a reason
        """Tell whether a word at the beginning of a run of capitals is no part of the name."""
        start, word = self._parts[n][0], self._word(n)
        lower, opens = word.lower(), begins_sentence(self._text, start)
        if lower in SMALL_WORDS:
            is_acronym = word.isupper() and len(word) > 1 and not opens
            return not is_acronym and word not in {"US", "WHO", "UN"}
        if self._is_pronoun(word) or (opens and lower in ARTICLES | QUANTIFIERS):
            return True
        if self._only_opens(n, last):
            return True
        if _is_title(word) and (n < last or lower in HEADS["en"] or opens):
            return True
        if n < last and word in DEMONYMS and _is_title(self._word(n + 1)):
            return True
        if not opens or (len(word) > 1 and word.isupper()) or word in DEMONYMS:
            return False
        if lower in self._small or lower in self._heads:
            return True
        return n == last and not self._stands_elsewhere(word, start)

    def _only_opens(self, n: int, last: int) -> bool:
        """Tell whether a word has its capital from where it stands: Roughly 25,000, L'avocate."""
        word = self._word(n)
        lower = word.lower()
        if lower in APPROXIMATELY and n + 1 < len(self._parts) and self._word(n + 1)[0].isdigit():
            return True
        if self._language == "fr":
            is_elided = _ELIDED.match(word) is not None and word[2:3].islower()
            return is_elided or _HANGING.match(word) is not None
        if self._language != "de":
            return False
        is_count = lower in QUANTIFIERS or lower in UNITS or lower in TENS
        if n < last and is_count:
            return True  # Dutzende Aktivisten
        return lower in GERMAN_OPENERS and begins_sentence(self._text, self._parts[n][0])

    def _stands_elsewhere(self, word: str, start: int) -> bool:
        """Tell whether a word that begins a sentence is a name: it stands inside one, or acts."""
        bare = _POSSESSIVE.sub("", word)
        if (
            bare in self._surnames
            or bare in PLACES
            or (bare in DEMONYMS and bare.endswith("s"))
            or bare in self._inside
        ):
            return True
        end = start + len(bare)
        if self._language in {"fr", "es"} or (self._language == "ru" and SURNAME.fullmatch(bare)):
            return says_at(self._text, end)
        return _ACTS.match(self._text, end) is not None


def _last_name(name: str) -> str:
    """Return the last word of a person's name of two words or more; empty for bodies and places."""
    parts = name.split()
    is_body = len(parts) < 2 or any(part in BODIES or part.islower() for part in parts)
    return "" if is_body or name in PLACES or not parts[-1].istitle() else parts[-1]


def _is_title(word: str) -> bool:
    return is_title(_POSSESSIVE.sub("", word))


def _is_place(text: str, start: int, name: str) -> bool:
    """Tell whether a name is but where something happens."""
    link = _PLACE_BEFORE.search(text, max(0, start - 24), start)
    if link is None:
        return False
    return name in PLACES or link["link"].lower() in _ONLY_OF_PLACES
