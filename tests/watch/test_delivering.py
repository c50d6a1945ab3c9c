"""Deliveries through outages, kills, locks and jumps of the clock: each alert reaches each channel once."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from tests.watch.receivers import mail_server, webhook_server

from tocsin.team import open_team
from tocsin.watch import outbox
from tocsin.watch.alert import Kind, plain_alert
from tocsin.watch.alone import alone_with
from tocsin.watch.channel import ChannelFault
from tocsin.watch.deliver import Post, written
from tocsin.watch.mail import Mail, MailServer
from tocsin.watch.patience import WAITS_SECONDS, DatabaseGone
from tocsin.watch.quiet import QuietHours
from tocsin.watch.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from tests.watch.conftest import HandClock

    from tocsin.watch.alert import Alert
    from tocsin.watch.channel import Channel

ALERTS = [plain_alert("tiny", f"warning:{n}", kind=Kind.WARNING) for n in range(3)]
IDS = sorted(alert.id for alert in ALERTS)


class Kept:
    """A channel that takes messages unless it is told to fail; `before` is called when a message is on its way."""

    def __init__(self, name: str = "kept", before: Callable[[], None] = lambda: None) -> None:
        self.name, self.before, self.taken, self.is_down = name, before, list[str](), False
        self.asked = 0

    def send(self, alert: Alert, *, made: datetime, now: datetime) -> None:
        del made, now
        self.asked += 1
        self.before()
        if self.is_down:
            raise ChannelFault("it is down")
        self.taken.append(alert.id)


def rings(engine: sa.Engine, clock: HandClock, channels: Sequence[Channel], *alerts: Alert) -> None:
    names = [channel.name for channel in channels]
    written(engine, lambda c: outbox.ring(c, alerts or ALERTS, channels=names, now=clock.now()))


def rounds(post: Post, clock: HandClock, *, minutes: int) -> int:
    """Deliver every minute; how many were sent."""
    sent = 0
    for _ in range(minutes):
        sent += post.deliver().sent
        clock.pass_by(60)
    return sent


def states(engine: sa.Engine) -> set[str]:
    with engine.connect() as connection:
        return {d.state for one in outbox.rung(connection) for d in one.deliveries}


def test_a_mail_server_down_for_an_hour_gets_every_alert_once(engine: sa.Engine, clock: HandClock) -> None:
    with mail_server() as box:
        box.refuses = "421 the service is not available"
        mail = Mail(MailServer("127.0.0.1", box.port, "none"), "tocsin@example.org", "desk@example.org")
        post = Post(engine, [mail], clock)
        rings(engine, clock, [mail])
        assert rounds(post, clock, minutes=60) == 0
        assert states(engine) == {"waiting"}
        box.refuses = None
        assert rounds(post, clock, minutes=120) == len(ALERTS)
        assert rounds(post, clock, minutes=5) == 0
        numbers = sorted(
            next(line for line in letter.split(b"\r\n") if line.startswith(b"Message-ID")) for letter in box.letters
        )
    assert [number.split(b"<")[1].split(b"@")[0].decode() for number in numbers] == IDS
    assert states(engine) == {"sent"}


def test_a_channel_that_is_down_holds_up_no_other(engine: sa.Engine, clock: HandClock) -> None:
    down, up = Kept("down"), Kept("up")
    down.is_down = True
    rings(engine, clock, [down, up])
    done = Post(engine, [down, up], clock).deliver()
    assert (done.sent, sorted(up.taken)) == (len(ALERTS), IDS)
    assert down.asked == 1, "one that is down is asked once a round"
    assert done.failed == ("down: it is down",)


def test_a_test_is_tried_once(engine: sa.Engine, clock: HandClock) -> None:
    channel = Kept()
    channel.is_down = True
    rings(engine, clock, [channel], plain_alert("tiny", "test:now"))
    assert Post(engine, [channel], clock).deliver().failed == ("kept: it is down",)
    channel.is_down = False
    clock.pass_by(3600)
    assert Post(engine, [channel], clock).deliver().sent == 0, "nobody is rung by a test of long ago"
    assert states(engine) == {"given up"}


def test_a_channel_that_is_no_longer_set_is_left_alone(engine: sa.Engine, clock: HandClock) -> None:
    old, new = Kept("old"), Kept("new")
    rings(engine, clock, [old])
    assert Post(engine, [new], clock).deliver().sent == 0
    assert Post(engine, [old], clock).deliver().sent == len(ALERTS)


def test_two_watches_at_once_send_each_alert_once(engine: sa.Engine, clock: HandClock) -> None:
    """The second asks while the first is in the middle of its first message."""
    seconds: list[Any] = []
    channel = Kept(before=lambda: seconds.append(Post(engine, [channel], clock).deliver()) if not seconds else None)
    rings(engine, clock, [channel])
    assert Post(engine, [channel], clock).deliver().sent == len(ALERTS)
    assert (seconds[0].elsewhere, seconds[0].sent) == (True, 0)
    assert sorted(channel.taken) == IDS


def test_many_watches_in_threads_send_each_alert_once(engine: sa.Engine, clock: HandClock) -> None:
    channel = Kept()
    rings(engine, clock, [channel])
    posts = [threading.Thread(target=Post(engine, [channel], clock).deliver) for _ in range(4)]
    for post in posts:
        post.start()
    for post in posts:
        post.join()
    assert sorted(channel.taken) == IDS


def test_a_place_is_free_again_when_its_holder_is_gone(engine: sa.Engine) -> None:
    with (
        alone_with(engine, "ring") as first,
        alone_with(engine, "ring") as second,
        alone_with(engine, "case-x") as other,
    ):
        assert (first, second, other) == (True, False, True)
    with alone_with(engine, "ring") as third:
        assert third


def test_quiet_hours_hold_and_then_let_go(engine: sa.Engine, clock: HandClock) -> None:
    channel = Kept()
    quiet = QuietHours.parse("11:00-13:00", zone="UTC")
    post = Post(engine, [channel], clock, quiet)
    rings(engine, clock, [channel])
    assert (post.deliver().held, channel.taken) == (len(ALERTS), [])
    clock.pass_by(3600)
    assert post.deliver().sent == len(ALERTS)


@pytest.mark.parametrize("days", [-400, -1, 1, 4000])
def test_a_jump_of_the_clock_sends_nothing_twice_and_holds_nothing(
    engine: sa.Engine, clock: HandClock, days: int
) -> None:
    channel = Kept()
    post = Post(engine, [channel], clock)
    rings(engine, clock, [channel])
    channel.is_down = True
    post.deliver()
    clock.jump(timedelta(days=days))
    channel.is_down = False
    rounds(post, clock, minutes=10)
    clock.jump(timedelta(days=-days))
    rounds(post, clock, minutes=10)
    assert sorted(channel.taken) == IDS


def test_a_jump_while_a_message_is_on_its_way_sends_it_once(engine: sa.Engine, clock: HandClock) -> None:
    """By the jumped clock the other watch finds the message long due; the place is held all the same."""
    others: list[Any] = []

    def jump() -> None:
        if not others:
            clock.jump(timedelta(days=30))
            others.append(Post(engine, [channel], clock).deliver())

    channel = Kept(before=jump)
    rings(engine, clock, [channel])
    Post(engine, [channel], clock).deliver()
    assert others[0].elsewhere
    assert sorted(channel.taken) == IDS


def test_a_database_gone_while_a_message_is_on_its_way_sends_it_once(
    engine: sa.Engine, clock: HandClock, outage: list[int]
) -> None:
    """It is gone for half a minute just after the channel took the message: that it was sent is written all the same."""

    def go() -> None:
        if not channel.taken:
            engine.dispose()
            outage[0] = 4

    channel = Kept(before=go)
    rings(engine, clock, [channel])
    assert Post(engine, [channel], clock).deliver().sent == len(ALERTS)
    assert clock.slept == list(WAITS_SECONDS[:4])
    rounds(Post(engine, [channel], clock), clock, minutes=90)
    assert sorted(channel.taken) == IDS


def test_a_database_that_stays_away_is_said(engine: sa.Engine, clock: HandClock, outage: list[int]) -> None:
    channel = Kept()
    rings(engine, clock, [channel])
    engine.dispose()
    outage[0] = 1000
    with pytest.raises(DatabaseGone, match="has not answered for 5 minutes: connection refused"):
        Post(engine, [channel], clock).deliver()
    outage[0] = 0
    assert Post(engine, [channel], clock).deliver().sent == len(ALERTS)


def test_a_database_locked_by_another_is_waited_for(tmp_path: Path, clock: HandClock) -> None:
    with open_team(tmp_path / "team.db") as team:
        sa.event.listen(team.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=0"))
        team.engine.dispose()
        channel = Kept()
        rings(team.engine, clock, [channel])
        other = sqlite3.connect(tmp_path / "team.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        def let_go(seconds: float) -> None:
            clock.pass_by(seconds)
            if clock.seconds >= 30 and other.in_transaction:
                other.execute("ROLLBACK")

        clock.sleep = let_go  # type: ignore[method-assign]
        assert Post(team.engine, [channel], clock).deliver().sent == len(ALERTS)
        assert clock.seconds >= 30
        other.close()


def test_a_disk_that_is_full_loses_nothing(tmp_path: Path, clock: HandClock) -> None:
    """SQLite is told that its file may not grow: the alerts stay unrecorded as a whole, and are recorded when it may."""
    with open_team(tmp_path / "team.db") as team:
        with team.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        limits = [f"PRAGMA max_page_count={pages}"]
        sa.event.listen(team.engine, "connect", lambda raw, _: [raw.execute(limit) for limit in limits])
        team.engine.dispose()
        many = [plain_alert("tiny", f"warning:{n}:{'x' * 2000}", kind=Kind.WARNING) for n in range(40)]
        with pytest.raises(sa.exc.OperationalError, match="full"):
            written(team.engine, lambda c: outbox.ring(c, many, channels=["kept"], now=clock.now()))
        limits.clear()
        team.engine.dispose()
        with team.engine.connect() as connection:
            assert outbox.rung(connection) == ()
        assert len(written(team.engine, lambda c: outbox.ring(c, many, channels=["kept"], now=clock.now()))) == 40


def test_whatever_comes_in_whatever_order_each_alert_is_taken_once(engine: sa.Engine, clock: HandClock) -> None:
    """A hundred hours of outages and jumps of the clock, put together by chance; then an hour of calm."""
    chance = random.Random(7)  # noqa: S311  # no secret
    channels = [Kept(f"c{n}") for n in range(3)]
    post = Post(engine, channels, clock, QuietHours.parse("22:00-06:00", zone="Asia/Baghdad"))
    for hour in range(100):
        if chance.random() < 0.3:
            rings(engine, clock, channels, plain_alert("tiny", f"{hour}", kind=Kind.WARNING))
        for channel in channels:
            channel.is_down = chance.random() < 0.5
        if chance.random() < 0.1:
            clock.jump(timedelta(hours=chance.uniform(-48, 48)))
        post.deliver()
        clock.pass_by(3600 * chance.random())
    for channel in channels:
        channel.is_down = False
    for _ in range(40):
        post.deliver()
        clock.pass_by(3600)
    with engine.connect() as connection:
        ids = sorted(outbox.held(connection, case="tiny"))
    assert len(ids) > 20
    assert [sorted(channel.taken) for channel in channels] == [ids] * 3


KILLED = """
import sys
from pydantic import SecretStr
from tocsin.team import open_team
from tocsin.watch.clock import SystemClock
from tocsin.watch.deliver import Post
from tocsin.watch.webhook import Webhook

