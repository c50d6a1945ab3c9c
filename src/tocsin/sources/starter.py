"""The figures that ship with Tocsin, each with its card."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl
import shapely

from tocsin.errors import UnknownName
from tocsin.sources.outlines import Outlines
from tocsin.sources.reading import Card
from tocsin.vocabulary import AreaIds, Level, Month

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

CARDS_FILE = "cards.toml"

OUTLINE_IDS = {Level.COUNTRY: (AreaIds.ISO3, AreaIds.VIEWS), Level.ADMIN1: (AreaIds.ADMIN1,)}
OUTLINE_COLUMNS = {AreaIds.ISO3: "iso3", AreaIds.VIEWS: "views_id", AreaIds.ADMIN1: "area"}
OUTLINES_NAMED = [f"{level} by {ids}" for level, schemes in OUTLINE_IDS.items() for ids in schemes]


@dataclass(frozen=True, slots=True)
class StarterCard(Card):
    """The card of a table that ships: what must be known of its source, and of this issue of it.

    Attributes:
        vintage: which issue of the publisher's figures these are.
        last_month: the last month, or the last day of the list, that the figures speak of; None where they have none.
        made: how the table was made from the publisher's file.
        covers: first and last month covered, by country (ISO3), where countries differ; months outside are unknown,
            not quiet.
        vintages: the issue by country (ISO3), where countries differ.
    """

    vintage: str = ""
    last_month: Month | None = None
    made: str = ""
    covers: Mapping[str, tuple[Month, Month]] = field(default_factory=dict)
    vintages: Mapping[str, str] = field(default_factory=dict)

    def as_metadata(self) -> dict[str, str]:
        """The part of the card that travels inside the file."""
        said = Card.as_metadata(self) | {"vintage": self.vintage}
        return said if self.last_month is None else said | {"last_month": str(self.last_month)}


def starter_names() -> tuple[str, ...]:
    """Names of the tables that ship, in the order of their cards."""
    return tuple(starter_cards())


@cache
def starter_cards() -> Mapping[str, StarterCard]:
    """All cards by the name of their table."""
    return {name: _card(said) for name, said in tomllib.loads(cards_text()).items()}


def starter_card(name: str) -> StarterCard:
    """The card of a table that ships.

    Raises:
        UnknownName: no table of this name ships; the nearest that does is named.

    Example:
        >>> card = starter_card("country_month_sb")
        >>> card.licence, str(card.last_month)
        ('CC-BY-4.0', '2021-12')
    """
    cards = starter_cards()
    if name not in cards:
        raise UnknownName.of("starter table", name, cards)
    return cards[name]


@cache
def starter_table(name: str) -> pl.DataFrame:
    """A table that ships: month ids and other small numbers Int32, deaths and populations Int64.

    Raises:
        UnknownName: no table of this name ships; the nearest that does is named.

    Example:
        >>> sb = starter_table("country_month_sb")
        >>> sb.columns, sb["month_id"].max()
        (['month_id', 'country_id', 'deaths_sb'], 504)
    """
    starter_card(name)
    content = BytesIO(starter_bytes(name))
    return _widened(pl.read_csv(content) if _file(name).name.endswith(".csv") else pl.read_parquet(content))


@cache
def starter_outlines(level: Level, *, ids: AreaIds | None = None) -> Outlines:
    """Outlines of all countries, or of the provinces of Iraq, Syria, Lebanon and Kosovo.

    Args:
        level: country or province.
        ids: whose ids name countries: ISO3 if not given, or VIEWS (territories that share an id are one outline,
            those without one are left out).

    Raises:
        UnknownName: no outlines of this level, or under these ids, ship.

    Example:
        >>> provinces = starter_outlines(Level.ADMIN1)
        >>> sum(area.startswith("IRQ/") for area in provinces.ids)
        18
    """
    wanted = ids or OUTLINE_IDS.get(level, (None,))[0]
    if wanted is None or wanted not in OUTLINE_IDS.get(level, ()):
        raise UnknownName.of("set of outlines", f"{level} by {wanted or 'its own ids'}", OUTLINES_NAMED)
    table = starter_table("outlines_country" if level is Level.COUNTRY else "outlines_admin1")
    column = OUTLINE_COLUMNS[wanted]
    rows = (
        table.drop_nulls(column)
        .sort(column, pl.col("geometry").bin.size(), descending=[False, True])
        .group_by(pl.col(column).cast(pl.String), maintain_order=True)
        .agg(pl.col("name").first(), pl.col("geometry"))
    )
    shapes = tuple(shapely.union_all(shapely.from_wkb(parts)) for parts in rows["geometry"].to_list())
    return Outlines(ids=tuple(rows[column]), names=tuple(rows["name"]), geometries=shapes)


def starter_bytes(name: str) -> bytes:
    """The file of a table, as it ships."""
    return _file(name).read_bytes()


def cards_text() -> str:
    """The file of cards, as it ships."""
    return (_folder() / CARDS_FILE).read_text(encoding="utf-8")


def _folder() -> Traversable:
    return files("tocsin") / "starter"


def _file(name: str) -> Traversable:
    table = _folder() / f"{name}.csv"
    return table if table.is_file() else _folder() / f"{name}.parquet"


def _widened(table: pl.DataFrame) -> pl.DataFrame:
    """Whole numbers in types that sums do not overflow."""
    whole = [name for name, kind in table.schema.items() if kind.is_integer()]
    return table.with_columns(
        pl.col(name).cast(pl.Int64 if name.startswith(("deaths", "population")) else pl.Int32) for name in whole
    )


def _card(said: dict[str, Any]) -> StarterCard:
    last, covers = said.get("last_month"), said.get("covers", {})
    return StarterCard(
        **{key: value for key, value in said.items() if key not in {"faults", "last_month", "covers"}},
        faults=tuple(said.get("faults", ())),
        last_month=None if last is None else Month.parse(last),
        covers={country: (Month.parse(first), Month.parse(end)) for country, (first, end) in covers.items()},
    )
