"""Cases, their editions, and what changed between two."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import Field, JsonValue
from starlette.responses import Response

from tocsin.api.record import has_record
from tocsin.editions import Manifest
from tocsin.errors import FileProblem, TocsinError
from tocsin.web.service import cursors
from tocsin.web.service.answers import Listing, fresh, next_address, of_rows, rows_answer
from tocsin.web.service.asking import ROWS, CaseName, CursorText, Limit, Pages, base_of, workbench_of
from tocsin.web.service.formats import NOT_CHANGED, TABULAR, JsonForm, TabularForm, documented
from tocsin.web.service.shapes import Month, Page, Shape
from tocsin.web.service.withdrawn import refuse_withdrawn

ROUTER = APIRouter(tags=["cases"])


class CaseRow(Shape):
    """A case."""

    case: str
    title: str
    demo: bool | None = Field(description="whether its judgements are placeholders; null where it cannot be read")
    edition: str | None = Field(description="id of the newest edition; null where none was made yet")
    origin: Month | None
    has_record: bool | None = Field(description="whether documents were read; null where that could not be asked")
    url: str
    fault: str | None = Field(description="why the case cannot be read; null where it can")


class EditionRow(Shape):
    """An edition."""

    edition: str
    made: datetime
    as_known_on: date
    origin: Month
    provinces_origin: Month | None
    tocsin: str
    notes: list[str] = Field(description="what it does not hold, and why")


class CaseAnswer(CaseRow):
    """A case and the editions that are kept of it, the newest first."""

    editions: list[EditionRow]


class Evidence(Shape):
    """What a change rests on."""

    text: str
    link: str | None


class ChangeRow(Shape):
    """Something that is not as it was in the edition before."""

    kind: str
    area_id: str | None
    what: str
    before: JsonValue
    after: JsonValue
    evidence: list[Evidence]
    url: str | None = Field(description="where the workbench shows it")


@ROUTER.get("/cases", response_model=Page[CaseRow], responses=NOT_CHANGED)
def cases(request: Request, _: JsonForm = None) -> Response:
    """The cases of the workbench, in order of their names."""
    rows = [_listed(request, name) for name in workbench_of(request).names]
    whole = Page[CaseRow](about=None, rows=rows, total=len(rows), next=None)
    return fresh(request, whole)


@ROUTER.get("/cases/{case}", response_model=CaseAnswer, responses=NOT_CHANGED)
def case(request: Request, case: CaseName, _: JsonForm = None) -> Response:
    """One case and the editions that are kept of it."""
    row = _case_row(request, case)
    listed = workbench_of(request).editions(case)
    rows = [_edition_row(listed.get(one).manifest, one) for one in listed.ids()]
    return fresh(request, CaseAnswer(**row.model_dump(), editions=rows))


@ROUTER.get("/cases/{case}/editions", response_model=Page[EditionRow], responses=NOT_CHANGED)
def editions(
    request: Request, case: CaseName, limit: Limit = None, cursor: CursorText = None, _: JsonForm = None
) -> Response:
    """The editions that are kept, the newest first."""
    of = cursors.question(request.url.path, request.query_params.multi_items())
    begun = None if cursor is None else cursors.read(cursor, of=of)
    listed = workbench_of(request).editions(case)
    ids = [one for one in listed.ids() if begun is None or one < str(begun.after)]
    part = ids[: limit or ROWS]
    more = next_address(request, cursors.Cursor(of, "", part[-1])) if len(ids) > len(part) else None
    rows = [_edition_row(listed.get(one).manifest, one) for one in part]
    return fresh(request, Page[EditionRow](about=None, rows=rows, total=len(listed.ids()), next=more))


@ROUTER.get("/cases/{case}/changes", response_model=Page[ChangeRow], responses=documented(TABULAR))
def changes(
    asked: Pages, kind: Annotated[str | None, Query(max_length=60, description="only changes of this kind")] = None,
    form: TabularForm = None,
) -> Response:  # fmt: skip
    """What is not as it was in the edition before."""
    refuse_withdrawn(asked)

    def find() -> Listing:
        rows = [_change_row(one) for one in asked.document("changes")]
        return of_rows([row for row in rows if kind in {None, row["kind"]}], flat=_flat_change)

    return rows_answer(asked, Page[ChangeRow], find, form=form)


def _case_row(request: Request, name: str) -> CaseRow:
    workbench = workbench_of(request)
    settings, newest = workbench.case(name).settings, workbench.edition(name)
    return CaseRow(
        case=name, title=settings.title, demo=settings.demo, edition=newest.id if newest else None,
        origin=newest.manifest.origin if newest else None, has_record=_has_record(request, name),
        url=f"{base_of(request)}/cases/{name}", fault=None,
    )  # fmt: skip


def _listed(request: Request, name: str) -> CaseRow:
    """A case in the list; one that cannot be read keeps no other from being listed."""
    try:
        return _case_row(request, name)
    except TocsinError as error:
        return CaseRow(
            case=name, title=name, demo=None, edition=None, origin=None, has_record=None,
            url=f"{base_of(request)}/cases/{name}", fault=error.what,
        )  # fmt: skip


def _has_record(request: Request, name: str) -> bool | None:
    workbench = workbench_of(request)
    try:
        return has_record(workbench.case(name), settings=workbench.settings)
    except FileProblem:
        return None


def _edition_row(told: Manifest, edition: str) -> EditionRow:
    return EditionRow(
        edition=edition, made=told.made, as_known_on=told.as_known_on, origin=told.origin,
        provinces_origin=told.provinces_origin, tocsin=told.tocsin, notes=list(told.notes),
    )  # fmt: skip


def _change_row(one: Mapping[str, Any]) -> dict[str, Any]:
    evidence = [{"text": e.get("text", ""), "link": e.get("link")} for e in one.get("evidence") or ()]
    return {
        **{key: one.get(key) for key in ("kind", "area_id", "what", "before", "after", "url")},
        "evidence": evidence,
    }


def _flat_change(row: Mapping[str, Any]) -> dict[str, Any]:
    texts = {key: None if row[key] is None else str(row[key]) for key in ("before", "after")}
    return {**row, **texts, "evidence": "; ".join(e["text"] for e in row["evidence"])}
