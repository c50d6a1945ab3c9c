"""A made-up edition: a manifest and documents of a few rows, every number by hand."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

from tocsin.editions import Manifest, Unwritten

MADE = datetime(2026, 2, 1, 6, 30, tzinfo=UTC)
ESCALATION = "escalation within 6 months"


def manifest(*, made: datetime = MADE, inputs: str = "a", **other: Any) -> Manifest:
    """What a made-up edition says of itself; another `inputs` gives another id."""
    said = {
        "case": "tiny", "title": "A tiny case", "place": "Iraq", "home": "IRQ", "demo": True, "made": made,
        "as_known_on": date(2024, 12, 31), "origin": "2024-12", "tocsin": "1.0", "model": "quantile_forest", "seed": 1,
        "draws": 100, "target": "deaths_all", "inputs": {"study": inputs}, "commands": ("tocsin run --case tiny",),
    }  # fmt: skip
    return Manifest.model_validate({**said, **other})


def row(area: str, rank: int, p: float, likelihood: str = "unlikely") -> dict[str, Any]:
    """One warning."""
    return {
        "area": area.title(), "area_id": area, "rank": rank, "p": p, "likelihood": likelihood,
        "drivers": [{"group": "its recent months"}, {"group": "its neighbours"}],
    }  # fmt: skip


def documents() -> dict[str, Any]:
    """Documents of an edition in which everything is compared that can be."""
    record = {"question": ESCALATION, "budget": 2, "alerts": 40, "hits": 10, "precision": 0.25, "base_rate": 0.05}
    quote = {"document": "note.md", "place": "page 2", "quote": "He holds the post."}
    now = {"state": "not tripped", "why": "three months are below"}
    tripwire = {"id": "t", "watches": "deaths", "now": now, "quotes": []}
    late = "newer figures were due by 2025-02-19"
    return {
        "outlook": {
            "ranked_by": ESCALATION, "budgets": [2, 4], "track_record": [record],
            "rows": [row(f"C{i}", i, round(0.5 - 0.02 * i, 2)) for i in range(1, 13)],
        },
        "mission": {"reach": {
            "from": "2017-01", "to": "2018-12", "source": "made up",
            "shares": [{"measure": "deaths_best", "km": 50, "share": 0.4}, {"measure": "population", "km": 50, "share": None}],
        }},
        "sites": [
            {"site": "s1", "name": "Barracks", "state": "open", "entered_by_user": False},
            {"site": "s2", "name": "House", "state": "open", "entered_by_user": True},
        ],
        "decision": {
            "settle": [{"question": "q", "asked": "How many?", "unit": "people", "low": 0, "high": 100, "centre": 50.0}],
            "options": [{"choice": "c", "preferences": [{"name": "all", "rows": [{"alternative": "stay"}]}]}],
            "tripwires": [{"choice": "c", "tripwires": [tripwire], "refused": []}],
        },
        "record": {
            "posts": [{"says": "A holds X", "when": "2024", "citations": [quote]}],
            "contradictions": [{
                "about": "post X", "left": "A holds X", "right": "B holds X", "left_citations": [quote],
                "right_citations": [{**quote, "quote": None, "place": ""}],
            }],
        },
        "freshness": [{"source": "UCDP", "newest_month": "2024-11", "stale": False, "words": late}],
        "sources": [{"source": "UCDP", "vintage": "24.1"}],
    }  # fmt: skip


def edition(said: dict[str, Any] | None = None, **other: Any) -> Unwritten:
    """An edition of these documents."""
    content = deepcopy(documents() if said is None else said)
    return Unwritten(manifest(**other), {f"{name}.json": json.dumps(value).encode() for name, value in content.items()})
