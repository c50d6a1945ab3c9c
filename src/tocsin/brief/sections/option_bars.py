"""The pictures of a choice: every option on every criterion, with ranges and thresholds, four criteria to a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.assess.decision import shown_alternatives
from tocsin.brief.blocks import Figure
from tocsin.brief.charts import BarCell, BarCriterion, BarOption, Frame, bars_told, option_bars
from tocsin.brief.sections.decision_words import counted_share, points

if TYPE_CHECKING:
    from tocsin.decide.options import AlternativeFound, Comparison

COLUMNS = 4


def bars_figures(compared: Comparison) -> tuple[Figure, ...]:
    """Pictures of the criteria on which some option has a value."""
    used = [c for c, criterion in enumerate(compared.criteria) if criterion.met is not None]
    return tuple(_figure(compared, used[i : i + COLUMNS], part=i // COLUMNS) for i in range(0, len(used), COLUMNS))


def _figure(compared: Comparison, columns: list[int], *, part: int) -> Figure:
    criteria = [_criterion(compared, c) for c in columns]
    options = [_option(compared, found, columns) for found in shown_alternatives(compared)]
    frame = Frame(f"options-{compared.choice}-{part}", compared.question, heading=False)
    return Figure(
        option_bars(options, criteria, frame=frame, show=points),
        caption=f"Over {compared.futures:,} futures tested: 9 in 10, half of them, the middle; in words the range of 9 in 10.",
        alt=bars_told(options, criteria, show=points),
    )  # fmt: skip


def _criterion(compared: Comparison, column: int) -> BarCriterion:
    given = compared.criteria[column]
    low, high = given.met or (0.0, 1.0)
    return BarCriterion(given.name, given.unit, given.better, low, high, given.must_not_exceed, given.must_reach)


def _option(compared: Comparison, found: AlternativeFound, columns: list[int]) -> BarOption:
    return BarOption(found.name, tuple(_cell(compared, found, c) for c in columns))


def _cell(compared: Comparison, found: AlternativeFound, column: int) -> BarCell:
    on, given = found.on[column], compared.criteria[column]
    asked = given.must_not_exceed is not None or given.must_reach is not None
    meets = f"met in {counted_share(on.meets)}" if asked and on.meets is not None else ""
    return BarCell(on.quantiles, meets)
