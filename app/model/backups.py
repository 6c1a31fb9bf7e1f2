"""Backups of a project: what one is, and which of them are kept as time goes by."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ALL_FOR = timedelta(days=2)
DAILY_FOR = timedelta(days=14)
WEEKLY_FOR = timedelta(days=70)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a project file amounts to, by which two of them are told apart before restoring.

    Counts leave out the trash; `last_change` is ISO 8601, UTC, or empty.
    """

    articles: int
    annotations: int
    relations: int
    steps: int
    last_change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy of a project. `is_sound` is False where the project was damaged when it was made."""

    path: Path
    at: datetime
    is_sound: bool = True


def kept(moments: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Return which backups stay, by the moment (aware) each was made.

    All of the last two days, the last one of each day for two weeks, of each week for ten weeks,
    and of each month for ever. One from the future, after the clock was set back, stays.
    """
    stay: set[datetime] = set()
    newest: dict[Hashable, datetime] = {}
    for moment in sorted(moments):
        utc, age = moment.astimezone(UTC), now - moment
        if age <= ALL_FOR:
            stay.add(moment)
        if age <= DAILY_FOR:
            newest["day", utc.date()] = moment
        if age <= WEEKLY_FOR:
            newest["week", utc.isocalendar()[:2]] = moment
        newest["month", utc.year, utc.month] = moment
    return frozenset(stay | set(newest.values()))
