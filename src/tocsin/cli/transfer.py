"""Commands: transfer."""

from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.shapes.transfer import as_json
from tocsin.api.transfer import transfer_case
from tocsin.assess.transfer import Target, Transfer
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import UNKNOWN, row, say, say_demo, table
from tocsin.mission.transfer import Near, Standing
from tocsin.vocabulary import percent


def transfer(
    *, case: str = ".", mission: str | None = None, to: list[str] | None = None, nearest: int = 5,
    year: int | None = None, seed: int = 1,
    json: bool = False,
) -> None:  # fmt: skip
    """What a mission's model rests on, and whether it holds elsewhere.

    Vetoes come first: nothing compensates one that does not hold, and one that nobody speaks to stays open. Past
    missions are the nearest by their situation at the start. There is no score, and targets are not ranked.

    Example: tocsin transfer --case iraq --mission nmi --to LBN --to SYR

    Args:
        case: a case folder, or the name of one that ships.
        mission: the mission's id; the case's first assessed mission if not given.
        to: a country it would be copied to, ISO3; may be repeated. Those the case compares with if not given.
        nearest: how many past missions to name.
        year: the year it would begin in there; the one after the last year of figures if not given.
        seed: of the shuffles that check whether likeness foretells anything.
        json: print JSON.
    """
    done = transfer_case(open_case(case), mission=mission, to=tuple(to or ()), nearest=nearest, year=year, seed=seed)
    if json:
        print_json(as_json(done, case=case))
        return
    for target in done.targets:
        if target.preconditions:
            out.print(_preconditions_table(done, target))
        if target.likeness is not None and target.likeness.nearest:
            out.print(_nearest_table(target))
            say(_likeness(target))
        for note in target.notes:
            say(f"{target.country}: {note}")
    say(_check(done))
    say_demo(demo=done.demo)


def _preconditions_table(done: Transfer, target: Target) -> Table:
    made = table(
        f"{done.name}: what it rests on, in {done.origin} and in {target.country}", "kind", "what must hold",
        done.origin, target.country, "so",
    )  # fmt: skip
    for held in target.preconditions:
        row(made, held.kind, held.statement, _standing(held.origin), _standing(held.target), held.says)
    return made


def _standing(standing: Standing) -> str:
    said = [
        ", ".join(filter(None, (f.what, f.source_id and f"source {f.source_id} ({f.basis})", f.date)))
        if len(standing.findings) == 1
        else f"{f.state}: " + ", ".join(filter(None, (f.what, f.source_id)))
        for f in standing.findings
    ]
    return "\n".join([standing.state, *filter(None, said)])


def _nearest_table(target: Target) -> Table:
    made = table(
        f"Past missions that began in a situation most like {target.country}'s", "mission", "country", "years",
        "distance", "variables compared", "deaths after over before",
    )  # fmt: skip
    assert target.likeness is not None, "only shown where it is known"
    for near in target.likeness.nearest:
        _near_row(made, near)
    for near in target.likeness.same_country:
        _near_row(made, near, note=" (the same country)")
    return made


def _near_row(made: Table, near: Near, *, note: str = "") -> None:
    past = near.past
    came = UNKNOWN if past.ratio is None else f"{past.ratio:.2f}" + (" worse" if past.worse else " not worse")
    row(
        made, past.mission, past.country + note, f"{past.start_year}-{past.exit_year}", f"{near.distance:.2f}",
        f"{near.compared}, {near.left_out} left out", came,
    )  # fmt: skip


def _likeness(target: Target) -> str:
    like = target.likeness
    assert like is not None, "only said where it is known"
    share = like.not_worse
    side = "beyond it: outside the cases" if like.outside else "within it"
    first = f"{like.nearest[0].distance:.2f}" if like.nearest else UNKNOWN
    return (
        f"{target.country}, begun in {like.year}: not worse after {share.count} of {share.n} of the nearest "
        f"(90 %: {percent(share.lower)} to {percent(share.upper)}). Nearest at {first}; limit of the cases "
        f"{like.limit:.2f}, {side}."
    )


def _check(done: Transfer) -> str:
    check = done.check
    ranked = UNKNOWN if check.auc is None else f"{check.auc:.2f}"
    return (
        f"Does likeness foretell? {check.n} past missions, {check.worse} worse; each country left out in turn: Brier "
        f"{check.brier:.3f} against {check.brier_base:.3f} by the base rate, AUC {ranked}, p {check.p:.2f} by "
        f"shuffling. So: {check.says}."
    )
