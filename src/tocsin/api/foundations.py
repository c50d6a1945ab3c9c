"""What a case's findings stand on and what takes minutes: the study of its past, the newest forecasts, their backtests."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from joblib import cpu_count
from joblib.externals.loky import ProcessPoolExecutor
from joblib.externals.loky.process_executor import BrokenProcessPool

from tocsin.api.outlook import country_outlook
from tocsin.api.study import APART, replay_case, study_case
from tocsin.api.world import countries_all, has_own_events, provinces_of
from tocsin.backtest.parcels import chosen_machines
from tocsin.errors import CaseProblem, OutOfRange

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.api.world import World
    from tocsin.assess.outlook import Outlook
    from tocsin.assess.replay import Replay
    from tocsin.assess.study import Study
    from tocsin.case import Case

T = TypeVar("T")
WITHIN = 6
"""Months ahead that warnings look where the case asks for no replay."""
EXPLAINED = 20
"""Countries explained, from the highest ranked; the case's own are too."""


class Parts(Protocol):
    """Parts made before from the same."""

    def get(self, part: str) -> Any | None:  # noqa: ANN401 - the part decides
        """A part; None where none is kept."""

    def put(self, part: str, value: object) -> None:
        """Keep a part."""


class Afresh:
    """Keeps nothing: everything is made anew."""

    def get(self, part: str) -> Any | None:  # noqa: ANN401, ARG002 - as Parts
        """A part made before: none."""
        return None

    def put(self, part: str, value: object) -> None:
        """Let it go."""


@dataclass(frozen=True)
class Foundations:
    """What the other findings stand on.

    Attributes:
        study: the replay of past origins; None where the case asks for none.
        outlook: the newest forecast of all countries.
        provinces: forecast of the provinces from the newest month they hold, every province explained; None without
            figures by province that reach back far enough.
        countries: figures of all countries.
        provincial: figures by province; None where there are none.
        seconds: how long each part took; 0 where it was kept from before.
    """

    study: Study | None
    outlook: Outlook
    provinces: Replay | None
    countries: World
    provincial: World | None
    seconds: dict[str, float]


def foundations_of(
    case: Case, *, draws: int, seed: int, kept: Parts | None = None, processes: int | None = None, provinces_too: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> Foundations:  # fmt: skip
    """Make what is not kept; where there are two processors, countries are forecast beside the study.

    Where backtests are parcelled out to other processes or machines, one comes after the other. The numbers are the
    same in one process, in two and on a cluster.

    Args:
        case: a checked case.
        draws: draws of every forecast.
        seed: the seed of every forecast.
        kept: parts made before.
        processes: how many at most; as many as there are processors where not given.
        provinces_too: whether the provinces are forecast from their newest month.
        tell: told what is being computed.

    Raises:
        CaseProblem: the case's own figures cannot be used.
    """
    kept = kept or Afresh()
    took: dict[str, float] = {}
    asked = case.settings.replay is not None
    study: Study | None = kept.get("study") if asked else None
    outlook: Outlook | None = kept.get("outlook")
    both = asked and study is None and outlook is None
    if both and (processes or cpu_count()) > 1 and not chosen_machines().apart:
        study, outlook = _beside(case, draws=draws, seed=seed, took=took, tell=tell)
    if outlook is None:
        tell("forecasting all countries, and backtesting the same warnings")
        outlook = _timed("outlook", took, lambda: outlook_of(case, draws=draws, seed=seed))
    if asked and study is None:
        study = _timed("study", took, lambda: study_case(case, draws=draws, seed=seed, tell=tell)[0])
    provincial = _provincial(case)
    provinces: Replay | None = kept.get("provinces") if provinces_too else None
    if provinces_too and provinces is None and provincial is not None:
        tell("forecasting the case's provinces")
        provinces = _timed("provinces", took, lambda: _provinces(case, provincial, study, draws=draws, seed=seed))
    for part, value in (("study", study), ("outlook", outlook), ("provinces", provinces)):
        if part in took and value is not None:
            kept.put(part, value)
    seconds = {part: took.get(part, 0.0) for part in ("study", "outlook", "provinces")}
    return Foundations(study, outlook, provinces, countries_all(), provincial, seconds)


def outlook_of(case: Case, *, draws: int, seed: int) -> Outlook:
    """The newest forecast of all countries, asked as the case asks, its scores compared."""
    within = case.settings.replay.within if case.settings.replay else WITHIN
    return country_outlook(
        within=within, thresholds=case.settings.thresholds, windows=case.settings.windows, draws=draws, seed=seed,
        explained=EXPLAINED, explained_too=case.settings.areas.countries,
    ).compared()  # fmt: skip


def _beside(
    case: Case, *, draws: int, seed: int, took: dict[str, float], tell: Callable[[str], None]
) -> tuple[Study, Outlook | None]:  # fmt: skip
    """The study here, and the outlook in a process beside it; None where that process was killed, as for want of memory."""
    pool = ProcessPoolExecutor(max_workers=1)
    try:
        asked = pool.submit(_timed_outlook, case, draws=draws, seed=seed)
        study = _timed("study", took, lambda: study_case(case, draws=draws, seed=seed, tell=tell)[0])
        tell("forecasting all countries, and backtesting the same warnings")
        outlook, took["outlook"] = asked.result()
    except BrokenProcessPool:
        return study, None
    else:
        return study, outlook
    finally:
        pool.shutdown(wait=True, kill_workers=True)


def _timed_outlook(case: Case, *, draws: int, seed: int) -> tuple[Outlook, float]:
    took: dict[str, float] = {}
    return _timed("outlook", took, lambda: outlook_of(case, draws=draws, seed=seed)), took["outlook"]


def _provincial(case: Case) -> World | None:
    """Figures by province; None where the case brings none and none ship of its country."""
    if has_own_events(case):
        return provinces_of(case)
    try:
        return provinces_of(case)
    except CaseProblem:
        return None


def _provinces(case: Case, world: World, study: Study | None, *, draws: int, seed: int) -> Replay | None:
    """The provinces from their newest month; None where figures that ship do not reach back far enough."""
    try:
        return replay_case(
            case, origin=world.panel.last, draws=draws, seed=seed, explained=len(world.panel.areas), world=world,
            record=None if study is None else study.answers, apart=APART,
        )  # fmt: skip
    except OutOfRange:
        if has_own_events(case):
            raise
        return None


def _timed(part: str, took: dict[str, float], make: Callable[[], T]) -> T:
    begin = perf_counter()
    made = make()
    took[part] = round(perf_counter() - begin, 2)
    return made
