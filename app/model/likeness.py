"""Which texts are nearly the same: wire copy, reprints, updates of a story.

Texts are alike where half of their rarest runs of five words are the same. The rarest are those
with the smallest hashes, a bottom-k sketch (Broder 1997, “On the resemblance and containment of
documents”), which finds a shortened copy as well. Groups feed the list of near-duplicates and the
split into train, dev and test.
"""

import hashlib
import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_RUN = 5
_SKETCH = 24
_COMPARED = 32
"""Texts with a hash in common that a further one is compared with: what all share tells nothing."""


def sketch(text: str) -> frozenset[int]:
    """Return the smallest hashes of the text's runs of five words: alike where texts are."""
    words = _WORD.findall(text.casefold()) or [text]
    runs = {" ".join(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1))}
    hashes = (
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs
    )
    return frozenset(sorted(hashes)[:_SKETCH])


def groups(texts: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the ids of (id, text) pairs in groups of like texts, each group sorted.

    A text unlike all others is a group of its own. Texts are read once and not kept.
    """
    above: dict[str, str] = {}
    sketches: dict[str, frozenset[int]] = {}
    seen: dict[int, list[str]] = {}

    def root(key: str) -> str:
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for key, text in texts:
        above[key] = key
        own = sketches[key] = sketch(text)
        near = {other for one in own for other in seen.get(one, ())}
        for other in sorted(near):
            shared = len(own & sketches[other])
            if 2 * shared >= min(len(own), len(sketches[other])):
                above[root(key)] = root(other)
        for one in own:
            holders = seen.setdefault(one, [])
            if len(holders) < _COMPARED:
                holders.append(key)
    found: dict[str, list[str]] = {}
    for key in above:
        found.setdefault(root(key), []).append(key)
    return [sorted(group) for _, group in sorted(found.items())]
