"""Areas: a country, a first-level province or a PRIO-GRID cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The size of the areas of a panel or forecast."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    CELL = "cell"


class AreaIds(StrEnum):
    """Whose ids name the areas of a table. Declared, never inferred from the values."""

    ISO3 = "iso3"
    GW = "gw"
    VIEWS = "views"
    ADMIN1 = "admin1"
    GID = "gid"

    @property
    def level(self) -> Level:
        """The level these ids belong to."""
        return {AreaIds.ADMIN1: Level.ADMIN1, AreaIds.GID: Level.CELL}.get(self, Level.COUNTRY)


UNKNOWN_PROVINCE = "province unknown"


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """An area: its level, its id in a declared scheme, and the name a reader knows it by.

    A province's id is its country and name (`IRQ/Ninewa`); events whose province the source does not say stand in
    a province of their own (`IRQ/province unknown`), so that no death is lost.

    Example:
        >>> Area.province("IRQ", "Ninewa")
        Area(level=<Level.ADMIN1: 'admin1'>, id='IRQ/Ninewa', name='Ninewa')
    """

    level: Level
    id: str
    name: str

    @classmethod
    def province(cls, country: str, name: str | None) -> Area:
        """The province of a country (ISO3) by its clean name; None stands for unknown."""
        label = name or UNKNOWN_PROVINCE
        return cls(Level.ADMIN1, f"{country}/{label}", label)

    @property
    def is_unknown_province(self) -> bool:
        """Whether this row holds the events of a country that no province could be given."""
        return self.id.endswith(f"/{UNKNOWN_PROVINCE}")


def province_name(area_id: str) -> str:
    """The province's name within an id: `IRQ/Ninewa` gives `Ninewa`."""
    return area_id.split("/", maxsplit=1)[-1]
