from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tocsin.api.transfer import past_missions, transfer_case
from tocsin.case import read_case
from tocsin.case.assessed_rows import Condition, Precondition
from tocsin.case.cells import Basis
from tocsin.cli.app import run
from tocsin.errors import InputError, OutOfRange, UnknownName
from tocsin.mission.gower import gower
from tocsin.mission.situation import DEATHS, VARIABLES, situations
from tocsin.mission.transfer import PastMission, PastMissions, compare

if TYPE_CHECKING:
    from pathlib import Path


def precondition(name: str, kind: str = "precondition", mission: str = "m") -> Precondition:
    return Precondition.model_validate(
        {"precondition_id": name, "mission_id": mission, "kind": kind, "statement": name, "basis": Basis.JUDGEMENT}
    )


def condition(country: str, name: str, state: str) -> Condition:
    return Condition.model_validate(
        {"country": country, "precondition_id": name, "state": state, "source_id": "s", "basis": Basis.STATED}
    )


def test_vetoes_stand_first_and_what_nobody_says_is_unknown() -> None:
    held = compare(
        [precondition("money"), precondition("consent", "veto"), precondition("other", mission="n")],
        [condition("IRQ", "money", "met"), condition("IRQ", "consent", "met")],
        mission="m", origin="IRQ", target="LBN",
    )  # fmt: skip
    assert [h.precondition_id for h in held] == ["consent", "money"]
    assert [h.target.state for h in held] == ["unknown", "unknown"]
    assert held[0].says.startswith("open veto")
    assert held[0].target.findings == ()
    assert held[0].origin.findings[0].source_id == "s"


@pytest.mark.parametrize(
    ("kind", "state", "says"),
    [
        ("veto", "unmet", "nothing compensates it"),
        ("veto", "unknown", "open veto"),
        ("veto", "met", "holds at the target"),
        ("precondition", "unmet", "does not hold at the target"),
        ("precondition", "unknown", "open: nobody says"),
    ],
)
def test_what_follows_from_a_state(kind: str, state: str, says: str) -> None:
    held = compare(
        [precondition("a", kind)], [condition("LBN", "a", state)], mission="m", origin="IRQ", target="LBN"
    )  # fmt: skip
    assert says in held[0].says
    assert held[0].target.state == state


def test_sources_that_differ_stand_side_by_side() -> None:
    rows = [condition("LBN", "a", "met"), condition("LBN", "a", "unmet"), condition("LBN", "a", "unknown")]
    held = compare([precondition("a", "veto")], rows, mission="m", origin="IRQ", target="LBN")
    assert held[0].target.state == "disputed"
    assert [f.state for f in held[0].target.findings] == ["met", "unmet", "unknown"]
    assert "open" in held[0].says


def test_the_origin_is_no_target() -> None:
    with pytest.raises(InputError, match="already is"):
        compare([], [], mission="m", origin="IRQ", target="IRQ")


def test_gower_by_hand_with_gaps_counted() -> None:
    nan = float("nan")
    found = gower([[1.0, nan, 5.0]], [[0.0, 2.0, 5.0], [4.0, 3.0, nan], [nan, nan, nan]])
    np.testing.assert_allclose(found.distance, [[0.25, 0.75, nan]])  # the third variable does not vary
    assert found.compared.tolist() == [[1, 1, 0]]


def test_gower_refuses_tables_of_other_variables() -> None:
    with pytest.raises(InputError, match="cannot be compared"):
        gower([[1.0]], [[1.0, 2.0]])


@given(arrays(np.float64, (6, 3), elements=st.floats(-1e6, 1e6)))
def test_gower_is_symmetric_bounded_and_zero_to_itself(cases: np.ndarray) -> None:
    apart = gower(cases, cases).distance
    known = ~np.isnan(apart)
    np.testing.assert_allclose(apart, apart.T)
    assert (apart[known] >= 0).all()
    assert (apart[known] <= 1 + 1e-9).all()
    assert np.diag(apart)[np.diag(known)].sum() == 0


