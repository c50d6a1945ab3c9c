"""Warnings at a threshold that a user's own costs choose, with the record of such thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.warn.thresholds import ByCost, by_cost

if TYPE_CHECKING:
    from tocsin.assess.outlook import Outlook
    from tocsin.warn.value import Costs
    from tocsin.warn.warning import AreaWarning


def outlook_by_cost(outlook: Outlook, costs: Costs) -> ByCost:
    """The threshold for the question that ranks, chosen on the backtest alone.

    Raises:
        OutOfRange: the backtest is too short to choose one.
    """
    return by_cost(outlook.answers[outlook.ranked_by.key], costs)


def warned_by_cost(outlook: Outlook, found: ByCost) -> tuple[AreaWarning, ...]:
    """The warnings at or above the threshold; none where not to alert was cheapest."""
    if found.threshold is None:
        return ()
    return tuple(w for w in outlook.warnings if w.p >= found.threshold)


def by_cost_json(outlook: Outlook, found: ByCost) -> dict[str, object]:
    """The threshold, who is at or above it, and its record, as JSON gives it."""
    return {
        "question": outlook.ranked_by.words, "miss_cost": found.costs.miss, "false_alarm_cost": found.costs.false_alarm,
        "threshold": found.threshold, "cost_loss_ratio": found.ratio,
        "alerted": [{"area_id": w.area, "area": w.name, "p": w.p} for w in warned_by_cost(outlook, found)],
        "record": {
            "origins": found.origins, "alerts": found.alerts, "hits": found.hits, "cases": found.cases,
            "precision": found.precision, "recall": found.recall, "false_alarms_a_year": found.false_alarms_a_year,
            "cost_a_year": found.cost_a_year, "stated_cost_a_year": found.stated_cost_a_year,
            "never_cost_a_year": found.never_cost_a_year, "always_cost_a_year": found.always_cost_a_year,
        },
    }  # fmt: skip
