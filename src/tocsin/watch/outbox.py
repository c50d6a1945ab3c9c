"""The outbox: every alert recorded once, and sent once to every channel."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tocsin.team.alert_tables import ALERTS, DELIVERIES
from tocsin.team.values import moment, stamp
from tocsin.watch.alert import Alert, Kind, as_text, of_json
from tocsin.watch.backoff import MOST_TRIES, is_due, wait_after

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

FAULT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert on its way to one channel.

    Attributes:
        alert_id: which alert.
        channel: `email` or `webhook`.
        attempts: how often it was begun.
        next_try: not before this, UTC.
        sent_at: when the channel took it; None where it has not yet.
        given_up_at: when it was given up.
        fault: what the channel said the last time.
    """

    alert_id: str
    channel: str
    attempts: int
    next_try: datetime
    sent_at: datetime | None = None
    given_up_at: datetime | None = None
    fault: str | None = None

    @property
    def state(self) -> str:
        """In one word: sent, given up, waiting, or new."""
        if self.sent_at is not None:
            return "sent"
        return "given up" if self.given_up_at is not None else "waiting" if self.attempts else "new"


@dataclass(frozen=True, slots=True)
class Rung:
    """An alert with its deliveries.

    Attributes:
        alert: what is rung.
        made: when it was recorded, UTC.
        deliveries: one for each channel.
    """

    alert: Alert
    made: datetime
    deliveries: tuple[Delivery, ...]


def ring(
    connection: sa.Connection, alerts: Iterable[Alert], *, channels: Sequence[str], now: datetime
) -> tuple[Alert, ...]:
    """Record alerts that are not recorded yet, each with a delivery to every channel; returns the new ones.

    What else belongs to the same finding, as what the watch remembers, is written in the same transaction.
    """
    new = tuple(alert for alert in alerts if _recorded(connection, alert, now=now))
    rows = [{"alert_id": a.id, "channel": c, "attempts": 0, "next_try": stamp(now)} for a in new for c in channels]
    if rows:
        connection.execute(DELIVERIES.insert(), rows)
    return new


def _recorded(connection: sa.Connection, alert: Alert, *, now: datetime) -> bool:
    """Whether this call recorded it: of two watches at once, one does."""
    row = {
        "alert_id": alert.id, "case_name": alert.case, "key": alert.key, "kind": alert.kind.value,
        "said": as_text(alert), "made": stamp(now), "is_test": alert.kind is Kind.TEST,
    }  # fmt: skip
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert  # noqa: PLC0415  # both dialects name it alike
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]  # noqa: PLC0415
    asked = insert(ALERTS).values(row).on_conflict_do_nothing().returning(ALERTS.c.alert_id)
    return connection.execute(asked).first() is not None


def due(connection: sa.Connection, *, now: datetime, channels: Collection[str]) -> tuple[Delivery, ...]:
    """Deliveries that may be tried now, the longest waiting first."""
    rows = connection.execute(
        sa.select(DELIVERIES)
        .where(DELIVERIES.c.sent_at.is_(None), DELIVERIES.c.given_up_at.is_(None), DELIVERIES.c.channel.in_(channels))
        .order_by(DELIVERIES.c.next_try, DELIVERIES.c.alert_id)
    )
    found = (_delivery(row) for row in rows)
    return tuple(d for d in found if is_due(d.next_try, attempts=d.attempts, now=now))


def claim(connection: sa.Connection, delivery: Delivery, *, now: datetime) -> Delivery | None:
    """Take a delivery for one attempt; None where another watch has taken it since it was read.

    The attempt is counted before the message leaves: a process that ends in between is followed by another attempt
    with the same identity, after the wait.
    """
    attempts = delivery.attempts + 1
    next_try = now + wait_after(attempts)
    done = connection.execute(
        DELIVERIES.update()
        .where(*_this(delivery), DELIVERIES.c.attempts == delivery.attempts, DELIVERIES.c.sent_at.is_(None))
        .values(attempts=attempts, next_try=stamp(next_try))
    )
    if not done.rowcount:
        return None
    return Delivery(delivery.alert_id, delivery.channel, attempts, next_try, fault=delivery.fault)


def sent(connection: sa.Connection, delivery: Delivery, *, now: datetime) -> None:
    """The channel took the message: it is never sent there again."""
    connection.execute(DELIVERIES.update().where(*_this(delivery)).values(sent_at=stamp(now), fault=None))


