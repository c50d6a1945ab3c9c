"""Checks of what a mission is assessed by: settings, lines of effort, drivers, preconditions, candidate places."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tocsin.case.finding import Finding, did_you_mean, fault, note, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tocsin.case.draft import Draft, Inside, Known
    from tocsin.case.settings import Assessed

SITE_MARGIN_KM = 10.0
EVERY_LINE = "all"
_UNTOUCHED = re.compile(r"\s*countries\s*=\s*\[\s*[\"']IRQ[\"']\s*\]\s*#.*CHANGE THIS")


def mission_findings(draft: Draft, *, known: Known) -> Iterator[Finding]:
    """Everything that is wrong between the tables by which missions are assessed, and what should be known of them."""
    yield from untouched_country(draft)
    yield from assessed_missions(draft, countries=known.countries)
    yield from circles_of_missions(draft)
    yield from lines_written_in_two_ways(draft)
    yield from lines_of_effort(draft)
    yield from needs_of_no_mandate(draft)
    yield from armed_actors_without_standing(draft)
    yield from instruments_of_other_holders(draft)
    yield from rows_not_asked_for(draft)
    yield from conditions_twice_or_unused(draft)
    yield from candidates_abroad(draft, inside=known.inside)
    yield from candidates_in_other_provinces(draft, known=known)


def untouched_country(draft: Draft) -> Iterator[Finding]:
    """The country that a new case is written with, so that nobody forecasts it by accident."""
    for number, line in enumerate(draft.text.splitlines(), start=1):
        if _UNTOUCHED.match(line):
            problem = "countries is still ['IRQ'], as a new case is written: Iraq would be forecast"
            mend = "write the countries you mean; if Iraq is meant, remove the comment CHANGE THIS"
            yield note(draft.settings_file, problem, mend, row=number, column="areas.countries")


def assessed_missions(draft: Draft, *, countries: Collection[str] | None) -> Iterator[Finding]:
    """Missions that the settings name and no table gives, and comparisons that cannot be made."""
    wanted = draft.settings.mission if draft.settings is not None else None
    if wanted is None:
        return
    ids = draft.ids("missions")
    for name in wanted.missions:
        if name not in ids:
            mend = f"{did_you_mean(name, ids)}; or add it to {draft.file('missions')}"
            yield draft.settings_fault(("mission", "missions"), f"no mission is called {quoted(name)}", mend)
    yield from _comparisons(draft, wanted, countries=countries)


def _comparisons(draft: Draft, wanted: Assessed, *, countries: Collection[str] | None) -> Iterator[Finding]:
    where = ("mission", "compared_with")
    hosts = {m.host: m.mission_id for _, m in draft.numbered("missions") if m.mission_id in wanted.missions}
    for country in wanted.compared_with:
        if country in hosts:
            problem = f"{country} hosts the mission {quoted(hosts[country])} itself: nothing would be compared"
            yield draft.settings_fault(where, problem, f"remove {country}, or name another country")
        elif countries is not None and country not in countries:
            yield draft.settings_fault(
                where, f"no country is called {quoted(country)}", did_you_mean(country, countries)
            )


def circles_of_missions(draft: Draft) -> Iterator[Finding]:
    """Missions that depend on themselves, at once or through others."""
    leans = {m.mission_id: m.depends_on for _, m in draft.numbered("missions")}
    for row, mission in draft.numbered("missions"):
        way = _way_back(mission.mission_id, leans)
        if way is not None:
            words = "itself" if len(way) == 1 else f"itself, by way of {', '.join(quoted(name) for name in way[:-1])}"
            problem = f"the mission {quoted(mission.mission_id)} depends on {words}"
            mend = "remove from depends_on the mission that does not bear the other"
            yield fault(draft.file("missions"), problem, mend, row=row, column="depends_on")


def _way_back(start: str, leans: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The shortest way from a mission back to itself, the start left out at its head; None where there is none."""
    ways: list[tuple[str, ...]] = [(name,) for name in leans[start]]
    seen: set[str] = set()
    for way in ways:
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend((*way, name) for name in leans.get(way[-1], ()))
    return None


