"""The replay: what would have been said before the fall, beside what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Cell, Column, Figure, Heading, Judgement, Pair, Paragraph, Strong, Table, Text
from tocsin.brief.charts import DEATHS, PROBABILITY, Frame
from tocsin.brief.charts.map import MapArea, country_map
from tocsin.brief.charts.track import RankLine, track
from tocsin.brief.sections.fans import fan_of
from tocsin.brief.sections.section import Section
from tocsin.brief.sections.wording import deaths_cell, likelihood, listed, p_cell
from tocsin.vocabulary import Target, deaths, percent, province_name

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.replay import Replay
    from tocsin.assess.study import Lead, Study
    from tocsin.brief.blocks import Block
    from tocsin.warn.warning import AreaWarning

SHOWN = 6


def page(findings: Findings) -> tuple[Block, ...]:
    """The judgement, two maps and the table of provinces."""
    study = findings.study
    if study is None:
        return ()
    replay = study.replay
    return (
        Heading(f"Replay: as known at the end of {replay.origin.words}", id="replay"),
        Judgement(_judgement(study), confidence=_confidence(study)),
        Pair(_said(findings, replay), _came(findings, replay)),
        _table(study),
    )


def annex(findings: Findings) -> tuple[Block, ...]:
    """Where the provinces of interest stood at each origin, how early an alert came, and fans."""
    study = findings.study
    if study is None:
        return ()
    return (
        Heading(f"The replay, month by month: {findings.place}", id="replay-months"),
        Paragraph(_seen(findings, study)),
        _track(study),
        _standings(study),
        _leads(study),
        *_fans(study),
    )


def _judgement(study: Study) -> tuple[Text | Strong, ...]:
    replay = study.replay
    spans: list[Text | Strong] = []
    for area, onset in study.onsets.items():
        if onset <= replay.origin:
            continue
        warning = _warning(replay, area)
        came = replay.came[area]
        spans += [
            Text(f"Escalation in {warning.name} within {replay.within} months would have been called "),
            Strong(likelihood(warning.p)),
            Text(
                f", rank {warning.rank} of {len(replay.warnings)}{_own(warning, study.budgets[0])}; "
                f"{deaths(study_deaths(study, area))} deaths came in {onset.words} alone, {deaths(came.total)} within "
                f"the {replay.within} months. "
            ),
        ]
    top = replay.warnings[0]
    spans.append(Text(f"The warning that ranked first was {top.name}, {likelihood(top.p)}. {_lesson(study)}"))
    return tuple(spans)


def _own(warning: AreaWarning, budget: int) -> str:
    own = next((o for o in warning.own if o.budget == budget), None)
    if own is None or not own.alerts:
        return ""
    right = "none" if own.hits == 0 else str(own.hits)
    return f" (its {own.alerts} earlier alerts at {budget} a month: {right} right)"


def _lesson(study: Study) -> str:
    """What the study shows, said from its own numbers."""
    later = [a for a, onset in study.onsets.items() if onset > study.replay.origin]
    if later and all(_warning(study.replay, a).p < 0.2 for a in later):
        return "No probability here would have moved a minister: the deaths recorded before the fall did not hold the signal."
    return ""


def study_deaths(study: Study, area: str) -> int:
    """Deaths in the month an area fell into violence."""
    truth = study.truth
    return int(truth.deaths[truth.areas.index(area), study.onsets[area] - truth.first])


def _confidence(study: Study) -> str:
    smallest = study.records()[0]
    first, last = study.answers.origins[0], study.answers.origins[-1]
    precision = "no alert" if smallest.precision is None else f"{percent(smallest.precision)} of alerts"
    return (
        f"Confidence is low. At {smallest.budget} alerts a month over {first} to {last}, {precision} were followed by "
        f"escalation within {study.replay.within} months, and the forest is experimental for provinces."
    )


def _warning(replay: Replay, area: str) -> AreaWarning:
    return next(w for w in replay.warnings if w.area == area)


def _counted(study: Study) -> str:
    target = study.truth.target
    return Target(target).words if target in set(Target) else target


def _said(findings: Findings, replay: Replay) -> Figure:
    areas = [MapArea(w.name, findings.shapes[w.area], w.p, label=w.name) for w in replay.warnings]
    frame = Frame("said", f"Said: escalation within {replay.within} months", width=340)
    return Figure(
        country_map(areas, PROBABILITY, frame=frame, show=percent, context=_context(findings)),
        caption=f"What would have been said at the end of {replay.origin.words}.",
        alt=f"Map of {findings.place}: probability of escalation by province, highest {replay.warnings[0].name}.",
        width="half",
    )


def _came(findings: Findings, replay: Replay) -> Figure:
    areas = [MapArea(w.name, findings.shapes[w.area], replay.came[w.area].peak, label=w.name) for w in replay.warnings]
    worst = max(replay.warnings, key=lambda w: replay.came[w.area].peak or 0)
    frame = Frame("came", f"Came: worst month of the next {replay.within}", width=340)
    return Figure(
        country_map(areas, DEATHS, frame=frame, show=deaths, context=_context(findings)),
        caption=f"What came from {(replay.origin + 1).words} to {(replay.origin + replay.within).words}: deaths in the "
        "worst month.",
        alt=f"Map of {findings.place}: deaths in the worst month by province, most in {worst.name}.",
        width="half",
    )


def _context(findings: Findings) -> list[object]:
    return [shape for area, shape in findings.shapes.items() if "/" not in area and area != findings.home]


def _table(study: Study) -> Table:
    replay = study.replay
    shown = [w for w in replay.warnings if w.rank <= SHOWN or w.area in study.onsets]
    budget = study.budgets[0]
    rows = []
    for w in shown:
        own = next((o for o in w.own if o.budget == budget), None)
        other = next(b for b in replay.beside if b.area == w.area)
        came = replay.came[w.area]
        rows.append(
            (
                Cell(f"{w.rank}"), Cell(w.name, emphasis=w.area in study.onsets),
                p_cell(w.p, emphasis=True), Cell(w.likelihood.value),
                p_cell(w.probabilities[f"p100_within_{replay.within}"]), Cell(f"{percent(other.p)}, {other.rank}"),
                Cell(w.visibility or "unknown"),
                Cell("no alert before" if own is None or not own.alerts else f"{own.hits} of {own.alerts}"),
                deaths_cell(came.peak, emphasis=w.area in study.onsets),
            )
        )  # fmt: skip
    return Table(
        f"Provinces as they would have been ranked at the end of {replay.origin.words}, and what came",
        (
            Column("Rank", "right"), Column("Province"), Column("Escalation", "right", f"within {replay.within} months"),
            Column("In words"), Column("100 or more", "right", "deaths in a month"),
            Column("Simple model", "right", "escalation, rank"), Column("Seen"),
            Column("Own earlier alerts", "right", f"hits, at {budget} a month"),
            Column("Came", "right", "worst month, deaths"),
        ),
        tuple(rows), row_head=1,
        note=f"Counts {_counted(study)}, {study.truth.vintage}, data through {replay.origin.words}. Escalation: the "
        f"mean of the {replay.within} months ahead at least three times that of the last twelve, and at least 25 a month. "
        "Simple model: negative binomial on the province's own mean. UCDP did not itself cover Iraq until about 2015: this is "
        "what today's figures would have shown, not what was on a desk in 2014.",
    )  # fmt: skip


def _seen(findings: Findings, study: Study) -> str:
    replay = study.replay
    silent = []
    for area, onset in study.onsets.items():
        if onset <= replay.origin:
            continue
        row = study.truth.deaths[study.truth.areas.index(area)]
        at = onset - study.truth.first
        before = ", ".join(deaths(x) for x in row[at - 5 : at])
        silent.append(
            f"{province_name(area)}, in the five months before {onset.words}: {before} deaths a month, then "
            f"{deaths(row[at])}"
        )
    return (
        f"What the record holds. {'; '.join(silent)}. Silence in a record is not peace: the flag «seen» says how well "
        f"events are recorded and placed. In the last year seen, {deaths(findings.unplaced)} deaths could be given to "
        "no province and are in no row here."
    )


def _track(study: Study) -> Figure:
    """Every province's rank at each origin, those of interest drawn out."""
    every = {a: study.standings(a) for a in study.truth.areas}
    lines = [
        RankLine(province_name(a), tuple(s.rank for s in standings), highlight=a in study.onsets)
        for a, standings in every.items()
    ]
    names = listed(province_name(a) for a in study.onsets)
    return Figure(
        track(lines, first=study.origins[0], frame=Frame("track", "Rank by escalation at each origin"),
              budget=study.budgets[0]),
        caption=f"Rank of {names} among {len(lines)} provinces, forest, escalation within {study.replay.within} months. "
        f"The shaded band is alerted at {study.budgets[0]} alerts a month.",
        alt="; ".join(
            f"{province_name(a)}: ranks {', '.join(str(s.rank) for s in every[a])} from {study.origins[0]} to "
            f"{study.origins[-1]}" for a in study.onsets
        ),
    )  # fmt: skip


