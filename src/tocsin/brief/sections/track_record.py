"""How such warnings fared, and how such draws scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.assess.early_warning import value_points
from tocsin.assess.outlook import REFIT_MONTHS
from tocsin.brief.blocks import Cell, Column, Figure, Heading, Paragraph, Strong, Table, Text
from tocsin.brief.charts import Frame
from tocsin.brief.charts.reliability import reliability
from tocsin.brief.charts.value_curve import value_curve
from tocsin.brief.sections.section import Section
from tocsin.brief.sections.wording import counted, record_cells, share
from tocsin.scores import brier, reliability_table
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.assess.outlook import Outlook
    from tocsin.assess.study import Study
    from tocsin.brief.blocks import Block
    from tocsin.warn.record import Answers

METRICS = {
    "crps": "CRPS, deaths", "log_crps": "CRPS of log(1 + deaths)", "ign": "ignorance, bits",
    "mis": "interval score at 90 %, deaths", "ap25": "average precision, 25 or more deaths",
}  # fmt: skip
COLUMNS = (
    Column("Alerts", "right", "at each origin"), Column("Given", "right"), Column("Precision", "right"),
    Column("Base rate", "right"), Column("New cases warned of", "right"), Column("Median lead", "right", "months"),
    Column("False alarms", "right", "a year"), Column("False alarms", "right", "an area-year"),
)  # fmt: skip


def page(findings: Findings) -> tuple[Block, ...]:
    """How often such warnings were right, in two sentences."""
    outlook = findings.outlook
    smallest = outlook.records(outlook.ranked_by)[0]
    parts = [
        (
            f"Countries: of {smallest.alerts:,} alerts of escalation at {smallest.budget} an origin, "
            f"{share(smallest.precision)} were followed by it, against {share(smallest.base_rate)} of all countries; the "
            f"probabilities expected {outlook.called[0]:.0f} and {outlook.called[1]} came"
        )
    ]
    if findings.study:
        first = findings.study.records()[0]
        parts.append(
            f"Provinces of {findings.place}: of {first.alerts:,} alerts at {first.budget} a month, {share(first.precision)} "
            f"were, against {share(first.base_rate)} of all provinces"
        )
    words = ". ".join(parts) + ". Lead time, false alarms and calibration: annex."
    return (Paragraph((Strong("How such warnings fared. "), Text(words))),)


def annex(findings: Findings) -> tuple[Block, ...]:
    """Track records, scores beside the benchmark, and calibration."""
    blocks: list[Block] = [Heading("Track record and scores", id="scores")]
    if findings.study:
        blocks += [_provinces(findings.study, beside=False), _provinces(findings.study, beside=True)]
    return (*blocks, *annex_of_countries(findings.outlook))


def annex_of_countries(outlook: Outlook) -> tuple[Block, ...]:
    """Countries' track records, scores beside the benchmark, calibration, and what acting was worth."""
    return (*_countries(outlook), _scores(outlook), _reliability(outlook), _worth(outlook))


def _provinces(study: Study, *, beside: bool) -> Table:
    answers = study.beside if beside else study.answers
    model = (
        "negative binomial on own mean, the model to beat" if beside else "pooled quantile forest, experimental here"
    )
    return Table(
        f"Provinces, escalation within {study.replay.within} months: {model}",
        COLUMNS, tuple(record_cells(r) for r in study.records(beside=beside)),
        note=f"Counts {counted(study.truth.target)}, {study.truth.vintage}, data through {study.truth.origin}. Monthly "
        f"origins {answers.origins[0]} to {answers.origins[-1]}; each forecast made with what was known at its origin, "
        "models refitted every twelve months and at the study's origins. A new case: escalation begins to be true after "
        "an origin at which it was not. It is warned of if any alert was given while its window held it.",
    )  # fmt: skip


