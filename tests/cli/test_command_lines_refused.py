"""Command lines at fault: what is wrong and what mends it, with exit code 2, or 1 where the system refuses."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest

from tocsin.cli.app import COMMANDS, app_for, run

if TYPE_CHECKING:
    from pathlib import Path

F = "forecast --series series.csv --model zero --draws 5"
LINES_AT_FAULT = [
    (f"{F} --out f.csv --origin 2030-01", "outside the data", "2012-06 to 2020-09"),
    (f"{F} --out f.csv --origin 1990-01", "outside the data", "2012-06 to 2020-09"),
    (f"{F} --out f.csv --origin soon", "'soon' is not a month", "2013-12"),
    (f"{F} --out f.csv --origin 2013-13", "'2013-13' is not a month", "2013-12"),
    (f"{F} --out f.csv --months 0-3", "horizon 0", "3-14"),
    (f"{F} --out f.csv --months 14-3", "no horizon", "3-14"),
    (f"{F} --out f.csv --months abc", "no list of horizons", "3-14"),
    (f"{F} --out f.csv --months ''", "no list of horizons", "3-14"),
    (f"{F} --out f.csv --months 1-99", "horizon 37", "3-14"),
    (f"{F} --out f.csv --seed -1", "no seed", "whole number"),
    (f"{F} --out f.csv --level admin1", "of level country", "--level country"),
    (f"{F} --out f.csv --level village", "village", "forecast --help"),
    (f"{F} --out f.csv --ids iso3", "iso3 not found", "the file has"),
    (f"{F} --out f.csv --target '[/]'", "no column is called '[/]'", "ged_sb"),
    (f"{F} --out f", "ending", ".parquet"),
    (f"{F} --out f.xlsx", "'.xlsx'", ".parquet"),
    (f"{F} --out here.csv", "a folder, not a file", "name a file"),
    (f"{F} --out series.csv/f.csv", "a file, not a folder", "another folder"),
    (f"{F} --out f.csv --nonsense '[bold]'", "nonsense", "forecast --help"),
    ("forecast --series series.csv --model zer --out f.csv", "no model", "did you mean 'zero'"),
    ("forecast --series series.csv --draws 0 --out f.csv", "0 draws", "1000"),
    ("forecast --series series.csv --draws x --out f.csv", "--draws", "forecast --help"),
    ("forecast --series none.csv --out f.csv", "file not found", "path"),
    ("forecast --series here.csv --out f.csv", "a folder, not a file", "path"),
    ("forecast --level cell --out f.csv", "no figures of level cell", "--series"),
    ("forecast --level admin1 --case none --out f.csv", "no case is called 'none'", "iraq"),
    ("forecast", "--out", "forecast --help"),
    ("forecas", "forecas", "tocsin --help"),
    ("--nope", "--nope", "tocsin --help"),
    ("score none.parquet --actuals series.csv", "file not found", "path"),
    ("score here.csv --actuals series.csv", "a folder, not a file", "path"),
    ("score series.csv --actuals series.csv", "draw, outcome not found", "the file has"),
    ("score series.csv", "--actuals", "score --help"),
    ("replay --case iraq --origin 2030-01", "outside the data", "2018-12"),
    ("replay --case iraq --origin 2013-12 --level country", "level country", "admin1"),
    ("replay --case iraq --origin 2013-12 --within 0", "horizon 0", "--within 6"),
    ("replay --case iraq --origin 2013-12 --within 99", "horizon 99", "--within 6"),
    ("replay --case series.csv --origin 2013-12", "this is a file", "folder"),
    ("read --case iraq --jobs 0", "--jobs 0", "whole number from 1"),
    ("read --case iraq --jobs -3", "--jobs -3", "whole number from 1"),
    ("read --case iraq --jobs 1.5", "--jobs 1.5", "whole number from 1"),
    ("read --case iraq --jobs ²", "--jobs ²", "whole number from 1"),
    ("benchmark record --data x --jobs 0", "--jobs 0", "whole number from 1"),
    ("benchmark record --data x --jobs -1", "--jobs -1", "whole number from 1"),
    ("warn --within 0", "horizon 0", "--within 6"),
    ("warn --within 99", "horizon 99", "--within 6"),
    ("warn --most -1", "-1 warnings", "--most 0"),
    ("warn --origin 2030-01", "outside the data", "2024-12"),
    ("warn --model nope", "no model", "zero"),
    ("benchmark views --data none", "missing", "docs"),
    ("benchmark view", "view", "benchmark --help"),
    ("brief --case none", "no case is called 'none'", "iraq"),
    ("brief --case iraq --out series.csv", "a file, not a folder", "another folder"),
    ("run --case none", "no case is called 'none'", "iraq"),
    ("demo --out series.csv/here", "a file, not a folder", "another folder"),
    ("data build --from none", "not found", "--from"),
    ("data list extra", "extra", "data --help"),
    ("check --case none", "no case is called 'none'", "iraq"),
    ("new 'Bad Name'", "cannot be the name", "small letters"),
    ("new fine --path series.csv", "exists already", "--path"),
    ("fetch ucdp --release 99", "'99'", "25.1"),
    ("fetch ucdp --release 25.1 --url nonsense", "not a web address", "https://"),
]


@pytest.mark.parametrize(("line", "what", "hint"), LINES_AT_FAULT, ids=[line for line, _, _ in LINES_AT_FAULT])
def test_a_command_line_at_fault_is_refused(
    line: str, what: str, hint: str, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "here.csv").mkdir()
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert run([*shlex.split(line), "--json"]) == 2
    printed = capfd.readouterr()
    said = json.loads(printed.out)
    assert set(said) == {"error", "file", "rows", "field", "hint"}
    assert what in said["error"]
    assert hint in said["hint"]
    assert said["error"] in printed.err
    assert "Traceback" not in printed.err
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_a_folder_that_cannot_be_written_to_is_refused(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*shlex.split(F), "--out", "/proc/none/f.csv", "--json"]) == 2
    said = json.loads(capfd.readouterr().out)
    assert said["error"].startswith("the folder cannot be written to")
    assert said["file"] == "/proc"
    assert [p.name for p in folder.iterdir()] == ["series.csv"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_found_and_has_its_own_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"tocsin {name}" in capsys.readouterr().out
    assert app_for(["--help"])[name].help == COMMANDS[name][1]
