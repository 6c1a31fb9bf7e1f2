"""Which backups stay: never the newest or the only one of a month, however often one thins."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.model.backups import ALL_FOR, DAILY_FOR, kept

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
AGES = st.integers(min_value=-3 * 24 * 60, max_value=400 * 24 * 60)
MOMENTS = st.frozensets(AGES.map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60)


@given(MOMENTS)
def test_what_may_never_go(moments: frozenset[datetime]) -> None:
    stay = kept(moments, NOW)
    assert stay <= moments
    assert {one for one in moments if NOW - one <= ALL_FOR} <= stay
    days = {one.date() for one in moments if NOW - one <= DAILY_FOR}
    assert days <= {one.date() for one in stay}
    assert {(m.year, m.month) for m in moments} == {(m.year, m.month) for m in stay}
    assert not moments or max(moments) in stay


@given(MOMENTS, st.lists(st.integers(min_value=0, max_value=90 * 24), max_size=5))
def test_thinning_often_keeps_what_thinning_once_keeps(
    moments: frozenset[datetime], hours: list[int]
) -> None:
    left = moments
    for later in sorted(hours):
        left = kept(left, NOW + timedelta(hours=later))
    end = NOW + timedelta(days=91)
    assert kept(left, end) == kept(moments, end)


def test_a_year_of_backups_every_ten_minutes_stays_small() -> None:
    year = [NOW - timedelta(minutes=10 * n) for n in range(365 * 24 * 6)]
    two_days, days, week_ends, month_ends = 2 * 24 * 6 + 1, 12, 8, 12
    assert len(kept(year, NOW)) == two_days + days + week_ends + month_ends
