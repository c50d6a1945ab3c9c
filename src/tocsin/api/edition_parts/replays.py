"""Every month replayed: what would have been said of each province, beside what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.api.edition_parts.form import Files, table
from tocsin.forecast.layout import CONTRACT_VERSION
from tocsin.warn.warning import ranked

if TYPE_CHECKING:
    from tocsin.api.edition_parts.found import Found
    from tocsin.assess.study import Study
    from tocsin.panel.history import History
    from tocsin.vocabulary import Month
    from tocsin.warn.record import Answers

BESIDE = "negative_binomial"


def replays_part(found: Found) -> Files:
    """`replays`: model, area, origin, rank, p, whether it came, and the worst month that came; none without a study."""
    study = found.findings.study
    if study is None:
        return {}
    said = {
        "contract": CONTRACT_VERSION, "question": study.answers.question.words, "target": study.truth.target,
        "vintage": study.truth.vintage, "within_months": str(study.answers.question.months),
    }  # fmt: skip
    return {"replays.parquet": table(replays(study), metadata=said)}


def replays(study: Study) -> pl.DataFrame:
    """Both models at every origin of the backtest."""
    models = ((study.replay.forecast.model, study.answers), (BESIDE, study.beside))
    return pl.concat([_of_model(name, answers, study.truth) for name, answers in models])


def _of_model(model: str, answers: Answers, truth: History) -> pl.DataFrame:
    rows = [row for t, origin in enumerate(answers.origins) for row in _at(model, answers, truth, t, origin)]
    schema = {"model": pl.String, "area_id": pl.String, "origin": pl.String, "rank": pl.Int32, "p": pl.Float64}
    return pl.DataFrame(rows, schema={**schema, "came": pl.Boolean, "peak": pl.Int64}, orient="row")


def _at(
    model: str, answers: Answers, truth: History, t: int, origin: Month
) -> list[tuple[str, str, str, int, float, bool | None, int | None]]:  # fmt: skip
    order = ranked(np.nan_to_num(answers.p[t], nan=-1.0).tolist())
    rank = {a: place for place, a in enumerate(order, 1)}
    return [
        (
            model, area, str(origin), rank[a], float(answers.p[t, a]),
            bool(answers.came[t, a]) if answers.known[t, a] else None,
            _peak(truth, area, origin, answers.question.months),
        )
        for a, area in enumerate(answers.areas)
        if not np.isnan(answers.p[t, a])
    ]  # fmt: skip


def _peak(truth: History, area: str, origin: Month, months: int) -> int | None:
    """Deaths in the worst month of the window; None where not all of it is known."""
    t = origin - truth.first
    after = truth.deaths[truth.areas.index(area), t + 1 : t + 1 + months]
    return int(after.max()) if len(after) == months else None
