"""What each option of a choice does over the futures tested: a page a choice that can be read alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.assess.decision import dissent, preferred, shown_alternatives
from tocsin.brief.blocks import Bullets, Cell, Column, Heading, Judgement, PageBreak, Strong, Table, Text
from tocsin.brief.sections.decision_words import PLACEHOLDERS, counted_share, points, sentence, span
from tocsin.brief.sections.option_bars import bars_figures
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.tripwires import watch_table
from tocsin.brief.sections.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.assess.decision import ChoiceFindings
    from tocsin.assess.findings import Findings
    from tocsin.brief.blocks import Block, Spans
    from tocsin.decide.options import Comparison, Condition, MustBeTrue

SURE = 0.05
"""Above it, a condition may be the luck of the futures drawn."""
BEST = 3
"""Options named in the judgement, and with conditions shown; the command gives all."""
VIEWPOINTS = 4
"""Viewpoints with a column of their own; further ones are told in words."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """A page for each choice."""
    if findings.decision is None:
        return ()
    return tuple(
        block for found in findings.decision.choices for block in (PageBreak(), *_choice(found, demo=findings.demo))
    )


def _choice(found: ChoiceFindings, *, demo: bool) -> tuple[Block, ...]:
    compared = found.compared
    said = tuple(_said(compared))
    return (
        Heading(compared.question, id=f"choice-{compared.choice}"),
        Judgement(_judgement(compared), confidence=_basis(found, demo=demo)),
        *bars_figures(compared),
        *_standings(compared),
        *((Bullets(said),) if said else ()),
        *watch_table(found),
    )


def _judgement(compared: Comparison) -> str:
    """How often each option meets every threshold, and what each viewpoint prefers."""
    if not any(on.known for a in compared.alternatives for on in a.on):
        return f"Nothing is compared. {' '.join(compared.missing)}"
    known = sorted((a for a in compared.alternatives if a.meets_all is not None), key=lambda a: -(a.meets_all or 0.0))
    met = [f"{a.name} in {counted_share(a.meets_all)}" for a in known[:BEST]]
    thresholds = f"Every threshold is met by {listed(met)} of the futures tested." if met else (
        "Whether thresholds are met is unknown." if _asked(compared) else "No threshold is set."
    )  # fmt: skip
    return f"{thresholds} {_dissent(compared)}"


def _asked(compared: Comparison) -> bool:
    """Whether the choice sets a threshold."""
    return any(v is not None for c in compared.criteria for v in (c.must_not_exceed, c.must_reach))


def _dissent(compared: Comparison) -> str:
    """Which option each viewpoint puts first; viewpoints that agree are named together."""
    by_option: dict[str, list[str]] = {}
    for found in preferred(compared):
        by_option.setdefault(found.option, []).append(found.viewpoint)
    if not by_option:
        return "No viewpoint can rank the options."
    split = {True: "Viewpoints differ: ", False: "Viewpoints agree: ", None: "Preferred: "}
    said = [f"{option} for {listed(views)}" for option, views in by_option.items()]
    return f"{split[dissent(compared)]}{'; '.join(said)}."


def _basis(found: ChoiceFindings, *, demo: bool) -> str:
    judged = sum(effect.basis.value == "judgement" for effect in found.given.effects)
    rests = f"{judged} of {len(found.given.effects)} effects are judgement. " if found.given.effects else ""
    return (
        f"{rests}Shares count the {found.compared.futures:,} futures tested; none is held to weigh more than another."
        f"{f' {PLACEHOLDERS}' if demo else ''}"
    )


def _standings(compared: Comparison) -> tuple[Table, ...]:
    """Thresholds met, and who prefers what."""
    shown = shown_alternatives(compared)
    if not compared.preferences and all(a.meets_all is None for a in shown):
        return ()
    asked = compared.preferences[:VIEWPOINTS]
    firsts = [{row.alternative: row.acceptability[0] for row in given.rows} for given in asked]
    met = [Column("Meets all", "right", "of the futures")] if _asked(compared) else []
    left = len(compared.alternatives) - len(shown)
    return (
        Table(
            f"{'Thresholds met, and preference' if met else 'Preference'} by viewpoint, over {compared.futures:,} futures "
            "tested; as entered in the case",
            (Column("Option"), *met, *(Column(f"{p.name[:1].upper()}{p.name[1:]}", "right", "first under") for p in asked)),
            tuple(
                (
                    Cell(a.name), *([Cell(counted_share(a.meets_all), sort=a.meets_all)] if met else []),
                    *(Cell(counted_share(first.get(a.id)), sort=first.get(a.id)) for first in firsts),
                )
                for a in shown
            ),
            note=f"First under: of {compared.weightings:,} weightings that keep the viewpoint's order, each in a future tested."
            + (f" {left} more combinations are compared, and not shown." if left else ""),
        ),
    )  # fmt: skip


def _said(compared: Comparison) -> Iterator[Spans]:
    found = [(a, must) for a in compared.alternatives for must in a.must_be_true if must.conditions]
    for a, must in sorted(found, key=lambda pair: -(pair[1].share or 0.0))[:BEST]:
        yield Strong(f"What must be true, so that {a.name} {must.target}. "), Text(_must(must))
    never = [f"{a.name} {m.target}" for a in shown_alternatives(compared) for m in a.must_be_true if m.share == 0.0]
    if never:
        yield Strong("In no future tested: "), Text(f"{'; '.join(never)}.")
    if first := _least_certain(compared):
        yield Strong("Least certain. "), Text(first)
    if compared.not_modelled:
        yield Strong("Not computed. "), Text(sentence(compared.not_modelled))
    if lacking := [*compared.missing, *map(sentence, compared.notes)]:
        yield Strong("Missing, and noted. "), Text(" ".join(lacking))


def _must(must: MustBeTrue) -> str:
    conditions = "; ".join(map(_condition, must.conditions))
    return (
        f"{sentence(conditions)} Coverage {counted_share(must.coverage)}, density {counted_share(must.density)}; in fresh "
        f"futures {counted_share(must.fresh_coverage)} and {counted_share(must.fresh_density)}."
    )


def _condition(condition: Condition) -> str:
    unit = f" {condition.unit}" if condition.unit else ""
    sides = [
        f"{word} {points(value)}"
        for word, value in (("above", condition.low), ("below", condition.high))
        if value is not None
    ]
    luck = ", which may be the luck of the draw" if condition.quasi_p > SURE else ""
    return f"{condition.name} {' and '.join(sides)}{unit} ({span(*condition.span)}){luck}"


def _least_certain(compared: Comparison) -> str:
    """What changes the first place most, viewpoint by viewpoint."""
    said = []
    for p in compared.preferences:
        loud = next((i for i in p.influences if i.above_noise), None)
        alone = f"{loud.name} {counted_share(loud.share)}" if loud else "no input by itself"
        said.append(f"for {p.name} the weighting {counted_share(p.by_weighting)}, then {alone}")
    return f"Of the changes in first place: {'; '.join(said)}." if said else ""


SECTION = Section("options", nothing, annex)
