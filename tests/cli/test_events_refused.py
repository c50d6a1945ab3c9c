"""Events of a case's own at fault: a replay of them is refused with file, rows, field and mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "id", "year", "type_of_violence", "side_a", "side_b", "where_prec", "adm_1", "latitude", "longitude",
    "priogrid_gid", "country", "country_id", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low",
)  # fmt: skip
GOOD = {
    "id": "1", "year": "2013", "type_of_violence": "1", "side_a": "Government of Iraq", "side_b": "IS",
    "where_prec": "1", "adm_1": "Ninewa province", "latitude": "36.3", "longitude": "43.1", "priogrid_gid": "181807",
    "country": "Iraq", "country_id": "645", "date_prec": "1", "date_start": "2013-06-01", "date_end": "2013-06-01",
    "deaths_a": "1", "deaths_b": "1", "deaths_civilians": "0", "deaths_unknown": "0", "best": "2", "high": "3",
    "low": "1",
}  # fmt: skip
SECOND_ROW_AT_FAULT = {
    "impossible date": ({"date_start": "2013-02-30"}, [2], "date_start"),
    "negative deaths": ({"best": "-4"}, [2], "best"),
    "the same id twice": ({"id": "1"}, [2], "id"),
    "no country known": ({"country_id": "9999"}, [2], "country_id"),
    "a place off the map": ({"latitude": "136.3"}, [2], "latitude"),
}


@pytest.mark.parametrize("name", SECOND_ROW_AT_FAULT)
def test_events_at_fault_are_refused(name: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    change, rows, field = SECOND_ROW_AT_FAULT[name]
    assert run(["new", "mine"]) == 0
    settings = folder / "mine" / "case.toml"
    text = settings.read_text(encoding="utf-8").replace('events = ["starter"]', 'events = ["ged.csv"]')
    settings.write_text(text, encoding="utf-8")
    events = [GOOD, {**GOOD, "id": "2", **change}]
    lines = [",".join(NAMES), *(",".join(event[n] for n in NAMES) for event in events)]
    (folder / "mine" / "ged.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    capfd.readouterr()
    assert run(["replay", "--case", "mine", "--origin", "2013-06", "--json"]) == 2
    said = json.loads(capfd.readouterr().out)
    assert said["file"].endswith("ged.csv")
    assert said["rows"] == rows
    assert said["field"] == field
    assert said["hint"]
