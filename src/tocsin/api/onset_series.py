"""The histories that onsets are asked of, from the figures that ship."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from tocsin.api.series import country_ids, country_names, country_neighbours
from tocsin.panel.onsets.history import OnsetTables, onset_history
from tocsin.panel.onsets.splice import spliced
from tocsin.sources.starter import starter_card, starter_table
from tocsin.vocabulary import AreaIds, Month

if TYPE_CHECKING:
    from tocsin.panel.history import History
    from tocsin.sources.starter import StarterCard

TABLES = ("country_month_sb", "country_month_within", "country_month_all", "country_year", "conflict_years", "drivers",
          "country_neighbours", "countries")  # fmt: skip
"""The tables that ship which the histories are made of."""


def onset_cards() -> tuple[StarterCard, ...]:
    """The cards of what the histories are made of."""
    return tuple(starter_card(name) for name in TABLES)


@cache
def state_based() -> History:
    """State-based deaths a month to the end of 2021, the vintage of the published benchmarks."""
    return _history(_state_based(), target="deaths_sb", vintage=starter_card("country_month_sb").vintage)


@cache
def state_based_now() -> History:
    """State-based deaths to the newest month that ships.

    After 2021 the state-based deaths of a year are laid on its months as the deaths of all types were: a year without
    any is at peace in every month, in other years the month is an estimate.
    """
    before = _state_based()
    everything = (
        starter_table("country_month_all")
        .with_columns(gwcode=pl.col("iso3").replace_strict(_numbers(), default=None))
        .drop_nulls("gwcode")
        .select("gwcode", "month_id", deaths="deaths_all")
    )
    yearly = starter_table("country_year").select("gwcode", "year", deaths="deaths_sb_best")
    months = spliced(before, every=everything, yearly=yearly, last=starter_card("country_month_all").last_month)
    vintage = f"{starter_card('country_month_sb').vintage} to 2021, then estimated from {starter_card('country_year').vintage}"
    return _history(months, target="deaths_sb", vintage=vintage)


@cache
def all_types() -> History:
    """Deaths of all three types in events within one month, 1989 to 2024: another question than state-based deaths."""
    table = starter_table("country_month_within").rename({"deaths_all_within": "deaths"})
    months = table.filter(pl.col("gwcode").is_in(starter_table("countries")["gwcode"].to_list()))
    return _history(months, target="deaths_all_within", vintage=starter_card("country_month_within").vintage)


def _state_based() -> pl.DataFrame:
    numbers = dict(starter_table("countries").select("views_id", "gwcode").iter_rows())
    return starter_table("country_month_sb").select(
        gwcode=pl.col("country_id").replace_strict(numbers), month_id="month_id", deaths="deaths_sb"
    )


def _history(months: pl.DataFrame, *, target: str, vintage: str) -> History:
    within = starter_table("country_month_within").rename({"deaths_all_within": "deaths"})
    tables = OnsetTables(
        months, within, starter_table("country_year"), starter_table("conflict_years"), starter_table("drivers")
    )
    near = country_neighbours(AreaIds.GW, Month(int(str(months["month_id"].max()))))
    assert near is not None, "countries have neighbours"
    return onset_history(tables, target=target, vintage=vintage, neighbours=near, names=country_names(AreaIds.GW))


def _numbers() -> dict[str, int]:
    """Gleditsch-Ward number of every ISO3 code that holds today."""
    today = (c for c in country_ids().countries if c.last is None and c.iso3 is not None)
    return {str(c.iso3): int(c.gw) for c in today}
