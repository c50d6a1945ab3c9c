"""Looking at an edition: everything that rings of it, and what is remembered from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tocsin.watch.alert import Kind
from tocsin.watch.bell import Bell
from tocsin.watch.freshness import stale_rung
from tocsin.watch.sightings import sightings_rung
from tocsin.watch.tripwires import tripwires_rung
from tocsin.watch.warnings import lines_of, warnings_rung

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tocsin.case.watched import Watch
    from tocsin.editions import Edition
    from tocsin.watch.alert import Alert
    from tocsin.watch.sightings import Sighting
    from tocsin.watch.state import State


class Rules(Protocol):
    """What a case wants to hear of."""

    @property
    def watch(self) -> Watch:
        """Of what."""

    @property
    def countries(self) -> Sequence[str]:
        """Where."""

    def fetched(self) -> Sequence[dict[str, Any]]:
        """How fresh what was fetched for it is, in the shape of an edition's `freshness`."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at an edition found.

    Attributes:
        alerts: all that ring; one that was recorded before is not recorded again.
        state: what is to be remembered, by name.
        notes: what could not be looked at.
    """

    alerts: tuple[Alert, ...]
    state: State
    notes: tuple[str, ...] = ()


def look(
    case: Rules, edition: Edition, state: State, *, sightings: Sequence[Sighting] | None, now: datetime
) -> Found:  # fmt: skip
    """Everything that rings of an edition.

    Args:
        case: what it wants to hear of.
        edition: what was made.
        state: what was remembered.
        sightings: what the record says; None where it was not asked, or there is none.
        now: the moment, UTC, for data that grow old.
    """
    bell = Bell.of(edition, id=edition.id)
    documents = [edition.json(name) for name in ("outlook", "provinces") if edition.has(name)]
    lines = lines_of(case.watch, countries=case.countries)
    alerts, warned, notes = warnings_rung(documents, lines, state.get("warnings", {}), bell=bell)
    kept: State = {"warnings": warned}
    if case.watch.tripwires and edition.has("decision"):
        choices = (edition.json("decision") or {}).get("tripwires") or []
        day = edition.manifest.made.date().isoformat()
        tripped, kept["tripwires"] = tripwires_rung(choices, state.get("tripwires", {}), bell=bell, day=day)
        alerts += tripped
    for kind, wanted in ((Kind.POST, case.watch.posts), (Kind.CONTRADICTION, case.watch.contradictions)):
        if sightings is None:
            continue
        of_kind = [one for one in sightings if one.kind is kind]
        seen, kept[_name(kind)] = sightings_rung(of_kind, state.get(_name(kind)), bell=bell)
        alerts += seen if wanted else ()
    if case.watch.stale:
        rows: list[dict[str, Any]] = edition.json("freshness") if edition.has("freshness") else []
        alerts += stale_rung([*rows, *case.fetched()], today=now.date(), bell=bell)
    return Found(alerts, kept, notes)


def _name(kind: Kind) -> str:
    return f"{kind.value}s"
