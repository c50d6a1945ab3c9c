"""What followed when missions left, beside all country-years, and what studies found of presence and leaving."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tocsin.brief.blocks import Bullets, Callout, Cell, Column, Figure, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.charts import Frame, RatioRow, ratio_chart
from tocsin.brief.sections.figures_cited import figures_of
from tocsin.brief.sections.section import Section, nothing
from tocsin.mission.exits import BAND, WORSE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.assess.exits import Exits
    from tocsin.assess.findings import Findings
    from tocsin.brief.blocks import Block
    from tocsin.mission.exits import Beside, Outcomes, Share
    from tocsin.sources.effect_evidence import EvidenceCard

UNKNOWN = "unknown"
DRAWN = "all organized"
"""The measure of the picture; the table has both."""

NOT_RETRIEVED = "not retrieved"
MANY = 500
"""From so many on, a share's 90 % interval is narrower than 8 points, and is left out."""

CARRIES_OVER = {
    "high": "Studies that carry over to a few hundred advisers",
    "medium": "Studies that carry over in part",
    "low": "Studies that carry over little",
}
"""How far the findings of a study hold for an advisory mission, by a card's grade."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """The class of exits as picture and table, the country's own rows, and the evidence cards."""
    if findings.mission is None:
        return ()
    done = findings.mission.exits
    return (
        Heading("When missions left", id="exits"),
        Paragraph(
            "Missions that left, beside all countries in all years: deaths a year over the three years after, over those "
            "of the exit year and the year before, 10 added to each. "
            f"Worse is above {WORSE:g}, better below {1 / WORSE:.2f}. Missions neither come nor leave at random: what "
            "followed an exit is not its effect."
        ),
        *_picture(done, findings.place),
        _comparison(done),
        Bullets(tuple(_readings(done))) if done.comparisons else Paragraph("No comparison could be made."),
        *_own(done, findings.place),
        Callout("caution", (Strong("Before these figures are used. "), Text(_sentences(done.faults)))),
        *_studies(done.cards),
    )


def _sentences(faults: tuple[str, ...]) -> str:
    return " ".join(f"{fault[:1].upper()}{fault[1:]}." for fault in faults) or "No fault is known."


def _picture(done: Exits, place: str) -> tuple[Figure, ...]:
    """All exits as dots beside the range of all country-years; left out where no ratio is known."""
    own = _cases(done, own=True)
    rows = [row for c in done.comparisons if c.measure == DRAWN for row in _groups(done, c)]
    if not any(row.known for row in rows):
        return ()
    marked = own[0][0] if own else None
    told = f" {marked}: {own[0][1]:.2f}{_where(done, marked)}." if own else f" No exit from {place} is in the class."
    frame = Frame("exits", "Deaths after over deaths before, exits beside all country-years", heading=False)
    unit = "deaths a year after, over before (1: as before), all types of violence; logarithmic"
    return (
        Figure(
            ratio_chart(rows, frame=frame, unit=unit, same=(1 / WORSE, WORSE), marked=marked),
            caption=f"Deaths after over deaths before, all types of violence, best estimates; {figures_of(done.sources)}.{told}",
            alt="Ratios of exits as dots, over the range of all country-years: "
            + "; ".join(f"{row.name}: {row.told}" for row in rows),
        ),
    )


def _where(done: Exits, marked: str | None) -> str:
    """That the marked exit is missing from the rows of the band, where it is."""
    bands = [c.band for c in done.comparisons if c.measure == DRAWN and c.band is not None]
    outside = any(marked not in {name for name, _ in _cases(done, band=band)} for band in bands)
    return ", with deaths before that lie outside the band" if outside else ""


def _groups(done: Exits, found: Beside) -> tuple[RatioRow, RatioRow]:
    band = _band(found)
    exits, whole = found.exits, found.everywhere
    return (
        RatioRow(f"Exits, {band}", _told(exits, "exits"), _cases(done, band=found.band), exits.low, exits.median, exits.high),
        RatioRow(f"All country-years, {band}", _told(whole, "country-years"), (), whole.low, whole.median, whole.high),
    )  # fmt: skip


def _cases(done: Exits, *, band: tuple[float, float] | None = None, own: bool = False) -> tuple[tuple[str, float], ...]:
    """Name and ratio of the exits with figures, in a band of deaths before; only the countries asked for where `own`."""
    rows = done.rows if own or done.every is None else done.every
    kept = rows.filter(rows["measure"] == DRAWN).drop_nulls(["pre2", "log_ratio3"])
    return tuple(
        (f"{row['country']} {row['exit_year']}, {row['mission']}", math.exp(row["log_ratio3"]))
        for row in kept.iter_rows(named=True)
        if band is None or band[0] <= row["pre2"] < band[1]
    )


def _told(found: Outcomes, what: str) -> str:
    return f"{found.n:,} {what}; median {_spread(found)}"


def _band(found: Beside) -> str:
    return "all" if found.band is None else f"{found.band[0]:g} to {found.band[1]:,g} deaths a year before"


