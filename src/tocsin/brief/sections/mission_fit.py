"""What progress a mission shows, whether it is fit for purpose, and what goes into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Cell, Column, Figure, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.charts import Frame, IndicatorRange, range_chart
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.wording import listed
from tocsin.brief.words import long_date
from tocsin.case.assessed_rows import EffortKind
from tocsin.case.rows import ResultLevel

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.mission import MissionFindings
    from tocsin.brief.blocks import Block
    from tocsin.mission.effort import LineEffort, MissionEffort
    from tocsin.mission.fit import FrameworkFit, HeadingFit
    from tocsin.mission.inputs import Input
    from tocsin.mission.progress import Figure as Published
    from tocsin.mission.progress import IndicatorProgress, MissionProgress, Series
    from tocsin.mission.strength import Rate

UNKNOWN = "unknown"
WHOLE = "all"
"""The line of effort that stands for the whole mission."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """Progress, fit and effort, one after the other; nothing is added up over them."""
    found = findings.mission
    if found is None:
        return ()
    known = f"by the case's tables on {long_date(findings.made.date())}"
    return (
        Heading("Progress, fit and effort", id="progress-fit-effort"),
        *_progress(found.progress, known), *_fit(found, known), *_effort(found.effort, known),
    )  # fmt: skip


def _progress(done: MissionProgress, known: str) -> tuple[Block, ...]:
    head = Heading("What progress is shown", 3, id="progress")
    if not done.lines:
        return head, Paragraph("No line of effort is on file. What the mission shows is unknown.")
    return head, *_ranges(done, known), _lines(done, known), *_indicators(done, known), Paragraph(done.attribution)


def _ranges(done: MissionProgress, known: str) -> tuple[Figure, ...]:
    """Indicators of which a figure is published, the latest beside baseline and target."""
    rows = [
        _range(indicator, series)
        for line in done.lines
        for indicator in line.indicators
        for series in indicator.series
        if series.last is not None
    ]
    if not rows:
        return ()
    return (
        Figure(
            range_chart(rows, frame=Frame("progress-ranges", f"{done.name}: indicators with a published figure")),
            caption=f"The latest published figures beside baseline and target, {known}; sources are in the table of "
            "indicators.",
            alt=f"{len(rows)} indicators with baseline, target and the latest range: {listed(row.name for row in rows)}.",
        ),
    )  # fmt: skip


def _range(indicator: IndicatorProgress, series: Series) -> IndicatorRange:
    last = series.last
    assert last is not None, "only drawn where a figure is published"
    when = ", ".join(map(str, last.dates)) + ("" if last.ranged else ", no published range")
    return IndicatorRange(
        _named(indicator, series), indicator.baseline, indicator.target, last.low, last.high, indicator.unit, when
    )


def _named(indicator: IndicatorProgress, series: Series) -> str:
    return indicator.definition if series.area is None else f"{indicator.definition}, {series.area}"


def _lines(done: MissionProgress, known: str) -> Table:
    rows = tuple(
        (
            Cell(_line(line.line_of_effort)), Cell("; ".join(line.evidence), emphasis=True),
            Cell(_levels(line.indicators)), Cell(_levels(tuple(i for i in line.indicators if i.published))),
        )
        for line in done.lines
    )  # fmt: skip
    return Table(
        f"{done.name}: evidence by line of effort, {known}",
        (Column("Line of effort"), Column("Evidence"), Column("Indicators"), Column("With a published figure")),
        rows, note="No published figure means that what came of the work is unknown, not that nothing did.",
    )  # fmt: skip


def _line(name: str) -> str:
    return "the whole mission" if name.casefold() == WHOLE else name


def _levels(indicators: tuple[IndicatorProgress, ...]) -> str:
    """`1 output, 2 outcome`, or `none`."""
    counts = [(sum(i.level is level for i in indicators), level.value) for level in ResultLevel]
    return ", ".join(f"{n} {level}" for n, level in counts if n) or "none"


def _indicators(done: MissionProgress, known: str) -> tuple[Table, ...]:
    rows = tuple(
        _indicator(indicator, series)
        for line in done.lines
        for indicator in line.indicators
        for series in indicator.series
    )
    if not rows:
        return ()
    return (
        Table(
            f"{done.name}: every indicator with all its published figures, {known}",
            (
                Column("Indicator"), Column("Baseline", "right"), Column("Target", "right"),
                Column("Published figures", unit="and range"), Column("What they show"), Column("May mislead"),
            ),
            rows, note="Ranges are compared, not points: ranges that touch show no movement. Sources by their names in "
            "the case's table of sources.",
        ),
    )  # fmt: skip


def _indicator(indicator: IndicatorProgress, series: Series) -> tuple[Cell, ...]:
    if series.figures:
        shows = f"Against the target: {series.target.value}. Since the baseline: {series.baseline.value}. "
        shows += f"Since the earliest: {series.trend.value}."
    else:
        shows = UNKNOWN
    threats = (indicator.validity_threats or "no threat is on file, which is unknown and not none", *series.remarks)
    return (
        Cell(f"{_named(indicator, series)} ({indicator.level.value}; {indicator.unit}; better {indicator.better.value})"),
        Cell(_number(indicator.baseline), sort=indicator.baseline),
        Cell(_number(indicator.target), sort=indicator.target),
        Cell(_figures(series)), Cell(shows), Cell("; ".join(threats)),
    )  # fmt: skip


def _figures(series: Series) -> str:
    """Every figure, earliest first, with who published them."""
    if not series.figures:
        return "no published figure"
    said = "; ".join(_figure(f) for f in series.figures)
    return f"{said}. Source: {listed(dict.fromkeys(f.source_id for f in series.figures))}"


def _figure(figure: Published) -> str:
    if not figure.span.ranged:
        return f"{figure.date}: {_number(figure.value)}"
    return f"{figure.date}: {_number(figure.value)} ({_between(figure.low, figure.high)})"


def _fit(found: MissionFindings, known: str) -> tuple[Block, ...]:
    """Frameworks with verdicts as tables; those without as short lists."""
    blocks: list[Block] = [Heading("Is it fit for purpose?", 3, id="fit")]
    for framework in found.fit.frameworks:
        if any(h.verdicts for h in framework.headings):
            blocks.append(_verdicts(found.fit.name, framework, known))
        else:
            blocks += _unassessed(framework)
    return tuple(blocks)


def _verdicts(mission: str, framework: FrameworkFit, known: str) -> Table:
    remarks = [f"{h.heading}: {r}" for h in framework.headings for r in h.remarks]
    after = [] if framework.source is None else [f"Headings in our own words, after: {framework.source}"]
    rests = listed(dict.fromkeys(v.basis.value for h in framework.headings for v in h.verdicts))
    notes = [f"Verdicts as filed (basis: {rests}); nothing is counted or averaged over them", *remarks, *after]
    return Table(
        f"{mission}: {framework.title}, {known}",
        (
            Column("Heading"), Column("Verdict"), Column("Evidence"), Column("Why"), Column("Would change it"),
            Column("Sources"),
        ),
        tuple(cells for heading in framework.headings for cells in _heading(heading)),
        note=". ".join(notes) + ".",
    )  # fmt: skip


def _heading(heading: HeadingFit) -> list[tuple[Cell, ...]]:
    if not heading.verdicts:
        held = f"Nobody filed a verdict. The case's tables hold: {'; '.join(heading.bears) or 'nothing on it'}"
        return [(Cell(heading.heading), Cell(heading.said[0], emphasis=True), Cell(UNKNOWN), Cell(held),
                 Cell(UNKNOWN), Cell("none"))]  # fmt: skip
    return [
        (
            Cell(heading.heading), Cell(v.verdict.value, emphasis=True), Cell(v.evidence.value), Cell(v.why),
            Cell(v.would_change), Cell(", ".join(v.sources)),
        )
        for v in heading.verdicts
    ]  # fmt: skip


def _unassessed(framework: FrameworkFit) -> list[Block]:
    after = "" if framework.source is None else f" (headings in our own words, after: {framework.source})"
    items = tuple(
        (Strong(f"{h.heading[:1].upper()}{h.heading[1:]}: "), Text(_sentence("; ".join(h.bears))))
        for h in framework.headings
    )
    return [
        Paragraph((
            Strong(f"{framework.title}. "),
            Text(f"Not assessed: nobody filed a verdict under its headings{after}. What the case's tables hold on each:"),
        )),
        *((Bullets(items),) if items else ()),
    ]  # fmt: skip


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _effort(done: MissionEffort, known: str) -> tuple[Block, ...]:
    return (
        Heading("What goes into it, and what is known of its worth", 3, id="effort"),
        *((_inputs(done, known),) if done.lines else (Paragraph("No line of effort is on file."),)),
        _rates(done, known), Paragraph((Strong("Is it good value? "), Text(" ".join(done.worth)))),
    )  # fmt: skip


def _inputs(done: MissionEffort, known: str) -> Table:
    since = f"since {done.start}" if done.start is not None else "start unknown"
    until = f", until {done.end}" if done.end is not None else ""
    notes = list(dict.fromkeys(i.note for line in done.lines for i in line.inputs if i.note))
    return Table(
        f"{done.name} ({since}{until}): what goes in by line of effort, beside the results published, {known}",
        (Column("Line of effort"), *(Column(kind.value.capitalize()) for kind in EffortKind), Column("Results published")),
        tuple(
            (Cell(_line(line.line_of_effort)), *(Cell(_given(line, kind)) for kind in EffortKind), Cell(_made(line)))
            for line in done.lines
        ),
        note=". ".join(_sentence(note).rstrip(".") for note in notes) + "." if notes else "",
    )  # fmt: skip


def _given(line: LineEffort, kind: EffortKind) -> str:
    if kind in line.unknown:
        return UNKNOWN
    return "; ".join(_input(given) for given in line.inputs if given.kind is kind)


def _input(given: Input) -> str:
    dated = given.start is not None or given.end is not None
    when = f", {given.start or 'start unknown'} to {given.end or 'no end named'}" if dated else ", dates unknown"
    ranged = "" if given.ranged or not given.known else ", no published range"
    return f"{_between(given.low, given.high)} {given.unit}{when}{ranged} ({given.source_id or given.basis.value})"


def _made(line: LineEffort) -> str:
    """What is published at each level of result, levels alike drawn together."""
    said = [f"{p.level.value}: {listed(i.definition for i in p.indicators if i.published)}"
            for p in line.produced if any(i.published for i in p.indicators)]  # fmt: skip
    without = [p.level.value for p in line.produced if p.indicators and not any(i.published for i in p.indicators)]
    unmeasured = [p.level.value for p in line.produced if not p.indicators]
    said += [f"nothing published of {_either(without)}"] if without else []
    said += [f"no indicator of {_either(unmeasured)}"] if unmeasured else []
    return "; ".join(said)


def _either(words: list[str]) -> str:
    return listed(words).replace(" and ", " or ")


def _rates(done: MissionEffort, known: str) -> Table:
    rates = (*done.strength, *done.references)
    notes = [f"{rate.name}: {rate.note}" for rate in rates if rate.note]
    return Table(
        f"Persons per million of the host's population: {done.name} beside other missions, {known}",
        (
            Column("Mission"), Column("Host"), Column("Date"), Column("Persons", "right"),
            Column("Population", "right", "and its year"), Column("Per million", "right"), Column("Source"),
        ),
        tuple(_rate(rate, own=rate in done.strength) for rate in rates),
        note="; ".join(notes) + ("." if notes else ""),
    )  # fmt: skip


def _rate(rate: Rate, *, own: bool) -> tuple[Cell, ...]:
    people = rate.population_from
    if rate.population is not None:
        people = f"{_number(rate.population)} ({people})"
    return (
        Cell(rate.name, emphasis=own), Cell(rate.country or UNKNOWN), Cell(rate.date or UNKNOWN),
        Cell(_between(rate.people_low, rate.people_high)),
        Cell(people, sort=rate.population),
        Cell(_between(rate.per_million_low, rate.per_million_high), emphasis=own, sort=rate.per_million_low),
        Cell(rate.source_id or UNKNOWN),
    )  # fmt: skip


def _number(value: float | None) -> str:
    """A number as a source prints it, or `unknown`; never zero for what is not known."""
    if value is None:
        return UNKNOWN
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 1000 else f"{value:,.4g}"


def _between(low: float | None, high: float | None) -> str:
    """A range, its one number, or `unknown`."""
    return _number(low) if low == high else f"{_number(low)} to {_number(high)}"


SECTION = Section("fit", nothing, annex)
