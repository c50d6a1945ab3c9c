"""Names held against designation lists in the shape of the yente API. A match is not a finding, and writes nothing."""

from datetime import date
from functools import cache
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from tocsin.api.screen import Searched, search
from tocsin.errors import UnknownName
from tocsin.record.screening import CUTOFF, LIMIT, NOT_A_FINDING, THRESHOLD
from tocsin.record.screening.matching import SCHEMA_OF_BEARER, match_queries
from tocsin.web.service.answers import fresh
from tocsin.web.service.faults import Refused
from tocsin.web.service.shapes import Day, Shape, Share

ROUTER = APIRouter(tags=["matching"])
DEFAULT = "default"
MOST_NAMES = 100
"""Names of all queries of a request together: each takes some milliseconds."""

Schema = Literal["Person", "Organization", "Company", "PublicBody", "Vessel", "Airplane", "LegalEntity", "Thing"]
Text = Annotated[str, Field(max_length=300)]
Texts = Annotated[list[Text], Field(max_length=20)] | Text
Dataset = Annotated[str, Path(max_length=100, description="default, which is every list there is")]
Threshold = Annotated[
    float, Query(ge=0, le=1, allow_inf_nan=False, description="score from which a result is called a match")
]
Cutoff = Annotated[float, Query(ge=0, le=1, allow_inf_nan=False, description="score below which nothing is shown")]
Most = Annotated[int, Query(ge=1, le=50, description="results of each query")]
AsOf = Annotated[Day | None, Query(description="the day on which the lists are asked; the newest copy if not given")]


class MatchQuery(BaseModel):
    """Whom to look for."""

    model_config = ConfigDict(extra="forbid")

    id: Text | None = None
    schema_: Schema = Field(default="Thing", alias="schema")
    properties: dict[Text, Texts] = Field(
        description="name, and where known birthDate and nationality; others are not weighed", max_length=50
    )


class MatchAsked(BaseModel):
    """Queries by ids of your own."""

    model_config = ConfigDict(extra="forbid")

    queries: dict[Text, MatchQuery] = Field(min_length=1, max_length=100)


class Explanations(Shape):
    """Why a score is what it is: what speaks against comes first."""

    against: list[str]
    for_: list[str] = Field(alias="for")
    matched_name: str
    as_of: str


class Match(Shape):
    """An entry of a list near the name."""

    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[str]]
    datasets: list[str]
    score: Share = Field(description="likeness of names less what speaks against it; no probability")
    match: bool = Field(description="whether the score reaches the threshold: not a finding")
    features: dict[str, float]
    explanations: Explanations


class Total(Shape):
    """How many results."""

    value: int
    relation: str


class QueryBack(Shape):
    """The query as it was read."""

    schema_: str = Field(alias="schema")
    properties: dict[str, list[str] | str]


class QueryAnswer(Shape):
    """What was found for one query."""

    status: int
    results: list[Match]
    total: Total
    query: QueryBack


class MatchAnswer(Shape):
    """What was found, by the ids of the queries."""

    said: str = Field(description="to be shown beside every result")
    responses: dict[str, QueryAnswer]
    limit: int


class Listed(Shape):
    """An entry of a list."""

    id: str
    caption: str
    schema_: str = Field(alias="schema")
    properties: dict[str, list[str]]
    datasets: list[str]


class SearchAnswer(Shape):
    """Entries near some words."""

    said: str
    results: list[Match]
    total: Total
    limit: int


@ROUTER.post("/match", name="match", response_model=MatchAnswer)
def match(
    request: Request, body: MatchAsked, *, threshold: Threshold = THRESHOLD, cutoff: Cutoff = CUTOFF, limit: Most = LIMIT,
    as_of: AsOf = None,
) -> Response:  # fmt: skip
    """Names against every list. A match is likeness of names, not a finding; nothing is written."""
    return fresh(request, _matched(body, threshold=threshold, cutoff=cutoff, limit=limit, as_of=as_of))


