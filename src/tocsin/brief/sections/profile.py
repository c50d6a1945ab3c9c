"""The slow drivers of the case's countries: where they stand, and what such conditions were followed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.assess.profile_words import figure, followed_by, level, method, percentile, skill, trend, window
from tocsin.brief.blocks import Bullets, Cell, Column, Figure, Heading, Paragraph, Table
from tocsin.brief.charts.small_multiples import Panel, small_multiples
from tocsin.brief.charts.svg import Frame
from tocsin.brief.sections.section import Section, nothing

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.profile import Profile, Standing
    from tocsin.brief.blocks import Block

FIRST_DRAWN = 1990
HALF = 12
"""Drivers in a picture: more would not fit on a printed page."""


def annex(findings: Findings) -> tuple[Block, ...]:
    """A picture and a table for each of the case's countries."""
    if not findings.profiles:
        return ()
    return (
        Heading("Slow drivers of fragility", id="profile"),
        Paragraph(
            "Yearly figures of the whole country, each with its year. They are not added up: there is no score and no rank. What "
            f"such conditions were followed by is counted over all countries. {method()}"
        ),
        *(block for made in findings.profiles for block in _country(made)),
    )


def _country(made: Profile) -> tuple[Block, ...]:
    return (
        Heading(made.name, level=3, id=f"profile-{made.country.lower()}"),
        *figures(made, width=680),
        table(made),
        Bullets((*window(made), weakly(made))),
    )


def weakly(made: Profile) -> str:
    """How weakly the best of the drivers ranks who breaks next, beside months since the last death."""
    known = [(s.driver.name, made.followed[s.driver.key].skills.get(1)) for s in made.standings]
    best = max(((name, found) for name, found in known if found), key=lambda pair: pair[1].auc.value, default=None)
    since = made.months_since.get(1)
    if best is None or since is None:
        return "How well these drivers rank countries at peace is unknown."
    name, found = best
    return (
        f"Of countries without a death for a year, {100 * found.base:.0f} in 100 see 25 deaths in the next one. The single "
        f"driver that ranks them best is {name[:1].lower()}{name[1:]}: {skill(found)}. Months since the last death: "
        f"{skill(since)}."
    )


def figures(made: Profile, *, width: float) -> tuple[Figure, ...]:
    """The drivers as small multiples, in pictures that fit a page."""
    halves = [made.standings[i : i + HALF] for i in range(0, len(made.standings), HALF)]
    return tuple(_figure(made, half, number=i, width=width) for i, half in enumerate(halves, start=1))


def _figure(made: Profile, half: tuple[Standing, ...], *, number: int, width: float) -> Figure:
    title = f"Slow drivers of {made.name}, {FIRST_DRAWN} to {made.last_year} ({number})"
    panels = [
        Panel(
            s.driver.name, s.driver.unit, s.series, made.band[s.driver.key], newest=_newest(s),
            log=s.driver.ratio and all(v > 0 for _, v in s.series),
        )
        for s in half
    ]  # fmt: skip
    frame = Frame(f"profile-{made.country.lower()}-{number}", title, width=width, heading=False)
    return Figure(
        small_multiples(panels, first=FIRST_DRAWN, last=made.last_year, frame=frame, place=made.name),
        caption=f"{title}. Equal steps are equal factors where changes are told in percent.",
        alt=f"{title}. " + "; ".join(f"{s.driver.name}: {level(s)}, {trend(s)}" for s in half) + ".",
    )


def _newest(standing: Standing) -> str:
    """The newest value in the width of a panel."""
    if standing.value is None:
        return "unknown"
    return f"{figure(standing.value)} ({standing.year}{', old' if standing.old else ''})"


def table(made: Profile) -> Table:
    """Every driver with its level, trend, standing, and what such conditions were followed by."""
    return Table(
        f"Slow drivers of {made.name}, figures to {made.last_year}",
        (
            Column("Driver"), Column("Newest", "right", "year"), Column("Change", "right"),
            Column("Lower", "right", "other countries"), Column("Lower", "right", "own past"),
            Column("25+ deaths", "right", "in a year within 10"), Column("1,000+ deaths", "right", "in a year within 10"),
            Column("Alone", "right", "AUC, 12 months"),
        ),
        tuple(_row(s, made) for s in made.standings),
        note="Newest: last published value, with its year. Lower: share of other countries, and of its own earlier years, with a "
        "lower value. Deaths: of all country-years in the same fifth of the world, with the 95 % interval, beside the share of "
        "all. Alone: at ranking countries without a death for a year by who sees 25 in the next; .5 is no skill. Political "
        "stability and murders are partly measures of violence themselves. "
        f"Figures: {'; '.join(card.source for card in made.cards)}.",
    )  # fmt: skip


def _row(standing: Standing, made: Profile) -> tuple[Cell, ...]:
    known = made.followed[standing.driver.key]
    one = known.skills.get(1)
    auc = (
        Cell("unknown")
        if one is None
        else Cell(f"{one.auc.value:.2f} ({one.auc.lower:.2f}-{one.auc.upper:.2f})", sort=one.auc.value)
    )
    return (
        Cell(f"{standing.driver.name}, {standing.driver.unit}"), Cell(level(standing), sort=standing.value),
        Cell(trend(standing), sort=standing.change), Cell(percentile(standing.world), sort=standing.world),
        Cell(percentile(standing.own), sort=standing.own), Cell(followed_by(standing, known)),
        Cell(followed_by(standing, known, threshold=1000)), auc,
    )  # fmt: skip


SECTION = Section("profile", nothing, annex)
