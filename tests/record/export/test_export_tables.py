"""Tables: every claim and argument once, no cell that a spreadsheet runs, the licence inside Parquet."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UnknownName
from tocsin.record.export import OwnSite, Selection, may_replace, write_export
from tocsin.record.export.tables import as_given, columns, harmless

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.store import Record


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_and_parquet_hold_the_same(record: Record, tmp_path: Path) -> None:
    said = write_export(record, tmp_path / "csv", form="csv")
    write_export(record, tmp_path / "parquet", form="parquet", metadata={"licence": "as each source"})
    for name in columns():
        in_csv = rows_of(tmp_path / "csv" / f"{name}.csv")
        in_parquet = pl.read_parquet(tmp_path / "parquet" / f"{name}.parquet")
        assert len(in_csv) == in_parquet.height == said.counts[name]
        assert list(in_csv[0]) == in_parquet.columns == list(columns()[name])
        told = [{k: as_given(v) for k, v in row.items()} for row in in_csv]
        assert told == [
            {k: "" if v is None else str(v) for k, v in row.items()} for row in in_parquet.iter_rows(named=True)
        ]


def test_claims_arguments_and_documents_are_all_there(record: Record, tmp_path: Path) -> None:
    write_export(record, tmp_path / "t", form="parquet")
    claims = pl.read_parquet(tmp_path / "t" / "claims.parquet")
    assert claims["claim_id"].to_list() == [c.claim_id for c in record.claims()]
    assert claims["quote"].to_list() == [c.quote.words for c in record.claims()]
    arguments = pl.read_parquet(tmp_path / "t" / "arguments.parquet")
    assert arguments.height == sum(len(c.arguments) for c in record.claims())
    assert pl.read_parquet(tmp_path / "t" / "documents.parquet").height == 4
    assert pl.read_parquet(tmp_path / "t" / "grades.parquet").sort("axis")["value"].to_list() == ["2", "B"]


def test_the_licence_is_inside_parquet(record: Record, tmp_path: Path) -> None:
    write_export(record, tmp_path / "t", form="parquet", metadata={"licence": "as each source", "citation": "a record"})
    said = pq.read_schema(tmp_path / "t" / "claims.parquet").metadata
    assert said[b"licence"] == b"as each source"
    assert said[b"citation"] == b"a record"


def test_no_cell_can_be_run(record: Record, tmp_path: Path) -> None:
    write_export(record, tmp_path / "t", form="csv")
    (graded,) = [r for r in rows_of(tmp_path / "t" / "grades.csv") if r["axis"] == "credibility"]
    assert graded["why"] == "'=cmd|' /C calc'!A0"
    titles = [r["title"] for r in rows_of(tmp_path / "t" / "documents.csv") if r["title"]]
    assert titles == ["'=A title"]


@given(st.text())
def test_what_is_made_harmless_comes_back(words: str) -> None:
    assert as_given(str(harmless(words))) == words


@given(st.sampled_from("=+-@\t\r\uff1d"), st.text())
def test_nothing_that_is_written_begins_like_a_formula(first: str, rest: str) -> None:
    assert str(harmless(first + rest)).startswith("'")
    assert str(harmless(f" {first}{rest}")).startswith("'")


@pytest.mark.parametrize("form", ["ftm", "annotation", "csv", "parquet"])
def test_a_site_that_a_user_entered_is_in_none_of_them(form: str, record: Record, tmp_path: Path) -> None:
    said = write_export(
        record, tmp_path / "out", form=form, selection=Selection(withheld=(OwnSite("camp-1", "Camp Quiet"),))
    )
    assert said.withheld == 1
    written = [p for p in (tmp_path / "out").iterdir()] if (tmp_path / "out").is_dir() else [tmp_path / "out"]  # noqa: C416
    for path in written:
        whole = path.read_bytes() if path.suffix != ".parquet" else str(pl.read_parquet(path).rows()).encode()
        assert b"camp-1" not in whole, path.name
        assert b"Camp Quiet" not in whole, path.name
    assert any(
        b"Big Square" in (p.read_bytes() if p.suffix != ".parquet" else str(pl.read_parquet(p).rows()).encode())
        for p in written
    )


def test_the_name_of_no_format_is_refused(record: Record, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no format is called 'ods'"):
        write_export(record, tmp_path / "x", form="ods")


def test_a_folder_of_tables_is_known_for_ours_by_its_manifest(record: Record, tmp_path: Path) -> None:
    said = write_export(record, tmp_path / "t", form="csv")
    told = json.loads((tmp_path / "t" / "manifest.json").read_text(encoding="utf-8"))
    assert {name: table["rows"] for name, table in told["tables"].items()} == said.counts
    assert may_replace(tmp_path / "t")
    (tmp_path / "t" / "manifest.json").write_text('{"format": "another"}', encoding="utf-8")
    assert not may_replace(tmp_path / "t")
