"""Articles divided into train, dev and test, with a seed, and like texts never on both sides.

Texts are alike where half of their rarest runs of five words are the same: wire copy, reprints.
"""

import hashlib
import random
import re
from collections.abc import Iterable, Sequence

PARTS = ("train", "dev", "test")

_RUN = 5
_SKETCH = 24


def sketch(text: str) -> frozenset[int]:
    """Return the smallest hashes of the text's runs of five words: alike where texts are."""
    words = re.findall(r"\w+", text.casefold()) or [text]
    runs = {" ".join(words[n : n + _RUN]) for n in range(max(1, len(words) - _RUN + 1))}
    hashes = (
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs
    )
    return frozenset(sorted(hashes)[:_SKETCH])


def divide(
    texts: Iterable[tuple[str, str]], shares: Sequence[float], *, seed: int
) -> dict[str, frozenset[str]]:
    """Return the ids of each part for (id, text) pairs; the same seed gives the same parts.

    `shares` are in any unit: 80, 10, 10. Groups of like texts go to one part as a whole.
    """
    groups = _groups(texts)
    random.Random(seed).shuffle(groups)  # noqa: S311 - a draw that can be repeated, no secret
    total, all_shares = sum(map(len, groups)), sum(shares)
    wanted = [total * share / all_shares for share in shares]
    parts: list[list[str]] = [[] for _ in shares]
    for group in sorted(groups, key=len, reverse=True):
        gaps = [want - len(part) for want, part in zip(wanted, parts, strict=True)]
        parts[gaps.index(max(gaps))] += group
    names = PARTS[: len(parts)]
    return {name: frozenset(part) for name, part in zip(names, parts, strict=True)}


def _groups(texts: Iterable[tuple[str, str]]) -> list[list[str]]:
    above: dict[str, str] = {}
    sketches: dict[str, frozenset[int]] = {}
    seen: dict[int, list[str]] = {}

    def root(key: str) -> str:
        while above[key] != key:
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
            seen.setdefault(one, []).append(key)
    groups: dict[str, list[str]] = {}
    for key in above:
        groups.setdefault(root(key), []).append(key)
    return [sorted(group) for _, group in sorted(groups.items())]
