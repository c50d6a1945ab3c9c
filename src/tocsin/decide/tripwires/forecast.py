"""Tripwires on the forecast: the probability of a crossing, against a level in percent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.tripwires.counted import expected_month
from tocsin.decide.tripwires.findings import Now, Past, State
from tocsin.decide.tripwires.spells import met, onsets
from tocsin.decide.tripwires.words import months_words
from tocsin.vocabulary import last_day, percent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tocsin.case.tripwires import Tripwire
    from tocsin.vocabulary import Month

NOT_REPLAYED = "unknown: past forecasts were not made again"


@dataclass(frozen=True, slots=True)
class Foretold:
    """What one forecast said.

    Attributes:
        origin: the last month it had seen.
        p: probability of some month with so many deaths within the months ahead, 0..1.
        came: whether that came; None where it is not known yet.
    """

    origin: Month
    p: float
    came: bool | None = None


def foretold(made: Sequence[Foretold], tripwire: Tripwire, *, what: str, today: date, lag_days: float | None
) -> tuple[Now, Past]:  # fmt: skip
    """What a forecast tripwire says on a day, and how often it would have fired at earlier origins.

    Args:
        made: forecasts in the order of their origins, the last being the newest that could be made on that day.
        tripwire: with a level in percent.
        what: what is forecast, in words.
        today: the day asked about.
        lag_days: days until a month is known; None is unknown.
    """
    if not made:
        why = f"{what}: no forecast could be made"
        return Now(State.UNKNOWN, why), Past(why)
    levels = np.array([100 * f.p for f in made])
    reached = met(levels, rises_to=tripwire.rises_to, falls_to=None)
    newest, wanted = made[-1], expected_month(today, lag_days)
    late = wanted - newest.origin
    why = f"{what}: {percent(newest.p)}, from figures to {newest.origin}"
    if late > 0:
        why += f", {months_words(late)} before {wanted}"
    last = State.TRIPPED if reached[-1] else State.NOT
    days = [last_day(f.origin) for f in made]
    fired = onsets(reached, np.ones(len(made), dtype=bool))
    now = Now(
        State.UNKNOWN if late > 0 else last, why, since=days[fired[-1]] if reached[-1] else None, seen=days[-1],
        last=last, value=float(levels[-1]),
    )  # fmt: skip
    if len(made) == 1:
        return now, Past(NOT_REPLAYED)
    judged = [made[i].came for i in fired if made[i].came is not None]
    past = Past(
        f"{what}, forecast again at {len(made)} origins", days[0], days[-1], len(made), int(reached.sum()), len(fired),
        tuple(days[i] for i in reversed(fired)), right=sum(bool(c) for c in judged), judged=len(judged),
    )  # fmt: skip
    return now, past
