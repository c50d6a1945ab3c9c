from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import TableProblem
from tocsin.sources.ucdp_ged import read_ged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEXT_WEEK = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()

LOST = [
    ({"id": ""}, "event has no id", "id"),
    ({"id": "1"}, "event id stands more than once", "id"),
    ({"type_of_violence": "4"}, "unknown type of violence", "type_of_violence"),
    ({"type_of_violence": ""}, "unknown type of violence", "type_of_violence"),
    ({"date_start": "2014-02-30"}, "impossible", "date_start"),
    ({"date_start": "10/06/2014"}, "impossible", "date_start"),
    ({"date_start": "2914-06-10", "date_end": "2914-06-10"}, "impossible", "date_start"),
    ({"date_end": ""}, "impossible", "date_end"),
    ({"date_end": NEXT_WEEK}, "impossible", "date_end"),
    ({"date_end": "2014-06-09"}, "ends before it starts", "date_end"),
    ({"best": ""}, "no best estimate", "best"),
    ({"best": "-1", "low": "-1"}, "negative deaths \\(best\\)", "best"),
    ({"low": "-3"}, "negative deaths \\(low\\)", "low"),
    ({"deaths_civilians": "-2"}, "negative deaths \\(deaths_civilians\\)", "deaths_civilians"),
    ({"best": "nan"}, "not whole", "best"),
    ({"best": "inf"}, "not whole", "best"),
    ({"high": "1e300"}, "not whole", "high"),
    ({"high": "many"}, "not whole", "high"),
    ({"best": "4.5"}, "not whole", "best"),
    ({"country_id": "999"}, "code is not known", "country_id"),
]


@pytest.mark.parametrize(("change", "words", "field"), LOST)
def test_a_row_at_fault_is_left_out_and_told_or_refused(
    ged_file: Callable[..., Path], change: dict[str, str], words: str, field: str
) -> None:
    path = ged_file({}, change | {"side_b": "Other"}, {})
    reading = read_ged(path)
    assert reading.table["event_id"].to_list() == ["1", "3"]
    assert [dropped.rows for dropped in reading.dropped] == [(2,)]
    with pytest.raises(TableProblem, match=words) as caught:
        read_ged(path, strict=True)
    assert (caught.value.where.file, caught.value.where.rows, caught.value.where.field) == (path, (2,), field)
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_exact_copies_are_told_apart_from_ids_used_again(ged_file: Callable[..., Path]) -> None:
    reading = read_ged(ged_file({}, {"id": "1"}, {"id": "1", "best": "5"}))
    assert reading.table["deaths_best"].to_list() == [4]
    assert [(d.reason, d.rows) for d in reading.dropped] == [
        ("rows are exact copies of earlier ones", (2,)), ("event ids stand more than once", (3,)),
    ]  # fmt: skip


def test_events_alike_in_all_but_their_id_are_kept(ged_file: Callable[..., Path]) -> None:
    assert read_ged(ged_file({}, {}), strict=True).table.height == 2


def test_the_message_names_file_rows_field_and_mend(ged_file: Callable[..., Path]) -> None:
    path = ged_file({}, {"best": "-1"}, {"best": "-2"})
    with pytest.raises(TableProblem) as caught:
        read_ged(path, strict=True)
    assert str(caught.value) == (
        "2 events have negative deaths (best)\n"
        f"  in {path}, rows 2, 3, field best\n"
        "  hint: mend these rows, or leave them out"
    )


def test_estimates_out_of_order_are_mended_and_told_even_if_strict(ged_file: Callable[..., Path]) -> None:
    reading = read_ged(ged_file({"best": "9"}, {"low": "5"}, {}), strict=True)
    assert reading.table.select("deaths_low", "deaths_best", "deaths_high").rows() == [(3, 9, 9), (4, 4, 6), (3, 4, 6)]
    assert reading.notes == (
        "1 event had a high estimate below the best: raised to the best",
        "1 event had a low estimate above the best: lowered to the best",
    )


@pytest.mark.parametrize(
    "place", [{"latitude": "nan"}, {"longitude": "inf"}, {"latitude": "91"}, {"longitude": ""}, {"latitude": "x"}]
)
def test_an_event_with_impossible_coordinates_is_kept_without_them(
    ged_file: Callable[..., Path], place: dict[str, str]
) -> None:
    path = ged_file({}, place)
    reading = read_ged(path)
    assert reading.table.select("lat", "lon", "deaths_best").row(1) == (None, None, 4)
    assert reading.notes == ("1 event has coordinates that are no place on Earth",)
    with pytest.raises(TableProblem, match="no place on Earth") as caught:
        read_ged(path, strict=True)
    assert caught.value.where.rows == (2,)


def test_precision_codes_ucdp_does_not_use_are_left_empty(ged_file: Callable[..., Path]) -> None:
    reading = read_ged(ged_file({"where_prec": "8"}, {"date_prec": "0"}, {"where_prec": "", "date_prec": "NA"}))
    assert reading.table.select("where_precision", "date_precision").rows() == [(None, 1), (1, None), (None, None)]
    assert reading.notes == ("2 events have a precision code UCDP does not use: left empty",)


def test_a_cell_that_is_none_is_taken_from_the_place(ged_file: Callable[..., Path]) -> None:
    reading = read_ged(ged_file({"priogrid_gid": "0"}))
    assert reading.table["gid"].to_list() == [181887]
    assert reading.notes == ("1 event had no PRIO-GRID cell: taken from its coordinates",)


def test_a_header_alone_is_no_file_of_events(ged_file: Callable[..., Path]) -> None:
    with pytest.raises(TableProblem, match="a header but no events"):
        read_ged(ged_file())


def test_a_file_of_faults_only_gives_an_empty_table(ged_file: Callable[..., Path]) -> None:
    reading = read_ged(ged_file({"best": "-1"}))
    assert (reading.table.height, reading.dropped_rows, reading.rows_in) == (0, 1, 1)


VALUES = st.sampled_from(
    ["", "-1", "0", "3", "4.5", "nan", "x", "2014-06-10", "2014-13-01", "645", "1e3", "1e300", "-inf", "NA"]
)
FIELDS = st.sampled_from(["id", "type_of_violence", "best", "low", "high", "date_start", "date_end", "latitude",
                          "country_id", "adm_1", "priogrid_gid", "where_prec", "side_a"])  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(FIELDS, VALUES, max_size=4), min_size=1, max_size=8))
def test_rows_in_are_rows_out_and_rows_reported(ged_file: Callable[..., Path], changes: list[dict[str, str]]) -> None:
    reading = read_ged(ged_file(*changes))
    told = [row for dropped in reading.dropped for row in dropped.rows]
    assert reading.rows_in == len(changes) == reading.table.height + len(told)
    assert len(set(told)) == len(told)
    assert (reading.table["deaths_low"] <= reading.table["deaths_best"]).all()
    assert (reading.table["deaths_best"] <= reading.table["deaths_high"]).all()
