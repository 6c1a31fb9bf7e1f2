"""The same words elsewhere in a text, and the short forms of a name. Pure.

Only whole words count: `Putin` is in `Putin's`, not in `anti-Putin`. Scripts that put no spaces
between words (Chinese, Japanese, Thai) have no such edges; there the same characters count.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from app.model.structure import SMALL_WORDS, Range
from app.model.text import STOPS, words

_NO_PART = SMALL_WORDS | frozenset(
    "president vice minister prime premier chancellor secretary senator governor mayor king queen"
    " prince princess general colonel captain sergeant judge justice pope bishop sheikh imam mr mrs"
    " ms miss dr prof professor sir dame lord lady leader chairman chairwoman director spokesman"
    " spokeswoman representative former opposition activist earlier later last next recently"
    " previously finally о об в во с со к ко у и а но на по за от из до при для что".split()
)
"""Words beside a name that are no part of it, in small letters: titles, and what begins a sentence.
"""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_HYPHEN = "[-\u00ad\u2010\u2011]"
_BEFORE = rf"(?<!{_LETTER})(?<!\w{_HYPHEN})(?<!\d[.,])(?<![A-KM-Z]['’])"
_AFTER = rf"(?!{_LETTER})(?!{_HYPHEN}\w)(?!['’](?!s\b|S\b)\w)(?![.,]\d)"
_POSSESSIVE = re.compile(r"['’][sS]?$")
_WORD_BEFORE = re.compile(rf"({_LETTER}[\w.'’-]*)[^\S\n]$")
_WORD_AFTER = re.compile(rf"[^\S\n]({_LETTER}\w*)")
_SHORTEST_STEM = 4
"""Letters of a word that stay as they are when its ending changes."""
_LOOK = 60
"""Code points in which the word before a name is looked for."""


def is_name(form: str) -> bool:
    """Tell whether words look like a name: the first and the last begin with a capital."""
    found = [form[start:end] for start, end in words(form)]
    return bool(found) and _is_great(found[0]) and _is_great(found[-1])


def _is_great(word: str) -> bool:
    return word[:1].isupper() and (word.lower() not in SMALL_WORDS or word[1:].isupper())


def is_title(word: str) -> bool:
    """Tell whether a word goes before a name without being part of it: President."""
    return word.rstrip(".").lower() in _NO_PART


def is_name_at(text: str, start: int, end: int) -> bool:
    """Tell whether the words of a range are a name there.

    Where a sentence begins a capital says nothing, if the same word stands elsewhere in small
    letters: Police came, the police left.
    """
    form = text[start:end]
    if not is_name(form) or not begins_sentence(text, start):
        return is_name(form)
    small = form[:1].lower() + form[1:]
    return all(text[first:last] != small for first, last in alike(text, small))


def begins_sentence(text: str, offset: int) -> bool:
    """Tell whether nothing of the same sentence stands before an offset."""
    before = text[max(0, offset - 8) : offset].rstrip(" \t\u00a0\"'“”„«»‘’([–—-•*")
    return not before or before[-1] in f"{STOPS}:;\n"


def forms_of(form: str, *, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what a name is called by: itself, its last word, and known names of the same thing.

    `known` are the name and the aliases of its record; those that are no names (`people`) are left
    out, for they stand for many. Words that are no name have no other forms.
    """
    bare = _POSSESSIVE.sub("", form)
    if not is_name(bare):
        return (bare,)
    names = [bare, *(name for name in known if is_name(name))]
    found = dict.fromkeys(names)
    for name in names:
        parts = [name[start:end] for start, end in words(name)]
        if len(parts) > 1 and all(part[:1].isupper() for part in parts):  # no Bank of England
            found.setdefault(parts[-1])
    return tuple(found)


