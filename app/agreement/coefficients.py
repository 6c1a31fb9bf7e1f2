"""Coefficients over decisions that two or more annotators took on the same things."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

Of = TypeVar("Of", bound=Hashable)


def f1(tp: int, fp: int, fn: int) -> float | None:
    """Return the harmonic mean of precision and recall; None where nothing was marked."""
    found = 2 * tp + fp + fn
    return 2 * tp / found if found else None


def kappa(decisions: Mapping[tuple[Of, Of], int]) -> float | None:
    """Return Cohen's (1960) kappa from how often each pair of decisions was taken.

    None where both always decided the same one thing, or nothing: no chance is left to correct.
    """
    total = sum(decisions.values())
    first: Counter[Of] = Counter()
    second: Counter[Of] = Counter()
    for (one, other), count in decisions.items():
        first[one] += count
        second[other] += count
    by_chance = sum(count * second[value] for value, count in first.items())
    if by_chance == total * total:
        return None
    agreed = sum(count for (one, other), count in decisions.items() if one == other)
    return (agreed * total - by_chance) / (total * total - by_chance)


def nominal(values: Mapping[Of, int]) -> float:
    """Return how far values lie apart, over all ordered pairs of them: 1 where they differ."""
    total = sum(values.values())
    return float(total * total - sum(count * count for count in values.values()))


def interval(values: Mapping[float, int]) -> float:
    """Return how far measures lie apart, over all ordered pairs: the square of the difference."""
    total = sum(values.values())
    mean = sum(value * count for value, count in values.items()) / total
    return 2 * total * sum(count * (value - mean) ** 2 for value, count in values.items())


def alpha(
    patterns: Mapping[tuple[Of, ...], int], apart: Callable[[Mapping[Of, int]], float]
) -> float | None:
    """Return Krippendorff's (2011) alpha from the values that units were given, and how often.

    A unit may lack values; one with fewer than two tells nothing. None where no two values differ.
    """
    values: Counter[Of] = Counter()
    observed = 0.0
    for pattern, count in patterns.items():
        if len(pattern) > 1:
            here = Counter(pattern)
            observed += count * apart(here) / (len(pattern) - 1)
            for value, times in here.items():
                values[value] += times * count
    expected = apart(values) if values else 0.0
    return 1 - (values.total() - 1) * observed / expected if expected else None
