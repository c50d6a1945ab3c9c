"""The view *Now*: what is warned of, how such warnings fared, and what changed since the edition before."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.routing import Route

from tocsin.brief.charts import PROBABILITY
from tocsin.vocabulary import Level
from tocsin.web.figures.areas import area_url, regions, view_url
from tocsin.web.figures.asked import Asked, asked_of, one_of, short
from tocsin.web.figures.outlook import outlook_of, ranked
from tocsin.web.now.changed import changed
from tocsin.web.now.warning_map import map_values, warning_svg
from tocsin.web.now.words import judgement, record_rows
from tocsin.web.place import place
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.editions import Edition
    from tocsin.web.figures.outlook import Outlook, Warned
    from tocsin.web.place import Place
    from tocsin.web.shell.rendering import Context

SHOWN = 20
"""Areas listed until all are asked for."""
ORDERS: Mapping[str, Callable[[Warned], object]] = {
    "rank": lambda w: w.rank,
    "area": lambda w: w.name,
    "last_month": lambda w: (w.last_month is None, -(w.last_month or 0)),
    "last_year": lambda w: (w.last_year is None, -(w.last_year or 0)),
}
FORMATS: Sequence[tuple[str, Mapping[str, str]]] = (
    ("CSV", {"format": "csv"}), ("JSON", {"format": "json", "limit": "1000"}), ("GeoJSON", {"format": "geojson"}),
    ("Parquet", {"format": "parquet"}),
)  # fmt: skip
"""How the whole table is downloaded; JSON comes in pages, and one of a thousand holds every area."""


def page(request: Request) -> Response:
    """The page."""
    at = place(request)
    if at.edition is None:
        return render(request, "no_edition.html.j2", view="now", title="Now", at=at, make=lambda: {"title": "Now"})
    edition, query = at.edition, dict(request.query_params)
    return render(
        request, "now/now.html.j2", view="now", title="Now", at=at, make=lambda: shown(at, edition, query), keep=True,
        map_on_page=True,
    )  # fmt: skip


def shown(at: Place, edition: Edition, query: Mapping[str, str]) -> Context:
    """What the page shows.

    Raises:
        InputError: the address asks for what the edition does not hold.
    """
    levels = tuple(level for level in (Level.COUNTRY, Level.ADMIN1) if outlook_of(edition, level))
    if not levels:
        return {"outlook": None, "changes": changed(at, edition)}
    outlook = outlook_of(edition, one_of(query, "level", levels, newest(edition, levels), says=lambda x: x.value))
    assert outlook is not None
    asked = asked_of(outlook, query)
    warned = ranked(outlook, asked.question)
    record = None if asked.budget is None else outlook.record(asked.question, asked.budget)
    return {
        "outlook": outlook, "asked": asked, "what": short(asked.question), "levels": _tabs(at, edition, levels),
        "said": judgement(outlook, asked, warned, home=edition.manifest.home, made=edition.manifest.made),
        "record": record_rows(record, level=outlook.level) if record else None,
        "svg": warning_svg(edition, outlook.level, asked.question, asked.budget),
        "values": map_values(at, outlook, warned, budget=asked.budget), "steps": PROBABILITY.steps,
        "changes": changed(at, edition), "downloads": downloads(at, outlook, asked), **_table(at, outlook, asked, warned, query),
    }  # fmt: skip


def newest(edition: Edition, levels: Sequence[Level]) -> Level:
    """The level shown first: the case's provinces, unless their figures end before those of countries."""
    origins = {level: o.origin for level in levels if (o := outlook_of(edition, level)) is not None}
    return max(levels, key=lambda level: (origins[level].id, level is Level.ADMIN1))


def _tabs(at: Place, edition: Edition, levels: Sequence[Level]) -> list[dict[str, object]]:
    titles = {Level.COUNTRY: "Countries", Level.ADMIN1: f"Provinces of {edition.manifest.place}"}
    return [
        {
            "level": level,
            "title": titles[level],
            "origin": o.origin.words,
            "url": view_url(at, "now", level=level.value),
        }
        for level in levels
        if (o := outlook_of(edition, level)) is not None
    ]


def _table(
    at: Place, outlook: Outlook, asked: Asked, warned: Sequence[Warned], query: Mapping[str, str]
) -> Context:  # fmt: skip
    """The rows asked for, in the order asked for, and the addresses of other orders."""
    there = sorted({regions()[w.area_id] for w in warned if w.area_id in regions()})
    order = one_of(query, "sort", tuple(ORDERS), "rank")
    region = one_of(query, "region", there, "")
    name = query.get("name", "").strip()[:60]
    kept = [
        w for w in sorted(warned, key=ORDERS[order])  # type: ignore[arg-type]
        if name.casefold() in w.name.casefold() and (not region or regions().get(w.area_id) == region)
    ]  # fmt: skip
    every = one_of(query, "show", ("first", "all"), "first") == "all"
    held = {
        "level": outlook.level.value, "within": asked.question.months, "threshold": asked.question.threshold,
        "budget": asked.budget, "region": region or None, "name": name or None, "sort": order,
        "show": "all" if every else None,
    }  # fmt: skip
    return {
        "rows": [(w, area_url(at, w.area_id)) for w in (kept if every else kept[:SHOWN])], "found": len(kept),
        "regions": there, "region": region, "name": name, "order": order, "every": every, "of": len(warned),
        "sorted_by": {o: view_url(at, "now", **{**held, "sort": o}) for o in ORDERS},
        "all_url": view_url(at, "now", **{**held, "show": "all"}),
        "own_counted": asked.question == outlook.ranked_by and asked.budget is not None,
    }  # fmt: skip


def downloads(at: Place, outlook: Outlook, asked: Asked) -> list[tuple[str, str]]:
    """Formats of the whole table, each with its address in the API."""
    asks = {"level": outlook.level.value, "question": asked.question.key}
    if asked.budget is not None:
        asks["budget"] = str(asked.budget)
    if at.earlier and at.edition is not None:
        asks["edition"] = at.edition.id
    base = f"/api/v1/cases/{at.name}/warnings"
    return [(title, f"{base}?{urlencode({**asks, **form})}") for title, form in FORMATS]


ROUTES = (Route("/c/{case}/now", page),)
