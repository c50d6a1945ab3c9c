"""The figures that ship with Tocsin, each with its card."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

import polars as pl

from tocsin.errors import UnknownName
from tocsin.sources.reading import Card
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

CARDS_FILE = "cards.toml"


@dataclass(frozen=True, slots=True)
class StarterCard(Card):
    """The card of a table that ships: what must be known of its source, and of this issue of it.

    Attributes:
        vintage: which issue of the publisher's figures these are.
        last_month: the last month, or the last day of the list, that the figures speak of; None where they have none.
        made: how the table was made from the publisher's file.
        covers: first and last month covered, by country (ISO3), where countries differ; months outside are unknown,
            not quiet.
    """

    vintage: str = ""
    last_month: Month | None = None
    made: str = ""
    covers: Mapping[str, tuple[Month, Month]] = field(default_factory=dict)

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
