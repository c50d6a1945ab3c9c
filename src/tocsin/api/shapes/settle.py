"""The JSON of settle."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from tocsin.vocabulary import Likelihood

if TYPE_CHECKING:
    from tocsin.decide.settle import Settled

QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


def as_json(done: tuple[Settled, ...], *, case: str, demo: bool) -> dict[str, object]:
    """The documented shape of `settle --json`."""
    return {"case": case, "demo": demo, "questions": [question_as_json(each) for each in done]}


def question_as_json(done: Settled) -> dict[str, object]:
    """One question; numbers in the scale's unit, shares and probabilities 0..1."""
    settled = done.distribution
    return {
        "question": done.id, "asked": done.question, "unit": done.unit, "low": done.low, "high": done.high,
        "rule": done.rule, "centre": done.centre,
        "ranges": {
            "level": 0.8, "input_noise": list(done.ranges.input_noise), "model_error": list(done.ranges.model_error),
            "both": list(done.ranges.both),
        },
        "distribution": {
            "mean": settled.mean, "quantiles": [{"level": q, "value": settled.quantile(q)} for q in QUANTILES],
            "points": settled.points.tolist(), "probability": settled.probability.tolist(),
        },
        "bands": [{**asdict(band), "likelihood": Likelihood.of(band.probability)} for band in done.bands],
        "bands_from": done.bands_from, "unnamed": done.unnamed,
        "parties": [{"actor": actor, "name": name} for actor, name in done.parties.items()],
        "inputs": [asdict(given) for given in done.inputs], "reversion_why": done.reversion_why,
        "judged": done.judged,
        "confidence": done.confidence, "confidence_why": done.confidence_why, "worth": asdict(done.worth),
        "levers": [asdict(lever) for lever in done.levers],
        "break_evens": [{**asdict(found), "possible": found.possible} for found in done.break_evens],
        "importance": [asdict(found) for found in done.importances.inputs], "noise": done.importances.noise,
        "stances": [asdict(stance) for stance in done.stances], "decision": asdict(done.decision),
        "alone": [asdict(act) for act in done.alone], "beside": [asdict(other) for other in done.beside],
        "notes": list(done.notes), "draws": done.draws, "seed": done.seed,
    }  # fmt: skip
