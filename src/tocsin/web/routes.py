"""Every page of the workbench, by the module that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.web import geo
from tocsin.web.views import (
    account,
    admin,
    area,
    briefs,
    cases,
    decide,
    front,
    login,
    mission,
    now,
    record,
    replay,
    trust,
)
from tocsin.web.views import help as help_pages

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

VIEWS = (
    front,
    geo,
    now,
    area,
    replay,
    record,
    mission,
    decide,
    trust,
    briefs,
    cases,
    help_pages,
    login,
    account,
    admin,
)


def routes() -> tuple[BaseRoute, ...]:
    """The routes of all views."""
    return tuple(route for view in VIEWS for route in view.ROUTES)
