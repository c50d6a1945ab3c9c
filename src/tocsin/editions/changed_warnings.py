"""Warnings that crossed a line, and areas whose rank moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.editions.change import Change, Evidence, Row, both, by
from tocsin.vocabulary import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.editions.change import Told

RANKS_MOVED = 5
"""Places by which a rank must move to be told; ranks a few places apart change with the draws alone."""


def warnings_changed(new: Told, old: Told) -> Iterator[Change]:
    """Areas that came among those alerted, or fell out; else those whose rank moved far, or whose likelihood has a new word."""
    for document, level in (("outlook", "countries"), ("provinces", "provinces")):
        pair = both(document, new, old)
        if pair is None:
            continue
        found, was = pair
        before = by(was["rows"], "area_id")
        for row in found["rows"]:
            then = before.get((row["area_id"],))
            if then is not None and (change := _moved(row, then, found, level=level, case=new.manifest.case)):
                yield change


def _moved(row: Row, then: Row, found: dict[str, Any], *, level: str, case: str) -> Change | None:
    budgets = sorted(found.get("budgets", ()))
    now, was = (next((b for b in budgets if r["rank"] <= b), None) for r in (row, then))
    question = found["ranked_by"]
    url = f"/c/{case}/area/{row['area_id']}"
    if now != was:
        crossed = now is not None and (was is None or now < was)
        line = now if crossed else was
        verb = "is now among" if crossed else "is no longer among"
        return Change(
            "warning-crossed" if crossed else "warning-fell",
            f"{row['area']} {verb} the {line} {level} with the highest probability: {question}.",
            _stand(then), _stand(row), url, row["area_id"],
            evidence=(Evidence(_record(found, question, line), f"/c/{case}/trust"), *_drivers(row, url)),
        )  # fmt: skip
    if row["likelihood"] != then["likelihood"]:
        what = f"{row['area']}: {question} is now {row['likelihood']}, and was {then['likelihood']}."
        return Change("likelihood", what, _stand(then), _stand(row), url, row["area_id"], _drivers(row, url))
    if abs(row["rank"] - then["rank"]) >= RANKS_MOVED and min(row["rank"], then["rank"]) <= max(budgets, default=0):
        what = f"{row['area']} moved from place {then['rank']} to place {row['rank']} of {len(found['rows'])} {level}."
        return Change("rank", what, _stand(then), _stand(row), url, row["area_id"], _drivers(row, url))
    return None


def _stand(row: Row) -> dict[str, object]:
    return {"rank": row["rank"], "p": row["p"], "likelihood": row["likelihood"]}


def _record(found: dict[str, Any], question: str, budget: int | None) -> str:
    """How often such alerts were right."""
    for record in found.get("track_record") or ():
        if record["budget"] == budget and record["question"] == question and record["alerts"]:
            return (
                f"In backtests, {record['hits']} of {record['alerts']} alerts of the {budget} highest were followed by it "
                f"({percent(record['precision'])}; it came to {percent(record['base_rate'])} of all)."
            )
    return "How such alerts did in backtests is unknown."


def _drivers(row: Row, url: str) -> tuple[Evidence, ...]:
    named = [driver["group"] for driver in row.get("drivers", ())[:2]]
    return (Evidence(f"What moved the forecast most: {' and '.join(named)}.", url),) if named else ()
