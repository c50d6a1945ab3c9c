"""Pictures of a replay: what was said beside what came, and where provinces stood at every origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from markupsafe import Markup

from tocsin.brief.blocks import Figure
from tocsin.brief.charts import DEATHS, PROBABILITY, Frame, MapArea, RankLine, country_map, track
from tocsin.brief.inline import for_page
from tocsin.vocabulary import Level, Month, deaths, percent
from tocsin.web.figures.areas import areas_of
from tocsin.web.figures.geo import shapes_of
from tocsin.web.figures.per_edition import per_edition, table_of
from tocsin.web.replay.replayed import outcomes, replays_of

if TYPE_CHECKING:
    from tocsin.editions import Edition
    from tocsin.web.replay.replayed import Outcome

WIDTH = 420
AROUND = 24
"""Months before and after the origin that the lines show."""
NAMED = 3


def _drawn(svg: str, *, alt: str, prefix: str) -> Markup:
    return Markup(for_page(Figure(svg, caption=alt, alt=alt), prefix=prefix))  # noqa: S704 - our own SVG


@per_edition(64)
def said_svg(edition: Edition, model: str, origin: Month, budget: int) -> Markup | None:
    """The map of probabilities that would have been said, alerted provinces named with their rank."""
    shapes, rows = shapes_of(edition, Level.ADMIN1), {r.area_id: r for r in outcomes(edition, model, origin)}
    if not shapes:
        return None
    areas = [_said(area, shape, rows.get(area), budget=budget) for area, shape in shapes.items()]
    title = f"Said at the end of {origin.words}: probability of escalation"
    svg = country_map(areas, PROBABILITY, frame=Frame("said", title, width=WIDTH, heading=False), show=percent)
    top = ", ".join(f"{r.name} {percent(r.p)}" for r in list(rows.values())[:budget])
    return _drawn(svg, alt=f"Map. {title}. Alerted: {top}. The table holds the same figures.", prefix="s-")


def _said(area: str, shape: object, row: Outcome | None, *, budget: int) -> MapArea:
    if row is None:
        return MapArea(area, shape, None)
    alerted = row.rank <= budget
    return MapArea(row.name, shape, row.p, label=row.name if alerted else None, rank=row.rank if alerted else None)


@per_edition(64)
def came_svg(edition: Edition, model: str, origin: Month) -> Markup | None:
    """The map of the worst month that came, provinces where violence escalated named."""
    whole, shapes = replays_of(edition), shapes_of(edition, Level.ADMIN1)
    if whole is None or not shapes:
        return None
    rows = {r.area_id: r for r in outcomes(edition, model, origin)}
    areas = [_came(area, shape, rows.get(area)) for area, shape in shapes.items()]
    title = f"Came: deaths in the worst of the {whole.within} months after {origin.words}"
    svg = country_map(areas, DEATHS, frame=Frame("came", title, width=WIDTH, heading=False), show=deaths)
    names = ", ".join(r.name for r in rows.values() if r.came) or "none"
    return _drawn(svg, alt=f"Map. {title}. Escalated: {names}. The table holds the same figures.", prefix="c-")


def _came(area: str, shape: object, row: Outcome | None) -> MapArea:
    if row is None:
        return MapArea(area, shape, None)
    return MapArea(row.name, shape, None if row.peak is None else float(row.peak), label=row.name if row.came else None)


@per_edition(64)
def ranks_svg(edition: Edition, model: str, origin: Month, budget: int) -> Markup | None:
    """Ranks of every province around an origin: those studied drawn out, or those alerted where none is."""
    table, whole = table_of(edition, "replays"), replays_of(edition)
    if table is None or whole is None:
        return None
    here = whole.origins.index(origin)
    shown = whole.origins[max(0, here - AROUND) : here + AROUND + 1]
    known = areas_of(edition)
    drawn_out = set(whole.onsets) or {r.area_id for r in outcomes(edition, model, origin)[:NAMED]}
    first, last = str(shown[0]), str(shown[-1])
    of_model = table.filter(pl.col("model") == model, pl.col("origin") >= first, pl.col("origin") <= last)
    ranks: dict[str, dict[str, int]] = {}
    for area, month, rank in of_model.select("area_id", "origin", "rank").iter_rows():
        ranks.setdefault(area, {})[month] = rank
    months = [shown[0] + i for i in range(shown[-1] - shown[0] + 1)]
    lines = [
        RankLine(known[a].name if a in known else a, tuple(by.get(str(m)) for m in months), highlight=a in drawn_out)
        for a, by in sorted(ranks.items())
    ]
    marks = [(origin, "shown above"), *_falls(edition, months)]
    title = f"Rank by probability of escalation, {shown[0].words} to {shown[-1].words}"
    frame = Frame("ranks", title, width=860, heading=False)
    svg = track(lines, first=shown[0], frame=frame, budget=budget, marks=marks)
    names = ", ".join(line.name for line in lines if line.highlight)
    return _drawn(svg, alt=f"{title}. Drawn out: {names}.", prefix="r-")


def _falls(edition: Edition, months: list[Month]) -> list[tuple[Month, str]]:
    """The months in which provinces studied fell, named together where they fell together."""
    whole, known = replays_of(edition), areas_of(edition)
    assert whole is not None
    by: dict[Month, list[str]] = {}
    for area, month in whole.onsets.items():
        if month in months:
            by.setdefault(month, []).append(known[area].name if area in known else area)
    return [(month, f"{', '.join(names)} fell") for month, names in sorted(by.items())]
