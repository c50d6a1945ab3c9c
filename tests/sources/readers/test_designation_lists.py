"""Designation lists in their layouts, and where their entries stood on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.errors import FileProblem, TableProblem
from tocsin.sources.designation_dates import read_birth
from tocsin.sources.designations import (
    BearerKind,
    ListedState,
    Quality,
    read_designations,
    starter_designations,
)

if TYPE_CHECKING:
    from pathlib import Path

XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2025-04-19T00:00:00">
<INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>AMAL</FIRST_NAME><SECOND_NAME>TESTER</SECOND_NAME>
<UN_LIST_TYPE>Example</UN_LIST_TYPE><REFERENCE_NUMBER>EXi.001</REFERENCE_NUMBER><LISTED_ON>2011-02-03</LISTED_ON>
<NATIONALITY><VALUE>Iraq</VALUE></NATIONALITY><LAST_DAY_UPDATED><VALUE>2019-05-01</VALUE></LAST_DAY_UPDATED>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Amel</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1965</TO_YEAR>
</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>EXAMPLE TRADING</FIRST_NAME><LISTED_ON>2012-01-01</LISTED_ON></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""


def history(path: Path) -> Path:
    rows = [
        ("1", "OLD, Name", "2021-08-18", "2021-11-18", "changed"),
        ("1", "NEW, Name", "2021-11-22", "2024-05-03", "current_at_end"),
        ("2", "GONE, Person", "2021-11-22", "2022-01-05", "removed"),
        ("3", "LATE, Person", "2022-01-09", "2024-05-03", "current_at_end"),
    ]
    columns = ["ent_num", "sdn_name", "valid_from_scrape", "valid_to_scrape", "end_reason"]
    table = pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        sdn_type=pl.lit("individual"), program=pl.lit("SDGT] [IFSR"),
        remarks=pl.lit("DOB 09 Aug 1966; alt. DOB circa 1967; nationality Iraq; a.k.a. 'Weak One'."),
    )  # fmt: skip
    table.write_parquet(path)
    return path


@pytest.mark.parametrize(
    ("number", "day", "state", "words"),
    [
        ("1", date(2020, 1, 1), ListedState.UNKNOWN, "first copy read is of 2021-08-18"),
        ("1", date(2021, 8, 18), ListedState.LISTED, "'OLD, Name' on or before 2021-08-18"),
        ("1", date(2021, 11, 20), ListedState.UNKNOWN, "changed by the next copy of 2021-11-22"),
        ("1", date(2023, 1, 1), ListedState.LISTED, "'NEW, Name' on or before 2021-08-18, changed from 2021-11-22"),
        ("2", date(2022, 1, 7), ListedState.UNKNOWN, "removed by the next copy of 2022-01-09"),
        ("2", date(2022, 2, 1), ListedState.REMOVED, "last seen 2022-01-05, gone by 2022-01-09"),
        ("3", date(2021, 12, 1), ListedState.NOT_YET, "on the list from 2022-01-09"),
        ("3", date(2025, 1, 1), ListedState.UNKNOWN, "last copy read is of 2024-05-03"),
    ],
)
def test_a_history_says_where_an_entry_stood(
    number: str, day: date, state: ListedState, words: str, tmp_path: Path
) -> None:
    (one,) = read_designations([history(tmp_path / "history.parquet")])
    entry = next(e for e in one.entries if e.entry_id == number)
    found = entry.as_of(day, first_copy=one.first_copy, last_copy=one.last_copy)
    assert found.state is state
    assert words in found.words


def test_remarks_give_births_nationalities_and_weak_aliases(tmp_path: Path) -> None:
    (one,) = read_designations([history(tmp_path / "history.parquet")])
    entry = one.entries[0]
    assert [(b.first_year, b.exact) for b in entry.births] == [(1966, True), (1967, False)]
    assert entry.nationalities == ("Iraq",)
    assert entry.programmes == ("SDGT", "IFSR")
    assert {a.name: a.quality for a in entry.aliases} == {"Weak One": Quality.WEAK, "OLD, Name": Quality.FORMER}
    assert entry.rests_on == "scrape dates, not legal dates"


def test_ofacs_own_files_without_headers(tmp_path: Path) -> None:
    nothing = ',"-0- "' * 7
    (tmp_path / "sdn_2024-05-03.csv").write_text(f'7,"BADR LINE","vessel","IRAN"{nothing},"-0- "\n')
    (tmp_path / "alt.csv").write_text('7,1,"fka","OLD LINE","-0- "\n')
    (one,) = read_designations([tmp_path])
    entry = one.entries[0]
    assert (entry.kind, entry.births, entry.nationalities) == (BearerKind.VESSEL, (), ())
    assert [(a.name, a.quality) for a in entry.aliases] == [("OLD LINE", Quality.FORMER)]
    assert one.last_copy == date(2024, 5, 3)


def test_the_united_nations_xml(tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text(XML)
    (one,) = read_designations([path])
    person, body = one.entries
    assert (person.name, person.entry_id, person.kind) == ("AMAL TESTER", "EXi.001", BearerKind.PERSON)
    assert (person.births[0].first_year, person.births[0].last_year, person.births[0].exact) == (1960, 1965, False)
    assert person.aliases[0].quality is Quality.WEAK
    assert [str(d) for d in person.changed] == ["2019-05-01"]
    assert body.kind is BearerKind.ORGANISATION
    assert person.as_of(date(2010, 1, 1), first_copy=None, last_copy=one.last_copy).state is ListedState.NOT_YET


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY b "bb">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>', "document type"),
        ("<CONSOLIDATED_LIST><INDIVIDUALS>", "cannot be read"),
        ("<html></html>", "begins with 'html'"),
    ],
)
def test_xml_that_is_no_list_is_refused(content: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "un.xml"
    path.write_text(content)
    with pytest.raises(FileProblem, match=words):
        read_designations([path])


def test_a_list_of_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,name,aliases,kind,date_of_birth,nationality,listed_on,delisted_on,source\n"
        "a1,Example Front,The Front;EF,organisation,,,2020-01-01,2022-06-01,Council list\n"
    )
    (one,) = read_designations([path])
    entry = one.entries[0]
    assert [a.name for a in entry.aliases] == ["The Front", "EF"]
    states = [entry.as_of(date(y, 1, 2), first_copy=None, last_copy=None).state for y in (2019, 2021, 2023)]
    assert states == [ListedState.NOT_YET, ListedState.LISTED, ListedState.REMOVED]


@pytest.mark.parametrize(
    ("rows", "row", "field"),
    [
        ("a,,person\n", 2, "name"),
        ("a,X,person\na,Y,person\n", 3, "id"),
        ("a,X,robot\n", 2, "kind"),
    ],
)
def test_a_wrong_row_of_it_is_named(rows: str, row: int, field: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,kind\n" + rows)
    with pytest.raises(TableProblem) as found:
        read_designations([path])
    assert (found.value.where.rows, found.value.where.field) == ((row,), field)


def test_other_words_for_its_columns_are_read_and_the_rest_is_said(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id, Name,birth_date,designated,removed,shelf\na1,X Y,1960-05-01,2020-01-01,2022-06-01,top\n")
    (one,) = read_designations([path])
    entry = one.entries[0]
    assert [born.first_year for born in entry.births] == [1960]
    assert entry.as_of(date(2023, 1, 1), first_copy=None, last_copy=None).state is ListedState.REMOVED
    assert one.notes == ("column not read: shelf",)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("id,name,date_of_brith,x", "'date_of_brith': did you mean date_of_birth?"),
        ("id,name,dob,x", "'dob': did you mean date_of_birth?"),
        ("id,name,nationalty,alias", "'alias': did you mean aliases?"),
        ("id,name,removd,x", "'removd': did you mean delisted_on?"),
        ("id,name,birth_date,date_of_birth", "keep one of them"),
    ],
)
def test_a_column_that_is_meant_to_be_read_is_refused(header: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"{header}\na1,X,,\n")
    with pytest.raises(TableProblem) as found:
        read_designations([path])
    assert words in str(found.value.hint)
    assert found.value.exit_code == 2


def test_a_column_like_one_that_is_there_is_only_said(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,name,source,source_url,uid\na1,X,Council,u,7\n")
    assert read_designations([path])[0].notes == ("columns not read: source_url, uid",)


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no such file"):
        read_designations([tmp_path / "nothing"])
    with pytest.raises(FileProblem, match="holds no list"):
        read_designations([tmp_path])
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(FileProblem, match="these columns: a, b"):
        read_designations([tmp_path])


def test_a_hijri_date_is_not_taken_for_one_of_ours() -> None:
    assert read_birth("EXACT 01/01/1400 (Hijri Calendar)").first_year is None


def test_what_ships_is_of_its_day() -> None:
    (one,) = starter_designations()
    assert (one.first_copy, one.last_copy) == (date(2024, 5, 3), date(2024, 5, 3))
    assert len(one.entries) == 4006


@pytest.mark.data
def test_the_full_lists(shared_data: Path) -> None:
    ofac, un = read_designations([shared_data / "designations"])
    assert (len(ofac.entries), len(un.entries)) == (15_892, 877)
    changed = next(e for e in ofac.entries if e.entry_id == "2677")
    assert [v.end for v in changed.versions] == ["changed", None]
