"""The JSON of a drawdown schedule and of the evidence beside a choice."""

from dataclasses import asdict

from tocsin.assess.evidence import EvidenceBeside
from tocsin.assess.schedule import OptionSchedule, Schedule


def schedule_as_json(done: Schedule) -> dict[str, object]:
    """The shape of a schedule: shares 0 to 1, months as text."""
    window = None if done.window is None else [str(month) for month in done.window]
    return {
        "choice": done.choice, "missions": list(done.missions), "window": window, "deaths": done.total,
        "source": done.source, "reach_km": list(done.reach_km), "provinces": done.provinces, "says": list(done.says),
        "options": [_option(option) for option in done.options],
    }  # fmt: skip


def _option(option: OptionSchedule) -> dict[str, object]:
    at = [
        {
            "when": a.when, "month": str(a.month), "steps": list(a.steps), "at_work": list(a.at_work),
            "unknown": list(a.unknown), "closed": list(a.closed), "reached": None if a.reached is None else asdict(a.reached),
            "present": list(a.present), "perhaps": list(a.perhaps), "left": list(a.left),
        }
        for a in option.at
    ]  # fmt: skip
    return {"option": option.option, "name": option.name, "says": list(option.says), "at": at}


def evidence_as_json(found: EvidenceBeside) -> dict[str, object]:
    """The shape of the evidence beside a choice."""
    cards = [{k: list(v) if isinstance(v, tuple) else v for k, v in asdict(card).items()} for card in found.cards]
    exits = [
        {
            "measure": b.measure, "band": None if b.band is None else list(b.band), "n": b.exits.n,
            "worse": b.exits.worse.count, "better": b.exits.better.count, "everywhere_n": b.everywhere.n,
            "everywhere_worse": b.everywhere.worse.share, "everywhere_better": b.everywhere.better.share, "says": b.words,
        }
        for b in found.exits
    ]  # fmt: skip
    return {
        "choice": found.choice, "cards": cards, "exits": exits, "faults": list(found.faults),
        "effects": found.effects, "effects_without_cards": found.without,
    }  # fmt: skip
