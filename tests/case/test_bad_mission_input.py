"""Every way in which a mission's tables can be wrong: named with file, row, field and mend, from files and from Python."""

from __future__ import annotations

import csv
import tomllib
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tocsin.case import Known, case_of, check_case, check_case_of, read_case, write_case
from tocsin.case.tables import TABLES
from tocsin.errors import CaseProblem

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Finding

J = {"basis": "judgement"}
SETTINGS = """\
name = "broken"
title = "Broken"
level = "admin1"
[areas]
countries = ["IRQ"]
provinces = ["Baghdad", "Ninewa"]
[mission]
missions = ["aid"]
window = "2017-01..2018-12"
reach_km = [25, 50, 150]
compared_with = ["LBN"]
"""
ROWS: dict[str, list[dict[str, Any]]] = {
    "sources": [{"source_id": "report", "title": "A report"}],
    "actors": [
        {"actor_id": "nato", "name": "NATO", "standing": "formal", **J},
        {"actor_id": "group", "name": "A group", "standing": "informal", **J},
    ],
    "missions": [
        {"mission_id": "aid", "name": "Aid", "lead": "nato", "host": "IRQ", "personnel": 500, "depends_on": ["cover"],
         "start": 2018, "end": date(2024, 12, 31), "source_id": "report", "basis": "stated"},
        {"mission_id": "cover", "name": "Cover", "lead": "nato", "host": "IRQ", "depends_on": [], **J},
    ],
    "sites": [{"site_id": "hq", "mission_id": "aid", "name": "HQ", "lat": 33.3, "lon": 44.4, "precision_km": 5,
               "origin": "published", "start": "2018-06", "end": 2023, **J}],
    "site_status": [{"mission_id": "aid", "site_id": "hq", "status": "paused", "start": "2020-01", **J}],
    "mandates": [{"task_id": "t-1", "mission_id": "aid", "line_of_effort": "logistics", "function": "a school",
                  "provinces": ["Baghdad"], "start": 2018, "end": 2022, **J}],
    "engagements": [{"mission_id": "aid", "actor_id": "group", "level": "institution", "mode": "advise", "start": 2019,
                     **J}],
    "presence": [{"actor_id": "group", "provinces": ["Ninewa"], "role": "patrols", "security": "provides",
                  "start": 2018, **J}],
    "indicators": [{"indicator_id": "taught", "mission_id": "aid", "line_of_effort": "logistics", "level": "output",
                    "definition": "people taught", "unit": "persons a year", "better": "up", "baseline": 0,
                    "target": 100, **J}],
    "observations": [{"indicator_id": "taught", "date": 2019, "value": 40, "low": 30, "high": 50,
                      "source_id": "report", "basis": "stated"}],
    "needs": [{"line_of_effort": "logistics", "measure": "deaths_all", "why": "it is where the fighting is", **J}],
    "drivers": [{"driver_id": "armed", "name": "An armed group", "kind": "armed actor", "actor_id": "group", **J}],
    "instruments": [{"driver_id": "armed", "kind": "military", "holder": "nato", "mission_id": "aid", "what": "advice",
                     **J}],
    "efforts": [{"mission_id": "aid", "line_of_effort": "logistics", "kind": "people", "low": 10, "best": 20,
                 "high": 30, "unit": "persons", **J}],
    "references": [{"name": "Elsewhere", "country": "XKX", "date": 2000, "personnel_low": 10, "personnel_high": 20,
                    **J}],
    "verdicts": [{"mission_id": "aid", "framework": "OECD DAC", "criterion": "impact", "verdict": "unknown",
                  "why": "nobody looked", "evidence": "none", "would_change": "a study", "source_id": "report",
                  "basis": "judgement"}],
    "preconditions": [{"precondition_id": "consent", "mission_id": "aid", "kind": "veto", "statement": "the host agrees",
                       **J}],
    "conditions": [{"country": "IRQ", "precondition_id": "consent", "state": "met", **J},
                   {"country": "LBN", "precondition_id": "consent", "state": "unknown", **J}],
    "candidates": [{"candidate_id": "mosul", "name": "Mosul", "province": "Ninewa", "lat": 36.3, "lon": 43.1,
                    "consent": "given", **J}],
}  # fmt: skip


