"""From which month to which month a VIEWS country id holds."""

from __future__ import annotations

import polars as pl

from tocsin.vocabulary import Month


def _id(text: str | None) -> int | None:
    return None if text is None else Month.parse(text).id


ENDED: dict[int, tuple[str | None, str]] = {
    59: (None, "2011-06"),  # Sudan with the south
    185: (None, "1990-09"),  # Federal Republic of Germany
    186: (None, "1990-09"),  # German Democratic Republic
    187: (None, "1992-12"),  # Czechoslovakia
    188: (None, "1991-10"),  # Yugoslavia until Macedonia leaves
    247: ("1991-11", "1992-03"),  # Yugoslavia until Bosnia, Croatia and Slovenia are states
    227: ("1992-04", "2006-05"),  # Serbia and Montenegro
    230: ("2006-06", "2008-02"),  # Serbia with Kosovo
    189: (None, "1991-07"),  # USSR, whole
    **dict.fromkeys(range(248, 256), ("1991-08", "1991-11")),  # USSR while it came apart, one id a step
    191: (None, "1993-04"),  # Ethiopia with Eritrea
    192: (None, "1990-02"),  # South Africa with Namibia
    196: (None, "1990-04"),  # Yemen Arab Republic
    197: (None, "1990-04"),  # People's Democratic Republic of Yemen
    240: ("1990-05", "2000-05"),  # Yemen before the border treaty with Saudi Arabia
    239: (None, "2000-05"),  # Saudi Arabia before that treaty
    208: (None, "2002-04"),  # Indonesia with East Timor
    236: (None, "1996-01"),  # Tanzania in its earlier outline
}
"""First and last month of the ids that no longer hold; None where the id holds from before 1980.

The series itself says when their successors begin; that the ids of the USSR's last months cannot be told apart by
month is a fault of the source, said on the card.
"""


def spells(series: pl.DataFrame, states: pl.DataFrame, key: pl.DataFrame) -> pl.DataFrame:
    """First and last month of every VIEWS id: `views_id`, `first_month_id`, `last_month_id` (null: always, still).

    An id that the series has from its own first month on, or not at all (the smallest states), begins with its
    state where that was founded after 1980.

    Args:
        series: `country_id`, `month_id`, one row for each month an id holds.
        states: Gleditsch and Ward's states: `gwcode`, `start` (text of a date).
        key: `id`, `gwcode`.
    """
    begins = series["month_id"].min()
    founded = states.group_by("gwcode").agg(pl.col("start").max().str.slice(0, 7).alias("founded"))
    held = series.group_by(pl.col("country_id").cast(pl.Int64).alias("id")).agg(
        pl.col("month_id").min().cast(pl.Int64).alias("seen")
    )
    rows = key.join(held, on="id", how="left").join(founded, on="gwcode", how="left").sort("id")
    return pl.DataFrame(
        [_spell(row, begins) for row in rows.iter_rows(named=True)],
        schema={"views_id": pl.Int64, "first_month_id": pl.Int64, "last_month_id": pl.Int64},
        orient="row",
    )


def _spell(row: dict[str, object], begins: object) -> tuple[object, int | None, int | None]:
    views, seen, founded = row["id"], row["seen"], str(row["founded"])
    if (ended := ENDED.get(int(str(views)))) is not None:
        return views, _id(ended[0]), _id(ended[1])
    if seen is not None and seen != begins:
        return views, int(str(seen)), None
    return views, _id(founded) if founded >= "1980" else None, None
