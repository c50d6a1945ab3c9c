"""Where the parties to each question settle: a page a question that can be read alone, and three lines on the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.assess.decision import least_certain, nearest_break_evens
from tocsin.brief.blocks import (
    Bullets,
    Cell,
    Column,
    Heading,
    Judgement,
    Link,
    PageBreak,
    Paragraph,
    Strong,
    Table,
    Text,
)
from tocsin.brief.sections.decision_words import (
    PLACEHOLDERS,
    UNKNOWN,
    counted_share,
    points,
    sentence,
    span,
    would_need,
)
from tocsin.brief.sections.formal_decision import formal_told
from tocsin.brief.sections.section import Section
from tocsin.brief.sections.settlement_strip import strip_figure
from tocsin.brief.sections.wording import likelihood, listed
from tocsin.decide.settle import Side
from tocsin.vocabulary import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.assess.decision import QuestionFindings
    from tocsin.assess.findings import Findings
    from tocsin.brief.blocks import Block, Spans
    from tocsin.decide.settle import AloneFound, BandFound, Input, Settled

PARTIES = 8
"""Parties shown at most, the heaviest first."""


def page(findings: Findings) -> tuple[Block, ...]:
    """The question that leads, in three lines: what is asked, the answer with its ranges, what would change it."""
    lead = findings.decision.lead if findings.decision else None
    if lead is None:
        return ()
    settled = lead.settled
    return (
        Paragraph((
            Strong(f"The decision. {settled.question}"), Text(f" If it is settled: {_short_answer(settled)} "),
            Text(f"{_first_change(settled)} "), Link("More.", f"#{anchor(settled)}"),
        )),
    )  # fmt: skip


def annex(findings: Findings) -> tuple[Block, ...]:
    """A page for each question."""
    if findings.decision is None:
        return ()
    return tuple(
        block for found in findings.decision.questions for block in (PageBreak(), *_question(found, demo=findings.demo))
    )


def anchor(settled: Settled) -> str:
    """The id of a question's heading."""
    return f"question-{settled.id}"


def _question(found: QuestionFindings, *, demo: bool) -> tuple[Block, ...]:
    settled = found.settled
    decides = f" The answer will be known {found.asked.decides}." if found.asked.decides else ""
    placeholders = f" {PLACEHOLDERS}" if demo else ""
    return (
        Heading(settled.question, id=anchor(settled)),
        Judgement(f"If it is settled: {_answer(settled)}{decides}", confidence=f"{_confidence(settled)}{placeholders}"),
        strip_figure(found),
        _parties(settled),
        Bullets(tuple(_said(found))),
    )


def _answer(settled: Settled) -> str:
    """Centre, both ranges side by side, and the band with the highest probability."""
    ranges, best = settled.ranges, max(settled.bands, key=lambda b: b.probability, default=None)
    return (
        f"centre {points(settled.centre)} {settled.unit}; 80 % range {span(*ranges.input_noise)} from noise in the inputs, "
        f"{span(*ranges.model_error)} from past errors of the model." + (f" {_band(best)}" if best else "")
    )


def _short_answer(settled: Settled) -> str:
    ranges, best = settled.ranges, max(settled.bands, key=lambda b: b.probability, default=None)
    return (
        f"{points(settled.centre)} {settled.unit}, 80 % range {span(*ranges.input_noise)} (noise in the inputs), "
        f"{span(*ranges.model_error)} (past errors)"
        + (f"; '{best.name}' {likelihood(best.probability)}." if best else ".")
    )


def _band(band: BandFound) -> str:
    return f"'{sentence(band.name)[:-1]}' ({span(band.low, band.high)}) is {likelihood(band.probability)}."


def _confidence(settled: Settled) -> str:
    return f"Confidence is {settled.confidence.value}: {settled.confidence_why}."


def _first_change(settled: Settled) -> str:
    nearest = nearest_break_evens(settled, most=1)
    if not nearest:
        return "No party alone brings the centre into another band."
    return f"It enters '{nearest[0].band}' if {would_need(settled, nearest[0])}."


