"""The replay: what would have been said before the fall, beside what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell, Column, Figure, Heading, Judgement, Pair, Strong, Table, Text
from tocsin.brief.charts import DEATHS, PROBABILITY, Frame
from tocsin.brief.charts.map import MapArea, country_map
from tocsin.brief.sections.replay_months import annex
from tocsin.brief.sections.section import Section
from tocsin.brief.sections.wording import counted, deaths_cell, hundred, likelihood, p_cell, share
from tocsin.brief.words import long_date
from tocsin.vocabulary import deaths, last_day, percent

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from tocsin.assess.findings import Findings
    from tocsin.assess.replay import Replay
    from tocsin.assess.study import Study
    from tocsin.brief.blocks import Block
    from tocsin.warn.warning import AreaWarning

MAP_HEIGHT = 132
GRAVE = 100
"""Deaths in the month of a fall from which a missed warning is called one."""

MOVES_A_MINISTER = 0.2
"""Below this (very unlikely, in ICD 203 words) a probability alone moves nobody to act."""


def page(findings: Findings) -> tuple[Block, ...]:
    """The judgement, two maps and a short table."""
    study = findings.study
    if study is None:
        return ()
    replay = study.replay
    drawn = all(w.area in findings.shapes for w in replay.warnings)
    return (
        Heading(f"As known on {long_date(last_day(replay.origin))}: the replay", id="replay"),
        Judgement(_judgement(study), confidence=_confidence(study)),
        *((Pair(_said(findings, study), _came(findings, study)),) if drawn else ()),
        _table(study),
    )


def _judgement(study: Study) -> tuple[Text | Strong, ...]:
    replay = study.replay
    spans: list[Text | Strong] = [Text(f"Escalation within {replay.within} months would have been called: ")]
    for area, onset in study.onsets.items():
        if onset <= replay.origin:
            continue
        warning = next(w for w in replay.warnings if w.area == area)
        simple = next(w for w in replay.beside if w.area == area)
        spans += [
            Text(f"{warning.name}, "),
            Strong(likelihood(warning.p)),
            Text(
                f", rank {warning.rank} of {len(replay.warnings)}{_own(warning, study.budgets[0])} (simple model: "
                f"{percent(simple.p)}, rank {simple.rank}); then "
                f"{deaths(study.deaths_at_onset(area))} deaths in {onset.words}. "
            ),
        ]
    top = replay.warnings[0]
    if top.area not in study.onsets:
        spans.append(Text(f"First in rank: {top.name}, {likelihood(top.p)}. "))
    return (*spans, Text(_lesson(study)))


def _own(warning: AreaWarning, budget: int) -> str:
    own = next((o for o in warning.own if o.budget == budget), None)
    if own is None or not own.alerts:
        return ""
    return f", after {own.alerts} earlier alerts of which {own.hits or 'none'} came true"


def _lesson(study: Study) -> str:
    """What the study shows, said from its own numbers."""
    later = {
        area
        for area, onset in study.onsets.items()
        if onset > study.replay.origin and study.deaths_at_onset(area) >= GRAVE
    }
    said = [w.p for w in study.replay.warnings if w.area in later]
    if said and max(said) < MOVES_A_MINISTER:
        return "No probability here would have moved a minister: the deaths recorded before did not hold the signal."
    return ""


def _confidence(study: Study) -> str:
    smallest = study.records()[0]
    first, last = study.answers.origins[0], study.answers.origins[-1]
    precision = "no alert was" if smallest.precision is None else f"{share(smallest.precision)} of alerts were"
    return (
        f"Confidence is low. At {smallest.budget} alerts a month over {first} to {last}, {precision} followed by "
        f"escalation within {study.replay.within} months, and the forest is experimental for provinces."
    )


def _said(findings: Findings, study: Study) -> Figure:
    replay = study.replay
    named = {w.area for w in replay.warnings if w.rank <= study.budgets[0]} | set(study.onsets)
    areas = [_area(findings, w, w.p, named=w.area in named) for w in replay.warnings]
    frame = Frame("said", f"Said: escalation within {replay.within} months", width=340, height=MAP_HEIGHT)
    return Figure(
        country_map(areas, PROBABILITY, frame=frame, show=percent, context=_context(findings)),
        caption=f"Probability, data through {replay.origin.words}.",
        alt=f"Map of {findings.place}: probability of escalation by province, highest {replay.warnings[0].name}.",
        width="half",
    )


def _came(findings: Findings, study: Study) -> Figure:
    replay = study.replay
    peaks = {w.area: replay.came[w.area].peak for w in replay.warnings}
    worst = max(replay.warnings, key=lambda w: peaks[w.area] or 0)
    named = {area for area, peak in peaks.items() if (peak or 0) >= 100} | set(study.onsets)
    areas = [_area(findings, w, peaks[w.area], named=w.area in named) for w in replay.warnings]
    frame = Frame("came", f"Came: worst month of the next {replay.within}", width=340, height=MAP_HEIGHT)
    return Figure(
        country_map(areas, DEATHS, frame=frame, show=deaths, context=_context(findings)),
        caption=f"Deaths by the final figures, {replay.origin + 1} to {replay.origin + replay.within}.",
        alt=f"Map of {findings.place}: deaths in the worst month by province, most in {worst.name}.",
        width="half",
    )


def _area(findings: Findings, warning: AreaWarning, value: float | None, *, named: bool) -> MapArea:
    return MapArea(warning.name, findings.shapes[warning.area], value, label=warning.name if named else None)


def _context(findings: Findings) -> list[BaseGeometry]:
    return [shape for area, shape in findings.shapes.items() if "/" not in area and area != findings.home]


def _table(study: Study) -> Table:
    replay = study.replay
    shown = [w for w in replay.warnings if w.rank <= study.budgets[0] or w.area in study.onsets]
    return Table(
        f"First ranks and watched provinces; data through {replay.origin.words}",
        (
            Column("Rank", "right"), Column("Ranks", "right", f"{study.seeds} seeds"), Column("Province"),
            Column("Escalation", "right", "probability"), Column("In words"),
            Column("100+ deaths", "right", "in a month"), Column("Seen"), Column("Came", "right", "worst month"),
        ),
        tuple(_row(w, replay, study) for w in shown), row_head=2,
        note=f"Counts {counted(study.truth.target)}, {study.truth.vintage}.",
    )  # fmt: skip


def _row(warning: AreaWarning, replay: Replay, study: Study) -> tuple[Cell, ...]:
    watched = warning.area in study.onsets
    low, high = study.spread[warning.area]
    return (
        Cell(str(warning.rank)), Cell(str(low) if low == high else f"{low} to {high}"),
        Cell(warning.name, emphasis=watched), p_cell(warning.p, emphasis=True), Cell(warning.likelihood.value),
        hundred(warning, within=replay.within), Cell(warning.visibility or "unknown"),
        deaths_cell(replay.came[warning.area].peak, emphasis=watched),
    )  # fmt: skip


SECTION = Section("replay", page, annex)
