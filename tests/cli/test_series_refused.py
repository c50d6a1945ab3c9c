"""Series at fault: each refusal names file, row, field and mend, leaves with 2, and writes nothing."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "month_id,country_id,ged_sb\n"
FORECAST = ("forecast", "--target", "ged_sb", "--model", "zero", "--draws", "5", "--out", "f.parquet", "--json")


def zipped(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("series.csv", text)
    return buffer.getvalue()


SERIES_AT_FAULT: dict[str, tuple[bytes, str, list[int], str | None, str]] = {
    "empty": (b"", "empty", [], None, "again"),
    "only a header": (HEAD.encode(), "no rows", [], None, "again"),
    "missing column": (b"month_id,ged_sb\n400,1\n", "country_id not found", [], "country_id", "the file has"),
    "missing target": (b"month_id,country_id,deaths\n400,1,1\n", "ged_sb", [], "ged_sb", "There are"),
    "impossible month id": (HEAD.encode() + b"400,1,1\n400.5,2,1\n", "month", [2], "month_id", "January 1980"),
    "impossible date": (
        b"month,iso3,ged_sb\n2014-06,IRQ,1\n2014-13,IRQ,1\n", "month", [2], "month", "2014-06",
    ),
    "negative deaths": (HEAD.encode() + b"400,1,1\n401,1,-3\n", "negative", [2], "ged_sb", "0 or more"),
    "NaN": (HEAD.encode() + b"400,1,NaN\n", "finite", [1], "ged_sb", "counts of deaths"),
    "infinity": (HEAD.encode() + b"400,1,1\n401,1,inf\n", "finite", [2], "ged_sb", "counts of deaths"),
    "words for a number": (HEAD.encode() + b"400,1,many\n", "finite", [1], "ged_sb", "counts of deaths"),
    "half a death": (HEAD.encode() + b"400,1,0.5\n", "not whole", [1], "ged_sb", "counts of deaths"),
    "no value": (HEAD.encode() + b"400,1,\n", "without a value", [1], "ged_sb", "write 0"),
    "area without id": (HEAD.encode() + b"400,,1\n", "without an area", [1], "country_id", "names its area"),
    "area in words": (HEAD.encode() + b"400,Iraq,1\n", "no whole number", [1], "country_id", "whole numbers"),
    "duplicate": (HEAD.encode() + b"400,1,1\n400,1,2\n", "more than once", [1, 2], "month_id", "one row"),
    "a gap": (HEAD.encode() + b"400,1,1\n403,1,2\n", "no row for", [2], "month_id", "every month"),
    "Windows-1252": (HEAD.encode() + b"400,1,\xe9\n", "not UTF-8", [1], "ged_sb", "CSV UTF-8"),
    "UTF-16": (HEAD.encode("utf-16"), "UTF-16", [], None, "CSV UTF-8"),
    "cut short": (HEAD.encode() + b"400,1,1\n401,1", "cut short", [], None, "again"),
    "zip cut short": (zipped(HEAD + "400,1,1\n" * 50)[:90], "zip", [], None, "again"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "PNG", [], None, "CSV"),
    "a web page": (b"<!DOCTYPE html><html></html>", "web page", [], None, "CSV"),
    "JSON": (b'[{"month_id": 1}]', "JSON", [], None, "CSV"),
    "Parquet cut short": (b"PAR1\x00\x00\x15\x04", "cannot be read", [], None, "cut short"),
    "Parquet in name only": (b"PAR1 and then words", "cannot be read", [], None, "cut short"),
}  # fmt: skip


@pytest.mark.parametrize("name", SERIES_AT_FAULT)
def test_a_series_at_fault_is_refused(name: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    content, what, rows, field, hint = SERIES_AT_FAULT[name]
    (folder / "wrong.csv").write_bytes(content)
    assert run([*FORECAST, "--series", "wrong.csv"]) == 2
    printed = capfd.readouterr()
    said = json.loads(printed.out)
    assert what in said["error"]
    assert (said["file"], said["rows"], said["field"]) == ("wrong.csv", rows, field)
    assert hint in said["hint"]
    assert said["error"] in printed.err
    assert "Traceback" not in printed.err
    assert not (folder / "f.parquet").exists()


@pytest.mark.parametrize(("mark", "bom"), [(",", ""), (",", "\ufeff"), (";", ""), ("\t", "\ufeff")])
def test_what_spreadsheets_write_is_read(mark: str, bom: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (folder / "series.csv").read_text(encoding="utf-8").replace(",", mark)
    (folder / "other.csv").write_text(bom + text, encoding="utf-8")
    said = {}
    for name in ("series.csv", "other.csv"):
        assert run([*FORECAST, "--series", name]) == 0
        said[name] = json.loads(capfd.readouterr().out)["data_hash"]
    assert said["other.csv"] == said["series.csv"]