def _parties(settled: Settled) -> Table:
    """Who is for and against, and what moving each does."""
    shares = {lever.actor: lever for lever in settled.levers}
    stances = {stance.actor: stance for stance in settled.stances}
    shown = sorted(settled.parties, key=lambda a: -shares[a].share)[:PARTIES]
    left = len(settled.parties) - len(shown)
    rows = []
    for actor in shown:
        lever, stance = shares[actor], stances[actor]
        rows.append((
            Cell(settled.parties[actor]), Cell(percent(lever.share), sort=lever.share),
            Cell(f"{points(lever.at_low)} to {points(lever.at_high)}"),
            Cell(_side(stance.side, stance.gain)), Cell(counted_share(stance.gains_in)),
            Cell(_rests_on([i for i in settled.inputs if i.actor == actor])),
        ))  # fmt: skip
    return Table(
        f"Parties and levers, as entered in the case; {settled.unit}",
        (
            Column("Party"), Column("Weight", "right", "share"),
            Column("Centre", unit="at the ends of its range"), Column("For or against", unit="centre against no decision"),
            Column("Gains in", "right", "of the draws"), Column("Rests on", unit="source, and what is judgement"),
        ),
        tuple(rows),
        note="Weight is influence x salience; when a party moves by 1, the centre moves by its share."
        + (f" {left} lighter parties are left out." if left else ""),
    )  # fmt: skip


def _side(side: Side | None, gain: float | None) -> str:
    if side is None or gain is None:
        return UNKNOWN
    return {
        Side.GAINS: f"for: gains {points(gain)}", Side.LOSES: f"against: loses {points(-gain)}",
        Side.EVEN: "neither gains nor loses",
    }[side]  # fmt: skip


def _rests_on(given: list[Input]) -> str:
    judged = [i.role.value for i in given if i.judgement]
    source = next((i.source_id for i in given if i.source_id), None)
    said = source or "no source"
    return f"{said}; {'all' if len(judged) == len(given) else listed(judged)}" if judged else f"{said}; none"


def _said(found: QuestionFindings) -> Iterator[Spans]:
    settled = found.settled
    yield Strong("What would change it. "), Text(_changes(settled))
    yield Strong("Least certain input. "), Text(_uncertain(settled))
    yield Strong(f"The formal decision, by {settled.rule.value}. "), Text(formal_told(settled))
    if settled.alone:
        yield Strong("Alone, whatever is decided. "), Text(_alone(settled))
    yield Strong("Beside the centre. "), Text(_beside(settled))
    yield Strong("What such forecasts were worth. "), Text(_worth(settled))
    if settled.notes:
        yield Strong("Notes. "), Text(" ".join(map(sentence, settled.notes)))


def _changes(settled: Settled) -> str:
    """The break-evens that ask for the least, band by band, and the bands that no party alone brings about."""
    by_band: dict[str, list[str]] = {}
    for found in nearest_break_evens(settled):
        by_band.setdefault(found.band, []).append(would_need(settled, found))
    said = [f"The centre enters '{band}' if {'; or if '.join(needs)}." for band, needs in by_band.items()]
    others = dict.fromkeys(found.band for found in settled.break_evens)
    never = [f"'{name}'" for name in others if not any(f.possible for f in settled.break_evens if f.band == name)]
    nobody = [f"No party alone brings it into {' or '.join(never)}."] if never else []
    return " ".join([*said, *nobody]) or "There is no other band."


def _uncertain(settled: Settled) -> str:
    first = least_certain(settled)
    judged = f"{settled.judged} of {len(settled.inputs)} inputs are judgement."
    if first is None:
        return f"No input stands out above the noise of {settled.draws:,} draws. {judged}"
    return (
        f"The {first.role.value} of {settled.parties[first.actor]}: its range alone makes {percent(first.share)} of the centre's "
        f"variance over {settled.draws:,} draws. {judged}"
    )


def _alone(settled: Settled) -> str:
    judged = " Judgement, and" if any(act.judgement for act in settled.alone) else ""
    said = sentence("; ".join(_act(settled, act) for act in settled.alone))
    return f"{said}{judged} no part of the figures above." if judged else f"{said} No part of the figures above."


def _act(settled: Settled, act: AloneFound) -> str:
    who = "" if act.actor is None else f"{settled.parties.get(act.actor, act.actor)} can "
    left = (
        "what is left then is unknown" if act.left_mid is None
        else f"{points(act.left_mid)} % of capacity left ({span(act.left_low, act.left_high)})"
    )  # fmt: skip
    return f"{who}{act.can}: {left}"


def _beside(settled: Settled) -> str:
    said = [
        f"{other.model} {points(other.point)}"
        + ("" if other.low is None else f" ({span(other.low, other.high)})")
        + (f", with ranges that lean to one side: the middle draw is {points(other.median)}" if other.leans else "")
        for other in settled.beside
    ]
    return f"In {settled.unit}, 80 % of draws in brackets: {'; '.join(said)}."


def _worth(settled: Settled) -> str:
    worth = settled.worth
    return (
        f"On {worth.n} settled issues of European Union law (DEU III, doi:10.34810/data53) the weighted mean was off by "
        f"{worth.mae:.1f} points of 100 on average, here {points(worth.mae_here)} {settled.unit}. Other bodies differ: "
        "take it as a floor for the error."
    )


SECTION = Section("settlement", page, annex)