def inside(country: str, lat: float, lon: float, margin_km: float) -> bool | None:
    """Iraq as a box."""
    assert margin_km > 0
    return 29 < lat < 38 and 38 < lon < 49 if country == "IRQ" else None


def in_province(country: str, name: str, lat: float, _lon: float, _margin_km: float) -> bool | None:
    """Two provinces parted by a line."""
    return (lat > 35) == (name == "Ninewa") if country == "IRQ" else None


KNOWN = Known(inside=inside, countries=("IRQ", "LBN", "SYR"), in_province=in_province)


@dataclass(frozen=True)
class Break:
    """A change of one row, and what is said of it.

    Attributes:
        table: the table broken.
        change: columns and the values put in; None leaves the cell empty.
        column: the column named.
        problem: words of the problem.
        mend: words of the mend.
        row: the row changed, counted from 0; one past the last adds a copy.
        severity: fault or note.
    """

    table: str
    change: dict[str, Any]
    column: str | None
    problem: str
    mend: str
    row: int = 0
    severity: str = "fault"


def copy_of(table: str, **change: Any) -> dict[str, Any]:  # any cell
    """A second row like the first."""
    return {**ROWS[table][0], **change}


BREAKS = {
    "unknown mission": Break(
        "sites", {"mission_id": "ait"}, "mission_id", "no mission is called 'ait'", "did you mean 'aid'?"
    ),
    "site outside the country": Break(
        "sites", {"lat": -33.3}, "lat", "the site 'HQ' lies outside IRQ", "a sign is wrong"
    ),
    "exchanged coordinates": Break(
        "sites", {"lat": 44.4, "lon": 33.3}, "lat", "lies outside IRQ", "lat and lon are exchanged"
    ),
    "end before start": Break(
        "mandates", {"start": 2023}, "end", "it ends (2022) before it starts (2023)", "mend start or end"
    ),
    "mandate that ends before the mission starts": Break(
        "missions", {"mandate_end": 2016}, "mandate_end", "(2016) before it starts (2018)", "mend start or mandate_end"
    ),
    "indicator without target": Break(
        "indicators", {"target": None}, "target", "has no target", "fill target if one is known", severity="note"
    ),
    "observation without source": Break(
        "observations", {"source_id": None, "basis": "judgement"}, "source_id", "names no source", "fill source_id"
    ),
    "observation of no indicator": Break(
        "observations", {"indicator_id": "taugt"}, "indicator_id", "no indicator is called", "did you mean 'taught'?"
    ),
    "observation before the mission": Break(
        "observations", {"date": 2012}, "date", "2012 lies before the mission 'aid' starts (2018)", "mend date",
        severity="note",
    ),
    "observation after the mission": Break(
        "observations", {"date": date(2025, 3, 1)}, "date", "2025-03-01 lies after the mission 'aid' ended",
        "mend date", severity="note",
    ),
    "negative count": Break(
        "observations", {"value": -4, "low": None}, "value", "-4 is not possible in 'persons a year'", "mend value, or"
    ),
    "actor nobody names": Break(
        "actors", copy_of("actors", actor_id="idle"), "actor_id", "the actor 'idle' is named nowhere", "use it or remove",
        row=2, severity="note",
    ),
    "verdict without source": Break(
        "verdicts", {"source_id": None}, "source_id", "a verdict names no source", "fill source_id with what it rests on"
    ),
    "verdict of another word": Break(
        "verdicts", {"verdict": "partly"}, "verdict", "'partly' is not one of those possible", "partly met"
    ),
    "verdict on a mission not assessed": Break(
        "verdicts", {"mission_id": "cover"}, "mission_id", "is not assessed", "add it to mission.missions",
        severity="note",
    ),
    "precondition of a mission not assessed": Break(
        "preconditions", {"mission_id": "cover"}, "mission_id", "is not assessed", "add it to mission.missions",
        severity="note",
    ),
    "falling range of effort": Break(
        "efforts", {"best": 40}, "high", "high 30 is below 40", "write low, best and high rising"
    ),
    "negative people": Break("efforts", {"low": -1}, "low", "'-1' is not possible here", "a number of at least 0"),
    "negative strength": Break("missions", {"personnel": -5}, "personnel", "'-5' is not possible", "at least 0"),
    "NaN": Break("efforts", {"best": float("nan")}, "best", "'nan' is no value", "leave the cell empty"),
    "infinity": Break("candidates", {"lat": float("inf")}, "lat", "'inf' is no value", "leave the cell empty"),
    "cell with n/a": Break("missions", {"personnel": "n/a"}, "personnel", "'n/a' is no value", "where it is unknown"),
    "unknown kind of driver": Break(
        "drivers", {"kind": "armed group"}, "kind", "'armed group' is not one of those", "did you mean 'armed actor'?"
    ),
    "armed actor without actor": Break(
        "drivers", {"actor_id": None}, "actor_id", "is an armed actor but names no actor", "fill actor_id"
    ),
    "armed actor of unknown standing": Break(
        "actors", {"standing": None}, "actor_id", "its standing is unknown", "fill standing", row=1, severity="note",
    ),
    "instrument held by another than the lead": Break(
        "instruments", {"holder": "group"}, "holder", "'nato' leads the mission 'aid'", "write nato as holder",
        severity="note",
    ),
    "instrument against no driver": Break(
        "instruments", {"driver_id": "arms"}, "driver_id", "no driver is called 'arms'", "did you mean 'armed'?"
    ),
    "unknown precondition": Break(
        "conditions", {"precondition_id": "consnt"}, "precondition_id", "no precondition is called 'consnt'",
        "did you mean 'consent'?",
    ),
    "condition twice": Break(
        "conditions", copy_of("conditions", state="unmet"), "precondition_id", "the state of 'consent' in IRQ stands in",
        "keep the newer", row=2,
    ),
    "condition of a country not compared": Break(
        "conditions", {"country": "SYR"}, "country", "neither the host of the mission nor among those compared",
        "add it to mission.compared_with", row=1, severity="note",
    ),
    "unknown word of consent": Break(
        "candidates", {"consent": "yes"}, "consent", "'yes' is not one of those possible", "given, refused"
    ),
    "candidate abroad": Break("candidates", {"lon": 10}, "lat", "the candidate 'Mosul' lies outside IRQ", "exchanged"),
    "candidate in another province": Break(
        "candidates", {"province": "Baghdad"}, "province", "outside the outline of 'Baghdad'", "mend province",
        severity="note",
    ),
    "candidate in no province": Break(
        "candidates", {"province": "Ninawa"}, "province", "no province is called 'Ninawa'", "did you mean 'Ninewa'?"
    ),
    "id twice": Break(
        "preconditions", copy_of("preconditions", statement="other"), "precondition_id", "'consent' stands in row",
        "give each row its own id", row=1,
    ),
    "unknown level of engagement": Break(
        "engagements", {"level": "institutions"}, "level", "'institutions' is not one of", "did you mean 'institution'?"
    ),
    "unknown word of status": Break(
        "site_status", {"status": "shut"}, "status", "'shut' is not one of those possible", "closed"
    ),
    "status before the site opens": Break(
        "site_status", {"start": 2017}, "start", "it begins (2017) before it (2018-06)", "mend start here",
        severity="note",
    ),
    "status after the site ended": Break(
        "site_status", {"start": 2024}, "start", "it begins (2024) after its end (2023)", "or the dates in sites",
        severity="note",
    ),
    "status of all sites before the mission": Break(
        "site_status", {"site_id": None, "start": 2001}, "start", "the time of the mission 'aid'", "in missions",
        severity="note",
    ),
    "site that opens before its mission": Break(
        "sites", {"start": 2015}, "start", "it begins (2015) before it (2018)", "mend start here", severity="note"
    ),
    "site that ends after its mission": Break(
        "sites", {"end": 2026}, "end", "it ends (2026) after it (2024-12-31)", "mend end here", severity="note"
    ),
    "mission that depends on itself": Break(
        "missions", {"depends_on": ["aid"]}, "depends_on", "the mission 'aid' depends on itself", "remove from depends_on"
    ),
    "missions that depend on each other": Break(
        "missions", {"depends_on": ["aid"]}, "depends_on", "depends on itself, by way of 'aid'", "remove from depends_on",
        row=1,
    ),
    "mission that depends on none there is": Break(
        "missions", {"depends_on": ["coverr"]}, "depends_on", "no mission is called 'coverr'", "did you mean 'cover'?"
    ),
    "effort of a line no mandate has": Break(
        "efforts", {"line_of_effort": "logistic"}, "line_of_effort", "no mandate of 'aid' has the line of effort",
        "did you mean 'logistics'?", severity="note",
    ),
    "indicator of a line no mandate has": Break(
        "indicators", {"line_of_effort": "logistic"}, "line_of_effort", "no mandate of 'aid' has the line of effort",
        "did you mean 'logistics'?", severity="note",
    ),
    "effort of a mission without mandates": Break(
        "efforts", {"mission_id": "cover"}, "line_of_effort", "no mandate of 'cover' has", "add the task to mandates",
        severity="note",
    ),
    "need of a line no mandate has": Break(
        "needs", {"line_of_effort": "logistic"}, "line_of_effort", "no mandate has the line of effort 'logistic'",
        "did you mean 'logistics'?", severity="note",
    ),
    "line written in two ways": Break(
        "mandates", copy_of("mandates", task_id="t-2", line_of_effort="Logistics"), "line_of_effort",
        "'Logistics' is written 'logistics' in row", "write it in one way", row=1, severity="note",
    ),
    "need measured by nothing": Break(
        "needs", {"measure": "deaths"}, "measure", "'deaths' is not one of those possible", "deaths_all"
    ),
    "contrary presence": Break(
        "presence", copy_of("presence", security="threatens", start=2020), "security", "contrary to row",
        "keep both where sources disagree", row=1, severity="note",
    ),
    "contrary engagement": Break(
        "engagements", copy_of("engagements", mode="none"), "mode", "both stand side by side", "keep both", row=1,
        severity="note",
    ),
    "reference numbers exchanged": Break(
        "references", {"personnel_low": 30}, "personnel_high", "the highest number 20 is below the lowest",
        "exchange the two",
    ),
    "stated by nobody": Break(
        "efforts", {"basis": "stated"}, "source_id", "stated but names no source", "set basis to judgement"
    ),
    "no date": Break("presence", {"start": "spring"}, "start", "'spring' is not a date", "write 2018, 2020-01"),
    "text for a number": Break("efforts", {"best": "many"}, "best", "'many' is not a number", "a plain number"),
    "wrong header": Break(
        "efforts", {"bset": 20}, "bset", "no column of this table is called 'bset'", "did you mean 'best'?"
    ),
    "empty cell that must be filled": Break(
        "needs", {"why": None}, "why", "this is empty, and must be filled", "write it: why this measure"
    ),
}  # fmt: skip
SAID_ELSEWHERE = {"armed actor of unknown standing": ("drivers", 0)}
IN_THE_HEADER = {"wrong header"}


