"""A judgement log made in memory: entries sealed one after the other, a day apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tocsin.decide.judgements import entry_after

if TYPE_CHECKING:
    from tocsin.case.judgements import Line

BEGUN = datetime(2026, 1, 1, 9, tzinfo=UTC)


def p(probability: float, *, who: str = "a", closes: str = "2026-06-30", statement: str = "it ends") -> dict[str, Any]:
    return {
        "kind": "probability", "who": who, "about": {"question": "nmi-end"}, "statement": statement,
        "probability": probability, "closes": closes,
    }  # fmt: skip


def q(*pairs: tuple[float, float], who: str = "a", unit: str = "months", **more: Any) -> dict[str, Any]:
    return {
        "kind": "quantiles", "who": who, "about": {"id": "troops"}, "statement": "how many", "unit": unit,
        "quantiles": [list(pair) for pair in pairs], "closes": "2026-06-30", **more,
    }  # fmt: skip


def came(of: int, value: object, on: str = "2026-06-30", *, who: str = "b") -> dict[str, Any]:
    """What came: `yes`, `no`, a number or None."""
    return {"kind": "came", "who": who, "of": of, "came": {"yes": True, "no": False}.get(str(value), value), "on": on}


def correct(of: int, *, who: str = "a", **instead: object) -> dict[str, Any]:
    return {"kind": "correction", "who": who, "of": of, "why": "I erred", **instead}


def note(words: str = "said", **more: Any) -> dict[str, Any]:
    return {"kind": "note", "who": "a", "note": words, **more}


def log(*contents: dict[str, Any], days: int = 1, begun: datetime = BEGUN) -> list[Line]:
    """Entries made `days` apart; `at` in a content is the day (counted from the first) on which it is made."""
    lines: list[Line] = []
    for i, content in enumerate(contents):
        at = content.get("at", i * days)
        said = {key: value for key, value in content.items() if key != "at"}
        lines.append((i + 1, entry_after(lines, said, now=begun + timedelta(days=at))))
    return lines


def renumbered(entries: list[Any]) -> list[Line]:
    """Entries as lines, numbered as a file numbers them."""
    return list(enumerate(entries, start=1))
