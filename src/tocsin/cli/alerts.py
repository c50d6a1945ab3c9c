"""Commands: alerts."""

from cyclopts import App
from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.watch import open_belfry
from tocsin.cli.app import out, print_json
from tocsin.cli.printing import row, say, table
from tocsin.settings import Settings
from tocsin.watch.deliver import Delivered
from tocsin.watch.listing import rung_as_json
from tocsin.watch.outbox import Delivery, Rung, rung
from tocsin.watch.wording import counted

alerts = App(name="alerts", help="What the watch rang, and where it went.")


@alerts.default
def list_(*, case: str = ".", most: int = 50, json: bool = False) -> None:
    """What the watch rang of a case, newest first, and whether each channel took it.

    Example: tocsin alerts --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        most: how many alerts at most.
        json: print JSON.
    """
    name, belfry = open_case(case).settings.name, open_belfry(Settings.load())
    with belfry.engine.connect() as connection:
        found = rung(connection, case=name, most=most)
    if json:
        print_json({"case": name, "alerts": [rung_as_json(one, addresses=True) for one in found]})
        return
    if not found:
        say(f"the watch has rung nothing of {name} yet")
        return
    out.print(_table(found, name))


@alerts.command(name="test")
def ring_test(*, case: str = ".", json: bool = False) -> int:
    """Send a test to every channel that is set; quiet hours hold it as they hold any alert.

    Example: tocsin alerts test --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    name, belfry = open_case(case).settings.name, open_belfry(Settings.load())
    id_ = belfry.test(name)
    done = belfry.post.deliver()
    if json:
        print_json({"id": id_, "channels": list(belfry.watchman.channels), "sent": done.sent, "failed": list(done.failed),
                    "held": done.held})  # fmt: skip
        return 1 if done.failed else 0
    if not belfry.watchman.channels:
        say("neither e-mail nor webhook is set: the test stands in the list of alerts only")
    say(f"{counted(done.sent, 'message')} sent, {done.held} held for the end of quiet hours")
    if done.elsewhere:
        say("another watch is sending: the test goes out with its next round")
    return _ended(done)


@alerts.command
def retry(*, case: str = ".", json: bool = False) -> int:
    """Try again what was given up, at once.

    Example: tocsin alerts retry --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    name, belfry = open_case(case).settings.name, open_belfry(Settings.load())
    put_back = belfry.put_back(name)
    done = belfry.post.deliver()
    if json:
        print_json({"put_back": put_back, "sent": done.sent, "failed": list(done.failed), "held": done.held})
    else:
        say(f"{put_back} put back, {done.sent} sent")
        return _ended(done)
    return 1 if done.failed else 0


def _ended(done: Delivered) -> int:
    """Say what was not sent; the command's exit code."""
    for fault in done.failed:
        say(f"not sent: {fault}")
    return 1 if done.failed else 0


def _table(found: tuple[Rung, ...], case: str) -> Table:
    made = table(f"Alerts of {case}, newest first", "Rung", "Kind", "What", "Sent")
    for one in found:
        deliveries = "\n".join(_delivery(d) for d in one.deliveries) or "in the feed"
        row(made, one.made.strftime("%Y-%m-%d %H:%M UTC"), one.alert.kind.value, one.alert.title, deliveries)
    return made


def _delivery(one: Delivery) -> str:
    if one.sent_at is not None:
        return f"{one.channel}: sent {one.sent_at:%Y-%m-%d %H:%M UTC}"
    tried = f", tried {one.attempts} times" if one.attempts else ""
    return f"{one.channel}: {one.state}{tried}" + (f": {one.fault}" if one.fault else "")
