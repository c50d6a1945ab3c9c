"""Force protection: what happened and is forecast in bands around a mission's sites, and what followed what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Cell, Column, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.wording import counted, deaths_cell
from tocsin.forecast.contract import model_named
from tocsin.mission.incidents import WORST_PRECISION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.assess.findings import Findings
    from tocsin.assess.reach import Protection, Reach
    from tocsin.brief.blocks import Block, Spans
    from tocsin.mission.protection import BandForecast, BandMonth, Chain, Sequences, Step
    from tocsin.vocabulary import Month

UNKNOWN = "unknown"
MONTHS_SHOWN = 12
"""The newest months stand one by one; those before are summed by year."""

DAYS = 30
"""Events so few days apart are told as one sequence."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """Events and deaths by month and band, the forecast by month and band, and sequences from the record."""
    if findings.mission is None:
        return ()
    heading = Heading("Force protection", id="protection")
    reach = findings.mission.reach
    if reach is None:
        return heading, Paragraph(f"Unknown: {findings.mission.no_reach or 'no site can be placed'}.")
    if reach.protection is None:
        return heading, Paragraph("Unknown: bands around the sites were not computed.")
    return (
        heading,
        Paragraph(
            f"Around the nearest of the sites of {reach.mission.name}. Nothing finer than 25 km and a month is given. "
            "All sites are taken as open throughout."
        ),
        *_past(reach, reach.protection),
        *_ahead(reach, reach.protection),
        *_sequences(reach.protection.sequences),
    )


def _bands(rows: Sequence[BandMonth] | Sequence[BandForecast]) -> list[tuple[float, float]]:
    return sorted({(row.near_km, row.far_km) for row in rows})


def _columns(bands: Sequence[tuple[float, float]], unit: str) -> tuple[Column, ...]:
    return tuple(Column(f"{near:g} to {far:g} km", "right", unit) for near, far in bands)


def _past(reach: Reach, done: Protection) -> tuple[Block, ...]:
    if not done.past:
        return (Paragraph("What happened around the sites is unknown: the figures cover no month."),)
    bands = _bands(done.past)
    months = sorted({row.month for row in done.past})
    older, newest = months[:-MONTHS_SHOWN], months[-MONTHS_SHOWN:]
    years = {year: [m for m in older if m.year == year] for year in sorted({m.year for m in older})}
    rows = [_past_row(_span(year, part), part, bands, done) for year, part in years.items()]
    rows += [_past_row(str(month), [month], bands, done) for month in newest]
    precise = "" if reach.where_precision >= WORST_PRECISION else f", where_precision <= {reach.where_precision}"
    return (
        Table(
            f"Events and deaths around the sites, {reach.first} to {reach.last}, by distance; {reach.source}{precise}",
            (Column("Period"), *_columns(bands, "events: deaths")),
            tuple(rows),
            note="Deaths are best estimates, with low to high where they differ. 0: no event was recorded, which does not say "
            f"that none happened. {done.unplaced_events:,.0f} more events have no place known to a province: they stand in no "
            "band.",
        ),
    )


def _span(year: int, months: Sequence[Month]) -> str:
    whole = len(months) == 12
    return str(year) if whole else f"{months[0]} to {months[-1]}"


def _past_row(
    name: str, months: Sequence[Month], bands: Sequence[tuple[float, float]], done: Protection
) -> tuple[Cell, ...]:
    return (Cell(name, emphasis=len(months) > 1), *(_past_cell(done.past, months, band) for band in bands))


def _past_cell(past: Sequence[BandMonth], months: Sequence[Month], band: tuple[float, float]) -> Cell:
    here = [row for row in past if row.month in months and (row.near_km, row.far_km) == band]
    if not here:
        return Cell(UNKNOWN)
    events = sum(row.events for row in here)
    low, best, high = (sum(row.deaths[i] for row in here) for i in range(3))
    if not events and not high:
        return Cell("0", sort=0)
    deaths = f"{best:,}" if low == high else f"{best:,} ({low:,} to {high:,})"
    return Cell(f"{events:,}: {deaths}", sort=best)


def _ahead(reach: Reach, done: Protection) -> tuple[Block, ...]:
    forecast = reach.forecast
    if not done.ahead or forecast is None:
        return (
            Paragraph(f"What is ahead around the sites is unknown: {reach.no_forecast or 'no forecast was made'}."),
        )
    status = model_named(forecast.model).contract.status_at(forecast.level).value
    bands = _bands(done.ahead)
    by_place = {(row.month, row.near_km, row.far_km): row for row in done.ahead}
    return (
        Table(
            f"Deaths forecast around the sites by {forecast.model}, data through {forecast.origin}: median, and 5 to 95 %",
            (Column("Month"), *_columns(bands, "deaths")),
            tuple(
                (Cell(str(month)), *(_ahead_cell(by_place.get((month, *band))) for band in bands))
                for month in sorted({row.month for row in done.ahead})
            ),
            note=f"Counts {counted(forecast.target)}, {forecast.vintage}. Forecast by province, where the model is "
            f"{status}, and placed at centres of half-degree cells where deaths were before. {_lost(reach)}How such "
            "forecasts fared: see the track record.",
        ),
    )


def _lost(reach: Reach) -> str:
    """The part of the forecast that no band holds, as it has no place."""
    if reach.risk is None or not reach.risk.unplaced:
        return ""
    return (
        f"{reach.risk.unplaced:,.0f} of {reach.risk.expected:,.0f} expected deaths of all provinces have no place and stand "
        "in no band. "
    )


def _ahead_cell(row: BandForecast | None) -> Cell:
    if row is None:
        return Cell(UNKNOWN)
    middle, low, high = (deaths_cell(v).text for v in (row.middle, row.low, row.high))
    return Cell(f"{middle} ({low} to {high})", sort=row.middle)


def _sequences(found: Sequences) -> tuple[Block, ...]:
    heading = Heading("What followed what", level=3, id="protection-sequences")
    items: list[Spans] = [_chain(chain) for chain in found.chains]
    if found.undated:
        told = "; ".join(f"{e.date}, {e.kind or UNKNOWN}: {e.what} ({e.source_id})" for e in found.undated)
        items.append((Strong("In no order, as the date is too coarse. "), Text(f"{told}.")))
    if not items:
        return heading, Paragraph("The case's record enters no attack, incident or response.")
    return (
        heading,
        Paragraph(
            "Attacks, incidents and responses entered in the case, with dates as their sources give them. Events at most "
            f"{DAYS} days apart are told together. That one follows another does not say that it answers it."
        ),
        Bullets(tuple(items)),
    )


def _chain(chain: Chain) -> Spans:
    first, *later = chain.steps
    if not later:
        return (Strong("Alone. "), Text(f"{_step(first)}."))
    told = "; ".join(f"{_gap(step)}, {_step(step)}" for step in later)
    return (Strong(f"{len(chain.steps)} in sequence. "), Text(f"{_step(first)}; {told}."))


def _gap(step: Step) -> str:
    if step.gap_days is None:
        return f"after an {UNKNOWN} number of days"
    if not step.gap_days:
        return "the same day"
    return "1 day later" if step.gap_days == 1 else f"{step.gap_days} days later"


def _step(step: Step) -> str:
    event = step.event
    return f"{event.date}, {event.kind or UNKNOWN}: {event.what} ({event.source_id or f'source {UNKNOWN}'})"


SECTION = Section("protection", nothing, annex)
