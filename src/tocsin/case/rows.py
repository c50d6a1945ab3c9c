"""One row model for each table of a case: the schema as data."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tocsin.case.cells import (
    Basis,
    Better,
    Country,
    Day,
    Frozen,
    Id,
    Names,
    Number,
    ReliabilityLetter,
    Words,
    column,
    required,
    wrong,
)

if TYPE_CHECKING:
    from tocsin.case.dates import PartialDate


class SiteOrigin(StrEnum):
    """Whether a site stands in a published source, or a user entered it: those are left out of exports and feeds."""

    PUBLISHED = "published"
    USER = "user"


class SiteState(StrEnum):
    """What happens at a site."""

    OPEN = "open"
    REDUCED = "reduced"
    PAUSED = "paused"
    CLOSED = "closed"


class Standing(StrEnum):
    """Whether an actor provides security by law, outside it, or both at once."""

    FORMAL = "formal"
    INFORMAL = "informal"
    HYBRID = "hybrid"


class SecurityRole(StrEnum):
    """What an actor does to the security of a place; both stand as two rows."""

    PROVIDES = "provides"
    THREATENS = "threatens"


class EngagementLevel(StrEnum):
    """At which level a mission deals with a counterpart."""

    HIGH_OFFICIALS = "high officials"
    INSTITUTION = "institution"
    COMMUNITY = "community"


class ResultLevel(StrEnum):
    """What an indicator measures: what goes in, what is done, what comes of it, and what that changes."""

    INPUT = "input"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


class Sourced(Frozen):
    """A row that says what it rests on."""

    basis: Basis = required("stated, reported or judgement")
    source_id: str | None = column(
        "the source that says it; may be empty only where basis is judgement", ref="sources", always_checked=True
    )
    judged: Names = column("columns of this row that are our own reading, separated by ;", default=())
    note: Words | None = column("anything a reader should know")

    @model_validator(mode="before")
    @classmethod
    def _words_after_the_basis(cls, cells: Any) -> Any:  # noqa: ANN401  # as pydantic hands it over
        """A basis may be followed by words (`stated; start judgement`): they are read as the note."""
        if not isinstance(cells, dict) or not isinstance(cells.get("basis"), str):
            return cells
        word = next((b.value for b in Basis if cells["basis"].lower().startswith(b.value)), None)
        rest = cells["basis"][len(word) :] if word else ""
        if not rest or rest[0] not in " ;:,(":
            return cells
        words = rest.strip(" ;:,").removeprefix("(").removesuffix(")") if rest.strip().startswith("(") else rest
        kept = "; ".join(w for w in (words.strip(" ;:,"), cells.get("note")) if w)
        return {**cells, "basis": word, **({"note": kept} if kept else {})}

    @field_validator("source_id")
    @classmethod
    def _names_its_source(cls, source_id: str | None, info: ValidationInfo) -> str | None:
        """What is stated or reported names who says it."""
        basis = info.data.get("basis")
        if source_id is None and basis in {Basis.STATED, Basis.REPORTED}:
            raise wrong(f"the row is {basis} but names no source", "fill source_id, or set basis to judgement")
        return source_id

    def basis_of(self, name: str) -> Basis:
        """What one column rests on: judgement where the row says so, else the basis of the row."""
        return Basis.JUDGEMENT if name in self.judged else self.basis


class Dated(Sourced):
    """A row that holds for a time."""

    start: Day | None = column("when it begins: a year, month or day; empty is unknown")
    end: Day | None = column("when it ends; empty is unknown or not yet")

    @field_validator("end")
    @classmethod
    def _ends_after_it_starts(cls, end: PartialDate | None, info: ValidationInfo) -> PartialDate | None:
        """A row ends on or after its start."""
        start = info.data.get("start")
        if start is not None and end is not None and end.is_before(start):
            raise wrong(f"it ends ({end}) before it starts ({start})", "mend start or end")
        return end


class Source(Frozen):
    """A text or data set that rows rest on."""

    source_id: Id = required("short id of the source")
    title: Words = required("title, or words in brackets where the copy has none")
    author: Words | None = column("who wrote it")
    publisher: Words | None = column("who published it")
    date: Day | None = column("when it was published")
    date_origin: Words | None = column("where the date comes from: stated, or what it is inferred from")
    kind: Words | None = column("kind of text: report, news digest, opinion, data set ...")
    derived_from: Words | None = column("what it repeats: two texts of one origin corroborate nothing")
    origin_note: Words | None = column("what the text itself rests on")
    url: Words | None = column("where it can be read")
    files: Names = column("its files in documents/, separated by ;", default=())
    reliability: ReliabilityLetter | None = column("Admiralty grade A to F, set by a person; empty: not graded")
    graded_by: Words | None = column("who set the grade")
    graded_why: Words | None = column("the reason for the grade", always_checked=True)

    @field_validator("graded_why")
    @classmethod
    def _is_graded_by_somebody(cls, why: str | None, info: ValidationInfo) -> str | None:
        """A grade is set by a person, with a reason."""
        given = [info.data.get("reliability"), info.data.get("graded_by"), why]
        if any(given) and not all(given):
            raise wrong(
                "a grade lacks its letter, its person or its reason", "fill reliability, graded_by and graded_why"
            )
        return why


class Actor(Sourced):
    """A state, force, organisation or group; never a private person."""

    actor_id: Id = required("short id of the actor")
    name: Words = required("the name readers know it by")
    aliases: Names = column("other names and spellings, separated by ;", default=())
    type: Words | None = column("army, police, ministry, paramilitary, non-state, state, alliance ...")
    legal_status: Words | None = column("its standing in law, in words")
    standing: Standing | None = column("formal, informal or hybrid (both); empty is unknown")

    @field_validator("type")
    @classmethod
    def _is_no_person(cls, kind: str | None) -> str | None:
        """Persons appear only as holders of a public post."""
        if kind is not None and kind.lower() in {"person", "individual", "leader", "commander"}:
            raise wrong("an actor is a body, not a person", "enter office-holders in posts.csv, with their public post")
        return kind


class Alignment(Dated):
    """A source's claim that an actor stands with another; claims that disagree stand side by side."""

    actor_id: str = required("the actor", ref="actors")
    towards: str = required("the actor it is said to stand with", ref="actors")
    claim: Words = required("what the source says")
    contradicts: Names = column("sources that say otherwise, separated by ;", ref="sources", default=())


