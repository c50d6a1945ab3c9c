"""The annex of the replay: every province, every origin, how early an alert came, and at what price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell, Column, Figure, Heading, Paragraph, Table
from tocsin.brief.charts import Frame
from tocsin.brief.charts.track import RankLine, track
from tocsin.brief.sections.fans import fan_of
from tocsin.brief.sections.wording import counted, deaths_cell, hundred, listed, p_cell
from tocsin.vocabulary import deaths, percent, province_name

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.study import Lead, Standing, Study
    from tocsin.brief.blocks import Block
    from tocsin.warn.warning import AreaWarning

MODELS = (("forest", False), ("simple", True))
QUIET_MONTHS = 5


def annex(findings: Findings) -> tuple[Block, ...]:
    """Where the watched provinces stood at each origin, how early an alert came, and fans."""
    study = findings.study
    if study is None:
        return ()
    watched: tuple[Block, ...] = ()
    if study.onsets:
        watched = (Paragraph(_seen(findings, study)), _track(study), _standings(study), _leads(study))
    return (
        Heading(f"The replay, month by month: {findings.place}", id="replay-months"),
        *watched,
        _provinces(study),
        *_fans(study),
    )


def _seen(findings: Findings, study: Study) -> str:
    held = []
    for area, onset in study.onsets.items():
        row = study.truth.deaths[study.truth.areas.index(area)]
        at = onset - study.truth.first
        before = ", ".join(deaths(x) for x in row[at - QUIET_MONTHS : at])
        held.append(
            f"{province_name(area)}: {before} deaths a month in the five before {onset.words}, then {deaths(row[at])}"
        )
    return (
        f"What the record holds. {'; '.join(held)}. Silence in a record is not peace: the flag «seen» says how well events "
        f"are recorded and placed. In the last year seen, {deaths(findings.unplaced)} deaths could be given to no "
        "province and are in no row here."
    )


def _track(study: Study) -> Figure:
    """Every province's rank at each origin, those watched drawn out."""
    every = {a: study.standings(a) for a in study.truth.areas}
    lines = [
        RankLine(province_name(a), tuple(s.rank for s in standings), highlight=a in study.onsets)
        for a, standings in every.items()
    ]
    names = listed(province_name(a) for a in study.onsets)
    told = (f"{province_name(a)}: {', '.join(str(s.rank) for s in every[a])}" for a in study.onsets)
    return Figure(
        track(
            lines, first=study.origins[0], frame=Frame("track", "Rank by escalation at each origin"),
            budget=study.budgets[0],
        ),
        caption=f"Rank of {names} among {len(lines)} provinces, forest, escalation within {study.replay.within} months. "
        f"The shaded band is alerted at {study.budgets[0]} alerts a month.",
        alt=f"Ranks from {study.origins[0]} to {study.origins[-1]}. {'; '.join(told)}.",
    )  # fmt: skip


def _standings(study: Study) -> Table:
    columns = [Column("Origin")]
    for area in study.onsets:
        columns += [Column(province_name(area), "right", f"{model}: rank, probability") for model, _ in MODELS]
    names = listed(province_name(a) for a in study.onsets)
    cells = {
        (area, beside): study.standings(area, beside=beside) for area in study.onsets for _, beside in MODELS
    }  # fmt: skip
    rows = tuple(
        (Cell(str(origin)), *(_standing(cells[key][i], study) for key in cells))
        for i, origin in enumerate(study.origins)
    )
    return Table(
        f"Where {names} stood among {len(study.truth.areas)} provinces: escalation within {study.replay.within} months",
        tuple(columns), rows,
        note=f"Counts {counted(study.truth.target)}, {study.truth.vintage}; each row rests on data through its origin. "
        "Forest: pooled quantile forest, experimental for provinces. Simple: negative binomial on own mean, the model to "
        "beat. «fell»: the month of the fall had come.",
    )  # fmt: skip


