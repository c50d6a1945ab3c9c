"""The view *cases*: all cases with their state, one case with its check, cases that come in and go out as files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse
from starlette.routing import Route

from tocsin.api.case_export import export_case
from tocsin.api.case_import import MOST_BYTES, MOST_MEMBERS, MOST_TIMES
from tocsin.api.case_unfinished import interrupted
from tocsin.web.access import Role, audit, may, require
from tocsin.web.cases.imports import Imports
from tocsin.web.cases.states import checks_of, state_of, states
from tocsin.web.place import workbench_of
from tocsin.web.shell.posted import posted
from tocsin.web.shell.rendering import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.api.case_import import ImportedCase
    from tocsin.web.shell.posted import Form

BUSY, BAD = 503, 400
SEE_OTHER = 303
LIMITS = {"bytes": MOST_BYTES // 1_000_000, "members": MOST_MEMBERS, "times": MOST_TIMES}


def listed(request: Request) -> Response:
    """Every case of the workbench."""
    return _list(request)


def _list(request: Request, *, fault: str | None = None, status: int = 200) -> Response:
    workbench = workbench_of(request)
    return render(
        request, "cases/cases.html.j2", view="cases", title="Cases", status=status,
        make=lambda: {
            "states": states(workbench, checks_of(request)), "fault": fault, "limits": LIMITS,
            "may_import": may(request, Role.ANALYST), "imports": workbench.imports is not None,
            "interrupted": () if workbench.imports is None else interrupted(workbench.imports),
        },
    )  # fmt: skip


def one(request: Request) -> Response:
    """One case: what its check found, and how it is taken along."""
    name = request.path_params["case"]
    state = state_of(workbench_of(request), name, checks_of(request))
    return render(
        request, "cases/case.html.j2", view="cases", title=state.title,
        make=lambda: {"state": state, "may_export": may(request, Role.ANALYST)},
    )  # fmt: skip


def out(request: Request, form: Form) -> Response:
    """The case as a file. Sites that a user entered stay here: only the command line lets them go."""
    require(request, Role.ANALYST)
    workbench, name = workbench_of(request), request.path_params["case"]
    case = workbench.case(name)
    scratch = Path(mkdtemp(prefix="tocsin-export-"))
    try:
        done = export_case(
            case, scratch / f"{name}.tocsin.zip", settings=workbench.settings, documents=form.get("documents") == "yes",
            record=form.get("record") == "yes",
        )  # fmt: skip
        audit(
            request, "case exported", name, f"{done.files} files, {'no' if done.record is None else done.record} rows"
        )
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return FileResponse(
        done.path, media_type="application/zip", filename=f"{name}.tocsin.zip", headers={"Cache-Control": "no-store"},
        background=BackgroundTask(shutil.rmtree, scratch, ignore_errors=True),
    )  # fmt: skip


async def come_in(request: Request) -> Response:
    """Take a case file; who may not is told so before anything of it is read."""
    require(request, Role.ANALYST)
    if workbench_of(request).imports is None:
        raise HTTPException(BAD, "This workbench has no folder of cases to put it in: tocsin serve --cases FOLDER")
    async with request.form(max_files=1, max_fields=10) as form:
        file, name = form.get("file"), form.get("name")
        if not isinstance(file, UploadFile) or not file.filename:
            return await run_sync(lambda: _list(request, fault="Choose a file first.", status=BAD))
        return await run_sync(_begin, request, file, name.strip() if isinstance(name, str) else "")


def _begin(request: Request, file: UploadFile, name: str) -> Response:
    workbench, user = workbench_of(request), require(request, Role.ANALYST)
    called = re.sub(r"[^\w.() -]", "_", Path(file.filename or "").name)[:100]
    audit(request, "case uploaded", called, f"{file.size or 0} bytes")

    def taken(done: ImportedCase) -> None:
        assert done.folder is not None
        workbench.add(done.folder.resolve())
        audit(request, "case imported", done.name, f"from {called}")

    assert workbench.imports is not None
    begun = _imports(request).begin(
        file.file, file=called, name=name or None, by=user.name, into=workbench.imports, settings=workbench.settings,
        then=taken, used=workbench.names,
    )  # fmt: skip
    if begun is None:
        raise HTTPException(BUSY, "Other cases are being put in. Try again in a minute.", {"Retry-After": "60"})
    return RedirectResponse(f"/cases/import/{begun.id}", SEE_OTHER)


def coming_in(request: Request) -> Response:
    """How an import stands."""
    require(request, Role.ANALYST)
    found = _imports(request).get(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "There is no such import; those of before the last start of the server are forgotten.")
    response = render(
        request, "cases/import.html.j2", view="cases", title=f"Import of {found.file}", make=lambda: {"one": found}
    )  # fmt: skip
    if found.doing is not None and "HX-Request" not in request.headers:
        response.headers["Refresh"] = "2"
    response.headers["Cache-Control"] = "no-store"
    return response


def _imports(request: Request) -> Imports:
    """The imports of this workbench."""
    state = request.app.state
    if not hasattr(state, "imports"):
        state.imports = Imports()
    found: Imports = state.imports
    return found


ROUTES = (
    Route("/cases", listed),
    Route("/cases/import", come_in, methods=["POST"]),
    Route("/cases/import/{id}", coming_in),
    Route("/cases/{case}", one),
    posted("/cases/{case}/file", out),
)
