"""Questions that parties settle, options, tripwires and dates."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field, JsonValue
from starlette.responses import Response

from tocsin.errors import UnknownName
from tocsin.web.service.answers import Listing, of_rows, rows_answer
from tocsin.web.service.asking import Asked, Paged, Pages
from tocsin.web.service.formats import TABULAR, TabularForm, documented
from tocsin.web.service.held_back import held_back
from tocsin.web.service.shapes import Page, Shape, Share

ROUTER = APIRouter(tags=["decisions"])
Document = dict[str, JsonValue]
ChoiceId = Annotated[str | None, Query(max_length=60, description="id of the choice; all where not given")]
QuestionId = Annotated[str | None, Query(max_length=60, description="id of the question; all where not given")]


class Party(Shape):
    """A party to a question."""

    actor: str
    name: str


class Band(Shape):
    """A named stretch of the scale, and the probability that the answer lies there if the question is settled."""

    name: str
    low: float
    high: float
    probability: Share
    likelihood: str


class QuestionRow(Shape):
    """A question that parties settle."""

    question: str
    asked: str
    unit: str
    low: float
    high: float
    rule: str
    centre: float
    range_low: float = Field(description="of the 80 % range, inputs' noise and the model's error together")
    range_high: float
    bands: list[Band]
    parties: list[Party]
    confidence: str
    demo: bool


class TripwireRow(Shape):
    """A tripwire of a choice, as it stands."""

    choice: str
    id: str
    watches: str
    indicator: str
    condition: str
    state: str = Field(description="tripped, not tripped or unknown")
    why: str | None
    since: str | None = Field(description="the day it tripped, as the case dates it")
    seen: str | None
    lag_days: float | None = Field(description="days until the indicator shows what happened")
    fired: int | None = Field(description="how often it would have fired before")
    right: int | None = Field(description="how many of those firings were followed by what was forecast")
    judged: int | None = Field(description="of how many that is known")
    source_id: str | None
    basis: str | None


class DateRow(Shape):
    """A date to come, or past, that bears on a choice."""

    when: str = Field(description="as the source dates it: a year, a month or a day")
    day: date = Field(description="its first day")
    what: str
    kind: str = Field(description="calendar, step or tripwire")
    of: str | None
    past: bool | None = Field(description="null where it is running")
    source_id: str | None
    basis: str | None
    choices: list[str]


@ROUTER.get("/cases/{case}/questions", response_model=Page[QuestionRow], responses=documented(TABULAR))
def questions(asked: Pages, form: TabularForm = None) -> Response:
    """The case's questions with where they would be settled. Nothing is said of how likely a settlement is."""

    def find() -> Listing:
        demo = asked.edition.manifest.demo
        return of_rows([_question_row(one, demo=demo) for one in part_of(asked, "settle")], flat=_flat_question)

    return rows_answer(asked, Page[QuestionRow], find, form=form)


@ROUTER.get("/cases/{case}/settle", response_model=Page[Document], responses=documented(TABULAR))
def settle(asked: Pages, question: QuestionId = None, form: TabularForm = None) -> Response:
    """Questions settled, whole, as `tocsin settle --json` prints them; POST moves their inputs."""
    return _documents(asked, "settle", "question", question, form)


@ROUTER.get("/cases/{case}/options", response_model=Page[Document], responses=documented(TABULAR))
def options(asked: Pages, choice: ChoiceId = None, form: TabularForm = None) -> Response:
    """Options compared over futures, as `tocsin options --json` prints them. Futures are counted, not foretold."""
    return _documents(asked, "options", "choice", choice, form)


@ROUTER.get("/cases/{case}/schedule", response_model=Page[Document], responses=documented(TABULAR))
def schedule(asked: Pages, choice: ChoiceId = None, form: TabularForm = None) -> Response:
    """What the sites of options' dated steps would reach."""
    return _documents(asked, "schedule", "choice", choice, form)