def _standing(standing: Standing, study: Study) -> Cell:
    fell = " (fell)" if standing.origin >= study.onsets[standing.area] else ""
    depth = max(0.0, 1 - (standing.rank - 1) / 10)
    return Cell(f"{standing.rank} at {percent(standing.p)}{fell}", shade=depth, sort=standing.p)


def _leads(study: Study) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for model, beside in MODELS:
        price = {r.budget: r.false_alarms_an_area_year for r in study.records(beside=beside)}
        rows += [
            (
                Cell(province_name(x.area)), Cell(model), Cell(str(x.budget)), Cell(_first(x)),
                Cell("none" if x.unbroken is None else str(x.unbroken)), Cell(f"{len(x.alerts)} of {x.origins}"),
                Cell("not known" if (alarms := price[x.budget]) is None else f"{alarms:.2f}"),
            )
            for x in study.leads(beside=beside)
        ]  # fmt: skip
    first, last = study.answers.origins[0], study.answers.origins[-1]
    return Table(
        "Lead time, and its price in false alarms",
        (
            Column("Province"), Column("Model"), Column("Alerts", "right", "a month"),
            Column("First alert", "left", "months before"), Column("Standing alert", "right", "unbroken months before"),
            Column("Alerted", "right", "of the origins before"), Column("False alarms", "right", "a province-year"),
        ),
        tuple(rows),
        note=f"Origins of the study begin {study.origins[0]}: a lead cannot be longer than that. False alarms over "
        f"{first} to {last}; counts {counted(study.truth.target)}, {study.truth.vintage}. "
        "An alert that does not stand until the month it warns of was withdrawn before.",
    )  # fmt: skip


def _first(lead: Lead) -> str:
    if not lead.origins:
        return "no origin before"
    return "never alerted" if lead.months is None else f"{lead.months} ({lead.alerts[0]})"


def _provinces(study: Study) -> Table:
    replay = study.replay
    budget = study.budgets[0]
    return Table(
        f"All provinces as they would have been ranked; data through {replay.origin.words}",
        (
            Column("Rank", "right"), Column("Province"), Column("Escalation", "right", f"within {replay.within} months"),
            Column("100 or more", "right", "deaths in a month"), Column("Simple model", "right", "escalation, rank"),
            Column("Seen"), Column("Own earlier alerts", "right", f"hits, at {budget} a month"),
            Column("Came", "right", "worst month, deaths"),
        ),
        tuple(_province(w, study) for w in replay.warnings), row_head=1,
        note=f"Counts {counted(study.truth.target)}, {study.truth.vintage}. Escalation: the mean of the {replay.within} months "
        "ahead at least three times that of the last twelve, and at least 25 a month. Simple model: negative binomial on "
        "the province's own mean. UCDP did not itself cover Iraq until about 2015: this is what today's figures would have "
        "shown, not what was on a desk in 2014.",
    )  # fmt: skip


def _province(warning: AreaWarning, study: Study) -> tuple[Cell, ...]:
    replay = study.replay
    watched = warning.area in study.onsets
    own = next((o for o in warning.own if o.budget == study.budgets[0]), None)
    simple = next(b for b in replay.beside if b.area == warning.area)
    return (
        Cell(str(warning.rank)), Cell(warning.name, emphasis=watched), p_cell(warning.p, emphasis=True),
        hundred(warning, within=replay.within), Cell(f"{percent(simple.p)}, {simple.rank}"),
        Cell(warning.visibility or "unknown"),
        Cell("no alert before" if own is None or not own.alerts else f"{own.hits} of {own.alerts}"),
        deaths_cell(replay.came[warning.area].peak, emphasis=watched),
    )  # fmt: skip


def _fans(study: Study) -> tuple[Block, ...]:
    replay = study.replay
    areas = [a for a, onset in study.onsets.items() if onset > replay.origin]
    shown = dict.fromkeys([*areas, replay.warnings[0].area])
    return tuple(fan_of(replay.forecast, replay.history, area, truth=study.truth) for area in shown)
