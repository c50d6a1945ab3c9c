"""The documented shapes of `missions --json` and `exits --json`."""

from collections.abc import Mapping
from dataclasses import asdict

from tocsin.assess.exits import Exits
from tocsin.assess.portfolio import Portfolio
from tocsin.mission.exits import Outcomes, Share
from tocsin.mission.portfolio import Line


def missions_as_json(done: Portfolio, *, case: str) -> dict[str, object]:
    """The documented shape of `missions --json`."""
    return {
        "case": case, "demo": done.demo, "origin": None if done.origin is None else str(done.origin),
        "model": done.model, "listed": done.listed, "rows": [_line_as_json(line) for line in done.lines],
    }  # fmt: skip


def _line_as_json(line: Line) -> Mapping[str, object]:
    plain = asdict(line)
    through = line.need.through
    return plain | {
        "need": {"deaths": line.need.deaths, "through": None if through is None else str(through)},
        "ahead": {
            "p25": None if line.ahead is None else line.ahead.p25,
            "escalation": None if line.ahead is None else line.ahead.escalation,
        },
    }


def exits_as_json(done: Exits, *, case: str | None, mine: tuple[str, ...]) -> dict[str, object]:
    """The documented shape of `exits --json`."""
    rows = [row | {"of_case": row["iso3"] in mine} for row in done.rows.iter_rows(named=True)]
    return {
        "case": case, "rows": rows,
        "comparisons": [
            {
                "measure": c.measure, "band": None if c.band is None else f"{c.band[0]:g}-{c.band[1]:g}",
                "exits": _outcomes_as_json(c.exits, intervals=True),
                "everywhere": _outcomes_as_json(c.everywhere, intervals=False), "words": c.words,
            }
            for c in done.comparisons
        ],
        "cards": [asdict(card) for card in done.cards], "faults": list(done.faults),
    }  # fmt: skip


def _outcomes_as_json(found: Outcomes, *, intervals: bool) -> dict[str, object]:
    def share(one: Share) -> dict[str, object]:
        ends = {"lower": one.lower, "upper": one.upper} if intervals else {}
        return {"count": one.count, "share": one.share, **ends}

    return {
        "n": found.n, "worse": share(found.worse), "better": share(found.better), "median": found.median,
        "low": found.low, "high": found.high,
    }  # fmt: skip
