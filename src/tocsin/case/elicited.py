"""What one expert gave on one question or choice: ranges and orderings; what was not answered is unknown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from tocsin.case.cells import Day, Frozen, Id, Spread, Weights, Words, column, required
from tocsin.case.finding import did_you_mean, quoted
from tocsin.case.questions import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from tocsin.case.options import Choice
    from tocsin.case.validate import Location

Fault = tuple["Location", str, str]
"""Where, what is wrong, and what mends it."""


class Placed(Frozen):
    """Where an expert sees a party; a range that was not given is unknown."""

    actor: str = required("id of the actor")
    position: Spread | None = column("lowest, middle, highest point on the question's scale")
    salience: Weights | None = column("how much the party cares, 0..1: lowest, middle, highest")
    influence: Weights | None = column("how much the party counts, 0..1: lowest, middle, highest")
    note: Words | None = column("anything a reader should know")


class Expected(Frozen):
    """What an expert expects of an option."""

    option: str = required("id of the option")
    criterion: str = required("id of the criterion")
    range: Spread | None = column("lowest, middle, highest value of the criterion")
    note: Words | None = column("anything a reader should know")


def _one_is_a_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Ordering(Frozen):
    """The criteria as an expert orders them; criteria of one inner list count alike."""

    order: Annotated[tuple[Annotated[tuple[str, ...], BeforeValidator(_one_is_a_list)], ...], Field(min_length=1)] = (
        required("ids of criteria, the most important first")
    )
    viewpoint: str | None = column("id of the viewpoint the ordering is meant for; empty: the expert's own")
    note: Words | None = column("anything a reader should know")


class Elicited(Frozen):
    """What one expert gave on one question or choice.

    Attributes:
        expert: the file's name without its ending: initials, a role or a number; a person's name is never needed.
        about: id of the question or choice.
        who: the role in words.
        when: when it was given; None only where nothing has been filled in yet.
    """

    expert: Words = required("the file's name without its ending")
    about: Id = required("id of the question or choice; the folder's name")
    who: Words | None = column("the expert's role, in words")
    when: Day | None = column("when it was given", always_checked=True)
    positions: tuple[Placed, ...] = column("where the expert sees each party", default=())
    effects: tuple[Expected, ...] = column("what the expert expects of each option", default=())
    orders: tuple[Ordering, ...] = column("how the expert orders the criteria", default=())
    note: Words | None = column("anything a reader should know")

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been filled in yet."""
        placed = any(p.position or p.salience or p.influence for p in self.positions)
        return not placed and not any(e.range for e in self.effects) and not self.orders


def elicited_faults(given: Elicited, of: Question | Choice, *, today: date | None = None) -> Iterator[Fault]:
    """What is wrong with what an expert gave, held against the question or choice it is about: where, what, mend.

    Args:
        given: what the expert gave.
        of: what it is about.
        today: the day after which nothing can have been given; the day it is where not given.
    """
    day = today or datetime.now(UTC).date() + timedelta(days=1)  # it may be tomorrow already where the expert is
    if given.when is not None and given.when.earliest is not None and given.when.earliest > day:
        yield ("when",), f"{given.when} is still to come", "write the day on which it was given, as in 2026-03-02"
    if given.when is None and not given.is_empty:
        yield ("when",), "this is empty, and must be filled", "write when it was given, as in 2026-03-02"
    if isinstance(of, Question):
        yield from _faults_of_positions(given, of)
        kind, keys = "question, which asks for positions", ["effects", "orders"]
    else:
        yield from _faults_of_effects(given, of)
        yield from _faults_of_orders(given, of)
        kind, keys = "choice, which asks for effects and orders", ["positions"]
    for key in keys:
        if getattr(given, key):
            problem = f"{quoted(of.id)} is a {kind}"
            yield (key,), problem, f"remove {key}, or move them to a file on what they are about"


def _faults_of_positions(given: Elicited, question: Question) -> Iterator[Fault]:
    parties, scale = [p.actor for p in question.positions], question.scale
    for number, placed in enumerate(given.positions):
        at = ("positions", number)
        yield from _unknown((*at, "actor"), f"party to {question.id}", placed.actor, parties)
        if placed.actor in [p.actor for p in given.positions[:number]]:
            yield (*at, "actor"), f"the party {quoted(placed.actor)} stands twice", "keep one of the two"
        held = placed.position
        if held is not None and scale.low < scale.high and (held.low < scale.low or held.high > scale.high):
            shown = ", ".join(f"{v:g}" for v in held)
            mend = f"keep it within the scale, {scale.low:g} to {scale.high:g} {scale.unit}"
            yield (*at, "position"), f"the position [{shown}] lies outside the scale", mend


def _faults_of_effects(given: Elicited, choice: Choice) -> Iterator[Fault]:
    for number, effect in enumerate(given.effects):
        at = ("effects", number)
        yield from _unknown((*at, "option"), "option", effect.option, [o.id for o in choice.options])
        yield from _unknown((*at, "criterion"), "criterion", effect.criterion, [c.id for c in choice.criteria])
        pair = (effect.option, effect.criterion)
        if pair in [(e.option, e.criterion) for e in given.effects[:number]]:
            problem = f"the effect of {quoted(pair[0])} on {quoted(pair[1])} stands twice"
            yield (*at, "criterion"), problem, "keep one of the two"


def _faults_of_orders(given: Elicited, choice: Choice) -> Iterator[Fault]:
    for number, ordering in enumerate(given.orders):
        at = ("orders", number)
        yield from order_faults((*at, "order"), ordering.order, [c.id for c in choice.criteria])
        if ordering.viewpoint is not None:
            known = [v.id for v in choice.viewpoints]
            yield from _unknown((*at, "viewpoint"), "viewpoint", ordering.viewpoint, known)
        if ordering.viewpoint in [o.viewpoint for o in given.orders[:number]]:
            yield (*at, "viewpoint"), "two orderings are meant for the same viewpoint", "keep one of the two"


def order_faults(where: Location, order: tuple[tuple[str, ...], ...], criteria: Collection[str]) -> Iterator[Fault]:
    """Criteria of an ordering that are unknown or stand twice, and places without any."""
    seen: set[str] = set()
    for rank, alike in enumerate(order):
        if not alike:
            yield (*where, rank), "this place of the ordering is empty", "name a criterion, or remove the brackets"
        for criterion in alike:
            yield from _unknown((*where, rank), "criterion", criterion, criteria)
            if criterion in seen:
                problem = f"the criterion {quoted(criterion)} stands twice in the ordering"
                yield (*where, rank), problem, "keep it where it belongs"
            seen.add(criterion)


def _unknown(where: Location, kind: str, name: str, known: Collection[str]) -> Iterator[Fault]:
    if name not in known:
        yield where, f"no {kind} is called {quoted(name)}", did_you_mean(name, known)
