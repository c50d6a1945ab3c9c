"""The API as one application, to be mounted at /api/v1."""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI
from starlette.routing import Mount

from tocsin.web.service import (
    alerts,
    areas,
    briefs,
    cases,
    decisions,
    events,
    feeds,
    forecasts,
    listing,
    matching,
    missions,
    record,
    settling,
    trust,
    warnings,
)  # fmt: skip
from tocsin.web.service.answers import Kept
from tocsin.web.service.asking import only_known_parameters
from tocsin.web.service.faults import DOCUMENTED, FAULTS
from tocsin.web.service.heads import VERSION, Heads
from tocsin.web.service.tables import Tables

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from tocsin.settings import Settings
    from tocsin.team import Team
    from tocsin.web.workbench import Workbench

SUMMARY = "Forecasts, warnings, the record, missions and decisions of the cases of a workbench."
RESOURCES = (
    cases, forecasts, warnings, areas, events, missions, record, decisions, settling, trust, alerts, feeds, briefs,
    matching, listing,
)  # fmt: skip


class Whole(Mount):
    """All addresses that begin so, whatever they hold: a line break too is refused in the API's own shape."""

    def __init__(self, path: str, app: ASGIApp, *, name: str) -> None:
        super().__init__(path, app=app, name=name)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)


def mounted(workbench: Workbench, *, settings: Settings, team: Team | None = None) -> Mount:
    """The API at its place in the workbench; the arguments are those of `create_service`."""
    return Whole("/api/v1", create_service(workbench, settings=settings, team=team), name="api")


def create_service(workbench: Workbench, *, settings: Settings, team: Team | None = None) -> FastAPI:
    """The API of a workbench.

    Args:
        workbench: the cases it answers for.
        settings: where data are.
        team: whose database keeps the alerts that rang; None where none is kept.
    """
    app = FastAPI(
        title="Tocsin", version=VERSION, summary=SUMMARY, openapi_url="/openapi.json", docs_url=None, redoc_url=None,
        redirect_slashes=False, exception_handlers=dict(FAULTS), responses=DOCUMENTED,
        dependencies=[Depends(only_known_parameters)], generate_unique_id_function=lambda route: route.name,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"}, separate_input_output_schemas=False,
    )  # fmt: skip
    for resource in RESOURCES:
        app.include_router(resource.ROUTER)
    app.add_middleware(Heads)
    app.state.workbench, app.state.settings, app.state.kept = workbench, settings, Kept()
    app.state.tables, app.state.documents, app.state.team = Tables(), {}, team
    app.state.parameters, app.state.describing = None, Lock()
    return app
