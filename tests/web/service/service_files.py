"""The files that the API's tests need beside those of the tiny edition, every number by hand."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import polars as pl
from tests.web.tiny_files import tiny_files

PARTIES = [{"actor": "us", "name": "United States"}, {"actor": "iraq", "name": "Iraq (host)"}]
OWN_SITE = "house-of-a-user"
BANDS = [
    {"month": "2018-11", "from_km": 0.0, "to_km": 25.0, "events": 3, "deaths_best": 9},
    {"month": "2018-11", "from_km": 0.0, "to_km": 5.0, "events": 1, "deaths_best": 2},
]
"""The second band is narrower than the workbench may give."""


def service_files() -> dict[str, bytes]:
    """The tiny edition with findings of a mission and of decisions, draws, a brief, and things that may not get out."""
    documents = {
        "mission.json": mission(), "decision.json": decision(), "sites.json": sites(), "record.json": record(),
    }  # fmt: skip
    draws = pl.DataFrame({"month_id": [541, 541], "iso3": ["IRQ", "IRQ"], "draw": [0, 1], "outcome": [3, 9]})
    return {
        **tiny_files(), **{name: json.dumps(value).encode() for name, value in documents.items()},
        "draws.parquet": parquet(draws), "points.parquet": parquet(points()), "brief.pdf": b"%PDF-1.7 made up",
        "brief.html": b"<!doctype html><title>Made up</title>",
    }  # fmt: skip


def parquet(table: pl.DataFrame) -> bytes:
    held = BytesIO()
    table.write_parquet(held)
    return held.getvalue()


def points() -> pl.DataFrame:
    """Points finer than the API may give: two of one tenth of a degree, and a day in place of a month."""
    return pl.DataFrame([
        {"area_id": "IRQ/Anbar", "month": "2018-12-24", "lat": 33.4321, "lon": 42.7123, "violence": "sb", "deaths_best": 12,
         "events": 3},
        {"area_id": "IRQ/Anbar", "month": "2018-12-25", "lat": 33.4411, "lon": 42.6888, "violence": "sb", "deaths_best": 5,
         "events": 1},
        {"area_id": "IRQ/Ninewa", "month": "2018-11", "lat": 36.3, "lon": 43.1, "violence": "os", "deaths_best": 4, "events": 1},
    ])  # fmt: skip


def sites() -> list[dict[str, Any]]:
    return [
        {"site": "s1", "name": "Made-up barracks", "mission": "nmi", "role": "hq", "lat": 35.4321, "lon": 42.6, "from": "2018-10",
         "to": None, "state": "open", "entered_by_user": False},
        {"site": OWN_SITE, "name": "House of a user", "mission": "nmi", "role": None, "lat": 32.3, "lon": 41.4, "from": None,
         "to": None, "state": "unknown", "entered_by_user": True},
    ]  # fmt: skip


def mission() -> dict[str, Any]:
    reach = {
        "case": "tiny", "mission": "nmi", "shares": [{"measure": "deaths_best", "km": 50, "share": 0.129}],
        "sites": [{"site_id": "s1", "name": "Made-up barracks", "lat": 35.4321, "lon": 42.6},
                  {"site_id": OWN_SITE, "name": "House of a user", "lat": None, "lon": None}],
        "protection": {"unplaced_events": 2.0, "past": BANDS, "ahead": [], "sequences": []},
    }  # fmt: skip
    gap = {"case": "tiny", "rows": [{"area": "Anbar", "missions": [{"mission": "nmi", "sites": [
        {"site_id": "s1", "entered": False}, {"site_id": OWN_SITE, "entered": True},
    ]}]}]}  # fmt: skip
    return {
        "case": "tiny", "mission": "nmi", "no_reach": None, "reach": reach, "gap": gap, "overlap": {"cells": []},
        "instruments": {"rows": []}, "fit": {"frameworks": []}, "siting": None,
    }  # fmt: skip


def decision() -> dict[str, Any]:
    question = {
        "question": "nmi-end", "asked": "In how many months should it end?", "unit": "months", "low": 0.0, "high": 60.0,
        "rule": "consensus", "centre": 28.4, "parties": PARTIES, "confidence": "low",
        "ranges": {"level": 0.8, "input_noise": [20.0, 37.0], "model_error": [5.0, 55.0], "both": [4.0, 57.0]},
        "bands": [{"name": "by September 2026", "low": 0.0, "high": 8.0, "probability": 0.12, "narrow": False,
                   "likelihood": "very unlikely"}],
    }  # fmt: skip
    wire = {
        "id": "summit", "watches": "the summit", "indicator": "calendar", "condition": "30 days before 2026-07",
        "source_id": "made-up", "basis": "judgement", "lag_days": 0.0,
        "now": {"state": "tripped", "why": "the date is past", "since": "2026-06-01T14:30:00", "seen": "2026-06-02",
                "value": None},
        "past": {"fired": 1, "right": None, "judged": None},
    }  # fmt: skip
    dates = [
        {"when": "2026-09", "day": "2026-09-01", "what": "troops due to leave", "kind": "calendar", "of": None, "past": None,
         "source_id": "made-up", "basis": "stated", "choices": ["drawdown"]},
        {"when": "2026-06-01", "day": "2026-06-01", "what": "the summit", "kind": "tripwire", "of": "summit", "past": True,
         "source_id": "made-up", "basis": "judgement", "choices": ["drawdown"]},
    ]  # fmt: skip
    options = [
        {"choice": "drawdown", "question": "How should it draw down?", "futures": 2000, "sites": [OWN_SITE, "s1"]}
    ]
    return {
        "settle": [question], "options": options, "schedule": [{"choice": "drawdown", "says": ["nothing"]}],
        "tripwires": [{"choice": "drawdown", "tripwires": [wire], "refused": []}], "calendar": dates,
    }  # fmt: skip


def record() -> dict[str, Any]:
    cited: dict[str, Any] = {"document": "note.md", "place": "paragraph 4", "quote": "It answers to nobody.", "source_id": "note",
             "said_by": [], "reliability": None, "credibility": None, "status": "proposed"}  # fmt: skip
    dispute = {"about": "who commands the Front", "left": "the Army", "right": "nobody", "surely": True, "contested": False,
               "left_citations": [cited], "right_citations": [cited]}  # fmt: skip
    return {"documents": 2, "claims": 9, "by_status": {}, "contradictions": [dispute]}