def broken(what: str) -> dict[str, list[dict[str, Any]]]:
    """All rows, with one break."""
    rows, done = deepcopy(ROWS), BREAKS[what]
    if done.row == len(rows[done.table]):
        rows[done.table].append({})
    rows[done.table][done.row].update(done.change)
    return rows


def as_files(folder: Path, rows: dict[str, list[dict[str, Any]]], settings: str = SETTINGS) -> Path:
    """The same case as a folder."""
    write_case("broken", folder)
    (folder / "case.toml").write_text(settings, encoding="utf-8")
    for table, given in rows.items():
        extra = sorted({column for row in given for column in row} - set(TABLES[table].columns))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*TABLES[table].columns, *extra], restval="")
            writer.writeheader()
            writer.writerows({c: "; ".join(v) if isinstance(v, list) else v for c, v in row.items()} for row in given)
    return folder


def of_severity(found: tuple[Finding, ...], severity: str) -> list[Finding]:
    return [f for f in found if f.severity == severity]


def test_the_case_before_it_is_broken_is_whole_and_says_nothing(tmp_path: Path) -> None:
    by_file = check_case(as_files(tmp_path / "whole", ROWS), known=KNOWN)
    by_python = check_case_of(tomllib.loads(SETTINGS), ROWS, known=KNOWN)
    assert of_severity(by_file, "fault") == of_severity(by_python, "fault") == []
    assert by_file == ()
    assert {f.problem for f in by_python} == {"the table is not there: all of it is unknown"}


