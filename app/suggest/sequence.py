"""A sequence model of one type of mark: a linear-chain CRF over the words of each sentence.

Learnt by CRFsuite (Okazaki 2007, https://www.chokkan.org/software/crfsuite/) with L-BFGS, which
comes to the same model for the same examples. Words are described by what they look like and by
their neighbours, in any language; nothing is looked up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from app.model.text import sentences

Range = tuple[int, int]

LONGEST = 24
"""Words. Longer marks are whole statements, of which words say little."""

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*|[^\w\s]")
_OUTSIDE, _BEGIN, _INSIDE = "O", "B", "I"
_MOST_ROUNDS = 60
_PARAMETERS = {
    "c1": 0.05,
    "c2": 0.02,
    "max_iterations": _MOST_ROUNDS,
    "feature.possible_transitions": True,
}


class Example(NamedTuple):
    """A text, and the ranges (code points) in it that are marked with the type."""

    text: str
    marked: tuple[Range, ...]


class Guess(NamedTuple):
    """A range (code points) that looks like the type, and how sure the model is, from 0 to 1."""

    start: int
    end: int
    score: float


def fit(path: Path, examples: Iterable[Example]) -> int:
    """Train a model and write it; return how many marks it has learnt from.

    Of marks that overlap the longest one is learnt. Without any mark nothing is written.
    """
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_PARAMETERS, verbose=False)
    learnt = 0
    for text, marked in examples:
        kept = _apart(marked)
        for tokens in _tokens(text):
            labels, count = _labels(tokens, kept)
            trainer.append(_described(text, tokens), labels)
            learnt += count
    if learnt:
        trainer.train(str(path))
    return learnt


class Model:
    """A trained model. Raises `ValueError` for a file that is none."""

    def __init__(self, path: Path) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))

    def guesses(self, text: str) -> Iterator[Guess]:
        """Yield what looks like the type, in reading order, never overlapping."""
        tagger = self._tagger
        for tokens in _tokens(text):
            tagger.set(_described(text, tokens))
            labels = tagger.tag()
            n = 0
            while n < len(labels):
                if labels[n] == _OUTSIDE:
                    n += 1
                    continue
                last = n
                while last + 1 < len(labels) and labels[last + 1] == _INSIDE:
                    last += 1
                sure = min(tagger.marginal(labels[k], k) for k in range(n, last + 1))
                yield Guess(tokens[n][0], tokens[last][1], round(sure, 3))
                n = last + 1


def uncertainty(model: Model, text: str) -> float:
    """Return how unsure a model is of a text, from 0 to 1: the mean over what it guesses."""
    scores = [guess.score for guess in model.guesses(text)]
    return 1 - sum(scores) / len(scores) if scores else 0.0


def _tokens(text: str) -> Iterator[list[Range]]:
    """Yield the words and signs of each sentence that has any."""
    for start, end in sentences(text):
        found = [match.span() for match in _WORD.finditer(text, start, end)]
        if found:
            yield found


def _apart(marked: Sequence[Range]) -> list[Range]:
    """Return ranges without those that overlap a longer one, in reading order."""
    kept: list[Range] = []
    for start, end in sorted(marked, key=lambda one: (one[0] - one[1], one)):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return sorted(kept)


def _labels(tokens: Sequence[Range], marked: Sequence[Range]) -> tuple[list[str], int]:
    """Return the label of each word, and how many marks begin among them."""
    labels = [_OUTSIDE] * len(tokens)
    count = 0
    for start, end in marked:
        inside = [n for n, (left, right) in enumerate(tokens) if left < end and start < right]
        if inside and len(inside) <= LONGEST:
            labels[inside[0]] = _BEGIN
            for n in inside[1:]:
                labels[n] = _INSIDE
            count += 1
    return labels, count


def _described(text: str, tokens: Sequence[Range]) -> list[list[str]]:
    """Return what is known of each word of a sentence."""
    words = [text[start:end] for start, end in tokens]
    own = [_look(word) for word in words]
    described = []
    for n, looks in enumerate(own):
        found = ["bias", *looks]
        for step in (-2, -1, 1, 2):
            if 0 <= n + step < len(words):
                near = own[n + step] if abs(step) == 1 else own[n + step][:2]
                found += [f"{step:+}{look}" for look in near]
            else:
                found.append(f"{step:+}edge")
        if n:
            found.append(f"pair {words[n - 1].casefold()} {words[n].casefold()}")
        described.append(found)
    return described


def _look(word: str) -> list[str]:
    """Return what a word looks like: itself, its shape, its beginnings and its ends."""
    lower = word.casefold()
    found = [f"w={lower}", f"shape={_shape(word)}"]
    found += [f"pre={lower[:size]}" for size in (2, 3) if len(lower) > size]
    found += [f"suf={lower[-size:]}" for size in (2, 3, 4) if len(lower) > size]
    if len(word) > 1 and word.isupper():
        found.append("caps")
    return found


def _shape(word: str) -> str:
    """Return a word's shape, runs made one: `Xx` for Navalny, `X.X` for U.S, `d` for 2500."""
    shape = ""
    for character in word:
        kind = (
            "X"
            if character.isupper()
            else "x"
            if character.isalpha()
            else "d"
            if character.isdigit()
            else character
        )
        if not shape.endswith(kind):
            shape += kind
    return shape[:8]