def _countries(outlook: Outlook) -> list[Table]:
    months = outlook.ranked_by.months
    asked = [outlook.ranked_by, *(Question(months, t) for t in outlook.thresholds[:2])]
    return [
        Table(
            f"Countries: {q.words.split(' (')[0]}",
            COLUMNS,
            tuple(record_cells(r) for r in outlook.records(q)),
            note=_note(outlook, outlook.answers[q.key]),
        )
        for q in asked
    ]


def _note(outlook: Outlook, answers: Answers) -> str:
    expected, came = answers.p[answers.known].sum(), int(answers.came[answers.known].sum())
    return (
        f"{_figures(outlook)} Origins {answers.origins[0]} to {answers.origins[-1]}, every {answers.months_between} months, the "
        f"model refitted every {REFIT_MONTHS}. "
        f"Over all countries and origins the forecast expected {expected:,.0f} and {came:,} came. Thresholds are crossed "
        "again and again where there is war: read their precision beside the base rate, and new cases apart."
    )


def _figures(outlook: Outlook) -> str:
    forecast = outlook.forecast
    return f"Counts {counted(forecast.target)}, {forecast.vintage}, data through {forecast.origin}."


def _scores(outlook: Outlook) -> Table:
    rows = []
    for metric, words in METRICS.items():
        ours, theirs = (_mean(metric, which) for which in (outlook.scores, outlook.beside))
        bounds = outlook.difference(metric)
        interval = (
            "not defined" if bounds is None else f"{bounds.value:+.3f} [{bounds.lower:+.3f}, {bounds.upper:+.3f}]"
        )
        rows.append((Cell(words), Cell(ours), Cell(theirs), Cell(interval)))
    return Table(
        "Scores of the draws beside conflictology (each country's own last twelve months)",
        (
            Column("Score"), Column("Forest", "right"), Column("Conflictology", "right"),
            Column("Difference", "right", "95 % interval over countries"),
        ),
        tuple(rows),
        note=f"{_figures(outlook)} Mean over {len(outlook.scores)} origins and months 1 to {outlook.backtested} ahead, "
        "the same figures for "
        "both. Lower is better, but for average precision.",
    )  # fmt: skip


def _mean(metric: str, scores: tuple[object, ...]) -> str:
    values = [getattr(s, metric) for s in scores]
    return "not defined" if any(v is None for v in values) else f"{np.mean(values):.3f}"


def _reliability(outlook: Outlook) -> Figure:
    question = Question(outlook.ranked_by.months, outlook.thresholds[0])
    answers = outlook.answers[question.key]
    p, came = answers.p[answers.known], answers.came[answers.known]
    rows = reliability_table(p, came, seed=1)
    score = float(np.mean(brier(p, came)))
    return Figure(
        reliability(rows, frame=Frame("reliability", f"Calibration: {question.words}")),
        caption=f"When the forecast said so, how often it came: {question.words}, {p.size:,} forecasts, Brier score "
        f"{score:.4f}. Bars: the range that chance alone allows a calibrated forecast.",
        alt="Reliability diagram: forecast probability against observed frequency.",
    )


def _worth(outlook: Outlook) -> Figure:
    """What acting on the warnings was worth to users whose costs differ."""
    question = outlook.ranked_by
    answers = outlook.answers[question.key]
    points = value_points(answers)
    known = [(p.stated, p.ratio) for p in points if p.stated]
    best, ratio = max(known, key=lambda told: told[0].value) if known else (None, 0.0)
    said = (
        f"Most, {best.value:.2f} [{best.lower:.2f}, {best.upper:.2f}], where acting costs {ratio:g} of the loss it averts. "
        if best
        else "Nothing came to judge it by. "
    )
    return Figure(
        value_curve(points, frame=Frame("worth", f"What acting was worth: {question.words.split(' (')[0]}")),
        caption=f"What acting on the probabilities was worth: countries, {len(answers.origins)} origins. {said}"
        "1 is perfect knowledge; 0 is what the base rate alone gives: act always or never. Dashes: thresholds chosen on earlier "
        "answers, where there were enough.",
        alt="Value of acting on the forecast by the ratio of cost to loss averted.",
    )


SECTION = Section("track-record", page, annex)
