"""The kinds of value a cell or key of a case can hold, each with the message for what it is not."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, StringConstraints
from pydantic_core import PydanticCustomError

from tocsin.case.dates import PartialDate
from tocsin.errors import TocsinError
from tocsin.vocabulary import Month, Reliability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic.config import JsonDict


LARGEST = 1e12
"""The largest number, above or below 0, that a scale, a criterion or a forecast may have."""

LONGEST_SHOWN = 60
"""Characters of a value that a message shows at most."""


def wrong(problem: str, mend: str) -> PydanticCustomError:
    """The error a check of one value raises: what is wrong and what mends it."""
    return PydanticCustomError("wrong", "{problem}", {"problem": problem, "mend": mend})


class Basis(StrEnum):
    """What a row rests on: the source says it, the source reports somebody saying it, or it is our own reading."""

    STATED = "stated"
    REPORTED = "reported"
    JUDGEMENT = "judgement"


class Better(StrEnum):
    """Which way an indicator or criterion should move."""

    UP = "up"
    DOWN = "down"


class Range(NamedTuple):
    """The lowest, middle and highest value thought possible."""

    low: float
    mid: float
    high: float


def _date(value: object) -> object:
    if isinstance(value, date):
        return PartialDate.parse(value.isoformat()[:10])
    if isinstance(value, (str, int)):
        try:
            return PartialDate.parse(str(value))
        except TocsinError as error:
            raise wrong(error.what, error.hint or "") from error
    return value


def _month(value: object) -> object:
    if not isinstance(value, (str, date)):
        return value
    try:
        return Month.parse(str(value))
    except TocsinError as error:
        raise wrong(error.what, error.hint or "") from error


def _list(value: object) -> object:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value


def _within(given: Sequence[object]) -> str:
    """What mends a range that is written as one, and has numbers that are too large."""
    large = any(type(n) in {int, float} and not abs(n) <= LARGEST for n in given)  # type: ignore[arg-type]  # it is a number
    return f", each from -{LARGEST:g} to {LARGEST:g}" if large else ""


def _short(value: object) -> str:
    """A value as a message shows it; a whole number may have more digits than Python writes out."""
    try:
        text = str(value)
    except ValueError:
        return "a whole number of so many digits"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _three_numbers(value: object) -> object:
    if isinstance(value, Range):
        return value
    given = value if isinstance(value, (list, tuple)) else ()
    numbers = [n for n in given if type(n) in {int, float} and abs(n) <= LARGEST]
    if len(given) != 3 or len(numbers) != 3:
        raise wrong(
            f"{_short(value)} is not a range", f"write three numbers: [lowest, middle, highest]{_within(given)}"
        )
    return tuple(float(n) for n in numbers)


def _ordered(value: Range) -> Range:
    if not value.low <= value.mid <= value.high:
        raise wrong(
            f"the range [{value.low:g}, {value.mid:g}, {value.high:g}] is not in order",
            "write lowest, middle and highest, each at least the one before it",
        )
    return value


def _weights(value: Range) -> Range:
    if value.low < 0 or value.high > 1:
        raise wrong(
            f"the weights [{value.low:g}, {value.mid:g}, {value.high:g}] do not lie within 0 and 1",
            "write shares from 0 to 1, as in [0.3, 0.5, 0.7]",
        )
    return value


def _letter(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, Reliability):
        return value
    if value in Reliability.__members__.values():
        return Reliability(value)
    if value not in Reliability.__members__:
        raise wrong(f"'{value}' is no grade of a source", "write A, B, C, D, E, or F where it cannot be judged")
    return Reliability[value]


Number = Annotated[float, Field(allow_inf_nan=False)]
Point = Annotated[Number, Field(ge=-LARGEST, le=LARGEST)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Names = Annotated[tuple[str, ...], BeforeValidator(_list)]
Day = Annotated[PartialDate, BeforeValidator(_date)]
CalendarMonth = Annotated[InstanceOf[Month], BeforeValidator(_month)]
ReliabilityLetter = Annotated[InstanceOf[Reliability], BeforeValidator(_letter)]
Spread = Annotated[Range, BeforeValidator(_three_numbers), AfterValidator(_ordered)]
Weights = Annotated[Spread, AfterValidator(_weights)]


class Frozen(BaseModel):
    """A value that cannot be changed, and that knows every key it may have."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def column(meaning: str, *, ref: str | None = None, default: Any = None, always_checked: bool = False) -> Any:  # noqa: ANN401  # as pydantic.Field
    """A column that may be empty: what it means, whose ids it names, and whether its rule holds when empty too."""
    extra: JsonDict | None = {"ref": ref} if ref else None
    return Field(default=default, description=meaning, json_schema_extra=extra, validate_default=always_checked)


def required(meaning: str, *, ref: str | None = None) -> Any:  # noqa: ANN401  # as pydantic.Field
    """A column that may not be empty."""
    return Field(description=meaning, json_schema_extra={"ref": ref} if ref else None)


def references(model: type[BaseModel]) -> dict[str, str]:
    """The columns of a row that name ids of another table: column -> table."""
    extras = {name: info.json_schema_extra for name, info in model.model_fields.items()}
    return {name: str(extra["ref"]) for name, extra in extras.items() if isinstance(extra, dict) and "ref" in extra}
