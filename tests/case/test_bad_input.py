"""Every way in which a case can be wrong: each names file, row, column and mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.case import Finding, Known, check_case, read_case
from tocsin.errors import CaseProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], int]

# what is broken: (file, text, text in its place) -> (rows below the change, column, words of the problem and of the mend)
EDITS = {
    "unknown mission": (
        ("sites.csv", "nmi-taji,nmi,", "nmi-taji,nmj,"),
        (0, "mission_id", "no mission is called 'nmj'", "did you mean 'nmi'?"),
    ),
    "unknown source": (
        ("missions.csv", ",foggo,stated", ",fogo,stated"),
        (0, "source_id", "no source is called 'fogo'", "did you mean 'foggo'?"),
    ),
    "unknown actor": (
        ("engagements.csv", "nmi,fedpol,", "nmi,fedpoll,"),
        (0, "actor_id", "no actor is called 'fedpoll'", "did you mean 'fedpol'?"),
    ),
    "unknown actor in a list": (
        ("events_of_record.csv", "us; kh", "us; khh"),
        (0, "actors", "no actor is called 'khh'", "did you mean 'kh'?"),
    ),
    "unknown site": (
        ("site_status.csv", "nmi,nmi-baghdad", "nmi,nmi-bagdad"),
        (0, "site_id", "no site is called 'nmi-bagdad'", "did you mean 'nmi-baghdad'?"),
    ),
    "site of another mission": (
        ("site_status.csv", "nmi,nmi-baghdad", "nmi,euam-baghdad"),
        (0, "site_id", "belongs to 'euam', not to 'nmi'", "mend mission_id or site_id"),
    ),
    "unknown province": (
        ("presence.csv", "Baghdad,Baghdad,provides", "Baghdad,Bagdad,provides"),
        (0, "provinces", "no province is called 'Bagdad'", "did you mean 'Baghdad'?"),
    ),
    "id twice": (
        ("sites.csv", "nmi-besmaya,", "nmi-baghdad,"),
        (0, "site_id", "'nmi-baghdad' stands in row 6 too", "give each row its own id"),
    ),
    "ends before it starts": (
        ("missions.csv", "2004,2011-12-31", "2012,2011-12-31"),
        (0, "end", "ends (2011-12-31) before it starts (2012)", "mend start or end"),
    ),
    "impossible date": (
        ("calendar.csv", "2026-07,", "2026-13,"),
        (0, "date", "the calendar has no date '2026-13'", "write 2018, 2020-01 or 2011-12-31"),
    ),
    "no date at all": (
        ("calendar.csv", "2026-07,", "July 2026,"),
        (0, "date", "'July 2026' is not a date", "write 2018, 2020-01 or 2011-12-31"),
    ),
    "impossible coordinate": (
        ("sites.csv", "33.303", "333.03"),
        (0, "lat", "'333.03' is not possible here", "a number of at most 90"),
    ),
    "decimal comma": (
        ("sites.csv", "33.303", '"33,303"'),
        (0, "lat", "'33,303' is not a number", "with a decimal point"),
    ),
    "one coordinate": (
        ("sites.csv", "33.303,44.387", "33.303,"),
        (0, "lon", "only one coordinate", "fill both lat and lon"),
    ),
    "NaN": (("sites.csv", "33.303", "NaN"), (0, "lat", "'NaN' is no value", "leave the cell empty")),
    "infinity": (("sites.csv", ",5,published", ",inf,published"), (0, "precision_km", "'inf' is no value", "empty")),
    "huge number": (
        ("sites.csv", ",5,published", ",1e999,published"),
        (0, "precision_km", "not a finite number", "plain number"),
    ),
    "negative persons": (
        ("missions.csv", ",2500,", ",-2500,"),
        (0, "personnel", "'-2500' is not possible here", "at least 0"),
    ),
    "thousands mark": (
        ("missions.csv", ",2500,", ",2'500,"),
        (0, "personnel", "not a whole number", "without thousands marks"),
    ),
    "unknown column": (
        ("sites.csv", "precision_km", "precison_km"),
        (0, "precison_km", "no column of this table is called 'precison_km'", "did you mean 'precision_km'?"),
    ),
    "column twice": (("sites.csv", "site_id,", "site_id,site_id,"), (0, "site_id", "stands twice", "keep one")),
    "cell too many": (
        ("calendar.csv", "NATO summit in Ankara", "NATO summit, in Ankara, a, b"),
        (0, None, "the row has 10 cells and the header 7", "double quotes"),
    ),
    "empty cell that must be filled": (
        ("missions.csv", "Kosovo Force,nato", ",nato"),
        (0, "name", "this is empty, and must be filled", "its name"),
    ),
    "unknown basis": (
        ("calendar.csv", "politico-digest,stated", "politico-digest,states"),
        (0, "basis", "'states' is not one of those possible", "did you mean 'stated'?"),
    ),
    "stated by nobody": (
        ("calendar.csv", "politico-digest,stated", ",stated"),
        (0, "source_id", "stated but names no source", "set basis to judgement"),
    ),
    "unknown judged column": (
        ("sites.csv", "role; lat; lon", "role; lat; long"),
        (0, "judged", "no column of this table is called 'long'", "did you mean 'lon'?"),
    ),
    "person without post": (
        ("posts.csv", "James G. Foggo,,commander", "James G. Foggo,,"),
        (0, "post", "must be filled", "the public post held"),
    ),
    "person among the actors": (
        ("actors.csv", "Badr Organization,,paramilitary", "A Leader,,person"),
        (0, "type", "an actor is a body, not a person", "posts.csv"),
    ),
    "id of wrong letters": (
        ("actors.csv", "civil,", "Civil Society,"),
        (0, "actor_id", "cannot be an id", "small letters, digits and hyphens"),
    ),
    "host country by name": (
        ("missions.csv", ",XKX,", ",Kosovo,"),
        (0, "host", "'Kosovo' is not a country code", "three capital letters"),
    ),
    "unclosed quote": (
        ("calendar.csv", "NATO summit in Ankara", '"NATO summit in Ankara'),
        (0, None, "not well-formed CSV from here on", "close every quoted cell"),
    ),
    "range out of order": (
        ("questions/nmi-end.yaml", "[0, 7, 10]", "[0, 17, 10]"),
        (0, "positions[0].position", "[0, 17, 10] is not in order", "lowest, middle and highest"),
    ),
    "position outside the scale": (
        ("questions/nmi-end.yaml", "[36, 54, 60]", "[36, 54, 90]"),
        (0, "positions[2].position", "lies outside the scale", "0 to 60 months"),
    ),
    "weight above one": (
        ("questions/nmi-end.yaml", "[0.8, 1.0, 1.0]", "[0.8, 1.0, 1.2]"),
        (0, "positions[0].influence", "do not lie within 0 and 1", "shares from 0 to 1"),
    ),
    "NaN in a range": (
        ("questions/nmi-end.yaml", "[0, 7, 10]", "[0, .nan, 10]"),
        (0, "positions[0].position", "[0, nan, 10] is not a range", "three numbers"),
    ),
    "two numbers in a range": (
        ("questions/nmi-end.yaml", "[0, 7, 10]", "[0, 7]"),
        (0, "positions[0].position", "[0, 7] is not a range", "[lowest, middle, highest]"),
    ),
    "party not among the actors": (
        ("questions/nmi-end.yaml", "- actor: allies-majority", "- actor: allies-majorty"),
        (0, "positions[1].actor", "no actor is called 'allies-majorty'", "did you mean 'allies-majority'?"),
    ),
    "unknown key in a question": (
        ("questions/nmi-end.yaml", "    salience: [0.6", "    saliense: [0.6"),
        (0, "positions[0].saliense", "no key is called 'saliense' here", "did you mean 'salience'?"),
    ),
    "YAML that does not parse": (
        ("questions/nmi-end.yaml", "[0, 7, 10]", "[0, 7, 10"),
        (1, None, "this is not YAML", "look for a bracket"),
    ),
    "id other than the file": (
        ("questions/nmi-end.yaml", "id: nmi-end", "id: nmi-and"),
        (0, "id", "is not the file's name", "write id: nmi-end"),
    ),
    "step with unknown site": (
        ("options/nmi-drawdown-2026.yaml", "closes: [nmi-baghdad", "closes: [nmi-bagdad"),
        (0, "options[0].steps[0].closes", "no site is called 'nmi-bagdad'", "did you mean 'nmi-baghdad'?"),
    ),
    "effect of an unknown option": (
        ("options/us-posture-2020.yaml", "option: separation,", "option: seperation,"),
        (0, "effects[2].option", "no option is called 'seperation'", "did you mean 'separation'?"),
    ),
    "effect on an unknown criterion": (
        ("options/us-posture-2020.yaml", "criterion: is-violence", "criterion: violence"),
        (0, "effects[3].criterion", "no criterion is called 'violence'", "did you mean 'is-violence'?"),
    ),
    "effect with an unknown uncertainty": (
        ("options/us-posture-2020.yaml", "falls_with: host-will", "falls_with: host-wil"),
        (0, "effects[1].falls_with", "no uncertainty is called 'host-wil'", "did you mean 'host-will'?"),
    ),
    "unknown key in case.toml": (
        ("case.toml", "thresholds =", "treshold ="),
        (0, "treshold", "no key is called 'treshold' here", "did you mean 'thresholds'?"),
    ),
    "unknown key in a section": (
        ("case.toml", "lead =", "laed ="),
        (0, "replay.laed", "no key is called 'laed' here", "did you mean 'lead'?"),
    ),
    "unknown target": (
        ("case.toml", '"deaths_all"', '"deaths_al"'),
        (0, "target", "'deaths_al' is not one of those possible", "did you mean 'deaths_all'?"),
    ),
    "thresholds that do not rise": (
        ("case.toml", "[25, 100, 300, 1000]", "[100, 25]"),
        (0, "thresholds", "does not rise", "write [25, 100]"),
    ),
    "window too far": (
        ("case.toml", "[1, 3, 6, 12]", "[1, 48]"),
        (0, "windows[1]", "'48' is not possible here", "at most 36"),
    ),
    "horizon too far": (("case.toml", '"1-14"', '"1-48"'), (0, "horizons", "horizon 37 is not", "1 to 36")),
    "impossible origin": (
        ("case.toml", "2013-06..2014-05", "2013-16..2014-05"),
        (0, "replay.origins", "'2013-16' is not a month", "as in 2013-12"),
    ),
    "lead outside the origins": (
        ("case.toml", 'lead = "2014-05"', 'lead = "2014-06"'),
        (0, "replay.lead", "2014-06 is not among the origins", "add it to origins"),
    ),
    "events file that is not there": (
        ("case.toml", '["starter"]', '["ged.csv"]'),
        (0, "data.events", "the file 'ged.csv' is not there", "put the file into the case folder"),
    ),
    "outlines that are not there": (
        ("case.toml", "[data]\n", '[data]\noutlines = "a.geojson"\n'),
        (1, "data.outlines", "the file 'a.geojson' is not there", "put the file into the case folder"),
    ),
    "watched province that is none": (
        ("case.toml", 'Ninewa = "2014-06"', 'Ninawa = "2014-06"'),
        (0, "replay.watched.Ninawa", "no province is called 'Ninawa'", "did you mean 'Ninewa'?"),
    ),
    "watched in no month": (
        ("case.toml", 'Ninewa = "2014-06"', 'Ninewa = "June"'),
        (0, "replay.watched.Ninewa", "'June' is not a month", "as in 2013-12"),
    ),
    "TOML that does not parse": (
        ("case.toml", 'title = "Iraq and', "title = Iraq and"),
        (0, None, "this is not TOML", "put text in quotes"),
    ),
}


def faults(folder: Path) -> list[Finding]:
    return [finding for finding in check_case(folder) if finding.severity == "fault"]


@pytest.mark.parametrize("what", EDITS)
def test_a_broken_place_is_named_with_its_mend(what: str, folder: Path, edit: Edit) -> None:
    (file, old, new), (below, column, problem, mend) = EDITS[what]
    row = edit(file, old, new) + below
    found = [f for f in faults(folder) if (f.file, f.row, f.column) == (file, row, column)]
    assert found, faults(folder)
    assert any(problem in f.problem and mend in f.mend for f in found), found
    with pytest.raises(CaseProblem, match="fault"):
        read_case(folder)


BYTES = {
    "empty file": (b"", None, "the file is empty", "write the header: date,what,kind"),
    "only blanks": (b"\n \n", None, "the file is empty", "write the header"),
    "only empty cells": (b",,\n,,\n", None, "the file is empty", "write the header"),
    "Latin-1": (b"date,what\n2026,caf\xe9\n", 2, "not UTF-8 text (byte 0xe9)", "save the table again as 'CSV UTF-8'"),
    "UTF-16": ("date,what\n2026,a".encode("utf-16"), None, "UTF-16", "save the table again as 'CSV UTF-8'"),
    "workbook named csv": (b"PK\x03\x04abc", None, "a workbook or zip file, not CSV", "as .xlsx"),
    "PDF": (b"%PDF-1.7 abc", None, "a PDF, not CSV", "save the table again"),
    "web page": (b"<!doctype html><p>", None, "a web page or JSON, not CSV", "put the table itself here"),
    "null bytes": (b"date\x00what", None, "not UTF-8 text", "save the table again"),
}


@pytest.mark.parametrize("what", BYTES)
def test_a_file_of_another_kind_is_named_with_its_mend(what: str, folder: Path) -> None:
    raw, row, problem, mend = BYTES[what]
    (folder / "calendar.csv").write_bytes(raw)
    (found,) = faults(folder)
    assert (found.file, found.row, found.column) == ("calendar.csv", row, None)
    assert problem in found.problem
    assert mend in found.mend


def test_a_missing_column_is_named_with_the_one_that_looks_like_it(folder: Path, edit: Edit) -> None:
    edit("calendar.csv", "date,what", "date,waht")
    found = {f.column: f for f in faults(folder)}
    assert set(found) == {"waht", "what"}, "the column is named once, and not again for each row"
    assert (found["what"].row, found["what"].problem) == (1, "the column 'what' is missing")
    assert found["what"].mend == "rename 'waht' to 'what'"


def test_an_observation_without_source_is_a_fault_even_as_judgement(folder: Path) -> None:
    header = (folder / "observations.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "observations.csv").write_text(f"{header}\nind-1,,2020,3,,,,judgement,,\nind-9,,2020,3,4,,bic,stated,,\n")
    found = faults(folder)
    assert [(f.row, f.column) for f in found] == [(2, "source_id"), (3, "indicator_id"), (3, "low")]
    assert "fill source_id" in found[0].mend
    assert "did you mean 'ind-" in found[1].mend
    assert "mend one of the two" in found[2].mend


def test_a_site_abroad_is_a_fault_and_one_without_outline_is_not(folder: Path) -> None:
    def inside(country: str, lat: float, _lon: float, margin_km: float) -> bool | None:
        assert margin_km > 0
        return lat > 33.2 if country == "IRQ" else None

    (folder / "candidates.csv").unlink()
    found = [f for f in check_case(folder, known=Known(inside=inside)) if f.severity == "fault"]
    assert [(f.file, f.row, f.column) for f in found] == [("sites.csv", 7, "lat")]
    assert "lies outside IRQ" in found[0].problem
    assert "exchanged" in found[0].mend
    assert any("not compared with outlines" in f.problem for f in check_case(folder)), "left out, and said so"


def test_a_country_that_does_not_exist_is_a_fault_where_countries_are_known(folder: Path, edit: Edit) -> None:
    row = edit("case.toml", '["IRQ"]', '["IRK"]')
    found = [
        f
        for f in check_case(folder, known=Known(countries=["IRQ", "LBN", "SYR", "XKX"]))
        if f.severity == "fault" and f.file == "case.toml"
    ]
    assert [(f.file, f.row, f.column) for f in found] == [("case.toml", row, "areas.countries")]
    assert "did you mean 'IRQ'?" in found[0].mend
    assert {f.file for f in faults(folder)} == {"options/nmi-drawdown-2026.yaml", "options/us-posture-2020.yaml"}, (
        "without a list of countries nothing can be said of the settings; what is watched lies outside them"
    )


def test_unused_and_unknown_are_notes_and_not_faults(folder: Path) -> None:
    notes = {(f.file, f.row, f.column) for f in check_case(folder)}
    assert ("indicators.csv", 2, "target") in notes
    assert ("actors.csv", 9, "actor_id") in notes, "an actor nobody names"
    assert faults(folder) == []


def test_the_same_row_twice_is_a_fault(folder: Path) -> None:
    path = folder / "alignments.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[2]]) + "\n", encoding="utf-8")
    (found,) = faults(folder)
    assert (found.file, found.row, found.problem) == ("alignments.csv", 7, "the row is the same as row 3")


def test_every_fault_is_listed_not_only_the_first(folder: Path, edit: Edit) -> None:
    edit("sites.csv", "33.303,44.387", "333,444")
    edit("sites.csv", "2004,2011-12-31", "2014,2011-12-31")
    edit("missions.csv", ",2500,", ",many,")
    edit("case.toml", '"admin1"', '"province"')
    edit("questions/kfor-future.yaml", "[0, 10, 40]", "[0, 10, 400]")
    places = [f.place for f in faults(folder)]
    assert places == [
        "case.toml, line 6, key level", "missions.csv, row 6, column personnel",
        "questions/kfor-future.yaml, line 21, key positions[0].position",
        "sites.csv, row 2, column end", "sites.csv, row 2, column lat", "sites.csv, row 2, column lon",
    ]  # fmt: skip
    with pytest.raises(CaseProblem) as problem:
        read_case(folder)
    assert all(place in str(problem.value) for place in places)
    assert "6 faults" in str(problem.value)


def test_a_row_with_another_fault_still_gives_its_id(folder: Path, edit: Edit) -> None:
    edit("missions.csv", "NATO Mission Iraq,nato,IRQ", "NATO Mission Iraq,nato,Iraq")
    assert {f.file for f in faults(folder)} == {"missions.csv"}, "no cascade into every table that names it"


def test_a_file_that_is_no_table_is_named(folder: Path) -> None:
    (folder / "site.csv").write_text("a,b\n", encoding="utf-8")
    (folder / "budget.csv").write_text("a,b\n", encoding="utf-8")
    by_file = {f.file: f for f in check_case(folder)}
    assert (by_file["site.csv"].severity, by_file["site.csv"].mend) == ("fault", "did you mean sites.csv?")
    assert by_file["budget.csv"].severity == "note"


def test_a_table_twice_is_a_fault(folder: Path) -> None:
    (folder / "sites.xlsx").write_bytes(b"")
    found = {f.file: f for f in faults(folder)}
    assert found["sites.xlsx"].mend == "keep one of the two files"


def test_a_folder_without_case_toml_is_no_case(tmp_path: Path) -> None:
    (found,) = check_case(tmp_path)
    assert (found.file, found.severity) == ("case.toml", "fault")
    assert "tocsin new NAME" in found.mend