engine = open_team(sys.argv[1]).engine
print(Post(engine, [Webhook(SecretStr(sys.argv[2]), allow_private=True)], SystemClock()).deliver())
"""


def test_a_watch_killed_while_a_message_is_on_its_way_repeats_it_with_the_same_number(
    address: str, engine: sa.Engine, clock: HandClock, tmp_path: Path
) -> None:
    script = tmp_path / "watch.py"
    script.write_text(KILLED, encoding="utf-8")
    with webhook_server() as hook:
        channel = Webhook(SecretStr(hook.url), allow_private=True)
        written(engine, lambda c: outbox.ring(c, ALERTS[:1], channels=[channel.name], now=clock.now()))
        hook.stalls = threading.Event()
        clock.moment = _now()
        process = subprocess.Popen([sys.executable, str(script), address, hook.url], stdout=subprocess.DEVNULL)
        while not hook.posts:
            assert process.poll() is None, "the watch ended before it sent anything"
        process.kill()
        process.wait()
        hook.stalls.set()
        hook.stalls = None
        post = Post(engine, [channel], clock)
        for _ in range(500):  # the database takes a moment to see that whoever held the place is gone
            seen = post.deliver()
            if not seen.elsewhere:
                break
            time.sleep(0.02)
        assert seen == type(seen)(), "what was begun waits for its time, and the place is free again"
        clock.pass_by(120)
        assert post.deliver().sent == 1
        clock.pass_by(86_400)
        assert post.deliver().sent == 0
    first, second = hook.posts
    assert first[0]["Idempotency-Key"] == second[0]["Idempotency-Key"] == ALERTS[0].id
    assert first[1] == second[1]


def _now() -> datetime:
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime.now(UTC)
