"""The tripwires of a case's choices: the figures, forecasts, record and calendar they look at, wired together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tocsin.api.tripwire_sights import MOST_REPLAY_YEARS, Sights
from tocsin.assess.tripwires import Advised, ChoiceTripwires, calendar_of, institutions_advised
from tocsin.decide.options import FUTURES, compare
from tocsin.decide.tripwires.circular import circular
from tocsin.decide.tripwires.conditions import conditions
from tocsin.decide.tripwires.findings import Watched
from tocsin.decide.tripwires.stated import stated_triggers
from tocsin.decide.tripwires.timing import timing
from tocsin.decide.tripwires.words import trips_at
from tocsin.errors import CaseProblem, OutOfRange, UnknownName, Where
from tocsin.forecast.make import check_draws
from tocsin.record.names import fold

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.case.options import Choice
    from tocsin.case.tripwires import Tripwire
    from tocsin.forecast.forecast import Forecast
    from tocsin.settings import Settings

DRAWS = 500


def tripwires_case(
    case: Case, *, choice: str | None = None, today: date | None = None, replay_years: int = 0, futures: int = FUTURES,
    draws: int = DRAWS, seed: int = 1, settings: Settings | None = None, forecast: Forecast | None = None,
) -> tuple[ChoiceTripwires, ...]:  # fmt: skip
    """What the tripwires of a case's choices say, as `tocsin tripwires` does.

    Args:
        case: a checked case.
        choice: id of the choice; every choice of the case where not given.
        today: the day asked about; the day it is where not given. Nothing later is looked at.
        replay_years: years over which forecast tripwires are forecast again, 0 to 10; 0 leaves their past unknown.
        futures: how many are tested for what must be true.
        draws: draws of each forecast.
        seed: the same seed gives the same numbers.
        settings: where the record is.
        forecast: the newest forecast of all countries, where it was made before; used where it is what would be made.

    Raises:
        UnknownName: the case has no choice of that name.
        CaseProblem: the case has no choices.
        OutOfRange: years, futures, draws or seed are not possible.
    """
    if not case.choices:
        raise CaseProblem(
            "the case has no choices, and so no tripwires", where=Where(case.folder / "options"),
            hint="write one, as options/name.yaml: docs/case.md lists its keys",
        )  # fmt: skip
    kept = [given for given in case.choices if choice is None or given.id == choice]
    if not kept:
        raise UnknownName.of("choice", choice or "", [given.id for given in case.choices])
    if not 0 <= replay_years <= MOST_REPLAY_YEARS:
        hint = f"say 0 to {MOST_REPLAY_YEARS}, as in --replay-years 5"
        raise OutOfRange(f"{replay_years} years cannot be forecast again", hint=hint)
    check_draws(draws, seed=seed)
    day = today or datetime.now(UTC).date()
    sights = Sights(case, day, replay_years, draws, seed, settings, forecast)
    return tuple(_of_choice(sights, given, futures=futures, seed=seed) for given in kept)


def _of_choice(sights: Sights, choice: Choice, *, futures: int, seed: int) -> ChoiceTripwires:
    case, today = sights.case, sights.today
    rings = circular(
        choice, site_missions={s.site_id: s.mission_id for s in case.sites},
        mission_names={m.mission_id: m.name for m in case.missions},
    )  # fmt: skip
    watched = tuple(_watched(sights, choice, t, rings.get(t.id)) for t in choice.tripwires)
    compared = compare(choice, futures=futures, seed=seed) if choice.effects else None
    must = () if compared is None else conditions(compared, watched)
    dates, left_out = calendar_of(case, choice, today=today)
    return ChoiceTripwires(
        choice.id, choice.question, today, watched, must, None if compared is None else futures,
        stated_triggers(choice, watched), tuple(_advised(sights, choice)), dates, left_out,
    )  # fmt: skip


def _watched(sights: Sights, choice: Choice, tripwire: Tripwire, ring: str | None) -> Watched:
    assert tripwire.indicator is not None, "the case's checks refuse a tripwire without an indicator"
    lag_days, lag = sights.lag_of(tripwire)
    now, past, quotes = sights.read(tripwire, lag_days)
    options = [o for o in choice.options if not tripwire.options or o.id in tripwire.options]
    return Watched(
        tripwire.id, tripwire.watches, tripwire.indicator.value, trips_at(tripwire), tripwire.uncertainty,
        tripwire.source_id, tripwire.basis.value, now, past, lag_days, lag,
        tuple(timing(o, tripwire, lag_days=lag_days) for o in options), quotes, ring, tripwire.note,
    )  # fmt: skip


def _advised(sights: Sights, choice: Choice) -> list[Advised]:
    found = []
    for name, (missions, sure) in institutions_advised(sights.case, today=sights.today).items():
        by = tuple(
            t.id for t in choice.tripwires if t.organisation is not None and fold(t.organisation) == fold(name)
        )  # fmt: skip
        changes = sorted(sights.changes_at(name), key=lambda f: f.when.first or f.when.last or date.min, reverse=True)
        found.append(Advised(name, missions, sure, by, tuple(f.quoted for f in changes)))
    return found
