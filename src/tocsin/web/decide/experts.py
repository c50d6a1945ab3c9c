"""What experts gave on a case's questions and choices, side by side; where they differ comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Callout, Column, Heading, Paragraph, Table
from tocsin.brief.sections.decision_words import points, span
from tocsin.decide.elicitation import inputs_seen
from tocsin.web.blocks.own import row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
            yield _side_by_side(asked, [each.expert for each in experts], inputs_seen(asked, experts, names=names))


def _side_by_side(asked: Question | Choice, experts: Sequence[str], seen: Sequence[InputSeen]) -> Table:
    columns = (
        Column("Input"), Column("Unit"), Column("In the case"), *(Column(expert) for expert in experts),
        Column("Where they part"),
    )  # fmt: skip
    return Table(
        f"Ranges of {len(experts)} experts beside the case's own: lowest to highest; middle", columns,
        tuple(_row(each, experts) for each in seen), note=f"How the answer differs by expert: tocsin elicit {asked.id}.",
    )  # fmt: skip


def _row(seen: InputSeen, experts: Sequence[str]) -> tuple[Cell, ...]:
    given = {g.expert: _range(g.low, g.mid, g.high) for g in seen.given}
    case = None if seen.case is None else _range(*seen.case)
    return row(seen.name, seen.unit, case, *(given.get(expert) for expert in experts), _apart(seen))


def _range(low: float, mid: float, high: float) -> str:
    return f"{span(low, high)}; {points(mid)}"


def _apart(seen: InputSeen) -> str | None:
    """Whose ranges share no value; unknown where fewer than two gave one."""
    apart = [f"{a.lower} and {a.higher} share no value, {points(a.gap)} apart" for a in seen.apart]
    apart += [f"{expert} and the case share none" for expert in seen.apart_from_case]
    return "; ".join(apart) or ("nowhere" if len(seen.given) > 1 else None)
