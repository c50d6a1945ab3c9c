from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.errors import TableProblem
from tocsin.sources.ucdp_ged import read_ged
from tocsin.sources.vintages import without_repeats

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def day(text: str, **more: str) -> dict[str, str]:
    return {"date_start": text, "date_end": text} | more


def test_a_release_replaces_the_candidate_months_it_covers_whatever_the_order(ged_file: Callable[..., Path]) -> None:
    release = read_ged(
        ged_file(day("2022-12-01", id="1"), day("2021-01-01", id="2"), name="GEDEvent_v23_1.csv"), strict=True
    )
    december = read_ged(
        ged_file(day("2022-12-01", id="1", best="5"), day("2022-12-02", id="3"), name="GEDEvent_v22_0_12.csv")
    )
    january = read_ged(ged_file(day("2023-01-05", id="4"), name="GEDEvent_v23_0_1.csv"))
    for order in ([release, december, january], [january, december, release]):
        whole = without_repeats(order)
        assert sorted(whole.table["event_id"].to_list()) == ["1", "2", "4"]
        assert whole.table["deaths_best"].to_list() == [4, 4, 4]
        assert whole.rows_in == 5
        assert [(d.reason, d.rows) for d in whole.dropped] == [
            ("another vintage has the month, or the event (UCDP GED 22.0.12)", (1, 2))
        ]


def test_a_candidate_event_of_a_country_the_release_is_silent_on_goes_too(ged_file: Callable[..., Path]) -> None:
    release = read_ged(ged_file(day("2022-12-01", id="1"), name="GEDEvent_v23_1.csv"))
    candidate = read_ged(ged_file(day("2022-12-02", id="2", country_id="660"), name="GEDEvent_v22_0_12.csv"))
    assert without_repeats([candidate, release]).table["event_id"].to_list() == ["1"]
    both = without_repeats([candidate, release], worldwide=False)
    assert sorted(both.table["event_id"].to_list()) == ["1", "2"]


def test_a_stray_event_of_an_older_month_does_not_empty_that_month(ged_file: Callable[..., Path]) -> None:
    release = read_ged(ged_file(day("2022-06-01", id="1"), day("2022-06-02", id="2"), name="GEDEvent_v23_1.csv"))
    july = read_ged(ged_file(day("2022-06-30", id="3"), day("2023-07-01", id="4"), name="GEDEvent_v23_0_7.csv"))
    assert without_repeats([release, july]).table["event_id"].to_list() == ["1", "2", "4"]


def test_an_event_that_moved_to_another_month_stands_once(ged_file: Callable[..., Path]) -> None:
    march = read_ged(ged_file(day("2023-03-30", id="7"), name="GEDEvent_v23_0_3.csv"))
    april = read_ged(ged_file(day("2023-04-02", id="7", best="6"), name="GEDEvent_v23_0_4.csv"))
    assert without_repeats([march, april]).table["deaths_best"].to_list() == [6]


def test_without_versions_the_last_given_has_the_months_it_spans(ged_file: Callable[..., Path]) -> None:
    older = read_ged(ged_file(day("2020-01-01", id="1"), day("2020-02-01", id="2"), name="old.csv"))
    newer = read_ged(ged_file(day("2020-02-01", id="8"), day("2020-04-01", id="9"), name="new.csv"))
    assert without_repeats([older, newer]).table["event_id"].to_list() == ["1", "8", "9"]


def test_rows_told_are_those_of_the_file_and_not_of_the_table(ged_file: Callable[..., Path]) -> None:
    older = read_ged(ged_file(day("2020-01-01", best="-1"), day("2020-01-01"), day("2020-01-02"), name="old.csv"))
    newer = read_ged(ged_file(day("2020-01-01", id="3"), name="new.csv"))
    whole = without_repeats([older, newer])
    assert [d.rows for d in whole.dropped] == [(1,), (2, 3)]
    assert "old.csv" not in whole.card.source


def test_several_files_read_at_once_keep_the_last_of_each_event(ged_file: Callable[..., Path]) -> None:
    first = ged_file(day("2020-01-01", id="1"), day("2020-01-01", id="2"), name="a.csv")
    second = ged_file(day("2020-01-01", id="2", best="5"), day("2020-03-01", id="3"), name="GEDEvent_v23_1.csv")
    reading = read_ged(first, second)
    assert reading.table.select("event_id", "deaths_best").rows() == [("1", 4), ("2", 5), ("3", 4)]
    assert [d.rows for d in reading.dropped] == [(2,)]
    assert reading.card.source == "UCDP GED (version not said); UCDP GED 23.1"
    assert "1 country-months have events in more than one file" in reading.notes[-1]


def test_no_file_is_no_reading() -> None:
    with pytest.raises(TableProblem, match="no file was named"):
        read_ged()
    with pytest.raises(TableProblem, match="no file was named"):
        without_repeats([])
