"""Articles divided into train, dev and test, with a seed, and like texts never on both sides.

`model/likeness.py` says which texts are alike.
"""

import random
from collections.abc import Iterable, Sequence

from app.model.likeness import groups

PARTS = ("train", "dev", "test")


def divide(
    texts: Iterable[tuple[str, str]], shares: Sequence[float], *, seed: int
) -> dict[str, frozenset[str]]:
    """Return the ids of each part for (id, text) pairs; the same seed gives the same parts.

    `shares` are in any unit: 80, 10, 10. Groups of like texts go to one part as a whole.
    """
    alike = groups(texts)
    random.Random(seed).shuffle(alike)  # noqa: S311 - a draw that can be repeated, no secret
    total, all_shares = sum(map(len, alike)), sum(shares)
    wanted = [total * share / all_shares for share in shares]
    parts: list[list[str]] = [[] for _ in shares]
    for group in sorted(alike, key=len, reverse=True):
        gaps = [want - len(part) for want, part in zip(wanted, parts, strict=True)]
        parts[gaps.index(max(gaps))] += group
    names = PARTS[: len(parts)]
    return {name: frozenset(part) for name, part in zip(names, parts, strict=True)}
