"""What a comparison of layers says: frozen records of counts and coefficients.

A figure that is not defined is None, and `why` says why as a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.agreement.coefficients import f1 as f1_of

NOTHING_MARKED = "neither marked anything"
ALWAYS_ALIKE = "both decided the same throughout, so no chance is left to correct"
NOTHING_COMPARED = "there is nothing that both of them marked"

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Spans that both layers have (`tp`), only the second (`fp`), only the first (`fn`)."""

    tp: int
    fp: int
    fn: int

    def __add__(self, other: "Found") -> "Found":
        return Found(tp=self.tp + other.tp, fp=self.fp + other.fp, fn=self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """The share of the second layer's spans that found a partner."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """The share of the first layer's spans that found a partner."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """The share of both layers' spans that found a partner."""
        return f1_of(self.tp, self.fp, self.fn)

    @property
    def why(self) -> str:
        """Why there is no F1."""
        return "" if self.f1 is not None else NOTHING_MARKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """95 % confidence intervals, from resampling `resamples` times articles (or groups of them)."""

    resamples: int
    f1_exact: Interval = None
    f1_overlap: Interval = None
    token_kappa: Interval = None
    alpha_u: Interval = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Something of a layer that a coefficient could not take in."""

    layer: str
    count: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanFigures:
    """How far two layers agree on the spans of one type, or of all."""

    exact: Found
    overlap: Found
    token_kappa: float | None
    alpha_u: float | None
    spread: Spread
    excluded: tuple[Excluded, ...] = ()

    @property
    def why(self) -> str:
        """Why kappa or alpha are missing."""
        reasons = []
        if self.token_kappa is None:
            reasons.append(f"token_kappa: {ALWAYS_ALIKE}")
        if self.alpha_u is None:
            reasons.append(f"alpha_u: {NOTHING_MARKED}")
        return "; ".join(reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFigures:
    """How far two layers agree on one field of the spans that both marked.

    `n` pairs of spans were compared, `agree` of them have the same value. `alpha` is for numbers:
    it counts by how much they differ.
    """

    n: int
    agree: int
    kappa: float | None
    alpha: float | None = None

    @property
    def why(self) -> str:
        """Why there is no kappa."""
        if self.kappa is not None:
            return ""
        return ALWAYS_ALIKE if self.n else NOTHING_COMPARED


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFigures:
    """How far two layers agree on relations, by role and in all.

    A relation finds a partner where the role is the same and both ends overlap. `kappa` is of the
    role alone, over the `linked` pairs of spans that both layers linked.
    """

    roles: Mapping[str, Found]
    all: Found
    linked: int
    kappa: float | None

    @property
    def why(self) -> str:
        """Why there is no kappa."""
        if self.kappa is not None:
            return ""
        return ALWAYS_ALIKE if self.linked else NOTHING_COMPARED


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigures:
    """How far two layers agree in the articles that both have worked on."""

    a: str
    b: str
    articles: int
    types: Mapping[str, SpanFigures]
    all: SpanFigures
    attributes: Mapping[str, FieldFigures]
    relations: LinkFigures
    excluded: tuple[Excluded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlphaFigures:
    """Krippendorff's alpha of one type over all layers: of units, and of tokens in or out of it."""

    alpha_u: float | None
    token_alpha: float | None

    @property
    def why(self) -> str:
        """Why one of them is missing."""
        return "" if None not in (self.alpha_u, self.token_alpha) else "no spans, or no others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """The coefficients that take any number of layers, in the articles that all have worked on."""

    layers: tuple[str, ...]
    articles: int
    types: Mapping[str, AlphaFigures] = field(default_factory=dict)
    all: AlphaFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Everything: each pair of layers, and all of them together."""

    pairs: tuple[PairFigures, ...]
    alpha: Alpha
