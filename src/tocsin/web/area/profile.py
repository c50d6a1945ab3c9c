"""The structural profile of a country: its slow drivers, drawn and tabled, with the data to download."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.routing import Route

from tocsin.api.profile import country_of, profile
from tocsin.assess.profile_json import profile_json
from tocsin.assess.profile_words import method, window
from tocsin.brief.blocks import Bullets, Heading, Paragraph
from tocsin.brief.sections.profile import figures, table, weakly
from tocsin.web.blocks.as_file import as_csv
from tocsin.web.blocks.own import page_of
from tocsin.web.blocks.shown import page_shown
from tocsin.web.figures.areas import area_url, areas_of, view_url
from tocsin.web.place import place
from tocsin.web.shell.rendering import answer, render

if TYPE_CHECKING:
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.assess.profile import Profile
    from tocsin.web.place import Place
    from tocsin.web.shell.rendering import Context

WIDTH = 680.0


def page(request: Request) -> Response:
    """The page of a country's slow drivers.

    Raises:
        UnknownName: no country whose figures ship is called so.
    """
    at, made = place(request), _asked(request)
    query = dict(request.query_params)
    return render(
        request, "area/profile.html.j2", view="area", title=f"Slow drivers of {made.name}", at=at,
        make=lambda: _shown(at, made, query),
    )  # fmt: skip


def _asked(request: Request) -> Profile:
    country, _ = country_of(request.path_params["country"])
    return profile(country)


def _shown(at: Place, made: Profile, query: dict[str, str]) -> Context:
    view = f"profile/{made.country}"
    return {
        "profile": made, "back": _back(at, made), "method": method(),
        "shown": page_shown(_laid(made), at=at, view=view, asked=query),
        "downloads": [(title, view_url(at, f"{view}.{form}")) for title, form in (("CSV", "csv"), ("JSON", "json"))],
    }  # fmt: skip


def _back(at: Place, made: Profile) -> str | None:
    """The page of the country itself; None where the edition knows no such area."""
    known = at.edition is not None and made.country in areas_of(at.edition)
    return area_url(at, made.country) if known else None


def _laid(made: Profile) -> dict[str, Any]:
    return page_of(
        Heading("Prevention's window", id="window"), *(Paragraph(words) for words in window(made)[:1]),
        *((Bullets(window(made)[1:]),) if window(made)[1:] else ()),
        Heading("Through the years", id="years"), *figures(made, width=WIDTH),
        Heading("Where each stands, and what such conditions were followed by", id="standing"), table(made),
        Heading("How weakly they predict", id="weakly"), Paragraph(weakly(made)),
    )  # fmt: skip


def as_table(request: Request) -> Response:
    """The table of the page as CSV.

    Raises:
        UnknownName: no country whose figures ship is called so.
    """
    place(request)
    made = _asked(request)
    return _file(request, made, as_csv(_laid(made)), kind="csv", media_type="text/csv")


def as_json(request: Request) -> Response:
    """The whole profile as `tocsin profile --json` prints it.

    Raises:
        UnknownName: no country whose figures ship is called so.
    """
    place(request)
    made = _asked(request)
    whole = json.dumps(profile_json(made), ensure_ascii=False, allow_nan=False)
    return _file(request, made, whole, kind="json", media_type="application/json")


def _file(request: Request, made: Profile, content: str, *, kind: str, media_type: str) -> Response:
    response = answer(request, content, media_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="profile-{made.country}.{kind}"'
    return response


ROUTES = (
    Route("/c/{case}/profile/{country}.csv", as_table),
    Route("/c/{case}/profile/{country}.json", as_json),
    Route("/c/{case}/profile/{country}", page),
)
