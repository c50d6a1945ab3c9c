"""What a mission's model rests on, and whether it would hold elsewhere: conditions, past missions, and a check of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Callout, Cell, Column, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.sections.figures_cited import figures_of
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tocsin.assess.findings import Findings
    from tocsin.assess.transfer import Target, Transfer
    from tocsin.brief.blocks import Block
    from tocsin.mission.transfer import Check, Compared, Finding, Likeness, Near, Standing

UNKNOWN = "unknown"
VETO = "veto"
ABREAST = 4
"""Targets that one table holds beside the origin."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """Conditions at origin and targets, each target's vetoes and nearest past missions, and the check of likeness."""
    if findings.mission is None:
        return ()
    heading = Heading("Would it work elsewhere?", id="transfer")
    done = findings.mission.transfer
    if done is None:
        return heading, Paragraph("No country to compare with is named in the case, or the mission's host is unknown.")
    name = _names(findings)
    return (
        heading,
        Paragraph(
            f"What {done.name} rests on, laid beside {listed(name(t.country) for t in done.targets)}. There is no score, "
            "and countries are not ranked. A veto comes first: where it does not hold, nothing compensates it; where "
            "nobody says, it stays open."
        ),
        *_conditions(done, name),
        *_like_past(done),
        *(block for target in done.targets for block in _target(done, target, name)),
        *_check(done.check),
    )


def _names(findings: Findings) -> Callable[[str], str]:
    """The name a reader knows a country by; its code where no forecast names it."""
    known = {w.area: w.name for w in findings.outlook.warnings} | {findings.home: findings.place}
    return lambda country: known.get(country, country)


def _conditions(done: Transfer, name: Callable[[str], str]) -> tuple[Block, ...]:
    """The table of states, a few targets at a time, and the table of what the sources say."""
    with_rows = [t for t in done.targets if t.preconditions]
    if not with_rows:
        return ()
    parts = [with_rows[i : i + ABREAST] for i in range(0, len(with_rows), ABREAST)]
    return (*(_states(done, part, name) for part in parts), _said(done, with_rows, name))


def _states(done: Transfer, targets: Sequence[Target], name: Callable[[str], str]) -> Table:
    columns = (Column("What must hold"), Column("Kind"), Column(name(done.origin)))
    return Table(
        f"Conditions of {done.name}, where it is and elsewhere; states as entered in the case, with no day set",
        (*columns, *(Column(name(t.country)) for t in targets)),
        tuple(
            (
                Cell(held.statement), Cell(held.kind, emphasis=held.kind == VETO), _state(held.origin),
                *(_state(t.preconditions[i].target) for t in targets),
            )
            for i, held in enumerate(targets[0].preconditions)
        ),
        note="Met or unmet: every source entered that knows says so. Disputed: sources differ. Unknown: no source says.",
    )  # fmt: skip


def _state(standing: Standing) -> Cell:
    return Cell(standing.state, emphasis=standing.state in {"unmet", "disputed"})


def _said(done: Transfer, targets: Sequence[Target], name: Callable[[str], str]) -> Table:
    rows = []
    for i, held in enumerate(targets[0].preconditions):
        there = [(t.country, t.preconditions[i].target) for t in targets]
        for country, standing in ((done.origin, held.origin), *there):
            rows += [
                (Cell(held.statement), Cell(name(country)), Cell(f.state), Cell(f.what or UNKNOWN), Cell(_source(f)))
                for f in standing.findings
                if f.what is not None or f.source_id is not None
            ]
    columns = (Column("What must hold"), Column("Where"), Column("State"), Column("What is said"), Column("Source"))
    return Table(
        "What the states rest on, with source, basis and date as entered in the case", columns, tuple(rows),
        note="A country without a row here has no source on that condition: its state is unknown.",
    )  # fmt: skip


def _source(found: Finding) -> str:
    return ", ".join((found.source_id or f"source {UNKNOWN}", found.basis or f"basis {UNKNOWN}",
                      found.date or f"date {UNKNOWN}"))  # fmt: skip


def _like_past(done: Transfer) -> tuple[Block, ...]:
    if all(t.likeness is None for t in done.targets):
        return ()
    return (
        Paragraph(
            "Past missions are compared by the situation they began in. 0 would be alike in all that is known. What is "
            f"compared, each with the same weight: {'; '.join(done.variables)}. What is unknown on one side is left out of "
            "that pair. Outcomes are deaths a year of all types over the three years after the exit, over the two before, "
            "10 added to each; worse is above 1.5."
        ),
    )


