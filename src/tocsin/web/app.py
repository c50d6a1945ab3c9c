"""The workbench as one ASGI application."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import cache
from hashlib import blake2b
from mimetypes import guess_type
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tocsin.team import LOOPBACK
from tocsin.web.routes import routes
from tocsin.web.security import guards
from tocsin.web.service import mounted
from tocsin.web.shell.assets import FOLDER, colours_css
from tocsin.web.shell.faults import FAULTS
from tocsin.web.shell.rendering import Kept

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import Scope

    from tocsin.settings import Settings
    from tocsin.team import Exposure, Team
    from tocsin.web.workbench import Workbench

FOR_EVER = "public, max-age=31536000, immutable"
THREADS = 4
"""Pages made at once; others wait their turn. With more, pages that ask the record much wait for all others at each question."""


class Static(StaticFiles):
    """Static files, read once and answered from memory; one asked for with its hash may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept; 304 where the asker has it."""
        held = _held().get(path) if scope["method"] == "GET" else None
        if held is None:
            return await super().get_response(path, scope)
        data, kind, etag = held
        hashed = b"v=" in scope.get("query_string", b"")
        headers = {"ETag": etag, "Cache-Control": FOR_EVER if hashed else "no-cache"}
        asked = Headers(scope=scope).get("if-none-match", "")
        if etag in {tag.strip() for tag in asked.split(",")}:
            return Response(status_code=304, headers=headers)
        return Response(data, media_type=kind, headers=headers)


@cache
def _held() -> dict[str, tuple[bytes, str, str]]:
    """Every static file by its address, with its media type and ETag."""
    found = (path for path in FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {
        path.relative_to(FOLDER).as_posix(): (data := path.read_bytes(), _kind(path.name), _etag(data))
        for path in found
    }


def _kind(name: str) -> str:
    return "text/javascript" if name.endswith((".js", ".mjs")) else guess_type(name)[0] or "application/octet-stream"


def _etag(data: bytes) -> str:
    return f'"{blake2b(data, digest_size=12).hexdigest()}"'


def colours(_: Request) -> Response:
    """The design's colours, as a style sheet."""
    return Response(colours_css(), media_type="text/css", headers={"Cache-Control": "no-cache"})


def create_app(
    workbench: Workbench, *, settings: Settings, team: Team | None = None, exposure: Exposure = LOOPBACK
) -> Starlette:
    """The workbench of several cases.

    Args:
        workbench: the cases shown.
        settings: where data are, and what the walls allow.
        team: users, sessions and tokens; None for the one user of this machine.
        exposure: how the server is reached.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        workbench.close()

    app = Starlette(
        routes=[
            Route("/static/colours.css", colours),
            mounted(workbench, settings=settings, team=team),
            Mount("/static", Static(directory=FOLDER), name="static"),
            *routes(),
        ],
        middleware=[
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=4),
            *guards(settings=settings, team=team, exposure=exposure),
        ],
        exception_handlers=FAULTS,
        lifespan=lifespan,
    )
    app.state.exposure = exposure
    app.state.workbench, app.state.settings, app.state.team, app.state.kept = workbench, settings, team, Kept()
    return app
