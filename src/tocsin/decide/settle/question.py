"""A question settled: everything that follows from its positions, computed from one set of draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.questions import Rule
from tocsin.decide.settle.alone import acting_alone
from tocsin.decide.settle.bands import BandsFrom, band_probabilities, stretches
from tocsin.decide.settle.beside import beside
from tocsin.decide.settle.break_evens import break_evens
from tocsin.decide.settle.decision import decision
from tocsin.decide.settle.draws import DRAWS, Role, draw_inputs, middle_of
from tocsin.decide.settle.findings import Confidence, Ranges, Settled
from tocsin.decide.settle.importance import Importances, importances
from tocsin.decide.settle.levers import levers
from tocsin.decide.settle.stance import stances
from tocsin.decide.settle.worth import worth
from tocsin.decide.settlement import settlement_distribution, weighted_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from tocsin.case.questions import Question
    from tocsin.decide.settle.bands import BandFound
    from tocsin.decide.settle.draws import Input, InputDraws, Middle
    from tocsin.decide.settle.stance import Stance
    from tocsin.decide.settlement import Distribution

    Floats = NDArray[np.float64]

LEVEL = 0.8
MOSTLY_JUDGED = 0.5


def settle_question(
    question: Question, *, names: Mapping[str, str] | None = None, draws: int = DRAWS, seed: int = 1,
    rank_inputs: bool = True,
) -> Settled:  # fmt: skip
    """Where a question will settle, as one distribution with a probability per band, and what would change it.

    The centre is the weighted mean (influence x salience) with every input at the middle of its range. Ranges of the
    inputs and past errors of the model are kept apart and put together; nothing is said of deadlock but what each party
    would have to bear.

    Args:
        question: a checked question.
        names: names of actors by id; an actor without one is called by its id.
        draws: of the inputs, 100 to 20,000.
        seed: the same seed gives the same numbers.
        rank_inputs: whether inputs are ranked by how far they move the centre, which takes half of the time; `importances`
            is empty otherwise, and nothing else differs.

    Raises:
        OutOfRange: too few or too many draws, or a seed below 0.
        InputError: at the middle of the ranges no party counts.
    """
    middle, drawn = middle_of(question), draw_inputs(question, draws=draws, seed=seed)
    centre, centres = (
        float(weighted_mean(middle.positions, middle.weights)),
        weighted_mean(drawn.positions, drawn.weights),
    )
    whole, ranges = _distribution(question, middle, drawn, centres)
    named, bands_from = stretches(question)
    bands = band_probabilities(whole, named, low=question.scale.low, high=question.scale.high)
    held = stances(question, middle, drawn, centres)
    judged = sum(given.judgement for given in drawn.inputs)
    confidence, why = _confidence(drawn.inputs, judged)
    return Settled(
        id=question.id, question=question.question, unit=question.scale.unit, low=question.scale.low,
        high=question.scale.high, rule=question.rule,
        parties={p.actor: p.name or (names or {}).get(p.actor, p.actor) for p in question.positions},
        centre=centre, ranges=ranges, distribution=whole,
        bands=bands, bands_from=bands_from, unnamed=_unnamed(question, bands),
        levers=levers(question, middle, drawn), break_evens=break_evens(question, middle, named),
        importances=importances(drawn, centres, seed=seed) if rank_inputs else Importances((), 0.0),
        stances=held, decision=decision(question, middle, held),
        alone=acting_alone(question), beside=beside(question, middle, drawn), inputs=drawn.inputs,
        reversion_why=None if question.reversion is None else question.reversion.why,
        judged=judged, confidence=confidence, confidence_why=why, worth=worth(question),
        notes=(*_notes(question, bands_from, bands, drawn.inputs), *_leaning(centre, ranges, held)),
        draws=draws, seed=seed,
    )  # fmt: skip


def _distribution(
    question: Question, middle: Middle, drawn: InputDraws, centres: Floats
) -> tuple[Distribution, Ranges]:  # fmt: skip
    scale = question.scale
    whole = settlement_distribution(drawn.positions, drawn.weights, low=scale.low, high=scale.high, rule=question.rule)
    known = settlement_distribution(
        middle.positions, middle.weights, low=scale.low, high=scale.high, rule=question.rule
    )
    low, high = np.quantile(centres, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return whole, Ranges((float(low), float(high)), known.central(LEVEL), whole.central(LEVEL))


def _unnamed(question: Question, bands: Sequence[BandFound]) -> float | None:
    """The probability of what no band names; None where the bands cover the scale."""
    width = sum(band.high - band.low for band in bands)
    span = question.scale.high - question.scale.low
    return None if width >= span * (1 - 1e-9) else max(0.0, 1.0 - sum(band.probability for band in bands))


def _confidence(inputs: Sequence[Input], judged: int) -> tuple[Confidence, str]:
    """Low where most inputs are judgement; never high, since the errors were measured on another body's decisions."""
    basis = f"{judged} of {len(inputs)} inputs are judgement"
    elsewhere = "the errors were measured on laws of the European Union"
    low = judged > MOSTLY_JUDGED * len(inputs)
    return (Confidence.LOW if low else Confidence.MODERATE), f"{basis}, and {elsewhere}"


def _leaning(centre: float, ranges: Ranges, held: Sequence[Stance]) -> Iterator[str]:
    """Whether what holds at the middle of every range lies outside most of the draws: the ranges are lopsided."""
    spans = [(centre, *ranges.input_noise), *((s.gain, s.gain_low, s.gain_high) for s in held)]
    slack = 1e-9 * (1 + abs(centre))
    if any(
        x is not None and low is not None and high is not None and not low - slack <= x <= high + slack
        for x, low, high in spans
    ):
        yield "some ranges lean to one side, so that the middle of all ranges is not the middle of the draws"


def _notes(
    question: Question, bands_from: BandsFrom, bands: Sequence[BandFound], inputs: Sequence[Input]
) -> Iterator[str]:  # fmt: skip
    if bands_from is not BandsFrom.QUESTION:
        yield f"the bands are {bands_from.value}; name your own under bands"
    for band in bands:
        if band.narrow:
            yield f"the band '{band.name}' is narrower than a hundredth of the scale: its probability depends on rounding"
    if question.reversion is None:
        yield "what holds without a decision is unknown, so that who gains and who loses is unknown too"
    if question.rule is Rule.SINGLE:
        yield "none of the past settlements had a single decider: the errors are those of other rules"
    sources = {given.source_id for given in inputs if given.role is Role.POSITION}
    if len(sources) == 1 and len(question.positions) > 1:
        only = next(iter(sources))
        yield "no position names a source" if only is None else f"all positions rest on one source: {only}"
