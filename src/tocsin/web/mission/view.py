"""The view *Mission*: what is reached, what is missed and what is done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from tocsin.errors import UnknownName
from tocsin.web.blocks.as_file import as_csv
from tocsin.web.blocks.own import page_of, together
from tocsin.web.blocks.shown import page_shown, section
from tocsin.web.mission.instruments import in_year
from tocsin.web.mission.parts import PARTS
from tocsin.web.mission.sites import sites_table
from tocsin.web.place import place
from tocsin.web.shell.addresses import hidden, link, service
from tocsin.web.shell.parts import part_named, tabs
from tocsin.web.shell.rendering import answer, render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.web.place import Place
    from tocsin.web.shell.parts import Part
    from tocsin.web.shell.rendering import Context

VIEW = "mission"
AS_TABLES = ("transfer", "exits")
"""Parts handed out as the tables that the page shows; none of them names a site."""


def page(request: Request) -> Response:
    """One part of the mission's assessment, chosen by `part`."""
    at = place(request)
    if at.edition is None:
        return render(
            request, "no_edition.html.j2", view=VIEW, title="Mission", at=at, make=lambda: {"title": "Mission"}
        )
    part = part_named(PARTS, request.query_params.get("part", ""))
    return render(
        request, "mission/mission.html.j2", view=VIEW, title=f"Mission: {part.title}", at=at, keep=part.name != "instruments",
        make=lambda: _context(request, at, part),
    )  # fmt: skip


def _context(request: Request, at: Place, part: Part) -> Context:
    asked = dict(request.query_params)
    page = _page(request, at, part)
    return {
        "part": part, "tabs": tabs(PARTS, part, at=at, view=VIEW),
        "shown": page and page_shown(page, at=at, view=VIEW, asked=asked, without=part.headings),
        "carried": hidden(at, asked, without=("only",)), "only": asked.get("only", ""),
        "again": part.again.format(case=at.name),
        "downloads": _downloads(at, part),
        "record_url": link(at, "trust"),
        "year": in_year(at, asked.get("year", "")) if part.name == "instruments" else None,
        "year_carried": hidden(at, asked, without=("year",)),
    }  # fmt: skip


def _downloads(at: Place, part: Part) -> list[tuple[str, str]]:
    """What the API gives of a part; the tables of the page, where it gives nothing."""
    given = [(title, service(at, resource, {"format": form})) for title, resource, form in part.downloads]
    return given or ([("CSV", link(at, f"mission/{part.name}.csv"))] if part.name in AS_TABLES else [])


def tables(request: Request) -> Response:
    """The tables of a part as one CSV file.

    Raises:
        UnknownName: the part has no such file, or the edition does not hold it.
    """
    at, name = place(request), request.path_params["part"]
    if at.edition is None or name not in AS_TABLES or not at.edition.has(f"pages/{name}"):
        raise UnknownName.of("table", name, AS_TABLES)
    made = f"{at.edition.manifest.made:%Y%m%d}"
    response = answer(request, as_csv(at.edition.page(name)), media_type="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{at.name}-{made}-{name}.csv"'
    return response


def _page(request: Request, at: Place, part: Part) -> dict[str, Any] | None:
    """The edition's page of a part, with the case's sites under what they reach; None where it holds none."""
    assert at.edition is not None, "the page is shown for an edition"
    if not at.edition.has(f"pages/{part.page}"):
        return None
    page = section(at.edition.page(part.page))
    if part.name != "reach":
        return page
    return together(page, page_of(*sites_table(at, signed_in=bool(request.state.user))))


ROUTES = (Route("/c/{case}/mission", page), Route("/c/{case}/mission/{part}.csv", tables))
