"""Screening in the shape of the yente API, so that its clients can ask Tocsin: a body in, a body out.

Shape: https://www.opensanctions.org/docs/api/matching/ (`POST /match/{dataset}`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.errors import TableProblem, Where
from tocsin.record.names import NameKind
from tocsin.record.screening.screening import CUTOFF, LIMIT, THRESHOLD, Hit, Query, screen
from tocsin.sources.designation_dates import read_birth
from tocsin.sources.designations import BearerKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tocsin.record.screening.index import Index

KIND_OF_SCHEMA = {
    "Person": NameKind.PERSON, "Organization": NameKind.ORGANISATION, "Company": NameKind.ORGANISATION,
    "PublicBody": NameKind.ORGANISATION, "Vessel": NameKind.VESSEL, "Airplane": NameKind.VESSEL,
    "LegalEntity": NameKind.UNKNOWN, "Thing": NameKind.UNKNOWN,
}  # fmt: skip
SCHEMA_OF_BEARER = {
    BearerKind.PERSON: "Person", BearerKind.ORGANISATION: "Organization", BearerKind.VESSEL: "Vessel",
    BearerKind.AIRCRAFT: "Airplane", BearerKind.UNKNOWN: "LegalEntity",
}  # fmt: skip


def match_queries(
    index: Index, body: Mapping[str, Any], *, threshold: float = THRESHOLD, cutoff: float = CUTOFF, limit: int = LIMIT,
    as_of: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Answer `{"queries": {"q1": {"schema", "properties"}}}` with `{"responses": {"q1": {"results": [...]}}}`.

    Every name of a query is asked; an entry is given once, by its nearest name. `explanations` has what speaks against
    before what speaks for.

    Raises:
        TableProblem: the body, a schema or a property is not of this shape; the field is named.

    Example:
        >>> from tocsin.record.screening import build_index
        >>> from tocsin.sources.designations import starter_designations
        >>> index = build_index(starter_designations())
        >>> asked = {"q1": {"schema": "Person", "properties": {"name": ["Kassem Suleimani"]}}}
        >>> answer = match_queries(index, {"queries": asked})["responses"]["q1"]["results"][0]
        >>> answer["caption"], answer["match"], sorted(answer)[:4]
        ('SOLEIMANI, Qasem', True, ['caption', 'datasets', 'explanations', 'id'])
    """
    queries = body.get("queries")
    if not isinstance(queries, dict) or not queries:
        raise TableProblem("no queries", where=Where(field="queries"), hint='send {"queries": {"q1": {...}}}')
    return {
        "responses": {
            key: _response(index, key, asked, threshold=threshold, cutoff=cutoff, limit=limit, as_of=as_of)
            for key, asked in queries.items()
        },
        "limit": limit,
    }


def _response(
    index: Index, key: str, asked: Any, *, threshold: float, cutoff: float, limit: int, as_of: date | None  # noqa: ANN401  # JSON
) -> dict[str, Any]:  # fmt: skip
    properties = asked.get("properties") if isinstance(asked, dict) else None
    names = _texts(properties, "name", key) if isinstance(properties, dict) else []
    if not isinstance(properties, dict) or not names:
        raise TableProblem("a query without a name", where=Where(field=f"queries.{key}.properties.name"),
                           hint='"properties": {"name": ["..."]}')  # fmt: skip
    schema = str(asked.get("schema", "Thing"))
    if schema not in KIND_OF_SCHEMA:
        raise TableProblem(f"the schema '{schema}' is not known", where=Where(field=f"queries.{key}.schema"),
                           hint=f"one of {', '.join(KIND_OF_SCHEMA)}")  # fmt: skip
    births, nations = _texts(properties, "birthDate", key), _texts(properties, "nationality", key)
    best: dict[tuple[str, str], Hit] = {}
    for name in names:
        query = Query(
            name, KIND_OF_SCHEMA[schema], read_birth(births[0]) if births else None, nations[0] if nations else None,
            as_of,
        )  # fmt: skip
        for hit in screen(index, query, threshold=threshold, cutoff=cutoff, limit=limit):
            entry = (hit.listed.entry.list_name, hit.listed.entry.entry_id)
            if entry not in best or hit.score > best[entry].score:
                best[entry] = hit
    hits = sorted(best.values(), key=lambda hit: -hit.score)[:limit]
    return {
        "status": 200, "results": [_result(hit) for hit in hits],
        "total": {"value": len(hits), "relation": "eq"}, "query": {"schema": schema, "properties": properties},
    }  # fmt: skip


def _texts(properties: Mapping[str, Any], name: str, key: str) -> list[str]:
    value = properties.get(name, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise TableProblem("not a list of texts", where=Where(field=f"queries.{key}.properties.{name}"),
                           hint=f'write "{name}": ["..."]')  # fmt: skip
    return [one for one in values if one.strip()]


def _result(hit: Hit) -> dict[str, Any]:
    entry = hit.listed.entry
    properties = {
        "name": [entry.name], "alias": [alias.name for alias in entry.aliases],
        "birthDate": [born.text for born in entry.births], "nationality": list(entry.nationalities),
        "programId": list(entry.programmes),
    }  # fmt: skip
    return {
        "id": f"{entry.list_name.lower().replace(' ', '-')}-{entry.entry_id}", "caption": entry.name,
        "schema": SCHEMA_OF_BEARER[entry.kind], "properties": {k: v for k, v in properties.items() if v},
        "datasets": [entry.list_name], "score": hit.score, "match": hit.match,
        "explanations": {
            "against": list(hit.against), "for": list(hit.reasons), "matched_name": hit.listed.alias.name,
            "as_of": hit.as_of.words,
        },
    }  # fmt: skip
