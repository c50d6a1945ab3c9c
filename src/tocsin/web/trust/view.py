"""The view *Trust*: how such figures did before, what they rest on, and how to make them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from tocsin.brief.blocks import Callout
from tocsin.web.blocks.own import page_of, together
from tocsin.web.blocks.shown import Links, links_of, page_shown, section
from tocsin.web.place import place, workbench_of
from tocsin.web.shell.addresses import hidden, service
from tocsin.web.shell.parts import part_named, tabs
from tocsin.web.shell.rendering import render
from tocsin.web.trust.parts import PARTS
from tocsin.web.trust.sources import again_alone, sources_shown
from tocsin.web.trust.tables import editions_tables, freshness_table, log_table, model_blocks
from tocsin.web.trust.verified import checks, logged
from tocsin.web.trust.watch import watch_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from tocsin.brief.blocks import Block
    from tocsin.editions import Edition
    from tocsin.web.place import Place
    from tocsin.web.shell.parts import Part
    from tocsin.web.shell.rendering import Context
    from tocsin.web.trust.verified import Check

VIEW = "trust"
KEPT = ("record", "models", "sources")
"""Parts that depend on the edition alone."""


def page(request: Request) -> Response:
    """One part of the view, chosen by `part`."""
    at = place(request)
    if at.edition is None:
        return render(request, "no_edition.html.j2", view=VIEW, title="Trust", at=at, make=lambda: {"title": "Trust"})
    part = part_named(PARTS, request.query_params.get("part", ""))
    return render(
        request, "trust/trust.html.j2", view=VIEW, title=f"Trust: {part.title}", at=at, keep=part.name in KEPT,
        make=lambda: _context(request, at, part),
    )  # fmt: skip


def _context(request: Request, at: Place, part: Part) -> Context:
    asked = dict(request.query_params)
    page = _page(request, at, part)
    return {
        "part": part, "tabs": tabs(PARTS, part, at=at, view=VIEW),
        "shown": page_shown(page, at=at, view=VIEW, asked=asked, without=("scores",), links=_links(at)),
        "texts": at.case.sources if part.name == "texts" else (),
        "sources": sources_shown(at) if part.name == "sources" else (),
        "checks": _checks(request, at, part),
        "carried": hidden(at, asked, without=("only",)), "only": asked.get("only", ""),
        "again": part.again.format(case=at.name),
        "downloads": [(title, service(at, name, {"format": form})) for title, name, form in part.downloads],
    }  # fmt: skip


def _links(at: Place) -> Links:
    """Where words lead: areas, sources, and editions to themselves."""
    there = links_of(at)
    ids = {one: f"/c/{at.name}/{VIEW}?part=editions&edition={one}" for one in _ids(at)}
    return Links({**there.whole, **ids}, there.ids)


def _ids(at: Place) -> tuple[str, ...]:
    assert at.edition is not None, "the page is shown for an edition"
    return tuple(p.name for p in at.edition.folder.parent.iterdir() if p.name[:1].isdigit())


def _checks(request: Request, at: Place, part: Part) -> tuple[Check, ...]:
    if part.name not in {"log", "editions"}:
        return ()
    workbench = workbench_of(request)
    return checks(at, settings=workbench.settings, record=workbench.record(at.name))


def _page(request: Request, at: Place, part: Part) -> dict[str, Any]:
    """The blocks of a part: those that the view writes, then those of the edition."""
    assert at.edition is not None, "the page is shown for an edition"
    workbench = workbench_of(request)
    own = {
        "models": lambda: page_of(*model_blocks(at)),
        "data": lambda: page_of(*freshness_table(at), *watch_blocks(at, request.app.state.team)),
        "log": lambda: page_of(*_log(workbench.settings.log_file)),
        "editions": lambda: page_of(*editions_tables(at, _editions(request, at))),
    }  # fmt: skip
    pages = [own[part.name]()] if part.name in own else []
    if part.page and at.edition.has(f"pages/{part.page}"):
        whole = at.edition.page(part.page)
        pages.append(again_alone(whole) if part.name == "sources" else section(whole))
    return together(*pages)


def _log(log: Path) -> tuple[Block, ...]:
    entries = logged(log)
    if not entries:
        return (Callout("note", "No forecast has been logged on this machine yet."),)
    return (log_table(entries),)


def _editions(request: Request, at: Place) -> list[Edition]:
    listed = workbench_of(request).editions(at.name)
    return [listed.get(one) for one in listed.ids()]


ROUTES = (Route("/c/{case}/trust", page),)
