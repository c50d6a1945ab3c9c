"""Files as publishers give them, made up."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tocsin.sources.ged_layouts import RELEASE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVENT = {
    "id": "1", "relid": "IRQ-2014-1-259-1", "year": "2014", "code_status": "Clear", "type_of_violence": "1",
    "conflict_name": "Iraq: Government", "side_a": "Government of Iraq", "side_b": "IS", "number_of_sources": "1",
    "source_article": 'Agency, "Fighting, and more", 2014-06-10', "where_prec": "1", "where_coordinates": "Mosul",
    "adm_1": "Nīnawá province", "latitude": "36.335", "longitude": "43.11889", "priogrid_gid": "181887",
    "country": "Iraq", "country_id": "645", "region": "Middle East", "event_clarity": "1", "date_prec": "1",
    "date_start": "2014-06-10 00:00:00.000", "date_end": "2014-06-11 00:00:00.000", "deaths_a": "1", "deaths_b": "1",
    "deaths_civilians": "2", "deaths_unknown": "0", "best": "4", "high": "6", "low": "3", "gwnoa": "645.0",
}  # fmt: skip


@pytest.fixture
def ged_text() -> Callable[..., str]:
    """The text of a GED file: one event for each change of the standing one, ids counted from 1."""

    def make(
        *changes: dict[str, str], header: bool = True, columns: tuple[str, ...] = RELEASE_COLUMNS, separator: str = ","
    ) -> str:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=separator, lineterminator="\n")
        if header:
            writer.writerow(columns)
        for number, change in enumerate(changes, start=1):
            event = EVENT | {"id": str(number)} | change
            writer.writerow([event.get(name, "") for name in columns])
        return text.getvalue()

    return make


@pytest.fixture
def ged_file(tmp_path: Path, ged_text: Callable[..., str]) -> Callable[..., Path]:
    """Writes a GED file and gives its path."""

    def make(*changes: dict[str, str], name: str = "GEDEvent_v23_1.csv") -> Path:
        path = tmp_path / name
        path.write_text(ged_text(*changes), encoding="utf-8")
        return path

    return make
