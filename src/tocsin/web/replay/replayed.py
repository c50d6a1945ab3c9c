"""One past month replayed: what would have been said of every province, beside what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from tocsin.vocabulary import Likelihood, Month, percent
from tocsin.web.figures.areas import areas_of
from tocsin.web.figures.per_edition import per_edition, table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.editions import Edition

MODELS = {"quantile_forest": "pooled quantile forest", "negative_binomial": "negative binomial on its own mean"}
"""Models replayed, in words; a model that is none of these goes by its name."""
LEAST = 25
"""Deaths in a month that escalation needs at the least, and whose first month is told."""


@dataclass(frozen=True, slots=True)
class Replays:
    """Every month that an edition replays.

    Attributes:
        origins: months replayed, rising.
        models: that were, the one that leads first.
        lead: the origin shown first.
        within: months ahead that are looked at.
        budgets: alerts a month whose record is known.
        onsets: provinces studied, each with the month in which it fell, by area id.
        vintage: of the figures.
        records: how alerts of each model fared, by model.
    """

    origins: tuple[Month, ...]
    models: tuple[str, ...]
    lead: Month
    within: int
    budgets: tuple[int, ...]
    onsets: Mapping[str, Month]
    vintage: str
    target: str
    records: Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would have been said of a province, and what came.

    Attributes:
        area_id: the province.
        name: as readers know it.
        rank: by probability, 1 first.
        p: probability of escalation that would have been said.
        came: whether escalation came within the window; None where not all of it is known.
        peak: deaths in the worst month of the window; None as `came`.
        first: the first month of the window with 25 or more deaths; None where there was none.
        beside: rank and probability of the other model; None where there is none.
    """

    area_id: str
    name: str
    rank: int
    p: float
    came: bool | None
    peak: int | None
    first: Month | None
    beside: tuple[int, float] | None

    @property
    def word(self) -> str:
        """The probability in the words of ICD 203."""
        return Likelihood.of(self.p).value


@per_edition(8)
def replays_of(edition: Edition) -> Replays | None:
    """Every month replayed; None where the edition holds no replay."""
    table = table_of(edition, "replays")
    if table is None or table.is_empty() or not edition.has("replay.json"):
        return None
    said = edition.json("replay")
    models = sorted(set(table["model"]), key=lambda m: (m != said["model"], m))
    origins = tuple(Month.parse(o) for o in sorted(set(table["origin"])))
    lead = Month.parse(said["origin"])
    return Replays(
        origins=origins, models=tuple(models), lead=lead if lead in origins else origins[-1], within=said["within_months"],
        budgets=tuple(sorted({r["budget"] for rows in said["track_record"].values() for r in rows})),
        onsets={a: Month.parse(m) for a, m in said.get("onsets", {}).items()}, vintage=said["vintage"],
        target=said["target"], records=said["track_record"],
    )  # fmt: skip


@per_edition(64)
def outcomes(edition: Edition, model: str, origin: Month) -> tuple[Outcome, ...]:
    """Every province as a model would have ranked it at an origin, beside what came."""
    table, whole = table_of(edition, "replays"), replays_of(edition)
    assert table is not None
    assert whole is not None
    at = table.filter(pl.col("origin") == str(origin))
    other = {r["area_id"]: (r["rank"], r["p"]) for r in at.filter(pl.col("model") != model).iter_rows(named=True)}
    first = _first_months(edition, origin, within=whole.within)
    known = areas_of(edition)
    return tuple(
        Outcome(
            r["area_id"], known[r["area_id"]].name if r["area_id"] in known else r["area_id"], r["rank"], r["p"], r["came"],
            r["peak"], first.get(r["area_id"]), other.get(r["area_id"]),
        )
        for r in at.filter(pl.col("model") == model).sort("rank").iter_rows(named=True)
    )  # fmt: skip


def _first_months(edition: Edition, origin: Month, *, within: int) -> dict[str, Month]:
    """The first month of the window with 25 or more deaths, by province; those without are left out."""
    series = table_of(edition, "series")
    if series is None:
        return {}
    after = series.filter(
        pl.col("level") == "admin1", pl.col("month") > str(origin), pl.col("month") <= str(origin + within),
        pl.col("deaths") >= LEAST,
    )  # fmt: skip
    return {a: Month.parse(m) for a, m in after.group_by("area_id").agg(pl.col("month").min()).iter_rows()}


def told(rows: Sequence[Outcome], *, origin: Month, budget: int, within: int, model: str) -> str:
    """What would have been said and what came, in two or three sentences of counts."""
    alerted = [r for r in rows if r.rank <= budget]
    said = ", ".join(f"{r.name} ({percent(r.p)})" for r in alerted)
    first = f"At the end of {origin.words} the {MODELS.get(model, model)} would have alerted {said}."
    if any(r.came is None for r in rows):
        return f"{first} What came in the {within} months after is not known in full."
    came = [r for r in rows if r.came]
    if not came:
        return f"{first} In the {within} months after escalation came in none of {len(rows)} provinces: {_alarms(len(alerted))}."
    right = sum(1 for r in alerted if r.came)
    where = f"{len(came)} of {len(rows)} provinces ({', '.join(r.name for r in came)})"
    return (
        f"{first} In the {within} months after escalation came in {where}: {right} of {len(alerted)} alerts were right."
    )


def _alarms(n: int) -> str:
    return "the one alert was false" if n == 1 else f"all {n} alerts were false"
