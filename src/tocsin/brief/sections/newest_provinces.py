"""The newest forecast of the provinces of a case that brings events of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell, Column, Figure, Heading, Judgement, Table, Text
from tocsin.brief.charts import PROBABILITY, Frame
from tocsin.brief.charts.map import MapArea, country_map
from tocsin.brief.sections.fans import fan_of
from tocsin.brief.sections.wording import counted, deaths_cell, likelihood, listed, p_cell
from tocsin.brief.words import long_date
from tocsin.vocabulary import last_day, percent

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.replay import Replay
    from tocsin.brief.blocks import Block
    from tocsin.warn.warning import AreaWarning

ON_THE_PAGE = 5


def provinces_page(findings: Findings) -> tuple[Block, ...]:
    """The provinces that rank highest, in words and in a short table."""
    newest = findings.newest
    if newest is None:
        return ()
    top = [f"{w.name}, {likelihood(w.p)}" for w in newest.warnings[:3]]
    return (
        Heading(f"As known on {long_date(last_day(newest.origin))}: {findings.place}", id="provinces"),
        Judgement(
            (Text(f"Escalation within {newest.within} months ranks highest in {listed(top)}."),),
            confidence="Confidence is low: the forest is experimental for provinces.",
        ),
        _table(newest, newest.warnings[:ON_THE_PAGE]),
    )


def provinces_annex(findings: Findings) -> tuple[Block, ...]:
    """Every province, a map where outlines are at hand, and the fan of the highest."""
    newest = findings.newest
    if newest is None:
        return ()
    drawn = all(w.area in findings.shapes for w in newest.warnings)
    return (
        Heading(f"All provinces of {findings.place}", id="provinces-all"),
        *((_map(findings, newest),) if drawn else ()),
        _table(newest, newest.warnings),
        fan_of(newest.forecast, newest.history, newest.warnings[0].area),
    )


def _map(findings: Findings, newest: Replay) -> Figure:
    areas = [MapArea(w.name, findings.shapes[w.area], w.p, label=w.name) for w in newest.warnings]
    frame = Frame("provinces-map", f"Escalation within {newest.within} months")
    return Figure(
        country_map(areas, PROBABILITY, frame=frame, show=percent),
        caption=f"Probability, data through {newest.origin.words}.",
        alt=f"Map of {findings.place}: probability of escalation by province, highest {newest.warnings[0].name}.",
    )


def _table(newest: Replay, shown: tuple[AreaWarning, ...]) -> Table:
    thresholds = sorted(
        int(key.removeprefix("p").split("_")[0]) for key in newest.warnings[0].probabilities if key.startswith("p")
    )
    rows = tuple(
        (
            Cell(str(w.rank)), Cell(w.name), p_cell(w.p, emphasis=True), Cell(w.likelihood.value),
            *(p_cell(w.probabilities[f"p{t}_within_{newest.within}"]) for t in thresholds),
            deaths_cell(w.last_year), Cell(w.visibility or "unknown"),
        )
        for w in shown
    )  # fmt: skip
    return Table(
        f"Provinces ranked by escalation within {newest.within} months, data through {newest.origin.words}",
        (
            Column("Rank", "right"), Column("Province"), Column("Escalation", "right", "probability"), Column("In words"),
            *(Column(f"{t:,} or more", "right", "deaths in some month") for t in thresholds),
            Column("Last year", "right", "deaths a month"), Column("Seen"),
        ),
        rows, row_head=1,
        note=f"Counts {counted(newest.forecast.target)}, {newest.forecast.vintage}. Escalation: the mean of the months ahead "
        "at least three times that of the last twelve, and at least 25 a month.",
    )  # fmt: skip
