"""One cycle of a case: fetch, make again what changed, look, and record what rings."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from tocsin.errors import TocsinError
from tocsin.watch import outbox
from tocsin.watch.alone import alone_with
from tocsin.watch.deliver import written
from tocsin.watch.failing import failing_rung
from tocsin.watch.looking import look
from tocsin.watch.patience import patiently
from tocsin.watch.state import remember, remembered

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from tocsin.case.watched import Watch
    from tocsin.editions import Edition
    from tocsin.watch.alert import Alert
    from tocsin.watch.clock import Clock
    from tocsin.watch.looking import Found
    from tocsin.watch.outbox import Rung
    from tocsin.watch.sightings import Sighting
    from tocsin.watch.state import State


class Watched(Protocol):
    """A case as the watch sees it; each step raises an error of ours, or the system's, where it cannot be done."""

    @property
    def name(self) -> str:
        """The case's name."""

    @property
    def watch(self) -> Watch:
        """Of what it wants to hear."""

    @property
    def countries(self) -> Sequence[str]:
        """Ids of the countries it looks at."""

    def fetch(self, state: State) -> tuple[State, tuple[str, ...]]:
        """Fetch what is new; what to remember, and what is to be said. A publisher's fault is said, not raised."""

    def fetched(self) -> Sequence[dict[str, Any]]:
        """How fresh what was fetched for it is, in the shape of an edition's `freshness`."""

    def read(self, seen: str | None) -> tuple[str | None, tuple[str, ...]]:
        """Read what is new of its documents, unless all is as it was seen; what is seen now, and what is to be said.

        A document that cannot be read is said, not raised.
        """

    def make(self) -> Edition:
        """The edition of what is here now: a new one, or the last where nothing changed."""

    def sightings(self) -> tuple[Sighting, ...] | None:
        """What the record says of posts and contradictions; None where there is no record."""

    def publish(self, alerts: Sequence[Rung]) -> None:
        """Write the feed of these alerts, newest first."""

    def removed(self, claims: Collection[str]) -> frozenset[str]:
        """Those of these claims that the record no longer holds."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """What a cycle did.

    Attributes:
        case: the case's name.
        at: when it began, UTC.
        edition: id of the edition looked at; None where there is none.
        is_new: whether that edition had not been looked at before.
        rung: alerts that are new.
        notes: what was fetched, and what could not be looked at.
        fault: why the cycle failed; None where it did not.
        elsewhere: whether another watch is at this case, so that this one did nothing.
    """

    case: str
    at: datetime
    edition: str | None = None
    is_new: bool = False
    rung: tuple[Alert, ...] = ()
    notes: tuple[str, ...] = field(default=())
    fault: str | None = None
    elsewhere: bool = False

    def as_json(self) -> dict[str, Any]:
        """The documented shape of a cycle."""
        return {
            "case": self.case, "at": self.at.isoformat(timespec="seconds"), "edition": self.edition, "new": self.is_new,
            "rung": [{"id": a.id, "key": a.key, "kind": a.kind.value, "title": a.title} for a in self.rung],
            "notes": list(self.notes), "fault": self.fault, "elsewhere": self.elsewhere,
        }  # fmt: skip


@dataclass(slots=True)
class Begun:
    """A cycle that is under way: what it has done so far is told even if it fails.

    Attributes:
        at: when it began, UTC.
        state: what was remembered.
        fetching: what is to be remembered of fetching.
        notes: what is to be said.
    """

    at: datetime
    state: State
    fetching: State
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Watchman:
    """Goes through the cycles of cases and records what rings.

    Attributes:
        engine: the database of alerts.
        clock: the time.
        channels: names of the channels alerts go to.
    """

    engine: sa.Engine
    clock: Clock
    channels: Sequence[str]

    def go_round(self, case: Watched) -> Cycle:
        """One cycle. What it finds is recorded with what it remembers, in one transaction: all of it, or none.

        Raises:
            DatabaseGone: the database was away for minutes; the cycle can be done again.
        """
        at = self.clock.now()
        with ExitStack() as stack:
            place = f"case-{case.name}"
            if not patiently(lambda: stack.enter_context(alone_with(self.engine, place)), clock=self.clock):
                return Cycle(case.name, at, elsewhere=True)
            state = patiently(lambda: self._state(case), clock=self.clock)
            begun = Begun(at, state, dict(state.get("fetch") or {}))
            try:
                found, edition = self._found(case, begun)
            except TocsinError as error:
                return self._failed(case, begun, error.what)
            except OSError as error:
                return self._failed(case, begun, f"the system says: {(error.strerror or str(error)).lower()}")
            except Exception as error:  # noqa: BLE001  # a watch that dies of one case rings of none: it is said, and rung when it lasts
                return self._failed(case, begun, f"{type(error).__name__}: {str(error)[:200]}")
            rung = self._record(case, found)
            self._publish(case)
        is_new = state.get("edition") != edition
        return Cycle(case.name, at, edition, is_new, rung, (*begun.notes, *found.notes))

    def would_ring(self, case: Watched, edition: Edition) -> Cycle:
        """What a cycle would ring of an edition; nothing is fetched, made, recorded or sent."""
        at, state = self.clock.now(), patiently(lambda: self._state(case), clock=self.clock)
        found = look(case, edition, state, sightings=case.sightings(), now=at)
        held = patiently(lambda: self._held(case), clock=self.clock)
        new = tuple(alert for alert in found.alerts if alert.id not in held)
        return Cycle(case.name, at, edition.id, state.get("edition") != edition.id, new, found.notes)

    def _found(self, case: Watched, begun: Begun) -> tuple[Found, str]:
        begun.fetching, said = case.fetch(begun.fetching)
        begun.notes += said
        read, said = case.read(begun.state.get("read"))
        begun.notes += said
        edition = case.make()
        is_new = begun.state.get("edition") != edition.id
        seen = case.sightings() if is_new else None
        found = look(case, edition, begun.state, sightings=seen, now=self.clock.now())
        remember_too = {"fetch": begun.fetching, "read": read, "edition": edition.id, "failing": None}
        return replace(found, state=found.state | remember_too), edition.id

    def _record(self, case: Watched, found: Found) -> tuple[Alert, ...]:
        quoted = patiently(lambda: self._quoted(case), clock=self.clock)
        gone = case.removed(quoted) if quoted else frozenset[str]()

        def change(connection: sa.Connection) -> tuple[Alert, ...]:
            now = self.clock.now()
            new = outbox.ring(connection, found.alerts, channels=self.channels, now=now)
            remember(connection, case.name, found.state, now=now)
            if gone:
                outbox.withdraw(connection, case=case.name, claims=gone)
            return new

        return patiently(lambda: written(self.engine, change), clock=self.clock)

    def _publish(self, case: Watched) -> None:
        def newest() -> tuple[Rung, ...]:
            with self.engine.connect() as connection:
                return outbox.rung(connection, case=case.name)

        with suppress(OSError):  # a feed that cannot be written is written with the next cycle; alerts are recorded
            case.publish(patiently(newest, clock=self.clock))

    def _failed(self, case: Watched, begun: Begun, fault: str) -> Cycle:
        """Count a failure, and ring when it lasts; an outage of the publisher or the disk is over with the next cycle."""
        alerts, failing = failing_rung(case.name, begun.state.get("failing"), fault=fault, now=self.clock.now())

        def change(connection: sa.Connection) -> tuple[Alert, ...]:
            now = self.clock.now()
            remember(connection, case.name, {"failing": failing, "fetch": begun.fetching}, now=now)
            return outbox.ring(connection, alerts, channels=self.channels, now=now)

        rung = patiently(lambda: written(self.engine, change), clock=self.clock)
        return Cycle(case.name, begun.at, begun.state.get("edition"), rung=rung, notes=tuple(begun.notes), fault=fault)

    def _state(self, case: Watched) -> State:
        with self.engine.connect() as connection:
            return remembered(connection, case.name)

    def _held(self, case: Watched) -> frozenset[str]:
        with self.engine.connect() as connection:
            return outbox.held(connection, case=case.name)

    def _quoted(self, case: Watched) -> frozenset[str]:
        with self.engine.connect() as connection:
            return outbox.quoted(connection, case=case.name)
