"""Warnings: who is warned of, how likely, why, and how often such alerts were right."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field, JsonValue
from starlette.responses import Response

from tocsin.errors import UnknownName
from tocsin.vocabulary import Likelihood
from tocsin.warn.question import Question
from tocsin.web.service.answers import Listing, of_rows, rows_answer
from tocsin.web.service.areas import Outlines, feature
from tocsin.web.service.asking import Asked, Pages
from tocsin.web.service.filters import Areas
from tocsin.web.service.formats import PLACED, PlacedForm, documented
from tocsin.web.service.shapes import LevelWord, Month, Page, Shape, Share

ROUTER = APIRouter(tags=["warnings"])
DOCUMENTS = {"country": "outlook", "admin1": "provinces"}


class Driver(Shape):
    """What moved the forecast."""

    group: str
    move: float
    strongest: str
    value: JsonValue


class Situation(Shape):
    """A past situation like this one, and what followed."""

    area: str
    month: Month
    likeness: float
    before: float | None
    followed: list[float | None]


class OwnRecord(Shape):
    """The area's own earlier alerts."""

    budget: int
    alerts: int
    hits: int


class WarningRow(Shape):
    """One area's warning."""

    rank: int = Field(ge=1)
    area_id: str
    area: str
    level: LevelWord
    origin: Month
    question: str = Field(description="what is asked, in words")
    p: Share = Field(description="its probability")
    likelihood: str = Field(description="the same in the words of ICD 203")
    alert: bool = Field(description="whether it is among the alerts that the budget allows")
    last_month: float | None = Field(description="deaths in the last month seen")
    last_year: float | None = Field(description="mean deaths a month over the last twelve")
    visibility: str | None
    drivers: list[Driver]
    nearest: list[Situation]
    own_record: list[OwnRecord]


class Record(Shape):
    """How such alerts did in backtests."""

    question: str
    budget: int
    origins: int
    alerts: int
    hits: int
    precision: float | None
    base_rate: float | None
    cases: int
    recall: float | None
    median_lead: float | None = Field(description="months")
    false_alarms_a_year: float | None
    false_alarms_an_area_year: float | None


class WarningPage(Page[WarningRow]):
    """A page of warnings, and how such warnings did."""

    question: str
    budget: int = Field(description="alerts at each origin")
    track_record: list[Record] = Field(description="of alerts on this question; empty where none was scored")


@ROUTER.get("/cases/{case}/warnings", response_model=WarningPage, responses=documented(PLACED))
def warnings(
    asked: Pages, *, level: Annotated[LevelWord, Query(description="countries, or provinces of the case")] = "country",
    question: Annotated[
        str | None,
        Query(pattern=r"^(escalation|p\d{1,6})_within_\d{1,2}$", description="as escalation_within_6 or p100_within_3"),
    ] = None,
    budget: Annotated[int | None, Query(ge=1, le=500, description="alerts that can be looked into at each origin")] = None,
    area: Areas = None, form: PlacedForm = None,
) -> Response:  # fmt: skip
    """Warnings, the likeliest first, with what moved them and how often such alerts were right."""

    def find() -> Listing:
        whole = asked.document(DOCUMENTS[level])
        records = _records(asked, level)
        alerts = budget or _usual(whole, records)
        rows, words = _ranked(whole, question, level=level, budget=alerts)
        shapes = Outlines(asked, level)
        return of_rows(
            _only(rows, area), flat=_flat, features=lambda row: feature(_flat(row), shapes.of(row["area_id"])),
            extra={
                "question": words, "budget": alerts,
                "track_record": [_record(r) for r in records if r["question"] == words],
            },
        )  # fmt: skip

    return rows_answer(asked, WarningPage, find, form=form, forms=PLACED)


def _ranked(
    whole: Mapping[str, Any], question: str | None, *, level: str, budget: int
) -> tuple[list[dict[str, Any]], str]:  # fmt: skip
    """Every warning by the question asked, and the question in words."""
    rows: Sequence[Mapping[str, Any]] = whole["rows"]
    words = str(whole["ranked_by"]) if question is None else _words(rows, question)
    chances = [float(r["p"] if question is None else r["probabilities"][question]) for r in rows]
    order = sorted(range(len(rows)), key=lambda i: (-chances[i], rows[i]["rank"]))
    ranked = range(len(rows)) if question is None else order
    return [
        {
            **{key: rows[i].get(key) for key in ("area_id", "area", "last_month", "last_year", "visibility")},
            "rank": place if question else rows[i]["rank"], "level": level, "origin": whole["origin"], "question": words,
            "p": chances[i], "likelihood": Likelihood.of(chances[i]).value,
            "alert": (place if question else rows[i]["rank"]) <= budget,
            "drivers": rows[i].get("drivers") or [], "nearest": rows[i].get("nearest") or [],
            "own_record": [
                {key: own[key] for key in OwnRecord.model_fields} for own in rows[i].get("own_record") or ()
            ],
        }
        for place, i in enumerate(ranked, 1)
    ], words  # fmt: skip


def _words(rows: Sequence[Mapping[str, Any]], question: str) -> str:
    asked = rows[0]["probabilities"] if rows else {}
    if question not in asked:
        raise UnknownName.of("question", question, asked)
    what, months = question.split("_within_")
    return Question(int(months), None if what == "escalation" else int(what.removeprefix("p"))).words


def _only(rows: list[dict[str, Any]], areas: Sequence[str] | None) -> list[dict[str, Any]]:
    if not areas:
        return rows
    known = {row["area_id"] for row in rows}
    for area in areas:
        if area not in known:
            raise UnknownName.of("area", area, known)
    return [row for row in rows if row["area_id"] in set(areas)]


def _records(asked: Asked, level: str) -> list[Mapping[str, Any]]:
    """The track record of alerts at a level; () where the edition holds none."""
    if level == "country":
        return list(asked.document("outlook").get("track_record") or ())
    replay = asked.edition.json("replay") if asked.edition.has("replay") else {}
    return list((replay.get("track_record") or {}).get(asked.edition.manifest.model) or ())


def _usual(whole: Mapping[str, Any], records: Sequence[Mapping[str, Any]]) -> int:
    budgets = whole.get("budgets") or sorted({r["budget"] for r in records})
    return int(budgets[0]) if budgets else 1


def _record(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one.get(key) for key in Record.model_fields}


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a table: drivers and situations in words."""
    kept = {key: value for key, value in row.items() if key not in {"drivers", "nearest", "own_record"}}
    drivers = "; ".join(f"{d['group']} {d['move']:+.2f}" for d in row["drivers"])
    nearest = "; ".join(f"{s['area']} {s['month']}" for s in row["nearest"])
    return {**kept, "drivers": drivers, "nearest": nearest}
