"""The newest forecast: where the world stands, and the country of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell, Column, Figure, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.charts import PROBABILITY, Frame
from tocsin.brief.charts.map import MapArea, world_map
from tocsin.brief.sections.fans import fan_of
from tocsin.brief.sections.newest_provinces import provinces_annex, provinces_page
from tocsin.brief.sections.section import Section
from tocsin.brief.sections.wording import counted, deaths_cell, likelihood, listed, p_cell
from tocsin.brief.words import long_date
from tocsin.vocabulary import Month, last_day, percent

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.outlook import Outlook
    from tocsin.brief.blocks import Block
    from tocsin.warn.warning import AreaWarning

ON_THE_PAGE = 3
IN_THE_ANNEX = 20


def page(findings: Findings) -> tuple[Block, ...]:
    """The countries that rank highest, and the case's own, with the age of the data."""
    outlook = findings.outlook
    home = _home(findings)
    origin = outlook.forecast.origin
    top = [f"{w.name} ({percent(w.p)})" for w in outlook.warnings[:ON_THE_PAGE]]
    grave = outlook.thresholds[:2][-1]
    age = Month.of_date(findings.made.date()) - origin
    own = (
        f" {home.name}: escalation {likelihood(home.p)}, rank {home.rank} of {len(outlook.warnings)}; a month of "
        f"{grave:,} or more deaths {likelihood(home.probabilities[_key(outlook, grave)])}."
        if home
        else ""
    )
    return (
        *provinces_page(findings),
        Heading(f"As known on {long_date(last_day(origin))}: the newest forecast", id="newest"),
        Paragraph((
            Text(f"Escalation within {outlook.ranked_by.months} months ranks highest in {listed(top)}.{own} "),
            Strong(f"The data end {age} months before this brief was made: read it as a forecast made then."),
        )),
    )  # fmt: skip


def annex(findings: Findings) -> tuple[Block, ...]:
    """The world's map, the longer table, and fans of the country and of the highest warning."""
    outlook = findings.outlook
    home = _home(findings)
    fans = dict.fromkeys([*([home.area] if home else []), outlook.warnings[0].area])
    return (
        *provinces_annex(findings),
        Heading("The newest forecast of all countries", id="newest-all"),
        _map(findings),
        _table(findings, most=IN_THE_ANNEX),
        *(fan_of(outlook.forecast, outlook.history, area) for area in fans),
    )


def _key(outlook: Outlook, threshold: int) -> str:
    return f"p{threshold}_within_{outlook.ranked_by.months}"


def _home(findings: Findings) -> AreaWarning | None:
    return next((w for w in findings.outlook.warnings if w.area == findings.home), None)


def _table(findings: Findings, *, most: int) -> Table:
    outlook = findings.outlook
    thresholds = outlook.thresholds
    shown = [w for w in outlook.warnings if w.rank <= most or w.area == findings.home]
    budget = outlook.budgets[0]
    rows = tuple(
        (
            Cell(str(w.rank)), Cell(w.name, emphasis=w.area == findings.home), p_cell(w.p, emphasis=True),
            Cell(w.likelihood.value), *(p_cell(w.probabilities[_key(outlook, t)]) for t in thresholds),
            deaths_cell(w.last_year), Cell(_own(w, budget)),
        )
        for w in shown
    )  # fmt: skip
    return Table(
        f"Countries ranked by escalation within {outlook.ranked_by.months} months, as known at the end of "
        f"{outlook.forecast.origin.words}",
        (
            Column("Rank", "right"), Column("Country"), Column("Escalation", "right", "probability"), Column("In words"),
            *(Column(f"{t:,} or more", "right", "deaths in some month") for t in thresholds),
            Column("Last year", "right", "deaths a month"), Column("Own alerts", "right", f"hits, at {budget} an origin"),
        ),
        rows, row_head=1,
        note=f"Counts {counted(outlook.forecast.target)}, {outlook.forecast.vintage}; never to be read as state-based deaths "
        f"alone. Within {outlook.ranked_by.months} months of {outlook.forecast.origin.words}, where the data end.",
    )  # fmt: skip


def _own(warning: AreaWarning, budget: int) -> str:
    own = next((o for o in warning.own if o.budget == budget), None)
    return "none" if own is None or not own.alerts else f"{own.hits} of {own.alerts}"


def _map(findings: Findings) -> Figure:
    outlook = findings.outlook
    lowest = outlook.thresholds[0]
    key = _key(outlook, lowest)
    p = {w.area: w.probabilities[key] for w in outlook.warnings}
    ranks = {w.area: w.rank for w in outlook.warnings if w.rank <= outlook.budgets[0]}
    names = {w.area: w.name for w in outlook.warnings}
    areas = [
        MapArea(names.get(a, a), shape, p.get(a), rank=ranks.get(a))
        for a, shape in findings.shapes.items()
        if "/" not in a
    ]
    title = f"{lowest:,} or more deaths in some month within {outlook.ranked_by.months} months"
    return Figure(
        world_map(areas, PROBABILITY, frame=Frame("world", title), show=percent),
        caption=f"{title} of {outlook.forecast.origin.words}; numbers give the rank by escalation. Hatched: no series.",
        alt=f"World map of the probability of a month with {lowest:,} or more deaths; escalation ranks highest in "
        f"{listed(w.name for w in outlook.warnings[:5])}.",
    )


SECTION = Section("forecast", page, annex)