def _target(done: Transfer, target: Target, name: Callable[[str], str]) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(name(target.country), level=3, id=f"transfer-{target.country.lower()}")]
    if target.preconditions:
        blocks.append(Bullets(_vetoes(target.preconditions, origin=name(done.origin))))
    if target.likeness is not None:
        blocks += [Paragraph(_likeness(target.likeness)), _nearest(done, target.likeness, name(target.country))]
    blocks += [Paragraph(f"{note[:1].upper()}{note[1:]}.") for note in target.notes]
    return tuple(blocks)


def _vetoes(held: tuple[Compared, ...], *, origin: str) -> tuple[tuple[Strong | Text, ...], ...]:
    """What the vetoes say together, state by state, and how many of the other conditions hold."""
    vetoes = [c for c in held if c.kind == VETO]
    others = [c for c in held if c.kind != VETO]
    by_state = {
        s: [_stated(c, origin) for c in vetoes if c.target.state == s] for s in ("unmet", "disputed", UNKNOWN, "met")
    }
    told = {
        "unmet": ("Does not hold, and nothing compensates it: ", "."),
        "disputed": ("Open veto, as sources differ: ", "."),
        UNKNOWN: ("Open veto, as nobody says whether it holds: ", "."),
        "met": ("Holds: ", "."),
    }
    lines = [
        (Strong(told[state][0]), Text("; ".join(statements) + told[state][1]))
        for state, statements in by_state.items()
        if statements
    ]
    if not vetoes:
        lines.append((Strong("No veto is entered: "), Text("what would rule the mission out here is unknown.")))
    if others:
        count = {s: sum(c.target.state == s for c in others) for s in ("met", "unmet", "disputed", UNKNOWN)}
        text = ", ".join(f"{n} {state}" for state, n in count.items() if n)
        lines.append((Strong("Other conditions: "), Text(f"{text}, of {len(others)}.")))
    return tuple(lines)


def _stated(held: Compared, origin: str) -> str:
    """A condition, and how it stands where the mission is, unless it holds there."""
    return held.statement if held.origin.state == "met" else f"{held.statement} (in {origin}: {held.origin.state})"


def _likeness(like: Likeness) -> str:
    share = like.not_worse
    first = f"{like.nearest[0].distance:.2f}" if like.nearest else UNKNOWN
    side = {None: "whether this is outside the cases is unknown", True: "beyond it, so outside the cases",
            False: "within it, so not outside the cases"}[like.outside]  # fmt: skip
    known = (
        f"Of the {len(like.nearest)} nearest, the outcome of {share.n} is known; {share.count} of these did not go worse "
        f"(90 % interval {100 * share.lower:.0f} to {100 * share.upper:.0f} %)."
        if share.n
        else "The outcome of none of the nearest is known."
    )
    return f"{known} The nearest lies at {first}; the limit of the cases is {like.limit:.2f}: {side}."


def _nearest(done: Transfer, like: Likeness, country: str) -> Table:
    rows = [_near(near) for near in like.nearest]
    rows += [_near(near, note=" (the same country, so not among the nearest)") for near in like.same_country]
    return Table(
        f"Past missions that began in a situation most like that of {country}, begun in {like.year}; "
        f"{figures_of(done.sources)}",
        (
            Column("Mission"), Column("Country"), Column("Years"), Column("Distance", "right"),
            Column("Compared", "right", f"of {len(done.variables)}"), Column("After over before", "right", "deaths"),
            Column("It went"),
        ),
        tuple(rows),
    )  # fmt: skip


def _near(near: Near, *, note: str = "") -> tuple[Cell, ...]:
    past = near.past
    went = UNKNOWN if past.worse is None else "worse" if past.worse else "not worse"
    return (
        Cell(past.mission + note), Cell(past.country), Cell(f"{past.start_year} to {past.exit_year}"),
        Cell(f"{near.distance:.2f}", sort=near.distance), Cell(str(near.compared)),
        Cell(UNKNOWN if past.ratio is None else f"{past.ratio:.2f}", sort=past.ratio), Cell(went),
    )  # fmt: skip


def _check(check: Check) -> tuple[Block, ...]:
    auc = UNKNOWN if check.auc is None else f"{check.auc:.2f}"
    return (
        Heading("Does likeness foretell anything?", level=3, id="transfer-check"),
        Callout(
            "caution",
            (
                Strong(f"{check.says[:1].upper()}{check.says[1:]}. "),
                Text(
                    f"Tested on {check.n} past missions, of which {check.worse} went worse. Each country was left out in "
                    f"turn, and its outcome foretold from the nearest missions elsewhere. Brier score {check.brier:.3f}, "
                    f"against {check.brier_base:.3f} for the base rate alone (lower is better); area under the curve "
                    f"{auc} (0.50 is chance); p {check.p:.2f} by shuffled outcomes."
                ),
            ),
        ),
    )


SECTION = Section("transfer", nothing, annex)
