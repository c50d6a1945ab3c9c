"""The view *Record*: who and what the documents speak of, each with its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from tocsin.web.place import place, workbench_of
from tocsin.web.record.claim import claim_page
from tocsin.web.record.search import search
from tocsin.web.record.shelf import Shelf, named
from tocsin.web.rendering import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.web.rendering import Context


def shelf_of(request: Request) -> Shelf | None:
    """The record of the case that an address names; None where nothing was read yet."""
    at = place(request)
    record = workbench_of(request).record(at.name)
    return None if record is None else Shelf(at, record, *named(at.case))


def shown(request: Request, template: str, title: str, make: Callable[[Shelf], Context]) -> Response:
    """A page of the record, or the page that says that there is none yet."""
    shelf = shelf_of(request)
    if shelf is None:
        at = place(request)
        return render(request, "record_none.html.j2", view="record", title="Record", at=at, make=dict)
    return render(
        request, template, view="record", title=title, at=shelf.at, make=lambda: {"shelf": shelf, **make(shelf)}
    )


def search_view(request: Request) -> Response:
    """The search."""
    return shown(request, "record_search.html.j2", "Record", lambda shelf: search(shelf, request.query_params))


def claim_view(request: Request) -> Response:
    """A claim."""
    claim_id = request.path_params["claim"]
    return shown(request, "record_claim.html.j2", "A claim", lambda shelf: claim_page(shelf, claim_id))


ROUTES = (
    Route("/c/{case}/record", search_view),
    Route("/c/{case}/record/claim/{claim}", claim_view),
)
