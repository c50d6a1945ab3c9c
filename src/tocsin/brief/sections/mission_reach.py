"""What the mission reaches: the judgement, maps through time, the curve, and what moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.brief.blocks import (
    Bullets,
    Callout,
    Cell,
    Column,
    Figure,
    Heading,
    Judgement,
    Paragraph,
    Strong,
    Table,
    Text,
)
from tocsin.brief.charts import (
    DEATHS,
    Curve,
    Frame,
    MapPeriod,
    SiteMark,
    country_map,
    curve_chart,
    curve_months,
    map_months,
)
from tocsin.brief.charts.map import MapArea
from tocsin.brief.charts.month_bands import MonthReach as Band
from tocsin.brief.sections.section import Section
from tocsin.brief.sections.wording import listed
from tocsin.case.rows import SiteOrigin
from tocsin.mission.incidents import WORST_PRECISION
from tocsin.vocabulary import deaths, province_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.assess.findings import Findings
    from tocsin.assess.mission import MissionFindings
    from tocsin.assess.reach import Reach
    from tocsin.assess.siting import CaseSiting
    from tocsin.brief.blocks import Block
    from tocsin.case.rows import Site
    from tocsin.mission.footprint import Footprint

FARTHEST_KM = 300
MAP_HEIGHT = 470
MAPS_HEIGHT = 440
"""Pixels: two rows of small maps leave room on a page for what stands above them."""
NEEDS = {
    "events": "events", "deaths_all": "deaths", "deaths_sb": "deaths, state-based", "deaths_ns": "deaths, non-state",
    "deaths_os": "deaths, one-sided", "deaths_civilians": "civilians killed",
}  # fmt: skip
MEASURES = {
    "events": "Events",
    "deaths_low": "Deaths, low",
    "deaths_best": "Deaths, best",
    "deaths_high": "Deaths, high",
}


def page(findings: Findings) -> tuple[Block, ...]:
    """A few lines: what lies within reach, and what a change would rest on."""
    found = findings.mission
    if found is None:
        return ()
    return (Paragraph((Strong(f"{found.mission.name}. "), Text(_in_short(found)))),)


def _in_short(found: MissionFindings) -> str:
    reach = found.reach
    if reach is None:
        return f"What it reaches is unknown: {found.no_reach}. Annex."
    km = reach.reach_km[1]
    near = percentage(reach.curves["deaths_best"].at(km))
    return (
        f"Within {km:g} km of its sites lie {near} of the deaths of {span(reach)} (90 %: {both(reach, km)}) and "
        f"{percentage(reach.towns.curve.at(km))} of the people of listed towns.{_more_in_short(found.siting)}"
        + ("" if has_target(found) else " No outcome has a target.")
    )


def _more_in_short(done: CaseSiting | None) -> str:
    if done is None or not done.found.plans or done.found.now is None:
        return ""
    best = done.found.plans[0]
    battle = ", by one battle" if best.one_battle else ""
    return f" A site at {listed(p.name for p in best.sites)} would make it {percentage(best.value / done.found.total)}{battle}."


def has_target(found: MissionFindings) -> bool:
    """Whether any outcome of the mission has a target and a published figure."""
    return any(
        i.target is not None and i.level.value in {"outcome", "impact"} and any(s.figures for s in i.series)
        for line in found.progress.lines
        for i in line.indicators
    )


def one_more(done: CaseSiting | None) -> str:
    """What one more site would add, and whether that is one battle."""
    if done is None or not done.found.plans or done.found.now is None:
        return ""
    best, found = done.found.plans[0], done.found
    at = listed(p.name for p in best.sites)
    to = f"One more site, at {at}, would take deaths within {found.reach_km:g} km to {percentage(best.value / found.total)}"
    battle = f", by one battle ({found.battle.words})" if best.one_battle and found.battle else ""
    rests = f"; nobody has recorded {' or '.join(best.unrecorded)}" if best.unrecorded else ""
    return f"{to}{battle}{rests}."


def annex(findings: Findings) -> tuple[Block, ...]:
    """Maps, curve, table and cautions."""
    found = findings.mission
    if found is None:
        return ()
    head = Heading(f"{found.mission.name}: what it reaches", id="reach")
    if found.reach is None:
        return (head, Callout("caution", f"Reach is unknown: {found.no_reach}."), *_through_time(findings, found))
    reach = found.reach
    return (
        head,
        Judgement(_judged(reach), confidence=_confidence(reach)),
        *_through_time(findings, found),
        *_site_map(findings, reach),
        _curve(reach),
        _table(reach),
        *_over_time(reach),
        Heading("What the figures rest on", level=3, id="reach-rests-on"),
        Bullets(tuple(_rests_on(found, reach))),
        *_functions(reach),
    )


def percentage(share: float | None) -> str:
    """A share in percent with one place after the point; words where unknown.

    Example:
        >>> percentage(0.0335), percentage(None)
        ('3.4 %', 'unknown')
    """
    return "unknown" if share is None or np.isnan(share) else f"{100 * share:.1f} %"


def interval(low: float | None, high: float | None) -> str:
    """A range of shares.

    Example:
        >>> interval(0.015, 0.073)
        '1.5 to 7.3 %'
    """
    if low is None or high is None or np.isnan(low) or np.isnan(high):
        return "unknown"
    return f"{100 * low:.1f} to {100 * high:.1f} %"


def both(reach: Reach, km: float) -> str:
    """The interval of deaths within a distance, of input noise and months together."""
    if reach.intervals is None:
        return "not computed"
    found = reach.intervals.deaths
    i = found.distances.index(km)
    return interval(float(found.both[0, i]), float(found.both[1, i]))


def span(reach: Reach) -> str:
    """The window in words.

    It is `2017 to 2018` where it holds whole years.
    """
    if reach.first.month == 1 and reach.last.month == 12:
        years = (reach.first.year, reach.last.year)
        return str(years[0]) if years[0] == years[1] else f"{years[0]} to {years[1]}"
    return f"{reach.first.words} to {reach.last.words}"


def _judged(reach: Reach) -> str:
    km = reach.reach_km[1]
    near = percentage(reach.curves["deaths_best"].at(km))
    far = percentage(reach.curves["deaths_best"].at(reach.reach_km[2]))
    return (
        f"Of the deaths of {span(reach)}, {near} fell within {km:g} km of a site and {far} within {reach.reach_km[2]:g} km. "
        "This is where the mission is, not whom it serves: an adviser in a ministry may reach the whole country."
    )


def _confidence(reach: Reach) -> str:
    low, high = reach.open_only[reach.reach_km[1]]
    return (
        f"Confidence is moderate in the distances and low in the dates: the sites are taken as open throughout. Counting only "
        f"months in which they worked, as far as dates are known, it is {interval(low, high)}."
    )


def _through_time(findings: Findings, found: MissionFindings) -> tuple[Block, ...]:
    shapes = {a: s for a, s in findings.shapes.items() if a.startswith(f"{findings.home}/")}
    if not shapes or len(found.through_time) < 2:
        return ()
    periods = [
        MapPeriod(
            then.label,
            [MapArea(province_name(a), s, then.deaths.get(a)) for a, s in shapes.items()],
            tuple(marks(then.footprints)),
        )
        for then in found.through_time
    ]
    first, last = found.through_time[0].label, found.through_time[-1].label
    return (
        Figure(
            map_months(
                periods, DEATHS, frame=Frame("need-through-time", "Need and sites through time", height=MAPS_HEIGHT),
                show=deaths,
            ),
            caption=f"Deaths by province in each year, {found.gap.vintage}, and the sites of all missions of the case in its "
            "December. Deaths of unknown province are on no map.",
            alt=f"Small maps of {findings.place}, {first} to {last}: deaths by province and the sites of missions.",
        ),
    )  # fmt: skip


def marks(footprints: Sequence[Footprint]) -> Iterator[SiteMark]:
    """The placed sites of missions in the first month of their footprints; sites a user entered are left out."""
    for footprint in footprints:
        for one in footprint.sites:
            site = one.site
            if site.lat is None or site.lon is None or site.origin is SiteOrigin.USER:
                continue
            state = one.states[0].value
            if state != "closed":
                yield SiteMark(site.name, site.lon, site.lat, state)


def _site_map(findings: Findings, reach: Reach) -> tuple[Block, ...]:
    shapes = {a: s for a, s in findings.shapes.items() if a.startswith(f"{findings.home}/")}
    found = findings.mission
    if not shapes or found is None:
        return ()
    past = {p.area: p.past.best if p.past else None for p in found.gap.provinces}
    sites = [
        SiteMark(p.name, p.lon, p.lat, "open") for p in reach.places[: len(reach.places) - reach.added] if not p.user
    ]
    km = reach.reach_km[1:]
    areas = [MapArea(province_name(a), s, past.get(a), label=province_name(a)) for a, s in shapes.items()]
    frame = Frame("sites", f"Deaths of {span(reach)}, and the sites", height=MAP_HEIGHT)
    within = listed(f"{k:g}" for k in km)
    users = sum(p.user for p in reach.places)
    hidden = f" {users} of {len(reach.places)} sites counted were entered by a user and are not drawn." if users else ""
    return (
        Figure(
            country_map(areas, DEATHS, frame=frame, show=deaths, sites=sites, reach_km=km),
            caption=f"Dashed: all that lies within {within} km of a site drawn. Places are shown to 0.1 degree, sites as "
            f"open.{hidden}",
            alt=f"Map of {findings.place}: deaths by province and {len(sites)} sites of {found.mission.name}.",
        ),
    )


def _curve(reach: Reach) -> Figure:
    best = reach.curves["deaths_best"]
    n = next((i for i, km in enumerate(best.distances) if km > FARTHEST_KM), len(best.distances))

    def part(values: Sequence[float] | np.ndarray) -> tuple[float | None, ...]:
        return tuple(None if np.isnan(v) else float(v) for v in values[:n])

    lines = []
    if reach.intervals is not None:
        band = reach.intervals.deaths.both
        lines.append(Curve("deaths", part(best.shares), part(band[0]), part(band[1])))
    else:
        lines.append(Curve("deaths", part(best.shares)))
    lines.append(Curve("events", part(reach.curves["events"].shares)))
    lines.append(Curve("people of towns", part(reach.towns.curve.shares)))
    if reach.risk is not None:
        lines.append(Curve("deaths forecast", part(reach.risk.middle), part(reach.risk.low), part(reach.risk.high)))
    return Figure(
        curve_chart(
            lines, distances_km=best.distances[:n], frame=Frame("reach-curve", "Share within reach, by distance"),
            reach_km=[km for km in reach.shown_km if km <= FARTHEST_KM], band="90 % interval",
        ),
        caption=f"Share within a straight line from the nearest site, {span(reach)}, {reach.source}.",
        alt="Curves of the share of deaths, events, people and forecast deaths within reach, rising with distance.",
    )  # fmt: skip


def _table(reach: Reach) -> Table:
    def row(words: str, cells: Sequence[str], *, strong: bool = False) -> tuple[Cell, ...]:
        return (Cell(words), *(Cell(c, emphasis=strong) for c in cells))

    rows = [
        row(MEASURES[name], [percentage(curve.at(km)) for km in reach.shown_km], strong=name == "deaths_best")
        for name, curve in reach.curves.items()
    ]
    if reach.intervals is not None:
        found = reach.intervals.deaths
        at = [found.distances.index(km) for km in reach.shown_km]
        kinds = {"places, distances and counts": found.inputs, "the months seen": found.sampling, "both": found.both}
        rows += [
            row(f"Deaths, 90 % by {words}", [interval(*map(float, x[:, i])) for i in at]) for words, x in kinds.items()
        ]
    rows.append(row("Deaths while sites were open", [interval(*reach.open_only[km]) for km in reach.shown_km]))
    rows.append(row("People of listed towns", [percentage(reach.towns.curve.at(km)) for km in reach.shown_km]))
    if reach.risk is not None and reach.forecast is not None:
        at = [reach.risk.distances.index(km) for km in reach.shown_km]
        rows.append(
            row("Deaths forecast, 90 %", [interval(float(reach.risk.low[i]), float(reach.risk.high[i])) for i in at])
        )
    ahead = (
        f" Forecast: {len(reach.forecast.horizons)} months from {reach.forecast.origin.words}, placed by where deaths were "
        "in the 36 months before."
        if reach.forecast
        else f" No forecast: {reach.no_forecast}."
    )
    return Table(
        f"What lies within reach of {reach.mission.name}, {span(reach)}",
        (Column("Share of"), *(Column(f"{km:g} km", "right") for km in reach.shown_km)),
        tuple(rows),
        note=f"{reach.source}, {_precision(reach)}. Intervals never reach deaths of unknown place, so one may lie below its "
        f"point. Input noise and the chance of the months seen are given apart, then together.{ahead}",
    )


def _precision(reach: Reach) -> str:
    if reach.where_precision >= WORST_PRECISION:
        return "placed at every precision"
    return f"placed at where_precision {reach.where_precision} or better"


def _over_time(reach: Reach) -> tuple[Block, ...]:
    if reach.over_time is None or all(m.surely == m.perhaps == 0 for m in reach.over_time):
        return ()
    band = Band(
        f"within {reach.reach_km[1]:g} km",
        tuple(m.low for m in reach.over_time),
        tuple(m.high for m in reach.over_time),
    )
    return (
        Figure(
            curve_months(
                [band], first=reach.first, frame=Frame("reach-months", "Share of deaths within reach, month by month")
            ),
            caption="The band runs from unknown sites taken as closed to unknown sites taken as open. A gap: no deaths.",
            alt="Share of each month's deaths within reach of sites open that month, as a band.",
        ),
    )


def _rests_on(found: MissionFindings, reach: Reach) -> Iterator[str]:
    best, drop = reach.curves["deaths_best"], reach.drop_one
    yield (
        f"{deaths(best.total)} deaths, {deaths(best.unplaced)} of them of unknown place, which no distance reaches in the "
        "intervals."
    )
    one = "event" if drop.single else "point and month"
    yield f"Without any one {one}, deaths within {reach.reach_km[1]:g} km are {interval(drop.low, drop.high)}."
    if said := one_more(found.siting):
        yield said
    if found.allowed is not None and not found.allowed.found.plans:
        yield (
            f"No place passes when consent must be given and security acceptable: both are unknown at all "
            f"{len(found.allowed.found.places)} places looked at."
            if not found.allowed.found.refused
            else "No place passes when consent must be given and security acceptable."
        )
    yield f"{reach.towns.towns} towns have a known population; {reach.towns.unknown} without one are left out."
    notes: dict[str, list[str]] = {}
    for site in reach.sites.sites:
        for note in site.notes:
            notes.setdefault(note, []).append(name_for_all(site.site))
    yield from (f"{listed(tuple(dict.fromkeys(names)))}: {note}." for note, names in notes.items())


def name_for_all(site: Site) -> str:
    """A site as a document that is handed on may name it: one that a user entered has no name in it."""
    return "a site entered by a user" if site.origin is SiteOrigin.USER else site.name


def _functions(reach: Reach) -> tuple[Block, ...]:
    if not reach.functions:
        return ()
    force = {True: "yes", False: "no", None: "unknown"}
    rows = tuple(
        (
            Cell(f.line_of_effort), Cell(force[f.in_force]),
            Cell("unknown" if f.need is None else f"{deaths(f.need)} ({NEEDS.get(f.measure or '', f.measure)})"),
            Cell("no site named" if f.need is not None and not f.own_sites else percentage(f.territorial)),
            Cell(listed(f.provinces) if f.provinces else f.serves.value),
        )
        for f in reach.functions
    )  # fmt: skip
    return (
        Table(
            f"Need by line of effort, {span(reach)}: near its own sites, and whom its mandate serves",
            (
                Column("Line of effort"), Column("In force"), Column("Need", "left", "measure in brackets"),
                Column("Near own sites", "right", f"within {reach.reach_km[1]:g} km"), Column("Mandate serves"),
            ),
            rows,
            note="Territorial and functional reach stand apart and are never added. Where no measure of the need is published, "
            "it is unknown. In force: within the window, by the dates entered.",
        ),
    )  # fmt: skip


SECTION = Section("reach", page, annex)
