"""Where sites would reach most, in a made-up land and in the Iraq case: consent, battles, and what is not known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest

from tocsin.api.siting import places_of, siting_case
from tocsin.assess.siting import SitingMeasure
from tocsin.case import read_case
from tocsin.case.assessed_rows import Candidate, Consent, Security
from tocsin.case.cells import Basis
from tocsin.cli.app import run
from tocsin.errors import OutOfRange, UnknownName
from tocsin.mission.incidents import incidents_of_points
from tocsin.mission.need_points import NeedPoints, need_of_incidents
from tocsin.mission.siting import Objective, Place, Siting, State, siting
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from pathlib import Path

TOWNS = {"North": 10.0, "Middle": 5.0, "South": 0.0}
MONTHS = 6


def points(rows: list[tuple[str, int, int]]) -> pl.DataFrame:
    """Events of the land by town, month (1 to 6) and deaths; low is one less, high one more."""
    return pl.DataFrame([
        {
            "country": "XXX", "admin1": town, "month_id": 400 + month, "violence": "sb", "where_precision": 1,
            "events": 1, "deaths_low": deaths - 1, "deaths_best": deaths, "deaths_high": deaths + 1,
            "deaths_civilians": 0, "mid_lat": TOWNS[town], "mid_lon": 20.0,
        }
        for town, month, deaths in rows
    ])  # fmt: skip


def land(rows: list[tuple[str, int, int]]) -> NeedPoints:
    incidents = incidents_of_points(points(rows), countries=["XXX"], first=Month(401), last=Month(400 + MONTHS))
    return need_of_incidents(incidents, measure="deaths_best")


def place(name: str, consent: State = State.GOOD, security: State = State.GOOD) -> Place:
    return Place(name.lower(), name, name, TOWNS[name], 20.0, consent, security, of_case=True)


def asked(need: NeedPoints, places: list[Place], **change: Any) -> Siting:
    none = np.zeros((0, 3))
    ask: dict[str, Any] = {"present": none, "add": 1, "objective": Objective.COVERING, "reach_km": 50.0, **change}
    return siting(need, places=places, **ask)


BATTLE = [("North", 3, 90), ("North", 4, 60), *(("South", m, 12) for m in range(1, 7)), ("Middle", 2, 9)]
ALL = [place(name) for name in TOWNS]


def test_a_gain_that_is_one_battle_is_flagged_and_a_lasting_one_is_not() -> None:
    found = asked(land(BATTLE), ALL)
    assert found.battle is not None
    assert (found.battle.province, str(found.battle.first), str(found.battle.last)) == (
        "North",
        "2013-07",
        "2013-08",
    )
    assert found.battle.deaths == 150
    assert found.battle.share == pytest.approx(150 / 231)
    [north] = found.plans
    assert [s.name for s in north.sites] == ["North"]
    assert (north.gain, north.gain_low, north.gain_high, north.without_battle) == (150, 148, 152, 0)
    assert north.one_battle is True
    [south] = asked(land(BATTLE), [place("South")]).plans
    assert (south.gain, south.without_battle, south.one_battle) == (72, 72, False)


@pytest.mark.parametrize("objective", list(Objective))
def test_what_is_refused_never_passes_and_unknown_only_where_asked(objective: Objective) -> None:
    places = [
        place("North", consent=State.BAD), place("Middle", consent=State.UNKNOWN),
        place("South", security=State.UNKNOWN),
    ]  # fmt: skip
    strict = asked(land(BATTLE), places, objective=objective)
    assert strict.plans == ()
    assert strict.best is None
    assert [p.name for p in strict.refused] == ["North"]
    assert [p.name for p in strict.unrecorded] == ["Middle", "South"]
    [one] = asked(land(BATTLE), places, objective=objective, unknown_consent=True).plans
    assert ([p.name for p in one.sites], one.unrecorded) == (["Middle"], ("consent",))
    every = asked(land(BATTLE), places, objective=objective, unknown_consent=True, unknown_security=True, add=2)
    assert [[p.name for p in plan.sites] for plan in every.plans] == [["Middle", "South"]]
    assert every.plans[0].unrecorded == ("consent", "security")
    too_many = {"unknown_consent": True, "unknown_security": True, "add": 3}
    assert asked(land(BATTLE), places, objective=objective, **too_many).plans == ()


def test_present_sites_stay_and_only_what_is_new_is_a_gain() -> None:
    present = NeedPoints.vectors([TOWNS["North"]], [20.0])
    found = asked(land(BATTLE), ALL, present=present)
    assert found.now == 150
    [best] = found.plans[:1]
    assert ([s.name for s in best.sites], best.value, best.gain) == (["South"], 222, 72)
    mean = asked(land(BATTLE), ALL, present=present, objective=Objective.P_MEDIAN)
    assert mean.now is not None
    assert mean.plans[0].gain == pytest.approx(mean.now - mean.plans[0].value)
    assert asked(land(BATTLE), ALL, objective=Objective.P_MEDIAN).now is None
    assert asked(land(BATTLE), ALL, objective=Objective.P_MEDIAN).plans[0].gain is None


def test_plans_within_two_percent_are_all_there() -> None:
    near = [
        *(("North", m, 50) for m in range(1, 7)),
        *(("South", m, 49 + (m > 1)) for m in range(1, 7)),
        ("Middle", 1, 9),
    ]
    found = asked(land(near), ALL)
    assert [p.sites[0].name for p in found.plans] == ["North", "South"]
    assert found.plans[1].short == pytest.approx(1 / 300)
    assert found.in_every == ()
    assert {p.name for p in found.in_some} == {"North", "South"}
    assert found.more is False


def test_order_of_places_changes_nothing_and_more_sites_reach_no_less() -> None:
    there, back = asked(land(BATTLE), ALL), asked(land(BATTLE), ALL[::-1])
    assert there.plans == back.plans
    values = [asked(land(BATTLE), ALL, add=p).plans[0].value for p in (1, 2, 3)]
    assert values == sorted(values)
    assert values[-1] == there.total == 231


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"add": 0}, "adds 0 sites"),
        ({"reach_km": 0.0}, "reaches nothing"),
        ({"reach_km": np.nan}, "reaches nothing"),
        ({"seconds": 0.0}, "a time limit of 0 seconds"),
        ({"seconds": np.nan}, "a time limit of nan seconds"),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(OutOfRange, match=words):
        asked(land(BATTLE), ALL, **change)


def test_no_need_is_said_and_not_answered() -> None:
    with pytest.raises(OutOfRange, match="there is no need to reach"):
        asked(NeedPoints(NeedPoints.vectors([0.0], [0.0]), np.zeros(1)), ALL)


def window(**more: Any) -> dict[str, Any]:
    return {"mission": "nmi", "first": Month.of(2017, 1), "last": Month.of(2018, 12), **more}


def test_iraq_has_no_plan_since_nobody_recorded_consent() -> None:
    found = siting_case(read_case("iraq"), **window()).found
    assert found.plans == ()
    assert found.passing == ()
    assert {"Mosul", "Erbil"} <= {p.name for p in found.unrecorded}


def test_mosul_is_one_battle() -> None:
    done = siting_case(read_case("iraq"), **window(unknown_consent=True, unknown_security=True))
    assert [s.site_id for s in done.present] == ["nmi-baghdad", "nmi-besmaya", "nmi-taji"]
    best = done.found.plans[0]
    assert [s.name for s in best.sites] == ["Mosul"]
    assert best.one_battle is True
    assert done.found.now is not None
    assert done.found.now / done.found.total == pytest.approx(0.035, abs=0.005)
    assert best.value / done.found.total == pytest.approx(0.62, abs=0.005)


@pytest.mark.data
def test_from_the_event_file_the_shares_are_exact(shared_data: Path) -> None:
    files = sorted((shared_data / "events").glob("*iraq*"))
    if not files:
        pytest.skip("the event file of Iraq is not in the publishers' files")
    done = siting_case(read_case("iraq"), **window(unknown_consent=True, unknown_security=True, events=files[0]))
    assert done.found.now is not None
    assert round(100 * done.found.now / done.found.total, 1) == 3.5
    assert round(100 * done.found.plans[0].value / done.found.total) == 62
    assert done.found.plans[0].one_battle is True


def test_a_place_with_consent_and_security_passes_by_the_table_alone() -> None:
    case = read_case("iraq")
    kirkuk = Candidate(
        candidate_id="kirkuk", name="Kirkuk", province="Kirkuk", lat=35.47, lon=44.39, consent=Consent.GIVEN,
        security=Security.ACCEPTABLE, basis=Basis.JUDGEMENT,
    )  # fmt: skip
    refused = replace(case, candidates=(kirkuk, kirkuk.model_copy(update={"name": "Mosul", "consent": Consent.REFUSED,
                                                                           "lat": 36.34, "lon": 43.13})))  # fmt: skip
    found = siting_case(refused, **window(unknown_consent=True, unknown_security=True)).found
    assert "Mosul" in {p.name for p in found.refused}
    assert not any(p.name == "Mosul" for plan in found.plans for p in plan.sites)
    strict = siting_case(refused, **window()).found
    assert [[p.name for p in plan.sites] for plan in strict.plans] == [["Kirkuk"]]
    assert strict.plans[0].unrecorded == ()


def test_listed_towns_that_the_table_names_stand_once() -> None:
    names = [p.name for p in places_of(read_case("iraq"))]
    assert names.count("Mosul") == 1
    assert "Al Mawşil al Jadīdah" not in names
    assert "Nasiriyah" in names
    assert all(p.consent is p.security is State.UNKNOWN for p in places_of(read_case("iraq")) if not p.of_case)


def test_population_has_no_months_and_no_battle() -> None:
    done = siting_case(
        read_case("iraq"), mission="nmi", measure=SitingMeasure.POPULATION, unknown_consent=True, unknown_security=True
    )
    assert done.window is None
    assert done.found.battle is None
    assert done.found.plans[0].one_battle is None
    assert done.found.plans[0].gain_low is None


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(UnknownName, match="no mission is called 'nmy'"):
        siting_case(read_case("iraq"), mission="nmy")
    with pytest.raises(OutOfRange, match="no location precision of 9"):
        siting_case(read_case("iraq"), mission="nmi", where_precision=9)
    with pytest.raises(OutOfRange, match="the window 2030-01 to 2030-12"):
        siting_case(read_case("iraq"), mission="nmi", first=Month.of(2030, 1), last=Month.of(2030, 12))


def test_the_command_says_plainly_why_there_is_no_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["siting", "--case", "iraq", "--mission", "nmi", "--add", "1", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["plans"] == []
    assert said["proven"] is None
    assert len(said["unrecorded"]) > 10
    assert run(["siting", "--case", "iraq", "--mission", "nmi"]) == 0
    words = capsys.readouterr().out
    assert "There is no plan: 0 of" in words
    assert "Not known, the consent at: Mosul" in words


def test_more_sites_than_places_is_said_with_how_many_pass(capsys: pytest.CaptureFixture[str]) -> None:
    anything = ["--consent", "any", "--security", "any"]
    assert run(["siting", "--case", "iraq", "--mission", "nmi", "--add", "500", *anything]) == 0
    assert "Ask for no more than pass, as in --add" in capsys.readouterr().out


def test_the_command_shows_places_to_a_tenth_and_what_they_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    asked_for = ["siting", "--case", "iraq", "--mission", "nmi", "--from", "2017-01", "--to", "2018-12",
                 "--measure", "deaths_best", "--consent", "any", "--security", "any"]  # fmt: skip
    assert run([*asked_for, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    site = said["plans"][0]["sites"][0]
    assert (site["name"], site["lat"], site["lon"]) == ("Mosul", 36.3, 43.1)
    assert said["plans"][0]["rests_on_unknown"] == ["consent", "security"]
    assert any("that nobody has recorded" in line for line in said["said"])
    assert any(line.startswith("One battle:") for line in said["said"])
    assert run(asked_for) == 0
    assert "36.3" in capsys.readouterr().out
