"""The files of a small made-up edition: three provinces, five countries, a replay of a year, every number by hand."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl

from tocsin.vocabulary import Likelihood, Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COUNTRIES = {"IRQ": "Iraq", "SYR": "Syria", "JOR": "Jordan", "KWT": "Kuwait", "IRN": "Iran"}
PROVINCES = {"IRQ/Anbar": "Anbar", "IRQ/Ninewa": "Ninewa", "IRQ/Dhi Qar": "Dhi Qar"}
CORNERS = {
    "IRQ": (43, 32), "SYR": (38, 34), "JOR": (36, 31), "KWT": (47, 29), "IRN": (51, 32),
    "IRQ/Anbar": (41, 32), "IRQ/Ninewa": (42, 35), "IRQ/Dhi Qar": (46, 31),
}  # fmt: skip
"""The lower left corner of each area's made-up square, longitude and latitude in degrees."""
ORIGIN, PROVINCES_ORIGIN = Month.of(2024, 12), Month.of(2018, 12)
ESCALATION = "mean at least 3 times that of the last 12 months, and at least 25 deaths a month"
WINDOWS, THRESHOLDS = (1, 3, 6, 12), (25, 100, 300, 1000)


def tiny_files() -> dict[str, bytes]:
    """Content by name of file, as `write_edition` takes it."""
    return {name: _bytes(value) for name, value in {**_documents(), **_tables()}.items()}


def _bytes(value: Any) -> bytes:
    if isinstance(value, pl.DataFrame):
        held = BytesIO()
        value.write_parquet(held)
        return held.getvalue()
    return json.dumps(value, ensure_ascii=False).encode()


def _documents() -> dict[str, object]:
    return {
        "areas.json": [
            *({"area_id": a, "name": n, "level": "country", "country": a} for a, n in COUNTRIES.items()),
            *({"area_id": a, "name": n, "level": "admin1", "country": "IRQ"} for a, n in PROVINCES.items()),
        ],
        "outlines-country.json": _outlines(COUNTRIES),
        "outlines-admin1.json": _outlines(PROVINCES),
        "outlook.json": {
            "origin": str(ORIGIN), "level": "country", "target": "deaths_all", "vintage": "made up 24.1",
            "model": "quantile_forest", "seed": 1, "data_hash": "7a" * 32, "ranked_by": _question(6, None),
            "rows": _rows(COUNTRIES, top=0.62, windows=WINDOWS), "track_record": _records(WINDOWS, origins=24, budgets=(2, 3)),
            "thresholds": list(THRESHOLDS), "budgets": [2, 3], "called": {"expected": 41.2, "came": 44}, "scores": {},
        },
        "provinces.json": {
            "origin": str(PROVINCES_ORIGIN), "level": "admin1", "target": "deaths_all", "vintage": "made up 19.1",
            "model": "quantile_forest", "status": "experimental", "seed": 1, "data_hash": "9d" * 32, "within_months": 6,
            "ranked_by": _question(6, None), "rows": _rows(PROVINCES, top=0.31, windows=(6,)),
        },
        "replay.json": _replay(),
        "sites.json": [
            {"site": "s1", "name": "Made-up barracks", "mission": "tiny", "lat": 35.4, "lon": 42.6, "from": "2018-10",
             "to": None, "state": "open", "entered_by_user": False},
            {"site": "s2", "name": "House of a user", "mission": "tiny", "lat": 32.3, "lon": 41.4, "from": "2019-01",
             "to": None, "state": "unknown", "entered_by_user": True},
        ],
        "sources.json": [
            {"source": "made-up", "title": "Made-up events", "licence": "CC0", "citation": "Nobody (2024)", "url": None,
             "vintage": "24.1", "lag": "60 days", "covers": "1989-2024"},
        ],
        "freshness.json": [{"source": "made-up", "newest_month": "2024-12", "expected_lag_days": 60, "stale": None}],
        "record.json": {"documents": 0, "claims": 0, "by_status": {}, "contradictions": 0, "languages": {}},
        "changes.json": [
            {"kind": "warning-crossed", "area_id": "SYR", "what": "Syria crossed 20 %: escalation within 6 months.",
             "before": {"rank": 4, "p": 0.18, "likelihood": "very unlikely"},
             "after": {"rank": 2, "p": 0.31, "likelihood": "unlikely"},
             "evidence": [{"text": "how such alerts fared", "link": "/c/tiny/trust"}],
             "url": "/c/tiny/area/SYR"},
        ],
    }  # fmt: skip


def _outlines(areas: Mapping[str, str]) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": [_square(a, n) for a, n in areas.items()]}


def _square(area: str, name: str) -> dict[str, object]:
    west, south = CORNERS[area]
    ring = [[west, south], [west + 2, south], [west + 2, south + 2], [west, south + 2], [west, south]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "id": area, "properties": {"area_id": area, "name": name}, "geometry": shape}


def _question(months: int, threshold: int | None) -> str:
    window = "the next month" if months == 1 else f"{months} months"
    if threshold is None:
        return f"escalation within {window} ({ESCALATION})"
    return f"{threshold:,} or more deaths in some month within {window}"


def _rows(areas: Mapping[str, str], *, top: float, windows: Sequence[int]) -> list[dict[str, object]]:
    """One warning an area, each half as likely as the one before."""
    return [_row(a, n, rank=i + 1, p=top / 2**i, windows=windows) for i, (a, n) in enumerate(areas.items())]


