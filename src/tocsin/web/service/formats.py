"""Forms that rows are given in, and which of them a request wants."""

from __future__ import annotations

import json
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Query

from tocsin.record.export.tables import harmless
from tocsin.web.service.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl
    from starlette.requests import Request


class Form(StrEnum):
    """A form by the word that `?format=` takes."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    ARROW = "arrow"
    GEOJSON = "geojson"


MEDIA = {
    Form.JSON: "application/json", Form.CSV: "text/csv", Form.PARQUET: "application/vnd.apache.parquet",
    Form.ARROW: "application/vnd.apache.arrow.stream", Form.GEOJSON: "application/geo+json",
}  # fmt: skip
TABULAR = (Form.JSON, Form.CSV, Form.PARQUET, Form.ARROW)
PLACED = (*TABULAR, Form.GEOJSON)
COLUMNAR = (Form.PARQUET, Form.ARROW)

WORDS = "the form of the answer, in place of the header Accept"
TabularForm = Annotated[Literal["json", "csv", "parquet", "arrow"] | None, Query(alias="format", description=WORDS)]
PlacedForm = Annotated[
    Literal["json", "csv", "parquet", "arrow", "geojson"] | None, Query(alias="format", description=WORDS)
]  # fmt: skip
JsonForm = Annotated[Literal["json"] | None, Query(alias="format", description=WORDS)]
ColumnarForm = Annotated[Literal["parquet", "arrow"] | None, Query(alias="format", description=WORDS)]

BINARY: dict[str, Any] = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
GEOMETRY: dict[str, Any] = {
    "type": "object", "required": ["type", "about", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"}, "about": {"$ref": "#/components/schemas/About"},
        "features": {"type": "array", "items": {
            "type": "object", "required": ["type", "properties", "geometry"],
            "properties": {"type": {"const": "Feature"}, "properties": {"type": "object"},
                           "geometry": {"type": ["object", "null"]}},
        }},
    },
}  # fmt: skip
CONTENT: Mapping[Form, dict[str, Any]] = {
    Form.CSV: {"schema": {"type": "string"}}, Form.PARQUET: BINARY, Form.ARROW: BINARY, Form.GEOJSON: {"schema": GEOMETRY},
}  # fmt: skip


def documented(forms: Sequence[Form]) -> dict[int | str, dict[str, Any]]:
    """What an operation that answers in these forms says of its answers."""
    content = {MEDIA[form]: CONTENT[form] for form in forms if form is not Form.JSON}
    return {200: {"content": content}, **NOT_CHANGED}


NOT_CHANGED: dict[int | str, dict[str, Any]] = {
    304: {"description": "What was asked for with If-None-Match has not changed."}
}


def chosen(request: Request, asked: str | None, forms: Sequence[Form]) -> Form:
    """The form of an answer: by `?format=`, else by the header Accept; the first of `forms` where both are silent.

    Raises:
        Refused: 406, the header asks for none of them.
    """
    if asked is not None:
        return Form(asked)
    wanted = request.headers.get("accept", "").strip()
    if not wanted:
        return forms[0]
    weights = {form: _weight(MEDIA[form], wanted) for form in forms}
    best = max(forms, key=lambda form: (weights[form], -forms.index(form)))
    if weights[best] <= 0:
        given = ", ".join(MEDIA[form] for form in forms)
        raise Refused(
            406, f"none of what Accept names can be given: {wanted[:100]}", where="Accept", hint=f"there are: {given}"
        )
    return best


def _weight(media: str, accept: str) -> float:
    """How much a header Accept wants a kind of media, 0..1; the most exact of its ranges counts.

    Example:
        >>> _weight("text/csv", "text/*;q=0.5, text/csv;q=0.9, */*;q=0.1"), _weight("text/csv", "image/png")
        (0.9, 0.0)
    """
    found = (0, 0.0)
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        ranges = {media: 3, f"{media.split('/', maxsplit=1)[0]}/*": 2, "*/*": 1}
        if kind in ranges:
            found = max(found, (ranges[kind], _quality(parameters)))
    return found[1]


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def as_file(table: pl.DataFrame, form: Form, *, notes: Mapping[str, str]) -> bytes:
    """A table as bytes; Parquet and Arrow carry the notes (licence, citation, edition) in their metadata."""
    if form is Form.CSV:
        return as_csv(table)
    import pyarrow as pa  # noqa: PLC0415 - takes a third of a second, and most answers are JSON
    import pyarrow.parquet as pq  # noqa: PLC0415

    arrow = table.to_arrow(compat_level=_oldest())
    arrow = arrow.replace_schema_metadata({key.encode(): value.encode() for key, value in notes.items()})
    held = BytesIO()
    if form is Form.PARQUET:
        pq.write_table(arrow, held, compression="zstd")
    else:
        with pa.ipc.new_stream(held, arrow.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
            stream.write_table(arrow)
    return held.getvalue()


def as_csv(table: pl.DataFrame) -> bytes:
    """A table as CSV, in which no cell acts as a formula when a spreadsheet opens it."""
    import polars as pl  # noqa: PLC0415 - as pyarrow

    words = [name for name, kind in table.schema.items() if kind == pl.String]
    kept = [pl.Series(name, [harmless(cell) for cell in table[name]], dtype=pl.String) for name in words]
    return table.with_columns(kept).write_csv().encode()


def _oldest() -> Any:  # noqa: ANN401 - polars gives it no public type
    """Texts in the layout that every reader of Arrow knows."""
    import polars as pl  # noqa: PLC0415

    return pl.CompatLevel.oldest()


def as_features(features: Sequence[Mapping[str, Any]], *, about: Mapping[str, Any]) -> bytes:
    """Features as one GeoJSON document, with what it was made from beside them."""
    whole = {"type": "FeatureCollection", "about": about, "features": list(features)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=str, allow_nan=False).encode()
