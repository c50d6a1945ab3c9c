"""The view *Briefs*: documents to hand on, and a new edition where somebody asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from tocsin.errors import UnknownName
from tocsin.web.access import Role, audit, may, require
from tocsin.web.briefs.files import FILES, PAGE, editions_shown, policy_for
from tocsin.web.briefs.making import is_running, start, state_of
from tocsin.web.place import place, workbench_of
from tocsin.web.shell.addresses import link
from tocsin.web.shell.posted import posted, see
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from starlette.requests import Request

    from tocsin.web.place import Place
    from tocsin.web.shell.posted import Form
    from tocsin.web.shell.rendering import Context

VIEW = "briefs"
FOR_EVER = "private, max-age=31536000, immutable"
CONFLICT = 409


def page(request: Request) -> Response:
    """Every edition's documents, and how the making of a new one goes."""
    return _page(request, place(request))


def _page(request: Request, at: Place, *, status: int = 200) -> Response:
    return render(
        request, "briefs/briefs.html.j2", view=VIEW, title="Briefs", at=at, make=lambda: _context(request, at,
        refused=status != 200),
        status=status,
    )  # fmt: skip


def _context(request: Request, at: Place, *, refused: bool = False) -> Context:
    listed = workbench_of(request).editions(at.name)
    return {
        **_making(request, at), "refused": refused,
        "editions": editions_shown([listed.get(one) for one in listed.ids()]),
        "may_make": may(request, Role.ANALYST), "record_url": link(at, "trust"), "page_file": PAGE,
    }  # fmt: skip


def _making(request: Request, at: Place) -> Context:
    settings = workbench_of(request).settings
    state = state_of(at.case, settings=settings)
    mine = state is not None and state.ended is None
    return {"making": state, "mine": mine, "elsewhere": not mine and is_running(settings)}


def progress(request: Request) -> Response:
    """How the making goes: the part of the page that htmx loads again."""
    at = place(request)
    return render(
        request, "briefs/making.html.j2", view=VIEW, title="Making an edition", at=at, make=lambda: _making(request, at)
    )  # fmt: skip


def make(request: Request, _: Form) -> Response:
    """Begin to make an edition; a second request meanwhile is told that it is running."""
    user = require(request, Role.ANALYST)
    at = place(request)
    if not start(at.case, settings=workbench_of(request).settings, by=user.name):
        return _page(request, at, status=CONFLICT)
    audit(request, "asked for an edition", at.name)
    return see(link(at, VIEW))


def file(request: Request) -> Response:
    """One file of an edition: the brief as a document of its own, the rest to be kept."""
    at, name = place(request), request.path_params["file"]
    if at.edition is None or name not in {PAGE, *FILES} or name not in at.edition.manifest.files:
        held = [] if at.edition is None else [n for n in (PAGE, *FILES) if n in at.edition.manifest.files]
        raise UnknownName.of("document", name, held)
    content = at.edition.content(name)
    etag = f'"{at.edition.manifest.files[name].sha256[:24]}"'
    headers = {"ETag": etag, "Cache-Control": FOR_EVER if "edition" in request.query_params else "private, no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if name == PAGE:
        policy = {"Content-Security-Policy": policy_for(content)}
        return Response(content, media_type="text/html", headers={**headers, **policy})
    kept_as = f"{at.name}-{at.edition.manifest.made:%Y%m%d}-{name}"
    disposition = {"Content-Disposition": f'attachment; filename="{kept_as}"'}
    return Response(content, media_type=FILES[name][1], headers={**headers, **disposition})


ROUTES = (
    Route("/c/{case}/briefs", page),
    Route("/c/{case}/briefs/making", progress),
    posted("/c/{case}/briefs", make),
    Route("/c/{case}/briefs/{file}", file),
)
