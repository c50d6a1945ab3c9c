"""The view *help*: a guided first run that follows the state of a case, and the manual with its search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.routing import Route

from tocsin.web.cases.states import checks_of, state_of
from tocsin.web.help.first_steps import stand_of, steps
from tocsin.web.help.manual import FOLDER, manual
from tocsin.web.help.manual.shown import shown
from tocsin.web.place import workbench_of
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.web.shell.rendering import Context

LONGEST_ASKED = 200
NOT_FOUND = 404


def start(request: Request) -> Response:
    """The guided first run, and what the manual holds; with `q` what was found in it."""
    asked = request.query_params.get("q", "").strip()[:LONGEST_ASKED]
    if asked:
        hits = manual().search(asked)
        return render(
            request, "help/found.html.j2", view="help", title=f"Help: {asked}",
            make=lambda: {"asked": asked, "hits": hits},
        )  # fmt: skip
    return render(request, "help/help.html.j2", view="help", title="Help", make=lambda: _guide(request))


def _guide(request: Request) -> Context:
    workbench = workbench_of(request)
    named = request.query_params.get("case") or next(iter(workbench.names), None)
    index = manual().pages.get("index")
    context: Context = {
        "names": workbench.names,
        "state": None,
        "steps": (),
        "contents": shown(index, below=1) if index else "",
    }
    if named is not None:
        state = state_of(workbench, named, checks_of(request))
        context |= {"state": state, "steps": steps(stand_of(workbench, state))}
    return context


def page(request: Request) -> Response:
    """One page of the manual."""
    found = manual().page(request.path_params["page"])
    return render(
        request, "help/page.html.j2", view="help", title=found.title,
        make=lambda: {"page": found, "content": shown(found), "sections": found.sections[1:]},
    )  # fmt: skip


def picture(request: Request) -> Response:
    """A picture of the manual."""
    held = {path.name: path for path in (FOLDER / "images").glob("*") if path.suffix in {".png", ".svg"}}
    found = held.get(request.path_params["name"])
    if found is None:
        raise HTTPException(NOT_FOUND, "There is no such picture.")
    return FileResponse(found, headers={"Cache-Control": "no-cache"})


ROUTES = (
    Route("/help", start),
    Route("/help/", start),
    Route("/help/images/{name}", picture),
    Route("/help/{page}", page),
)