@ROUTER.get("/cases/{case}/tripwires", response_model=Page[TripwireRow], responses=documented(TABULAR))
def tripwires(asked: Pages, *, choice: ChoiceId = None, form: TabularForm = None) -> Response:
    """Tripwires of choices: what they say, how often they would have fired, how often rightly."""
    return rows_answer(asked, Page[TripwireRow], lambda: of_rows(tripwire_rows(asked, choice)), form=form)


@ROUTER.get("/cases/{case}/calendar", response_model=Page[DateRow], responses=documented(TABULAR))
def calendar(asked: Pages, *, choice: ChoiceId = None, form: TabularForm = None) -> Response:
    """Dates that bear on choices: of the calendar, of options' steps, of tripwires."""

    def find() -> Listing:
        rows = date_rows(asked)
        chosen = [row for row in rows if choice is None or choice in row["choices"]]
        return of_rows(chosen, flat=lambda row: {**row, "choices": "; ".join(row["choices"])})

    return rows_answer(asked, Page[DateRow], find, form=form)


def part_of(asked: Asked, name: str) -> list[dict[str, Any]]:
    """A part of what an edition holds of decisions, without what may not leave the workbench."""
    return list(held_back(asked.document("decision").get(name) or [], own_sites=asked.own_sites))


def tripwire_rows(asked: Asked, choice: str | None = None) -> list[dict[str, Any]]:
    """Tripwires in use, of one choice or of all.

    Raises:
        UnknownName: there is no such choice.
    """
    held = _chosen(part_of(asked, "tripwires"), "choice", choice)
    return [_tripwire_row(one["choice"], wire) for one in held for wire in one["tripwires"]]


def date_rows(asked: Asked) -> list[dict[str, Any]]:
    """The dates of an edition, in order."""
    rows = [
        {**{key: one.get(key) for key in DateRow.model_fields}, "choices": list(one.get("choices") or ())}
        for one in part_of(asked, "calendar")
    ]
    return sorted(rows, key=lambda row: (str(row["day"]), row["what"]))


def _documents(asked: Paged, name: str, key: str, wanted: str | None, form: str | None) -> Response:
    return rows_answer(asked, Page[Document], lambda: of_rows(_chosen(part_of(asked, name), key, wanted)), form=form)


def _chosen(rows: list[dict[str, Any]], key: str, wanted: str | None) -> list[dict[str, Any]]:
    if wanted is None:
        return rows
    found = [row for row in rows if row[key] == wanted]
    if not found:
        raise UnknownName.of(key, wanted, [row[key] for row in rows])
    return found


def _question_row(one: Mapping[str, Any], *, demo: bool) -> dict[str, Any]:
    low, high = one["ranges"]["both"]
    bands = [{key: band[key] for key in Band.model_fields} for band in one["bands"]]
    kept = {
        key: one[key] for key in ("question", "asked", "unit", "low", "high", "rule", "centre", "parties", "confidence")
    }
    return {**kept, "range_low": low, "range_high": high, "bands": bands, "demo": demo}


def _flat_question(row: Mapping[str, Any]) -> dict[str, Any]:
    bands = "; ".join(f"{band['name']}: {band['probability']:.3f}" for band in row["bands"])
    return {**row, "bands": bands, "parties": "; ".join(party["name"] for party in row["parties"])}


def _tripwire_row(choice: str, wire: Mapping[str, Any]) -> dict[str, Any]:
    now, past = wire.get("now") or {}, wire.get("past") or {}
    kept = ("id", "watches", "indicator", "condition", "lag_days", "source_id", "basis")
    return {
        "choice": choice, **{key: wire.get(key) for key in kept}, "state": now.get("state", "unknown"),
        "why": now.get("why"), **{key: now[key][:10] if now.get(key) else None for key in ("since", "seen")},
        **{key: past.get(key) for key in ("fired", "right", "judged")},
    }  # fmt: skip
