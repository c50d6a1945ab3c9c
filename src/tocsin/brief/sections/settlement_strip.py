"""The picture of a question: its scale, its parties, both ranges, and the bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.brief.blocks import Figure
from tocsin.brief.charts import Frame, SettlesIn, Stands, Strip, settlement_strip, strip_told
from tocsin.brief.sections.decision_words import points
from tocsin.brief.sections.wording import likelihood
from tocsin.decide.settle import Role

if TYPE_CHECKING:
    from tocsin.assess.decision import QuestionFindings
    from tocsin.decide.settle import Settled

DRAWN = 8
"""Parties drawn at most, the heaviest first."""


def strip_figure(found: QuestionFindings) -> Figure:
    """The strip as a figure with its words."""
    strip = strip_of(found)
    frame = Frame(f"strip-{found.settled.id}", found.settled.question, heading=False)
    left = len(found.settled.parties) - len(strip.parties)
    return Figure(
        settlement_strip(strip, frame=frame, show=points),
        caption="Centre: mean of positions weighted by influence x salience. A party's bar is its range, the mark its middle, "
        "thickness and percentage its share of the weight. Probabilities hold if the question is settled; whether it is, they "
        "do not say."
        + (f" {left} lighter parties are not drawn." if left else ""),
        alt=strip_told(strip, show=points),
    )  # fmt: skip


def strip_of(found: QuestionFindings) -> Strip:
    """What the picture shows, from the findings."""
    settled, scale = found.settled, found.asked.scale
    held = next((given for given in settled.inputs if given.role is Role.REVERSION), None)
    return Strip(
        settled.low, settled.high, settled.unit, tuple(sorted(scale.anchors.items())), _parties(settled), settled.centre,
        (
            Stands("80 %, noise in the inputs", *settled.ranges.input_noise),
            Stands("80 %, past errors of the model", *settled.ranges.model_error),
        ),
        tuple(SettlesIn(b.name, b.low, b.high, b.probability, likelihood(b.probability)) for b in settled.bands),
        Stands("without a decision", held.low, held.high, held.mid) if held else None,
    )  # fmt: skip


def _parties(settled: Settled) -> tuple[Stands, ...]:
    """The heaviest parties, in the order of the question."""
    shares = {lever.actor: lever.share for lever in settled.levers}
    kept = sorted(settled.parties, key=lambda actor: -shares[actor])[:DRAWN]
    places = {given.actor: given for given in settled.inputs if given.role is Role.POSITION}
    return tuple(
        Stands(name, places[actor].low, places[actor].high, places[actor].mid, shares[actor])
        for actor, name in settled.parties.items()
        if actor in kept
    )
