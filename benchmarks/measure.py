"""Timing and the table. Absolute figures drift with the machine; ratios of one run do not."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: milliseconds of the floor and of ours, the budget as a ratio."""

    operation: str
    floor: float
    ours: float
    budget: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours over the floor."""
        return self.ours / self.floor


def milliseconds(action: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


def median(
    action: Callable[[], object], *, repeat: int = 5, before: Callable[[], object] | None = None
) -> float:
    """Return the median of several calls; `before` runs untimed ahead of each."""
    times = []
    for _ in range(repeat):
        if before is not None:
            before()
        times.append(milliseconds(action))
    return statistics.median(times)


def percentile(times: list[float], percent: int) -> float:
    """Return a percentile of measured times."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def table(rows: list[Row]) -> str:
    """Return the rows as text in columns."""
    head = f"{'operation':58} {'floor ms':>9} {'ours ms':>9} {'ratio':>6} {'budget':>6}  "
    lines = [head, "-" * len(head)]
    for row in rows:
        verdict = "within" if row.ratio <= row.budget else "OVER"
        figures = f"{row.floor:9.2f} {row.ours:9.2f} {row.ratio:6.2f} {row.budget:6.2f}"
        lines.append(f"{row.operation:58} {figures}  {verdict} {row.note}".rstrip())
    return "\n".join(lines)
