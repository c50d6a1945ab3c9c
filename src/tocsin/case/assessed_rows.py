"""Row models of what a mission is assessed by: needs, drivers, instruments, effort, verdicts, preconditions, places, evidence."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from tocsin.case.cells import Country, Day, Id, Names, Number, Words, column, required, wrong
from tocsin.case.rows import Dated, Sourced


class NeedMeasure(StrEnum):
    """What a line of effort's need can be measured by."""

    EVENTS = "events"
    DEATHS_ALL = "deaths_all"
    DEATHS_SB = "deaths_sb"
    DEATHS_NS = "deaths_ns"
    DEATHS_OS = "deaths_os"
    DEATHS_CIVILIANS = "deaths_civilians"


class DriverKind(StrEnum):
    """What keeps violence going: a structure, an armed actor, or a power outside the country."""

    STRUCTURAL = "structural"
    ARMED_ACTOR = "armed actor"
    OUTSIDE_POWER = "outside power"


class InstrumentKind(StrEnum):
    """The kinds of instrument that can be in place against a driver."""

    MILITARY = "military"
    CIVILIAN = "civilian"
    LEGAL = "legal"
    DIPLOMATIC = "diplomatic"
    ECONOMIC = "economic"


class EffortKind(StrEnum):
    """What an effort is counted in."""

    PEOPLE = "people"
    MONEY = "money"
    TIME = "time"


class EvidenceGrade(StrEnum):
    """How much the evidence under a verdict bears (not the Admiralty grade of a source or claim)."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    NONE = "none"


class VerdictWord(StrEnum):
    """A verdict on one criterion; `not assessed` says that nobody has looked, `unknown` that looking did not settle it."""

    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    NOT_ASSESSED = "not assessed"


class PreconditionKind(StrEnum):
    """Something a mission's model needs, or something whose absence nothing compensates."""

    PRECONDITION = "precondition"
    VETO = "veto"


class ConditionState(StrEnum):
    """Whether a precondition holds somewhere."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Consent(StrEnum):
    """Whether the host agrees to a site there."""

    GIVEN = "given"
    REFUSED = "refused"


class Security(StrEnum):
    """Whether a site there could be protected."""

    ACCEPTABLE = "acceptable"
    NOT_ACCEPTABLE = "not acceptable"


class Need(Sourced):
    """What the need for a line of effort is measured by."""

    line_of_effort: Words = required("the line of effort")
    measure: NeedMeasure | None = column("events, deaths_all, deaths_sb ...; empty: no published measure, so unknown")
    why: Words = required("why this measure, or why none")


class Driver(Sourced):
    """Something that keeps violence going."""

    driver_id: Id = required("short id of the driver")
    name: Words = required("the driver in a few words")
    kind: DriverKind = required("structural, armed actor or outside power")
    actor_id: str | None = column("the actor, where the driver is one", ref="actors", always_checked=True)

    @field_validator("actor_id")
    @classmethod
    def _names_its_actor(cls, actor_id: str | None, info: ValidationInfo) -> str | None:
        """A driver that is an armed actor or an outside power names it."""
        kind = info.data.get("kind")
        if actor_id is None and kind in {DriverKind.ARMED_ACTOR, DriverKind.OUTSIDE_POWER}:
            raise wrong(f"the driver is an {kind} but names no actor", "fill actor_id, or set kind to structural")
        return actor_id


class Instrument(Dated):
    """What is in place against a driver, and who holds it."""

    driver_id: str = required("the driver", ref="drivers")
    kind: InstrumentKind = required("military, civilian, legal, diplomatic or economic")
    holder: str | None = column("the actor that holds it; empty is unknown", ref="actors")
    mission_id: str | None = column("the mission that carries it, where one does", ref="missions")
    what: Words = required("the instrument in a few words; `none` where a source says that there is none")


class Effort(Dated):
    """What is put into a line of effort, as a range."""

    mission_id: str = required("the mission", ref="missions")
    line_of_effort: Words = required("the line of effort, or all")
    kind: EffortKind = required("people, money or time")
    low: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = column("lowest value thought possible")
    best: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = column("the value; empty is unknown, not none")
    high: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = column("highest value thought possible")
    unit: Words = required("persons, USD a year, months ...")

    @field_validator("best", "high")
    @classmethod
    def _rises(cls, value: float | None, info: ValidationInfo) -> float | None:
        """Low, best and high do not fall."""
        below = [v for name in ("low", "best") if (v := info.data.get(name)) is not None]
        if value is not None and below and value < max(below):
            raise wrong(f"{info.field_name} {value:g} is below {max(below):g}", "write low, best and high rising")
        return value


class Verdict(Sourced):
    """What an assessment says on one criterion, what it rests on, and what would change it."""

    mission_id: str = required("the mission", ref="missions")
    framework: Words = required("OECD DAC, DoDI 5132.14, NATO ...")
    criterion: Words = required("the criterion or heading")
    verdict: VerdictWord = required("met, partly met, not met, unknown or not assessed")
    why: Words = required("the reason in a sentence or two")
    evidence: EvidenceGrade = required("strong, moderate, weak or none")
    would_change: Words = required("what would change the verdict")
    also: Names = column("further sources, separated by ;", ref="sources", default=())

    @field_validator("source_id")
    @classmethod
    def _rests_on_a_source(cls, source_id: str | None) -> str | None:
        """A verdict without sources is refused, whatever its basis."""
        if source_id is None:
            raise wrong("a verdict names no source", "fill source_id with what it rests on, or remove the verdict")
        return source_id


class Precondition(Sourced):
    """What a mission's model rests on: a step of its theory of change that must hold wherever it is copied."""

    precondition_id: Id = required("short id of the precondition")
    mission_id: str = required("the mission whose model rests on it", ref="missions")
    kind: PreconditionKind = required("precondition, or veto: nothing compensates its absence")
    statement: Words = required("what must hold")
    why: Words | None = column("which step of the theory of change needs it")