def failed(connection: sa.Connection, delivery: Delivery, *, fault: str, now: datetime, once: bool = False) -> None:
    """The channel did not take it: keep why, and give up where it was tried often enough, or was to be tried once."""
    values: dict[str, object] = {"fault": fault[:FAULT_LENGTH]}
    if once or delivery.attempts >= MOST_TRIES:
        values["given_up_at"] = stamp(now)
    connection.execute(DELIVERIES.update().where(*_this(delivery)).values(values))


def again(connection: sa.Connection, *, case: str, channels: Collection[str], now: datetime) -> int:
    """Put deliveries that were given up back into the outbox, tests left out; returns how many."""
    mine = sa.select(ALERTS.c.alert_id).where(ALERTS.c.case_name == case, ALERTS.c.is_test.is_(False))
    done = connection.execute(
        DELIVERIES.update()
        .where(
            DELIVERIES.c.given_up_at.is_not(None), DELIVERIES.c.alert_id.in_(mine), DELIVERIES.c.channel.in_(channels)
        )
        .values(given_up_at=None, attempts=0, next_try=stamp(now))
    )
    return done.rowcount


def alert_of(connection: sa.Connection, delivery: Delivery) -> tuple[Alert, datetime]:
    """The alert that a delivery carries, and when it was recorded."""
    asked = sa.select(ALERTS.c.said, ALERTS.c.made).where(ALERTS.c.alert_id == delivery.alert_id)
    row = connection.execute(asked).one()
    return of_json(json.loads(row.said)), moment(row.made)


def rung(connection: sa.Connection, *, case: str | None = None, most: int = 100) -> tuple[Rung, ...]:
    """Alerts with their deliveries, the newest first."""
    asked = sa.select(ALERTS.c.alert_id, ALERTS.c.said, ALERTS.c.made).order_by(ALERTS.c.made.desc(), ALERTS.c.alert_id)
    if case is not None:
        asked = asked.where(ALERTS.c.case_name == case)
    alerts = connection.execute(asked.limit(most)).all()
    ids = [row.alert_id for row in alerts]
    ordered = sa.select(DELIVERIES).where(DELIVERIES.c.alert_id.in_(ids)).order_by(DELIVERIES.c.channel)
    deliveries = [_delivery(row) for row in connection.execute(ordered)]
    return tuple(
        Rung(
            of_json(json.loads(row.said)), moment(row.made), tuple(d for d in deliveries if d.alert_id == row.alert_id)
        )
        for row in alerts
    )


def held(connection: sa.Connection, *, case: str) -> frozenset[str]:
    """Ids of the case's alerts."""
    return frozenset(connection.scalars(sa.select(ALERTS.c.alert_id).where(ALERTS.c.case_name == case)))


def quoted(connection: sa.Connection, *, case: str) -> frozenset[str]:
    """The claims of the record that the case's alerts quote."""
    said = connection.scalars(sa.select(ALERTS.c.said).where(ALERTS.c.case_name == case))
    evidence = (one for text in said for one in of_json(json.loads(text)).evidence)
    return frozenset(one.claim_id for one in evidence if one.claim_id is not None and one.quote is not None)


def withdraw(connection: sa.Connection, *, case: str, claims: Collection[str]) -> int:
    """Take the quotes of claims that the record no longer holds out of the case's alerts; returns how many changed."""
    asked = sa.select(ALERTS.c.alert_id, ALERTS.c.said).where(ALERTS.c.case_name == case)
    changed = 0
    for row in connection.execute(asked).all():
        alert = of_json(json.loads(row.said))
        left = alert.without(claims)
        if left != alert:
            this = ALERTS.c.alert_id == row.alert_id
            connection.execute(ALERTS.update().where(this).values(said=as_text(left)))
            changed += 1
    return changed


def _delivery(row: sa.Row[Any]) -> Delivery:
    sent_at, given_up_at = (None if at is None else moment(at) for at in (row.sent_at, row.given_up_at))
    return Delivery(row.alert_id, row.channel, row.attempts, moment(row.next_try), sent_at, given_up_at, row.fault)


def _this(delivery: Delivery) -> tuple[sa.ColumnElement[bool], ...]:
    return (DELIVERIES.c.alert_id == delivery.alert_id, DELIVERIES.c.channel == delivery.channel)
