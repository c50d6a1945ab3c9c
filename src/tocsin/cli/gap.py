"""Commands: gap, overlap."""

from collections.abc import Sequence
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from tocsin.api.gap import gap_case, overlap_case
from tocsin.api.known import open_case
from tocsin.api.shapes.gap import gap_json, overlap_json
from tocsin.assess.gap import Gap
from tocsin.case.rows import SecurityRole
from tocsin.cli.app import out, print_json, progress
from tocsin.errors import OutOfRange, Where
from tocsin.mission.engagement import Contact, Mandated, SecurityActor
from tocsin.mission.gap import Ahead, MissionThere, Past, Present, ProvinceGap
from tocsin.mission.in_force import Force
from tocsin.mission.overlap import Overlap, Pairing
from tocsin.vocabulary import Month, percent, province_name

UNKNOWN = "unknown"


def gap(
    *, case: str = ".", mission: list[str] | None = None, from_: Annotated[str | None, Parameter(name="--from")] = None,
    to: str | None = None, forecast: bool = True, draws: int = 1000, seed: int = 1, json: bool = False,
) -> None:  # fmt: skip
    """Province by province: need, who provides security, who engages whom, who is present.

    Example: tocsin gap --case iraq --mission nmi --from 2017-01 --to 2018-12 --json

    Args:
        case: a case folder, or the name of one that ships.
        mission: a mission assessed, by id; may be given more than once. The case's own if not given.
        from_: first month over which need is counted, as 2017-01; the case's own window, or the last 24 months, if not given.
        to: last month of the window.
        forecast: forecast the provinces from the last month covered.
        draws: draws for each province and month.
        seed: the same seed gives the same draws.
        json: print JSON.
    """
    with progress("gap"):
        done = gap_case(
            open_case(case), missions=mission or (), window=months_span(from_, to), forecast=forecast, draws=draws,
            seed=seed,
        )  # fmt: skip
    if json:
        print_json(gap_json(done, case=case))
    else:
        out.print(_need_table(done))
        out.print(_actors_table(done))
        for line in _gap_lines(done):
            out.print(line, soft_wrap=True, markup=False)


def overlap(
    *, case: str = ".", at: str | None = None, from_: Annotated[str | None, Parameter(name="--from")] = None,
    to: str | None = None, json: bool = False,
) -> None:  # fmt: skip
    """Function by institution by province: uncovered, single, complementary or duplicate.

    Example: tocsin overlap --case iraq --at 2021-06 --json

    Args:
        case: a case folder, or the name of one that ships.
        at: one month, as 2021-06; the whole window if not given.
        from_: first month looked at, as 2017-01; the case's own window, or the last 24 months covered, if not given.
        to: last month of the window.
        json: print JSON.
    """
    if at is not None and (from_ or to):
        raise OutOfRange("a month and a window are both given", hint="say --at 2021-06, or --from 2017-01 --to 2018-12")
    with progress("overlap"):
        done = overlap_case(
            open_case(case), at=None if at is None else Month.parse(at), window=months_span(from_, to)
        )  # fmt: skip
    if json:
        print_json(overlap_json(done, case=case))
    else:
        if done.cells:
            out.print(_overlap_table(done))
        else:
            out.print("No row names a task of a mission: what they do, and do twice, is unknown.", markup=False)
        for line in _overlap_lines(done):
            out.print(line, soft_wrap=True, markup=False)


def months_span(first: str | None, last: str | None) -> tuple[Month, Month] | None:
    """The first and last month of a window, or None where neither is given."""
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise OutOfRange("a window has a first and a last month", where=Where(field="--from" if first is None else "--to"),
                         hint="say both, as in --from 2017-01 --to 2018-12")  # fmt: skip
    return Month.parse(first), Month.parse(last)


