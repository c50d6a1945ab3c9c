"""The page that lists the operations, made from the description itself; no script, nothing from elsewhere."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.web.shell.rendering import content

ROUTER = APIRouter(include_in_schema=False)


@ROUTER.get("/", name="front")
@ROUTER.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The operations, their parameters and their answers."""
    told: dict[str, Any] = request.app.openapi()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, item in told["paths"].items():
        for method, one in item.items():
            shown = {"path": path, "method": method.upper(), **one}
            groups.setdefault((one.get("tags") or ["other"])[0], []).append(shown)
    base = str(request.scope.get("root_path", ""))
    page = content("service/api_docs.html.j2", {"groups": groups, "base": base, "version": told["info"]["version"]})
    return HTMLResponse(page, headers={"Cache-Control": "no-cache"})