class Condition(Sourced):
    """Whether a precondition holds in a country."""

    country: Country = required("the country, ISO3")
    precondition_id: str = required("the precondition", ref="preconditions")
    state: ConditionState = column("met, unmet or unknown (also when empty)", default=ConditionState.UNKNOWN)
    date: Day | None = column("when this was so")
    what: Words | None = column("what the source says")


class Candidate(Sourced):
    """A place where a site could be, with what is known of consent and security there."""

    candidate_id: Id = required("short id of the place")
    name: Words = required("the place's name")
    province: str | None = column("the province it lies in", ref="provinces")
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] = required("degrees north, WGS 84")
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] = required("degrees east, WGS 84")
    consent: Consent | None = column("given or refused; empty is unknown, and unknown is not given")
    security: Security | None = column("acceptable or not acceptable; empty is unknown")


class Reference(Sourced):
    """How many a reference mission had, and among how many people, for people per million."""

    name: Words = required("the reference mission")
    country: Country = required("its host, ISO3")
    date: Day = required("the year the number holds for")
    personnel_low: Annotated[float, Field(ge=0, allow_inf_nan=False)] = required("lowest number of persons")
    personnel_high: Annotated[float, Field(ge=0, allow_inf_nan=False)] = required("highest number of persons")
    population: Number | None = column("persons in the host country; empty: taken from the starter data")

    @field_validator("personnel_high")
    @classmethod
    def _is_not_below(cls, high: float, info: ValidationInfo) -> float:
        """The highest number is not below the lowest."""
        if high < info.data.get("personnel_low", 0):
            raise wrong(f"the highest number {high:g} is below the lowest", "exchange the two")
        return high


def _doi(value: object) -> object:
    """A DOI without the address it is often written with."""
    text = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", value) if isinstance(value, str) else value
    if isinstance(text, str) and not re.fullmatch(r"10\.\d{4,9}/\S+", text):
        raise wrong(f"'{value}' is not a DOI", "write it as in 10.1017/S0003055414000446")
    return text


class Applicability(StrEnum):
    """How far a study speaks to the case at hand."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Evidence(Sourced):
    """What a study found: a card to be read beside an option, never multiplied into it."""

    evidence_id: Id = required("short id of the card, as an effect's cards name it")
    study: Words = required("who, when, where")
    design: Words | None = column("how the study was done")
    treatment: Words | None = column("what was varied")
    outcome: Words | None = column("what was measured")
    estimate: Words | None = column("as printed; empty: not retrieved")
    interval: Words | None = column("as printed; empty: not retrieved")
    direction: Words = required("what was found, in words")
    withdrawal: Words | None = column("what that suggests for leaving: worse, better, no effect, mixed, not about it")
    applies_to: Words | None = column("what it speaks to, and why so far and no farther")
    applicability: Applicability = required("high, medium or low: how far it speaks to this case")
    verified: Words | None = column("how the card was checked: whole text, abstract ...")
    doi: Annotated[str, BeforeValidator(_doi)] | None = column("the study's DOI, as in 10.1017/S0003055414000446")
