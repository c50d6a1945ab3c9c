"""Answers: made once for an edition and kept as bytes, with their ETag, their licence and the way to their record."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import Response

from tocsin.web.service.asking import MOST_ROWS, ROWS, base_of
from tocsin.web.service.cursors import Cursor
from tocsin.web.service.flat import flat_table
from tocsin.web.service.formats import MEDIA, TABULAR, Form, as_features, as_file, chosen
from tocsin.web.service.heads import VERSION
from tocsin.web.service.shapes import About, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl
    from starlette.requests import Request

    from tocsin.web.service.asking import Asked, Paged
    from tocsin.web.service.shapes import Shape

KEPT_BYTES = 48_000_000
"""Answers kept in memory, bytes."""
LARGEST_KEPT = 4_000_000
"""A larger answer is made anew each time, bytes."""
VARY = "Accept, Authorization, Cookie"
WATERMARK = "Demonstration: judgements are placeholders"


@dataclass(frozen=True, slots=True)
class Made:
    """An answer as it goes out.

    Attributes:
        body: bytes.
        next: the address of the next page; None on the last, and for what has no pages.
    """

    body: bytes
    next: str | None = None


class Kept:
    """Answers by key, the least used put away first."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most, self._size = most, 0
        self._held: OrderedDict[str, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], Made]) -> Made:
        """What is kept under a key, made where nothing is."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        if len(made.body) <= LARGEST_KEPT:
            self._keep(key, made)
        return made

    def _keep(self, key: str, made: Made) -> None:
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._size += len(made.body)
            while self._size > self._most and len(self._held) > 1:
                self._size -= len(self._held.popitem(last=False)[1].body)


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows that an edition holds.

    Attributes:
        total: how many there are.
        page: rows from an offset on, as JSON has them.
        table: the rows as a flat table, for files.
        features: rows from an offset on as GeoJSON features; None where they have no place.
        extra: what stands beside the rows in JSON.
    """

    total: int
    page: Callable[[int, int], Sequence[Mapping[str, Any]]]
    table: Callable[[int, int], pl.DataFrame]
    features: Callable[[int, int], Sequence[Mapping[str, Any]]] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def of_table(
    table: pl.DataFrame, *, features: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
) -> Listing:
    """Rows of a flat table; `features` makes a feature of a row."""
    return Listing(
        table.height, lambda start, count: table.slice(start, count).to_dicts(), table.slice,
        None if features is None else lambda start, count: [features(row) for row in table.slice(start, count).to_dicts()],
    )  # fmt: skip


def of_rows(
    rows: Sequence[Mapping[str, Any]], *, flat: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict,
    features: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None, extra: Mapping[str, Any] | None = None,
) -> Listing:  # fmt: skip
    """Rows that may hold lists; `flat` makes a row of a table of one, and what still nests then is laid flat."""
    return Listing(
        len(rows), lambda start, count: rows[start : start + count],
        lambda start, count: flat_table([flat(r) for r in rows[start : start + count]]),
        None if features is None else lambda start, count: [features(r) for r in rows[start : start + count]],
        extra or {},
    )  # fmt: skip


def rows_answer(
    asked: Paged,
    page: type[Page[Any]],
    find: Callable[[], Listing],
    *,
    form: str | None,
    forms: Sequence[Form] = TABULAR,
) -> Response:
    """Rows of an edition in the form asked for.

    Args:
        asked: the question.
        page: the shape of a page in JSON.
        find: gives the rows; called only when the answer is not kept already.
        form: what `?format=` says.
        forms: those that can be given.
    """
    picked = chosen(asked.request, form, forms)

    def make() -> Made:
        found, start = find(), asked.start
        count = asked.limit or (ROWS if picked is Form.JSON else found.total if asked.cursor is None else MOST_ROWS)
        after = _next(asked, start + count) if start + count < found.total else None
        about = about_of(asked)
        if picked is Form.JSON:
            whole = page.model_validate(
                {"about": about, "rows": found.page(start, count), "total": found.total, "next": after, **found.extra}
            )
            return Made(whole.model_dump_json(by_alias=True).encode(), after)
        if picked is Form.GEOJSON:
            assert found.features is not None
            return Made(as_features(found.features(start, count), about=about.model_dump(mode="json")), after)
        return Made(as_file(found.table(start, count), picked, notes=notes_of(about)), after)

    return kept_answer(asked, picked, make)


def _next(asked: Paged, after: int) -> str:
    return next_address(asked.request, Cursor(asked.of, asked.edition.id, after))


def next_address(request: Request, cursor: Cursor) -> str:
    """The address of the page that begins at a cursor."""
    rest = [(k, v) for k, v in request.query_params.multi_items() if k not in {"cursor", "edition"}]
    return f"{request.url.path}?{urlencode([*rest, ('cursor', str(cursor))])}"


