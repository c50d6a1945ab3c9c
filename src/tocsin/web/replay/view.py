"""The view *Replay*: what would have been said at a past month, beside what came."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.routing import Route

from tocsin.vocabulary import Level
from tocsin.web.figures.areas import area_url, view_url
from tocsin.web.figures.asked import one_of
from tocsin.web.now.words import record_rows
from tocsin.web.place import place
from tocsin.web.replay.charts import came_svg, ranks_svg, said_svg
from tocsin.web.replay.replayed import MODELS, outcomes, replays_of, told
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.editions import Edition
    from tocsin.vocabulary import Month
    from tocsin.web.place import Place
    from tocsin.web.replay.replayed import Replays
    from tocsin.web.shell.rendering import Context

FORMATS = (("CSV", "csv"), ("JSON", "json"), ("Parquet", "parquet"))


def page(request: Request) -> Response:
    """The page; where the slider was moved, the part below it alone."""
    at = place(request)
    if at.edition is None:
        return render(
            request, "no_edition.html.j2", view="replay", title="Replay", at=at, make=lambda: {"title": "Replay"}
        )
    edition, query = at.edition, dict(request.query_params)
    part = request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"
    return render(
        request, "replay/replayed.html.j2" if part else "replay/replay.html.j2", view="replay", title="Replay", at=at,
        make=lambda: shown(at, edition, query), keep=True,
    )  # fmt: skip


def shown(at: Place, edition: Edition, query: Mapping[str, str]) -> Context:
    """What the page shows.

    Raises:
        InputError: the address asks for a month, model or budget that was not replayed.
    """
    whole = replays_of(edition)
    if whole is None:
        return {"whole": None, "home": edition.manifest.place}
    origin = one_of(query, "origin", whole.origins, whole.lead)
    model = one_of(query, "model", whole.models, whole.models[0])
    budget = one_of(query, "budget", whole.budgets, whole.budgets[0])
    rows = outcomes(edition, model, origin)
    return {
        "whole": whole, "origin": origin, "model": model, "budget": budget, "home": edition.manifest.place,
        "models": [(m, MODELS.get(m, m)) for m in whole.models], "index": whole.origins.index(origin),
        "told": told(rows, origin=origin, budget=budget, within=whole.within, model=model),
        "rows": [(r, area_url(at, r.area_id)) for r in rows], "said_map": said_svg(edition, model, origin, budget),
        "came_map": came_svg(edition, model, origin), "ranks": ranks_svg(edition, model, origin, budget),
        "records": _records(whole, budget), "around": _around(at, whole, origin, model, budget),
        "downloads": _downloads(at, origin),
    }  # fmt: skip


def _records(whole: Replays, budget: int) -> Context:
    """The track record of every model at a budget: one row a term, one column a model."""
    columns = []
    for model in whole.models:
        found = next((r for r in whole.records.get(model, ()) if r["budget"] == budget), None)
        columns.append(record_rows(found, level=Level.ADMIN1) if found else ())
    terms = [term for term, _ in next((c for c in columns if c), ())]
    return {
        "models": [MODELS.get(m, m) for m in whole.models],
        "rows": [(t, [dict(c).get(t, "unknown") for c in columns]) for t in terms],
    }


def _around(at: Place, whole: Replays, origin: Month, model: str, budget: int) -> dict[str, tuple[str, str] | None]:
    """The months before and after, each with its address."""
    i = whole.origins.index(origin)
    near = {
        "before": whole.origins[i - 1] if i else None,
        "after": whole.origins[i + 1] if i + 1 < len(whole.origins) else None,
    }
    return {
        k: None if m is None else (m.words, view_url(at, "replay", origin=m, model=model, budget=budget))
        for k, m in near.items()
    }


def _downloads(at: Place, origin: Month) -> list[tuple[str, str]]:
    """The replay of the month in the API."""
    base = f"/api/v1/cases/{at.name}/replays"
    return [(title, f"{base}?{urlencode({'origin': str(origin), 'format': form})}") for title, form in FORMATS]


ROUTES = (Route("/c/{case}/replay", page),)
