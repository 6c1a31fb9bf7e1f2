"""How sure the figures are: what they would be had other articles been drawn."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from app.agreement.coefficients import f1
from app.agreement.figures import Interval, Spread
from app.agreement.tally import Counts, added

RESAMPLES = 1000
_MOST_GROUPS = 1000
"""With more articles than that, neighbouring ones are resampled together."""
_SEED = 2004
_TAIL = 0.025


def spreads(
    counts: Mapping[str, Sequence[Counts]], expected: Mapping[str, float]
) -> dict[str, Spread]:
    """Return the confidence intervals of each type and, under the empty name, of all together.

    Articles are drawn with replacement (percentile bootstrap, Efron 1979). The disagreement that
    chance makes is kept as it is, as Hayes and Krippendorff (2007) do for alpha.
    """
    many = min(map(len, counts.values()), default=0)
    if many < 2:  # noqa: PLR2004 - one article, drawn again and again, says nothing
        alone = Spread(resamples=0, why="an interval needs at least two articles")
        return dict.fromkeys((*counts, ""), alone)
    columns = {name: list(zip(*_grouped(of), strict=True)) for name, of in counts.items()}
    groups = range(min(many, _MOST_GROUPS))
    chance = random.Random(_SEED)  # noqa: S311 - the same figures for the same data
    drawn: dict[str, list[Counts]] = {name: [] for name in (*counts, "")}
    for _ in range(RESAMPLES):
        pick = itemgetter(*chance.choices(groups, k=len(groups)))
        for name, of in columns.items():
            drawn[name].append(Counts(*[sum(pick(column)) for column in of]))
        drawn[""].append(added(drawn[name][-1] for name in columns))
    return {name: _spread(samples, expected[name]) for name, samples in drawn.items()}


def _grouped(counts: Sequence[Counts]) -> list[Counts]:
    if len(counts) <= _MOST_GROUPS:
        return list(counts)
    edges = [n * len(counts) // _MOST_GROUPS for n in range(_MOST_GROUPS + 1)]
    return [added(counts[one:next_]) for one, next_ in pairwise(edges)]


def _spread(samples: Sequence[Counts], expected: float) -> Spread:
    return Spread(
        resamples=RESAMPLES,
        f1_exact=_interval(_f1s((s.exact, s.a, s.b) for s in samples)),
        f1_overlap=_interval(_f1s((s.overlap, s.a, s.b) for s in samples)),
        token_kappa=_interval(s.token_kappa for s in samples),
        alpha_u=_interval(s.alpha_u(expected) for s in samples),
    )


def _f1s(found: Iterable[tuple[int, int, int]]) -> Iterator[float | None]:
    return (f1(tp, b - tp, a - tp) for tp, a, b in found)


def _interval(values: Iterable[float | None]) -> Interval:
    """Return the middle 95 % of the values, None where more than half are not defined."""
    defined = sorted(value for value in values if value is not None)
    if len(defined) * 2 <= RESAMPLES:
        return None
    cut = round(_TAIL * len(defined))
    return defined[cut], defined[len(defined) - 1 - cut]
