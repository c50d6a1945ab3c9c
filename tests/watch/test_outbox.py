"""Every alert is recorded once and sent once to each channel, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tocsin.watch import outbox
from tocsin.watch.alert import WITHDRAWN, Alert, Evidence, Kind, plain_alert
from tocsin.watch.backoff import MOST_TRIES

if TYPE_CHECKING:
    import sqlalchemy as sa
    from tests.watch.conftest import HandClock

CHANNELS = ("email", "webhook")
WARNING = plain_alert("iraq", "warning:IRQ:p100_within_6:2026-08", kind=Kind.WARNING)


def ring(engine: sa.Engine, clock: HandClock, *alerts: Alert) -> tuple[Alert, ...]:
    with engine.begin() as connection:
        return outbox.ring(connection, alerts, channels=CHANNELS, now=clock.now())


def due(engine: sa.Engine, clock: HandClock) -> tuple[outbox.Delivery, ...]:
    with engine.connect() as connection:
        return outbox.due(connection, now=clock.now(), channels=CHANNELS)


def claim(engine: sa.Engine, clock: HandClock, delivery: outbox.Delivery) -> outbox.Delivery | None:
    with engine.begin() as connection:
        return outbox.claim(connection, delivery, now=clock.now())


def test_an_alert_found_again_is_recorded_once(engine: sa.Engine, clock: HandClock) -> None:
    assert ring(engine, clock, WARNING) == (WARNING,)
    clock.pass_by(86_400)
    assert ring(engine, clock, WARNING) == ()
    assert len(due(engine, clock)) == len(CHANNELS)


def test_the_same_key_in_another_case_is_another_alert(engine: sa.Engine, clock: HandClock) -> None:
    other = plain_alert("mali", WARNING.key)
    assert ring(engine, clock, WARNING, other) == (WARNING, other)


def test_of_two_watches_one_takes_a_delivery(engine: sa.Engine, clock: HandClock) -> None:
    ring(engine, clock, WARNING)
    first, _ = due(engine, clock)
    taken = claim(engine, clock, first)
    assert taken is not None
    assert taken.attempts == 1
    assert claim(engine, clock, first) is None


def test_what_was_begun_and_cut_off_is_tried_again_after_its_wait(engine: sa.Engine, clock: HandClock) -> None:
    ring(engine, clock, WARNING)
    for delivery in due(engine, clock):
        claim(engine, clock, delivery)
    assert due(engine, clock) == ()
    clock.pass_by(61)
    assert len(due(engine, clock)) == len(CHANNELS)


def test_what_was_sent_is_never_due_again(engine: sa.Engine, clock: HandClock) -> None:
    ring(engine, clock, WARNING)
    first, second = due(engine, clock)
    taken = claim(engine, clock, first)
    assert taken is not None
    with engine.begin() as connection:
        outbox.sent(connection, taken, now=clock.now())
    for jump in (timedelta(days=4000), timedelta(days=-8000)):
        clock.jump(jump)
        assert due(engine, clock) == (second,)
    assert claim(engine, clock, taken) is None


def test_a_clock_put_back_holds_nothing_for_ever(engine: sa.Engine, clock: HandClock) -> None:
    ring(engine, clock, WARNING)
    clock.jump(timedelta(days=-365))
    assert len(due(engine, clock)) == len(CHANNELS)


def test_what_is_given_up_is_shown_and_can_be_put_back(engine: sa.Engine, clock: HandClock) -> None:
    ring(engine, clock, WARNING)
    for _ in range(MOST_TRIES):
        taken = claim(engine, clock, due(engine, clock)[0])
        assert taken is not None
        with engine.begin() as connection:
            outbox.failed(connection, taken, fault="the server does not answer", now=clock.now())
            others = [
                d for d in outbox.due(connection, now=clock.now(), channels=CHANNELS) if d.channel != taken.channel
            ]
            for other in others:
                outbox.sent(connection, other, now=clock.now())
        clock.pass_by(6 * 3600 + 1)
    assert due(engine, clock) == ()
    with engine.begin() as connection:
        (one,) = outbox.rung(connection, case="iraq")
        states = sorted((d.state, d.fault) for d in one.deliveries)
        assert states == [("given up", "the server does not answer"), ("sent", None)]
        assert outbox.again(connection, case="iraq", channels=CHANNELS, now=clock.now()) == 1
    assert [d.attempts for d in due(engine, clock)] == [0]


def test_a_quote_goes_when_its_claim_was_removed(engine: sa.Engine, clock: HandClock) -> None:
    quoted = Evidence("a post", "/c/iraq/record", quote="A. Person is minister", source="bic", claim_id="c1")
    kept = Evidence("a number", "/c/iraq/now", quote="90 dead", claim_id="c2")
    ring(engine, clock, plain_alert("iraq", "post:x", evidence=(quoted, kept)))
    with engine.begin() as connection:
        assert outbox.withdraw(connection, case="iraq", claims={"c1"}) == 1
        (one,) = outbox.rung(connection, case="iraq")
    assert [e.text for e in one.alert.evidence] == [WITHDRAWN, "a number"]
    assert "Person" not in str(one)
