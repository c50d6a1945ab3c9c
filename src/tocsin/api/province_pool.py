"""The provinces of every country whose events are at hand, read from the publishers' files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.panel.dating import MultiMonth
from tocsin.panel.neighbours import Neighbours
from tocsin.panel.provinces.pool import pool_of_provinces, until_each
from tocsin.sources.build.province_month import (
    COVERS,
    PARTS,
    province_month,
    province_outlines,
    touching_provinces,
)
from tocsin.sources.build.starter_set import check_inputs
from tocsin.sources.starter import starter_table
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tocsin.panel.history import History
    from tocsin.panel.panel import Panel

BY_STARTER = ("IRQ", "SYR")
"""Countries whose provinces and borders ship: Iraq's were set by hand."""


CHOOSING_ENDS = {
    "IRQ": Month.of(2007, 12), "SYR": Month.of(2015, 12), "SSD": Month.of(2016, 9), "UKR": Month.of(2017, 12),
    **dict.fromkeys(("CAF", "ETH", "LKA", "SLE", "SLV", "VEN"), Month.of(2005, 6)),
}  # fmt: skip
"""The last month that may be read while settings are chosen."""


@dataclass(frozen=True)
class ProvincePool:
    """The pooled panel, which of its provinces touch, and the months each country is covered.

    Attributes:
        panel: deaths by province and month.
        neighbours: provinces of one country that touch; borders between countries are not among them.
        covers: first and last month of whole figures, by country (ISO3).
    """

    panel: Panel
    neighbours: Neighbours
    covers: Mapping[str, tuple[Month, Month]]

    def as_known_on(self, origin: Month, *, target: str = "deaths_all") -> History:
        """The history of all provinces as known at an origin.

        Raises:
            OutOfRange: the origin lies outside the data.
            UnknownName: there is no such target.
        """
        return self.panel.history(target=target, origin=origin, neighbours=self.neighbours)


def read_province_pool(folder: Path, *, ends: Mapping[str, Month] | None = None) -> ProvincePool:
    """Read the pool from the publishers' files.

    Args:
        folder: holds `events/` and `geography/`, as docs/starter.md names them.
        ends: last month to read, by country; what lies after is left out altogether.

    Raises:
        FileProblem: publishers' files are missing; all of them are named.
    """
    check_inputs(folder, PARTS)
    covers = until_each(COVERS, ends or {})
    outlines = province_outlines(folder)
    near = starter_table("province_neighbours").select("area", "neighbour").rows()
    shipped = [a for a in starter_table("outlines_admin1")["area"].to_list() if a.split("/")[0] in BY_STARTER]
    pairs = [*touching_provinces(outlines), *((a, b) for a, b in near if a.split("/")[0] == b.split("/")[0])]
    table = province_month(folder)
    panel = pool_of_provinces(
        table.filter(table["country"].is_in(list(covers))), covers=covers,
        areas=[a for a in (*outlines, *shipped) if a.split("/")[0] in covers],
        rule=MultiMonth.SPLIT, vintage=f"UCDP GED 19.1 to 23.1, {MultiMonth.SPLIT.brief}",
    )  # fmt: skip
    return ProvincePool(panel, Neighbours.of_pairs(pairs), covers)