class Post(Dated):
    """A public office and who held it: the only way in which persons appear."""

    person: Words = required("the office-holder's name")
    aliases: Names = column("other spellings and names, separated by ;", default=())
    post: Words = required("the public post held")
    organisation: Words = required("the body the post belongs to, in the source's words")
    actor_id: str | None = column("that body, where it is among the actors", ref="actors")
    seen: Day | None = column("a date on which the source finds the person in the post")
    end_reason: Words | None = column("how the post was left, in the source's words")


class EventOfRecord(Sourced):
    """Something that happened and bears on the questions of the case; not an entry of an event data set."""

    event_id: Id = required("short id of the event")
    date: Day = required("when it happened")
    what: Words = required("what happened, in a few words of one's own")
    actors: Names = column("actors that took part, separated by ;", ref="actors", default=())
    area: Words | None = column("where, in the source's words")
    provinces: Names = column("provinces it concerns, separated by ;", ref="provinces", default=())
    kind: Words | None = column("decision, mission, incident, attack, law, bill, position ...")


class Presence(Dated):
    """Where an actor is present, and as what."""

    actor_id: str = required("the actor", ref="actors")
    area: Words | None = column("where, in the source's words")
    provinces: Names = column("provinces meant, separated by ;", ref="provinces", default=())
    role: Words = required("what it does there")
    security: SecurityRole | None = column("provides or threatens security there; empty is unknown")


class Mission(Dated):
    """A mission that assists, trains, advises or fights."""

    mission_id: Id = required("short id of the mission")
    name: Words = required("its name")
    lead: str | None = column("the actor that leads it", ref="actors")
    host: Country | None = column("host country, ISO3")
    personnel: Annotated[int, Field(ge=0)] | None = column("persons; empty is unknown, not none")
    personnel_note: Words | None = column("what the number counts")
    purpose: Words | None = column("what it is for")
    mandate_end: Day | None = column("when its present mandate ends, if that is set; empty is unknown")
    depends_on: Names = column("missions it depends on, separated by ;", ref="missions", default=())

    @field_validator("mandate_end")
    @classmethod
    def _mandate_ends_after_the_start(cls, end: PartialDate | None, info: ValidationInfo) -> PartialDate | None:
        """A mandate ends on or after the mission's start."""
        start = info.data.get("start")
        if start is not None and end is not None and end.is_before(start):
            raise wrong(f"its mandate ends ({end}) before it starts ({start})", "mend start or mandate_end")
        return end


