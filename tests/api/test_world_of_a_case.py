"""What a case is computed from: the provinces that ship, and files of one's own."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from shapely.geometry import box, mapping
from tests.api.iraq_case import iraq_provinces, small_case

from tocsin.api.study import replay_case
from tocsin.api.world import countries_all, provinces_of
from tocsin.case import read_case, write_case
from tocsin.errors import CaseProblem
from tocsin.sources.ged_layouts import RELEASE_COLUMNS
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case

EVENT = {
    "relid": "YEM-1", "code_status": "Clear", "type_of_violence": "1", "conflict_name": "Made up", "side_a": "Us",
    "side_b": "Them", "number_of_sources": "1", "where_prec": "1", "latitude": "1.0", "longitude": "1.0",
    "priogrid_gid": "130683", "country": "Yemen (North Yemen)", "country_id": "678", "region": "Middle East",
    "event_clarity": "1", "date_prec": "1", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "0",
    "deaths_unknown": "0",
}  # fmt: skip
NORTH, SOUTH, ISLAND = box(0, 1, 2, 2), box(0, 0, 2, 1), box(9, 9, 10, 10)


def event(number: int, *, month: Month, province: str, deaths: int) -> dict[str, str]:
    day = f"{month}-15 00:00:00.000"
    counts = dict.fromkeys(("best", "high", "low", "deaths_a"), str(deaths))
    return (
        EVENT
        | {"id": str(number), "year": str(month.year), "adm_1": province, "date_start": day, "date_end": day}
        | counts
    )


def ged(path: Path, events: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, RELEASE_COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(events)


def outlines(path: Path) -> None:
    shapes = {"Northern": NORTH, "Southern": SOUTH, "Island": ISLAND}
    features = [{"type": "Feature", "properties": {"name": n}, "geometry": mapping(g)} for n, g in shapes.items()]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


@pytest.fixture(scope="module")
def own_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A country of one's own: three provinces, eight years, one of them without an event."""
    folder = write_case("made-up", tmp_path_factory.mktemp("own") / "case")
    first = Month.of(2010, 1)
    events = [
        event(2 * i + south + 1, month=first + i, province=f"{'Southern' if south else 'Northern'} province",
              deaths=(7 * i + 3 * south) % 50)
        for i in range(96) for south in (0, 1)
    ]  # fmt: skip
    events.append(event(999, month=first + 5, province="", deaths=77))
    events.append(event(1000, month=first, province="Elsewhere", deaths=5) | {"country": "Iraq", "country_id": "645"})
    ged(folder / "ged.csv", events)
    outlines(folder / "provinces.geojson")
    settings = (folder / "case.toml").read_text(encoding="utf-8")
    for old, new in (
        ('level = "country"', 'level = "admin1"'), ('countries = ["IRQ"]', 'countries = ["YEM"]'),
        ('events = ["starter"]', 'events = ["ged.csv"]\noutlines = "provinces.geojson"'),
    ):  # fmt: skip
        assert old in settings
        settings = settings.replace(old, new)
    (folder / "case.toml").write_text(settings, encoding="utf-8")
    return read_case(folder)


def test_the_provinces_that_ship_are_eighteen_and_deaths_without_one_stand_apart() -> None:
    world = iraq_provinces()
    history = world.as_known_on(Month.of(2014, 5))
    assert len(history.areas) == len(world.shapes) == 18
    assert set(history.areas) == set(world.shapes)
    assert not any("unknown" in area for area in history.areas)
    apart = world.panel.unknown_deaths(target=world.target, origin=Month.of(2014, 5))
    assert [area for area in apart if area.startswith("IRQ/")] == list(apart)
    assert sum(apart.values()) > 0


def test_neighbours_are_those_checked_by_hand_and_not_those_of_the_drawing() -> None:
    near = iraq_provinces().neighbours
    assert near is not None
    assert "IRQ/Salah al-Din" in near.of("IRQ/Baghdad")
    assert "IRQ/Anbar" not in near.of("IRQ/Diyala")


