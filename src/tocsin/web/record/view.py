"""The view *Record*: who and what the documents speak of, each with its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from tocsin.errors import Outdated
from tocsin.web.access import Role, audit, may, require
from tocsin.web.place import place, workbench_of
from tocsin.web.record.claim import claim_page
from tocsin.web.record.contradictions import contradictions_page
from tocsin.web.record.deciding import carry_out, conflict, decision, judgement, name_of
from tocsin.web.record.document import document_of, document_page, documents, file_name, text_asked
from tocsin.web.record.entity import entity_page
from tocsin.web.record.review import review
from tocsin.web.record.search import search
from tocsin.web.record.shelf import shelf_at
from tocsin.web.record.timeline import timeline
from tocsin.web.shell.posted import posted, see
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from tocsin.web.record.shelf import Shelf
    from tocsin.web.shell.posted import Form
    from tocsin.web.shell.rendering import Context


def shelf_of(request: Request) -> Shelf | None:
    """The record of the case that an address names; None where nothing was read yet."""
    at = place(request)
    record = workbench_of(request).record(at.name)
    return None if record is None else shelf_at(at, record)


def shown(request: Request, template: str, title: str, make: Callable[[Shelf], Context]) -> Response:
    """A page of the record, or the page that says that there is none yet."""
    shelf = shelf_of(request)
    if shelf is None:
        at = place(request)
        return render(request, "record/none.html.j2", view="record", title="Record", at=at, make=dict)
    return render(
        request, template, view="record", title=title, at=shelf.at, make=lambda: {"shelf": shelf, **make(shelf)}
    )


def search_view(request: Request) -> Response:
    """The search."""
    return shown(request, "record/search.html.j2", "Record", lambda shelf: search(shelf, request.query_params))


def claim_view(request: Request) -> Response:
    """A claim."""
    claim_id, may_decide = request.path_params["claim"], may(request, Role.REVIEWER)
    return shown(
        request, "record/claim.html.j2", "A claim", lambda shelf: claim_page(shelf, claim_id, may_decide=may_decide)
    )


def entity_view(request: Request) -> Response:
    """An entity."""
    entity, query = request.path_params["entity"], request.query_params
    return shown(
        request, "record/entity.html.j2", "An entity",
        lambda shelf: entity_page(
            shelf, entity, screened=query.get("screen") == "1", alike=query.get("same") == "1",
            may_decide=may(request, Role.REVIEWER),
        ),
    )  # fmt: skip


def judge(request: Request, given: Form) -> Response:
    """Write down whether two entities are one, unless somebody else has judged them meanwhile."""
    user = require(request, Role.REVIEWER)
    shelf = shelf_of(request)
    if shelf is None:
        raise HTTPException(404, "No document of this case was read yet")
    entity, wanted = request.path_params["entity"], judgement(given)
    try:
        shelf.record.judge(entity, wanted.other, wanted.verdict, by=name_of(user), why=wanted.why, seen=wanted.seen)
    except Outdated as error:
        raise HTTPException(409, f"{error.what}. Go back, load the page again, and judge what stands now.") from error
    audit(request, "entity judged", f"{shelf.at.name} {entity}", f"{wanted.verdict} {wanted.other}")
    return see(shelf.entity_url(entity))


def timeline_view(request: Request) -> Response:
    """The timeline."""
    return shown(request, "record/timeline.html.j2", "Timeline", lambda shelf: timeline(shelf, request.query_params))


def documents_view(request: Request) -> Response:
    """The list of documents."""
    return shown(request, "record/documents.html.j2", "Documents", lambda shelf: documents(shelf, request.query_params))


def document_view(request: Request) -> Response:
    """A document."""
    document, query = request.path_params["document"], request.query_params
    return shown(request, "record/document.html.j2", "A document", lambda shelf: document_page(shelf, document, query))


def text_view(request: Request) -> Response:
    """A document's text, to be kept: never anything that a browser would run."""
    shelf = shelf_of(request)
    if shelf is None:
        raise HTTPException(404, "No document of this case was read yet")
    document = document_of(shelf, request.path_params["document"])
    heads = shelf.record.heads(document.document_id)
    if not heads:
        raise HTTPException(404, "No text was read from this document")
    text = shelf.record.characters(text_asked(heads, request.query_params.get("text")).text_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(document)}"', "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }  # fmt: skip
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


def contradictions_view(request: Request) -> Response:
    """Contradictions."""
    query = request.query_params
    return shown(
        request, "record/contradictions.html.j2", "Contradictions", lambda shelf: contradictions_page(shelf, query)
    )


def review_view(request: Request) -> Response:
    """The queue of review."""
    query, may_decide = request.query_params, may(request, Role.REVIEWER)
    return shown(request, "record/review.html.j2", "Review", lambda shelf: review(shelf, query, may_decide=may_decide))


def decide(request: Request, given: Form) -> Response:
    """Carry out what a reviewer decided; where somebody else was faster, show both and change nothing."""
    user = require(request, Role.REVIEWER)
    shelf = shelf_of(request)
    if shelf is None:
        raise HTTPException(404, "No document of this case was read yet")
    claim_id, wanted = request.path_params["claim"], decision(given)
    back = way_back(shelf, given.get("back", ""), claim_id)
    try:
        stands = carry_out(shelf.record, claim_id, wanted, name_of(user))
    except Outdated:
        return render(
            request, "record/conflict.html.j2", view="record", title="Somebody was faster", at=shelf.at, status=409,
            make=lambda: {"shelf": shelf, **conflict(shelf, claim_id, wanted, back=back)},
        )  # fmt: skip
    audit(request, f"claim {wanted.action}", f"{shelf.at.name} {claim_id}", wanted.status or wanted.grade)
    return see(gone_on(shelf, back, claim_id, stands))


def gone_on(shelf: Shelf, back: str, claim_id: str, stands: str) -> str:
    """The address after a decision: the queue, which names what was decided, or the page of the claim that stands now."""
    path, _, asked = back.partition("?")
    if path != shelf.url("review"):
        return shelf.claim_url(stands)
    kept = [(name, value) for name, value in parse_qsl(asked) if name != "done"]
    return f"{path}?{urlencode([*kept, ('done', claim_id)])}"


def way_back(shelf: Shelf, given: str, claim_id: str) -> str:
    """Where to go on: a page of this record that the form names, else the claim's own."""
    review_url = shelf.url("review")
    is_ours = given == review_url or given.startswith(f"{review_url}?")
    return given if is_ours and given.isprintable() and given.isascii() else shelf.claim_url(claim_id)


ROUTES = (
    Route("/c/{case}/record", search_view),
    Route("/c/{case}/record/claim/{claim}", claim_view),
    posted("/c/{case}/record/claim/{claim}/decide", decide),
    Route("/c/{case}/record/review", review_view),
    posted("/c/{case}/record/entity/{entity:path}/judge", judge),
    Route("/c/{case}/record/entity/{entity:path}", entity_view),
    Route("/c/{case}/record/timeline", timeline_view),
    Route("/c/{case}/record/documents", documents_view),
    Route("/c/{case}/record/document/{document}", document_view),
    Route("/c/{case}/record/document/{document}/text", text_view),
    Route("/c/{case}/record/contradictions", contradictions_view),
)
