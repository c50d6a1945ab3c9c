"""When cycles come: by whichever of two clocks says so first, and never stopped by one that fails."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from tocsin.errors import CaseProblem, InputError, TocsinError
from tocsin.watch.cycle import Cycle
from tocsin.watch.deliver import Delivered
from tocsin.watch.running import TICK_SECONDS, Rounds, Telling, span_of, watch_on, watch_once

if TYPE_CHECKING:
    from tests.watch.conftest import HandClock

    from tocsin.watch.cycle import Watched, Watchman
    from tocsin.watch.deliver import Post

HOUR = timedelta(hours=1)


class Log:
    """Stands in the place of everything the loop drives, and keeps what was asked of it."""

    def __init__(self, clock: HandClock) -> None:
        self.clock, self.said = clock, list[str]()
        self.faults: list[TocsinError | OSError] = []
        self.delivers, self.told = Delivered(sent=1), list[Delivered]()

    def go_round(self, case: Any) -> Cycle:
        self.said.append("cycle")
        return Cycle(case, self.clock.now())

    def deliver(self) -> Delivered:
        self.said.append("deliver")
        if self.faults:
            raise self.faults.pop()
        return self.delivers

    @property
    def telling(self) -> Telling:
        return Telling(lambda _: None, self.told.append, lambda e: self.said.append(e.what))

    def watch(self, *, ticks: int, opens: Any = lambda: "tiny") -> list[str]:
        left = [ticks]

        def is_over() -> bool:
            left[0] -= 1
            return left[0] < 0

        watch_on(
            cast("Watchman", self), [opens], cast("Post", self), self.telling, every=HOUR, is_over=is_over
        )  # fmt: skip
        return self.said


def test_cycles_come_at_once_and_every_hour_and_deliveries_every_minute(clock: HandClock) -> None:
    said = Log(clock).watch(ticks=121)
    assert said.count("cycle") == 3
    assert said[:3] == ["cycle", "deliver", "deliver"]
    assert said.count("deliver") == 121
    assert set(clock.slept) == {TICK_SECONDS}


def test_messages_that_wait_for_a_morning_are_told_of_once_a_cycle(clock: HandClock) -> None:
    log = Log(clock)
    log.delivers = Delivered(held=3)
    log.watch(ticks=121)
    assert log.told == [Delivered(held=3)] * 3


@pytest.mark.parametrize(("days", "cycles"), [(-400, 2), (400, 2), (0, 1)])
def test_a_clock_that_jumps_never_stops_the_rounds(clock: HandClock, days: int, cycles: int) -> None:
    """Put back, the clock that counts seconds says when; put forward, one cycle comes early."""
    rounds = Rounds(HOUR, clock)
    came = 0
    for minute in range(61 if days <= 0 else 30):
        if minute == 10:
            clock.jump(timedelta(days=days))
        if rounds.is_due():
            rounds.begin()
            came += 1
        clock.pass_by(60 if days else 58)
    assert came == cycles


def test_a_machine_that_slept_goes_round_when_it_wakes(clock: HandClock) -> None:
    rounds = Rounds(HOUR, clock)
    rounds.begin()
    clock.jump(HOUR)  # the wall clock went on; the one that counts seconds stood still
    assert rounds.is_due()


def test_a_case_that_no_longer_passes_its_check_and_a_database_that_is_gone_are_said(clock: HandClock) -> None:
    def broken() -> Watched:
        raise CaseProblem("the case has faults")

    log = Log(clock)
    log.faults = [TocsinError("the database is gone"), OSError(28, "No space left on device")]
    said = log.watch(ticks=3, opens=broken)
    faults = ["the system says: no space left on device", "the database is gone"]
    assert said == ["the case has faults", "deliver", faults[0], "deliver", faults[1], "deliver"]
    assert not watch_once(cast("Watchman", log), [broken], cast("Post", log), log.telling)


@pytest.mark.parametrize("text", ["", "6", "6 weeks", "5m", "99d", "0h"])
def test_a_span_that_is_none_or_not_polite_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        span_of(text)