@pytest.mark.parametrize("what", BREAKS)
def test_a_file_with_a_break_is_named_with_row_field_and_mend(what: str, tmp_path: Path) -> None:
    done, (table, row) = BREAKS[what], SAID_ELSEWHERE.get(what, (BREAKS[what].table, BREAKS[what].row))
    folder = as_files(tmp_path / "broken", broken(what))
    line = 1 if what in IN_THE_HEADER else row + 2
    found = check_case(folder, known=KNOWN)
    here = [f for f in found if (f.file, f.row, f.column) == (f"{table}.csv", line, done.column)]
    assert any(done.problem in f.problem and done.mend in f.mend for f in here), found
    assert {f.severity.value for f in here} == {done.severity}
    if done.severity == "fault":
        with pytest.raises(CaseProblem) as problem:
            read_case(folder, known=KNOWN)
        assert f"{table}.csv, row {line}, column {done.column}: " in problem.value.what
    else:
        assert of_severity(found, "fault") == []


@pytest.mark.parametrize("what", BREAKS)
def test_the_same_break_in_python_is_named_in_the_same_words(what: str, tmp_path: Path) -> None:
    done, (table, row) = BREAKS[what], SAID_ELSEWHERE.get(what, (BREAKS[what].table, BREAKS[what].row))
    found = check_case_of(tomllib.loads(SETTINGS), broken(what), known=KNOWN)
    here = [f for f in found if (f.file, f.row, f.column) == (table, row + 1, done.column)]
    assert any(done.problem in f.problem and done.mend in f.mend for f in here), found
    assert {f.severity.value for f in here} == {done.severity}
    by_file = check_case(as_files(tmp_path / "broken", broken(what)), known=KNOWN)
    count = len([f for f in by_file if f.severity == done.severity])
    assert len([f for f in found if f.severity == done.severity and "not there: all" not in f.problem]) == count
    if done.severity == "fault":
        with pytest.raises(CaseProblem) as problem:
            case_of(tomllib.loads(SETTINGS), broken(what), known=KNOWN)
        assert f"{table}, row {row + 1}, column {done.column}: " in problem.value.what
    else:
        assert case_of(tomllib.loads(SETTINGS), broken(what), known=KNOWN).settings.title == "Broken"


