"""A cycle: what it finds and what it remembers are one; whatever breaks, nothing is lost and nothing rings twice."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.watch.tiny_edition import edition, outlook, source, tripwire

from tocsin.case.watched import Watch
from tocsin.errors import SourceError
from tocsin.watch import outbox
from tocsin.watch.alone import alone_with
from tocsin.watch.cycle import Cycle, Watchman
from tocsin.watch.failing import AFTER
from tocsin.watch.patience import WAITS_SECONDS
from tocsin.watch.state import remembered

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import sqlalchemy as sa
    from tests.watch.conftest import HandClock

    from tocsin.editions import Edition
    from tocsin.watch.outbox import Rung
    from tocsin.watch.sightings import Sighting
    from tocsin.watch.state import State


@dataclass
class Tiny:
    """A case that is watched, whose next editions and faults are put by hand."""

    makes: list[Edition | Exception]
    name: str = "tiny"
    watch: Watch = field(default_factory=Watch)
    countries: Sequence[str] = ("IRQ",)
    sees: tuple[Sighting, ...] | None = None
    gone: frozenset[str] = frozenset()
    fresh: list[dict[str, Any]] = field(default_factory=list)
    published: list[str] = field(default_factory=list)

    def fetch(self, state: State) -> tuple[State, tuple[str, ...]]:
        return {"seen": state.get("seen", 0) + 1}, ("UCDP came",)

    def fetched(self) -> Sequence[dict[str, Any]]:
        return self.fresh

    def read(self, seen: str | None) -> tuple[str | None, tuple[str, ...]]:
        return "all", () if seen == "all" else ("2 documents were read",)

    def make(self) -> Edition:
        made = self.makes.pop(0) if len(self.makes) > 1 else self.makes[0]
        if isinstance(made, Exception):
            raise made
        return made

    def sightings(self) -> tuple[Sighting, ...] | None:
        return self.sees

    def publish(self, alerts: Sequence[Rung]) -> None:
        self.published = [one.alert.key for one in alerts]

    def removed(self, claims: Collection[str]) -> frozenset[str]:
        return self.gone & frozenset(claims)


@pytest.fixture
def watchman(engine: sa.Engine, clock: HandClock) -> Watchman:
    return Watchman(engine, clock, ("webhook",))


def recorded(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return sorted(one.alert.key for one in outbox.rung(connection))


def state_of(engine: sa.Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return remembered(connection, "tiny")


def test_a_cycle_with_nothing_new_rings_nothing(watchman: Watchman, engine: sa.Engine, tmp_path: Path) -> None:
    case = Tiny([edition(tmp_path, told=outlook(rank=9), tripwires=[tripwire("tripped", since="2026-06-01")])])
    first, second = watchman.go_round(case), watchman.go_round(case)
    assert sorted(a.kind.value for a in first.rung) == ["tripwire", "warning"]
    assert first.notes == ("UCDP came", "2 documents were read")
    assert (first.is_new, second.is_new, second.rung) == (True, False, ())
    assert len(recorded(engine)) == 2
    assert sorted(case.published) == recorded(engine)
    assert second.notes == ("UCDP came",)
    assert state_of(engine)["fetch"] == {"seen": 2}


def test_a_new_edition_rings_only_what_is_new(watchman: Watchman, tmp_path: Path) -> None:
    case = Tiny([edition(tmp_path, at=n, told=outlook(rank=r)) for n, r in enumerate((12, 9, 8))])
    assert [len(watchman.go_round(case).rung) for _ in range(3)] == [0, 1, 0]


def test_files_that_were_fetched_grow_old_too(watchman: Watchman, tmp_path: Path) -> None:
    case = Tiny([edition(tmp_path)], fresh=[{**source("2026-05"), "source": "UCDP candidate events"}])
    assert [alert.key for alert in watchman.go_round(case).rung] == ["stale:UCDP candidate events:2026-05"]


def test_data_grow_old_though_nothing_is_new(watchman: Watchman, clock: HandClock, tmp_path: Path) -> None:
    case = Tiny([edition(tmp_path, freshness=[source("2026-08")])])
    assert watchman.go_round(case).rung == ()
    clock.pass_by(40 * 86_400)
    assert [a.kind.value for a in watchman.go_round(case).rung] == ["stale"]
    assert watchman.go_round(case).rung == ()


@pytest.mark.parametrize(
    "fault",
    [
        SourceError("the publisher is down"),
        OSError(errno.ENOSPC, "No space left on device"),
        ValueError("a mistake of ours"),
    ],
)
def test_a_cycle_that_fails_is_said_and_the_next_finds_everything(
    watchman: Watchman, engine: sa.Engine, tmp_path: Path, fault: Exception
) -> None:
    case = Tiny([fault, edition(tmp_path, told=outlook(rank=9))])
    failed = watchman.go_round(case)
    assert failed.fault is not None
    assert str(fault).split("] ")[-1].lower() in failed.fault.lower()
    assert failed.notes == ("UCDP came", "2 documents were read")
    assert state_of(engine)["fetch"] == {"seen": 1}
    assert recorded(engine) == []
    assert [a.kind.value for a in watchman.go_round(case).rung] == ["warning"]
    assert "failing" not in state_of(engine)


def test_a_cycle_that_keeps_failing_rings_once_and_anew_after_it_had_recovered(
    watchman: Watchman, clock: HandClock, tmp_path: Path
) -> None:
    good = edition(tmp_path)
    down = [SourceError("down") for _ in range(AFTER + 2)]
    case = Tiny([*down, good, *down, good])
    rings = []
    for _ in range(2 * len(down) + 2):
        clock.pass_by(3600)
        rings.append([a.kind.value for a in watchman.go_round(case).rung])
    once: list[list[str]] = [[]] * (AFTER - 1) + [["failing"]] + [[]] * 3
    assert rings == once + once


def test_a_process_killed_before_it_records_leaves_everything_to_the_next(
    watchman: Watchman, engine: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Tiny([edition(tmp_path, told=outlook(rank=9))])

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tocsin.watch.cycle.remember", killed)  # after the alerts are written, within their transaction
        with pytest.raises(KeyboardInterrupt):
            watchman.go_round(case)
    assert (recorded(engine), state_of(engine)) == ([], {})
    assert len(watchman.go_round(case).rung) == 1


def test_of_two_watches_at_once_one_goes_round(watchman: Watchman, engine: sa.Engine, tmp_path: Path) -> None:
    case = Tiny([edition(tmp_path, told=outlook(rank=9))])
    with alone_with(engine, "case-tiny") as held:
        assert held
        done = watchman.go_round(case)
    assert done == Cycle("tiny", done.at, elsewhere=True)
    assert recorded(engine) == []
    assert len(watchman.go_round(case).rung) == 1


def test_what_would_ring_is_said_and_nothing_is_recorded(watchman: Watchman, engine: sa.Engine, tmp_path: Path) -> None:
    made = edition(tmp_path, told=outlook(rank=9))
    case = Tiny([made])
    assert [len(watchman.would_ring(case, made).rung) for _ in range(2)] == [1, 1]
    assert (recorded(engine), state_of(engine)) == ([], {})
    watchman.go_round(case)
    assert watchman.would_ring(case, made).rung == ()


def test_a_clock_put_back_or_forward_rings_nothing_twice(watchman: Watchman, clock: HandClock, tmp_path: Path) -> None:
    case = Tiny([edition(tmp_path, told=outlook(rank=9), freshness=[source("2026-01")])])
    assert len(watchman.go_round(case).rung) == 2
    for years in (10, -20):
        clock.jump(timedelta(days=365 * years))
        assert watchman.go_round(case).rung == ()


def test_the_quote_of_a_claim_that_was_removed_goes_with_the_next_cycle(
    watchman: Watchman, engine: sa.Engine, tmp_path: Path
) -> None:
    from tests.watch.test_what_rings import sighting  # noqa: PLC0415

    first, second = edition(tmp_path, at=1), edition(tmp_path, at=2)
    case = Tiny([first, second, second], sees=())
    watchman.go_round(case)
    case.sees = (sighting(7),)
    (alert,) = watchman.go_round(case).rung
    assert alert.evidence[0].quote is not None
    case.gone = frozenset({"c7"})
    watchman.go_round(case)
    with engine.connect() as connection:
        (held,) = outbox.rung(connection)
    assert "Person" not in str([e.quote for e in held.alert.evidence])


def test_a_database_gone_for_half_a_minute_is_waited_for(
    watchman: Watchman, engine: sa.Engine, clock: HandClock, outage: list[int], tmp_path: Path
) -> None:
    """It goes before the cycle begins, and once more while the edition is made."""
    made = edition(tmp_path, told=outlook(rank=9))

    class Slow(Tiny):
        def make(self) -> Edition:
            engine.dispose()
            outage[0] = 4
            return super().make()

    engine.dispose()
    outage[0] = 4
    assert len(watchman.go_round(Slow([made])).rung) == 1
    assert sum(clock.slept) == 2 * sum(WAITS_SECONDS[:4])
    assert len(recorded(engine)) == 1


KILLED = """
import sys, time
from pathlib import Path
from tests.watch.test_cycle import Tiny
from tests.watch.tiny_edition import edition, outlook
from tocsin.team import open_team
from tocsin.watch.clock import SystemClock
from tocsin.watch.cycle import Watchman

class Slow(Tiny):
    def make(self):
        Path(sys.argv[2]).touch()
        time.sleep(60)

Watchman(open_team(sys.argv[1]).engine, SystemClock(), ("webhook",)).go_round(Slow([]))
"""


def test_a_watch_killed_in_the_middle_of_a_cycle_leaves_its_place_free_and_loses_nothing(
    watchman: Watchman, address: str, tmp_path: Path
) -> None:
    script, begun = tmp_path / "watch.py", tmp_path / "begun"
    script.write_text(KILLED, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    process = subprocess.Popen([sys.executable, str(script), address, str(begun)], env=environment)
    while not begun.exists():
        assert process.poll() is None, "the watch ended before it made anything"
    case = Tiny([edition(tmp_path, told=outlook(rank=9))])
    assert watchman.go_round(case).elsewhere
    process.kill()
    process.wait()
    for _ in range(200):  # PostgreSQL notices a moment later that the holder is gone
        if not (done := watchman.go_round(case)).elsewhere:
            break
    assert [alert.kind.value for alert in done.rung] == ["warning"]
