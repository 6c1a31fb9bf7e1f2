"""What the project says of itself when asked: figures and the result of a check."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.model.article import State


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerStats:
    """What one annotator's layer amounts to. `seconds` is the time spent."""

    name: str
    articles: int
    annotations: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts of a project. `status` is of one layer; `annotations` maps each type to its number."""

    articles: int
    status: Mapping[State, int]
    annotations: Mapping[str, int]
    relations: int
    annotators: tuple[LayerStats, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinding:
    """Something wrong with the project file: where, and what it is, in a sentence."""

    kind: str
    where: str
    detail: str
    repairable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The result of a check. `checked` says how many things of each kind were looked at."""

    findings: tuple[CheckFinding, ...] = ()
    checked: Mapping[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairReport:
    """The result of a repair: what was found, what was done about each, and what is left.

    `kept` is where the damaged file lies now; empty where nothing could or had to be done.
    """

    before: CheckReport
    after: CheckReport
    done: tuple[tuple[CheckFinding, str], ...] = ()
    kept: str = ""