def _standings(study: Study) -> Table:
    names = [province_name(a) for a in study.onsets]
    mine = {a: study.standings(a) for a in study.onsets}
    other = {a: study.standings(a, beside=True) for a in study.onsets}
    rows = []
    for i, origin in enumerate(study.origins):
        cells = [Cell(str(origin))]
        for area, onset in study.onsets.items():
            s, b = mine[area][i], other[area][i]
            fell = " (fell)" if origin >= onset else ""
            cells.append(Cell(f"{s.rank} at {percent(s.p)}{fell}", shade=1 - min(s.rank, 10) / 10, sort=s.p))
            cells.append(Cell(f"{b.rank} at {percent(b.p)}", sort=b.p))
        rows.append(tuple(cells))
    columns = [Column("Origin")]
    for name in names:
        columns += [
            Column(name, "right", "forest: rank, probability"),
            Column(name, "right", "simple: rank, probability"),
        ]
    return Table(
        f"Where {listed(names)} stood among {len(study.truth.areas)} provinces: escalation within "
        f"{study.replay.within} months",
        tuple(columns), tuple(rows),
        note="Forest: pooled quantile forest (experimental for provinces). Simple: negative binomial on own mean, the "
        "model to beat.",
    )  # fmt: skip


def _leads(study: Study) -> Table:
    rows = []
    for model, beside in (("forest", False), ("simple", True)):
        records = {r.budget: r for r in study.records(beside=beside)}
        rows += [
            (
                Cell(province_name(x.area)), Cell(model), Cell(str(x.budget)), Cell(_lead(x)),
                Cell("none" if x.unbroken is None else f"{x.unbroken}"), Cell(f"{len(x.alerts)} of {x.origins}"),
                Cell("none" if (r := records[x.budget]).false_alarms_an_area_year is None
                     else f"{r.false_alarms_an_area_year:.2f}"),
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
        f"{first} to {last}. An alert that does not stand until the month it warns of has been withdrawn before.",
    )  # fmt: skip


def _lead(lead: Lead) -> str:
    return "never alerted" if lead.months is None else f"{lead.months} ({lead.alerts[0]})"


def _fans(study: Study) -> tuple[Block, ...]:
    replay = study.replay
    areas = [a for a, onset in study.onsets.items() if onset > replay.origin]
    top = replay.warnings[0].area
    return tuple(
        fan_of(replay.forecast, replay.history, area, truth=study.truth) for area in dict.fromkeys([*areas, top])
    )


SECTION = Section("replay", page, annex)
