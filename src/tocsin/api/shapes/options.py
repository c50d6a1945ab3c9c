"""The documented shape of `options --json`."""

from collections.abc import Sequence
from dataclasses import asdict

from tocsin.api.options_beside import BesideOptions
from tocsin.api.shapes.plain import as_plain
from tocsin.api.shapes.schedule import evidence_as_json, schedule_as_json
from tocsin.decide.options import QUANTILES, AlternativeFound, Comparison, Preference

Stated = tuple[tuple[str, tuple[str, ...]], ...]


def as_json(
    done: tuple[Comparison, ...], beside: Sequence[BesideOptions], *, case: str, demo: bool
) -> dict[str, object]:
    """Every choice of the case that was compared, with what stands beside it; shares are 0 to 1, of futures tested."""
    choices = [comparison_as_json(c) | _beside(other) for c, other in zip(done, beside, strict=True)]
    return {"case": case, "demo": demo, "levels": list(QUANTILES), "choices": choices}


def _beside(found: BesideOptions) -> dict[str, object]:
    return {
        "schedule": None if found.schedule is None else schedule_as_json(found.schedule),
        "evidence": None if found.evidence is None else evidence_as_json(found.evidence),
    }


def comparison_as_json(done: Comparison) -> dict[str, object]:
    """One choice."""
    return {
        "choice": done.choice, "question": done.question, "source_id": done.source_id,
        "source_conclusion": done.source_conclusion, "stated": _stated(done.stated), "not_modelled": done.not_modelled,
        "futures": done.futures, "seed": done.seed, "weightings": done.weightings,
        "criteria": [asdict(criterion) for criterion in done.criteria],
        "alternatives": [_alternative(found) for found in done.alternatives],
        "preferences": [_preference(preference) for preference in done.preferences],
        "dominance": [asdict(pair) for pair in done.dominance], "missing": list(done.missing), "notes": list(done.notes),
    }  # fmt: skip


def _alternative(found: AlternativeFound) -> dict[str, object]:
    return {
        "id": found.id, "name": found.name, "options": list(found.options), "on": [as_plain(on) for on in found.on],
        "meets_all": found.meets_all, "meets_at_most": found.meets_at_most,
        "must_be_true": [as_plain(must) for must in found.must_be_true],
        "proposed": [asdict(proposed) for proposed in found.proposed], "stated": _stated(found.stated),
    }  # fmt: skip


def _preference(preference: Preference) -> dict[str, object]:
    rows = [
        {
            "alternative": r.alternative, "acceptability": list(r.acceptability),
            "central": None if r.central is None else [{"criterion": c, "weight": w} for c, w in r.central],
            "confidence": r.confidence, "times": r.times,
        }
        for r in preference.rows
    ]  # fmt: skip
    return {
        "viewpoint": preference.viewpoint, "name": preference.name, "basis": preference.basis,
        "order": [list(group) for group in preference.order], "unordered": list(preference.unordered), "rows": rows,
        "influences": [asdict(i) for i in preference.influences], "noise": preference.noise,
        "by_weighting": preference.by_weighting,
    }  # fmt: skip


def _stated(given: Stated) -> list[dict[str, object]]:
    return [{"heading": heading, "words": list(words)} for heading, words in given]
