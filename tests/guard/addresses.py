"""Every address of the workbench that gives something out, asked of the application itself, with what fills its gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.routing import Mount, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.applications import Starlette
    from starlette.testclient import TestClient

MISSION_PARTS = ("reach", "gap", "overlap", "instruments", "fit", "protection", "transfer", "exits", "missions")
DECIDE_PARTS = ("settlement", "options", "schedule", "tripwires", "calendar", "judgements")
TRUST_PARTS = ("record", "scores", "models", "data", "sources", "texts", "log", "editions")
NOTHING_THERE: Mapping[str, str] = {
    "/cases/import/{id}": "an import that nobody began",
}
"""Addresses with nothing behind them in a case at rest, and what is asked for."""

PUBLISHED_LISTS = {"/search/{dataset}", "/entities/{entry_id}"}
"""Addresses that answer out of published lists alone and know of no case; reading the lists takes seconds."""


@dataclass(frozen=True)
class Gaps:
    """What stands in the gaps of addresses: the same word may mean another thing on another page.

    Attributes:
        claims, entities, documents: ids of the record, each private or not.
    """

    claims: Sequence[str]
    entities: Sequence[str]
    documents: Sequence[str]

    def of(self, path: str, name: str) -> Sequence[str]:
        """Values for a gap of an address; nothing where nobody said what belongs there."""
        common: Mapping[str, Sequence[str]] = {
            "case": ("iraq",), "claim": self.claims, "claim_id": self.claims, "entity": self.entities,
            "entity_id": self.entities, "document": self.documents, "area": ("IRQ", "IRQ/Ninewa"), "country": ("IRQ",),
            "area_id": ("IRQ", "IRQ%2FNinewa"),
            "part": MISSION_PARTS, "file": ("brief.html", "brief.pdf"), "page": ("workbench",),
        }  # fmt: skip
        own: Mapping[str, Sequence[str]] = {
            "/c/{case}/map/{name}.json": ("country", "admin1"), "/help/images/{name}": ("none.png",),
        }  # fmt: skip
        return own.get(path, common.get(name, ()))


ASKED: Mapping[str, tuple[str, ...]] = {
    "/c/{case}/mission": tuple(f"part={part}" for part in MISSION_PARTS),
    "/c/{case}/decide": tuple(f"part={part}" for part in DECIDE_PARTS),
    "/c/{case}/trust": tuple(f"part={part}" for part in TRUST_PARTS),
    "/c/{case}/area/{area:path}": ("month=2018-12",),
    "/c/{case}/now": ("level=admin1",),
    "/c/{case}/record": ("q=Acme", "place=Basra"),
}
"""What pages are asked for besides their address alone."""


def pages(app: Starlette) -> list[str]:
    """Addresses of pages that are read, as the application declares them."""
    return sorted({
        route.path for route in app.routes if isinstance(route, Route) and "GET" in (route.methods or set())
    })  # fmt: skip


def senders(app: Starlette) -> list[str]:
    """Addresses of pages that take a form."""
    return sorted({
        route.path for route in app.routes if isinstance(route, Route) and "POST" in (route.methods or set())
    })  # fmt: skip


def strangers(app: Starlette) -> list[str]:
    """Whatever answers besides pages, the API and static files: nobody would look into it."""
    return [
        str(route) for route in app.routes
        if not isinstance(route, Route) and not (isinstance(route, Mount) and route.name in {"api", "static"})
    ]  # fmt: skip


def filled(path: str, gaps: Gaps) -> Iterator[str]:
    """An address with every value in its gaps; one that nobody said how to fill is a fault."""
    names = re.findall(r"\{(\w+)(?::\w+)?\}", path)
    addresses = [path]
    for name in names:
        values = (NOTHING_THERE[path],) if path in NOTHING_THERE else gaps.of(path, name)
        assert values, (
            f"nobody said what stands for {name!r} in {path}: say it in {__file__}, so that it is looked into"
        )
        addresses = [re.sub(rf"\{{{name}(:\w+)?\}}", value, one) for one in addresses for value in values]
    return iter(addresses)


def every_page(app: Starlette, gaps: Gaps) -> list[str]:
    """Every address of a page, and what it may be asked."""
    return [
        address
        for path in pages(app)
        for one in filled(path, gaps)
        for address in (one, *(f"{one}?{asked}" for asked in ASKED.get(path, ())))
    ]


def described(client: TestClient) -> dict[str, Any]:
    """The API's own description."""
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def every_answer(client: TestClient, gaps: Gaps) -> list[str]:
    """Every address of the API that is read, in every form it is given in."""
    found = []
    for path, operations in described(client)["paths"].items():
        if "get" not in operations or path in PUBLISHED_LISTS:
            continue
        forms = _forms(operations["get"])
        needed = "&".join(
            f"{one['name']}=acme" for one in operations["get"].get("parameters", ())
            if one["in"] == "query" and one.get("required")
        )  # fmt: skip
        for address in filled(path, gaps):
            base = f"/api/v1{address}"
            found += [f"{base}?{'&'.join(x for x in (needed, form) if x)}".rstrip("?") for form in ("", *forms)]
    return found


def _forms(operation: Mapping[str, Any]) -> list[str]:
    asked = next((p for p in operation.get("parameters", ()) if p["name"] == "format"), None)
    if asked is None:
        return []
    schemas = (asked["schema"], *asked["schema"].get("anyOf", ()))
    words = [word for one in schemas for word in (*one.get("enum", ()), *([one["const"]] if "const" in one else ()))]
    return [f"format={word}" for word in words]
