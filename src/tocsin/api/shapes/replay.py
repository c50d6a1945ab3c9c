"""The documented shape of `replay --json`."""

from tocsin.assess.replay import Replay


def as_json(done: Replay, *, case: str) -> dict[str, object]:
    """The documented shape of `replay --json`."""
    within = done.within
    other = {w.area: w for w in done.beside}
    rows = []
    for w in done.warnings:
        came, simple = done.came[w.area], other[w.area]
        rows.append({
            "area": w.name, "area_id": w.area, "rank": w.rank,
            **{f"p{t}": w.probabilities[f"p{t}_within_{within}"] for t in thresholds_of(done)},
            "p_escalation": w.p, "likelihood": w.likelihood.value, "visibility": w.visibility,
            "last_month": w.last_month, "last_year": round(w.last_year, 2),
            "came": {"peak": came.peak, "total": came.total, "months": list(came.months), "complete": came.complete},
            "beside": {"rank": simple.rank, "p_escalation": simple.p},
        })  # fmt: skip
    forecast = done.forecast
    return {
        "case": case, "origin": str(done.origin), "within_months": within, "ranked_by": "p_escalation",
        "model": forecast.model, "beside": "negative_binomial", "target": forecast.target,
        "vintage": forecast.vintage, "seed": forecast.seed, "draws": forecast.draws.shape[2], "rows": rows,
    }  # fmt: skip


def thresholds_of(done: Replay) -> list[int]:
    """Deaths a month asked about, rising."""
    keys = [k for k in done.warnings[0].probabilities if k.startswith("p")]
    return sorted(int(k.removeprefix("p").split("_")[0]) for k in keys)
