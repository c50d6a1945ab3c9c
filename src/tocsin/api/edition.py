"""Make an edition of a case: only what changed is made again, and nothing where nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tocsin.api.edition_inputs import inputs_of
from tocsin.api.home import editions_of, home_of
from tocsin.editions.keeping import Keeping

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tocsin.case import Case
    from tocsin.editions import Edition, Editions
    from tocsin.settings import Settings

DRAWS = 1000
SEED = 1
TICK = timedelta(seconds=1)
"""By which an edition is stamped later than the one before it though the clock was put back, so that the newest is the newest."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Parts that take minutes, each kept under the fingerprint of what it was made from."""

    keeping: Keeping
    inputs: Mapping[str, str]

    def get(self, part: str) -> Any | None:  # noqa: ANN401 - the part decides
        """A part made before from the same; None where there is none."""
        return self.keeping.get(part, self.inputs[part])

    def put(self, part: str, value: object) -> None:
        """Keep a part."""
        self.keeping.put(part, self.inputs[part], value)


def make_edition(
    case: Case, *, settings: Settings, draws: int = DRAWS, seed: int = SEED, tell: Callable[[str], None] = lambda _: None,
    previous: Edition | None = None, made: datetime | None = None, commands: tuple[str, ...] = (),
    processes: int | None = None,
) -> Edition:  # fmt: skip
    """The newest edition of a case: the one there is where nothing changed, else a new one.

    The case's documents are not read here: `read_documents` comes before.

    Args:
        case: a checked case.
        settings: where editions and the record are.
        draws: draws of every forecast.
        seed: the seed of every forecast.
        tell: told what is being computed.
        previous: the edition it is compared with; the newest where not given.
        made: when, with time zone; now where not given.
        commands: the commands that make it again.
        processes: how many at most; as many as there are processors where not given.

    Raises:
        OutOfRange: draws or seed lie outside what is possible.
        CaseProblem: the case's figures cannot be used.
        OSError: the disk is full; nothing of the edition is left then.
    """
    editions, home = editions_of(case, settings=settings), home_of(case, settings=settings)
    moment = (made or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    newest = editions.latest()
    previous = previous or newest
    inputs = inputs_of(case, settings=settings, draws=draws, seed=seed, today=moment.date())
    if previous is not None and previous.manifest.inputs == inputs and not previous.faults():
        return previous
    from tocsin.api.edition_making import made_anew  # noqa: PLC0415 - models and renderers, which nothing unchanged needs

    return made_anew(
        case, settings=settings, draws=draws, seed=seed, tell=tell, previous=_whole(editions, previous), made=moment,
        stamp=moment if newest is None else max(moment, newest.manifest.made + TICK), inputs=inputs,
        kept=Kept(Keeping(home / "kept"), inputs), folder=editions.folder,
        processes=processes, commands=commands or (f"tocsin run --case {case.folder.name} --seed {seed}",),
    )  # fmt: skip


def _whole(editions: Editions, wanted: Edition | None) -> Edition | None:
    """The edition wanted, or where it was damaged the newest one that is whole: to that the new one is compared."""
    if wanted is None or not wanted.faults():
        return wanted
    return next((found for found in map(editions.get, editions.ids()) if not found.faults()), None)