def test_situations_see_nothing_from_the_start_on() -> None:
    deaths = pl.DataFrame({
        "gwcode": [1] * 4, "year": [2003, 2004, 2009, 2010], "deaths_sb_best": [99, 10, 20, 9999],
        "deaths_ns_best": [0] * 4, "deaths_os_best": [0] * 4,
    })  # fmt: skip
    drivers = pl.DataFrame({
        "gwcode": [1] * 3, "year": [1998, 2008, 2009],
        **{c: [1.0, 3.0, 50.0] for c in ("gm_male_population_with_projections", "gm_female_population_with_projections",
           "gm_gdppercapita_us_inflation_adjusted", "gm_under_five_mortality_from_cme_per_1000_born",
           "gm_population_growth_annual_percent", "gm_urban_population_percent_of_total", "gm_median_age_years",
           "wgi_pv", "gm_military_expenditure_percent_of_gdp")}, "wgi_ge": [2.0, None, 7.0],
    })  # fmt: skip
    found = situations([(1, 2010), (2, 2010)], country_year=deaths, drivers=drivers)
    assert found[0, VARIABLES.index(DEATHS)] == pytest.approx(np.log1p(20))
    assert found[0, VARIABLES.index("median age, years")] == 3
    assert np.isnan(found[0, VARIABLES.index("government effectiveness (WGI)")]), "a figure of 1998 is too old"
    assert np.isnan(found[1]).all()
    earlier = situations([(1, 2009)], country_year=deaths, drivers=drivers)
    assert earlier[0, VARIABLES.index(DEATHS)] == pytest.approx(np.log1p(10))
    assert earlier[0, VARIABLES.index("government effectiveness (WGI)")] == 2


def class_of(outcomes: list[bool], situation: list[float]) -> PastMissions:
    missions = tuple(PastMission(f"m{i}", f"c{i}", i, 2000, 2005, 1.0, worse) for i, worse in enumerate(outcomes))
    table = np.full((len(outcomes), len(VARIABLES)), np.nan)
    table[:, 0] = situation
    return PastMissions(missions, table)


def test_likeness_that_foretells_is_found() -> None:
    past = class_of([i >= 10 for i in range(20)], [float(i + 20 * (i >= 10)) for i in range(20)])
    check = past.check(nearest=3)
    assert check.brier < check.brier_base
    assert check.auc == 1
    assert check.p < 0.01
    assert "hint" in check.says


def test_likeness_that_misleads_is_said_to() -> None:
    past = class_of([i % 2 == 0 for i in range(20)], [float(i) for i in range(20)])
    check = past.check(nearest=2)
    assert check.brier > check.brier_base
    assert "foretells nothing" in check.says
    assert check.p > 0.5


def test_shuffles_are_repeatable_and_hold_their_level() -> None:
    rng = np.random.default_rng(5)
    ps = [class_of(list(rng.random(20) < 0.4), list(rng.random(20))).check(nearest=3, shuffles=99).p for _ in range(60)]
    assert sum(p <= 0.1 for p in ps) <= 14
    assert past_missions().check(seed=3) == past_missions().check(seed=3)


def test_too_few_outcomes_are_not_checked() -> None:
    with pytest.raises(OutOfRange, match="too few"):
        class_of([True] * 5, [1.0, 2, 3, 4, 5]).check()


def test_a_place_far_away_is_outside_the_cases() -> None:
    past = class_of([i % 2 == 0 for i in range(12)], [float(i) for i in range(12)])
    near, far = (
        past.like(np.array([at] + [np.nan] * 9), country="AAA", gwcode=-1, year=2025, nearest=3) for at in (5.0, 90.0)
    )
    assert (near.outside, far.outside) == (False, True)
    assert near.not_worse.n == 3
    assert near.nearest[0].left_out == 9
    own = past.like(np.array([5.0] + [np.nan] * 9), country="AAA", gwcode=5, year=2025, nearest=3)
    assert [n.past.mission for n in own.same_country] == ["m5"]
    assert "m5" not in [n.past.mission for n in own.nearest]
    blank = past.like(np.full(10, np.nan), country="AAA", gwcode=-1, year=2025, nearest=3)
    assert (blank.nearest, blank.outside, blank.not_worse.share) == ((), None, None)


