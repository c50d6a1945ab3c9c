"""What the first visitor would wait for, made ready while nobody waits."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from starlette.requests import Request

from tocsin.errors import TocsinError
from tocsin.team import LOCAL
from tocsin.web.now import view as now
from tocsin.web.shell.rendering import TEMPLATES
from tocsin.web.workbench import EDITIONS_KEPT

if TYPE_CHECKING:
    from starlette.applications import Starlette


def begin_warming(app: Starlette) -> Thread:
    """Make ready what first visitors ask for, in a thread that holds nobody up and ends with the server."""
    thread = Thread(target=warm, args=(app,), name="warming", daemon=True)
    thread.start()
    return thread


def warm(app: Starlette) -> None:
    """Show each case's first page to nobody, as far as editions are held in memory, and load every template.

    A case that cannot be shown is left to its visitors, who are told why.
    """
    for name in app.state.workbench.names[:EDITIONS_KEPT]:
        with suppress(TocsinError):
            now.page(_asked(app, name))
    for template in TEMPLATES.list_templates(["j2"]):
        TEMPLATES.get_template(template)


def _asked(app: Starlette, case: str) -> Request:
    path = f"/c/{case}/now"
    return Request({
        "type": "http", "app": app, "method": "GET", "scheme": "http", "server": ("127.0.0.1", 80), "headers": [],
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"", "path_params": {"case": case},
        "state": {"user": LOCAL, "csrf": ""},
    })  # fmt: skip
