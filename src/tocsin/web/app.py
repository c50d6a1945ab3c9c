"""The workbench as one ASGI application."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tocsin.team import LOOPBACK
from tocsin.web.assets import FOLDER, colours_css
from tocsin.web.faults import FAULTS
from tocsin.web.rendering import Kept
from tocsin.web.routes import routes
from tocsin.web.security import guards
from tocsin.web.service import mounted

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
    """Static files: one asked for with its hash may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        hashed = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = FOR_EVER if hashed else "no-cache"
        return response


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
