"""Why: what drives each of the highest warnings, and the nearest past situations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Cell, Column, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.sections.section import Section, nothing
from tocsin.brief.sections.wording import counted, likelihood
from tocsin.vocabulary import deaths

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.brief.blocks import Block
    from tocsin.forecast.explain.situations import Situation
    from tocsin.forecast.forecast import Forecast
    from tocsin.warn.warning import AreaWarning

REASONS = 4
HIGHEST = 5
"""Countries that the brief explains beside the case's own."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """The reasons of the explained warnings: provinces of the replay, then countries."""
    blocks: list[Block] = [
        Heading("Why these warnings", id="why"),
        Paragraph(
            "Each warning names the groups of signs that moved the forecast most, with the strongest sign of each and its "
            "value, and the three past situations that the model puts beside it, with what followed. A sign that moves "
            "a forecast is no cause."
        ),
        Paragraph(
            "The highest warnings are taken apart: what the model would say of the same area with no deaths on record there or "
            "among its neighbours and middling drivers, and how many points each part of the record adds when it is put back, "
            "the forecast drawn again each time; the points add up to the probability. What would make an alert go away was "
            "found in the same way, by drawing again from months to come as they might be; a change counts only if the past has "
            "seen it after one in twenty situations alike. It says what the model goes by, not how to bring a change about."
        ),
    ]
    if findings.study:
        replay = findings.study.replay
        blocks += _explained(replay.warnings, f"Provinces, data through {replay.origin.words}", replay.forecast)
    if findings.newest:
        newest = findings.newest
        blocks += _explained(newest.warnings, f"Provinces, data through {newest.origin.words}", newest.forecast)
    outlook = findings.outlook
    shown = tuple(w for w in outlook.warnings if w.rank <= HIGHEST or w.area == findings.home)
    blocks += _explained(shown, f"Countries, data through {outlook.forecast.origin.words}", outlook.forecast)
    return tuple(blocks)


def _explained(warnings: tuple[AreaWarning, ...], title: str, forecast: Forecast) -> list[Block]:
    told = [w for w in warnings if w.drivers]
    if not told:
        return []
    apart = [w for w in told if w.parts]
    taken = [Bullets(tuple(_apart(w) for w in apart))] if apart else []
    return [Heading(title, level=3), Bullets(tuple(_why(w) for w in told)), *taken, _nearest(told, title, forecast)]


def _apart(warning: AreaWarning) -> tuple[Text | Strong, ...]:
    """What the probability is made of, and what would make the alert go away."""
    assert warning.parts is not None, "only warnings taken apart come here"
    changes = " ".join(warning.unwarn.sentences) if warning.unwarn else "It is no alert at the budgets shown."
    return (
        Strong(warning.name), Text(f": {warning.parts.words}. "), Strong("What would have to change: "), Text(changes),
    )  # fmt: skip


def _why(warning: AreaWarning) -> tuple[Text | Strong, ...]:
    reasons = "; ".join(d.words for d in warning.drivers[:REASONS])
    return (
        Strong(f"{warning.rank}. {warning.name}"),
        Text(f": {warning.question.words.split(' (')[0]}, {likelihood(warning.p)}. Last month {deaths(warning.last_month)} "
             f"deaths, last year {deaths(warning.last_year)} a month. {reasons[:1].upper()}{reasons[1:]}."),
    )  # fmt: skip


def _nearest(warnings: list[AreaWarning], title: str, forecast: Forecast) -> Table:
    rows = tuple(
        (
            Cell(w.name), Cell(s.area), Cell(str(s.month)), Cell(deaths(s.before), sort=s.before),
            Cell(_followed(s)), Cell(deaths(max(s.followed)) if s.followed else "not known"),
        )
        for w in warnings
        for s in w.nearest
    )  # fmt: skip
    return Table(
        f"Nearest past situations. {title}",
        (
            Column("Warned of"), Column("Nearest: area"), Column("As of"),
            Column("Year before", "right", "deaths a month"), Column("Then, month by month", "left", "deaths"),
            Column("Worst month", "right", "deaths"),
        ),
        rows,
        note=f"Counts {counted(forecast.target)}, {forecast.vintage}. Nearest by the share of the model's trees that put the two "
        "together; situations of one area lie a year apart. What followed is given as far as it was known.",
    )  # fmt: skip


def _followed(situation: Situation) -> str:
    return ", ".join(deaths(x) for x in situation.followed)


SECTION = Section("warnings", nothing, annex)
