"""Commands: siting."""

from enum import StrEnum
from pathlib import Path

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.siting import siting_case
from tocsin.assess.siting import CaseSiting, SitingMeasure
from tocsin.cli.app import out, print_json, progress
from tocsin.mission.siting import NEAR, Objective, Place, SitingPlan, State
from tocsin.vocabulary import Month, percent

CONSENT = {State.GOOD: "given", State.BAD: "refused", State.UNKNOWN: "unknown"}
SECURITY = {State.GOOD: "acceptable", State.BAD: "not acceptable", State.UNKNOWN: "unknown"}
SHOWN = 20
NAMED = 12


class ConsentAsked(StrEnum):
    """Whether places pass of which no consent is recorded."""

    GIVEN = "given"
    ANY = "any"


class SecurityAsked(StrEnum):
    """Whether places pass of whose security nothing is recorded."""

    ACCEPTABLE = "acceptable"
    ANY = "any"


def siting(
    *, case: str = ".", mission: str | None = None, add: int = 1, objective: Objective = Objective.COVERING,
    reach_km: float = 50.0, measure: SitingMeasure = SitingMeasure.DEATHS_BEST, from_: str | None = None, to: str | None = None,
    where_precision: int = 3, events: Path | None = None, consent: ConsentAsked = ConsentAsked.GIVEN,
    security: SecurityAsked = SecurityAsked.ACCEPTABLE, seconds: float | None = None, json: bool = False,
) -> None:  # fmt: skip
    """Where sites would reach most: exact, with every plan nearly as good.

    The mission's present sites stay. Places where consent is refused or security not acceptable never pass.

    Example: tocsin siting --case iraq --mission nmi --add 1 --consent any --security any

    Args:
        case: a case folder, or the name of one that ships.
        mission: the mission's id; the case's first assessed mission if not given.
        add: how many sites to add.
        objective: covering reaches the most need; p-median lies least far from it.
        reach_km: how far a site reaches, km, straight line.
        measure: what need is counted in.
        from_: first month, as 2017-01; by default the case's own window, or 24 months to the last.
        to: last month.
        where_precision: worst UCDP location precision that counts, 1 (exact place) to 7.
        events: an event file of your own, in place of the case's events.
        consent: given, or any: places pass too of which no consent is recorded.
        security: acceptable, or any: places pass too of whose security nothing is recorded.
        seconds: time limit of the exact search; a plan not proven by then says so.
        json: print JSON.
    """
    with progress("siting"):
        done = siting_case(
            open_case(case), mission=mission, add=add, objective=objective, reach_km=reach_km, measure=measure,
            first=None if from_ is None else Month.parse(from_), last=None if to is None else Month.parse(to),
            where_precision=where_precision, events=events, unknown_consent=consent is ConsentAsked.ANY,
            unknown_security=security is SecurityAsked.ANY, seconds=seconds,
        )  # fmt: skip
    if json:
        print_json(as_json(done, case=case, add=add))
        return
    if done.found.plans:
        out.print(_table(done))
    for line in said(done, add=add):
        out.print(line, soft_wrap=True, markup=False)


def as_json(done: CaseSiting, *, case: str, add: int) -> dict[str, object]:
    """The documented shape of `siting --json`."""
    found, best = done.found, done.found.best
    battle = None if found.battle is None else {
        "province": found.battle.province, "from": str(found.battle.first), "to": str(found.battle.last),
        "deaths": found.battle.deaths, "share": found.battle.share,
    }  # fmt: skip
    return {
        "case": case, "mission": done.mission, "objective": found.objective.value, "measure": done.measure.value,
        "reach_km": found.reach_km, "add": add, "source": done.source,
        "from": None if done.window is None else str(done.window[0]),
        "to": None if done.window is None else str(done.window[1]),
        "present": [{"site_id": s.site_id, "name": s.name} for s in done.present],
        "not_placed": [s.site_id for s in done.not_placed],
        "total": found.total, "now": found.now, "battle": battle,
        "status": None if best is None else best.status, "proven": None if best is None else best.proven,
        "gap": None if best is None else best.gap,
        "plans": [_plan(plan) for plan in found.plans], "more": found.more, "near": NEAR,
        "in_every": [p.place_id for p in found.in_every], "in_some": [p.place_id for p in found.in_some],
        "passing": len(found.passing), "refused": [p.place_id for p in found.refused],
        "unrecorded": [{**_place(p), "unknown": list(p.unrecorded)} for p in found.unrecorded],
        "said": said(done, add=add),
    }  # fmt: skip


