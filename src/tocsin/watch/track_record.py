"""How often such warnings were right, in words, from the backtest that an edition holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.vocabulary import percent
from tocsin.watch.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]
UNKNOWN = "Unknown: no backtest of this question is in the edition."
EDGE = 1e-9
"""Edges of a table of probabilities are sums of tenths."""


def record_of_budget(document: Row, row: Row, *, budget: int) -> str:
    """How the alerts of a budget fared, over all areas and for this one.

    Args:
        document: `outlook` or `provinces` of an edition.
        row: of the area.
        budget: alerts at each month: the areas with the highest probability.
    """
    found = next((r for r in _records(document, document["ranked_by"]) if r["budget"] == budget), None)
    return UNKNOWN if found is None else f"{_fared(found)} {_own(row, budget)}"


def record_of_probability(document: Row, asked: str, *, p: float, standing: int) -> str:
    """How forecasts of such a probability fared, and how alerts for about as many areas did.

    Args:
        document: `outlook` or `provinces` of an edition.
        asked: the question in words.
        p: the probability, 0..1.
        standing: how many areas stand at the line or above it now.
    """
    records = sorted(_records(document, asked), key=lambda r: r["budget"])
    near = next((r for r in records if r["budget"] >= standing), records[-1] if records else None)
    said = [words for words in (_calibrated(document, asked, p),) if words]
    if near is not None:
        said += [f"{counted(standing, 'area')} stand at the line or above now.", _fared(near)]
        if standing > near["budget"]:
            said.append("How alerts for so many would have fared was not counted.")
    return " ".join(said) or UNKNOWN


def _records(document: Row, asked: str) -> Iterator[Row]:
    records = document.get("track_record") or ()
    if isinstance(records, dict):  # that of a study, by model
        records = next(iter(records.values()), ())
    return (r for r in records if r["question"] == asked and r["alerts"])


def _fared(r: Row) -> str:
    return (
        f"Of {r['alerts']:,} alerts for the {r['budget']} highest at each of {r['origins']} past months, "
        f"{r['hits']:,} were followed by it ({percent(r['precision'])}); it came to "
        f"{percent(r['base_rate'])} of all areas and months."
    )


def _calibrated(document: Row, asked: str, p: float) -> str | None:
    """How often it came where such a probability was given; None where that was not counted."""
    table = document.get("calibration") or {}
    rows = table.get("rows", ()) if table.get("question") == asked else ()
    near = next((r for r in rows if r["p_from"] <= p + EDGE and p <= r["p_to"] + EDGE and r["n"]), None)
    if near is None:
        return None
    between = f"{100 * near['p_from']:.0f} to {100 * near['p_to']:.0f} %"
    return f"Of {near['n']:,} forecasts of {between}, {percent(near['rate'])} were followed by it."


def _own(row: Row, budget: int) -> str:
    own = next((o for o in row.get("own_record", ()) if o["budget"] == budget), None)
    if own is None:
        return f"How those for {row['area']} itself fared is unknown."
    if not own["alerts"]:
        return f"{row['area']} itself was never among them."
    return f"Of {own['alerts']} for {row['area']} itself, {own['hits']} were."
