"""The view *Area*: one country or province: what was, what is likely and why, who is there, and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import RedirectResponse
from starlette.routing import Route

from tocsin.errors import UnknownName
from tocsin.vocabulary import Level, Month
from tocsin.web.area.charts import events_svg, fan_svg, history_svg, types_parted
from tocsin.web.area.events import event_months, events_in, sides_to
from tocsin.web.area.recorded import recorded
from tocsin.web.area.there import actors_in, sites_in
from tocsin.web.area.words import moves, probabilities, said_of, unknowns
from tocsin.web.figures.areas import area_url, areas_of, view_url
from tocsin.web.figures.asked import one_of
from tocsin.web.figures.outlook import outlook_of
from tocsin.web.place import place, workbench_of
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.editions import Edition
    from tocsin.web.figures.areas import KnownArea
    from tocsin.web.place import Place
    from tocsin.web.shell.rendering import Context

FORMATS: Sequence[tuple[str, Mapping[str, str]]] = (
    ("CSV", {"format": "csv"}), ("JSON", {"format": "json", "limit": "1000"}), ("Parquet", {"format": "parquet"}),
)  # fmt: skip
"""How a series is downloaded; JSON comes in pages, and one of a thousand months holds it all."""


def find(request: Request) -> Response:
    """The page of the area whose name was typed; of the case's country where none was.

    Raises:
        UnknownName: no area is called so.
    """
    at = place(request)
    if at.edition is None:
        return render(request, "no_edition.html.j2", view="area", title="Area", at=at, make=lambda: {"title": "Area"})
    known = areas_of(at.edition)
    given = request.query_params.get("name", "").strip() or at.edition.manifest.home
    found = next((a for a in known.values() if given.casefold() in {a.name.casefold(), a.area_id.casefold()}), None)
    if found is None:
        raise UnknownName.of("area", given[:60], [a.name for a in known.values()])
    return RedirectResponse(area_url(at, found.area_id), status_code=303)


def page(request: Request) -> Response:
    """The page of one area.

    Raises:
        UnknownName: the edition knows no such area.
    """
    at = place(request)
    if at.edition is None:
        return render(request, "no_edition.html.j2", view="area", title="Area", at=at, make=lambda: {"title": "Area"})
    edition, known, asked = at.edition, areas_of(at.edition), request.path_params["area"]
    if asked not in known:
        raise UnknownName.of("area", asked[:60], known)
    area = known[asked]
    query = dict(request.query_params)
    return render(
        request, "area/area.html.j2", view="area", title=area.name, at=at,
        make=lambda: {**shown(at, edition, area, query), "recorded": recorded(workbench_of(request), at, area)},
    )  # fmt: skip


def shown(at: Place, edition: Edition, area: KnownArea, query: Mapping[str, str]) -> Context:
    """What the page shows.

    Raises:
        InputError: the address asks for a month that the edition does not hold.
    """
    outlook = outlook_of(edition, area.level)
    row = None if outlook is None else outlook.row(area.area_id)
    known = areas_of(edition)
    actors, sites = actors_in(at.case, area), sites_in(at.case, edition, area)
    there, parted = _events(at, edition, area, query), types_parted(edition, area)
    return {
        "area": area, "areas": known.values(), "outlook": outlook, "row": row,
        "country": known.get(area.country), "country_url": area_url(at, area.country),
        "parts": [(a.name, area_url(at, a.area_id)) for a in _parts(known, area)],
        "said": said_of(outlook, row, made=edition.manifest.made) if outlook and row else None,
        "history": history_svg(edition, area), "parted": parted, "fan": fan_svg(edition, area),
        "table": probabilities(outlook, row) if outlook and row else None, "moves": moves(row) if row else (),
        "nearest": _nearest(row, known, at), "own": row["own_record"] if row else (),
        "apart": (row.get("apart") if row else None), "goes_away": (row.get("goes_away") if row else None),
        "actors": actors, "sites": sites, **there,
        "unknown": unknowns(area, outlook, row, parted=parted, months=there["months"], actors=actors, sites=sites),
        "replay_url": view_url(at, "replay") if area.level is Level.ADMIN1 else None,
        "downloads": _downloads(at, area), "profile_url": view_url(at, f"profile/{area.country}"),
    }  # fmt: skip


def _parts(known: Mapping[str, KnownArea], area: KnownArea) -> list[KnownArea]:
    """The provinces of a country; of a province, those beside it in the list."""
    return [a for a in known.values() if a.level is Level.ADMIN1 and a.country == area.country and a != area]


def _events(at: Place, edition: Edition, area: KnownArea, query: Mapping[str, str]) -> Context:
    """Events of one month, and the months around it."""
    months = event_months(edition, area)
    if not months:
        return {"months": (), "month": None}
    month = one_of(query, "month", months, months[-1])
    i = months.index(month)
    around = {"before": months[i - 1] if i else None, "after": months[i + 1] if i + 1 < len(months) else None}
    return {
        "months": months, "month": Month.parse(month), "events": events_in(edition, area, month),
        "events_map": events_svg(edition, area, month), "sides": sides_to(edition, area, month),
        "around": {k: m and (Month.parse(m).words, area_url(at, area.area_id, month=m)) for k, m in around.items()},
    }  # fmt: skip


def _nearest(row: Mapping[str, object] | None, known: Mapping[str, KnownArea], at: Place) -> list[Context]:
    """Nearest past situations, each with what followed and the page of its area where there is one."""
    found: list[Context] = row["nearest"] if row else []  # type: ignore[assignment]
    ids = {a.name: a.area_id for a in known.values()} if found else {}
    return [
        {
            **s, "url": area_url(at, ids[s["area"]]) if s["area"] in ids else None, "month": Month.parse(s["month"]).words,
        }
        for s in found
    ]  # fmt: skip


def _downloads(at: Place, area: KnownArea) -> list[tuple[str, str]]:
    """The area's series in the API."""
    asks = {"level": area.level.value, "area": area.area_id}
    base = f"/api/v1/cases/{at.name}/series"
    return [(title, f"{base}?{urlencode({**asks, **form})}") for title, form in FORMATS]


ROUTES = (Route("/c/{case}/area", find), Route("/c/{case}/area/{area:path}", page))
