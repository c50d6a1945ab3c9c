"""The documented shape of `siting --json`, and what a reader must know beside it."""

from tocsin.assess.siting import CaseSiting
from tocsin.mission.siting import NEAR, Place, SitingPlan, State
from tocsin.vocabulary import percent

CONSENT = {State.GOOD: "given", State.BAD: "refused", State.UNKNOWN: "unknown"}
SECURITY = {State.GOOD: "acceptable", State.BAD: "not acceptable", State.UNKNOWN: "unknown"}
NAMED = 12


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
