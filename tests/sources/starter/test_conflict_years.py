"""Years of conflict by state: whose soil they are counted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from tocsin.sources.build.conflicts import STATES, conflict_years
from tocsin.sources.starter import starter_table

if TYPE_CHECKING:
    from pathlib import Path


def test_conflict_counts_where_it_is_fought(tmp_path: Path) -> None:
    rows = [
        (645.0, None, 2005.0, 1.0, "intrastate"),
        (645.0, None, 2005.0, 2.0, "II"),
        (900.0, 645.0, 2003.0, 2.0, "interstate"),
        (210.0, None, 1947.0, 2.0, "extrasystemic"),
    ]
    columns = ["gwno_a", "gwno_b", "year", "intensity_level", "type_of_conflict"]
    (tmp_path / STATES).parent.mkdir(parents=True)
    pl.DataFrame(rows, schema=columns, orient="row").write_parquet(tmp_path / STATES)
    assert conflict_years(tmp_path).rows() == [(645, 2003, 2), (645, 2005, 2), (900, 2003, 2)]


def test_what_ships_goes_back_to_1946_and_no_state_year_stands_twice() -> None:
    table = starter_table("conflict_years")
    assert not table.select("gwcode", "year").is_duplicated().any()
    assert table["year"].min() == 1946
    assert (645, 2006, 2) in table.rows()
