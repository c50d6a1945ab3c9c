"""The view *Mission*: what is reached, what is missed and what is done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from tocsin.web.addresses import hidden, link, service
from tocsin.web.blocks_shown import page_shown
from tocsin.web.instruments_shown import in_year
from tocsin.web.mission_parts import PARTS
from tocsin.web.parts import part_named, tabs
from tocsin.web.place import place
from tocsin.web.rendering import render
from tocsin.web.sites_shown import sites_shown

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.web.parts import Part
    from tocsin.web.place import Place
    from tocsin.web.rendering import Context

VIEW = "mission"


def page(request: Request) -> Response:
    """One part of the mission's assessment, chosen by `part`."""
    at = place(request)
    if at.edition is None:
        return render(
            request, "no_edition.html.j2", view=VIEW, title="Mission", at=at, make=lambda: {"title": "Mission"}
        )
    part = part_named(PARTS, request.query_params.get("part", ""))
    return render(
        request, "mission.html.j2", view=VIEW, title=f"Mission: {part.title}", at=at, keep=True,
        make=lambda: _context(request, at, part),
    )  # fmt: skip


def _context(request: Request, at: Place, part: Part) -> Context:
    asked = dict(request.query_params)
    assert at.edition is not None, "the page is shown for an edition"
    name = f"pages/{part.page}"
    return {
        "part": part, "tabs": tabs(PARTS, part, at=at, view=VIEW),
        "shown": page_shown(at.edition.page(part.page), at=at, view=VIEW, asked=asked, without=part.headings)
        if at.edition.has(name) else None,
        "carried": hidden(at, asked, without=("only",)), "only": asked.get("only", ""),
        "again": part.again.format(case=at.name),
        "downloads": [(title, service(at, resource, {"format": form})) for title, resource, form in part.downloads],
        "record_url": link(at, "trust"),
        "sites": sites_shown(at, signed_in=bool(request.state.user)) if part.name == "reach" else (),
        "year": in_year(at, asked.get("year", "")) if part.name == "instruments" else None,
        "year_carried": hidden(at, asked, without=("year",)),
    }  # fmt: skip


ROUTES = (Route("/c/{case}/mission", page),)
