"""What `[watch]` of `case.toml` says: of what the bell is rung."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tocsin.case.cells import Frozen, Words, column, required, wrong

_QUESTION = re.compile(r"(?:escalation|p[1-9][0-9]{0,6})_within_(?:[1-9]|[12][0-9]|3[0-6])")
CLEAR_SHARE = 0.8
"""A warning is over below this share of what it rang at, unless the case says otherwise."""

Probability = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]


def _question(key: str) -> str:
    if _QUESTION.fullmatch(key) is None:
        raise wrong(
            f"'{key}' is no question of a warning",
            "write p100_within_6 (100 deaths or more in some month within 6 months) or escalation_within_6",
        )
    return key


class WarningRule(Frozen):
    """A probability at which a warning is rung."""

    question: Annotated[Words, AfterValidator(_question)] = required("what is asked, as p100_within_6")
    at: Probability = required("the probability, above 0 to 1, at which it rings")
    clear: Probability | None = column("below this it is over, and may ring again; left out: 0.8 of `at`")
    areas: tuple[Words, ...] = column("ids or names of areas; left out: the case's countries", default=())

    @field_validator("clear")
    @classmethod
    def _below(cls, clear: float | None, info: ValidationInfo) -> float | None:
        """A warning ends below where it begins, so that one that trembles there rings once."""
        if clear is not None and clear >= info.data.get("at", 1.0):
            raise wrong(
                f"clear = {clear:g} is not below at = {info.data['at']:g}", "write a lower number, or leave it out"
            )
        return clear

    @property
    def over(self) -> float:
        """The probability below which the warning is over."""
        return self.at * CLEAR_SHARE if self.clear is None else self.clear


class Watch(Frozen):
    """What the watch rings of.

    Attributes:
        budget: it rings when a watched country comes to be among so many with the highest probability of escalation;
            how often such alerts were right is counted for 5, 10 and 20.
        warnings: probabilities at which it rings.
        tripwires, posts, contradictions, stale: whether it rings of these.
    """

    budget: Literal[5, 10, 20] | None = column("5, 10 or 20: rings when a watched country is among so many", default=10)
    warnings: tuple[WarningRule, ...] = column("probabilities at which it rings, as [[watch.warnings]]", default=())
    tripwires: bool = column("whether a tripwire that trips is rung", default=True)
    posts: bool = column("whether a change of post at an institution that a mission advises is rung", default=True)
    contradictions: bool = column("whether a new contradiction in the record is rung", default=True)
    stale: bool = column("whether data older than their publisher's lag are rung", default=True)