def _need_table(done: Gap) -> Table:
    ahead = f", and the {done.forecast.within} months after {done.forecast.origin}" if done.forecast else ""
    table = Table(title=f"Need by province, {done.window[0]} to {done.window[1]}{ahead}")
    for name in ("province", "deaths (low-high)", "events", "last 12 months", "per 100,000*", "ahead, 90 %", "mean",
                 ">= 25", "escalation", "seen"):  # fmt: skip
        table.add_column(name, justify="left" if name in {"province", "seen"} else "right")
    for row in done.provinces:
        past, recent, ahead_of = row.past, row.recent, row.ahead
        rate = None if past is None else row.rate(past.best)
        table.add_row(
            row.name, *(_deaths(past), UNKNOWN if past is None else str(past.events)), _deaths(recent),
            UNKNOWN if rate is None else f"{rate:,.1f}", *_ahead_cells(ahead_of), row.visibility,
        )  # fmt: skip
    return table


def _deaths(past: Past | None) -> str:
    return UNKNOWN if past is None else f"{past.best:,} ({past.low:,}-{past.high:,})"


def _ahead_cells(ahead: Ahead | None) -> tuple[str, str, str, str]:
    if ahead is None:
        return (UNKNOWN,) * 4
    escalation = UNKNOWN if ahead.p_escalation is None else percent(ahead.p_escalation)
    return f"{ahead.low:,.0f}-{ahead.high:,.0f}", f"{ahead.mean:,.1f}", percent(ahead.p25), escalation


def _actors_table(done: Gap) -> Table:
    table = Table(title=f"Who is there, {done.window[0]} to {done.window[1]}")
    shown = (*done.assessed, *(m for m in done.compared if any(_says_something(r, m) for r in done.provinces)))
    for name in ("province", "provides security", "threatens it", "role unknown", *shown):
        table.add_column(name)
    for row in done.provinces:
        table.add_row(
            row.name, _actors(row.security, SecurityRole.PROVIDES), _actors(row.security, SecurityRole.THREATENS),
            _actors(row.security, None, empty="-"), *(_mission(m) for m in row.missions if m.mission_id in shown),
        )  # fmt: skip
    return table


def _says_something(row: ProvinceGap, mission: str) -> bool:
    return any(m.mission_id == mission and (m.sites or m.contacts) for m in row.missions)


def _actors(actors: Sequence[SecurityActor], role: SecurityRole | None, *, empty: str = UNKNOWN) -> str:
    said = [f"{a.name} ({a.standing or 'standing unknown'}{_force(a.force)})" for a in actors if a.security is role]
    return "; ".join(said) or empty


def _force(force: Force) -> str:
    return ", dates unknown" if force is Force.UNKNOWN else ""


def _mission(mission: MissionThere) -> str:
    sites = ", ".join(f"{s.name}{'' if s.sure else ' (perhaps)'}" for s in mission.sites)
    present = {Present.YES: sites, Present.UNKNOWN: f"unknown: {sites or 'sites unknown'}"}
    met = "; ".join(
        f"{c.counterpart or 'counterpart unknown'}, {c.level or 'level unknown'}, {_how(c)}{_force(c.force)}"
        for c in mission.contacts
    )
    return f"{present.get(mission.present, mission.present.value)}; engages: {met or UNKNOWN}"


def _how(contact: Contact) -> str:
    return contact.how.value if contact.through is None else f"through {contact.through}"


def _gap_lines(done: Gap) -> list[str]:
    lines = [f"Those than which no other province needs more and has less of {', '.join(done.assessed)}:"]
    for one in done.lacking:
        level = f" Level with {', '.join(one.level_with)}." if one.level_with else ""
        lines.append(f"- {one.name} (seen: {one.visibility}): {'; '.join(one.reasons)}.{level}")
    if done.untied_security or done.untied_contacts:
        lines.append("Said of places not tied to a province:")
    lines += [
        f"- {a.area or 'place unknown'}: {a.name} ({a.standing or 'standing unknown'}), "
        f"{a.security or 'role in security unknown'}: {a.role} ({a.source_id or a.basis.value})"
        for a in done.untied_security
    ]
    lines += [_contact_line(c) for c in done.untied_contacts]
    return [*lines, *_reach_by_mandate(done), *_doubtful_sites(done), *_figures(done)]


def _contact_line(contact: Contact) -> str:
    """An engagement that no province is named for."""
    who = f"{contact.mission_id} and {contact.counterpart or 'counterpart unknown'}"
    said = ", ".join(dict.fromkeys((_how(contact), contact.mode)))
    level, source = contact.level or "level unknown", contact.source_id or contact.basis.value
    return f"- {contact.area or 'place unknown'}: {who}: {said}, {level}{_force(contact.force)} ({source})"


