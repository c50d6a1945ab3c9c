"""The map of warnings: an SVG that every browser and printer shows, and the values that the map's script draws."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from tocsin.brief.blocks import Figure
from tocsin.brief.charts import PROBABILITY, Frame, MapArea, country_map, world_map
from tocsin.brief.inline import for_page
from tocsin.vocabulary import Level, percent
from tocsin.web.figures.areas import area_url, areas_of
from tocsin.web.figures.asked import short, titled
from tocsin.web.figures.geo import middles_of, shapes_of
from tocsin.web.figures.outlook import outlook_of, ranked
from tocsin.web.figures.per_edition import per_edition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.editions import Edition
    from tocsin.warn.question import Question
    from tocsin.web.figures.outlook import Outlook, Warned
    from tocsin.web.place import Place

ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
"""So that no text within JSON can end the element of the page that holds it."""


@per_edition(32)
def warning_svg(edition: Edition, level: Level, question: Question, budget: int | None) -> Markup | None:
    """The map of a level's probabilities as SVG; None where the edition holds no warnings or no outlines of it."""
    outlook, shapes = outlook_of(edition, level), shapes_of(edition, level)
    if outlook is None or not shapes:
        return None
    shown = {w.area_id: w for w in ranked(outlook, question)}
    areas = [_area(area, shape, shown.get(area), edition, budget=budget) for area, shape in shapes.items()]
    title = f"{short(question)}: probability, data through {outlook.origin.words}"
    frame = Frame(f"map-{level.value}", titled(title), width=860, heading=False)
    draw = country_map if level is Level.ADMIN1 else world_map
    svg = draw(areas, PROBABILITY, frame=frame, show=percent)
    alt = f"Map. {title}. {_highest(list(shown.values()))} The table on this page holds the same figures."
    return Markup(for_page(Figure(svg, caption=title, alt=alt), prefix="map-"))  # noqa: S704 - our own SVG


def _area(area: str, shape: object, warned: Warned | None, edition: Edition, *, budget: int | None) -> MapArea:
    known = areas_of(edition).get(area)
    name = known.name if known else area
    if warned is None:
        return MapArea(name, shape, None)
    alerted = budget is not None and warned.rank <= budget
    label = name if "/" in area else None
    return MapArea(name, shape, warned.p, label=label, rank=warned.rank if alerted else None)


def _highest(warned: Sequence[Warned]) -> str:
    return "Highest: " + ", ".join(f"{w.name} {percent(w.p)}" for w in warned[:5]) + "."


def map_values(at: Place, outlook: Outlook, warned: Sequence[Warned], *, budget: int | None) -> Markup:
    """What the map's script needs beside the outlines, as JSON that may stand in a page.

    One entry an area: name, words (as «unlikely (23 %), rank 1 of 191»), class from 0 to 6, rank where it is alerted,
    the place of its sign, and the address of its page.
    """
    assert at.edition is not None
    middles = middles_of(at.edition, outlook.level)
    areas = {
        w.area_id: {
            "name": w.name, "says": f"{w.word} ({percent(w.p)}), rank {w.rank} of {len(warned)}",
            "step": PROBABILITY.steps.index(PROBABILITY.of(w.p)),
            "rank": w.rank if budget is not None and w.rank <= budget else None,
            "middle": middles.get(w.area_id), "url": area_url(at, w.area_id),
        }
        for w in warned
    }  # fmt: skip
    said = {
        "areas": areas,
        "colours": [step.colour for step in PROBABILITY.steps],
        "world": outlook.level is Level.COUNTRY,
    }
    return Markup(json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES))  # noqa: S704 - escaped