def test_every_province_has_a_name_a_flag_and_a_source() -> None:
    world = iraq_provinces()
    sight = world.sight(Month.of(2014, 5))
    assert set(world.shapes) <= set(sight)
    assert world.names["IRQ/Ninewa"] == "Ninewa"
    assert all(card.licence and card.citation for card in world.cards)


def test_the_history_ends_at_its_origin() -> None:
    origin = Month.of(2014, 5)
    history = iraq_provinces().as_known_on(origin)
    assert history.origin == origin
    truth = iraq_provinces().truth()
    assert truth.origin > origin
    assert truth.areas == history.areas


def test_a_country_that_does_not_ship_is_refused_with_what_does() -> None:
    case = small_case()
    areas = case.settings.areas.model_copy(update={"countries": ("IRQ", "MLI")})
    with pytest.raises(CaseProblem, match="no events of MLI") as caught:
        provinces_of(replace(case, settings=case.settings.model_copy(update={"areas": areas})))
    assert caught.value.where.field == "data.events"
    assert "IRQ" in str(caught.value.hint)


def test_all_countries_have_names_and_end_in_one_month() -> None:
    world = countries_all()
    history = world.truth()
    assert history.target == "deaths_all"
    assert history.origin == world.panel.last
    assert len(history.here) > 150
    assert history.names[history.areas.index("IRQ")] == "Iraq"
    assert "SYR" in {history.areas[i] for i in history.neighbours[history.areas.index("IRQ")]}


def test_files_of_ones_own_give_provinces_neighbours_and_outlines(own_case: Case) -> None:
    world = provinces_of(own_case)
    history = world.truth()
    assert set(history.areas) == set(world.shapes) == {"YEM/Northern", "YEM/Southern", "YEM/Island"}
    row = dict(zip(history.areas, history.deaths.tolist(), strict=True))
    assert row["YEM/Northern"] == [(7 * i) % 50 for i in range(96)]
    assert row["YEM/Southern"] == [(7 * i + 3) % 50 for i in range(96)]
    assert world.neighbours is not None
    assert world.neighbours.of("YEM/Northern") == {"YEM/Southern"}
    assert world.neighbours.of("YEM/Island") == frozenset()


def test_a_province_without_an_event_is_at_peace_and_not_missing(own_case: Case) -> None:
    history = provinces_of(own_case).truth()
    island = history.areas.index("YEM/Island")
    assert not history.deaths[island].any()
    assert history.present[island].all()


def test_deaths_without_a_province_are_counted_apart_and_other_countries_left_out(own_case: Case) -> None:
    world = provinces_of(own_case)
    apart = world.panel.unknown_deaths(target="deaths_all", origin=Month.of(2010, 12))
    assert sum(apart.values()) == 77
    assert not any(area.startswith("IRQ") for area in world.panel.areas["area"])


def test_a_case_of_ones_own_can_be_replayed(own_case: Case) -> None:
    done = replay_case(own_case, origin=Month.of(2016, 6), within=3, draws=20, seed=1)
    assert {w.name for w in done.warnings} == {"Northern", "Southern", "Island"}
    north = done.came["YEM/Northern"]
    assert north.months == tuple((7 * i) % 50 for i in range(78, 81))
    assert next(w for w in done.warnings if w.name == "Island").p < 0.1


def test_files_that_hold_nothing_of_the_country_are_refused(own_case: Case) -> None:
    areas = own_case.settings.areas.model_copy(update={"countries": ("MLI",)})
    with pytest.raises(CaseProblem, match="no event of MLI") as caught:
        provinces_of(replace(own_case, settings=own_case.settings.model_copy(update={"areas": areas})))
    assert "IRQ, YEM" in str(caught.value.hint)


def test_outlines_may_spell_what_a_province_is(own_case: Case) -> None:
    path = own_case.folder / "provinces.geojson"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace('"Northern"', '"Northern province"'), encoding="utf-8")
        areas = set(provinces_of(own_case).truth().areas)
    finally:
        path.write_text(text, encoding="utf-8")
    assert areas == {"YEM/Northern", "YEM/Southern", "YEM/Island"}
