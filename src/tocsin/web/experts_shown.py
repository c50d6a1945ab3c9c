"""What experts gave on a case's questions and choices, side by side; where they differ comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Callout, Column, Heading, Paragraph, Table
from tocsin.brief.sections.decision_words import span
from tocsin.decide.elicitation import inputs_seen
from tocsin.web.own_blocks import row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.brief.blocks import Block, Cell
    from tocsin.case import Case
    from tocsin.case.options import Choice
    from tocsin.case.questions import Question
    from tocsin.decide.elicitation import InputSeen


def expert_tables(case: Case) -> tuple[Block, ...]:
    """Every question and choice on which experts filled in a form."""
    return tuple(_tables(case)) or (
        Callout("note", "No expert has filled in a form. tocsin elicit QUESTION --form NAME.csv writes one."),
    )


def _tables(case: Case) -> Iterator[Block]:
    names = {actor.actor_id: actor.name for actor in case.actors}
    every: tuple[Question | Choice, ...] = (*case.questions, *case.choices)
    for asked in every:
        given = sorted((e for e in case.elicited if e.about == asked.id), key=lambda e: e.expert)
        experts = [each for each in given if not each.is_empty]
        if not given:
            continue
        yield Heading(asked.question, level=2, id=f"experts-{asked.id}")
        empty = [each.expert for each in given if each.is_empty]
        if empty:
            yield Paragraph(f"Filled in nothing, so that theirs is unknown: {', '.join(empty)}.")
        if experts:
            seen = inputs_seen(asked, experts, names=names)
            rows = tuple(_row(each) for each in seen)
            columns = (
                Column("Input"), Column("Unit"), Column("In the case"), Column("Experts", unit="lowest to highest; middle"),
                Column("Where they part"),
            )  # fmt: skip
            yield Table(f"{asked.question} Ranges of {len(experts)} experts", columns, rows,
                        note=f"How the answer differs by expert: tocsin elicit {asked.id}.")  # fmt: skip


def _row(seen: InputSeen) -> tuple[Cell, ...]:
    given = [f"{g.expert}: {span(g.low, g.high)}; {g.mid:g}" for g in seen.given]
    given += [f"{expert}: unknown" for expert in seen.unanswered]
    apart = [f"{a.lower} and {a.higher} share no value, {a.gap:g} apart" for a in seen.apart]
    apart += [f"{expert} and the case share none" for expert in seen.apart_from_case]
    case = None if seen.case is None else f"{span(seen.case.low, seen.case.high)}; {seen.case.mid:g}"
    return row(seen.name, seen.unit, case, "; ".join(given), "; ".join(apart) or "nowhere")
