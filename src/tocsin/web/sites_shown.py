"""The sites of a mission as a table: where each is, when, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.web.place import Place


@dataclass(frozen=True, slots=True)
class SiteShown:
    """One site.

    Attributes:
        name: of the site.
        mission: that it is of.
        where: latitude and longitude to 0.1 degree; None where unknown.
        since: when it began; None where unknown.
        until: when it ended; None where none is named.
        state: what is known of it now; None where unknown.
        entered: whether a user entered it: it is then in no download and no feed.
    """

    name: str
    mission: str
    where: str | None
    since: str | None
    until: str | None
    state: str | None
    entered: bool


def sites_shown(at: Place, *, signed_in: bool) -> tuple[SiteShown, ...]:
    """The sites that an edition knows of; those that a user entered only to somebody signed in.

    Args:
        at: the case and edition shown.
        signed_in: whether the one who asks is known.
    """
    if at.edition is None or not at.edition.has("sites"):
        return ()
    return tuple(
        SiteShown(
            row["name"], row["mission"], _where(row["lat"], row["lon"]), row["from"], row["to"], row["state"],
            bool(row["entered_by_user"]),
        )
        for row in at.edition.json("sites") if signed_in or not row["entered_by_user"]
    )  # fmt: skip


def _where(lat: float | None, lon: float | None) -> str | None:
    """A place to 0.1 degree.

    Example:
        >>> _where(33.3128, 44.3615)
        '33.3 N, 44.4 E'
    """
    if lat is None or lon is None:
        return None
    return f"{abs(lat):.1f} {'N' if lat >= 0 else 'S'}, {abs(lon):.1f} {'E' if lon >= 0 else 'W'}"
