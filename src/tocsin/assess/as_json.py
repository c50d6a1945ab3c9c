"""Warnings, records and studies as the JSON that commands print and briefs ship."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.assess.outlook import Outlook
    from tocsin.assess.study import Study
    from tocsin.forecast.explain.parts import Parts
    from tocsin.forecast.explain.unwarn import Unwarn
    from tocsin.warn.warning import AreaWarning


def warning_json(warning: AreaWarning) -> dict[str, object]:
    """One warning: who, what, how likely, why, what it is like, how well seen, and its own record."""
    return {
        "area": warning.name, "area_id": warning.area, "rank": warning.rank, "question": warning.question.words,
        "p": warning.p, "likelihood": warning.likelihood.value, "probabilities": dict(warning.probabilities),
        "last_month": warning.last_month, "last_year": warning.last_year, "visibility": warning.visibility,
        "drivers": [
            {
                "group": d.group, "move": d.move, "strongest": d.strongest.words,
                "value": d.strongest.measured(d.value),
            }
            for d in warning.drivers
        ],
        "nearest": [
            {"area": s.area, "month": str(s.month), "likeness": s.likeness, "before": s.before, "followed": list(s.followed)}
            for s in warning.nearest
        ],
        "own_record": [asdict(o) for o in warning.own],
        "apart": _apart_json(warning.parts), "goes_away": _goes_away_json(warning.unwarn),
    }  # fmt: skip


def _apart_json(parts: Parts | None) -> dict[str, object] | None:
    if parts is None:
        return None
    return {"p": parts.p, "base": parts.base, "parts": [asdict(part) for part in parts.parts], "words": parts.words}


def _goes_away_json(unwarn: Unwarn | None) -> dict[str, object] | None:
    if unwarn is None:
        return None
    enough = (*unwarn.single, *((unwarn.pair,) if unwarn.pair else ()))
    return {
        "below": unwarn.below, "tried": unwarn.tried, "sentences": list(unwarn.sentences),
        "changes": [
            {
                "kind": t.change.kind.value, "months": t.change.months, "most": t.change.most, "near": t.change.near,
                "p": t.p, "seen": t.seen.share, "among": t.seen.among, "areas": t.seen.areas,
            }
            for t in enough
        ],
    }  # fmt: skip


def outlook_json(outlook: Outlook) -> dict[str, object]:
    """The newest warnings, what they were made from, and how such warnings fared."""
    forecast = outlook.forecast
    return {
        "origin": str(forecast.origin), "level": forecast.level.value, "target": forecast.target,
        "vintage": forecast.vintage, "model": forecast.model, "seed": forecast.seed, "data_hash": forecast.data_hash,
        "ranked_by": outlook.ranked_by.words,
        "rows": [warning_json(w) for w in outlook.warnings],
        "track_record": [asdict(r) for a in outlook.answers.values() for r in outlook.records(a.question)],
    }  # fmt: skip


def study_json(study: Study) -> dict[str, object]:
    """The replay that leads: warnings as they would have been made, beside what came, and their record."""
    replay = study.replay
    return {
        "origin": str(replay.origin), "within_months": replay.within, "target": replay.forecast.target,
        "vintage": replay.forecast.vintage, "model": replay.forecast.model, "data_hash": replay.forecast.data_hash,
        "rows": [
            {
                **warning_json(w), "rank_over_seeds": list(study.spread[w.area]),
                "came": {"months": list(replay.came[w.area].months), "peak": replay.came[w.area].peak},
            }
            for w in replay.warnings
        ],
        "track_record": {
            "quantile_forest": [asdict(r) for r in study.records()],
            "negative_binomial": [asdict(r) for r in study.records(beside=True)],
        },
        "leads": [
            {"area": x.area, "budget": x.budget, "onset": str(x.onset), "months": x.months, "unbroken": x.unbroken,
             "alerts": [str(m) for m in x.alerts], "model": model}
            for model, beside in (("quantile_forest", False), ("negative_binomial", True))
            for x in study.leads(beside=beside)
        ],
        "standings": [
            {"area": s.area, "origin": str(s.origin), "rank": s.rank, "p": s.p, "model": model}
            for model, beside in (("quantile_forest", False), ("negative_binomial", True))
            for area in study.onsets
            for s in study.standings(area, beside=beside)
        ],
    }  # fmt: skip
