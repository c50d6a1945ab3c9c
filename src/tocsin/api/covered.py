"""The events of a case, and the months over which it counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from tocsin.api.world import own_events
from tocsin.errors import CaseProblem, OutOfRange, TableProblem, Where
from tocsin.mission.incidents import Incidents, incidents_of_events, incidents_of_points
from tocsin.sources.starter import starter_card, starter_table
from tocsin.sources.ucdp_ged import read_ged

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.vocabulary import Month

WINDOW_MONTHS = 24
"""Months of the window where neither the command nor the case says which."""


class Held(NamedTuple):
    """All events of a case's countries, and the issue they come from."""

    incidents: Incidents
    source: str


def incidents_of_case(case: Case, events: Path | None = None) -> Held:
    """All events of a case's countries, and the issue they come from.

    Raises:
        CaseProblem: the starter data hold no events of the case's countries.
        TableProblem: an event file has a row at fault, or lacks what reach needs.
    """
    countries = case.settings.areas.countries
    own = [case.folder / name for name in own_events(case)]
    files = [events] if events is not None else own
    if files:
        reading = read_ged(*files, strict=True)
        _check_places(reading.table, files[0])
        return Held(incidents_of_events(reading.table, countries=countries), reading.card.source)
    covers = starter_card("event_points").covers
    if missing := [c for c in countries if c not in covers]:
        raise CaseProblem(
            f"the starter data hold no events of {', '.join(missing)}",
            where=Where(case.folder / "case.toml", field="data.events"),
            hint=f"they hold {', '.join(sorted(covers))}; name an event file with --events",
        )
    card = starter_card("event_points")
    first, last = max(covers[c][0] for c in countries), min(covers[c][1] for c in countries)
    points = starter_table("event_points").filter(pl.col("month_id").is_between(first.id, last.id))
    issue = "; ".join(dict.fromkeys(card.vintages.get(c, card.vintage) for c in countries))
    return Held(incidents_of_points(points, countries=countries, first=first, last=last), f"{issue}, points")


def _check_places(table: pl.DataFrame, file: Path) -> None:
    if table["lat"].is_null().all():
        raise TableProblem("no event has a place", where=Where(file, field="latitude"),
                           hint="give a file with latitude and longitude")  # fmt: skip


def window_of_case(
    case: Case, covered: tuple[Month, Month] | None, *, first: Month | None = None, last: Month | None = None,
    newest: Month | None = None,
) -> tuple[Month, Month]:  # fmt: skip
    """The first and last month looked at: as asked, else the case's own, else the last 24 covered.

    Args:
        case: the case.
        covered: first and last month of the figures; None where any month may be looked at.
        first: first month asked for.
        last: last month asked for.
        newest: the month that the last 24 end with where nothing is asked; the last covered where not given.

    Raises:
        OutOfRange: the window ends before it begins, or is not covered.
    """
    own = case.settings.mission.window if case.settings.mission else None
    asked = first is not None or last is not None
    if own and not asked:
        start, end = own[0], own[-1]
    else:
        ends = last or newest or (covered[1] if covered else first)
        assert ends is not None, "there are figures, or a month is asked for"
        end = ends
        earliest = end - (WINDOW_MONTHS - 1)
        start = first or (max(covered[0], earliest) if covered else earliest)
    where = Where(field="window") if asked or not own else Where(case.folder / "case.toml", field="mission.window")
    if end < start:
        raise OutOfRange(
            f"the window {start} to {end} ends before it begins", where=where, hint="exchange the two months"
        )
    if covered and not covered[0] <= start <= end <= covered[1]:
        hint = f"the figures run from {covered[0]} to {covered[1]}"
        raise OutOfRange(f"the window {start} to {end} is not covered", where=where, hint=hint)
    return start, end
