"""What published figures say of an indicator's target, baseline and course: each beside the others, never summed up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.case.cells import Better
from tocsin.case.rows import ResultLevel
from tocsin.errors import CaseProblem, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tocsin.case.cells import Basis
    from tocsin.case.dates import PartialDate
    from tocsin.case.rows import Indicator, Mission, Observation, Task

ATTRIBUTION = "A change in an outcome is not shown to be the mission's doing: no figure here compares with its absence."
OUTCOMES = (ResultLevel.OUTCOME, ResultLevel.IMPACT)
NO_INDICATOR = "no indicator: nothing is measured"
NO_FIGURE_AT_ALL = "no published figure at all"
OUTPUTS_ONLY = "outputs only, no outcome evidence"
INPUTS_ONLY = "inputs only, no output and no outcome evidence"
OUTCOME_WITHOUT_TARGET = "outcome evidence but no target"


class Reached(StrEnum):
    """Whether a figure reaches its target; a printed value without a range never reaches it for sure."""

    SURE = "reached for sure"
    POSSIBLY = "possibly reached"
    NOT = "not reached"
    PRINTED = "reached by the printed value, no published range"
    PRINTED_NOT = "not reached by the printed value, no published range"
    UNKNOWN = "unknown: an end of the range is not published"
    NO_FIGURE = "no published figure"
    NO_TARGET = "no target: progress cannot be judged"


class Change(StrEnum):
    """Which way a figure moved; ranges that overlap or touch show no movement."""

    BETTER = "better"
    WORSE = "worse"
    WITHIN = "within the range"
    PRINTED_BETTER = "better by the printed value, no published range"
    PRINTED_WORSE = "worse by the printed value, no published range"
    PRINTED_SAME = "the same printed value, no published range"
    UNKNOWN = "unknown: an end of the range is not published"
    ONE_DATE = "one date, or dates whose order is not known"
    NO_FIGURE = "no published figure"
    NO_BASELINE = "no baseline"


@dataclass(frozen=True, slots=True)
class Span:
    """The values a figure can have.

    Attributes:
        low: lowest value, in the indicator's unit; None where this end is not published.
        high: highest value; None where this end is not published.
        ranged: whether a range is published; without one both ends are the printed value.
        dates: the years, months or days it holds for.
    """

    low: float | None
    high: float | None
    ranged: bool
    dates: tuple[PartialDate, ...] = ()

    def facing(self, better: Better) -> tuple[float | None, float | None]:
        """Both ends turned so that more is better."""
        if better is Better.UP:
            return self.low, self.high
        return (None if self.high is None else -self.high), (None if self.low is None else -self.low)


@dataclass(frozen=True, slots=True)
class Figure:
    """One published value of an indicator, as printed.

    Attributes:
        value: the printed value, in the indicator's unit.
        low: published lowest value, or None.
        high: published highest value, or None.
    """

    date: PartialDate
    value: float
    low: float | None
    high: float | None
    source_id: str
    basis: Basis
    note: str | None

    @property
    def span(self) -> Span:
        """The published range; the printed value where there is none; an open end where only one is published."""
        if self.low is None and self.high is None:
            return Span(self.value, self.value, ranged=False, dates=(self.date,))
        return Span(self.low, self.high, ranged=True, dates=(self.date,))


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of an indicator in one area.

    Attributes:
        area: country or province as the source names it; None where it does not.
        figures: every figure, earliest first.
        first: the earliest; where several may be, the span of them all. None where no figure is published.
        last: the latest, likewise.
        target: whether the latest reaches the target.
        baseline: which way the latest lies from the baseline.
        trend: which way the latest lies from the earliest.
        remarks: what a reader must know before using any of these.
    """

    area: str | None
    figures: tuple[Figure, ...]
    first: Span | None
    last: Span | None
    target: Reached
    baseline: Change
    trend: Change
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorProgress:
    """An indicator beside what is published of it.

    Attributes:
        baseline: value at the start, in `unit`; None is unknown.
        target: value aimed at, in `unit`; None is unknown, and progress is then not judged.
        validity_threats: why the number may mislead.
        series: one for each area; one without figures where nothing is published.
    """

    indicator_id: str
    level: ResultLevel
    definition: str
    unit: str
    better: Better
    baseline: float | None
    baseline_basis: Basis
    target: float | None
    target_basis: Basis
    validity_threats: str | None
    series: tuple[Series, ...]

    @property
    def published(self) -> bool:
        """Whether any figure is published."""
        return any(s.figures for s in self.series)


