"""The documented shape of `tripwires --json`."""

from dataclasses import asdict

from tocsin.assess.tripwires import ChoiceTripwires
from tocsin.decide.tripwires.findings import Timing, Verdict, Watched


def as_json(
    found: tuple[ChoiceTripwires, ...], *, case: str, demo: bool, seed: int, draws: int
) -> dict[str, object]:  # fmt: skip
    """Every choice asked about; days are dates, what is unknown is null."""
    return {
        "case": case,
        "demo": demo,
        "seed": seed,
        "draws": draws,
        "choices": [choice_as_json(done) for done in found],
    }


def choice_as_json(done: ChoiceTripwires) -> dict[str, object]:
    """One choice."""
    return {
        "choice": done.choice, "question": done.question, "on": str(done.today), "futures": done.futures,
        "tripwires": [_watched(w) for w in done.watched if not w.refused],
        "refused": [_watched(w) for w in done.watched if w.refused],
        "refused_for": [
            {"tripwire": w.id, "option": t.option, "why": w.circular or t.why}
            for w in done.watched
            for t in w.timing
            if w.circular is not None or t.verdict is Verdict.REFUSED
        ],
        "conditions": [
            {**asdict(c), "options": list(c.options), "span": list(c.span), "watched_by": list(c.watched_by)}
            for c in done.conditions
        ],
        "stated": [{**asdict(s), "watched_by": list(s.watched_by), "refused": list(s.refused)} for s in done.stated],
        "advised": [
            {**asdict(a), "missions": list(a.missions), "watched_by": list(a.watched_by)} for a in done.advised
        ],
        "dates": [{**asdict(d), "day": str(d.day)} for d in done.dates], "dates_left_out": done.left_out,
    }  # fmt: skip


def _watched(w: Watched) -> dict[str, object]:
    return {
        "id": w.id, "watches": w.watches, "indicator": w.indicator, "condition": w.condition,
        "uncertainty": w.uncertainty, "source_id": w.source_id, "basis": w.basis, "note": w.note, "now": asdict(w.now),
        "past": asdict(w.past), "lag_days": w.lag_days, "lag": w.lag, "circular": w.circular,
        "for": [_timing(t) for t in w.timing], "quotes": [asdict(q) for q in w.quotes],
    }  # fmt: skip


def _timing(t: Timing) -> dict[str, object]:
    return {
        "option": t.option, "name": t.name, "verdict": t.verdict.value, "lead_days": t.lead_days, "need_days": t.need_days,
        "spare_days": t.spare_days, "why": t.why,
    }  # fmt: skip