def alike(text: str, form: str, *, known: Iterable[str] = ()) -> tuple[Range, ...]:
    """Return where words, or a short form of them where they are a name, stand in a text.

    Ranges come in reading order, never overlap, and leave out a possessive 's. A single name inside
    a longer one that is not known (`Navalny` in `Yulia Navalny`) is somebody else.
    """
    forms = forms_of(form, known=known)
    if not forms[0].strip():
        return ()
    forms += tuple(_acronyms(text, forms))
    either = "|".join(map(_pattern, sorted(forms, key=len, reverse=True)))
    found = re.finditer(f"{_BEFORE}(?:{either}){_AFTER}", text)
    return tuple(
        match.span()
        for match in found
        if not _cuts_a_word(text, *match.span()) and not is_somebody_else(text, *match.span())
    )


def everywhere(
    text: str,
    forms: Iterable[str],
    *,
    whole_words: bool = True,
    match_case: bool = True,
    inflected: bool = False,
) -> tuple[Range, ...]:
    """Return where any of some forms stand, in reading order, never overlapping.

    With `inflected` the last letters of each word may be others, or there may be more (Навальный,
    Навального; party, parties): what that finds is to be looked at. A form is never found in a
    longer name that nobody asked for, unless words need not be whole.
    """
    shapes = [form for form in dict.fromkeys(forms) if form.strip()]
    if not shapes:
        return ()
    shape = _inflected if inflected else _as_it_is
    either = "|".join(map(shape, sorted(shapes, key=len, reverse=True)))
    pattern = f"{_BEFORE}(?:{either}){_AFTER}" if whole_words else f"(?:{either})"
    found = re.finditer(pattern, text, 0 if match_case else re.IGNORECASE)
    return tuple(
        match.span()
        for match in found
        if not _cuts_a_word(text, *match.span())
        and not (whole_words and is_somebody_else(text, *match.span()))
    )


def _as_it_is(form: str) -> str:
    return r"[^\S\n]+".join(map(re.escape, form.split()))


def _inflected(form: str) -> str:
    """Return an expression for a form in which each word may end otherwise."""
    return r"[^\S\n]+".join(map(_inflected_word, form.split()))


def _inflected_word(word: str) -> str:
    if not word[-1].isalpha():
        return re.escape(word)
    stem = word[: max(_SHORTEST_STEM, len(word) - 2)]
    return f"{re.escape(stem)}{_LETTER}{{0,4}}"


def _pattern(form: str) -> str:
    """Return an expression for a form with any blank between its words.

    A name is found in capitals too, other words with a capital letter in front.
    """
    shapes = (form, form.upper() if is_name(form) else form[:1].upper() + form[1:])
    return "|".join(
        r"[^\S\n]+".join(map(re.escape, shape.split())) for shape in dict.fromkeys(shapes)
    )


def _acronyms(text: str, forms: Iterable[str]) -> Iterator[str]:
    """Yield what the text itself gives in brackets behind a name: European Union (EU)."""
    for form in forms:
        initials = "".join(form[start] for start, _ in words(form) if form[start].isupper())
        if len(initials) > 1 and is_name(form) and f"{form} ({initials})" in text:
            yield initials


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Tell whether a vowel sign or an accent ties the ends to what is outside."""
    if end < len(text) and unicodedata.category(text[end])[0] == "M":
        return True
    before = text[start - 1 : start] if start else ""
    is_mark = bool(before) and unicodedata.category(before)[0] == "M"
    return is_mark and not re.match(f"[{_UNSPACED}]", before)


def is_somebody_else(text: str, start: int, end: int) -> bool:
    """Tell whether a single name is part of a longer one: Navalny in Yulia Navalny.

    A title in front (President Putin) makes no longer name, nor does what is all capitals.
    """
    form = text[start:end]
    if " " in form or form.isupper() or not form[:1].isupper():
        return False
    before = _WORD_BEFORE.search(text[max(0, start - _LOOK) : start])
    after = _WORD_AFTER.match(text, end)
    return any(beside is not None and _is_name_word(beside[1]) for beside in (before, after))


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() and word.rstrip(".").lower() not in _NO_PART