def lines_of_effort(draft: Draft) -> Iterator[Finding]:
    """Efforts and indicators of a line of effort that no mandate of their mission has."""
    lines: dict[str, set[str]] = defaultdict(set)
    for _, task in draft.numbered("mandates"):
        lines[task.mission_id].add(task.line_of_effort)
    for table in ("efforts", "indicators"):
        for row, record in draft.numbered(table):
            mine = lines.get(record.mission_id, set())
            if record.line_of_effort not in {EVERY_LINE, *mine}:
                problem = (
                    f"no mandate of {quoted(record.mission_id)} has the line of effort {quoted(record.line_of_effort)}"
                )
                mend = _line_mend(draft, record.line_of_effort, mine, otherwise="; or write all")
                yield note(draft.file(table), problem, mend, row=row, column="line_of_effort")


def needs_of_no_mandate(draft: Draft) -> Iterator[Finding]:
    """Needs for a line of effort that no mandate of any mission has."""
    lines = {task.line_of_effort for _, task in draft.numbered("mandates")}
    for row, need in draft.numbered("needs"):
        if need.line_of_effort not in lines:
            problem = f"no mandate has the line of effort {quoted(need.line_of_effort)}"
            mend = _line_mend(draft, need.line_of_effort, lines)
            yield note(draft.file("needs"), problem, mend, row=row, column="line_of_effort")


def _line_mend(draft: Draft, name: str, lines: Iterable[str], *, otherwise: str = "") -> str:
    add = f"add the task to {draft.file('mandates')}"
    known = sorted(lines)
    return f"{did_you_mean(name, known)}; or {add}{otherwise}" if known else f"{add}{otherwise}"


def armed_actors_without_standing(draft: Draft) -> Iterator[Finding]:
    """Actors named as armed whose standing, formal or informal, is unknown."""
    standing = {actor.actor_id: actor.standing for _, actor in draft.numbered("actors")}
    for row, driver in draft.numbered("drivers"):
        if driver.kind == "armed actor" and driver.actor_id in standing and standing[driver.actor_id] is None:
            problem = f"the actor {quoted(driver.actor_id)} is an armed actor, and its standing is unknown"
            mend = f"fill standing in {draft.file('actors')} if a source says it: formal, informal or hybrid"
            yield note(draft.file("drivers"), problem, mend, row=row, column="actor_id")


def instruments_of_other_holders(draft: Draft) -> Iterator[Finding]:
    """Instruments carried by a mission that another actor than their holder leads."""
    lead = {mission.mission_id: mission.lead for _, mission in draft.numbered("missions")}
    for row, instrument in draft.numbered("instruments"):
        of = lead.get(instrument.mission_id) if instrument.mission_id else None
        if of is not None and instrument.holder is not None and of != instrument.holder:
            problem = (
                f"the holder is {quoted(instrument.holder)}, but {quoted(of)} leads the mission"
                f" {quoted(instrument.mission_id)}"
            )
            mend = f"write {of} as holder, or say in note why another holds it"
            yield note(draft.file("instruments"), problem, mend, row=row, column="holder")


def rows_not_asked_for(draft: Draft) -> Iterator[Finding]:
    """Verdicts on missions that the settings do not assess, and what the models of such missions rest on."""
    wanted = draft.settings.mission if draft.settings is not None else None
    for table in ("verdicts", "preconditions"):
        for row, record in draft.numbered(table):
            if wanted is not None and record.mission_id not in wanted.missions:
                problem = f"the mission {quoted(record.mission_id)} is not assessed, so this row is not shown"
                mend = f"add it to mission.missions of {draft.settings_file}, or leave the row for later"
                yield note(draft.file(table), problem, mend, row=row, column="mission_id")


