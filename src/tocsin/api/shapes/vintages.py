"""The documented shape of `replay --as-known-on --json`."""

from tocsin.api.vintages import VintageReplay
from tocsin.backtest.vintage_replay import THRESHOLDS, AlertChange, AreaChange, VintageChange


def as_json(done: VintageReplay, *, case: str | None) -> dict[str, object]:
    """The documented shape of `replay --as-known-on --json`; `corrected` is null where no correction was asked for."""
    forecast = done.final
    return {
        "known_on": str(done.known_on), "level": done.level.value, "case": case, "origin": str(forecast.origin),
        "within_months": len(forecast.horizons), "model": forecast.model, "target": forecast.target,
        "vintage_known": done.as_known.vintage, "vintage_final": forecast.vintage, "seed": forecast.seed,
        "draws": forecast.draws.shape[2], "notes": list(done.notes), "crps": _crps(done),
        "change": _change(done.change),
        "corrected": None if done.mended_change is None else _change(done.mended_change),
    }  # fmt: skip


def _crps(done: VintageReplay) -> dict[str, float | None]:
    return {name: done.crps.get(name) for name in ("as_known", "final", "corrected")}


def _change(change: VintageChange) -> dict[str, object]:
    return {
        "mean_distance": change.mean_distance, "rank_correlation": change.rank_correlation,
        "alerts": [_alert(a) for a in change.alerts], "rows": [_row(a) for a in change.areas],
    }  # fmt: skip


def _alert(alert: AlertChange) -> dict[str, object]:
    return {"budget": alert.budget, "gained": list(alert.gained), "lost": list(alert.lost)}


def _row(area: AreaChange) -> dict[str, object]:
    chances = {
        f"p{threshold}_{state}": p[i]
        for i, threshold in enumerate(THRESHOLDS)
        for state, p in (("known", area.p_known), ("final", area.p_final))
    }
    return {
        "area": area.name, "area_id": area.area, "deaths_known": area.known, "deaths_final": area.final,
        "distance": area.distance, **chances, "rank_known": area.rank_known, "rank_final": area.rank_final,
    }  # fmt: skip
