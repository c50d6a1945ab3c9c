"""A case given in Python is the case a folder gives."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.case import Known, case_of, check_case, check_case_of, read_case, resolve_case, settings_of, tables_of
from tocsin.case.assessed_rows import ConditionState, InstrumentKind
from tocsin.case.cells import Basis
from tocsin.case.tables import TABLES
from tocsin.errors import CaseProblem
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS: dict[str, Any] = {"title": "A", "level": "country", "areas": {"countries": ["IRQ"]}}
MISSION: dict[str, Any] = {"mission_id": "aid", "name": "Aid", "basis": "judgement"}


def test_what_a_case_says_goes_to_python_and_back() -> None:
    iraq = read_case("iraq")
    pages: dict[str, Any] = {"questions": iraq.questions, "choices": iraq.choices, "elicited": iraq.elicited}
    again = case_of(settings_of(iraq), tables_of(iraq), **pages)
    assert again == replace(iraq, folder=again.folder, documents=())
    assert settings_of(again) == settings_of(iraq)
    assert tables_of(again) == tables_of(iraq)


def test_the_case_that_ships_is_found_the_same_from_files_and_from_python() -> None:
    iraq = read_case("iraq")
    by_python = check_case_of(settings_of(iraq), tables_of(iraq), questions=iraq.questions, choices=iraq.choices)
    said = {
        (f.severity, f.file.removesuffix(".csv").removesuffix(".yaml"), f.column, f.problem) for f in check_case("iraq")
    }
    assert {(f.severity, f.file, f.column, f.problem) for f in by_python} == said
    assert said


def test_settings_are_taken_as_toml_gives_them() -> None:
    text = (resolve_case("iraq") / "case.toml").read_text(encoding="utf-8")
    iraq = read_case("iraq")
    assert case_of(tomllib.loads(text), tables_of(iraq)).settings == iraq.settings


def test_values_of_python_are_taken_as_they_are() -> None:
    case = case_of(
        SETTINGS | {"mission": {"missions": ["aid"], "window": [Month.of(2017, 1), Month.of(2017, 2)]}},
        {
            "missions": [
                {**MISSION, "start": date(2018, 3, 1), "end": datetime(2020, 1, 2, 3, tzinfo=UTC), "personnel": np.int64(5),
                 "depends_on": ("cover",), "purpose": None, "host": " IRQ "},
                {"mission_id": "cover", "name": "Cover", "basis": Basis.JUDGEMENT, "start": 2016, "depends_on": []},
            ],
            "sites": [{"site_id": "hq", "mission_id": "aid", "name": "HQ", "lat": np.float64(33.5), "lon": 44,
                       "basis": "judgement"}],
            "efforts": [{"mission_id": "aid", "line_of_effort": "all", "kind": "people", "best": "20",
                         "unit": "persons", "basis": "judgement; a guess"}],
            "drivers": [{"driver_id": "d", "name": "D", "kind": "structural", "basis": "judgement"}],
            "instruments": [{"driver_id": "d", "kind": InstrumentKind.LEGAL, "what": "a law", "basis": "judgement"}],
        },
    )  # fmt: skip
    aid, cover = case.missions
    assert (str(aid.start), str(aid.end), aid.personnel, aid.depends_on, aid.host) == (
        "2018-03-01", "2020-01-02", 5, ("cover",), "IRQ",
    )  # fmt: skip
    assert (str(cover.start), cover.depends_on, cover.personnel) == ("2016", (), None)
    assert (case.sites[0].lat, case.sites[0].lon, case.efforts[0].best) == (33.5, 44.0, 20.0)
    assert (case.efforts[0].note, case.instruments[0].kind) == ("a guess", "legal")
    assert case.settings.mission is not None
    assert case.settings.mission.window == (Month.of(2017, 1), Month.of(2017, 2))


@pytest.mark.parametrize("unknown", [None, "", "  ", [], ()], ids=["None", "empty", "blanks", "no list", "no tuple"])
def test_unknown_stays_unknown(unknown: object) -> None:
    case = case_of(SETTINGS, {"missions": [{**MISSION, "personnel": unknown, "depends_on": unknown}]})
    assert (case.missions[0].personnel, case.missions[0].depends_on, case.missions[0].end) == (None, (), None)
    rows = [{"country": "IRQ", "precondition_id": "p", "state": unknown, "basis": "judgement"}]
    held = [{"precondition_id": "p", "mission_id": "aid", "kind": "veto", "statement": "s", "basis": "judgement"}]
    case = case_of(SETTINGS, {"missions": [MISSION], "preconditions": held, "conditions": rows})
    assert case.conditions[0].state is ConditionState.UNKNOWN


def test_zero_is_no_unknown() -> None:
    assert case_of(SETTINGS, {"missions": [{**MISSION, "personnel": 0}]}).missions[0].personnel == 0


def test_a_case_takes_its_name_where_the_settings_give_none() -> None:
    assert case_of(SETTINGS, {}, name="sahel").settings.name == "sahel"
    assert case_of(SETTINGS | {"name": "own"}, {}, name="sahel").settings.name == "own"
    with pytest.raises(CaseProblem, match="the case sahel has 1 fault"):
        case_of(SETTINGS | {"level": "village"}, {}, name="sahel")


def test_rows_that_are_models_are_taken_as_they_are() -> None:
    iraq = read_case("iraq")
    tables: dict[str, Any] = tables_of(iraq) | {"missions": iraq.missions}
    assert case_of(settings_of(iraq), tables).missions == iraq.missions


def test_files_that_settings_name_are_looked_for_in_the_folder(tmp_path: Path) -> None:
    settings = SETTINGS | {"data": {"events": ["own.csv"]}}
    with pytest.raises(CaseProblem, match=r"settings, key data\.events: the file 'own\.csv' is not there"):
        case_of(settings, {}, folder=tmp_path)
    (tmp_path / "own.csv").write_text("", encoding="utf-8")
    assert case_of(settings, {}, folder=tmp_path).folder == tmp_path


def test_a_question_with_a_fault_is_named_by_its_id_and_key() -> None:
    question = {
        "id": "leave", "question": "When?", "scale": {"low": 0, "high": 10, "unit": "years"}, "rule": "consensus",
        "positions": [{"actor": "host", "position": [0, 5, 20], "salience": [0, 0.5, 1], "influence": [0, 0.5, 1],
                       "basis": "judgement"}],
    }  # fmt: skip
    found = [f for f in check_case_of(SETTINGS, {}, questions=[question, question]) if f.severity == "fault"]
    assert {(f.place, f.problem.split()[0]) for f in found} >= {
        ("questions/leave, key positions[0].position", "the"),
        ("questions/leave, key positions[0].actor", "no"),
        ("questions/leave, key id", "the"),
    }


def test_what_is_known_beyond_the_case_is_used() -> None:
    place = {"candidate_id": "c", "name": "C", "lat": 10, "lon": 10, "basis": "judgement"}
    assert case_of(SETTINGS, {"candidates": [place]}).candidates[0].lat == 10
    known = Known(inside=lambda *_: False, countries=("IRQ",))
    with pytest.raises(CaseProblem, match="the candidate 'C' lies outside IRQ"):
        case_of(SETTINGS, {"candidates": [place]}, known=known)


scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(), st.datetimes(), st.binary(max_size=4),
    st.sampled_from(["aid", "IRQ", "judgement", "2020", np.float64("nan"), np.array([1, 2]), object()]),
)  # fmt: skip
values = st.one_of(scalars, st.lists(scalars, max_size=3), st.dictionaries(st.text(max_size=3), scalars, max_size=2))


@st.composite
def some_tables(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Any values in the columns of some tables."""
    made: dict[str, list[dict[str, Any]]] = {}
    for name in draw(st.lists(st.sampled_from(sorted(TABLES)), unique=True, max_size=4)):
        columns = draw(st.lists(st.sampled_from(TABLES[name].columns), unique=True, min_size=1))
        made[name] = [{column: draw(values) for column in columns} for _ in range(draw(st.integers(1, 2)))]
    return made


@settings(max_examples=150, deadline=None)
@given(tables=some_tables())
def test_no_values_make_the_check_fail(tables: dict[str, list[dict[str, Any]]]) -> None:
    found = check_case_of(SETTINGS, tables, known=Known(inside=lambda *_: True, countries=("IRQ",)))
    assert all(f.problem and f.mend and f.file in {*TABLES, "settings"} for f in found)


@settings(max_examples=100, deadline=None)
@given(
    said=st.dictionaries(st.sampled_from(["name", "level", "areas", "mission", "thresholds", "x"]), values, min_size=1)
)
def test_no_values_of_the_settings_make_the_check_fail(said: dict[str, Any]) -> None:
    assert all(f.problem and f.mend for f in check_case_of(said, {}))
    with pytest.raises(CaseProblem):
        case_of(said, {})
