"""Comparing layers: articles go in one by one, figures come out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from app.agreement.align import matched
from app.agreement.bootstrap import spreads
from app.agreement.coefficients import alpha, nominal
from app.agreement.figures import (
    Agreement,
    Alpha,
    AlphaFigures,
    Excluded,
    PairFigures,
    SpanFigures,
)
from app.agreement.tally import (
    Counts,
    FieldTally,
    LinkTally,
    Tokens,
    TypeWork,
    Work,
    added,
    counts_of,
    work_by_type,
)
from app.agreement.unitizing import Continuum, alpha_u, distance
from app.model.codebook import Codebook

_OVERLAPPING = "spans that overlap another of their type; alpha_u keeps the earliest, longest"
_ALL = ""
"""The name under which the figures of all types together are kept."""


class Comparison:
    """The comparison of several layers. `add` every article once; then ask for `figures`."""

    def __init__(self, layers: Sequence[str], codebook: Codebook) -> None:
        self._types = tuple(one.name for one in codebook.types)
        self._layers = tuple(layers)
        self._pairs = [_PairTally(a, b, codebook) for a, b in combinations(layers, 2)]
        self._together = _Together(self._layers, self._types)

    def add(self, text: str, work: Mapping[str, Work]) -> None:
        """Take in an article: what each layer has that has worked on it, be it nothing."""
        tokens = Tokens(text)
        typed = {
            layer: work_by_type(work[layer], self._types, tokens)
            for layer in self._layers
            if layer in work
        }
        for pair in self._pairs:
            pair.add(text, work, typed, tokens.count)
        self._together.add(len(text), typed, tokens.count)

    def figures(self) -> Agreement:
        """Return how far the layers agree in what was added."""
        return Agreement(
            pairs=tuple(pair.figures() for pair in self._pairs), alpha=self._together.figures()
        )


class _PairTally:
    """Two layers, over the articles that both have worked on."""

    def __init__(self, a: str, b: str, codebook: Codebook) -> None:
        self._a, self._b = a, b
        self._types = tuple(one.name for one in codebook.types)
        self._counts: dict[str, list[Counts]] = {name: [] for name in self._types}
        self._continua = {name: Continuum(2) for name in self._types}
        self._left_out: Counter[tuple[str, str]] = Counter()
        self._alone: Counter[str] = Counter()
        self._articles = 0
        self._fields = FieldTally(codebook)
        self._links = LinkTally()

    def add(
        self,
        text: str,
        work: Mapping[str, Work],
        typed: Mapping[str, Mapping[str, TypeWork]],
        tokens: int,
    ) -> None:
        present = [layer for layer in (self._a, self._b) if layer in typed]
        if len(present) == 1:
            self._alone[present[0]] += 1
        if self._a not in typed or self._b not in typed:
            return
        self._articles += 1
        pairs = []
        for name in self._types:
            a, b = typed[self._a][name], typed[self._b][name]
            found = matched(a.spans, b.spans)
            pairs += found
            self._counts[name].append(counts_of(a, b, tokens=tokens, length=len(text), pairs=found))
            self._continua[name].add((a.units, b.units), len(text))
            self._left_out[name, self._a] += a.left_out
            self._left_out[name, self._b] += b.left_out
        self._fields.add(pairs)
        self._links.add(work[self._a], work[self._b], pairs)

    def figures(self) -> PairFigures:
        totals = {name: added(counts) for name, counts in self._counts.items()}
        totals[_ALL] = added(totals.values())
        expected = {
            name: continuum.expected() * continuum.length
            for name, continuum in self._continua.items()
        }
        expected[_ALL] = sum(expected.values()) / len(self._types) if self._types else 0.0
        spread = spreads(self._counts, expected)
        spans = {
            name: SpanFigures(
                exact=total.found_exactly,
                overlap=total.found_overlapping,
                token_kappa=total.token_kappa,
                alpha_u=total.alpha_u(expected[name]),
                spread=spread[name],
                excluded=self._excluded((name,) if name else self._types),
            )
            for name, total in totals.items()
        }
        return PairFigures(
            a=self._a,
            b=self._b,
            articles=self._articles,
            all=spans.pop(_ALL),
            types=spans,
            attributes=self._fields.figures(),
            relations=self._links.figures(),
            excluded=tuple(
                Excluded(layer=layer, count=count, why="articles that the other has not worked on")
                for layer, count in sorted(self._alone.items())
            ),
        )

    def _excluded(self, types: Iterable[str]) -> tuple[Excluded, ...]:
        names = tuple(types)
        counts = {
            layer: sum(self._left_out[name, layer] for name in names)
            for layer in (self._a, self._b)
        }
        return tuple(
            Excluded(layer=layer, count=count, why=_OVERLAPPING)
            for layer, count in counts.items()
            if count
        )


class _Together:
    """All layers at once, over the articles that all of them have worked on."""

    def __init__(self, layers: tuple[str, ...], types: tuple[str, ...]) -> None:
        self._layers, self._types = layers, types
        self._articles = 0
        self._continua = {name: Continuum(len(layers)) for name in types}
        self._distances: Counter[str] = Counter()
        self._patterns: dict[str, Counter[tuple[bool, ...]]] = {name: Counter() for name in types}

    def add(self, length: int, typed: Mapping[str, Mapping[str, TypeWork]], tokens: int) -> None:
        if any(layer not in typed for layer in self._layers):
            return
        self._articles += 1
        for name in self._types:
            works = [typed[layer][name] for layer in self._layers]
            self._continua[name].add([work.units for work in works], length)
            self._distances[name] += sum(
                distance(a.units, b.units) for a, b in combinations(works, 2)
            )
            self._count_tokens(self._patterns[name], works, tokens)

    @staticmethod
    def _count_tokens(
        patterns: Counter[tuple[bool, ...]], works: Sequence[TypeWork], tokens: int
    ) -> None:
        marking = Counter(token for work in works for token in work.tokens)
        for many, count in Counter(marking.values()).items():
            patterns[(True,) * many + (False,) * (len(works) - many)] += count
        patterns[(False,) * len(works)] += tokens - len(marking)

    def figures(self) -> Alpha:
        observed = {n: c.observed(self._distances[n]) for n, c in self._continua.items()}
        expected = {n: c.expected() for n, c in self._continua.items()}
        patterns: Counter[tuple[bool, ...]] = Counter()
        for of_type in self._patterns.values():
            patterns.update(of_type)
        return Alpha(
            layers=self._layers,
            articles=self._articles,
            types={
                name: AlphaFigures(
                    alpha_u=alpha_u(observed[name], expected[name]),
                    token_alpha=alpha(self._patterns[name], nominal),
                )
                for name in self._types
            },
            all=AlphaFigures(
                alpha_u=alpha_u(sum(observed.values()), sum(expected.values())),
                token_alpha=alpha(patterns, nominal),
            ),
        )
