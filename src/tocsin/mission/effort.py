"""What is put into a mission, beside what is published of its results; and people per million beside other missions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.assessed_rows import EffortKind
from tocsin.case.rows import ResultLevel
from tocsin.mission.progress import lines_of_effort, same_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tocsin.case.assessed_rows import Effort, Reference
    from tocsin.case.cells import Basis
    from tocsin.case.dates import PartialDate
    from tocsin.case.rows import Mission
    from tocsin.mission.progress import Figure, IndicatorProgress, MissionProgress

    Populations = Mapping[str, Mapping[int, int]]

MILLION = 1_000_000
MOST_YEARS_APART = 5
"""A population further away in time than this is not taken: a growing country would change its rate by a tenth or more."""

NOTHING_PUBLISHED = "nothing published"
NO_INDICATOR = "no indicator"
OUTPUT_IS_NO_OUTCOME = (
    "An output is not an outcome: this says what a person in a course cost, not what the course changed."
)
NO_COST_PER_OUTCOME = (
    "No cost per outcome is given: no figure shows that a change in an outcome was the mission's doing."
)


@dataclass(frozen=True, slots=True)
class Input:
    """People, money or time put into a line of effort.

    Attributes:
        low: lowest number, in `unit`; None is unknown.
        high: highest number, in `unit`; None is unknown.
        ranged: whether a range is published; without one both ends are the printed number.
        start: when it begins to hold; None is unknown.
        end: when it ends; None is unknown or not yet.
    """

    kind: EffortKind
    low: float | None
    high: float | None
    ranged: bool
    unit: str
    start: PartialDate | None
    end: PartialDate | None
    source_id: str | None
    basis: Basis
    note: str | None

    @property
    def known(self) -> bool:
        """Whether any end is known."""
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Produced:
    """What is published of one level of result.

    Attributes:
        said: the indicators published, `nothing published`, or `no indicator`.
    """

    level: ResultLevel
    indicators: tuple[IndicatorProgress, ...]
    said: str


@dataclass(frozen=True, slots=True)
class UnitCost:
    """What one unit of an output cost in one period in which both are published.

    Attributes:
        period: the date the output holds for; the money's own period ends within it.
        low: lowest cost, in `unit`.
        high: highest cost; None where the output may have been none.
        ranged: whether cost or output has a published range.
        unit: money per unit of output.
        sources: who published the two.
        notes: what both rows say a reader must know.
    """

    indicator_id: str
    period: PartialDate
    low: float | None
    high: float | None
    ranged: bool
    unit: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineEffort:
    """A line of effort: what goes in, what comes out, and what of its worth can be said.

    Attributes:
        inputs: rows as published; a kind with no row, or an empty one, is among `unknown`.
        unknown: kinds of which no number is published.
    """

    line_of_effort: str
    inputs: tuple[Input, ...]
    unknown: tuple[EffortKind, ...]
    produced: tuple[Produced, ...]
    unit_costs: tuple[UnitCost, ...]


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


@dataclass(frozen=True, slots=True)
class MissionEffort:
    """A mission's effort by line, its strength beside reference missions, and what is known of its worth.

    Attributes:
        strength: the mission's own rates; one of unknowns where no strength is published.
        references: rates of the reference missions, in the same unit.
        worth: what is and is not known of cost-effectiveness, sentence by sentence.
    """

    mission_id: str
    name: str
    start: PartialDate | None
    end: PartialDate | None
    lines: tuple[LineEffort, ...]
    strength: tuple[Rate, ...]
    references: tuple[Rate, ...]
    worth: tuple[str, ...]


def effort(
    mission: Mission, efforts: Iterable[Effort], *, progress: MissionProgress, references: Iterable[Reference],
    populations: Populations,
) -> MissionEffort:  # fmt: skip
    """What is put into a mission by line of effort, beside what is published of its results.

    Args:
        mission: the mission.
        efforts: rows of any missions, in any order.
        progress: the mission's own progress.
        references: the reference missions.
        populations: persons by country (ISO3) and year.
    """
    mine = [e for e in efforts if e.mission_id == mission.mission_id]
    names = lines_of_effort([line.line_of_effort for line in progress.lines] + [e.line_of_effort for e in mine])
    lines = tuple(_line(name, [e for e in mine if same_line(e.line_of_effort, name)], progress) for name in names)
    strength = tuple(_strength(mission, mine, populations))
    beside = tuple(
        sorted((_reference(r, populations) for r in references), key=lambda r: (r.name, r.date or "", str(r)))
    )
    return MissionEffort(
        mission.mission_id, mission.name, mission.start, mission.end, lines, strength, beside, _worth(lines, strength)
    )


def rate(people: float | None, population: float | None) -> float | None:
    """People per million; unknown where either is, or where the population is zero.

    Example:
        >>> rate(4500, 1_800_000)
        2500.0
    """
    return None if people is None or not population else people * MILLION / population


def unit_cost(cost: Input, made: Figure) -> tuple[float | None, float | None]:
    """Lowest and highest cost of one unit: least money over most made, most money over least made.

    The highest is unknown where none may have been made.

    Example:
        >>> from tocsin.case.cells import Basis
        >>> from tocsin.case.dates import PartialDate
        >>> from tocsin.mission.progress import Figure
        >>> money = Input(EffortKind.MONEY, 900, 1200, True, "EUR", None, None, "budget", Basis.STATED, None)
        >>> unit_cost(money, Figure(PartialDate(2020), 35, 30, 40, "report", Basis.STATED, None))
        (22.5, 40.0)
    """
    span = made.span
    low = None if cost.low is None or not span.high else cost.low / span.high
    high = None if cost.high is None or not span.low else cost.high / span.low
    return low, high


def _line(name: str, rows: Sequence[Effort], progress: MissionProgress) -> LineEffort:
    inputs = tuple(sorted((_input(r) for r in rows), key=_by_input))
    indicators = [i for line in progress.lines if same_line(line.line_of_effort, name) for i in line.indicators]
    unknown = tuple(kind for kind in EffortKind if not any(i.kind is kind and i.known for i in inputs))
    produced = tuple(_produced(level, [i for i in indicators if i.level is level]) for level in ResultLevel)
    return LineEffort(name, inputs, unknown, produced, tuple(_unit_costs(inputs, indicators)))


def _input(row: Effort) -> Input:
    low, high, ranged = _ends(row)
    return Input(
        row.kind, low, high, ranged, row.unit, row.start, row.end, row.source_id, row.basis_of("best"), row.note
    )


def _ends(row: Effort) -> tuple[float | None, float | None, bool]:
    """The range as published; the one number where only that is; an end nobody published is unknown."""
    if row.low is None and row.high is None:
        return row.best, row.best, False
    return row.low, row.high, True


def _produced(level: ResultLevel, indicators: Sequence[IndicatorProgress]) -> Produced:
    published = [i.indicator_id for i in indicators if i.published]
    said = f"published: {', '.join(published)}" if published else NOTHING_PUBLISHED if indicators else NO_INDICATOR
    return Produced(level, tuple(indicators), said)


def _unit_costs(inputs: Sequence[Input], indicators: Sequence[IndicatorProgress]) -> Iterable[UnitCost]:
    """Pairs of money and output of one line in which both are known, and the money's period ends within the output's."""
    money = [i for i in inputs if i.kind is EffortKind.MONEY and i.known]
    outputs = [i for i in indicators if i.level is ResultLevel.OUTPUT]
    for indicator in outputs:
        for made in (figure for series in indicator.series for figure in series.figures):
            for cost in money:
                low, high = unit_cost(cost, made)
                if _ends_within(cost.end, made.date) and (low, high) != (None, None):
                    yield UnitCost(
                        indicator.indicator_id, made.date, low, high, cost.ranged or made.span.ranged,
                        f"{cost.unit} / {indicator.unit}",
                        tuple(dict.fromkeys(s for s in (cost.source_id, made.source_id) if s)),
                        tuple(dict.fromkeys(n for n in (cost.note, made.note) if n)),
                    )  # fmt: skip


def _ends_within(end: PartialDate | None, period: PartialDate) -> bool:
    if end is None or None in (end.earliest, end.latest, period.earliest, period.latest):
        return False
    assert end.earliest is not None
    assert end.latest is not None
    assert period.earliest is not None
    assert period.latest is not None
    return period.earliest <= end.earliest and end.latest <= period.latest


def _strength(mission: Mission, rows: Sequence[Effort], populations: Populations) -> Iterable[Rate]:
    """Rates from the rows on the whole mission that count persons; and from the mission's own row where it says another."""
    whole = sorted((_input(r) for r in rows if r.kind is EffortKind.PEOPLE and same_line(r.line_of_effort, "all")),
                   key=_by_input)  # fmt: skip
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


