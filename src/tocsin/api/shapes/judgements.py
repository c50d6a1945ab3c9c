"""The documented shapes of `judgements list --json` and `judgements scores --json`."""

from tocsin.api.judgements import JudgementsFound
from tocsin.decide.judgements import Judgement, ScoredJudgement


def list_as_json(found: JudgementsFound, *, case: str) -> dict[str, object]:
    """The documented shape of `judgements list --json`."""
    scores = {each.number: each for each in found.scored}
    return {
        "case": case, "file": str(found.file), "ok": not found.log.faults, "lines": found.log.lines,
        "rows": [_row_as_json(each, scores.get(each.number)) for each in found.judgements],
        "notes": [
            {"number": n.number, "who": n.who, "time": n.time.isoformat(), "of": n.of, "words": n.words,
             "about": None if n.about is None else str(n.about)}
            for n in found.notes
        ],
        "not_counted": [{"number": breach.number, "why": breach.why} for breach in found.breaches],
    }  # fmt: skip


def _row_as_json(each: Judgement, score: ScoredJudgement | None) -> dict[str, object]:
    closing = each.closing
    return {
        "number": each.number, "who": each.who, "about": each.about.model_dump(), "statement": each.statement,
        "unit": each.unit, "closes": each.closes.isoformat(), "low": each.low, "high": each.high, "note": each.note,
        "state": each.state.value,
        "versions": [
            {"number": v.number, "time": v.time.isoformat(), "late": v.late, "why": v.why,
             "probability": v.value if isinstance(v.value, float) else None,
             "quantiles": [list(pair) for pair in v.value] if isinstance(v.value, tuple) else None}
            for v in each.versions
        ],
        "closing": None if closing is None else {
            "number": closing.number, "who": closing.who, "came": closing.came, "on": closing.on.isoformat(),
            "source": closing.source,
        },
        "score": None if score is None else {
            "by": score.by.value, "value": score.value, "first": score.first, "level": score.level
        },
    }  # fmt: skip


def scores_as_json(found: JudgementsFound, *, case: str) -> dict[str, object]:
    """The documented shape of `judgements scores --json`."""
    return {
        "case": case, "ok": not found.log.faults,
        "rows": [
            {"who": t.who, "by": t.by.value, "unit": t.unit, "n": t.n, "mean": t.mean, "first": t.first,
             "base_rate": t.base_rate, "inside": t.inside}
            for t in found.tallies
        ],
        "unscored": [
            {"who": u.who, "open": u.open, "due": u.due, "unknown": u.unknown, "late": u.late, "withdrawn": u.withdrawn}
            for u in found.unscored
        ],
    }  # fmt: skip
