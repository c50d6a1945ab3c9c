"""One panel of the provinces of many countries, each only for the months its country's figures are whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import UnknownName, Where, missing_columns
from tocsin.panel.areas import country_of
from tocsin.panel.making import IMPRECISE_ABOVE, panel_of_points
from tocsin.vocabulary import AreaIds, Level, Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tocsin.panel.dating import MultiMonth
    from tocsin.panel.panel import Panel

    Covers = Mapping[str, tuple[Month, Month]]

COLUMNS = (
    "country", "admin1", "month_id", "known_id", "violence", "imprecise", "events",
    "deaths_low", "deaths_best", "deaths_high",
)  # fmt: skip
"""Columns of deaths by province, month, type and precision; `admin1` is null where the province is not known."""


def pool_of_provinces(
    table: pl.DataFrame, *, covers: Covers, areas: Iterable[str], rule: MultiMonth, vintage: str
) -> Panel:
    """The panel of the provinces of many countries.

    A country's provinces exist in the panel from the first to the last month its figures are whole: before and after,
    nothing is known of them, and no month is taken for peace. Events of no known province stay in an area of their own.

    Args:
        table: columns as `COLUMNS`; deaths already spread evenly over the months of an event.
        covers: first and last month of whole figures, by country (ISO3).
        areas: ids of every province of these countries, also of those in which nothing happened.
        rule: where deaths of events of several months are counted.
        vintage: which issues of the figures these are.

    Raises:
        TableProblem: a column is missing.
        UnknownName: a country of the table or of the areas has no months of whole figures.

    Example:
        >>> from tocsin.panel.dating import MultiMonth
        >>> row = ("SYR", "Homs", 433, 433, "sb", False, 2, 5, 9, 11)
        >>> covers = {"SYR": (Month(433), Month(440)), "IRQ": (Month(400), Month(436))}
        >>> pool = pool_of_provinces(
        ...     pl.DataFrame([row], schema=list(COLUMNS), orient="row"), covers=covers, vintage="made up",
        ...     areas=["SYR/Homs", "IRQ/Anbar"], rule=MultiMonth.SPLIT,
        ... )
        >>> pool.history(target="deaths_all", origin=Month(438)).present.sum(axis=1).tolist()
        [37, 6]
    """
    if not set(COLUMNS) <= set(table.columns):
        raise missing_columns(COLUMNS, table.columns, where=Where("deaths by province"))
    declared = tuple(areas)
    _check_covered([*table["country"].unique().to_list(), *(a.split("/")[0] for a in declared)], covers)
    spans = _spans(covers)
    whole = table.join(spans, on="country").filter(
        pl.col("month_id") >= pl.col("first_id"), pl.col("known_id") <= pl.col("last_id")
    )
    points = whole.with_columns(
        gid=pl.lit(None, dtype=pl.Int32),
        where_precision=pl.when("imprecise").then(IMPRECISE_ABOVE + 1).otherwise(IMPRECISE_ABOVE),
    )
    panel = panel_of_points(
        points, rule=rule, vintage=vintage, level=Level.ADMIN1, areas=declared,
        since=min(first for first, _ in covers.values()), through=max(last for _, last in covers.values()),
    )  # fmt: skip
    return replace(panel, areas=_within(panel.areas, covers))


def _within(register: pl.DataFrame, covers: Covers) -> pl.DataFrame:
    """The register with each area's existence set to the months its country is covered."""
    spans = [covers[str(country_of(area, AreaIds.ADMIN1))] for area in register["area"].to_list()]
    return register.with_columns(
        first_id=pl.Series([first.id for first, _ in spans], dtype=pl.Int32),
        last_id=pl.Series([last.id for _, last in spans], dtype=pl.Int32),
    )


def _spans(covers: Covers) -> pl.DataFrame:
    rows = [(country, first.id, last.id) for country, (first, last) in covers.items()]
    return pl.DataFrame(
        rows, schema={"country": pl.String, "first_id": pl.Int32, "last_id": pl.Int32}, orient="row"
    )  # fmt: skip


def _check_covered(countries: Iterable[str], covers: Covers) -> None:
    for country in sorted(set(countries) - set(covers)):
        raise UnknownName.of("country with months of whole figures", country, covers, where=Where(field="covers"))


def until_each(covers: Covers, ends: Mapping[str, Month]) -> dict[str, tuple[Month, Month]]:
    """The same months, ended earlier for some countries; a country that would hold no month is left out.

    What is left out cannot be learned from: settings are chosen on a pool cut so, and later months are scored once.

    Example:
        >>> covers = {"IRQ": (Month(109), Month(468)), "SYR": (Month(433), Month(479))}
        >>> until_each(covers, {"IRQ": Month(336), "SYR": Month(432)})
        {'IRQ': (Month(id=109), Month(id=336))}
    """
    cut = {c: (first, min(last, ends.get(c, last))) for c, (first, last) in covers.items()}
    return {c: (first, last) for c, (first, last) in cut.items() if first <= last}
