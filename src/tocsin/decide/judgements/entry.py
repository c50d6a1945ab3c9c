"""The entries of a judgement log: forecasts, what came, notes, and corrections that remove nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator, model_validator

from tocsin.case.cells import Frozen, Id, Number, Words, column, required, wrong
from tocsin.case.finding import did_you_mean
from tocsin.case.validate import validated

if TYPE_CHECKING:
    from collections.abc import Mapping

Fault = tuple[str, str, str]
"""The key, what is wrong with it, and what mends it."""


def _moment(value: object) -> object:
    if isinstance(value, datetime):
        return value
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise wrong(f"'{value}' is no time", "write it as in 2026-03-02T09:30:00+00:00") from error
    if moment.tzinfo is None:
        raise wrong(f"'{value}' says no time zone", "write it as in 2026-03-02T09:30:00+00:00")
    return moment.astimezone(UTC)


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise wrong(f"'{value}' is no day", "write year, month and day, as in 2026-09-30") from error


Moment = Annotated[datetime, BeforeValidator(_moment)]
WholeDay = Annotated[date, BeforeValidator(_day)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=1, strict=True)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)]
Level = tuple[Share, Number]


class About(Frozen):
    """What an entry is about: a question, a criterion of a choice, or anything else under an id of its own."""

    question: Id | None = column("id of the question")
    choice: Id | None = column("id of the choice")
    option: Id | None = column("id of an option of that choice")
    criterion: Id | None = column("id of a criterion of that choice")
    id: Id | None = column("an id of its own, where it is neither")

    @model_validator(mode="after")
    def _one_thing(self) -> About:
        named = [name for name in ("question", "choice", "id") if getattr(self, name) is not None]
        if len(named) != 1:
            found = " and ".join(named) or "nothing"
            raise wrong(f"an entry is about one thing, and {found} is named", "name a question, a choice or an id")
        if self.choice is None and (self.option or self.criterion):
            raise wrong("an option or criterion is named without its choice", "name the choice too")
        return self

    def __str__(self) -> str:
        if self.question is not None:
            return f"question {self.question}"
        if self.id is not None:
            return self.id
        parts = [f"choice {self.choice}", self.option and f"option {self.option}"]
        return ", ".join(filter(None, [*parts, self.criterion and f"criterion {self.criterion}"]))


class Sealed(Frozen):
    """What every entry has."""

    number: Count = required("1 for the first entry, one more for each after it")
    time: Moment = required("when it was made")
    who: Words = required("who made it: initials, a role or a number; a person's name is never needed")
    before: Hash = required("the hash of the entry before; 64 zeros for the first")
    hash: Hash = required("SHA-256 over the hash before and everything else in the entry")


def _levels_in_order(value: tuple[Level, ...]) -> tuple[Level, ...]:
    if len(value) < 2:
        raise wrong("one quantile is no distribution", "give two or more, as 0.1:20,0.5:35,0.9:60")
    for (low, below), (high, above) in pairwise(value):
        if high <= low:
            raise wrong(f"the level {high:g} stands after {low:g}", "give each level once, from low to high")
        if above < below:
            problem = f"the quantile at {high:g} is {above:g}, below {below:g} at {low:g}"
            raise wrong(problem, "let quantiles rise with their levels")
    return value


class Probability(Sealed):
    """A forecast that something will be so by a date."""

    kind: Literal["probability"] = "probability"
    about: About = required("what it is about")
    statement: Words = required("what will turn out true or false")
    probability: Share = required("that it turns out true, 0..1")
    closes: WholeDay = required("the day on which it is true or false")
    note: Words | None = column("the reason, or anything a reader should know")


class Quantiles(Sealed):
    """A forecast of a number, as values that it stays below with given probabilities."""

    kind: Literal["quantiles"] = "quantiles"
    about: About = required("what it is about")
    statement: Words = required("what number it is")
    unit: Words = required("its unit")
    quantiles: tuple[Level, ...] = required("pairs of level (0..1) and value")
    low: Number | None = column("the lowest value that can come")
    high: Number | None = column("the highest value that can come")
    closes: WholeDay = required("the day whose number it is, or the last day of its period")
    note: Words | None = column("the reason, or anything a reader should know")

    @field_validator("quantiles")
    @classmethod
    def _ordered(cls, value: tuple[Level, ...]) -> tuple[Level, ...]:
        return _levels_in_order(value)

    @model_validator(mode="after")
    def _within_bounds(self) -> Quantiles:
        low, high = self.quantiles[0][1], self.quantiles[-1][1]
        if (self.low is not None and low < self.low) or (self.high is not None and high > self.high):
            raise wrong("a quantile lies beyond what can come", "mend the quantiles or the bounds")
        return self


class Came(Sealed):
    """The close of a forecast, with what came."""

    kind: Literal["came"] = "came"
    of: Count = required("number of the forecast")
    came: bool | Number | None = required("true, false or the number; null where it will never be known")
    on: WholeDay = required("the day on which it came, or was known not to come")
    source: Words | None = column("where that can be read")
    note: Words | None = column("anything a reader should know")

    @field_validator("came", mode="before")
    @classmethod
    def _no_text(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, str):
            raise wrong(f"'{value}' is neither true, false nor a number", f"write one of them as {info.field_name}")
        return value


class Note(Sealed):
    """Words kept with a date: a reason, an assumption, a dissent. Never scored."""

    kind: Literal["note"] = "note"
    about: About | None = column("what it is about")
    of: Count | None = column("number of the entry it is about")
    note: Words = required("the words")


class Correction(Sealed):
    """What stands instead of an entry from now on; the entry stays in the log."""

    kind: Literal["correction"] = "correction"
    of: Count = required("number of the entry")
    why: Words = required("the reason")
    probability: Share | None = column("the probability that stands instead")
    quantiles: tuple[Level, ...] | None = column("the quantiles that stand instead")
    came: bool | Number | None = column("what came instead; null where it will never be known")
    on: WholeDay | None = column("the day on which it came instead")
    note: Words | None = column("the words that stand instead")
    withdrawn: Literal[True] | None = column("true where nothing stands instead")

    @field_validator("quantiles")
    @classmethod
    def _ordered(cls, value: tuple[Level, ...] | None) -> tuple[Level, ...] | None:
        return value if value is None else _levels_in_order(value)

    @model_validator(mode="after")
    def _one_change(self) -> Correction:
        if len(self.changes) != 1:
            found = " and ".join(sorted(self.changes)) or "nothing"
            mend = "give a probability, quantiles, what came, a note, or withdraw the entry"
            raise wrong(f"a correction changes one thing, and {found} is given", mend)
        return self

    @property
    def changes(self) -> frozenset[str]:
        """Which of probability, quantiles, came (with its day), note and withdrawn it says."""
        given = {"came" if key == "on" else key for key in self.model_fields_set}
        return frozenset(given & {"probability", "quantiles", "came", "note", "withdrawn"})


Entry = Probability | Quantiles | Came | Note | Correction
Forecast = Probability | Quantiles

KINDS: Mapping[str, type[Entry]] = MappingProxyType({
    "probability": Probability, "quantiles": Quantiles, "came": Came, "note": Note, "correction": Correction,
})  # fmt: skip


def entry_of(line: Mapping[str, Any]) -> tuple[Entry | None, tuple[Fault, ...]]:
    """The entry a line holds, or None and what is wrong with it.

    Example:
        >>> entry_of({"kind": "hunch"})[1][0][1]
        "no kind of entry is called 'hunch'"
    """
    kind = str(line.get("kind"))
    if kind not in KINDS:
        return None, (("kind", f"no kind of entry is called '{kind}'", did_you_mean(kind, KINDS)),)
    entry, errors = validated(KINDS[kind], dict(line))
    return entry, tuple((".".join(str(part) for part in where), problem, mend) for where, problem, mend in errors)
