"""Command: watch."""

import json as json_lines
import sys
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Annotated

from cyclopts import Parameter

from tocsin.api.home import editions_of
from tocsin.api.watch import Belfry, WatchedCase, open_belfry, open_watched
from tocsin.cli.app import err, print_json
from tocsin.cli.printing import say
from tocsin.cli.shown import seen
from tocsin.errors import FileProblem, TocsinError, Where
from tocsin.settings import Settings
from tocsin.watch.cycle import Cycle
from tocsin.watch.deliver import Delivered
from tocsin.watch.running import Telling, span_of, watch_on, watch_once
from tocsin.watch.wording import counted


def watch(
    *, case: Annotated[list[str] | None, Parameter(negative="")] = None, once: bool = False, every: str | None = None,
    dry_run: bool = False, json: bool = False,
) -> int:  # fmt: skip
    """Fetch, make again what changed, and ring: by e-mail, by webhook and in the feed; each alert once.

    It goes on until it is stopped. However it is stopped, it goes on where it was when it is started again.

    Example: tocsin watch --case iraq --once

    Args:
        case: a case folder, or the name of one that ships; may be repeated.
        once: one cycle of each case and one round of deliveries, as a timer runs it.
        every: how often, as 30m, 6h or 1d; by default the setting watch_every.
        dry_run: say what the newest edition would ring; nothing is fetched, made, recorded or sent.
        json: print JSON: one document with --once or --dry-run, else a line for each cycle.
    """
    settings, names = Settings.load(), case or ["."]
    span = span_of(every or settings.watch_every)
    opened = [open_watched(name, settings=settings) for name in names]  # a fault is said before anything is done
    belfry = open_belfry(settings)
    if dry_run:
        return _dry(belfry, names, settings, json=json)
    told = _Told(lines=not once, json=json)
    if once:
        well = watch_once(belfry.watchman, [partial(_as_opened, one) for one in opened], belfry.post, told.telling)
        if json:
            print_json(told.as_json())
        return 0 if well else 1
    _say_channels(belfry)
    cases = [partial(open_watched, name, settings=settings) for name in names]
    try:
        watch_on(belfry.watchman, cases, belfry.post, told.telling, every=span)
    except KeyboardInterrupt:
        err.print("the watch has stopped; what it found is recorded, and what waits is sent when it is started again")
    return 0


def _as_opened(case: WatchedCase) -> WatchedCase:
    return case


@dataclass
class _Told:
    """What a watch did, said as it goes or kept for the end.

    Attributes:
        lines: whether JSON is printed line by line.
        json: whether JSON is printed at all.
    """

    lines: bool
    json: bool
    cycles: list[dict[str, object]] = field(default_factory=list)
    deliveries: list[dict[str, object]] = field(default_factory=list)
    faults: list[dict[str, object]] = field(default_factory=list)

    @property
    def telling(self) -> Telling:
        """Whom the watch tells."""
        return Telling(self.cycle, self.delivered, self.fault)

    def cycle(self, done: Cycle) -> None:
        """A cycle is over."""
        self._tell(self.cycles, done.as_json(), _cycle_words(done))

    def delivered(self, done: Delivered) -> None:
        """Messages were sent, or were not."""
        self._tell(self.deliveries, asdict(done), _delivered_words(done))

    def fault(self, error: TocsinError) -> None:
        """Something went wrong outside a cycle."""
        self._tell(self.faults, error.as_dict(), str(error))

    def as_json(self) -> dict[str, object]:
        """The documented shape of `watch --once --json`."""
        return {"cycles": self.cycles, "deliveries": self.deliveries, "faults": self.faults}

    def _tell(self, kept: list[dict[str, object]], said: dict[str, object], words: str) -> None:
        if not self.json:
            say(words)
        elif self.lines:
            sys.stdout.write(json_lines.dumps(said, ensure_ascii=False, default=str) + "\n")
        else:
            kept.append(said)
        sys.stdout.flush()


def _dry(belfry: Belfry, names: list[str], settings: Settings, *, json: bool) -> int:
    cycles = []
    for name in names:
        watched = open_watched(name, settings=settings)
        edition = editions_of(watched.case, settings=settings).latest()
        if edition is None:
            where = Where(editions_of(watched.case, settings=settings).folder)
            raise FileProblem("the case has no edition yet", where=where, hint=f"tocsin run --case {name}")
        cycles.append(belfry.watchman.would_ring(watched, edition))
    if json:
        print_json({"cycles": [one.as_json() for one in cycles], "deliveries": [], "faults": []})
        return 0
    for one in cycles:
        say(_cycle_words(one, verb="would ring"))
    return 0


def _cycle_words(done: Cycle, *, verb: str = "rang") -> str:
    at = done.at.strftime("%Y-%m-%d %H:%M UTC")
    if done.elsewhere:
        return f"{at} {done.case}: another watch is at it"
    if done.fault is not None:
        lines = [f"{at} {done.case}: the cycle failed: {done.fault}"]
    else:
        lines = [
            f"{at} {done.case}: {'new ' if done.is_new else ''}edition {done.edition}; {verb} {counted(len(done.rung), 'alert')}"
        ]
    lines += [f"  {alert.kind.value}: {alert.title}" for alert in done.rung]
    return "\n".join([*lines, *(f"  note: {note}" for note in done.notes)])


def _delivered_words(done: Delivered) -> str:
    held = [f"waiting for the end of quiet hours: {counted(done.held, 'message')}"] if done.held else []
    sent = [f"{counted(done.sent, 'message')} sent"] if done.sent else []
    return "\n".join([*sent, *held, *(f"not sent: {fault}" for fault in done.failed)])


def _say_channels(belfry: Belfry) -> None:
    names = ", ".join(belfry.watchman.channels) or "the feed only: neither e-mail nor webhook is set"
    err.print(seen(f"watching; alerts go to {names}", lines=True), markup=False, soft_wrap=True)
