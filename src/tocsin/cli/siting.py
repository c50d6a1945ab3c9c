"""Commands: siting."""

from enum import StrEnum
from pathlib import Path

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.shapes.siting import as_json, said
from tocsin.api.siting import siting_case
from tocsin.assess.siting import CaseSiting, SitingMeasure
from tocsin.cli.app import out, print_json, progress
from tocsin.mission.siting import Objective
from tocsin.vocabulary import Month

SHOWN = 20


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
