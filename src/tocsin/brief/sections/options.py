"""What each option of a choice does over the futures tested: a page a choice that can be read alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.assess.decision import dissent, preferred, shown_alternatives
from tocsin.brief.blocks import Bullets, Cell, Column, Heading, Judgement, PageBreak, Strong, Table, Text
from tocsin.brief.sections.decision_words import PLACEHOLDERS, UNKNOWN, counted_share, points, sentence, span
from tocsin.brief.sections.option_bars import bars_figures
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.tripwires import steps_table, watch_table
from tocsin.brief.sections.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.assess.decision import ChoiceFindings
    from tocsin.assess.findings import Findings
    from tocsin.brief.blocks import Block, Spans
    from tocsin.decide.options import AlternativeFound, Comparison, Condition, MustBeTrue

SURE = 0.05
"""Above it, a condition may be the luck of the futures drawn."""
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
    return (
        Heading(compared.question, id=f"choice-{compared.choice}"),
        Judgement(_judgement(compared), confidence=_basis(found, demo=demo)),
        *bars_figures(compared),
        *_standings(compared),
        Bullets(tuple(_said(found))),
        *watch_table(found),
        *steps_table(found),
    )


def _judgement(compared: Comparison) -> str:
    """How often each option meets every threshold, and what each viewpoint prefers."""
    if not any(on.known for a in compared.alternatives for on in a.on):
        return f"Nothing is compared. {' '.join(compared.missing)}"
    alone = [a for a in shown_alternatives(compared) if a.meets_all is not None]
    ordered = sorted(alone, key=lambda a: -(a.meets_all or 0.0))[:3]
    met = "; ".join(f"{a.name} in {counted_share(a.meets_all)}" for a in ordered)
    thresholds = (
        f"Futures tested in which every threshold is met: {met}." if met else "Whether thresholds are met is unknown."
    )
    return f"{thresholds} {_dissent(compared)}"


def _dissent(compared: Comparison) -> str:
    found = preferred(compared)
    if not found:
        return "No viewpoint can rank the options."
    said = "; ".join(f"{p.option} by {p.viewpoint}, under {counted_share(p.share)} of the weightings" for p in found)
    split = {True: "Viewpoints differ: preferred are ", False: "Viewpoints agree: preferred is ", None: "Preferred is "}
    return f"{split[dissent(compared)]}{said}."


def _basis(found: ChoiceFindings, *, demo: bool) -> str:
    judged = sum(effect.basis.value == "judgement" for effect in found.given.effects)
    rests = f"{judged} of {len(found.given.effects)} effects are judgement. " if found.given.effects else ""
    return (
        f"{rests}Shares count the {found.compared.futures:,} futures tested, in which all that is uncertain takes every value "
        f"of its range; no future is held to weigh more than another.{f' {PLACEHOLDERS}' if demo else ''}"
    )


def _standings(compared: Comparison) -> tuple[Table, ...]:
    """Thresholds met, and who prefers what."""
    shown = shown_alternatives(compared)
    if not compared.preferences and all(a.meets_all is None for a in shown):
        return ()
    asked = compared.preferences[:VIEWPOINTS]
    rows = tuple(
        (
            Cell(a.name), Cell(counted_share(a.meets_all), sort=a.meets_all), Cell(_missed(compared, a)),
            *(_first(p.rows, a.id) for p in asked),
        )
        for a in shown
    )  # fmt: skip
    left = len(compared.alternatives) - len(shown)
    return (
        Table(
            f"Thresholds, and preference by viewpoint; {compared.futures:,} futures tested, as entered in the case",
            (
                Column("Option"), Column("Meets all", "right", "of the futures"), Column("Missed most"),
                *(Column(p.name[:1].upper() + p.name[1:], "right", "first under") for p in asked),
            ),
            rows,
            note=f"First under: share of {compared.weightings:,} weightings of the criteria that keep the viewpoint's order, each in "
            "a future tested." + (f" {left} more combinations are compared, and not shown." if left else ""),
        ),
    )  # fmt: skip


def _first(rows: tuple[object, ...], name: str) -> Cell:
    share = next((r.acceptability[0] for r in rows if r.alternative == name), None)  # type: ignore[attr-defined]
    return Cell(counted_share(share), sort=share)


def _missed(compared: Comparison, found: AlternativeFound) -> str:
    """The threshold that is missed most, with the share that meets it."""
    met = [(on.meets, c.name) for on, c in zip(found.on, compared.criteria, strict=True) if on.meets is not None]
    if not met:
        return UNKNOWN
    share, name = min(met)
    return "none" if share == 1 else f"{name}, met in {counted_share(share)}"


def _said(found: ChoiceFindings) -> Iterator[Spans]:
    compared = found.compared
    for alternative in shown_alternatives(compared):
        for must in alternative.must_be_true:
            if must.conditions:
                yield Strong(f"What must be true, so that {alternative.name} {must.target}. "), Text(_must(must))
    hard = [a.name for a in shown_alternatives(compared) for m in a.must_be_true if not m.conditions and m.share == 0.0]
    if hard:
        yield Strong("Nothing tested makes it so. "), Text(f"{sentence(listed(hard))[:-1]}: in no future tested.")
    if first := _least_certain(compared):
        yield Strong("Least certain. "), Text(first)
    if stated := list(_stated(compared)):
        yield Strong("What sources state, beside the figures. "), Text(" ".join(stated))
    if compared.not_modelled:
        yield Strong("Not computed. "), Text(sentence(compared.not_modelled))
    if lacking := [*compared.missing, *map(sentence, compared.notes)]:
        yield Strong("Missing, and noted. "), Text(" ".join(lacking))


def _must(must: MustBeTrue) -> str:
    conditions = "; ".join(_condition(c) for c in must.conditions)
    return (
        f"{sentence(conditions)} It holds in {counted_share(must.coverage)} of the futures that do (coverage); of those in which "
        f"it holds, {counted_share(must.density)} do (density); in fresh futures {counted_share(must.fresh_coverage)} and "
        f"{counted_share(must.fresh_density)}."
    )


def _condition(condition: Condition) -> str:
    unit = f" {condition.unit}" if condition.unit else ""
    sides = [
        f"{word} {points(value)}"
        for word, value in (("above", condition.low), ("below", condition.high))
        if value is not None
    ]
    luck = ", which may be the luck of the draw" if condition.quasi_p > SURE else ""
    return f"{condition.name} {' and '.join(sides)}{unit} (tested {span(*condition.span)}){luck}"


def _least_certain(compared: Comparison) -> str:
    """What changes the first place most, viewpoint by viewpoint."""
    said = []
    for p in compared.preferences:
        loud = next((i for i in p.influences if i.above_noise), None)
        alone = f", then {loud.name} ({counted_share(loud.share)})" if loud else ", and no input by itself"
        said.append(f"by {p.name} the weighting ({counted_share(p.by_weighting)}){alone}")
    return f"What changes the first place: {'; '.join(said)}." if said else ""


def _stated(compared: Comparison) -> Iterator[str]:
    names = {option: a.name for a in compared.alternatives if len(a.options) == 1 for option in a.options}
    by = f" (source {compared.source_id})" if compared.source_id else ""
    seen: set[str] = set()
    for a in compared.alternatives:
        for given in a.proposed if len(a.options) == 1 else ():
            if given.why:
                yield sentence(
                    f"{given.name}, proposed by {listed(given.source_ids) if given.source_ids else 'no source'}: {given.why}"
                )
        for heading, words in a.stated:
            if heading not in seen:
                seen.add(heading)
                yield sentence(f"{_heading(heading, names)}{by}: {'; '.join(words)}")
    for heading, words in compared.stated:
        yield sentence(f"{heading.replace('_', ', ')}{by}: {'; '.join(words)}")
    if compared.source_conclusion:
        yield sentence(f"source {compared.source_id or UNKNOWN} concludes: {compared.source_conclusion}")


def _heading(heading: str, names: dict[str, str]) -> str:
    """A heading of stated words by the name of its option: `fast_triggers` is the option's triggers."""
    option = next((o for o in names if heading == o or heading.startswith(f"{o}_")), None)
    if option is None:
        return heading.replace("_", ", ")
    rest = heading.removeprefix(option).strip("_").replace("_", " ")
    return f"{names[option]}, {rest}" if rest else names[option]


SECTION = Section("options", nothing, annex)