def _reach_by_mandate(done: Gap) -> list[str]:
    first = done.provinces[0].missions if done.provinces else ()
    lines = []
    for mission in first:
        national = dict.fromkeys(_line(t) for t in mission.mandated if t.national)
        if national:
            lines.append(
                f"By mandate {mission.mission_id} serves the whole country, present or not: {', '.join(national)}."
            )
    return lines


def _line(task: Mandated) -> str:
    return f"{task.line_of_effort}{' (dates unknown)' if task.force is Force.UNKNOWN else ''}"


def _doubtful_sites(done: Gap) -> list[str]:
    doubts = {s.site_id: f"{s.name} ({m.mission_id}): {s.why}" for r in done.provinces for m in r.missions
              for s in m.sites if s.why}  # fmt: skip
    return [f"Province not sure: {'; '.join(doubts.values())}."] if doubts else []


def _figures(done: Gap) -> list[str]:
    lost = f" {_deaths(done.unplaced)} deaths of the window have no province." if done.unplaced else ""
    return [f"Figures: {done.vintage}.{lost} *Of people in listed towns. {'; '.join(done.notes)}."]


def _overlap_table(done: Overlap) -> Table:
    span = str(done.first) if done.first == done.last else f"{done.first} to {done.last}"
    table = Table(title=f"Function by institution by province, {span}", show_lines=True)
    for name in (
        "function",
        "months",
        "institution",
        "provinces",
        "served by mandate",
        "done at a site there",
        "pairs",
    ):
        table.add_column(name)
    every = sorted({province_name(c.area) for c in done.cells})
    for (function, months, said), institutions in _alike(done).items():
        for areas, names in _together(institutions):
            table.add_row(function, months, "; ".join(names), _areas(areas, every), *said)
    return table


def _areas(areas: Sequence[str], every: Sequence[str]) -> str:
    """Provinces by name, or those left out where they are fewer."""
    left = [name for name in every if name not in areas]
    if not left:
        return "all"
    return f"all but {', '.join(left)}" if len(left) < len(areas) else ", ".join(areas)


def _alike(done: Overlap) -> dict[tuple[str, str, tuple[str, str, str]], dict[str, list[str]]]:
    """Cells of one function that say the same in the same months: the provinces of each institution."""
    found: dict[tuple[str, str, tuple[str, str, str]], dict[str, list[str]]] = {}
    for cell in done.cells:
        for s in cell.spells:
            months = str(s.first) if s.first == s.last else f"{s.first}..{s.last}"
            national = " (national)" if s.national else ""
            pairs = "; ".join(dict.fromkeys(_pair(p) for p in (*s.pairs, *s.delivered_pairs)))
            said = (f"{s.served.words}{national}", s.delivered.words, pairs)
            areas = found.setdefault((cell.function, months, said), {})
            areas.setdefault(cell.institution or "none named", []).append(province_name(cell.area))
    return dict(sorted(found.items(), key=lambda item: item[0][:2]))


def _together(institutions: dict[str, list[str]]) -> list[tuple[list[str], list[str]]]:
    """Institutions of which the same provinces are said."""
    same: dict[tuple[str, ...], list[str]] = {}
    for name, areas in institutions.items():
        same.setdefault(tuple(areas), []).append(name)
    return [(list(areas), names) for areas, names in same.items()]


def _pair(pair: Pairing) -> str:
    kind = pair.kind.value if pair.kind else "authority unknown"
    return f"{' and '.join(pair.missions)}: {kind}{'' if pair.sure else ', perhaps'}"


def _overlap_lines(done: Overlap) -> list[str]:
    lines = [
        "Served by mandate: tasks for the whole country or naming the province.",
        "An unknown cell has rows that lack an institution, a province, an authority or dates.",
        "Rows without an end count as going on.",
        "Uncovered: by no task on file. A mission whose tasks are not on file may do it all the same.",
    ]
    if done.silent:
        lines.append(f"No row says what these missions do, so no cell holds them: {', '.join(done.silent)}.")
    return lines
