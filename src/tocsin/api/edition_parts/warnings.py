"""Warnings of an edition: countries, provinces, and the replay that leads."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from tocsin.api.edition_parts.form import Files, document
from tocsin.assess.as_json import outlook_json, study_json, warning_json
from tocsin.assess.outlook import METRICS
from tocsin.forecast.contract import model_named
from tocsin.scores import reliability_table
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from tocsin.api.edition_parts.found import Found
    from tocsin.assess.outlook import Outlook
    from tocsin.assess.replay import Replay
    from tocsin.assess.study import Study
    from tocsin.forecast.forecast import Forecast
    from tocsin.scores import Scores
    from tocsin.warn.record import Answers


def warnings_part(found: Found) -> Files:
    """`outlook`, `provinces` where the case has any, and `replay` where it asks for one."""
    study = found.findings.study
    files = {"outlook.json": document(countries_json(found.findings.outlook))}
    if found.provinces is not None:
        files["provinces.json"] = document(provinces_json(found.provinces, study))
    if study is not None:
        asked = {"budgets": list(study.budgets), "onsets": {a: str(m) for a, m in study.onsets.items()}}
        known = {"calibration": calibration(study.answers), "calibration_beside": calibration(study.beside)}
        files["replay.json"] = document({**study_json(study), **asked, **known, "seeds": study.seeds})
    return files


def countries_json(outlook: Outlook) -> dict[str, object]:
    """What `tocsin warn --json` prints, with thresholds, budgets, what was expected and came, scores and calibration."""
    asked = outlook.answers[outlook.ranked_by.key]
    crossing = Question(outlook.ranked_by.months, outlook.thresholds[0]) if outlook.thresholds else outlook.ranked_by
    return {
        **outlook_json(outlook), "status": _status(outlook.forecast),
        "within_months": outlook.ranked_by.months, "thresholds": list(outlook.thresholds),
        "budgets": list(outlook.budgets), "draws": outlook.forecast.draws.shape[2],
        "called": {"expected": outlook.called[0], "came": outlook.called[1]},
        "backtest": {"first": str(asked.origins[0]), "last": str(asked.origins[-1]), "origins": len(asked.origins)},
        "scores": _scores(outlook), "calibration": calibration(outlook.answers[crossing.key]),
    }  # fmt: skip


def _status(forecast: Forecast) -> str:
    return model_named(forecast.model).contract.status_at(forecast.level).value


def _scores(outlook: Outlook) -> list[dict[str, object]]:
    """Each score beside that of conflictology, with the 95 % interval of the difference over countries."""
    rows: list[dict[str, object]] = []
    for metric in METRICS:
        bounds = outlook.difference(metric)
        interval = None if bounds is None else {"value": bounds.value, "lower": bounds.lower, "upper": bounds.upper}
        ours, theirs = _mean(outlook.scores, metric), _mean(outlook.beside, metric)
        rows.append({"metric": metric, "model": ours, "conflictology": theirs, "difference": interval})
    return rows


def _mean(scores: tuple[Scores, ...], metric: str) -> float | None:
    values = [getattr(score, metric) for score in scores]
    return None if not values or any(v is None for v in values) else float(np.mean(values))


def calibration(answers: Answers) -> dict[str, object]:
    """When it was said so, how often it came, beside what chance alone allows a calibrated forecast."""
    p, came = answers.p[answers.known], answers.came[answers.known]
    rows = [asdict(row) for row in reliability_table(p, came, seed=1)] if p.size else []
    return {"question": answers.question.words, "forecasts": int(p.size), "rows": rows}


def provinces_json(newest: Replay, study: Study | None) -> dict[str, object]:
    """The provinces as `outlook` has countries; their track record is that of the study."""
    forecast = newest.forecast
    beside = {w.area: {"rank": w.rank, "p": w.p} for w in newest.beside}
    return {
        "origin": str(forecast.origin), "level": forecast.level.value, "target": forecast.target,
        "vintage": forecast.vintage, "model": forecast.model, "seed": forecast.seed, "data_hash": forecast.data_hash,
        "status": _status(forecast), "within_months": newest.within, "draws": forecast.draws.shape[2],
        "ranked_by": newest.warnings[0].question.words,
        "thresholds": sorted(
            int(k.removeprefix("p").split("_")[0]) for k in newest.warnings[0].probabilities if k.startswith("p")
        ),
        "budgets": [] if study is None else list(study.budgets),
        "rows": [{**warning_json(w), "beside": beside[w.area]} for w in newest.warnings],
        "track_record": [] if study is None else [asdict(r) for r in study.records()],
        "called": None if study is None else _called(study.answers),
    }  # fmt: skip


def _called(answers: Answers) -> dict[str, object]:
    return {"expected": float(answers.p[answers.known].sum()), "came": int(answers.came[answers.known].sum())}
