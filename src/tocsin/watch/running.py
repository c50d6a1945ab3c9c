"""The watch at work: cycles when they are due, deliveries in between, until it is told to stop."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from tocsin.errors import InputError, TocsinError, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tocsin.watch.clock import Clock
    from tocsin.watch.cycle import Cycle, Watched, Watchman
    from tocsin.watch.deliver import Delivered, Post

TICK_SECONDS = 60.0
"""How often it is looked whether something is due: a message waits no longer than this beyond its time."""
SHORTEST = timedelta(minutes=10)
LONGEST = timedelta(days=31)
_SPAN = re.compile(r"\s*(\d{1,4})\s*([mhd])\s*")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def span_of(text: str) -> timedelta:
    """How often, as `30m`, `6h` or `1d`.

    Example:
        >>> span_of("6h")
        datetime.timedelta(seconds=21600)

    Raises:
        InputError: it is no span, or too short to be polite to publishers, or too long to be a watch.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        raise InputError(f"'{text}' is no span of time", hint="write it as 30m, 6h or 1d")
    span = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if not SHORTEST <= span <= LONGEST:
        raise InputError(
            f"every {text.strip()} is not between 10 minutes and 31 days", hint="write it as 30m, 6h or 1d"
        )
    return span


@dataclass
class Rounds:
    """When the next cycle is due: whichever of two clocks says so first.

    The wall clock may be put back, and the one that counts seconds may stand still while a machine sleeps; a cycle that
    comes early costs seconds, one that never comes costs the warning.

    Attributes:
        every: how often.
        clock: the time.
    """

    every: timedelta
    clock: Clock
    _last: tuple[datetime, float] | None = field(default=None, init=False)

    def is_due(self) -> bool:
        """Whether a cycle is due, at first at once."""
        if self._last is None:
            return True
        wall, counted = self._last
        return self.clock.now() - wall >= self.every or self.clock.elapsed() - counted >= self.every.total_seconds()

    def begin(self) -> None:
        """A cycle begins now."""
        self._last = (self.clock.now(), self.clock.elapsed())


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom the watch tells what it did.

    Attributes:
        cycle: called after each cycle.
        delivered: called after each round of deliveries that did something.
        fault: called with what went wrong outside a cycle, as a database that is gone.
    """

    cycle: Callable[[Cycle], None]
    delivered: Callable[[Delivered], None]
    fault: Callable[[TocsinError], None]


def watch_once(watchman: Watchman, cases: Sequence[Callable[[], Watched]], post: Post, telling: Telling) -> bool:
    """One cycle of every case, and one round of deliveries: whether all of it could be done."""
    done = [_cycle(watchman, case, telling) for case in cases]
    return _deliver(post, telling, of_held=True) and all(done)


def watch_on(
    watchman: Watchman, cases: Sequence[Callable[[], Watched]], post: Post, telling: Telling, *, every: timedelta,
    is_over: Callable[[], bool] = lambda: False,
) -> None:  # fmt: skip
    """Cycles every so often, and deliveries in between, until it is over.

    Args:
        watchman: goes round.
        cases: each opened anew for each cycle, so that what a user changed in it is seen.
        post: sends what is due.
        telling: is told.
        every: how often a cycle is begun.
        is_over: asked between ticks.
    """
    rounds = Rounds(every, watchman.clock)
    while not is_over():
        if rounds.is_due():
            rounds.begin()
            watch_once(watchman, cases, post, telling)
        else:
            _deliver(post, telling, of_held=False)
        watchman.clock.sleep(TICK_SECONDS)


def _cycle(watchman: Watchman, case: Callable[[], Watched], telling: Telling) -> bool:
    try:
        done = watchman.go_round(case())
    except (TocsinError, OSError) as error:  # a case that no longer passes its check, or a database that is gone
        telling.fault(_ours(error))
        return False
    telling.cycle(done)
    return done.fault is None


def _deliver(post: Post, telling: Telling, *, of_held: bool) -> bool:
    """One round of deliveries; of messages that only wait for a morning it is told once a cycle."""
    try:
        done = post.deliver()
    except (TocsinError, OSError) as error:
        telling.fault(_ours(error))
        return False
    if done.sent or done.failed or (done.held and of_held):
        telling.delivered(done)
    return not done.failed


def _ours(error: TocsinError | OSError) -> TocsinError:
    """What the system refused, as an error of ours."""
    if isinstance(error, TocsinError):
        return error
    return TocsinError(
        f"the system says: {(error.strerror or str(error)).lower()}", where=Where(error.filename),
        hint="the watch goes on, and tries again with its next round",
    )  # fmt: skip
