"""What goes into a line of effort, what comes out, and what one unit of output cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.case.assessed_rows import EffortKind
from tocsin.case.rows import ResultLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tocsin.case.assessed_rows import Effort
    from tocsin.case.cells import Basis
    from tocsin.case.dates import PartialDate
    from tocsin.mission.progress import Figure, IndicatorProgress

NOTHING_PUBLISHED = "nothing published"
NO_INDICATOR = "no indicator"


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


def input_of(row: Effort) -> Input:
    """A row as it counts."""
    low, high, ranged = _ends(row)
    return Input(
        row.kind, low, high, ranged, row.unit, row.start, row.end, row.source_id, row.basis_of("best"), row.note
    )


def _ends(row: Effort) -> tuple[float | None, float | None, bool]:
    """The range as published; the one number where only that is; an end nobody published is unknown."""
    if row.low is None and row.high is None:
        return row.best, row.best, False
    return row.low, row.high, True


def produced(level: ResultLevel, indicators: Sequence[IndicatorProgress]) -> Produced:
    """What is published of one level of result."""
    published = [i.indicator_id for i in indicators if i.published]
    said = f"published: {', '.join(published)}" if published else NOTHING_PUBLISHED if indicators else NO_INDICATOR
    return Produced(level, tuple(indicators), said)


def unit_costs(inputs: Sequence[Input], indicators: Sequence[IndicatorProgress]) -> Iterable[UnitCost]:
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


def in_order(given: Input) -> tuple[object, ...]:
    """By kind, time and number: the same order whatever the rows' own."""
    ends = tuple(float("-inf") if end is None else end for end in (given.low, given.high))
    when = tuple("" if d is None else str(d) for d in (given.start, given.end))
    return list(EffortKind).index(given.kind), *when, given.unit, *ends, given.source_id or "", given.note or ""
