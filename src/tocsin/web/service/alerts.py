"""Alerts that rang: what changed, what it rests on, how often such alerts were right, and where they went."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from tocsin.team.faults import told
from tocsin.watch.alert import Kind
from tocsin.watch.listing import rung_as_json
from tocsin.watch.outbox import Rung, rung
from tocsin.web.service import cursors
from tocsin.web.service.answers import fresh, next_address
from tocsin.web.service.asking import MOST_ROWS, ROWS, CaseName, CursorText, Limit, workbench_of
from tocsin.web.service.faults import Refused
from tocsin.web.service.formats import NOT_CHANGED, JsonForm
from tocsin.web.service.shapes import Page, Shape

if TYPE_CHECKING:
    from tocsin.team import Team

ROUTER = APIRouter(tags=["alerts"])


class AlertEvidence(Shape):
    """One thing an alert rests on."""

    text: str
    link: str
    quote: str | None = Field(description="the source's own words; null where it is a number")
    source: str | None


class Sent(Shape):
    """Where an alert went."""

    channel: str
    state: str = Field(description="sent, waiting, new or given up")
    attempts: int


class AlertRow(Shape):
    """An alert."""

    id: str
    kind: Kind
    title: str
    says: str
    made: date = Field(description="the day it rang, UTC")
    record: str = Field(description="how often such alerts were right; why that is unknown, where it is")
    unknown: list[str] = Field(description="what it does not know")
    evidence: list[AlertEvidence]
    command: str = Field(description="what makes its numbers again")
    data: str = Field(description="version of the data, and the edition")
    link: str
    demo: bool
    deliveries: list[Sent]


@ROUTER.get("/cases/{case}/alerts", response_model=Page[AlertRow], responses=NOT_CHANGED)
def alerts(
    request: Request,
    case: CaseName,
    *,
    kind: Annotated[Kind | None, Query(description="only of this kind")] = None,
    limit: Limit = None,
    cursor: CursorText = None,
    _: JsonForm = None,
) -> Response:
    """What the watch rang, the newest first; the newest thousand are given."""
    of = cursors.question(request.url.path, request.query_params.multi_items())
    begun = None if cursor is None else cursors.read(cursor, of=of)
    rows = [row for row in alert_rows(request, case) if kind in {None, row.kind}]
    left = rows if begun is None else _after(rows, str(begun.after))
    part = left[: limit or ROWS]
    more = next_address(request, cursors.Cursor(of, "", part[-1].id)) if len(left) > len(part) else None
    return fresh(request, Page[AlertRow](about=None, rows=part, total=len(rows), next=more))


def alert_rows(request: Request, case: str) -> list[AlertRow]:
    """The newest alerts of a case; none where no watch keeps any.

    Raises:
        UnknownName: there is no such case.
    """
    return [_row(rung_as_json(one)) for one in rung_of(request, case)]


def rung_of(request: Request, case: str) -> list[Rung]:
    """The newest alerts of a case as the watch keeps them; none where no watch keeps any.

    Raises:
        UnknownName: there is no such case.
    """
    name = workbench_of(request).case(case).settings.name
    team = cast("Team | None", request.app.state.team)
    if team is None:
        return []
    with told(team.engine.url.render_as_string(hide_password=True)), team.engine.connect() as connection:
        return [one for one in rung(connection, case=name, most=MOST_ROWS) if one.alert.kind is not Kind.TEST]


def _row(one: Mapping[str, Any]) -> AlertRow:
    kept = ("id", "kind", "title", "says", "record", "command", "data", "link", "demo")
    return AlertRow(
        **{key: one[key] for key in kept}, made=datetime.fromisoformat(one["made"]).date(), unknown=list(one["unknown"]),
        evidence=[AlertEvidence(**{key: e.get(key) for key in AlertEvidence.model_fields}) for e in one["evidence"]],
        deliveries=[Sent(**{key: d[key] for key in Sent.model_fields}) for d in one["deliveries"]],
    )  # fmt: skip


def _after(rows: Sequence[AlertRow], last: str) -> list[AlertRow]:
    ids = [row.id for row in rows]
    if last not in ids:
        raise Refused(400, "the alert that the cursor stands on is gone", code="bad-cursor", where="cursor",
                      hint="begin anew without the cursor")  # fmt: skip
    return list(rows[ids.index(last) + 1 :])
