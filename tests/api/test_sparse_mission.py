"""A mission of which next to nothing is on file is assessed all the same: what nobody entered is unknown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.api.few_trees import few_trees

from tocsin.api.assess import assess_case
from tocsin.case import read_case, write_case
from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def sparse(tmp_path: Path) -> Path:
    folder = write_case("sparse", tmp_path / "sparse")
    header = (folder / "missions.csv").read_text(encoding="utf-8").strip()
    row = {"mission_id": "aid", "name": "A mission", "host": "IRQ", "basis": "judgement"}
    cells = ",".join(row.get(name, "") for name in header.split(","))
    (folder / "missions.csv").write_text(f"{header}\n{cells}\n", encoding="utf-8")
    settings = folder / "case.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[mission]\nmissions = ["aid"]\n', encoding="utf-8")
    return folder


def test_a_mission_without_sites_tasks_or_drivers_is_assessed(tmp_path: Path) -> None:
    with few_trees():
        found = assess_case(read_case(sparse(tmp_path)), today=date(2026, 1, 1), draws=30)
    assert found.reach is None
    assert found.no_reach == "the mission aid has no site"
    assert (found.overlap.cells, found.overlap.silent) == ((), ("aid",))
    assert found.instruments.rows == ()
    assert len(found.gap.provinces) == 18
    assert {m.present for p in found.gap.provinces for m in p.missions} == {"unknown"}


def test_commands_say_that_nothing_is_on_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(sparse(tmp_path))
    assert run(["overlap", "--case", folder]) == 0
    assert "unknown" in capsys.readouterr().out
    assert run(["instruments", "--case", folder]) == 0
    assert "unknown" in capsys.readouterr().out
