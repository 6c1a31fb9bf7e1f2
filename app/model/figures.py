"""The figures of a project: how far it is, who did what, and what waits for a decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.model.article import State

Interval = tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFigures:
    """What one layer has done. `minutes` are those spent on each article it has finished.

    `per_day` counts its marks by the day they were made, `done_on` articles by the day they were
    finished (ISO dates, UTC); those of which nobody knows the day stand under the empty string.
    """

    name: str
    states: Mapping[State, int]
    per_day: Mapping[str, int] = field(default_factory=dict)
    done_on: Mapping[str, int] = field(default_factory=dict)
    minutes: tuple[float, ...] = ()

    @property
    def median_minutes(self) -> float | None:
        """The time that half of its finished articles took no longer than."""
        from statistics import median  # its fractions would delay the start

        return median(self.minutes) if self.minutes else None


class TypeAgreement(NamedTuple):
    """How far two people agree on one type: Krippendorff's alpha for units, its interval, F1."""

    type: str
    alpha: float | None
    interval: Interval
    f1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """How far the two people agree who have most articles in common."""

    names: tuple[str, str]
    articles: int
    types: tuple[TypeAgreement, ...]

    @property
    def mean_alpha(self) -> float | None:
        """The mean over the types that have an alpha."""
        known = [one.alpha for one in self.types if one.alpha is not None]
        return sum(known) / len(known) if known else None


class Waiting(NamedTuple):
    """Something of one kind that waits for a decision, and the first place of it, if it has one."""

    kind: str
    number: int
    title: str
    about: str
    article: str = ""
    annotation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFigures:
    """Everything the dashboard shows. Counts of marks and states are those of `layer`."""

    layer: str
    articles: int
    states: Mapping[State, int]
    marks: Mapping[str, int]
    relations: int
    marked_articles: int
    accepted: int
    rejected: int
    layers: tuple[LayerFigures, ...]
    named: tuple[tuple[str, int], ...]
    waiting: tuple[Waiting, ...] = ()
    together: Together | None = None

    @property
    def own(self) -> LayerFigures:
        """The figures of the layer that is worked on."""
        blank = LayerFigures(name=self.layer, states={})
        return next((one for one in self.layers if one.name == self.layer), blank)

    @property
    def total(self) -> int:
        """All marks."""
        return sum(self.marks.values())


def running_total(done_on: Mapping[str, int], days: list[str]) -> list[int]:
    """Return how many were done by the end of each of some days in a row (ISO dates)."""
    before = sum(count for day, count in done_on.items() if day < days[0]) if days else 0
    totals = []
    for day in days:
        before += done_on.get(day, 0)
        totals.append(before)
    return totals
