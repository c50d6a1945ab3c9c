"""Commands: reach."""

from pathlib import Path
from typing import Annotated

import numpy as np
from cyclopts import Parameter
from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.reach import reach_case
from tocsin.api.shapes.reach import as_json
from tocsin.assess.reach import Reach
from tocsin.cli.app import out, print_json, progress
from tocsin.errors import OutOfRange, Where
from tocsin.mission.incidents import WORST_PRECISION
from tocsin.mission.reach import Place
from tocsin.vocabulary import Month

MEASURES = {
    "events": "events",
    "deaths_low": "deaths, low",
    "deaths_best": "deaths, best",
    "deaths_high": "deaths, high",
}


def reach(
    *, case: str = ".", mission: str | None = None, events: Path | None = None,
    from_: Annotated[str | None, Parameter(name="--from")] = None, to: str | None = None, where_precision: int = WORST_PRECISION,
    add: list[str] | None = None, reach_km: str | None = None, travel: Path | None = None, draws: int = 1000,
    seed: int = 1, over_time: bool = False, protection: bool = False, json: bool = False,
) -> None:  # fmt: skip
    """What lies within reach of a mission's sites: over distance, over time, with its intervals.

    Straight-line distance to the nearest site. Whom an adviser in a ministry serves is shown apart, by line of effort.

    Example: tocsin reach --case iraq --mission nmi --from 2018-01 --to 2018-12 --where-precision 3 --json

    Args:
        case: a case folder, or the name of one that ships.
        mission: the mission's id; the case's first assessed mission if not given.
        events: a UCDP GED file; the case's own figures if not given.
        from_: first month of the window, as 2018-01; the case's window, or the last 24 months covered, if not given.
        to: last month of the window.
        where_precision: worst UCDP location precision counted: 3 is a district, 7 all.
        add: a place to add to the sites, as Mosul,36.34,43.13; may be given more than once.
        reach_km: distances shown, km; the first, middle and last are how far a site is thought to reach.
        travel: GeoJSON of travel-time polygons, with site_id and minutes.
        draws: draws for the intervals; 0 leaves them out.
        seed: the same seed gives the same draws.
        over_time: month by month too.
        protection: events and forecast in bands around the sites too, and what followed what.
        json: print JSON.
    """
    with progress("reach"):
        done = reach_case(
            open_case(case), mission=mission, events=events, window=(_month(from_), _month(to)),
            where_precision=where_precision, add=[_place(text, i) for i, text in enumerate(add or (), start=1)],
            reach_km=_distances(reach_km), travel=travel, draws=draws, seed=seed, over_time=over_time,
            protection=protection,
        )  # fmt: skip
    if json:
        print_json(as_json(done, case=case))
    else:
        _show(done)


def _month(text: str | None) -> Month | None:
    return None if text is None else Month.parse(text)


def _place(text: str, number: int) -> Place:
    """A place as NAME,LAT,LON."""
    name, *numbers = text.rsplit(",", 2)
    try:
        lat, lon = (float(n) for n in numbers)
    except ValueError:
        lat = lon = float("nan")
    if not name.strip() or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise OutOfRange(f"'{text}' is no place", where=Where(field="--add"),
                         hint="write name, degrees north, degrees east, as in --add Mosul,36.34,43.13")  # fmt: skip
    return Place(f"added-{number}", name.strip(), lat, lon)


def _distances(text: str | None) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(",")) if text else ()
    except ValueError as error:
        raise OutOfRange(f"'{text}' are no distances", where=Where(field="--reach-km"),
                         hint="write km that rise, as in --reach-km 25,50,150") from error  # fmt: skip


def _show(done: Reach) -> None:
    out.print(_curves(done))
    _say(_words(done))
    out.print(_functions(done))
    if done.over_time is not None:
        out.print(_over_time(done))
    if done.protection is not None:
        out.print(_bands(done))
        _say(_chains(done))


def _say(lines: list[str]) -> None:
    for line in lines:
        out.print(line, soft_wrap=True, markup=False)


def _share(value: float | None) -> str:
    return "unknown" if value is None or np.isnan(value) else f"{100 * value:.1f} %"


def _range(pair: tuple[float | None, float | None]) -> str:
    if any(v is None or np.isnan(v) for v in pair):
        return "unknown"
    return f"{100 * (pair[0] or 0):.1f}-{100 * (pair[1] or 0):.1f} %"


def _curves(done: Reach) -> Table:
    precise = "" if done.where_precision >= WORST_PRECISION else f", where_precision <= {done.where_precision}"
    table = Table(title=f"{done.mission.name}: within reach, {done.first} to {done.last}{precise}")
    table.add_column("of")
    for km in done.shown_km:
        table.add_column(f"{km:g} km", justify="right")
    for measure, curve in done.curves.items():
        table.add_row(MEASURES[measure], *(_share(curve.at(km)) for km in done.shown_km))
    if done.intervals is not None:
        deaths = done.intervals.deaths
        at = [deaths.distances.index(km) for km in done.shown_km]
        for words, pairs in (("places, ranges, deaths", deaths.inputs), ("months seen", deaths.sampling),
                             ("both", deaths.both)):  # fmt: skip
            table.add_row(f"  deaths, 90 %: {words}", *(_range((pairs[0, i], pairs[1, i])) for i in at))
    table.add_row("  deaths, sites open that month", *(_range(done.open_only[km]) for km in done.shown_km))
    table.add_row("people of listed towns", *(_share(done.towns.curve.at(km)) for km in done.shown_km))
    if done.risk is not None:
        at = [done.risk.distances.index(km) for km in done.shown_km]
        table.add_row("deaths forecast, 90 %", *(_range((done.risk.low[i], done.risk.high[i])) for i in at))
    for minutes, share in (done.travel or {}).get("deaths_best", {}).items():
        table.add_row(f"deaths within {minutes:g} minutes", _share(share), *[""] * (len(done.shown_km) - 1))
    return table