def _comparison(done: Exits) -> Table:
    return Table(
        f"Exits beside all country-years; best estimates, {figures_of(done.sources)}",
        (
            Column("Deaths counted"), Column("Deaths a year before"), Column("Group"),
            Column("Worse", "right", "90 % interval, %"), Column("Better", "right", "90 % interval, %"),
            Column("Median ratio", "right", "10 to 90 %"),
        ),
        tuple(row for found in done.comparisons for row in _pair(found)),
        row_head=2,
        note=f"The band, {BAND[0]:g} to {BAND[1]:,g}, is where there was violence but no war. The intervals of so few are "
        "wide: do not read a count as a rate.",
    )  # fmt: skip


def _pair(found: Beside) -> tuple[tuple[Cell, ...], ...]:
    band = "all" if found.band is None else f"{found.band[0]:g} to {found.band[1]:,g}"
    groups = (("exits", found.exits), ("all country-years", found.everywhere))
    return tuple(
        (
            Cell(found.measure), Cell(band), Cell(name, emphasis=name == "exits"), Cell(_share(of.worse)),
            Cell(_share(of.better)), Cell(_spread(of), sort=of.median),
        )
        for name, of in groups
    )  # fmt: skip


def _share(share: Share) -> str:
    """A count with the interval of its share; of all country-years, which are many, the share alone."""
    if share.share is None:
        return UNKNOWN
    if share.n >= MANY:
        return f"{100 * share.share:.0f} % of {share.n:,}"
    return f"{share.count} of {share.n} ({100 * share.lower:.0f}-{100 * share.upper:.0f})"


def _spread(found: Outcomes) -> str:
    return UNKNOWN if found.median is None else f"{found.median:.2f} ({found.low:.2f}-{found.high:.2f})"


def _readings(done: Exits) -> list[tuple[Strong | Text, ...]]:
    """What each comparison allows to be said, those that say the same together."""
    by_words: dict[str, list[str]] = {}
    for found in done.comparisons:
        by_words.setdefault(found.words, []).append(f"{found.measure}, {_band(found)}")
    return [(Strong(f"{listed_of(which)}: "), Text(f"{words}.")) for words, which in by_words.items()]


def listed_of(which: list[str]) -> str:
    """Groups one after another, a semicolon between, as their names hold commas.

    Example:
        >>> listed_of(["state-based, all", "all organized, all"])
        'State-based, all; all organized, all'
    """
    text = "; ".join(which)
    return text[:1].upper() + text[1:]


def _own(done: Exits, place: str) -> tuple[Block, ...]:
    if done.rows.is_empty():
        return (Paragraph(f"No mission of the class left {place}."),)
    return (
        Table(
            f"Missions of the class that left {place}: deaths a year; {figures_of(done.sources)}",
            (
                Column("Mission"), Column("Years"), Column("Deaths counted"), Column("2 years before", "right", "mean"),
                Column("3 years after", "right", "mean"), Column("Worst year after", "right"),
                Column("Ratio", "right", "after over before"),
            ),
            tuple(_own_row(row) for row in done.rows.iter_rows(named=True)),
        ),
    )  # fmt: skip


def _own_row(row: Mapping[str, object]) -> tuple[Cell, ...]:
    known = row["n_post"]
    after = _deaths(row["post_mean3"]) + ("" if known == 3 else f" ({known} known)")
    log = row["log_ratio3"]
    return (
        Cell(str(row["mission"])), Cell(f"{row['start_year'] or UNKNOWN} to {row['exit_year']}"), Cell(str(row["measure"])),
        Cell(_deaths(row["pre2"])), Cell(after), Cell(_deaths(row["post_max3"])),
        Cell(f"{math.exp(log):.2f}" if isinstance(log, float) else UNKNOWN),
    )  # fmt: skip


def _deaths(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, int | float) else UNKNOWN


def _studies(cards: tuple[EvidenceCard, ...]) -> tuple[Block, ...]:
    lead = Paragraph(
        "Studies of presence, training and leaving are read beside a forecast. None is ever multiplied into one. "
        "Few were of advisers: how far each carries over was set by a person, and the last column says why."
    )
    head = Heading("What studies found", level=3, id="exits-studies")
    if not cards:
        return head, Paragraph("No study is on file: what they found is unknown.")
    grades = dict.fromkeys((*CARRIES_OVER, *(card.applicability for card in cards)))
    groups = [(grade, [card for card in cards if card.applicability == grade]) for grade in grades]
    return head, lead, *(_graded(grade, of) for grade, of in groups if of)


def _graded(grade: str, cards: list[EvidenceCard]) -> Table:
    columns = (
        Column("Study"), Column("What was varied, and measured"), Column("What it found", unit="as printed"),
        Column("For an advisory mission"),
    )  # fmt: skip
    return Table(CARRIES_OVER.get(grade, f"Studies of applicability {grade}"), columns, tuple(map(_card, cards)))


def _card(card: EvidenceCard) -> tuple[Cell, ...]:
    doi = f" doi:{card.doi}." if card.doi else ""
    return (
        Cell(f"{card.citation}.{doi} Design: {card.design}. Checked in: {card.verified}."),
        Cell(f"{card.treatment}: {card.outcome}"),
        Cell(f"{card.direction}. {_estimate(card)} On leaving: {card.withdrawal}."),
        Cell(card.reason),
    )


def _estimate(card: EvidenceCard) -> str:
    if card.estimate == card.interval == NOT_RETRIEVED:
        return "Estimate and interval not retrieved."
    return f"Estimate: {card.estimate}; interval: {card.interval}."


SECTION = Section("exits", nothing, annex)
