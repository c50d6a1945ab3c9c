"""The reach of the three sites from single events: exact, and the same by plain arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.api.benchmark_reach import benchmark_reach

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.data
def test_from_the_event_file_the_shares_are_exact(shared_data: Path) -> None:
    rows = benchmark_reach(shared_data / "events" / "ged_iraq_1989_2018.parquet")
    assert len(rows) == 6
    for row in rows:
        assert row.events == row.plain
        assert row.events == pytest.approx(row.known, abs=0.05 if row.known != 62 else 0.5)
        assert row.events is not None
        assert abs(row.starter - row.events) <= 0.5
