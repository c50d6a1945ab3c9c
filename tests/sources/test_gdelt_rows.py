"""Rows of an export to counts: the kinds, the noise, and every way a row can be wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from tests.sources.fetch.gdelt_exports import DAY, export, row

from tocsin.sources.gdelt import CARD, KINDS
from tocsin.sources.gdelt_count import count_day
from tocsin.sources.gdelt_rows import counted, merged
from tocsin.sources.gdelt_zip import BrokenExport, export_text

if TYPE_CHECKING:
    from pathlib import Path


def cell(text: bytes, root: int = 14) -> dict[str, Any]:
    """The one cell of a root code."""
    part = counted(text, day=DAY)
    (found,) = part.cells.filter(pl.col("root") == root).iter_rows(named=True)
    return {**found, "distinct": part.keys.filter(pl.col("root") == root).height}


def test_events_mentions_and_opening_by_hand() -> None:
    found = cell(row(mentions="3") + row(actor1="X", mentions="5", is_root="0"))
    assert (found["country"], found["adm1"]) == ("IZ", "IZ15")
    assert (found["events"], found["root_events"], found["mentions"], found["distinct"]) == (2, 1, 8, 2)


@pytest.mark.parametrize("field", ["actor1", "actor2", "place", "date"])
def test_an_event_told_twice_is_one_distinct_unless_actors_day_or_place_differ(field: str) -> None:
    same = row() + row(url="https://other.example/b", mentions="9")
    assert (cell(same)["events"], cell(same)["distinct"]) == (2, 1)
    other = row() + row(**{field: "20191023" if field == "date" else "other"})
    assert cell(other)["distinct"] == 2


def test_an_event_told_in_two_parts_is_one() -> None:
    parts = [counted(row(), day=DAY), counted(row() + row(actor1="X"), day=DAY)]
    whole = merged(parts)
    assert (whole.keys.height, whole.cells["events"].sum(), whole.rows) == (2, 3, 3)


@pytest.mark.parametrize(
    ("when", "events", "older"),
    [("20191024", 1, 0), ("20191018", 1, 0), ("20191017", 0, 1), ("20181024", 0, 1), ("20191025", 0, 1)],
)
def test_events_dated_otherwise_are_kept_apart(when: str, events: int, older: int) -> None:
    found = cell(row(date=when))
    assert (found["events"], found["older_events"], found["distinct"]) == (events, older, events)
    assert found["mentions"] == 3 * events


@pytest.mark.parametrize("root", [*KINDS, 4, 16])
def test_only_the_kinds_counted_have_keys(root: int) -> None:
    part = counted(row(root=f"{root:02d}"), day=DAY)
    assert part.cells["root"].to_list() == [root]
    assert part.keys.height == (root in KINDS)


WRONG = {
    "too few fields": row()[:60].rstrip() + b"\n",
    "an empty line": b"\n",
    "no tabs": b"not a row at all\n",
    "fields shifted": b"x\t" + row(),
    "no date": row(date=""),
    "a date that is none": row(date="soon"),
    "no time of publication": row(added=""),
    "mentions below zero": row(mentions="-1"),
    "mentions that are none": row(mentions="many"),
    "mentions beyond any number": row(mentions="99999999999999"),
    "a root mark that is none": row(is_root="yes"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_malformed_row_is_counted_as_such_and_spoils_no_other(what: str) -> None:
    part = counted(row() + WRONG[what] + row(actor1="X"), day=DAY)
    assert (part.rows, part.malformed) == (3, 1)
    assert part.cells["events"].sum() == 2


@pytest.mark.parametrize(
    "odd",
    [
        row(actor1="\x00\x07"), row(actor1='"open'), row(actor1="É" * 40), row(url="https://x.example/\ta\tb"),
        row().replace(b"news.example", b"\xff\xfe\x80"), row().replace(b"IRQGOV", b"\xff\xfe"),
    ],
)  # fmt: skip
def test_odd_bytes_in_names_and_addresses_cost_no_row(odd: bytes) -> None:
    part = counted(row(actor2="Z") + odd, day=DAY)
    assert (part.rows, part.malformed, part.cells["events"].sum()) == (2, 0, 2)


def test_a_root_code_that_is_none_counts_among_all_events_only() -> None:
    part = counted(row(root="---"), day=DAY)
    assert part.cells.select("root", "events").rows() == [(None, 1)]
    assert part.keys.is_empty()


def test_nothing_of_a_name_or_address_is_in_a_part() -> None:
    part = counted(row(actor1="SOMEBODY", url="https://secret.example"), day=DAY)
    assert part.cells.columns == ["country", "adm1", "root", "events", "root_events", "mentions", "older_events"]
    assert part.keys.columns == ["country", "adm1", "root", "key"]
    assert part.keys["key"].dtype == pl.UInt64


def put(folder: Path, **files: bytes) -> list[Path]:
    paths = []
    for name, body in files.items():
        paths.append(folder / f"{name}.export.CSV.zip")
        paths[-1].write_bytes(body)
    return paths


@pytest.mark.parametrize("block_bytes", [300, 1000, 10**6])
def test_counts_do_not_depend_on_the_size_of_blocks(tmp_path: Path, block_bytes: int) -> None:
    rows = [row(actor1=f"A{n % 7}", root="19" if n % 3 else "14", adm1=f"IZ{n % 4:02d}") for n in range(60)]
    paths = put(tmp_path, one=export(*rows[:40]), two=export(*rows[40:]), none=export())
    found = count_day(DAY, paths, block_bytes=block_bytes)
    whole = counted(b"".join(rows), day=DAY)
    assert (found.rows, found.malformed, found.faults, len(found.counted)) == (60, 0, (), 3)
    assert found.cells["events"].sum() == 60
    assert found.cells["distinct_events"].sum() == whole.keys.height
    assert found.cells.drop("distinct_events").rows() == whole.cells.select(
        "country", "adm1", "root", "events", "root_events", "mentions", "older_events"
    ).sort("country", "adm1", "root").rows()  # fmt: skip


@pytest.mark.parametrize("block_bytes", [300, 10**6])
def test_a_file_found_broken_at_its_end_adds_nothing(tmp_path: Path, block_bytes: int) -> None:
    rows = [row(actor1=f"A{n}", mentions=str(n)) for n in range(60)]
    body = export(*rows)
    paths = put(tmp_path, good=export(row()), bad=body[:-400] + bytes(100) + body[-300:])
    found = count_day(DAY, paths, block_bytes=block_bytes)
    assert [fault.name for fault in found.faults] == ["bad.export.CSV.zip"]
    assert (found.rows, found.cells["events"].to_list()) == (1, [1])


def test_a_last_row_without_a_line_feed_counts(tmp_path: Path) -> None:
    (path,) = put(tmp_path, one=export(row(), row(actor1="X").rstrip(b"\n")))
    assert count_day(DAY, [path]).rows == 2


def test_a_row_without_end_is_no_row(tmp_path: Path) -> None:
    (path,) = put(tmp_path, one=export(b"x" * 3_000_000))
    with pytest.raises(BrokenExport, match="does not end"):
        list(export_text(path, block_bytes=500_000))


def test_an_export_that_is_not_there_is_broken(tmp_path: Path) -> None:
    assert count_day(DAY, [tmp_path / "none.zip"]).faults[0].name == "none.zip"


def test_the_card_asks_for_attribution() -> None:
    assert "attribution" in CARD.licence
    assert "GDELT Project" in CARD.citation


@pytest.mark.data
def test_a_real_export_is_counted_as_polars_counts_it(shared_data: Path) -> None:
    path = shared_data / "events" / "gdelt_20191024143000.export.CSV.zip"
    found = count_day(date(2019, 10, 24), [path])
    assert (found.rows, found.malformed, found.faults) == (2111, 0, ())
    names = pl.read_parquet(shared_data / "events" / "gdelt2_event_columns.parquet")["name"].to_list()
    text = b"".join(export_text(path))
    plain = pl.read_csv(
        text, separator="\t", has_header=False, quote_char=None, infer_schema=False, new_columns=names
    ).filter(pl.col("SQLDATE") >= "20191018")  # fmt: skip
    protest = plain.filter(pl.col("EventRootCode") == "14")
    ours = found.cells.filter(pl.col("root") == 14)
    assert ours["events"].sum() == protest.height
    assert ours["mentions"].sum() == protest["NumMentions"].cast(pl.Int64).sum()
    assert ours["root_events"].sum() == (protest["IsRootEvent"] == "1").sum()
    key = ["SQLDATE", "Actor1Code", "Actor2Code", "ActionGeo_FeatureID"]
    assert ours["distinct_events"].sum() == protest.select(key).n_unique()
    assert found.cells.select(pl.col("events", "older_events").sum()).row(0) == (plain.height, 2111 - plain.height)
