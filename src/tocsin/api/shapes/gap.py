"""The JSON of gap and overlap."""

from collections.abc import Sequence
from dataclasses import asdict

from tocsin.assess.gap import Gap
from tocsin.mission.engagement import Contact, SecurityActor
from tocsin.mission.gap import Ahead, Past, ProvinceGap
from tocsin.mission.overlap import Covered, Overlap, Pairing, Spell
from tocsin.vocabulary import province_name


def gap_json(done: Gap, *, case: str) -> dict[str, object]:
    """The documented shape of `gap --json`."""
    made = done.forecast
    return {
        "case": case, "from": str(done.window[0]), "to": str(done.window[1]),
        "recent": {"from": str(done.recent[0]), "to": str(done.recent[1])},
        "missions": list(done.assessed), "compared": list(done.compared), "vintage": done.vintage,
        "forecast": None if made is None else {
            "model": made.forecast.model, "origin": str(made.origin), "within_months": made.within,
            "target": made.forecast.target, "draws": made.forecast.draws.shape[2], "seed": made.forecast.seed,
        },
        "rows": [_row_json(row) for row in done.provinces],
        "lacking": [
            {"area": one.name, "area_id": one.area, "reasons": list(one.reasons), "visibility": one.visibility,
             "level_with": list(one.level_with)}
            for one in done.lacking
        ],
        "not_tied": {
            "security": [_actor_json(a) for a in done.untied_security],
            "engagement": [_contact_json(c) for c in done.untied_contacts],
        },
        "deaths_without_province": _past_json(done.unplaced), "notes": list(done.notes),
    }  # fmt: skip


def _row_json(row: ProvinceGap) -> dict[str, object]:
    return {
        "area": row.name, "area_id": row.area, "past": _past_json(row.past, row), "recent": _past_json(row.recent, row),
        "town_population": row.population, "ahead": _ahead_json(row.ahead), "visibility": row.visibility,
        "security": [_actor_json(a) for a in row.security],
        "missions": [
            {
                "mission": m.mission_id, "present": m.present.value,
                "sites": [asdict(s) for s in m.sites], "engagement": [_contact_json(c) for c in m.contacts],
                "mandate": [
                    {"task": t.task_id, "line_of_effort": t.line_of_effort, "national": t.national,
                     "in_force": t.force.value}
                    for t in m.mandated
                ],
            }
            for m in row.missions
        ],
    }  # fmt: skip


def _past_json(past: Past | None, row: ProvinceGap | None = None) -> dict[str, object] | None:
    if past is None:
        return None
    rates = None if row is None or not row.population else [
        round(row.rate(n) or 0.0, 1) for n in (past.low, past.best, past.high)
    ]  # fmt: skip
    said: dict[str, object] = {
        "low": past.low, "best": past.best, "high": past.high, "by_type": dict(past.by_type), "events": past.events,
    }  # fmt: skip
    return said if row is None else said | {"per_100000_of_towns": rates}


def _ahead_json(ahead: Ahead | None) -> dict[str, object] | None:
    return None if ahead is None else asdict(ahead) | {"mean": round(ahead.mean, 2)}


def _actor_json(actor: SecurityActor) -> dict[str, object]:
    return {
        "actor": actor.actor_id, "name": actor.name, "standing": actor.standing, "security": actor.security,
        "role": actor.role, "where": actor.area, "in_force": actor.force.value, "source": actor.source_id,
        "basis": actor.basis.value,
    }  # fmt: skip


def _contact_json(contact: Contact) -> dict[str, object]:
    return {
        "mission": contact.mission_id, "counterpart": contact.counterpart, "level": contact.level,
        "how": contact.how.value, "through": contact.through, "mode": contact.mode, "where": contact.area,
        "in_force": contact.force.value, "source": contact.source_id, "basis": contact.basis.value,
    }  # fmt: skip


def overlap_json(done: Overlap, *, case: str) -> dict[str, object]:
    """The documented shape of `overlap --json`."""
    return {
        "case": case, "from": str(done.first), "to": str(done.last), "without_tasks": list(done.silent),
        "cells": [
            {"function": cell.function, "institution": cell.institution, "area": province_name(cell.area),
             "area_id": cell.area, "spells": [_spell_json(s) for s in cell.spells]}
            for cell in done.cells
        ],
    }  # fmt: skip


def _spell_json(spell: Spell) -> dict[str, object]:
    return {
        "from": str(spell.first), "to": str(spell.last), "months": spell.last - spell.first + 1,
        "served": _covered_json(spell.served, spell.pairs),
        "delivered": _covered_json(spell.delivered, spell.delivered_pairs),
        "national": list(spell.national), "named": list(spell.named), "delivering": list(spell.delivering),
        "perhaps": list(spell.perhaps), "no_end_named": list(spell.no_end),
    }  # fmt: skip


def _covered_json(covered: Covered, pairs: Sequence[Pairing]) -> dict[str, object]:
    return {
        "state": covered.state, "words": covered.words, "at_least": covered.least.value, "at_most": covered.most.value,
        "tasks": covered.tasks, "perhaps": covered.perhaps,
        "pairs": [
            {"missions": list(p.missions), "tasks": list(p.tasks), "kind": p.kind, "sure": p.sure} for p in pairs
        ],
    }  # fmt: skip
