"""People of a mission per million of its host's, beside reference missions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.assessed_rows import EffortKind
from tocsin.mission.inputs import in_order, input_of
from tocsin.mission.progress import same_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tocsin.case.assessed_rows import Effort, Reference
    from tocsin.case.dates import PartialDate
    from tocsin.case.rows import Mission
    from tocsin.mission.inputs import Input

    Populations = Mapping[str, Mapping[int, int]]

MILLION = 1_000_000
MOST_YEARS_APART = 5
"""A population further away in time than this is not taken: a growing country would change its rate by a tenth or more."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Persons of a mission per million of its host's people.

    Attributes:
        date: when the strength holds; None is unknown.
        people_low: lowest number of persons; None is unknown.
        people_high: highest number of persons; None is unknown.
        population: persons in the host country; None is unknown.
        population_from: the year of the population, or that the row gives it, or why it is unknown.
        per_million_low: lowest rate; None is unknown, never none.
        per_million_high: highest rate; None is unknown.
        ranged: whether a range of the strength is published.
    """

    name: str
    country: str | None
    date: str | None
    people_low: float | None
    people_high: float | None
    population: float | None
    population_from: str
    per_million_low: float | None
    per_million_high: float | None
    ranged: bool
    source_id: str | None
    note: str | None


def rate(people: float | None, population: float | None) -> float | None:
    """People per million; unknown where either is, or where the population is zero.

    Example:
        >>> rate(4500, 1_800_000)
        2500.0
    """
    return None if people is None or not population else people * MILLION / population


def strength(mission: Mission, rows: Sequence[Effort], populations: Populations) -> Iterable[Rate]:
    """Rates from the rows on the whole mission that count persons; and from the mission's own row where it says another."""
    whole = sorted((input_of(r) for r in rows if r.kind is EffortKind.PEOPLE and same_line(r.line_of_effort, "all")),
                   key=in_order)  # fmt: skip
    counted = [i for i in whole if i.known and i.unit.casefold() in {"persons", "people"}]
    for people in counted:
        date = people.end or people.start
        yield _rate(
            mission.name, mission.host, date, (people.low, people.high), _population(mission.host, date, populations),
            ranged=people.ranged, source_id=people.source_id, note=people.note,
        )  # fmt: skip
    number = mission.personnel
    if not counted or (number is not None and not any(_holds(people, number) for people in counted)):
        yield _rate(
            mission.name, mission.host, None, (number, number), _population(mission.host, None, populations),
            ranged=False, source_id=None if number is None else mission.source_id, note=mission.personnel_note,
        )  # fmt: skip


def _holds(people: Input, number: float) -> bool:
    """Whether a row on efforts already says the number that the mission's own row says."""
    return (people.low is None or people.low <= number) and (people.high is None or number <= people.high)


def reference(row: Reference, populations: Populations) -> Rate:
    """A reference mission in the same unit."""
    given = (row.population, "given in the row") if row.population is not None else None
    return _rate(
        row.name, row.country, row.date, (row.personnel_low, row.personnel_high),
        given or _population(row.country, row.date, populations),
        ranged=row.personnel_low != row.personnel_high, source_id=row.source_id, note=row.note,
    )  # fmt: skip


def _rate(
    name: str, country: str | None, date: PartialDate | None, people: tuple[float | None, float | None],
    population: tuple[float | None, str], *, ranged: bool, source_id: str | None, note: str | None,
) -> Rate:  # fmt: skip
    (low, high), (persons, origin) = people, population
    return Rate(
        name, country, None if date is None else str(date), low, high, persons, origin, rate(low, persons),
        rate(high, persons), ranged, source_id, note,
    )  # fmt: skip


def _population(country: str | None, date: PartialDate | None, populations: Populations) -> tuple[float | None, str]:
    """The host's population in the nearest year held, and which year that is; the newest where the date is unknown."""
    if country is None:
        return None, "unknown: no host country"
    years = populations.get(country, {})
    if not years:
        return None, f"unknown: no population of {country} is held"
    if date is None:
        return years[max(years)], f"{max(years)}, the newest held, as the strength has no date"
    nearest = min(years, key=lambda year: (abs(year - date.year), year))
    apart = abs(nearest - date.year)
    if apart > MOST_YEARS_APART:
        return None, f"unknown: the nearest year held, {nearest}, is {apart} years from {date.year}"
    return years[nearest], f"{nearest}" + (f", the nearest year held to {date.year}" if apart else "")