def _words(done: Reach) -> list[str]:
    sites = ", ".join(f"{p.name} (added)" if i >= len(done.places) - done.added else p.name
                      for i, p in enumerate(done.places))  # fmt: skip
    deaths, drop = done.curves["deaths_best"], done.drop_one
    one = "event" if drop.single else "point and month"
    said = [
        f"Sites, each taken as open throughout but in the row that says otherwise: {sites}.",
        f"{deaths.total:,.0f} deaths, {deaths.unplaced:,.0f} of unknown place.",
        "Intervals and bands never reach those, points count them where published: an interval may lie below its point.",
        f"Events: {done.source}.",
        f"Towns: {done.towns.towns} of known population, {done.towns.unknown} of unknown population left out.",
        f"Without one {one}, deaths within {done.reach_km[1]:g} km: {_range((drop.low, drop.high))}.",
    ]
    if done.forecast is not None and done.risk is not None:
        lost = f"; {done.risk.unplaced:.0f} of {done.risk.expected:.0f} have no place" if done.risk.unplaced else ""
        said.append(f"Forecast: {done.forecast.model}, from {done.forecast.origin}, 12 months ahead{lost}.")
    if done.no_forecast:
        said.append(f"No forecast: {done.no_forecast}.")
    if done.intervals is not None and np.isnan(done.intervals.deaths.sampling).any():
        said.append("unknown interval: too few months hold anything within reach to say how far it could move.")
    if done.travel_missing and done.travel is not None:
        said.append(f"No travel times: {', '.join(done.travel_missing)}.")
    if done.abroad:
        said.append(f"Added outside the case's countries, look whether that is meant: {', '.join(done.abroad)}.")
    if done.without_place:
        said.append(f"Sites without a place, not counted: {', '.join(done.without_place)}.")
    said += [f"{s.site.name}: {note}." for s in done.sites.sites for note in s.notes]
    return [*said, *_gain(done)]


def _gain(done: Reach) -> list[str]:
    g = done.gain
    if g is None:
        return []
    said = [
        f"The places added take deaths within {done.reach_km[1]:g} km from {_share(g.before)} to {_share(g.after)}."
    ]
    if g.battle is not None:
        said.append(
            f"{'This gain is one battle' if g.is_one_battle else 'The largest battle'}: {g.battle.words} "
            f"({_share(g.battle.share)} of deaths). Without it, from {_share(g.before_without)} to {_share(g.after_without)}."
        )
    return said


def _functions(done: Reach) -> Table:
    table = Table(title=f"Lines of effort: need within {done.reach_km[1]:g} km of their own sites, and whom they serve")
    for name in ("line of effort", "in force", "need", "near own sites", "mandate serves"):
        table.add_column(name)
    for f in done.functions:
        need = "unknown" if f.need is None else f"{f.need:,.0f} ({f.measure})"
        force = {True: "yes", False: "no", None: "unknown"}[f.in_force]
        near = "no site named" if not f.own_sites and f.need is not None else _share(f.territorial)
        table.add_row(f.line_of_effort, force, need, near, ", ".join(f.provinces) or f.serves.value)
    return table


def _over_time(done: Reach) -> Table:
    table = Table(title=f"Deaths within {done.reach_km[1]:g} km, month by month")
    for name in ("month", "reach", "deaths", "sites at work", "unknown"):
        table.add_column(name, justify="right")
    for m in done.over_time or ():
        reached = "no deaths" if m.low is None else _range((m.low, m.high))
        table.add_row(str(m.month), reached, f"{m.total:,.0f}", str(m.surely), str(m.perhaps))
    return table


def _bands(done: Reach) -> Table:
    assert done.protection is not None
    table = Table(title="Around the sites: events and deaths (low, best, high) by month; forecast deaths (5, 50, 95 %)")
    edges = sorted({(b.near_km, b.far_km) for b in done.protection.past})
    table.add_column("month")
    for near, far in edges:
        table.add_column(f"{near:g}-{far:g} km", justify="right")
    for month in sorted({b.month for b in done.protection.past}):
        row = {(b.near_km, b.far_km): f"{b.events}; {', '.join(f'{d:,}' for d in b.deaths)}"
               for b in done.protection.past if b.month == month}  # fmt: skip
        table.add_row(str(month), *(row[e] for e in edges))
    for month in sorted({b.month for b in done.protection.ahead}):
        row = {(b.near_km, b.far_km): f"{b.low:.0f}, {b.middle:.0f}, {b.high:.0f}"
               for b in done.protection.ahead if b.month == month}  # fmt: skip
        table.add_row(f"{month} forecast", *(row[e] for e in edges))
    return table


def _chains(done: Reach) -> list[str]:
    assert done.protection is not None
    said = [f"{done.protection.unplaced_events:.0f} events have no known place and stand in no band."]
    said += [
        " -> ".join(f"{s.event.date} {s.event.kind}: {s.event.what}" for s in chain.steps)
        for chain in done.protection.sequences.chains
    ]
    said += [f"{e.date}, in no order: {e.what}" for e in done.protection.sequences.undated]
    return said