def document_answer(
    asked: Asked, make: Callable[[About], Shape], *, form: str | None = None,
    rows: Callable[[], Sequence[Mapping[str, Any]]] | None = None,
) -> Response:  # fmt: skip
    """One document: whole in JSON, its main table in the other forms.

    Args:
        asked: the question.
        make: gives the document; called only when the answer is not kept already.
        form: what `?format=` says.
        rows: the main table; None where there is none.
    """
    picked = chosen(asked.request, form, (Form.JSON,) if rows is None else TABULAR)

    def made() -> Made:
        about = about_of(asked)
        if picked is Form.JSON or rows is None:
            return Made(make(about).model_dump_json(by_alias=True).encode())
        return Made(as_file(flat_table(rows()), picked, notes=notes_of(about)))

    return kept_answer(asked, picked, made)


def kept_answer(asked: Asked, form: Form, make: Callable[[], Made]) -> Response:
    """An answer that depends on the edition and the question alone: kept, with a strong ETag; 304 where it is known."""
    key = "\x1f".join((VERSION, asked.edition.id, asked.request.url.path, urlencode(asked.parameters), form))
    tag = etag(key)
    headers = {**headers_of(asked), "ETag": tag, "Cache-Control": currency(asked), "Vary": VARY}
    if is_known(asked.request, tag):
        return Response(status_code=304, headers=headers)
    made = asked.request.app.state.kept.get(key, make)
    if made.next is not None:
        headers["Link"] = f'{headers["Link"]}, <{made.next}>; rel="next"'
    if form in {Form.CSV, Form.PARQUET, Form.ARROW}:
        last = asked.request.url.path.rstrip("/").rsplit("/", 1)[-1]
        headers["Content-Disposition"] = f'attachment; filename="{asked.name}-{last}-{asked.edition.id}.{form}"'
    return Response(made.body, headers=headers, media_type=MEDIA[form])


def fresh(request: Request, whole: Shape) -> Response:
    """An answer that depends on more than an edition: made each time, its ETag that of its bytes."""
    chosen(request, None, (Form.JSON,))
    body = whole.model_dump_json(by_alias=True).encode()
    headers = {"ETag": etag(body.decode()), "Cache-Control": "private, no-cache", "Vary": VARY}
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    next_page = getattr(whole, "next", None)
    if next_page:
        headers["Link"] = f'<{next_page}>; rel="next"'
    return Response(body, headers=headers, media_type="application/json")


def etag(key: str) -> str:
    """A strong ETag."""
    return f'"{blake2b(key.encode("utf-8", "replace"), digest_size=12).hexdigest()}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the asker has the answer already."""
    tags = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    return tag in tags or "*" in tags


def currency(asked: Asked) -> str:
    """How long an answer may be kept: one of a named edition for an hour, else it is asked for anew each time."""
    return "private, max-age=3600" if "edition" in asked.request.query_params else "private, no-cache"


def headers_of(asked: Asked) -> dict[str, str]:
    """Where licences and the record of such numbers stand, which edition answered, and what makes it again."""
    links = [
        f'<{asked.address("sources")}>; rel="license"', f'<{asked.address("scores")}>; rel="describedby"',
        f'<{base_of(asked.request)}/openapi.json>; rel="service-desc"',
    ]  # fmt: skip
    return {"Link": ", ".join(links), "Tocsin-Edition": asked.edition.id}


def about_of(asked: Asked) -> About:
    """What an answer was made from, how to make it again, and where its record stands."""
    told = asked.edition.manifest
    cards = asked.edition.json("sources") if asked.edition.has("sources") else []
    return About(
        case=asked.name, edition=asked.edition.id, made=told.made, as_known_on=told.as_known_on, origin=told.origin,
        provinces_origin=told.provinces_origin, tocsin=told.tocsin, model=told.model, seed=told.seed, draws=told.draws,
        commands=list(told.commands), licences=_each(cards, "licence"), citations=_each(cards, "citation"),
        sources=asked.address("sources"), track_record=asked.address("scores"), demo=told.demo,
        watermark=WATERMARK if told.demo else None,
    )  # fmt: skip


def _each(cards: Sequence[Mapping[str, Any]], key: str) -> list[str]:
    return list(dict.fromkeys(str(card[key]) for card in cards if card.get(key)))


def notes_of(about: About) -> dict[str, str]:
    """What a file says of itself in its metadata."""
    told = about.model_dump(mode="json")
    return {
        key: "; ".join(value) if isinstance(value, list) else str(value)
        for key, value in told.items()
        if value is not None
    }