# what is broken: (text, text in its place) -> (key, words of the problem, words of the mend)
IN_SETTINGS = {
    "unknown mission": (('["aid"]', '["aids"]'), ("mission.missions", "no mission is called 'aids'", "did you mean 'aid'?")),
    "mission twice": (('["aid"]', '["aid", "aid"]'), ("mission.missions", "'aid' stands twice", "name each once")),
    "no mission": (('["aid"]', "[]"), ("mission.missions", "", "")),
    "window with a hole": (
        ('"2017-01..2018-12"', '["2017-01", "2017-03"]'),
        ("mission.window", "not one run of months", "write it as 2017-01..2018-12"),
    ),
    "window of no month": (('"2017-01..2018-12"', "[]"), ("mission.window", "holds no month", "2017-01..2018-12")),
    "window outside the calendar": (
        ("2018-12", "2018-13"), ("mission.window", "'2018-13' is not a month", "as in 2013-12"),
    ),
    "window before months are counted": (
        ("2017-01..", "1017-01.."), ("mission.window", "1017-01 is before 1980-01", "begin the window later"),
    ),
    "window that ends before it starts": (
        ("2017-01..2018-12", "2018-12..2017-01"), ("mission.window", "ends before it starts", "the earlier month first"),
    ),
    "reach of nothing": (("[25, 50", "[0, 50"), ("mission.reach_km", "0 km reaches nothing", "distances above 0")),
    "reach that falls": (("[25, 50", "[75, 50"), ("mission.reach_km", "is not in order", "lowest, middle and highest")),
    "reach of one number": (
        ("[25, 50, 150]", "[50]"), ("mission.reach_km", "[50] is not a range", "three numbers"),
    ),
    "compared with the host": (('["LBN"]', '["IRQ"]'), ("mission.compared_with", "IRQ hosts the mission 'aid'", "remove")),
    "compared with no country": (
        ('["LBN"]', '["LBM"]'), ("mission.compared_with", "no country is called 'LBM'", "did you mean 'LBN'?"),
    ),
    "travel file that is not there": (
        ("[mission]\n", '[mission]\ntravel = "t.geojson"\n'),
        ("mission.travel", "the file 't.geojson' is not there", "put the file into the case folder, or leave travel out"),
    ),
    "unknown key": (
        ("reach_km", "reach"), ("mission.reach", "no key is called 'reach' here", "did you mean 'reach_km'?"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", IN_SETTINGS)
def test_a_break_in_the_settings_is_named_with_its_line_and_in_python_with_its_key(what: str, tmp_path: Path) -> None:
    (old, new), (key, problem, mend) = IN_SETTINGS[what]
    assert SETTINGS.count(old) == 1
    text = SETTINGS.replace(old, new)
    added = new.count("\n") - old.count("\n")
    line = SETTINGS[: SETTINGS.index(old)].count("\n") + 1 + added
    for found, file, row in (
        (check_case(as_files(tmp_path / "broken", ROWS, text), known=KNOWN), "case.toml", line),
        (check_case_of(tomllib.loads(text), ROWS, known=KNOWN, folder=tmp_path), "settings", None),
    ):
        here = [f for f in found if (f.severity, f.file, f.row, f.column) == ("fault", file, row, key)]
        assert any(problem in f.problem and mend in f.mend for f in here), found


@pytest.mark.parametrize(
    ("raw", "row", "problem", "mend"),
    [
        (b"PK\x03\x04abc", None, "a workbook or zip file, not CSV", "or as .xlsx"),
        ("mission_id,name,basis\na,Größe,judgement".encode("latin-1"), 2, "not UTF-8 text", "as 'CSV UTF-8'"),
        ("mission_id,name".encode("utf-16"), None, "UTF-16", "as 'CSV UTF-8'"),
    ],
    ids=["workbook", "Latin-1", "UTF-16"],
)
def test_a_table_of_another_kind_is_named(tmp_path: Path, raw: bytes, row: int | None, problem: str, mend: str) -> None:
    folder = as_files(tmp_path / "broken", ROWS)
    (folder / "efforts.csv").write_bytes(raw)
    (found,) = of_severity(check_case(folder, known=KNOWN), "fault")
    assert (found.file, found.row) == ("efforts.csv", row)
    assert problem in found.problem
    assert mend in found.mend


@pytest.mark.parametrize(
    ("rows", "row", "problem", "mend"),
    [
        ("mission_id,name", None, "this is no list of rows", "one mapping a row"),
        (b"PK\x03\x04", None, "this is no list of rows", "one mapping a row"),
        ({"mission_id": "a"}, None, "this is no list of rows", "one mapping a row"),
        ([["a", "b"]], 1, "this is no row", "frame.to_dicts()"),
        ([{"mission_id": "a", "name": "A", "personnel": True, **J}], 1, "'True' is no value", "leave the cell empty"),
        ([{"mission_id": "a", "name": 7, **J}], 1, "'7' is not text", "put it in quotes"),
    ],
    ids=["text", "bytes", "one row", "lists", "true", "number for text"],
)
def test_rows_in_python_that_are_none_are_named(rows: Any, row: int | None, problem: str, mend: str) -> None:
    settings = {"title": "A", "level": "country", "areas": {"countries": ["IRQ"]}}
    (found,) = of_severity(check_case_of(settings, {"missions": rows}), "fault")
    assert (found.file, found.row) == ("missions", row)
    assert problem in found.problem
    assert mend in found.mend


def test_a_table_of_no_case_is_named() -> None:
    settings = {"title": "A", "level": "country", "areas": {"countries": ["IRQ"]}}
    with pytest.raises(CaseProblem) as problem:
        case_of(settings, {"mision": []}, name="mine")
    assert "the case mine has 1 fault" in problem.value.what
    assert "did you mean 'missions'?" in problem.value.what
    assert problem.value.where.file == "mision"


def test_the_only_fault_gives_its_place_to_the_error() -> None:
    with pytest.raises(CaseProblem) as problem:
        case_of(tomllib.loads(SETTINGS), broken("negative people"), known=KNOWN)
    where = problem.value.where
    assert (where.file, where.rows, where.field) == ("efforts", (1,), "low")