class Site(Dated):
    """A place a mission works at or from."""

    site_id: Id = required("short id of the site")
    mission_id: str = required("the mission", ref="missions")
    name: Words = required("the place's name")
    role: Words | None = column("hq, advise, train ...")
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = column("degrees north, WGS 84")
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = column(
        "degrees east, WGS 84", always_checked=True
    )
    precision_km: Annotated[float, Field(gt=0, le=500, allow_inf_nan=False)] | None = column(
        "how far the true place may be, km"
    )
    origin: SiteOrigin = column(
        "published, or user (also when empty): left out of exports and feeds", default=SiteOrigin.USER
    )

    @field_validator("lon")
    @classmethod
    def _has_both_coordinates(cls, lon: float | None, info: ValidationInfo) -> float | None:
        """A place has both coordinates or neither."""
        if "lat" in info.data and (info.data["lat"] is None) != (lon is None):
            raise wrong("only one coordinate is given", "fill both lat and lon, or neither")
        return lon


class SiteStatus(Dated):
    """What changed at a mission's sites."""

    mission_id: str = required("the mission", ref="missions")
    site_id: str | None = column("the site; empty means all sites of the mission", ref="sites")
    status: SiteState = required("open, reduced, paused or closed")
    what: Words | None = column("the same in the source's words")
    why: Words | None = column("the reason given")


class Task(Dated):
    """What a mission is there to do: one task of its mandate."""

    task_id: Id = required("short id of the task")
    mission_id: str = required("the mission", ref="missions")
    line_of_effort: Words = required("the line of effort it belongs to")
    function: Words = required("what is done")
    institution: Words | None = column("the institution it is done with; empty is unknown")
    authority: Words | None = column("advise, train, equip ...")
    delivered_at: Words | None = column("where it is done, in the source's words")
    site_id: str | None = column("the site it is done at, where it is among the sites", ref="sites")
    serves: Words | None = column("whom it reaches, in the source's words: national, a province ...")
    provinces: Names = column("provinces named as served, separated by ;", ref="provinces", default=())


class Engagement(Dated):
    """Whom a mission deals with."""

    mission_id: str = required("the mission", ref="missions")
    actor_id: str | None = column("the counterpart, where it is among the actors", ref="actors")
    counterpart: Words | None = column("the counterpart in the source's words, where it is not")
    level: EngagementLevel | None = column("high officials, institution or community; empty is unknown")
    mode: Words = required("train, advise ...; little or none where a source says so")
    through: str | None = column("the local partner it goes through; empty: directly", ref="actors")
    area: Words | None = column("where, in the source's words")
    provinces: Names = column("provinces meant, separated by ;", ref="provinces", default=())


class Indicator(Sourced):
    """What is measured to see whether a mission gets anywhere."""

    indicator_id: Id = required("short id of the indicator")
    mission_id: str = required("the mission", ref="missions")
    line_of_effort: Words = required("the line of effort it measures, or all")
    level: ResultLevel = required("input, output, outcome or impact")
    definition: Words = required("what is counted or measured")
    unit: Words = required("unit of baseline, target and observations")
    better: Better = required("up or down: which way is better")
    baseline: Number | None = column("value at the start; empty is unknown")
    target: Number | None = column("value aimed at; empty is unknown, and progress is then not judged")
    validity_threats: Words | None = column("why the number may mislead")


class Observation(Sourced):
    """A published value of an indicator."""

    indicator_id: str = required("the indicator", ref="indicators")
    area: Words | None = column("country or province it holds for")
    date: Day = required("the year, month or day it holds for")
    value: Number = required("value, in the indicator's unit")
    low: Number | None = column("lowest value thought possible")
    high: Number | None = column("highest value thought possible")

    @field_validator("source_id")
    @classmethod
    def _is_published(cls, source_id: str | None) -> str | None:
        """An observation rests on a source."""
        if source_id is None:
            raise wrong("an observation names no source", "fill source_id: a value nobody published is no observation")
        return source_id

    @field_validator("low", "high")
    @classmethod
    def _holds_the_value(cls, end: float | None, info: ValidationInfo) -> float | None:
        """The value lies within its own low and high."""
        value = info.data.get("value")
        if end is None or value is None:
            return end
        if (end > value) if info.field_name == "low" else (end < value):
            raise wrong(f"the value {value:g} lies outside its own {info.field_name} {end:g}", "mend one of the two")
        return end


class Date(Sourced):
    """A date to come that bears on the questions of the case."""

    date: Day = required("when")
    what: Words = required("what is due")
    kind: Words | None = column("summit, mandate, withdrawal, election ...")
