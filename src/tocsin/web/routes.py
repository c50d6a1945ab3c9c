"""Every page of the workbench, by the module that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.web.account import admin, login
from tocsin.web.account import view as account
from tocsin.web.area import profile
from tocsin.web.area import view as area
from tocsin.web.briefs import view as briefs
from tocsin.web.cases import front
from tocsin.web.cases import view as cases
from tocsin.web.decide import view as decide
from tocsin.web.figures import geo
from tocsin.web.help import view as help_pages
from tocsin.web.mission import view as mission
from tocsin.web.now import view as now
from tocsin.web.record import view as record
from tocsin.web.replay import view as replay
from tocsin.web.trust import view as trust

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

VIEWS = (
    front,
    geo,
    now,
    area,
    profile,
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
