"""Options to be compared: their steps, and what each would do to the criteria."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from tocsin.case.cells import Basis, Better, Day, Frozen, Id, Point, Spread, Words, column, required
from tocsin.case.tripwires import Tripwire  # noqa: TC001  # the model below is made of it


class Step(Frozen):
    """One step of an option; plain words are a step without a date."""

    when: Day | None = column("when the step is done")
    do: Words = required("what is done, in words")
    opens: tuple[str, ...] = column("ids of sites that open", ref="sites", default=())
    reduces: tuple[str, ...] = column("ids of sites that go on with less", ref="sites", default=())
    closes: tuple[str, ...] = column("ids of sites that close", ref="sites", default=())
    basis: Basis | None = column("stated, reported or judgement")
    note: Words | None = column("anything a reader should know")

    @property
    def sites(self) -> tuple[str, ...]:
        """Every site the step names."""
        return (*self.opens, *self.reduces, *self.closes)


def _words_are_a_step(value: object) -> object:
    return {"do": value} if isinstance(value, str) else value


class Option(Frozen):
    """One thing that could be done."""

    id: Id = required("short id of the option")
    name: Words = required("its name")
    steps: tuple[Annotated[Step, BeforeValidator(_words_are_a_step)], ...] = column("its steps in order", default=())
    source_ids: tuple[str, ...] = column("sources that propose it", ref="sources", default=())
    why: Words | None = column("the reason its proponents give")
    requires: tuple[str, ...] = column("ids of options it can only be done with", default=())
    excludes: tuple[str, ...] = column("ids of options it cannot be done with", default=())
    needs_months: Point | None = column("months from a warning to the option being in effect")
    note: Words | None = column("anything a reader should know")


class Together(StrEnum):
    """What a criterion becomes when several options are done at once."""

    ENVELOPE = "envelope"
    """Anything between the lowest and the highest of them: nothing is claimed of how they work together."""
    HIGHEST = "highest"
    LOWEST = "lowest"
    SUM = "sum of changes"
    """What each changes against `base`, added up, and held within what is possible."""


class Criterion(Frozen):
    """What the options are compared by."""

    id: Id = required("short id of the criterion")
    name: Words = required("its name")
    unit: Words = required("unit of its values")
    better: Better = required("up or down: which way is better")
    must_not_exceed: Point | None = column("value above which an option fails")
    must_reach: Point | None = column("value below which an option fails")
    together: Together = column(
        "envelope, highest, lowest or sum of changes: options done at once", default=Together.ENVELOPE
    )
    base: Point | None = column("the value with no option, from which changes are counted")
    at_least: Point | None = column("lowest value that is possible, where the unit does not say it")
    at_most: Point | None = column("highest value that is possible, where the unit does not say it")
    basis: Basis = required("stated, reported or judgement")


class Uncertainty(Frozen):
    """Something that is not known and changes what the options do."""

    id: Id = required("short id of the uncertainty")
    name: Words = required("its name")
    low: Point = required("lowest value thought possible")
    high: Point = required("highest value thought possible")
    basis: Basis = required("stated, reported or judgement")


class Effect(Frozen):
    """What an option would do to a criterion."""

    option: str = required("id of the option")
    criterion: str = required("id of the criterion")
    range: Spread = required("lowest, middle, highest value of the criterion")
    rises_with: str | None = column("id of an uncertainty the value rises with")
    falls_with: str | None = column("id of an uncertainty the value falls with")
    source_ids: tuple[str, ...] = column("sources the range rests on", ref="sources", default=())
    cards: tuple[str, ...] = column("ids of evidence cards that bear on it", default=())
    basis: Basis = required("stated, reported or judgement")
    note: Words | None = column("anything a reader should know")


def _one_is_a_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Viewpoint(Frozen):
    """Whose ordering of the criteria: the most important first; criteria of one inner list count alike."""

    id: Id = required("short id of the viewpoint")
    name: Words = required("whose view it is")
    order: Annotated[tuple[Annotated[tuple[str, ...], BeforeValidator(_one_is_a_list)], ...], Field(min_length=1)] = (
        required("ids of criteria, the most important first")
    )
    source_id: str | None = column("the source of the ordering", ref="sources")
    basis: Basis = required("stated, reported or judgement")


class Choice(Frozen):
    """A choice between options."""

    id: Id = required("short id of the choice; the file's name without .yaml")
    question: Words = required("the question the options answer")
    source_id: str | None = column("the source the options come from", ref="sources")
    source_conclusion: Words | None = column("what that source concludes, in our words")
    options: Annotated[tuple[Option, ...], Field(min_length=1)] = required("the options")
    combinations_allowed: bool = column("whether several can be done together", default=False)
    stated: dict[str, tuple[str, ...]] = column("what the source says, by option or heading", default={})
    not_modelled: Words | None = column("what stands in the source and Tocsin does not compute")
    criteria: tuple[Criterion, ...] = column("what the options are compared by", default=())
    uncertainties: tuple[Uncertainty, ...] = column("what is not known", default=())
    effects: tuple[Effect, ...] = column("what each option would do", default=())
    viewpoints: tuple[Viewpoint, ...] = column("orderings of the criteria, each somebody's", default=())
    tripwires: tuple[Tripwire, ...] = column("conditions that call the choice into question", default=())
    note: Words | None = column("anything a reader should know")
