"""A tiny edition for the watch: one outlook of three countries, one tripwire, one source."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from tocsin.editions import Edition, Manifest, write_edition

if TYPE_CHECKING:
    from pathlib import Path

RANKED_BY = (
    "escalation within 6 months (mean at least 3 times that of the last 12 months, and at least 25 deaths a month)"
)
P100 = "100 or more deaths in some month within 6 months"


def row(area_id: str, area: str, *, rank: int, p: float, p100: float) -> dict[str, Any]:
    return {
        "area_id": area_id, "area": area, "rank": rank, "p": p, "likelihood": "unlikely", "last_month": 40,
        "last_year": 22.5, "visibility": "thin",
        "probabilities": {"escalation_within_6": p, "p100_within_6": p100},
        "drivers": [{"group": "its neighbours", "move": 0.4, "strongest": "deaths of a neighbour", "value": 12.0}],
        "own_record": [{"budget": 10, "alerts": 8, "hits": 3}],
    }  # fmt: skip


def outlook(p: float = 0.1, *, rank: int = 12, p100: float = 0.2, origin: str = "2026-08") -> dict[str, Any]:
    """Iraq at this rank and these probabilities, beside two others."""
    rows = [row("SDN", "Sudan", rank=1, p=0.5, p100=0.9), row("IRQ", "Iraq", rank=rank, p=p, p100=p100)]
    record = {
        "budget": 10, "origins": 24, "alerts": 240, "hits": 96, "precision": 0.4, "base_rate": 0.02, "cases": 50,
        "recall": 0.6, "median_lead": 3.0,
    }  # fmt: skip
    return {
        "origin": origin, "ranked_by": RANKED_BY, "status": "verified",
        "rows": [*rows, row("NOR", "Norway", rank=173, p=0.0, p100=0.0)],
        "track_record": [{**record, "question": RANKED_BY}, {**record, "question": P100, "hits": 120, "precision": 0.5}],
    }  # fmt: skip


def tripwire(state: str, *, since: str | None = None) -> dict[str, Any]:
    """The tripwires of a choice, with one."""
    now = {"state": state, "why": "the date is past", "since": since, "seen": None, "last": state, "value": None}
    past = {
        "why": "looked at monthly", "first": "2020-01-01", "last": "2026-08-01", "looked": 80, "met": 9, "fired": 4,
        "on": [], "right": 3, "judged": 4,
    }  # fmt: skip
    one = {
        "id": "summit", "watches": "the summit", "condition": "30 days before 2026-07", "indicator": "panel", "now": now,
        "past": past, "lag_days": 0.0, "for": [{"name": "Slow", "verdict": "refused"}], "quotes": [], "circular": None,
    }  # fmt: skip
    return {"choice": "drawdown", "tripwires": [one], "refused": []}


def source(newest: str = "2026-08", lag: int | None = 51) -> dict[str, Any]:
    return {"source": "UCDP", "newest_month": newest, "expected_lag_days": lag, "stale": False}


def edition(
    folder: Path, *, at: int = 0, told: dict[str, Any] | None = None, tripwires: list[dict[str, Any]] | None = None,
    freshness: list[dict[str, Any]] | None = None,
) -> Edition:  # fmt: skip
    """An edition made `at` minutes past noon."""
    manifest = Manifest(
        case="tiny", title="A tiny case", place="Iraq", home="IRQ", demo=True,
        made=datetime(2026, 9, 22, 12, at, tzinfo=UTC), as_known_on=date(2026, 8, 31), origin="2026-08", tocsin="0.1",
        model="quantile_forest", seed=1, draws=100, target="deaths_all", inputs={"made": str(at)},
        commands=("tocsin run --case tiny --seed 1",),
    )  # fmt: skip
    documents = {
        "outlook": told or outlook(), "decision": {"tripwires": tripwires or [tripwire("not tripped")]},
        "freshness": freshness or [source()],
    }  # fmt: skip
    files = {f"{name}.json": json.dumps(value).encode() for name, value in documents.items()}
    return write_edition(folder / "editions", manifest=manifest, files=files)
