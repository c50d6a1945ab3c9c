"""The areas of an edition: their names, where they belong, and the address of each one's page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tocsin.sources.starter import starter_table
from tocsin.vocabulary import Level
from tocsin.web.figures.per_edition import per_edition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.editions import Edition
    from tocsin.web.place import Place


@dataclass(frozen=True, slots=True)
class KnownArea:
    """An area that an edition knows.

    Attributes:
        area_id: as `IRQ` or `IRQ/Ninewa`.
        name: as a reader knows it.
        level: country or province.
        country: area id of the country it lies in; its own for a country.
    """

    area_id: str
    name: str
    level: Level
    country: str

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return "province" if self.level is Level.ADMIN1 else "country"


@per_edition(8)
def areas_of(edition: Edition) -> Mapping[str, KnownArea]:
    """Every area of an edition by its id, countries by name first, then provinces by name."""
    read = [KnownArea(a["area_id"], a["name"], Level(a["level"]), a["country"]) for a in edition.json("areas")]
    return {a.area_id: a for a in sorted(read, key=lambda a: (a.level is Level.ADMIN1, a.name))}


def area_url(at: Place, area_id: str, **more: object) -> str:
    """The address of an area's page, of the same edition where an earlier one is shown.

    Args:
        at: the case and the edition shown.
        area_id: the area.
        more: parameters of the address; those that are None are left out.
    """
    return with_parameters(at, f"area/{quote(area_id)}", more)


def view_url(at: Place, view: str, **more: object) -> str:
    """The address of a view with parameters; see `area_url`."""
    return with_parameters(at, view, more)


def with_parameters(at: Place, path: str, parameters: Mapping[str, object]) -> str:
    """The address of a path of a case, with parameters that are not None."""
    asked = {k: str(v) for k, v in parameters.items() if v is not None}
    if at.earlier and at.edition is not None:
        asked["edition"] = at.edition.id
    return f"/c/{quote(at.name)}/{path}" + (f"?{urlencode(asked)}" if asked else "")


@cache
def regions() -> Mapping[str, str]:
    """The part of the world each country lies in, by ISO3 code; a country whose part is not known is left out."""
    read = starter_table("countries").select("iso3", "region").drop_nulls().unique("iso3", keep="last")
    return dict(sorted(read.iter_rows()))
