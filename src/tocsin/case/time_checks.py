"""Checks of times and values: rows that lie outside the time of what they belong to, and values that cannot be."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from tocsin.case.finding import Finding, fault, note, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.dates import PartialDate
    from tocsin.case.draft import Draft

COUNTED = frozenset((
    "persons", "people", "students", "trainees", "graduates", "soldiers", "officers", "courses", "teams", "sites",
    "events", "incidents", "attacks", "deaths", "days", "weeks", "months", "hours", "visits", "units",
))  # fmt: skip
"""First words of units that count something, so that no value lies below 0."""

LITTLE = frozenset(("none", "little", "no"))
"""Modes of an engagement by which a source says that there is next to none."""


def time_findings(draft: Draft) -> Iterator[Finding]:
    """Everything that lies outside its time, and every value its unit does not allow."""
    yield from sites_outside_their_mission(draft)
    yield from status_outside_its_time(draft)
    yield from observations_outside_their_mission(draft)
    yield from impossible_values(draft)
    yield from contrary_rows(draft)


def _outside(record: Any, owner: Any) -> tuple[str, str] | None:  # noqa: ANN401  # any rows that hold for a time
    """The column and the words where a row surely begins before, or goes on after, what it belongs to."""
    if _before(record.start, owner.start):
        return "start", f"begins ({record.start}) before it ({owner.start})"
    if _before(owner.end, record.start):
        return "start", f"begins ({record.start}) after its end ({owner.end})"
    if _before(owner.end, record.end):
        return "end", f"ends ({record.end}) after it ({owner.end})"
    return (
        ("end", f"ends ({record.end}) before its start ({owner.start})") if _before(record.end, owner.start) else None
    )


def _before(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and one.is_before(other)


def sites_outside_their_mission(draft: Draft) -> Iterator[Finding]:
    """Sites that open before their mission starts, or end after it."""
    missions = {m.mission_id: m for _, m in draft.numbered("missions")}
    for row, site in draft.numbered("sites"):
        found = _outside(site, missions[site.mission_id]) if site.mission_id in missions else None
        if found is not None:
            column, words = found
            problem = f"the site {quoted(site.name)} lies outside the time of {quoted(site.mission_id)}: it {words}"
            mend = f"mend {column} here, or the mission's dates in {draft.file('missions')}"
            yield note(draft.file("sites"), problem, mend, row=row, column=column)


def status_outside_its_time(draft: Draft) -> Iterator[Finding]:
    """Changes at a site before it opens or after it ended, and at all sites outside the mission's time."""
    sites = {site.site_id: site for _, site in draft.numbered("sites")}
    missions = {m.mission_id: m for _, m in draft.numbered("missions")}
    for row, status in draft.numbered("site_status"):
        owner = sites.get(status.site_id) if status.site_id else missions.get(status.mission_id)
        found = _outside(status, owner) if owner is not None else None
        if found is not None:
            column, words = found
            kind, name = ("site", status.site_id) if status.site_id else ("mission", status.mission_id)
            problem = f"{quoted(status.status)} lies outside the time of the {kind} {quoted(name)}: it {words}"
            mend = f"mend {column} here, or the dates in {draft.file(f'{kind}s')}"
            yield note(draft.file("site_status"), problem, mend, row=row, column=column)


def observations_outside_their_mission(draft: Draft) -> Iterator[Finding]:
    """Values of a time when the mission was not there: of use as a baseline, never as progress."""
    missions = {m.mission_id: m for _, m in draft.numbered("missions")}
    of = {i.indicator_id: missions.get(i.mission_id) for _, i in draft.numbered("indicators")}
    for row, seen in draft.numbered("observations"):
        mission = of.get(seen.indicator_id)
        if mission is None:
            continue
        early, late = _before(seen.date, mission.start), _before(mission.end, seen.date)
        if early or late:
            when = f"before the mission {quoted(mission.mission_id)} starts ({mission.start})"
            when = when if early else f"after the mission {quoted(mission.mission_id)} ended ({mission.end})"
            mend = "mend date; where it is meant so, it can serve as a baseline and shows no progress"
            yield note(draft.file("observations"), f"{seen.date} lies {when}", mend, row=row, column="date")


def impossible_values(draft: Draft) -> Iterator[Finding]:
    """Baselines, targets and observations that their unit does not allow."""
    units = {i.indicator_id: i.unit for _, i in draft.numbered("indicators")}
    held = (("indicators", ("baseline", "target")), ("observations", ("value", "low", "high")))
    for table, columns in held:
        for row, record in draft.numbered(table):
            unit = units.get(record.indicator_id)
            for column in columns if unit is not None else ():
                value, (low, high) = getattr(record, column), limits(unit or "")
                if value is not None and not low <= value <= high:
                    span = f"{low:g} or more" if high == float("inf") else f"{low:g} to {high:g}"
                    problem = f"{value:g} is not possible in {quoted(unit)}, which runs from {span}"
                    mend = f"mend {column}, or the unit in {draft.file('indicators')}"
                    yield fault(draft.file(table), problem, mend, row=row, column=column)


def limits(unit: str) -> tuple[float, float]:
    """The lowest and highest value a unit allows.

    Example:
        >>> limits("percent"), limits("share of villages"), limits("persons a year"), limits("index")
        ((0.0, 100.0), (0.0, 1.0), (0.0, inf), (-inf, inf))
    """
    words = unit.lower().split()
    if not words or "change" in words:
        return float("-inf"), float("inf")
    if words[0] in {"percent", "%"} or words[:2] == ["per", "cent"]:
        return 0.0, 100.0
    if words[0] == "share":
        return 0.0, 1.0
    return (0.0 if words[0] in COUNTED else float("-inf")), float("inf")


def contrary_rows(draft: Draft) -> Iterator[Finding]:
    """Rows on one actor that say contrary things of one place and time: kept side by side, and said to be so."""
    by_actor: dict[tuple[str, ...], list[tuple[int, Any, object]]] = defaultdict(list)
    for row, present in draft.numbered("presence"):
        if present.security is not None:
            by_actor["presence", "security", present.actor_id].append((row, present, present.security))
    for row, met in draft.numbered("engagements"):
        if met.actor_id is not None:
            by_actor["engagements", "mode", met.actor_id, met.mission_id].append((row, met, _engaged(met)))
    for (table, column, actor, *_), rows in by_actor.items():
        for (first, one, says), (row, other, contrary) in combinations(rows, 2):
            if says != contrary and _together(one, other):
                problem = f"this is contrary to row {first} on {quoted(actor)}: both stand side by side"
                mend = "keep both where sources disagree; else mend the dates, or remove one"
                yield note(draft.file(table), problem, mend, row=row, column=column)


def _engaged(row: Any) -> bool:  # noqa: ANN401  # an engagement
    """Whether a source says that there is an engagement worth the name."""
    words = row.mode.lower().split()
    return not words or words[0] not in LITTLE


def _together(one: Any, other: Any) -> bool:  # noqa: ANN401  # two rows that hold for a time and place
    """Whether two rows can hold at once: neither surely ends before the other, and their places meet."""
    if _before(one.end, other.start) or _before(other.end, one.start):
        return False
    if one.provinces and other.provinces:
        return bool(set(one.provinces) & set(other.provinces))
    return one.area is None or other.area is None or one.area == other.area
