"""Deliveries: what waits in the outbox is sent, each alert once to each channel."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tocsin.errors import TocsinError
from tocsin.watch import outbox
from tocsin.watch.alert import Kind
from tocsin.watch.alone import alone_with
from tocsin.watch.patience import patiently

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    import sqlalchemy as sa

    from tocsin.watch.alert import Alert
    from tocsin.watch.channel import Channel
    from tocsin.watch.clock import Clock
    from tocsin.watch.outbox import Delivery
    from tocsin.watch.quiet import QuietHours

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a round of deliveries did.

    Attributes:
        sent: messages that were taken.
        failed: messages that were not, each as `channel: why`.
        held: messages that wait for the end of quiet hours.
        elsewhere: whether another watch is sending, so that this one did nothing.
    """

    sent: int = 0
    failed: tuple[str, ...] = ()
    held: int = 0
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """What a round of deliveries needs.

    Attributes:
        engine: the database of alerts.
        channels: where alerts go.
        clock: the time.
        quiet: hours in which nothing is sent; None: none.
    """

    engine: sa.Engine
    channels: Sequence[Channel]
    clock: Clock
    quiet: QuietHours | None = None

    def deliver(self) -> Delivered:
        """Send what is due; another watch that is sending is left to it.

        Raises:
            DatabaseGone: the database was away for minutes.
        """
        by_name = {channel.name: channel for channel in self.channels}
        with ExitStack() as stack:
            if not patiently(lambda: stack.enter_context(alone_with(self.engine, "ring")), clock=self.clock):
                return Delivered(elsewhere=True)
            waiting = self._read(lambda c: outbox.due(c, now=self.clock.now(), channels=by_name))
            if self.quiet is not None and self.quiet.hold(self.clock.now()):
                return Delivered(held=len(waiting))
            return self._send_all(waiting, by_name)

    def _send_all(self, waiting: Sequence[Delivery], by_name: Mapping[str, Channel]) -> Delivered:
        sent, faults, silent = 0, [], set[str]()
        for delivery in waiting:
            if delivery.channel in silent:
                continue
            said = self._sent(delivery, by_name[delivery.channel])
            if said is None:
                sent += 1
            else:
                faults.append(f"{delivery.channel}: {said}")
                silent.add(delivery.channel)  # a channel that is down is asked once a round, not once an alert
        return Delivered(sent, tuple(faults))

    def _sent(self, delivery: Delivery, channel: Channel) -> str | None:
        """Send one; None where it was taken, else why not."""
        taken = self._write(lambda c: outbox.claim(c, delivery, now=self.clock.now()))
        if taken is None:
            return "another watch has taken it"
        alert, made = self._read(lambda c: outbox.alert_of(c, taken))
        said = _tried(channel, alert, made=made, now=self.clock.now())
        if said is None:
            self._write(lambda c: outbox.sent(c, taken, now=self.clock.now()))
        else:
            self._write(lambda c: outbox.failed(c, taken, fault=said, now=self.clock.now(),
                                              once=alert.kind is Kind.TEST))  # fmt: skip
        return said

    def _read(self, ask: Callable[[sa.Connection], Found]) -> Found:
        def once() -> Found:
            with self.engine.connect() as connection:
                return ask(connection)

        return patiently(once, clock=self.clock)

    def _write(self, change: Callable[[sa.Connection], Found]) -> Found:
        return patiently(lambda: written(self.engine, change), clock=self.clock)


def written(engine: sa.Engine, change: Callable[[sa.Connection], Found]) -> Found:
    """Do a change in one transaction: all of it, or none."""
    with engine.connect().execution_options(team_writes=True) as connection, connection.begin():
        return change(connection)


def _tried(channel: Channel, alert: Alert, *, made: datetime, now: datetime) -> str | None:
    try:
        channel.send(alert, made=made, now=now)
    except TocsinError as fault:  # also a setting that is found wrong only now, as an address that leads inside
        return fault.what if fault.hint is None else f"{fault.what} (hint: {fault.hint})"
    return None
