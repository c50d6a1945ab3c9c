"""What a case is computed from: its panel, who touches whom, outlines, and the cards of its sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import shapely

from tocsin.api.own_events import has_own_events, own_events
from tocsin.api.series import country_names, country_neighbours, with_drivers
from tocsin.errors import CaseProblem, Where
from tocsin.panel.dating import MultiMonth
from tocsin.panel.making import panel_of_events, panel_of_points, panel_of_series
from tocsin.panel.neighbours import Neighbours, touching
from tocsin.panel.visibility import visibility
from tocsin.sources.outlines import read_outlines
from tocsin.sources.province_names import province
from tocsin.sources.starter import starter_card, starter_table
from tocsin.sources.ucdp_ged import read_ged
from tocsin.vocabulary import AreaIds, Month, province_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from tocsin.case import Case
    from tocsin.panel.history import History
    from tocsin.panel.panel import Panel
    from tocsin.sources.reading import Card

__all__ = ["World", "countries_all", "has_own_events", "own_events", "provinces_of", "starter_shapes"]

BORDER_TOLERANCE = 0.05
"""Degrees apart that two outlines' borders may lie and still be one."""


@dataclass(frozen=True)
class World:
    """A panel with its neighbours, outlines and cards.

    Attributes:
        panel: deaths by area and month, each with the month it was known.
        target: what is counted.
        neighbours: which areas touch.
        names: names readers know areas by.
        shapes: outlines in degrees, by area id.
        cards: the sources.
    """

    panel: Panel
    target: str
    neighbours: Neighbours | None
    names: Mapping[str, str]
    shapes: Mapping[str, BaseGeometry]
    cards: tuple[Card, ...]

    def as_known_on(self, origin: Month) -> History:
        """The history as known at an origin.

        Raises:
            OutOfRange: the origin lies outside the data.
        """
        history = self.panel.history(target=self.target, origin=origin, neighbours=self.neighbours, names=self.names)
        return with_drivers(history)

    def truth(self) -> History:
        """The final figures."""
        return self.as_known_on(self.panel.last)

    def sight(self, origin: Month) -> dict[str, str]:
        """How well events are seen, by area id, from what was known at an origin."""
        return {area: v.sight.value for area, v in visibility(self.panel, origin=origin).items()}


def provinces_of(case: Case) -> World:
    """The provinces of a case, from the starter data or from event files of its own.

    Raises:
        CaseProblem: the starter data hold no events of the case's country.
        TableProblem: an event file has a row at fault.
    """
    files = own_events(case)
    return _of_files(case, files) if files else _of_starter(case)


def _of_starter(case: Case) -> World:
    countries = case.settings.areas.countries
    points = starter_table("event_points")
    held = points["country"].unique().to_list()
    if missing := [c for c in countries if c not in held]:
        raise CaseProblem(
            f"the starter data hold no events of {', '.join(missing)}",
            where=Where(case.folder / "case.toml", field="data.events"),
            hint=f"they hold {', '.join(sorted(held))}; name event files of your own, as in events = ['ged.csv']",
        )
    card = starter_card("event_points")
    shapes = {a: g for a, g in starter_shapes("outlines_admin1", "area").items() if a.split("/")[0] in countries}
    mine = points.filter(points["country"].is_in(list(countries)))
    spans = [card.covers[c] for c in countries]
    issue = "; ".join(dict.fromkeys(card.vintages.get(c, card.vintage) for c in countries))
    panel = panel_of_points(
        mine, rule=MultiMonth.SPLIT, vintage=f"{issue}, {MultiMonth.SPLIT.brief}", areas=tuple(shapes),
        since=max(first for first, _ in spans), through=min(last for _, last in spans),
    )  # fmt: skip
    near = Neighbours.of_table(starter_table("province_neighbours"))
    names = {area: province_name(area) for area in shapes}
    return World(panel, case.settings.target.value, near, names, shapes, (card, starter_card("outlines_admin1")))


def _of_files(case: Case, files: list[str]) -> World:
    reading = read_ged(*(case.folder / name for name in files), strict=True)
    events = reading.table.filter(reading.table["country"].is_in(list(case.settings.areas.countries)))
    if events.is_empty():
        raise CaseProblem(
            f"the event files hold no event of {', '.join(case.settings.areas.countries)}",
            where=Where(case.folder / "case.toml", field="areas.countries"),
            hint=f"they hold {', '.join(sorted(reading.table['country'].drop_nulls().unique().to_list())[:20])}",
        )
    shapes = _outlines(case)
    panel = panel_of_events(
        events, ids=AreaIds.ADMIN1, rule=MultiMonth.SPLIT, vintage=reading.card.source, areas=tuple(shapes)
    )
    names = {a: province_name(a) for a in panel.areas["area"].to_list()}
    near = touching(_Shapes(tuple(shapes), tuple(shapes.values())), BORDER_TOLERANCE) if shapes else None
    return World(panel, case.settings.target.value, near, names, shapes, (reading.card,))


@dataclass(frozen=True)
class _Shapes:
    ids: tuple[str, ...]
    geometries: tuple[BaseGeometry, ...]


def _outlines(case: Case) -> dict[str, BaseGeometry]:
    """The case's own outlines by house id; only those of its countries where the file says which country each is of."""
    if case.settings.data.outlines is None:
        return {}
    countries = case.settings.areas.countries
    read = read_outlines(case.folder / case.settings.data.outlines)
    shapes: dict[str, BaseGeometry] = {}
    for area, name, shape in zip(read.ids, read.names, read.geometries, strict=True):
        country, parted, _ = area.partition("/")
        if parted and country not in countries:
            continue
        home = country if parted else countries[0]
        shapes[f"{home}/{province(home, name)}"] = shape
    return shapes


@cache
def starter_shapes(table: str, ids: str) -> dict[str, BaseGeometry]:
    """Outlines that ship, in degrees, by the column that names them."""
    outlines = starter_table(table)
    return dict(zip(outlines[ids].to_list(), shapely.from_wkb(outlines["geometry"].to_list()), strict=True))


def countries_all() -> World:
    """All countries, deaths of all three types summed, to the newest month that ships."""
    card = starter_card("country_month_all")
    table = starter_table("country_month_all").rename({"iso3": "area", "deaths_all": "value"})
    panel = panel_of_series(table, ids=AreaIds.ISO3, target="deaths_all", vintage=card.vintage)
    return World(
        panel, "deaths_all", country_neighbours(AreaIds.ISO3, panel.last), country_names(AreaIds.ISO3),
        starter_shapes("outlines_country", "iso3"), (card, starter_card("drivers"), starter_card("outlines_country")),
    )  # fmt: skip
