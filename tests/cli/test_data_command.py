from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.sources.starter.starter_made import starter_made

from tocsin.cli.app import run
from tocsin.sources.starter import starter_names

if TYPE_CHECKING:
    from pathlib import Path


def test_list_names_every_table_with_its_licence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["data", "list", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in said["tables"]] == list(starter_names())
    assert set(said["tables"][0]) == {"name", "rows", "bytes", "licence", "vintage", "last_month", "source"}
    assert said["bytes"] == sum(row["bytes"] for row in said["tables"])


def test_list_is_a_table_for_readers(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["data", "list"]) == 0
    said = capsys.readouterr().out
    assert "event_points" in said
    assert "bytes in all" in said


def test_build_without_the_publishers_files_is_an_input_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["data", "build", "--from", str(tmp_path), "--to", str(tmp_path / "made")]) == 2
    assert "geography/admin0.geojson" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.data
def test_build_prints_rows_bytes_and_licence(shared_data: Path) -> None:
    made = starter_made(shared_data)
    assert made.code == 0
    said = json.loads(made.printed)
    assert {"name": "country_month_sb", "rows": 70_939, "licence": "CC-BY-4.0"}.items() <= (
        {row["name"]: row for row in said["tables"]}["country_month_sb"].items()
    )
    assert {row["name"]: row["bytes"] for row in said["tables"]} == {
        name.removesuffix(".parquet"): len(content) for name, content in made.files.items() if name != "cards.toml"
    }
    assert "cards.toml" in made.files
