"""Parts of an edition: what is read off figures and draws, and what is never told."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import polars as pl
import pytest
import shapely

from tocsin.api.edition_parts import areas
from tocsin.api.edition_parts.ahead import read_off
from tocsin.api.edition_parts.areas import outlines
from tocsin.api.edition_parts.form import document, table
from tocsin.api.edition_parts.mission import mission_part
from tocsin.api.edition_parts.pages import _page, _parted
from tocsin.api.edition_parts.series import monthly, points_of, sides_of
from tocsin.api.edition_parts.sources import card_json, freshness
from tocsin.api.world import countries_all, provinces_of
from tocsin.case import read_case
from tocsin.case.folder import BUNDLED
from tocsin.forecast.forecast import Forecast
from tocsin.sources.reading import Card
from tocsin.sources.starter import starter_card, starter_table
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.api.edition_parts.found import Found


def test_points_are_no_finer_than_a_tenth_of_a_degree_and_a_month() -> None:
    points = points_of(["IRQ"])
    for name in ("lat", "lon"):
        assert (points[name] * 10 - (points[name] * 10).round()).abs().max() < 1e-9  # type: ignore[operator]
    assert points["month"].str.len_chars().unique().to_list() == [7]
    assert set(points.columns) == {"area_id", "month", "lat", "lon", "violence", "deaths_best", "events"}
    assert points.select("area_id", "month", "lat", "lon", "violence").is_duplicated().sum() == 0


def test_points_leave_out_places_known_no_better_than_to_the_province() -> None:
    shipped = starter_table("event_points").filter(pl.col("country") == "IRQ")
    placed = shipped.filter((pl.col("where_precision") <= 3) & pl.col("lat").is_not_null())
    assert 0 < placed["deaths_best"].sum() < shipped["deaths_best"].sum()
    assert points_of(["IRQ"])["deaths_best"].sum() == placed["deaths_best"].sum()


def test_sides_add_up_to_the_figures_that_ship() -> None:
    shipped = starter_table("event_sides").filter(pl.col("country") == "IRQ")
    assert sides_of(["IRQ"])["deaths_best"].sum() == shipped["deaths_best"].sum()
    assert set(sides_of(["SYR"])["area_id"].str.slice(0, 3)) == {"SYR"}


def test_a_series_holds_types_only_where_the_source_parts_them() -> None:
    provinces, countries = monthly(provinces_of(read_case("iraq")), "admin1"), monthly(countries_all(), "country")
    whole = provinces.select(pl.sum_horizontal("deaths_sb", "deaths_ns", "deaths_os"))["deaths_sb"]
    assert (whole == provinces["deaths"]).all()
    assert provinces["month"].max() == "2018-12"
    assert countries["deaths_sb"].null_count() == countries.height
    assert provinces.columns == countries.columns


def test_what_is_read_off_draws_worked_by_hand() -> None:
    draws = np.arange(0, 101, dtype=np.int32)[None, None, :] * np.array([1, 10])[None, :, None]
    forecast = Forecast(
        "zero", AreaIds.ISO3, "deaths_all", "made up", Month.of(2024, 12), (1, 2), ("IRQ",), ("Iraq",), draws.astype(np.int32),
        1, "0" * 64,
    )  # fmt: skip
    first, second = read_off(forecast).to_dicts()
    assert (first["month"], second["month"], second["horizon"], first["level"]) == ("2025-01", "2025-02", 2, "country")
    assert [first[q] for q in ("mean", "q05", "q50", "q95")] == [50, 5, 50, 95]
    assert second["q10"] == 100
    assert first["p_25"] == pytest.approx(76 / 101)
    assert (first["p_300"], second["p_1000"]) == (0, pytest.approx(1 / 101))


def sites_told(tmp_path: Path, origin: str) -> dict[str, Any]:
    folder = shutil.copytree(BUNDLED / "iraq", tmp_path / origin)
    text = (folder / "sites.csv").read_text(encoding="utf-8")
    assert "published" in text
    (folder / "sites.csv").write_text(text.replace("published", origin), encoding="utf-8")
    findings = SimpleNamespace(mission=None, made=datetime(2026, 2, 1, tzinfo=UTC))
    found = cast("Found", SimpleNamespace(case=read_case(folder), findings=findings, name="iraq"))
    return {name: json.loads(content) for name, content in mission_part(found).items()}


def test_the_place_of_a_site_that_a_user_entered_is_in_no_file(tmp_path: Path) -> None:
    published = sites_told(tmp_path, "published")
    assert published["sites.json"] == published["sites_public.json"]
    placed = [site for site in published["sites.json"] if site["lat"] is not None]
    assert placed
    assert all(round(site[k], 1) == site[k] for site in placed for k in ("lat", "lon"))
    entered = sites_told(tmp_path, "user")
    assert [site["entered_by_user"] for site in entered["sites.json"]] == [True] * len(entered["sites.json"])
    assert {site["lat"] for site in entered["sites.json"]} == {site["lon"] for site in entered["sites.json"]} == {None}
    assert entered["sites_public.json"] == []


def test_freshness_knows_late_from_due_and_from_unknown() -> None:
    card = starter_card("country_month_all")
    assert str(card.last_month) == "2024-12"
    told = {day: freshness(card, ["IRQ"], today=day) for day in (date(2025, 2, 19), date(2025, 2, 20))}
    assert [t["stale"] for t in told.values()] == [False, True]
    assert told[date(2025, 2, 20)]["words"] == "newer figures were due by 2025-02-19"
    closed = freshness(starter_card("event_points"), ["IRQ"], today=date(2026, 1, 1))
    assert (closed["stale"], closed["newest_month"]) == (None, "2018-12")
    own = freshness(Card("mine", "me", "CC0", "me", "unknown"), ["IRQ"], today=date(2026, 1, 1))
    assert (own["stale"], own["newest_month"], own["expected_lag_days"]) == (None, None, None)


def test_a_card_is_told_whole() -> None:
    told = card_json(starter_card("event_points"), ["IRQ"])
    assert told["covers"] == {"IRQ": ["1989-01", "2018-12"], "SYR": ["2016-01", "2019-12"]}
    assert told["licence"] == "CC-BY-4.0"
    assert card_json(Card("mine", "me", "CC0", "me", "unknown"), [])["vintage"] == "not stated"


def test_outlines_are_simple_enough_and_rounded() -> None:
    world = countries_all()
    made = outlines(world.shapes, world.names, decimals=1)
    assert len(made) <= areas.MOST_BYTES
    said = json.loads(made)
    assert {f["properties"]["area_id"] for f in said["features"]} == set(world.shapes)
    for feature in said["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        points = shapely.get_coordinates(shape)
        assert len(points) >= 4
        assert np.allclose(points, points.round(1))


def test_documents_never_hold_what_json_has_no_word_for() -> None:
    with pytest.raises(ValueError, match="JSON"):
        document({"p": float("nan")})


def test_the_same_table_is_the_same_bytes() -> None:
    frame = pl.DataFrame({"a": [1, None], "b": ["x", "y"]})
    assert table(frame, metadata={"licence": "CC0"}) == table(frame, metadata={"licence": "CC0"})
    assert table(frame) != table(frame, metadata={"licence": "CC0"})


def test_a_page_counts_its_own_notes_and_leads_to_what_it_does_not_hold() -> None:
    def link(url: str) -> dict[str, str]:
        return {"kind": "link", "text": "more", "url": url}

    note = {"kind": "note", "text": "why", "mark": "7"}
    here = {"kind": "heading", "level": 2, "id": "here", "text": "Here"}
    words = {"kind": "paragraph", "spans": [link("#here"), link("#there"), link("https://example.org"), note]}
    whole = {"title": "T", "blocks": [], "annex": ["x"], "notes": [1, 2]}
    page = _page(whole, [here, words], {"here": "/c/tiny/now", "there": "/c/tiny/decide"})
    assert [span["url"] for span in page["blocks"][1]["spans"][:3]] == [
        "#here",
        "/c/tiny/decide#there",
        "https://example.org",
    ]
    assert [n["mark"] for n in page["notes"]] == ["a"]
    assert page["blocks"][1]["spans"][3]["mark"] == "a"
    assert (page["annex"], note["mark"]) == ([], "7")
    parted = _parted([{"n": i} for i in range(3)], {"a": 2, "b": 0, "c": 1})
    assert parted == {
        "a": [{"n": 0}, {"n": 1}],
        "b": [],
        "c": [{"n": 2}],
    }
