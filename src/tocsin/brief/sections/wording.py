"""Numbers as the brief writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell
from tocsin.vocabulary import Likelihood, Target, deaths, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.warn.record import Record
    from tocsin.warn.warning import AreaWarning


def p_cell(p: float, *, emphasis: bool = False) -> Cell:
    """A probability, tinted by its size."""
    return Cell(percent(p), emphasis=emphasis, shade=min(1.0, p), sort=p)


def hundred(warning: AreaWarning, *, within: int) -> Cell:
    """The probability of a month with 100 or more deaths; words where the case does not ask for it."""
    p = warning.probabilities.get(f"p100_within_{within}")
    return Cell("not asked") if p is None else p_cell(p)


def deaths_cell(n: float | None, *, emphasis: bool = False) -> Cell:
    """A count of deaths; a dash where it is not known."""
    return Cell("not known" if n is None else deaths(n), emphasis=emphasis, sort=n)


def likelihood(p: float) -> str:
    """The ICD 203 word with its number: `unlikely (23 %)`."""
    return f"{Likelihood.of(p).value} ({percent(p)})"


def counted(target: str) -> str:
    """What a target counts, in words; a series' own name where it is none of ours."""
    return Target(target).words if target in set(Target) else target


def share(x: float | None) -> str:
    """A share that was counted, in percent; words where there is nothing to judge by.

    Example:
        >>> share(1.0), share(0.0), share(None)
        ('100 %', '0 %', 'none to judge by')
    """
    return "none to judge by" if x is None else f"{100 * x:.0f} %"


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence.

    Example:
        >>> listed(["Anbar", "Ninewa", "Baghdad"])
        'Anbar, Ninewa and Baghdad'
    """
    every = list(words)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else "none"


def record_cells(record: Record) -> tuple[Cell, ...]:
    """Budget, alerts, precision, base rate, recall, median lead, false alarms a year, and for one area."""
    lead = "no hit" if record.median_lead is None else f"{record.median_lead:.0f}"
    each = record.false_alarms_an_area_year
    return (
        Cell(str(record.budget)),
        Cell(f"{record.alerts:,}"),
        Cell(share(record.precision), sort=record.precision),
        Cell(share(record.base_rate), sort=record.base_rate),
        Cell(f"{share(record.recall)} of {record.cases}" if record.cases else "no case"),
        Cell(lead),
        Cell("none" if record.false_alarms_a_year is None else f"{record.false_alarms_a_year:.0f}"),
        Cell("none" if each is None else f"{each:.2f}"),
    )
