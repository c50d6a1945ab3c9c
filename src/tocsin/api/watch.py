"""The watch of a case, put together from fetching, editions, the record and the database of alerts."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import tocsin
from tocsin.api.home import editions_of, home_of, team_address
from tocsin.api.known import open_case
from tocsin.api.record import has_record
from tocsin.api.watch_channels import channels_of, quiet_of, workbench_address
from tocsin.api.watch_fetch import Publisher, fetch_for, freshness_of, names_ucdp
from tocsin.api.watch_sightings import claims_gone, sightings_of
from tocsin.errors import TocsinError
from tocsin.sources.fetch import Patience, make_client
from tocsin.sources.tables import write_text
from tocsin.team import open_team
from tocsin.watch.alert import plain_alert
from tocsin.watch.atom import feed
from tocsin.watch.clock import SystemClock
from tocsin.watch.cycle import Watchman
from tocsin.watch.deliver import Post, written
from tocsin.watch.outbox import again, ring
from tocsin.watch.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    import sqlalchemy as sa

    from tocsin.case import Case
    from tocsin.case.watched import Watch
    from tocsin.editions import Edition
    from tocsin.settings import Settings
    from tocsin.watch.clock import Clock
    from tocsin.watch.outbox import Rung
    from tocsin.watch.sightings import Sighting
    from tocsin.watch.state import State

DRAWS = 1000
SEED = 1
FETCH_TRIES = 2
"""Within a cycle a publisher that does not answer is asked once more; after that it is left until later."""


@dataclass(frozen=True)
class WatchedCase:
    """A case that is watched, as it stands in its folder now.

    Attributes:
        case: whole and checked.
        settings: where things are.
        maker: makes the edition of what is here.
        clock: the time.
    """

    case: Case
    settings: Settings
    maker: Callable[[Case, Settings], Edition]
    clock: Clock = field(default_factory=SystemClock)

    @property
    def name(self) -> str:
        """The case's name."""
        return self.case.settings.name

    @property
    def watch(self) -> Watch:
        """Of what it wants to hear."""
        return self.case.settings.watch

    @property
    def countries(self) -> Sequence[str]:
        """Where it looks."""
        return self.case.settings.areas.countries

    def fetch(self, state: State) -> tuple[State, tuple[str, ...]]:
        """Fetch what its sources have that is new."""
        if not names_ucdp(self.case):
            return {}, ()
        patience = Patience(
            tries=FETCH_TRIES, stall_seconds=self.settings.timeout_seconds, sleep=self.clock.sleep, now=self.clock.now
        )
        with make_client(timeout_seconds=self.settings.timeout_seconds) as client:
            publisher = Publisher(client, self.settings.ucdp_url, patience, self.clock.now())
            return fetch_for(self.case, state, publisher=publisher)

    def fetched(self) -> Sequence[dict[str, Any]]:
        """How fresh its fetched files are."""
        return freshness_of(self.case)

    def read(self, seen: str | None) -> tuple[str | None, tuple[str, ...]]:
        """Read documents that are new or changed, where the case has a record: what they say waits for review."""
        now = f"{tocsin.__version__} {files_seen(self.case)}"
        if now == seen or not has_record(self.case, settings=self.settings):
            return seen, ()
        from tocsin.api.read import read_documents  # noqa: PLC0415  # language is loaded only where there is something to read

        try:
            done = read_documents(self.case, settings=self.settings)
        except TocsinError as error:
            return seen, (f"documents were not read: {error.what}",)
        new = [one for one in done.outcomes if one.was == "new"]
        claims = sum(one.entered for one in new)
        read = (f"{counted(len(new), 'document')} read, {counted(claims, 'claim')} proposed",) if new else ()
        return now, (*read, *(f"{one.name}: {one.why}" for one in new if one.why))

    def make(self) -> Edition:
        """The edition of what is here now."""
        return self.maker(self.case, self.settings)

    def sightings(self) -> tuple[Sighting, ...] | None:
        """What its record says."""
        return sightings_of(self.case, settings=self.settings)

    def publish(self, alerts: Sequence[Rung]) -> None:
        """Write the feed beside the editions, for readers that have no server: `alerts.atom`."""
        said = self.case.settings
        text = feed(
            alerts, case=said.name, title=said.title, address=workbench_address(self.settings),
            today=self.clock.now().date(),
        )  # fmt: skip
        write_text(text, home_of(self.case, settings=self.settings) / "alerts.atom")

    def removed(self, claims: Collection[str]) -> frozenset[str]:
        """Claims that its record no longer holds."""
        return claims_gone(self.case, claims, settings=self.settings)


def files_seen(case: Case) -> str:
    """A fingerprint of a case's documents and tables as the system lists them: names, sizes and times."""
    below = (path for path in (case.folder / "documents").rglob("*") if path.is_file())
    files = sorted([*below, *case.folder.glob("*.csv"), *case.folder.glob("*.xlsx")])
    listed = ((str(p.relative_to(case.folder)), p.stat().st_size, p.stat().st_mtime_ns) for p in files)
    return sha256(repr(list(listed)).encode()).hexdigest()


def newest_made(case: Case, settings: Settings) -> Edition:
    """The edition of what is here now: a new one where anything changed, else the last."""
    from tocsin.api.edition import make_edition  # noqa: PLC0415  # learning is loaded only where an edition is made

    previous = editions_of(case, settings=settings).latest()
    return make_edition(case, settings=settings, draws=DRAWS, seed=SEED, previous=previous)


def open_watched(
    path: str | Path, *, settings: Settings, maker: Callable[[Case, Settings], Edition] = newest_made,
    clock: Clock | None = None,
) -> WatchedCase:  # fmt: skip
    """Open a case to be watched.

    Raises:
        CaseProblem: the case has faults.
        UnknownName: there is no such case.
    """
    return WatchedCase(open_case(path), settings, maker, clock or SystemClock())


@dataclass(frozen=True, slots=True)
class Belfry:
    """Everything that rings: the database of alerts, who goes round, and who sends.

    Attributes:
        engine: the database of alerts.
        watchman: goes round.
        post: sends what is due.
    """

    engine: sa.Engine
    watchman: Watchman
    post: Post

    def test(self, case: str) -> str:
        """Record a test alert for every channel; gives its id. It is sent with the next round of deliveries."""
        now = self.post.clock.now()
        alert = plain_alert(case, f"test:{now.isoformat(timespec='seconds')}")
        written(self.engine, lambda c: ring(c, [alert], channels=self.watchman.channels, now=now))
        return alert.id

    def put_back(self, case: str) -> int:
        """Put what was given up back into the outbox; returns how many messages."""
        now, names = self.post.clock.now(), self.watchman.channels
        return written(self.engine, lambda c: again(c, case=case, channels=names, now=now))


def open_belfry(settings: Settings, *, clock: Clock | None = None) -> Belfry:
    """Open the database of alerts and the channels that are set.

    Raises:
        InputError: a channel or the quiet hours are set wrongly.
        FileProblem: the database cannot be opened.
    """
    channels, clock = channels_of(settings), clock or SystemClock()
    engine = open_team(team_address(settings)).engine
    post = Post(engine, channels, clock, quiet_of(settings))
    return Belfry(engine, Watchman(engine, clock, tuple(channel.name for channel in channels)), post)
