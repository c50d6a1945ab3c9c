"""What `case.toml` says: areas, what is forecast, what is warned of, and what the brief shows."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from tocsin.case.cells import CalendarMonth, Country, Frozen, Id, Range, Spread, Words, column, required, wrong
from tocsin.case.watched import Watch
from tocsin.errors import TocsinError
from tocsin.vocabulary import MAX_HORIZON, THRESHOLDS, WINDOWS, Level, Month, Target, parse_horizons

SECTIONS = (
    "replay", "forecast", "settlement", "options", "tripwires", "warnings", "track-record", "reach", "gap", "overlap",
    "instruments", "fit", "protection", "transfer", "exits", "missions", "profile", "sources",
)  # fmt: skip
FIRST_MONTH = Month.of(1980, 1)
_SPAN = re.compile(r"\s*(\S+)\s*\.\.\s*(\S+)\s*")


def _horizons(value: Any) -> Any:  # noqa: ANN401  # what a user wrote
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, list) and all(isinstance(h, int) for h in value):
        value = ",".join(str(h) for h in value)
    if not isinstance(value, str):
        return value
    try:
        return parse_horizons(value)
    except TocsinError as error:
        raise wrong(error.what, error.hint or "") from error


def _span(value: Any) -> Any:  # noqa: ANN401  # what a user wrote
    """`2013-06..2014-05` is every month from the one to the other."""
    match = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return [value] if isinstance(value, str) else value
    try:
        first, last = Month.parse(match[1]), Month.parse(match[2])
    except TocsinError as error:
        raise wrong(error.what, error.hint or "") from error
    if last < first:
        raise wrong(f"'{value}' ends before it starts", "write the earlier month first, as in 2013-06..2014-05")
    return [first + i for i in range(last - first + 1)]


def _positive(value: Range) -> Range:
    if value.low <= 0:
        raise wrong(f"a reach of {value.low:g} km reaches nothing", "write distances above 0, as in [25, 50, 150]")
    return value


class Areas(Frozen):
    """Where the case looks."""

    countries: Annotated[tuple[Country, ...], Field(min_length=1)] = required("countries, ISO3, as in ['IRQ']")
    provinces: tuple[Words, ...] = column("provinces by name; left out or empty: all of them", default=())


class Data(Frozen):
    """What the case is computed from."""

    events: tuple[Words, ...] = column(
        "'starter' for what ships with Tocsin, 'ucdp' for what the watch fetches, or files of your own in the case folder",
        default=("starter",),
    )
    outlines: Words | None = column("GeoJSON or GeoParquet of the provinces, for maps and for who touches whom")


class Brief(Frozen):
    """What the brief shows."""

    sections: tuple[Words, ...] = column("sections of the brief, in order", default=SECTIONS)


class Replay(Frozen):
    """Past months from which the case is forecast again, beside what came."""

    origins: Annotated[tuple[CalendarMonth, ...], BeforeValidator(_span)] = required(
        "origins: the last months whose data may be seen, as a list or as '2013-06..2014-05'"
    )
    lead: CalendarMonth | None = column("the origin the brief leads with; one of the origins")
    within: Annotated[int, Field(ge=1, le=MAX_HORIZON)] = column("months ahead that a replay looks", default=6)
    watched: dict[Words, CalendarMonth] = column(
        "provinces whose fall is studied, each with its month, as in Ninewa = '2014-06'", default={}
    )

    @field_validator("lead")
    @classmethod
    def _is_an_origin(cls, lead: Month | None, info: ValidationInfo) -> Month | None:
        """The origin the brief leads with is one of those replayed."""
        if lead is not None and "origins" in info.data and lead not in info.data["origins"]:
            raise wrong(f"the lead origin {lead} is not among the origins", "add it to origins, or choose one of them")
        return lead


class Assessed(Frozen):
    """The missions that are assessed, and against what."""

    missions: Annotated[tuple[Id, ...], Field(min_length=1)] = required("ids of the missions assessed, as in ['nmi']")
    window: Annotated[tuple[CalendarMonth, ...], BeforeValidator(_span)] | None = column(
        "months over which need is counted, as '2017-01..2018-12'; left out: the last 24 covered"
    )
    reach_km: Annotated[Spread, AfterValidator(_positive)] = column(
        "lowest, middle and highest distance a site is thought to reach, km", default=Range(25, 50, 150)
    )
    travel: Words | None = column("GeoJSON of travel-time polygons by site, in this folder; left out: straight lines")
    compared_with: tuple[Country, ...] = column("countries to which the model might be carried, ISO3", default=())

    @field_validator("missions", "compared_with")
    @classmethod
    def _each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """No name stands twice."""
        twice = [name for n, name in enumerate(names) if name in names[:n]]
        if twice:
            raise wrong(f"'{twice[0]}' stands twice", "name each once")
        return names

    @field_validator("window")
    @classmethod
    def _without_holes(cls, months: tuple[Month, ...] | None) -> tuple[Month, ...] | None:
        """A window is one run of months, of the calendar that months are counted in."""
        if months is not None and not months:
            raise wrong("the window holds no month", "write it as 2017-01..2018-12, or leave it out")
        if months is not None and min(months) < FIRST_MONTH:
            raise wrong(
                f"{min(months)} is before {FIRST_MONTH}, from which months are counted", "begin the window later"
            )
        if months is not None and list(months) != [months[0] + i for i in range(len(months))]:
            raise wrong("the window is not one run of months", "write it as 2017-01..2018-12")
        return months


class CaseSettings(Frozen):
    """The settings of a case.

    Attributes:
        thresholds: deaths a month whose crossing is warned of, rising.
        windows: months ahead within which a crossing is looked for, 1 to 36.
        horizons: months ahead that are forecast, 1 to 36.
    """

    name: Id = required("short name of the case")
    title: Words = required("title, as the brief prints it")
    demo: bool = column("true where judgements are placeholders: every page then says so", default=False)
    level: Level = required("country, admin1 or cell: the areas that are forecast")
    target: Target = column(
        "deaths_all, deaths_sb, deaths_ns or deaths_os: what is forecast", default=Target.DEATHS_ALL
    )
    thresholds: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)] = column(
        "deaths a month whose crossing is warned of", default=THRESHOLDS
    )
    windows: Annotated[tuple[Annotated[int, Field(ge=1, le=MAX_HORIZON)], ...], Field(min_length=1)] = column(
        "months ahead within which a crossing is looked for", default=WINDOWS
    )
    horizons: Annotated[tuple[int, ...], BeforeValidator(_horizons)] = column(
        "months ahead that are forecast, as '1-14' or a list; 1 to 36", default=tuple(range(1, 15))
    )
    areas: Areas = required("where the case looks")
    data: Data = column("what the case is computed from", default=Data())
    brief: Brief = column("what the brief shows", default=Brief())
    replay: Replay | None = column("past months that are forecast again, beside what came")
    mission: Assessed | None = column("the missions that are assessed, and against what")
    watch: Watch = column("of what the bell is rung", default=Watch())

    @field_validator("thresholds", "windows")
    @classmethod
    def _rises(cls, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """Numbers rise, and none stands twice."""
        if list(numbers) != sorted(set(numbers)):
            raise wrong(f"{list(numbers)} does not rise", f"write {sorted(set(numbers))}")
        return numbers