def _reference(row: Reference, populations: Populations) -> Rate:
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


def _worth(lines: Sequence[LineEffort], strength: Sequence[Rate]) -> tuple[str, ...]:
    """What is and is not known of cost-effectiveness, from what is there."""
    inputs, levels = [i for line in lines for i in line.inputs], [p for line in lines for p in line.produced]
    said = [_known_inputs(inputs, strength), *_known_results(levels)]
    costs = [cost for line in lines for cost in line.unit_costs]
    said += list(_cost_sentences(costs)) if costs else [_no_cost(inputs, levels)]
    return (*said, NO_COST_PER_OUTCOME)


def _known_inputs(inputs: Sequence[Input], strength: Sequence[Rate]) -> str:
    known = [kind for kind in EffortKind if any(i.kind is kind and i.known for i in inputs)]
    if EffortKind.PEOPLE not in known and any(s.people_low is not None for s in strength):
        known.insert(0, EffortKind.PEOPLE)
    unknown = [kind.value for kind in EffortKind if kind not in known]
    have = (
        f"Published of what goes in: {', '.join(k.value for k in known)}"
        if known
        else "Nothing is published of what goes in"
    )
    return have + (f"; unknown, which is not none: {', '.join(unknown)}." if unknown else ".")


def _known_results(levels: Sequence[Produced]) -> Iterable[str]:
    with_figures = [lv for lv in ResultLevel if any(p.level is lv and _is_published(p) for p in levels)]
    without = [lv.value for lv in ResultLevel if lv not in with_figures]
    if with_figures:
        yield f"Published of what comes of it: figures of {', '.join(lv.value for lv in with_figures)}."
    if without:
        yield f"Nothing is published of {', '.join(without)}."