def conditions_twice_or_unused(draft: Draft) -> Iterator[Finding]:
    """Conditions given twice by one source, or by two; and those of countries that nothing is compared with."""
    model = {p.precondition_id: p.mission_id for _, p in draft.numbered("preconditions")}
    host = {m.mission_id: m.host for _, m in draft.numbered("missions")}
    wanted = draft.settings.mission if draft.settings is not None else None
    first: dict[tuple[str, str], tuple[int, str | None]] = {}
    for row, condition in draft.numbered("conditions"):
        key = (condition.country, condition.precondition_id)
        if key in first:
            earlier, source = first[key]
            problem = f"the state of {quoted(key[1])} in {key[0]} stands in row {earlier} too"
            if condition.source_id == source:
                mend = "keep the newer, and say in its note what the other says; or name the other source"
                yield fault(draft.file("conditions"), problem, mend, row=row, column="precondition_id")
            else:
                mend = "nothing to mend: both sources are shown, as disputed where they differ"
                yield note(draft.file("conditions"), problem, mend, row=row, column="precondition_id")
        first.setdefault(key, (row, condition.source_id))
        looked_at = {host.get(model.get(condition.precondition_id, "")), *(wanted.compared_with if wanted else ())}
        if wanted is not None and condition.country not in looked_at:
            problem = (
                f"{condition.country} is neither the host of the mission nor among those compared: this is not used"
            )
            mend = f"add it to mission.compared_with of {draft.settings_file}"
            yield note(draft.file("conditions"), problem, mend, row=row, column="country")


def candidates_abroad(draft: Draft, *, inside: Inside | None) -> Iterator[Finding]:
    """Candidate places that lie outside every country of the case."""
    countries = draft.settings.areas.countries if draft.settings is not None else ()
    for row, place in draft.numbered("candidates") if inside is not None and countries else ():
        if inside is not None and all(inside(c, place.lat, place.lon, SITE_MARGIN_KM) is False for c in countries):
            problem = f"the candidate {quoted(place.name)} lies outside {', '.join(countries)}"
            mend = exchange_or_sign(inside, countries, place.lat, place.lon)
            yield fault(draft.file("candidates"), problem, mend, row=row, column="lat")


def exchanged(inside: Inside, countries: Collection[str], lat: float, lon: float) -> bool:
    """Whether a place that lies abroad lies in one of the countries with its coordinates exchanged."""
    return abs(lon) <= 90 and any(inside(country, lon, lat, SITE_MARGIN_KM) for country in countries)


def exchange_or_sign(inside: Inside, countries: Collection[str], lat: float, lon: float) -> str:
    """The mend for a place that lies abroad: exchanged coordinates are named where that puts it right."""
    if exchanged(inside, countries, lat, lon):
        return "lat and lon are exchanged: write them the other way round"
    return "look whether lat and lon are exchanged, or a sign is wrong"


def candidates_in_other_provinces(draft: Draft, *, known: Known) -> Iterator[Finding]:
    """Candidate places that lie outside the outline of the province they name."""
    if draft.settings is None or known.in_province is None:
        return
    for row, place in draft.numbered("candidates"):
        listed = draft.settings.areas.provinces
        if place.province is None or (listed and place.province not in listed):
            continue
        within = [
            known.in_province(country, place.province, place.lat, place.lon, SITE_MARGIN_KM)
            for country in draft.settings.areas.countries
        ]
        if False in within and True not in within:
            problem = f"the candidate {quoted(place.name)} lies outside the outline of {quoted(place.province)}"
            mend = "mend province, or lat and lon; an outline that ships is simplified to a few kilometres"
            yield note(draft.file("candidates"), problem, mend, row=row, column="province")


def lines_written_in_two_ways(draft: Draft) -> Iterator[Finding]:
    """Lines of effort that are written in two ways."""
    first: dict[str, tuple[int, str]] = {}
    for row, task in draft.numbered("mandates"):
        name = task.line_of_effort
        at, other = first.setdefault(name.lower(), (row, name))
        if other != name:
            problem = f"the line of effort {quoted(name)} is written {quoted(other)} in row {at}"
            yield note(draft.file("mandates"), problem, "write it in one way", row=row, column="line_of_effort")