def test_as_shipped_likeness_fails_and_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["transfer", "--case", "iraq", "--mission", "nmi", "--to", "LBN", "--to", "SYR"]) == 0
    said = capsys.readouterr().out
    assert "Brier 0.221 against 0.196" in said
    assert "likeness foretells nothing here" in said
    assert said.index("Lebanon" if "Lebanon" in said else "in LBN") < said.index("in SYR")
    assert "score" not in said.replace("Brier score", "")


def test_a_country_of_the_class_is_kept_apart() -> None:
    done = transfer_case(read_case("iraq"), mission="nmi", to=["SYR"])
    like = done.targets[0].likeness
    assert like is not None
    assert [near.past.mission for near in like.same_country] == ["UNSMIS"]
    assert "Syria" not in [near.past.country for near in like.nearest]


def test_serbia_has_figures_under_the_number_of_yugoslavia() -> None:
    like = transfer_case(read_case("iraq"), mission="nmi", to=["SRB"]).targets[0].likeness
    assert like is not None
    assert None not in like.values


def test_no_preconditions_are_said_and_cases_still_shown() -> None:
    target = transfer_case(read_case("iraq"), mission="euam", to=["LBN"]).targets[0]
    assert target.preconditions == ()
    assert "no preconditions of euam" in target.notes[0]
    assert target.likeness is not None
    assert len(target.likeness.nearest) == 5


def test_a_field_removed_is_unknown(tmp_path: Path) -> None:
    assert run(["new", "mine", "--from", "iraq", "--path", str(tmp_path / "mine")]) == 0
    file = tmp_path / "mine" / "conditions.csv"
    text = file.read_text(encoding="utf-8")
    assert "LBN,counterpart,met" in text
    file.write_text(text.replace("LBN,counterpart,met", "LBN,counterpart,"), encoding="utf-8")
    held = transfer_case(read_case(str(tmp_path / "mine")), mission="nmi", to=["LBN"]).targets[0].preconditions
    assert {h.target.state for h in held if h.precondition_id == "counterpart"} == {"unknown"}


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--mission", "nmy", "--to", "LBN"], "no mission is called 'nmy'"),
        (["--mission", "nmi", "--to", "LBX"], "no country (ISO3) is called 'LBX'"),
        (["--mission", "nmi", "--to", "IRQ"], "IRQ is where the mission already is"),
        (["--mission", "nmi", "--to", "LBN", "--nearest", "0"], "0 nearest cases cannot be named"),
        (["--mission", "nmi", "--to", "LBN", "--year", "1900"], "say --year from 1990 to 2029"),
        (["--mission", "nmi", "--to", "LBN", "--year", "2060"], "no figures are known before a start in 2060"),
    ],
)
def test_bad_lines_are_refused(argv: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["transfer", "--case", "iraq", *argv]) == 2
    assert words in capsys.readouterr().err


def test_no_target_and_no_host_are_refused() -> None:
    case = read_case("iraq")
    assert [t.country for t in transfer_case(case).targets] == ["LBN", "SYR"], "those the case compares with"
    alone = dataclasses.replace(case, settings=case.settings.model_copy(update={"mission": None}))
    with pytest.raises(InputError, match="no country to compare with"):
        transfer_case(alone, mission="nmi", to=[])
    with pytest.raises(UnknownName, match="nobody"):
        transfer_case(case, mission="nobody", to=["LBN"])


def test_a_country_without_figures_has_nothing_to_compare(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["transfer", "--case", "iraq", "--mission", "nmi", "--to", "PLW", "--year", "1991"]) == 0
    said = capsys.readouterr().out
    assert "no past mission can be compared" in said
    assert "0 of 0" not in said


def test_json_has_no_score_and_keeps_the_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["transfer", "--case", "iraq", "--mission", "nmi", "--to", "SYR", "--to", "LBN", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [t["country"] for t in said["targets"]] == ["SYR", "LBN"]
    assert not {key for t in said["targets"] for key in t} & {"score", "rank"}
