"""The documented shape of `reach --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tocsin.assess.reach import Protection, Reach
    from tocsin.mission.reach_draws import Intervals


def as_json(done: Reach, *, case: str) -> dict[str, object]:
    """Everything `reach` found; shares are 0..1, what is unknown null; coordinates at tenths of a degree."""
    return {
        "case": case, "mission": done.mission.mission_id, "from": str(done.first), "to": str(done.last),
        "where_precision": done.where_precision, "source": done.source, "single_events": done.single_events,
        "reach_km": list(done.reach_km), "sites": _sites(done), "added_abroad": list(done.abroad),
        "sites_without_place": list(done.without_place),
        "shares": [
            {"measure": name, "km": km, "share": curve.at(km), "total": curve.total, "unplaced": curve.unplaced}
            for name, curve in (*done.curves.items(), ("population", done.towns.curve)) for km in done.shown_km
        ],
        "towns": done.towns.towns, "towns_of_unknown_population": done.towns.unknown,
        "curve": [
            {"km": km, **{name: _number(c.shares[i]) for name, c in done.curves.items()},
             "population": _number(done.towns.curve.shares[i])}
            for i, km in enumerate(done.curves["events"].distances)
        ],
        "open_only": [{"km": km, "low": low, "high": high} for km, (low, high) in done.open_only.items()],
        "intervals": _intervals(done), "forecast": _forecast(done), "functions": _functions(done),
        "drop_one": {
            "share": done.drop_one.share, "low": done.drop_one.low, "high": done.drop_one.high,
            "most": [
                {"month": str(e.month), "province": e.province, "weight": e.weight, "reached": e.reached, "share": e.share}
                for e in done.drop_one.most
            ],
        },
        "gain": _gain(done),
        "over_time": None if done.over_time is None else [
            {"month": str(m.month), "low": m.low, "high": m.high, "deaths": m.total, "sites_at_work": m.surely,
             "sites_unknown": m.perhaps} for m in done.over_time
        ],
        "protection": None if done.protection is None else _protection(done.protection),
        "travel": None if done.travel is None else [
            {"measure": m, "minutes": minutes, "share": share}
            for m, shares in done.travel.items() for minutes, share in shares.items()
        ],
        "sites_without_travel": list(done.travel_missing),
    }  # fmt: skip


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)


def _sites(done: Reach) -> list[dict[str, object]]:
    """Sites and their states; what a user entered has a name and no coordinates."""
    states = {s.site.site_id: s for s in done.sites.sites}
    rows: list[dict[str, object]] = []
    for i, p in enumerate(done.places):
        known = states.get(p.site_id)
        months = [] if known is None else list(zip(done.sites.months, known.states, strict=True))
        changes = [(m, s) for j, (m, s) in enumerate(months) if j == 0 or months[j - 1][1] is not s]
        rows.append({
            "site_id": p.site_id, "name": p.name, "added": i >= len(done.places) - done.added,
            "lat": None if p.user else round(p.lat, 1), "lon": None if p.user else round(p.lon, 1),
            "states": [{"since": str(m), "state": s.value} for m, s in changes],
            "notes": [] if known is None else list(known.notes),
        })  # fmt: skip
    return rows


def _intervals(done: Reach) -> dict[str, object] | None:
    if done.intervals is None:
        return None
    made = done.intervals
    rows = [
        _row(one, i, km) for one in (made.events, made.deaths)
        for km, i in (*((km, one.distances.index(km)) for km in done.shown_km), (None, len(one.distances)))
    ]  # fmt: skip
    return {
        "level": 0.9,
        "draws": made.draws,
        "seed": made.seed,
        "months": made.months,
        "block": made.block,
        "rows": rows,
    }


def _row(one: Intervals, at: int, km: float | None) -> dict[str, object]:
    pairs = {"inputs": one.inputs, "sampling": one.sampling, "percentile": one.percentile, "both": one.both}
    ends = {name: {"low": _number(p[0, at]), "high": _number(p[1, at])} for name, p in pairs.items()}
    return {
        "measure": one.measure,
        "km": km,
        "point": _number(one.point[at]),
        "unplaced": _number(one.unplaced),
        **ends,
    }


def _forecast(done: Reach) -> dict[str, object]:
    made, risk = done.forecast, done.risk
    rows = [] if risk is None else [
        {"km": km, **{n: _number(getattr(risk, n)[risk.distances.index(km)]) for n in ("low", "middle", "high")}}
        for km in done.shown_km
    ]  # fmt: skip
    return {
        "model": None if made is None else made.model, "origin": None if made is None else str(made.origin),
        "expected": None if risk is None else risk.expected, "unplaced": None if risk is None else risk.unplaced,
        "provinces_unplaced": [] if risk is None else list(risk.provinces_unplaced), "why_none": done.no_forecast,
        "rows": rows,
    }  # fmt: skip


def _functions(done: Reach) -> list[dict[str, object]]:
    return [
        {
            "line_of_effort": f.line_of_effort, "tasks": f.tasks, "in_force": f.in_force, "measure": f.measure,
            "why": f.why, "need": f.need, "own_sites": list(f.own_sites), "territorial": f.territorial,
            "serves": f.serves.value, "provinces": list(f.provinces), "functional": f.functional,
        }
        for f in done.functions
    ]  # fmt: skip


def _gain(done: Reach) -> dict[str, object] | None:
    g = done.gain
    if g is None:
        return None
    return {
        "before": g.before, "after": g.after, "gain": g.gain, "is_one_battle": g.is_one_battle,
        "battle": None if g.battle is None else g.battle.words,
        "battle_share": None if g.battle is None else g.battle.share,
        "before_without": g.before_without, "after_without": g.after_without, "gain_without": g.gain_without,
    }  # fmt: skip


def _protection(said: Protection) -> dict[str, object]:
    return {
        "unplaced_events": said.unplaced_events,
        "past": [
            {"month": str(b.month), "from_km": b.near_km, "to_km": b.far_km, "events": b.events,
             "deaths_low": b.deaths[0], "deaths_best": b.deaths[1], "deaths_high": b.deaths[2]} for b in said.past
        ],
        "ahead": [
            {"month": str(b.month), "from_km": b.near_km, "to_km": b.far_km, "low": b.low, "middle": b.middle,
             "high": b.high} for b in said.ahead
        ],
        "sequences": [
            [{"event_id": s.event.event_id, "date": str(s.event.date), "kind": s.event.kind, "what": s.event.what,
              "gap_days": s.gap_days} for s in c.steps] for c in said.sequences.chains
        ],
        "undated": [{"event_id": e.event_id, "date": str(e.date), "what": e.what} for e in said.sequences.undated],
    }  # fmt: skip
