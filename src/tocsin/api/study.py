"""Replay a case's past origins, beside what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.api.forecast import DRAWS, SEED
from tocsin.api.world import World, provinces_of
from tocsin.assess.answers import answers
from tocsin.assess.replay import Replay, replay
from tocsin.assess.study import Study
from tocsin.backtest.parcels import parcelled
from tocsin.backtest.rolling import AsKnownOn, rolling_forecasts
from tocsin.errors import CaseProblem, UnknownName, Where
from tocsin.forecast.contract import model_named
from tocsin.forecast.make import check_draws
from tocsin.vocabulary import Month
from tocsin.warn.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tocsin.case import Case
    from tocsin.panel.history import History
    from tocsin.warn.record import Answers

BUDGETS = (3, 5)
APART = 3
"""Warnings of the leading replay that are taken apart."""

SEEDS = 5
"""Seeds from which the leading replay is made again, so that ranks that are luck are seen to be."""

MODEL = "quantile_forest"
BESIDE = "negative_binomial"
RECORD_FROM = Month.of(2008, 1)
"""Track records of provinces begin here: earlier years of Iraq hold two wars and little else."""


def replay_case(
    case: Case, *, origin: Month, within: int | None = None, model: str = MODEL, draws: int = DRAWS, seed: int = SEED,
    explained: int = 0, explained_too: Collection[str] = (), world: World | None = None, record: Answers | None = None,
    apart: int = 0,
) -> Replay:  # fmt: skip
    """What would have been said about a case's provinces at an origin, and what came.

    Args:
        case: the case.
        origin: the last month seen.
        within: months ahead looked at; the case's own where not given.
        model: the model that warns; the negative binomial stands beside it.
        draws: draws for each area and month.
        seed: the seed.
        explained: how many of the highest ranked to explain.
        explained_too: areas to explain whatever their rank.
        world: the case's panel, where it was made before.
        record: a backtest of escalation, for the provinces' own earlier alerts.
        apart: how many of the highest ranked to take apart; those explained whatever their rank are too.

    Raises:
        OutOfRange: the origin lies outside the data.
    """
    check_draws(draws, seed=seed)
    world = world or provinces_of(case)
    months = within or (case.settings.replay.within if case.settings.replay else 6)
    return replay(
        world.as_known_on(origin), world.truth(), model=model_named(model), beside=model_named(BESIDE), within=months,
        thresholds=case.settings.thresholds, draws=draws, seed=seed, explained=explained, explained_too=explained_too,
        answers=record.before(origin) if record else None, budgets=BUDGETS, visibility=world.sight(origin),
        apart=apart,
    )  # fmt: skip


def study_case(
    case: Case,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    explained: int = 5,
    record_from: Month = RECORD_FROM,
    record_to: Month | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Study, World]:
    """The study a case asks for: every origin by two models, the lead replay in full, and the track record.

    Args:
        case: the case.
        draws: draws for each area and month.
        seed: the seed.
        explained: how many of the highest ranked to explain.
        record_from: first origin of the track record, where the figures reach back far enough.
        record_to: last origin of the track record; the last whose answer is known where not given.
        tell: told what is being computed.

    Raises:
        CaseProblem: the case asks for no replay.
        UnknownName: a watched province is not among the areas.
    """
    wanted = case.settings.replay
    if wanted is None:
        raise CaseProblem(
            "the case asks for no replay",
            where=Where(case.folder / "case.toml", field="replay"),
            hint="add [replay] with origins = '2013-06..2014-05'",
        )
    world = provinces_of(case)
    truth = world.truth()
    watched = _watched(wanted.watched, truth)
    question = Question(months=wanted.within)
    first, last = max(record_from, world.panel.first + 60), truth.origin - question.months
    last = min(record_to, last) if record_to else last
    origins = [first + i for i in range(last - first + 1)]
    origins = sorted({*origins, *wanted.origins})
    settings = Backtest(tuple(origins), question, wanted.origins, draws=draws, seed=seed)
    tell("replaying every month, pooled forest")
    mine = backtest(world.as_known_on, truth, model=MODEL, settings=settings)
    tell("replaying every month, negative binomial")
    beside = backtest(world.as_known_on, truth, model=BESIDE, settings=settings)
    lead = wanted.lead or wanted.origins[-1]
    tell(f"the replay of {lead}")
    shown = replay_case(
        case, origin=lead, draws=draws, seed=seed, explained=explained, explained_too=tuple(watched), world=world,
        record=mine, apart=APART,
    )  # fmt: skip
    tell(f"the replay of {lead} with other seeds")
    others = [
        Reseeded(world, lead, wanted.within, tuple(case.settings.thresholds), draws, (seed + i) % 2**32)
        for i in range(1, SEEDS)
    ]
    again = [ranks(shown), *parcelled(Reseeded.ranks, others)]
    spread = {area: (min(r[area] for r in again), max(r[area] for r in again)) for area in again[0]}
    return Study(shown, truth, mine, beside, wanted.origins, watched, BUDGETS, spread, SEEDS), world


@dataclass(frozen=True)
class Reseeded:
    """A replay made again from another seed. It may leave this machine: it holds figures, and nothing else of the case."""

    world: World
    origin: Month
    within: int
    thresholds: tuple[int, ...]
    draws: int
    seed: int

    def ranks(self) -> dict[str, int]:
        """Each area's rank in it."""
        done = replay(
            self.world.as_known_on(self.origin), self.world.truth(), model=model_named(MODEL), beside=model_named(BESIDE),
            within=self.within, thresholds=self.thresholds, draws=self.draws, seed=self.seed, explained=0,
        )  # fmt: skip
        return ranks(done)


def ranks(done: Replay) -> dict[str, int]:
    """Each area's rank in a replay."""
    return {w.area: w.rank for w in done.warnings}


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a backtest asks, from which origins, and at which of them the model learns anew whatever the year."""

    origins: tuple[Month, ...]
    question: Question
    refit_at: tuple[Month, ...] = ()
    draws: int = DRAWS
    seed: int = SEED


def backtest(as_known_on: AsKnownOn, truth: History, *, model: str, settings: Backtest) -> Answers:
    """One question at every origin, each answered from what was known then."""
    made = rolling_forecasts(
        as_known_on, origins=settings.origins, model=model_named(model),
        horizons=tuple(range(1, settings.question.months + 1)), draws=settings.draws, seed=settings.seed,
        refit_at=settings.refit_at,
    )  # fmt: skip
    return answers(made, questions=[settings.question], truth=truth)[settings.question.key]


def _watched(watched: dict[str, Month], truth: History) -> dict[str, Month]:
    found = {}
    for name, onset in watched.items():
        if name not in truth.names:
            raise UnknownName.of("province", name, truth.names, where=Where("case.toml", field="replay.watched"))
        found[truth.areas[truth.names.index(name)]] = onset
    return found
