"""How far to trust it: sources and licences, how new the figures are, scores."""

from typing import Any

from fastapi import APIRouter
from pydantic import Field, JsonValue
from starlette.responses import Response

from tocsin.web.service.answers import Listing, document_answer, of_rows, rows_answer
from tocsin.web.service.asking import Asks, Pages
from tocsin.web.service.formats import TABULAR, TabularForm, documented
from tocsin.web.service.shapes import About, Month, Page, Shape
from tocsin.web.service.warnings import Record

ROUTER = APIRouter(tags=["trust"])


class SourceRow(Shape):
    """A source of figures, with its licence."""

    source: str
    title: str
    publisher: str | None
    licence: str
    citation: str
    url: str | None
    vintage: str | None
    lag: str | None = Field(description="how late the publisher is, in words")
    newest_month: Month | None
    faults: list[str] = Field(description="known faults of the source")


class FreshnessRow(Shape):
    """How new the figures of a source are."""

    source: str
    newest_month: Month | None
    expected_lag_days: float | None
    stale: bool | None = Field(description="whether newer figures are overdue; null where that is unknown")
    words: str | None


class Scores(Shape):
    """How one level's forecasts and warnings did in backtests."""

    level: str
    model: str | None
    status: str | None = Field(description="verified or experimental")
    track_record: list[Record]
    backtest: dict[str, JsonValue] | None
    scores: JsonValue = Field(description="the model's scores beside the simple model's, each with its interval")
    calibration: dict[str, JsonValue] | None
    called: dict[str, JsonValue] | None = Field(description="how many were expected and how many came")


class ScoresAnswer(Shape):
    """How the forecasts and warnings did in backtests."""

    about: About
    levels: list[Scores]


@ROUTER.get("/cases/{case}/sources", response_model=Page[SourceRow], responses=documented(TABULAR))
def sources(asked: Pages, form: TabularForm = None) -> Response:
    """Sources of the figures, with licence, citation and known faults."""

    def find() -> Listing:
        rows = [
            {**{key: one.get(key) for key in SourceRow.model_fields}, "faults": list(one.get("faults") or ())}
            for one in asked.document("sources")
        ]
        return of_rows(rows, flat=lambda row: {**row, "faults": "; ".join(row["faults"])})

    return rows_answer(asked, Page[SourceRow], find, form=form)


@ROUTER.get("/cases/{case}/freshness", response_model=Page[FreshnessRow], responses=documented(TABULAR))
def freshness(asked: Pages, form: TabularForm = None) -> Response:
    """How new the figures are, and whether newer ones are overdue."""

    def find() -> Listing:
        return of_rows(
            [{key: one.get(key) for key in FreshnessRow.model_fields} for one in asked.document("freshness")]
        )

    return rows_answer(asked, Page[FreshnessRow], find, form=form)


@ROUTER.get("/cases/{case}/scores", response_model=ScoresAnswer, responses=documented(TABULAR))
def scores(asked: Asks, form: TabularForm = None) -> Response:
    """How such forecasts and warnings did in backtests."""

    def held() -> list[Scores]:
        return [_scores(asked.edition.json(name)) for name in ("outlook", "provinces") if asked.edition.has(name)]

    def rows() -> list[dict[str, Any]]:
        return [{"level": one.level, **record.model_dump()} for one in held() for record in one.track_record]

    return document_answer(asked, lambda about: ScoresAnswer(about=about, levels=held()), form=form, rows=rows)


def _scores(whole: dict[str, Any]) -> Scores:
    record = [{key: one.get(key) for key in Record.model_fields} for one in whole.get("track_record") or ()]
    kept = {key: whole.get(key) for key in ("level", "model", "status", "backtest", "scores", "calibration", "called")}
    return Scores.model_validate({**kept, "track_record": record})
