"""The record: claims with their quotes, who and what they name, documents, contradictions."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from tocsin.api.shapes.record import claim_as_json, entity_as_json
from tocsin.errors import UnknownName
from tocsin.record.claim import ClaimStatus, EntityType
from tocsin.record.document import Document
from tocsin.record.kinds import kinds
from tocsin.record.sentence import sentence
from tocsin.record.store import StoredClaim
from tocsin.record.store.wording import words_of
from tocsin.web.service.answers import Listing, next_address, of_rows, rows_answer
from tocsin.web.service.asking import ROWS, Pages
from tocsin.web.service.faults import Refused
from tocsin.web.service.formats import NOT_CHANGED, TABULAR, Form, JsonForm, TabularForm, chosen, documented
from tocsin.web.service.record_shapes import Cited, ClaimRow, ContradictionRow, DocumentRow, EntityRow
from tocsin.web.service.recorded import RecordAlone, RecordAsked, RecordPages, record_headers, revision
from tocsin.web.service.shapes import Day, Page, Shape
from tocsin.web.service.withdrawn import refuse_withdrawn

ROUTER = APIRouter(tags=["record"])
One = TypeVar("One")
Id = Annotated[str, Path(max_length=300)]
StatusWord = Literal["proposed", "accepted", "conflict", "work needed", "issue", "rejected"]
TypeWord = Literal["person", "organisation", "state", "mission", "place", "site", "office", "vessel", "question",
                   "instrument"]  # fmt: skip


@ROUTER.get("/cases/{case}/record/claims", response_model=Page[ClaimRow], responses=NOT_CHANGED)
def claims(
    asked: RecordPages,
    *,
    q: Annotated[
        str | None, Query(max_length=300, description="words that quote or names hold; goes with `kind` alone")
    ] = None,
    kind: Annotated[str | None, Query(max_length=60, description="kind of claim, as person-holds-post")] = None,
    status: StatusWord | None = None,
    entity: Annotated[str | None, Query(max_length=300, description="id of an entity named in any role")] = None,
    document: Annotated[str | None, Query(max_length=100, description="id of the document")] = None,
    place: Annotated[str | None, Query(max_length=300, description="a place by id or name")] = None,
    on: Annotated[Day | None, Query(description="a day that the cited dates do not rule out")] = None,
    _: JsonForm = None,
) -> Response:
    """Claims in the order of the record, each with its quote. Claims are proposed until a person has decided."""
    if kind is not None and kind not in kinds():
        raise UnknownName.of("kind", kind, kinds())
    others = {"status": status, "entity": entity, "document": document, "place": place, "on": on}
    beside = [name for name, value in others.items() if value is not None]
    if q is not None and (beside or not words_of(q)):
        what = f"q cannot be asked together with {beside[0]}" if beside else "q holds no word"
        raise Refused(400, what, where="q", hint="ask with q and kind, or leave q out")

    def find(count: int) -> list[StoredClaim]:
        if q is not None:
            return asked.record.search(q, kind=kind, limit=count, after=asked.after)
        return asked.record.claims(
            kind=kind, status=None if status is None else ClaimStatus(status), entity=entity, document=document,
            place=place, on=on, limit=count, after=asked.after,
        )  # fmt: skip

    def make() -> Page[ClaimRow]:
        if asked.after is not None and asked.record.claim(asked.after) is None:
            raise Refused(400, "the claim that the cursor stands on is gone", code="bad-cursor", where="cursor",
                          hint="begin anew without the cursor")  # fmt: skip
        found, more = _page(asked, find, lambda claim: claim.claim_id)
        return Page[ClaimRow](about=None, rows=[claim_row(c) for c in asked.named(found)], total=None, next=more)

    return _answer(asked, make)


@ROUTER.get("/cases/{case}/record/claims/{claim_id}", response_model=ClaimRow, responses=NOT_CHANGED)
def claim(asked: RecordAlone, claim_id: Id, _: JsonForm = None) -> Response:
    """One claim with its quote."""

    def make() -> ClaimRow:
        found = asked.record.claim(claim_id)
        if found is None or not asked.named([found]):
            raise UnknownName(f"no claim is called '{claim_id}'", hint="claims are listed at record/claims")
        return claim_row(found)

    return _answer(asked, make)


@ROUTER.get("/cases/{case}/record/entities", response_model=Page[EntityRow], responses=NOT_CHANGED)
def entities(
    asked: RecordPages,
    *,
    name: Annotated[str | None, Query(max_length=300, description="words that a name holds")] = None,
    type: Annotated[TypeWord | None, Query(description="only of this type")] = None,
    _: JsonForm = None,
) -> Response:
    """Who and what claims name. Persons only as holders of posts or entries of published lists."""

    def make() -> Page[EntityRow]:
        found, more = _page(
            asked,
            lambda count: asked.record.entities(
                name=name, type=None if type is None else EntityType(type), limit=count, after=asked.after
            ),
            lambda one: one.entity_id,
        )
        rows = [EntityRow.model_validate(entity_as_json(one)) for one in asked.public(found)]
        return Page[EntityRow](about=None, rows=rows, total=None, next=more)

    return _answer(asked, make)


@ROUTER.get("/cases/{case}/record/entities/{entity_id:path}", response_model=EntityRow, responses=NOT_CHANGED)
def entity(asked: RecordAlone, entity_id: Id, _: JsonForm = None) -> Response:
    """One entity with all its names."""

    def make() -> EntityRow:
        found = asked.record.entity(entity_id)
        if found is None or not asked.public([found]):
            raise UnknownName(f"no entity is called '{entity_id}'", hint="entities are listed at record/entities")
        return EntityRow.model_validate(entity_as_json(found))

    return _answer(asked, make)


@ROUTER.get("/cases/{case}/record/documents", response_model=Page[DocumentRow], responses=NOT_CHANGED)
def documents(asked: RecordPages, _: JsonForm = None) -> Response:
    """What is known of the documents that were read: never their text."""

    def make() -> Page[DocumentRow]:
        held = _documents(asked)
        keys = sorted(key for key in held if asked.after is None or key > asked.after)
        part = keys[: asked.limit or ROWS]
        more = next_address(asked.request, asked.cursor_after(part[-1])) if len(keys) > len(part) else None
        rows = [document_row(held[key]) for key in part]
        return Page[DocumentRow](about=None, rows=rows, total=len(held), next=more)

    return _answer(asked, make)


@ROUTER.get("/cases/{case}/record/contradictions", response_model=Page[ContradictionRow], responses=documented(TABULAR))
def contradictions(asked: Pages, form: TabularForm = None) -> Response:
    """Claims that exclude each other, both sides with their quotes, as the edition found them."""
    refuse_withdrawn(asked)

    def find() -> Listing:
        held = asked.document("record").get("contradictions")
        return of_rows([_contradiction(one) for one in held] if isinstance(held, list) else [], flat=_flat)

    return rows_answer(asked, Page[ContradictionRow], find, form=form)


def claim_row(claim: StoredClaim) -> ClaimRow:
    """A claim as the API gives it."""
    return ClaimRow.model_validate({**claim_as_json(claim), "says": sentence(claim.proposal)})


def document_row(one: Document) -> DocumentRow:
    """A document as the API gives it."""
    kept = (
        "document_id",
        "name",
        "media_type",
        "size",
        "why",
        "title",
        "author",
        "publisher",
        "source_id",
        "derived_from",
    )
    return DocumentRow(
        **{key: getattr(one, key) for key in kept}, verdict=one.verdict.value, published_origin=one.published_origin.value,
        published_on=None if one.published is None else str(one.published),
    )  # fmt: skip


def _page(
    asked: RecordAsked, find: Callable[[int], list[One]], id_of: Callable[[One], str]
) -> tuple[list[One], str | None]:  # fmt: skip
    """The rows of a page, and the address of the next: one row more is asked for, to see whether there is one."""
    count = asked.limit or ROWS
    found = find(count + 1)
    part = found[:count]
    more = next_address(asked.request, asked.cursor_after(id_of(part[-1]))) if len(found) > count else None
    return part, more


def _documents(asked: RecordAsked) -> Mapping[str, Document]:
    """The documents by name and id, read again only when the record has changed."""
    kept: dict[str, tuple[str, Mapping[str, Document]]] = asked.request.app.state.documents
    now = revision(asked.record)
    if asked.name not in kept or kept[asked.name][0] != now:
        kept[asked.name] = now, {f"{one.name}\x1f{one.document_id}": one for one in asked.record.documents()}
    return kept[asked.name][1]


def _answer(asked: RecordAsked, make: Callable[[], Shape]) -> Response:
    chosen(asked.request, None, (Form.JSON,))
    headers, known = record_headers(asked)
    if known:
        return Response(status_code=304, headers=headers)
    whole = make()
    if more := getattr(whole, "next", None):
        headers["Link"] = f'<{more}>; rel="next"'
    return Response(whole.model_dump_json().encode(), headers=headers, media_type="application/json")


def _contradiction(one: Mapping[str, Any]) -> dict[str, Any]:
    sides = {
        side: [{key: cited.get(key) for key in Cited.model_fields} for cited in one.get(side) or ()]
        for side in ("left_citations", "right_citations")
    }
    return {**{key: one.get(key) for key in ("about", "left", "right")}, **sides,
            "surely": bool(one.get("surely")), "contested": bool(one.get("contested"))}  # fmt: skip


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    sides = {
        side: "; ".join(f"{c['document']}, {c['place']}" for c in row[side])
        for side in ("left_citations", "right_citations")
    }
    return {**row, **sides}