@ROUTER.post("/match/{dataset}", name="match_dataset", response_model=MatchAnswer)
def match_dataset(
    request: Request, dataset: Dataset, body: MatchAsked, *, threshold: Threshold = THRESHOLD, cutoff: Cutoff = CUTOFF,
    limit: Most = LIMIT, as_of: AsOf = None,
) -> Response:  # fmt: skip
    """The same at the address that clients of yente use."""
    _known(dataset)
    return fresh(request, _matched(body, threshold=threshold, cutoff=cutoff, limit=limit, as_of=as_of))


@ROUTER.get("/search/{dataset}", response_model=SearchAnswer)
def search_dataset(
    request: Request, dataset: Dataset, *,
    q: Annotated[str, Query(min_length=1, max_length=300, description="a name")],
    schema: Annotated[Schema, Query(description="what bears it")] = "Thing", limit: Most = LIMIT,
) -> Response:  # fmt: skip
    """Entries near a name."""
    _known(dataset)
    body = MatchAsked.model_validate({"queries": {"q": {"schema": schema, "properties": {"name": [q]}}}})
    found = _matched(body, threshold=THRESHOLD, cutoff=CUTOFF, limit=limit, as_of=None).responses["q"]
    return fresh(request, SearchAnswer(said=NOT_A_FINDING, results=found.results, total=found.total, limit=limit))


@ROUTER.get("/entities/{entry_id}", response_model=Listed)
def entry(request: Request, entry_id: Annotated[str, Path(max_length=200)]) -> Response:
    """An entry of a list by its id, as results name it."""
    found = _entries().get(entry_id)
    if found is None:
        raise UnknownName(f"no entry is called '{entry_id}'", hint="results of match and search carry the ids")
    return fresh(request, found)


@cache
def lists() -> Searched:
    """The lists that ship, ready to be searched."""
    return search()


@cache
def _entries() -> dict[str, Listed]:
    found = {}
    for one in lists().lists:
        for listed in one.entries:
            key = f"{listed.list_name.lower().replace(' ', '-')}-{listed.entry_id}"
            told = {
                "name": [listed.name],
                "alias": [alias.name for alias in listed.aliases],
                "programId": list(listed.programmes),
            }
            found[key] = Listed.model_validate(
                {"id": key, "caption": listed.name, "schema": SCHEMA_OF_BEARER[listed.kind], "datasets": [listed.list_name],
                 "properties": {name: value for name, value in told.items() if value}}
            )  # fmt: skip
    return found


def _known(dataset: str) -> None:
    names = [DEFAULT, *(one.name.lower().replace(" ", "-") for one in lists().lists)]
    if dataset not in names:
        raise UnknownName.of("dataset", dataset, names)


def _matched(
    body: MatchAsked, *, threshold: float, cutoff: float, limit: int, as_of: date | None
) -> MatchAnswer:  # fmt: skip
    queries = {key: one.model_dump(by_alias=True, exclude={"id"}) for key, one in body.queries.items()}
    names = sum(1 if isinstance(one["properties"].get("name"), str) else len(one["properties"].get("name", ()))
                for one in queries.values())  # fmt: skip
    if names > MOST_NAMES:
        raise Refused(413, f"{names} names in one request", where="queries", hint=f"send {MOST_NAMES} names at a time")
    found = match_queries(
        lists().index, {"queries": queries}, threshold=threshold, cutoff=cutoff, limit=limit, as_of=as_of
    )
    for response in found["responses"].values():
        for result in response["results"]:
            told = result["explanations"]
            result["features"] = {
                "likeness": result["score"], "reasons_against": len(told["against"]), "reasons_for": len(told["for"]),
            }  # fmt: skip
    return MatchAnswer.model_validate({"said": NOT_A_FINDING, "responses": found["responses"], "limit": limit})