@dataclass(frozen=True, slots=True)
class LineProgress:
    """A line of effort with its indicators, by level of result.

    Attributes:
        evidence: what kind of evidence there is, in words.
    """

    line_of_effort: str
    indicators: tuple[IndicatorProgress, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissionProgress:
    """A mission's lines of effort; nothing is added up over them."""

    mission_id: str
    name: str
    lines: tuple[LineProgress, ...]
    attribution: str = ATTRIBUTION


def reached(span: Span | None, target: float | None, *, better: Better) -> Reached:
    """Whether a figure reaches its target; a figure equal to the target reaches it.

    Args:
        span: the figure, or None where none is published.
        target: value aimed at, in the same unit; None is unknown.
        better: which way is better.

    Example:
        >>> reached(Span(40, 60, ranged=True), 60, better=Better.DOWN).value
        'reached for sure'
        >>> reached(Span(40, 60, ranged=True), 60, better=Better.UP).value
        'possibly reached'
    """
    if target is None:
        return Reached.NO_TARGET
    if span is None:
        return Reached.NO_FIGURE
    low, high = span.facing(better)
    mark = target if better is Better.UP else -target
    if low is not None and low >= mark:
        return Reached.SURE if span.ranged else Reached.PRINTED
    if high is not None and high < mark:
        return Reached.NOT if span.ranged else Reached.PRINTED_NOT
    return Reached.UNKNOWN if low is None or high is None else Reached.POSSIBLY


def changed(before: Span, after: Span, *, better: Better) -> Change:
    """Which way a figure moved: better or worse only where the two ranges do not even touch.

    Args:
        before: the earlier figure, or the baseline.
        after: the later figure, in the same unit.
        better: which way is better.

    Example:
        >>> changed(Span(56, 72, ranged=True), Span(1, 1, ranged=True), better=Better.DOWN).value
        'better'
        >>> changed(Span(56, 72, ranged=True), Span(72, 90, ranged=True), better=Better.DOWN).value
        'within the range'
    """
    (low, high), (later_low, later_high) = before.facing(better), after.facing(better)
    ranged = before.ranged and after.ranged
    if later_low is not None and high is not None and later_low > high:
        return Change.BETTER if ranged else Change.PRINTED_BETTER
    if later_high is not None and low is not None and later_high < low:
        return Change.WORSE if ranged else Change.PRINTED_WORSE
    if None in (low, high, later_low, later_high):
        return Change.UNKNOWN
    return Change.PRINTED_SAME if not ranged and low == high == later_low == later_high else Change.WITHIN


def progress(
    mission: Mission, *, tasks: Iterable[Task], indicators: Iterable[Indicator], observations: Iterable[Observation]
) -> MissionProgress:
    """What is published on each line of effort of a mission.

    Args:
        mission: the mission.
        tasks: tasks of any missions; a line of effort without an indicator is shown as such.
        indicators: indicators of any missions.
        observations: observations of any indicators, in any order.

    Raises:
        CaseProblem: an observation names no source.
    """
    mine = [i for i in indicators if i.mission_id == mission.mission_id]
    seen = list(observations)
    named = [t.line_of_effort for t in tasks if t.mission_id == mission.mission_id] + [i.line_of_effort for i in mine]
    lines = []
    for line in lines_of_effort(named):
        of_line = sorted((i for i in mine if same_line(i.line_of_effort, line)), key=_by_level)
        shown = tuple(_indicator(i, [o for o in seen if o.indicator_id == i.indicator_id], mission) for i in of_line)
        lines.append(LineProgress(line, shown, _evidence(shown)))
    return MissionProgress(mission.mission_id, mission.name, tuple(lines))


def lines_of_effort(names: Iterable[str]) -> tuple[str, ...]:
    """Each line of effort once, by its letters whatever their case; `all` comes last."""
    by_key: dict[str, str] = {}
    for name in sorted(names):
        by_key.setdefault(name.casefold(), name)
    return tuple(by_key[key] for key in sorted(by_key, key=lambda k: (k == "all", k)))


def same_line(one: str, other: str) -> bool:
    """Whether two rows name the same line of effort."""
    return one.casefold() == other.casefold()


def spanning(figures: Sequence[Figure]) -> Span:
    """The span of figures that may be of one date: figures that disagree are not merged into one in between."""
    spans = [f.span for f in figures]
    lows, highs = [s.low for s in spans if s.low is not None], [s.high for s in spans if s.high is not None]
    return Span(
        min(lows) if len(lows) == len(spans) else None,
        max(highs) if len(highs) == len(spans) else None,
        ranged=all(s.ranged for s in spans),
        dates=tuple(sorted({f.date for f in figures}, key=_by_date)),
    )


def _indicator(indicator: Indicator, observations: Sequence[Observation], mission: Mission) -> IndicatorProgress:
    areas = sorted({o.area for o in observations}, key=lambda a: (a is None, a or "")) or [None]
    series = tuple(_series(indicator, area, [o for o in observations if o.area == area], mission) for area in areas)
    return IndicatorProgress(
        indicator.indicator_id, indicator.level, indicator.definition, indicator.unit, indicator.better,
        indicator.baseline, indicator.basis_of("baseline"), indicator.target, indicator.basis_of("target"),
        indicator.validity_threats, series,
    )  # fmt: skip


def _series(indicator: Indicator, area: str | None, observations: Sequence[Observation], mission: Mission) -> Series:
    figures = tuple(sorted((_figure(o) for o in observations), key=_by_figure))
    earliest = [f for f in figures if not any(g.date.is_before(f.date) for g in figures)]
    latest = [f for f in figures if not any(f.date.is_before(g.date) for g in figures)]
    first, last = (spanning(earliest), spanning(latest)) if figures else (None, None)
    return Series(
        area, figures, first, last,
        reached(last, indicator.target, better=indicator.better),
        _from_baseline(indicator, last),
        _trend(indicator, first, last),
        tuple(_remarks(figures, earliest, latest, mission)),
    )  # fmt: skip


def _figure(row: Observation) -> Figure:
    if row.source_id is None:
        raise CaseProblem(
            f"an observation of '{row.indicator_id}' names no source",
            where=Where("observations.csv", field="source_id"),
            hint="fill source_id: a value nobody published is no observation",
        )
    return Figure(row.date, row.value, row.low, row.high, row.source_id, row.basis_of("value"), row.note)


def _from_baseline(indicator: Indicator, last: Span | None) -> Change:
    if indicator.baseline is None:
        return Change.NO_BASELINE
    if last is None:
        return Change.NO_FIGURE
    return changed(Span(indicator.baseline, indicator.baseline, ranged=True), last, better=indicator.better)


def _trend(indicator: Indicator, first: Span | None, last: Span | None) -> Change:
    if first is None or last is None:
        return Change.NO_FIGURE
    if set(first.dates) & set(last.dates):
        return Change.ONE_DATE
    return changed(first, last, better=indicator.better)


def _remarks(
    figures: Sequence[Figure], earliest: Sequence[Figure], latest: Sequence[Figure], mission: Mission
) -> Iterable[str]:
    if any(not f.span.ranged for f in figures):
        yield "no published range"
    if any((f.low is None) != (f.high is None) for f in figures):
        yield "only one end of a range is published"
    for which, some in (("earliest", earliest), ("latest", latest)):
        if len({(f.value, f.low, f.high) for f in some}) > 1:
            yield f"{len(some)} figures may be the {which}: the range spans them"
    if figures and _leaves_its_ends(figures, spanning(earliest), spanning(latest)):
        yield "figures between the earliest and the latest lie outside both: read them all"
    if latest and mission.start is not None and all(f.date.is_before(mission.start) for f in latest):
        yield f"the latest figure is from before the mission began ({mission.start})"


def _leaves_its_ends(figures: Sequence[Figure], first: Span, last: Span) -> bool:
    """Whether a figure lies surely above, or surely below, both the earliest and the latest."""
    if first.low is None or first.high is None or last.low is None or last.high is None:
        return False
    lowest, highest = min(first.low, last.low), max(first.high, last.high)
    return any((s.low is not None and s.low > highest) or (s.high is not None and s.high < lowest)
               for s in (f.span for f in figures))  # fmt: skip


def _evidence(indicators: Sequence[IndicatorProgress]) -> tuple[str, ...]:
    if not indicators:
        return (NO_INDICATOR,)
    published = [i for i in indicators if i.published]
    outcomes = [i for i in published if i.level in OUTCOMES]
    if not published:
        return (NO_FIGURE_AT_ALL,)
    if not outcomes:
        return (OUTPUTS_ONLY if any(i.level is ResultLevel.OUTPUT for i in published) else INPUTS_ONLY,)
    without = [i.indicator_id for i in outcomes if i.target is None]
    if len(without) == len(outcomes):
        return (OUTCOME_WITHOUT_TARGET,)
    return (
        f"outcome evidence, but no target for {', '.join(without)}" if without else "outcome evidence with targets",
    )


def _by_level(indicator: Indicator) -> tuple[int, str]:
    return list(ResultLevel).index(indicator.level), indicator.indicator_id


def _by_date(date: PartialDate) -> tuple[str, str]:
    return str(date.earliest or date.latest), str(date)


def _by_figure(figure: Figure) -> tuple[object, ...]:
    ends = tuple(float("-inf") if end is None else end for end in (figure.low, figure.high))
    return (*_by_date(figure.date), figure.value, *ends, figure.source_id, figure.note or "")