def _place(place: Place) -> dict[str, object]:
    """A place with its coordinates rounded to a tenth of a degree."""
    return {
        "place_id": place.place_id, "name": place.name, "province": place.province, "lat": round(place.lat, 1),
        "lon": round(place.lon, 1), "consent": CONSENT[place.consent], "security": SECURITY[place.security],
    }  # fmt: skip


def _plan(plan: SitingPlan) -> dict[str, object]:
    return {
        "sites": [_place(p) for p in plan.sites], "value": plan.value, "short": plan.short, "gain": plan.gain,
        "gain_low": plan.gain_low, "gain_high": plan.gain_high, "without_battle": plan.without_battle,
        "one_battle": plan.one_battle, "rests_on_unknown": list(plan.unrecorded),
    }  # fmt: skip


def said(done: CaseSiting, *, add: int) -> list[str]:
    """What a reader must know beside the table, in words."""
    found, best = done.found, done.found.best
    lines = [_basis(done)]
    if best is None:
        lines += _why_none(done, add=add)
    else:
        proof = "proven: no plan is better" if best.proven else f"not proven: a better plan could gain {best.gap:.1%}"
        lines.append(f"The first plan is {proof}. {_how_many(done)}")
        if found.in_every:
            lines.append(f"In every plan listed: {', '.join(p.name for p in found.in_every)}.")
        if any(plan.one_battle for plan in found.plans) and found.battle is not None:
            battle = found.battle
            lines.append(
                f"One battle: more than half of the gain goes away without {battle.words}, "
                f"which holds {percent(battle.share)} of the deaths of the window."
            )
        if rests := sorted({what for plan in found.plans for what in plan.unrecorded}):
            lines.append(f"These plans rest on {' and '.join(rests)} that nobody has recorded.")
    if done.not_placed:
        lines.append(f"Sites without coordinates count for nothing here: {', '.join(s.name for s in done.not_placed)}.")
    return lines


def _basis(done: CaseSiting) -> str:
    sites = ", ".join(s.name for s in done.present) or "none"
    span = "" if done.window is None else f", {done.window[0]} to {done.window[1]}"
    return f"Counts {done.measure.value}{span}, {done.source}. Present sites kept: {sites}."


def _how_many(done: CaseSiting) -> str:
    count = len(done.found.plans)
    more = {
        True: "; there are more, none better than the last listed", False: "",
        None: "; the search ended at its limit, so there may be more",
    }[done.found.more]  # fmt: skip
    return f"{count} {'plan' if count == 1 else 'plans'} within {NEAR:.0%} of it{more}."


def _why_none(done: CaseSiting, *, add: int) -> list[str]:
    """Why there is no plan, and what would have to be known."""
    found = done.found
    count = f"{len(found.passing)} of {len(found.places)} places pass, and {add} would be added"
    lines = [f"There is no plan: {count}. A place passes when consent is given and security acceptable."]
    if found.passing:
        lines.append(f"Ask for no more than pass, as in --add {len(found.passing)}.")
    if found.refused:
        lines.append(f"Refused or not acceptable: {_names(found.refused)}.")
    lacking = {what: [p for p in found.unrecorded if what in p.unrecorded] for what in ("consent", "security")}
    lines += [f"Not known, the {what} at: {_names(places)}." for what, places in lacking.items() if places]
    if found.unrecorded:
        lines.append(
            "Enter what is known in candidates.csv, or look at what could be with --consent any and --security any."
        )
    return lines


def _names(places: tuple[Place, ...] | list[Place]) -> str:
    more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
    return ", ".join(p.name for p in places[:NAMED]) + more


def _table(done: CaseSiting) -> Table:
    found = done.found
    covering = found.objective is Objective.COVERING
    what = f"{done.measure.value} within {found.reach_km:g} km" if covering else f"mean km to {done.measure.value}"
    table = Table(title=f"{done.mission}: sites added to reach most ({what})")
    for name in ("sites added", "value", "short of best", "gain", "low to high", "without the battle", "one battle"):
        table.add_column(name, justify="left" if name in {"sites added", "one battle"} else "right")
    for plan in found.plans[:SHOWN]:
        table.add_row(
            ", ".join(f"{p.name} ({p.lat:.1f}, {p.lon:.1f})" for p in plan.sites),
            f"{plan.value:,.0f} ({plan.value / found.total:.1%})" if covering else f"{plan.value:,.1f}",
            f"{plan.short:.1%}", _number(plan.gain),
            f"{_number(plan.gain_low)} to {_number(plan.gain_high)}" if plan.gain_low is not None else "unknown",
            _number(plan.without_battle), {True: "yes", False: "no", None: "unknown"}[plan.one_battle],
        )  # fmt: skip
    if len(found.plans) > SHOWN:
        table.caption = f"{len(found.plans) - SHOWN} more plans with --json"
    return table


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}"
