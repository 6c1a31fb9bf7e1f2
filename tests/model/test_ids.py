"""Identity and time."""

import re

from app.model.errors import StaleEdit
from app.model.ids import derived_id, is_id, new_id, utc_now
from app.model.reports import CheckFinding, CheckReport


def test_ids() -> None:
    assert new_id() != new_id()
    assert is_id(new_id())
    assert is_id(derived_id("a", "b"))
    assert derived_id("a", "b") == derived_id("a", "b") != derived_id("ab")
    assert not is_id("x")
    assert not is_id(new_id().upper().replace("-", ""))


def test_time_is_utc_to_the_millisecond() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", utc_now())


def test_a_stale_edit_carries_both_versions() -> None:
    stale = StaleEdit("x", seen=1, current="now")
    assert (str(stale), stale.seen, stale.current) == ("x", 1, "now")


def test_a_report_is_fine_without_findings() -> None:
    assert CheckReport().ok
    assert not CheckReport(findings=(CheckFinding(kind="k", where="", detail=""),)).ok