def _cost_sentences(costs: Sequence[UnitCost]) -> Iterable[str]:
    for key in sorted({(c.indicator_id, c.unit) for c in costs}):
        these = [c for c in costs if (c.indicator_id, c.unit) == key]
        periods = "; ".join(f"{c.period}: {_cost(c)}" for c in sorted(these, key=lambda c: (str(c.period), str(c))))
        notes = "; ".join(dict.fromkeys(n for c in these for n in c.notes))
        yield f"Money over output where both are published ({key[0]}, {key[1]}): {periods}." + (
            f" Read with it: {notes}." if notes else ""
        )
    yield OUTPUT_IS_NO_OUTCOME


def _cost(cost: UnitCost) -> str:
    low, high = ("unknown" if end is None else f"{end:,.0f}" for end in (cost.low, cost.high))
    return f"{low} to {high}" if cost.ranged else f"{low} (no published range)"


def _no_cost(inputs: Sequence[Input], levels: Sequence[Produced]) -> str:
    missing = []
    if not any(i.kind is EffortKind.MONEY and i.known for i in inputs):
        missing.append("the money is unknown")
    if not any(p.level is ResultLevel.OUTPUT and _is_published(p) for p in levels):
        missing.append("no output is published")
    why = " and ".join(missing) or "no money and output of one line of effort are published for the same period"
    return f"No cost per person or course can be given: {why}. Whether the mission is good value is therefore unknown."


def _is_published(produced: Produced) -> bool:
    return any(i.published for i in produced.indicators)


def _by_input(given: Input) -> tuple[object, ...]:
    ends = tuple(float("-inf") if end is None else end for end in (given.low, given.high))
    when = tuple("" if d is None else str(d) for d in (given.start, given.end))
    return list(EffortKind).index(given.kind), *when, given.unit, *ends, given.source_id or "", given.note or ""