def _row(area: str, name: str, *, rank: int, p: float, windows: Sequence[int]) -> dict[str, object]:
    own = [{"budget": 2, "alerts": 6 - rank, "hits": 1}, {"budget": 3, "alerts": 7, "hits": 2}]
    return {
        "area": name, "area_id": area, "rank": rank, "question": _question(6, None), "p": round(p, 3),
        "likelihood": Likelihood.of(p).value, "probabilities": _probabilities(p, windows),
        "last_month": 40 - 9 * rank, "last_year": 30.5 - 5 * rank, "visibility": "clear" if rank == 1 else None,
        "drivers": [
            {"group": "its recent months", "move": 1.2, "strongest": "deaths last month", "value": 31.0},
            {"group": "its neighbours", "move": -0.3, "strongest": "typical deaths a month of a neighbour", "value": 2.5},
        ],
        "nearest": [{"area": "Jordan", "month": "2016-07", "likeness": 0.012, "before": 27.0, "followed": [0, 54, 3]}],
        "own_record": own,
    }  # fmt: skip


def _probabilities(p: float, windows: Sequence[int]) -> dict[str, float]:
    asked = {f"escalation_within_{w}": round(p * w / 6, 3) if w < 6 else round(p, 3) for w in windows}
    crossed = {f"p{t}_within_{w}": round(min(p * 25 / t * (0.9 + w / 60), 1.0), 3) for w in windows for t in THRESHOLDS}
    return {**asked, **crossed}


def _records(windows: Sequence[int], *, origins: int, budgets: Sequence[int]) -> list[dict[str, object]]:
    return [_record(_question(w, t), b, origins) for w in windows for t in (None, *THRESHOLDS) for b in budgets]


def _record(question: str, budget: int, origins: int) -> dict[str, object]:
    alerts = budget * origins
    hits = alerts // 4
    return {
        "question": question, "budget": budget, "origins": origins, "alerts": alerts, "hits": hits,
        "precision": hits / alerts, "base_rate": 0.05, "cases": 12, "recall": 0.5, "median_lead": 2.0,
        "false_alarms_a_year": 9.0, "false_alarms_an_area_year": 1.8,
    }  # fmt: skip


def _replay() -> dict[str, object]:
    rows = _rows(PROVINCES, top=0.31, windows=(6,))
    came = {"IRQ/Anbar": [20, 30, 90, 10, 0, 0], "IRQ/Ninewa": [1, 0, 2, 0, 0, 1], "IRQ/Dhi Qar": [0, 0, 0, 0, 0, 0]}
    models = {m: [_record(_question(6, None), b, 12) for b in (1, 2)] for m in ("quantile_forest", "negative_binomial")}
    return {
        "origin": "2014-05", "within_months": 6, "target": "deaths_all", "vintage": "made up 19.1", "model": "quantile_forest",
        "data_hash": "9d" * 32,
        "rows": [
            {**r, "rank_over_seeds": [1, 2], "came": {"months": came[str(r["area_id"])], "peak": max(came[str(r["area_id"])])}}
            for r in rows
        ],
        "track_record": models, "leads": [],
        "standings": [
            {"area": "IRQ/Anbar", "origin": str(Month.of(2014, 1) + i), "rank": 1 + i % 3, "p": 0.1, "model": m}
            for m in models for i in range(12)
        ],
    }  # fmt: skip


def _tables() -> dict[str, pl.DataFrame]:
    levels = [("country", COUNTRIES, ORIGIN), ("admin1", PROVINCES, PROVINCES_ORIGIN)]
    return {
        "series.parquet": pl.DataFrame([
            {"level": level, "area_id": area, "month": str(origin - (35 - i)), "deaths": (7 * i + n) % 40,
             "deaths_sb": (7 * i + n) % 40, "deaths_ns": 0, "deaths_os": None if i < 2 else 0}
            for level, areas, origin in levels for n, area in enumerate(areas) for i in range(36)
        ]),
        "ahead.parquet": pl.DataFrame([
            {"level": level, "area_id": area, "origin": str(origin), "month": str(origin + h), "horizon": h,
             "mean": 12.0 + n, "q05": 0.0, "q10": 0.0, "q25": 3.0, "q50": 9.0, "q75": 20.0, "q90": 44.0, "q95": 61.0,
             "p_25": 0.22, "p_100": 0.04, "p_300": 0.01, "p_1000": 0.0}
            for level, areas, origin in levels for n, area in enumerate(areas) for h in range(1, 7)
        ]),
        "replays.parquet": pl.DataFrame([
            {"model": model, "area_id": area, "origin": str(Month.of(2014, 1) + i), "rank": 1 + (n + i) % 3,
             "p": round(0.3 / (1 + (n + i) % 3), 3), "came": None if i == 11 else area == "IRQ/Anbar" and i < 6,
             "peak": None if i == 11 else 90 if area == "IRQ/Anbar" and i < 6 else 3}
            for model in ("quantile_forest", "negative_binomial") for n, area in enumerate(PROVINCES) for i in range(12)
        ]),
        "points.parquet": pl.DataFrame([
            {"area_id": "IRQ/Anbar", "month": "2018-12", "lat": 33.4, "lon": 42.7, "violence": "sb",
             "deaths_best": 12, "events": 3},
            {"area_id": "IRQ/Anbar", "month": "2018-11", "lat": 32.6, "lon": 41.3, "violence": "os",
             "deaths_best": 4, "events": 1},
        ]),
        "sides.parquet": pl.DataFrame([
            {"area_id": "IRQ/Anbar", "month": "2018-12", "side_a": "Government of Iraq", "side_b": "IS", "deaths_best": 12},
            {"area_id": "IRQ/Anbar", "month": "2018-11", "side_a": "IS", "side_b": "Civilians", "deaths_best": 4},
        ]),
    }  # fmt: skip
