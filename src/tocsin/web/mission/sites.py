"""The sites of a case as a table: where each is, when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell, Column, Heading, Table
from tocsin.web.blocks.own import row

if TYPE_CHECKING:
    from tocsin.brief.blocks import Block
    from tocsin.web.place import Place

PUBLISHED, ENTERED = "a published source", "entered by a user: in no download"


def sites_table(at: Place, *, signed_in: bool) -> tuple[Block, ...]:
    """The sites that an edition knows of; those that a user entered only to somebody signed in.

    Args:
        at: the case and edition shown.
        signed_in: whether the one who asks is known.
    """
    if at.edition is None or not at.edition.has("sites"):
        return ()
    shown = [site for site in at.edition.json("sites") if signed_in or not site["entered_by_user"]]
    if not shown:
        return ()
    names = {mission.mission_id: mission.name for mission in at.case.missions}
    rows = tuple(
        (
            *row(site["name"], names.get(site["mission"], site["mission"]), _where(site["lat"], site["lon"]), site["from"],
                 site["to"] or "no end named", site["state"]),
            Cell(ENTERED, emphasis=True) if site["entered_by_user"] else Cell(PUBLISHED),
        )
        for site in shown
    )  # fmt: skip
    columns = (
        Column("Site"), Column("Mission"), Column("Where", unit="to 0.1 degree"), Column("From"), Column("To"),
        Column("State", unit="when the edition was made"), Column("Known from"),
    )  # fmt: skip
    return Heading("Sites", id="sites"), Table("Sites that the case names", columns, rows)


def _where(lat: float | None, lon: float | None) -> str | None:
    """A place to 0.1 degree.

    Example:
        >>> _where(33.3128, 44.3615)
        '33.3 N, 44.4 E'
    """
    if lat is None or lon is None:
        return None
    return f"{abs(lat):.1f} {'N' if lat >= 0 else 'S'}, {abs(lon):.1f} {'E' if lon >= 0 else 'W'}"
