"""Shapes that answers share: what they were made from, and a page of rows."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="a calendar month, as 2013-12")]
LevelWord = Literal["country", "admin1"]
Share = Annotated[float, Field(ge=0, le=1)]
Tenth = Annotated[float, Field(description="degrees, rounded to a tenth")]


def _written_out(value: object) -> object:
    """A day only as it is written: a number would be taken for seconds."""
    if isinstance(value, str) and not DAY.fullmatch(value):
        message = "write the day as 2023-06-30"
        raise ValueError(message)
    return value


DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Day = Annotated[date, BeforeValidator(_written_out)]


class Shape(BaseModel):
    """A part of an answer: frozen, and with no key that is not described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class About(Shape):
    """What an answer was made from, how to make it again, and how far such numbers were right."""

    case: str
    edition: str = Field(description="id of the edition; ?edition=ID gives the same answer for as long as it is kept")
    made: datetime
    as_known_on: date = Field(description="the last day whose figures could be seen")
    origin: Month
    provinces_origin: Month | None
    tocsin: str = Field(description="the version that made it")
    model: str
    seed: int
    draws: int
    commands: list[str] = Field(description="what makes it again")
    licences: list[str] = Field(description="of the figures it rests on")
    citations: list[str]
    sources: str = Field(description="where licences and citations stand in full")
    track_record: str = Field(description="where it stands how such numbers did in backtests")
    demo: bool
    watermark: str | None = Field(description="to be shown beside every number of a demonstration; null elsewhere")


Row = TypeVar("Row")


class Page(Shape, Generic[Row]):
    """A page of rows."""

    about: About | None = Field(description="null for what no edition holds, as the list of cases")
    rows: list[Row]
    total: int | None = Field(ge=0, description="rows of all pages together; null where counting would take too long")
    next: str | None = Field(description="the address of the next page; null on the last")
