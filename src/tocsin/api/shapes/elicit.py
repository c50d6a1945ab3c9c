"""The documented shape of `elicit --json`."""

from dataclasses import asdict

from tocsin.api.elicit import ElicitedFound
from tocsin.case.questions import Question
from tocsin.decide.elicitation import FirstPlace, InputSeen, Orderings, Pooled, SettledBy


def as_json(found: ElicitedFound, *, case: str, demo: bool) -> dict[str, object]:
    """The documented shape of `elicit --json`."""
    return {
        "case": case, "demo": demo, "about": found.about.id,
        "kind": "question" if isinstance(found.about, Question) else "choice",
        "experts": [
            {"expert": e.expert, "who": e.who, "when": None if e.when is None else str(e.when), "note": e.note}
            for e in found.experts
        ],
        "empty": list(found.empty), "inputs": [_input(seen) for seen in found.inputs],
        "orderings": [_ordering(ordered) for ordered in found.orderings],
        "settled": [_settled(each) for each in found.settled],
        "pooled": None if found.pooled is None else _pooled(found.pooled),
        "preferred": [
            {"expert": each.expert, "answered": each.answered, "asked": each.asked, "missing": list(each.missing),
             "places": [_place(place) for place in each.places]}
            for each in found.preferred
        ],
        "pooled_places": [_place(place) for place in found.pooled_places],
    }  # fmt: skip


def _input(seen: InputSeen) -> dict[str, object]:
    return {
        "asked": seen.asked.value, "of": seen.of, "criterion": seen.criterion, "name": seen.name, "unit": seen.unit,
        "case": None if seen.case is None else list(seen.case),
        "given": [{"expert": g.expert, "range": [g.low, g.mid, g.high]} for g in seen.given],
        "unanswered": list(seen.unanswered), "envelope": None if seen.low is None else [seen.low, seen.high],
        "apart": [asdict(pair) for pair in seen.apart], "alone": list(seen.alone),
        "apart_from_case": list(seen.apart_from_case),
    }  # fmt: skip


def _ordering(ordered: Orderings) -> dict[str, object]:
    return {
        "viewpoint": ordered.viewpoint, "concordance": ordered.concordance, "shared": ordered.shared,
        "given": [{"expert": who, "order": [list(group) for group in order]} for who, order in ordered.given],
        "agreements": [asdict(each) for each in ordered.agreements],
    }  # fmt: skip


def _settled(each: SettledBy) -> dict[str, object]:
    return {
        "expert": each.expert, "answered": each.answered, "asked": each.asked,
        "from_case": [{"actor": actor, "input": key} for actor, key in each.from_case], "centre": each.centre,
        **_three_ranges(each), "bands": [{"name": b.name, "probability": b.probability} for b in each.bands],
    }  # fmt: skip


def _pooled(pool: Pooled) -> dict[str, object]:
    return {
        "name": pool.name, "experts": pool.experts, "lowest_centre": pool.lowest_centre,
        "highest_centre": pool.highest_centre, **_three_ranges(pool),
        "bands": [{"name": b.name, "probability": b.probability} for b in pool.bands],
    }  # fmt: skip


def _three_ranges(each: SettledBy | Pooled) -> dict[str, object]:
    return {"input_noise": list(each.input_noise), "model_error": list(each.model_error), "both": list(each.both)}


def _place(place: FirstPlace) -> dict[str, object]:
    return {
        "viewpoint": place.viewpoint, "name": place.name, "first": place.first,
        "shares": [asdict(each) for each in place.shares],
    }  # fmt: skip
