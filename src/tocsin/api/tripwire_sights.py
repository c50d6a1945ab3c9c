"""What tripwires of a case look at: panel, forecasts, record and calendar, each read when first asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tocsin.api.record import has_record, open_record_of
from tocsin.api.world import World, countries_all, has_own_events, provinces_of
from tocsin.backtest.rolling import rolling_forecasts
from tocsin.case.tripwires import Indicator
from tocsin.decide.tripwires.counted import counted, expected_month, monthly
from tocsin.decide.tripwires.dated import dated
from tocsin.decide.tripwires.findings import Now, Past, State
from tocsin.decide.tripwires.forecast import Foretold, foretold
from tocsin.decide.tripwires.handed_over import hand_overs, holder_of_claim, holder_of_row, since_day
from tocsin.decide.tripwires.recorded import Firing, Reach, firings_of_kind, recorded
from tocsin.decide.tripwires.words import counted_words, months_words
from tocsin.errors import OutOfRange, TocsinError, UnknownName
from tocsin.forecast.contract import model_named
from tocsin.record.asking import HOLDS_POST
from tocsin.record.claim import EntityType
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from tocsin.case import Case
    from tocsin.case.tripwires import Tripwire
    from tocsin.decide.tripwires.findings import Quoted
    from tocsin.forecast.forecast import Forecast
    from tocsin.record.store import StoredClaim
    from tocsin.settings import Settings
    from tocsin.vocabulary import Month

MODEL = "quantile_forest"
REPLAY_STEP = 3
MOST_REPLAY_YEARS = 10
COUNTRY = re.compile(r"[A-Z]{3}")
DAYS_IN_CARD = re.compile(r"about (\d+) days after a month")
"""How the card of a source says its lag, where it says it in days."""


@dataclass(frozen=True)
class Sights:
    """What tripwires of a case look at, each read when it is first asked for."""

    case: Case
    today: date
    replay_years: int
    draws: int
    seed: int
    settings: Settings | None
    forecast: Forecast | None = None
    _made: dict[tuple[bool, Month, int], tuple[Forecast, ...]] = field(default_factory=dict)

    @cached_property
    def provinces(self) -> World | str:
        """The provinces of the case, or why there are none."""
        try:
            return provinces_of(self.case)
        except TocsinError as error:
            return error.what

    @cached_property
    def countries(self) -> World:
        """All countries, from the figures that ship."""
        return countries_all()

    @cached_property
    def claims(self) -> tuple[tuple[StoredClaim, ...], Reach] | None:
        """All claims and how far they reach; None where there is no record."""
        if not has_record(self.case, settings=self.settings):
            return None
        with open_record_of(self.case, settings=self.settings) as record:
            found = tuple(record.claims())
            days = [d.published.latest for d in record.documents() if d.published is not None]
        known = [day for day in days if day is not None and day <= self.today]
        return found, Reach(len(found), max(known, default=None))

    def read(self, tripwire: Tripwire, lag_days: float | None) -> tuple[Now, Past, tuple[Quoted, ...]]:
        """What a tripwire says today, its past, and quotes."""
        match tripwire.indicator:
            case Indicator.CALENDAR:
                return (*dated(tripwire, today=self.today), ())
            case Indicator.RECORD:
                return self._recorded(tripwire)
            case Indicator.FORECAST:
                return (*self._forecast(tripwire, lag_days), ())
            case _:
                return (*self._counted(tripwire, lag_days), ())

    def lag_of(self, tripwire: Tripwire) -> tuple[float | None, str]:
        """Days until an indicator shows what happened, and who says so."""
        if tripwire.indicator is Indicator.CALENDAR:
            return 0.0, "a date is known beforehand"
        if tripwire.lag_days is not None:
            return float(tripwire.lag_days), "lag_days of the tripwire"
        if tripwire.indicator is Indicator.RECORD:
            return None, "unknown: nobody says how soon documents are read (lag_days)"
        world = self._world(tripwire)
        if isinstance(world, str):
            return None, f"unknown: {world}"
        card = world.cards[0]
        said = DAYS_IN_CARD.search(card.lag)
        return (float(said[1]) if said else None), f"{'' if said else 'unknown: '}{card.source} says: {card.lag}"

    def _world(self, tripwire: Tripwire) -> World | str:
        """The figures that hold the area and series watched, or why none do."""
        area, series = tripwire.area or "", tripwire.series or "deaths_all"
        if not COUNTRY.fullmatch(area):
            return self.provinces
        whole = self.countries
        own = has_own_events(self.case) and area in self.case.settings.areas.countries
        if not own and series == whole.target and area in whole.panel.areas["area"].to_list():
            return whole
        return self.provinces

    def _areas(self, tripwire: Tripwire, world: World) -> list[str]:
        area = tripwire.area or ""
        held = world.panel.areas["area"].to_list()
        if COUNTRY.fullmatch(area):
            return [a for a in held if a == area or a.startswith(f"{area}/")]
        return [a for a in held if a == area or world.names.get(a) == area]

    def _counted(self, tripwire: Tripwire, lag_days: float | None) -> tuple[Now, Past]:
        world = self._world(tripwire)
        areas = [] if isinstance(world, str) else self._areas(tripwire, world)
        if isinstance(world, str) or not areas:
            why = world if isinstance(world, str) else f"the figures hold no {tripwire.area}"
            return Now(State.UNKNOWN, why), Past(f"unknown: {why}")
        series = tripwire.series or "deaths_all"
        words = f"{counted_words(series)} in {tripwire.area}"
        try:
            counts = monthly(world.panel, areas=areas, series=series, what=words)
        except UnknownName as error:
            return Now(State.UNKNOWN, error.what), Past(f"unknown: {error.what}")
        return counted(counts, tripwire, today=self.today, lag_days=lag_days)

    def _forecast(self, tripwire: Tripwire, lag_days: float | None) -> tuple[Now, Past]:
        world = self._world(tripwire)
        series = tripwire.series or "deaths_all"
        if isinstance(world, str):
            return Now(State.UNKNOWN, world), Past(f"unknown: {world}")
        areas = self._areas(tripwire, world)
        if series != world.target or len(areas) != 1:
            why = f"no forecast of {series} in {tripwire.area} is made: figures are forecast as {world.target}, area by area"
            return Now(State.UNKNOWN, why), Past(f"unknown: {why}")
        what = f"{tripwire.deaths:,g} or more deaths in some month within {months_words(tripwire.months or 1)} in {tripwire.area}"
        try:
            made = self._made_for(world, areas[0], tripwire, lag_days)
        except OutOfRange as error:
            return Now(State.UNKNOWN, f"{what}: {error.what}"), Past(f"unknown: {error.what}")
        return foretold(made, tripwire, what=what, today=self.today, lag_days=lag_days)

    def _made_for(
        self, world: World, area: str, tripwire: Tripwire, lag_days: float | None
    ) -> tuple[Foretold, ...]:  # fmt: skip
        """What forecasts say of one area: the newest that could be made on the day, the replayed ones before."""
        months, deaths = tripwire.months or 1, round(tripwire.deaths or 0)
        newest = min(world.panel.last, expected_month(self.today, lag_days))
        if (known := self._known(world, area, newest, months, deaths)) is not None:
            return (known,)
        truth = monthly(world.panel, areas=[area], series=world.target, what=area)
        return tuple(
            Foretold(f.origin, float(f.p_within(deaths, months=months)[f.areas.index(area)]),
                     _came(truth.counts, f.origin - truth.first, months, deaths, until=newest - truth.first))
            for f in self._forecasts(world, newest, months) if area in f.areas
        )  # fmt: skip

    def _forecasts(self, world: World, newest: Month, months: int) -> tuple[Forecast, ...]:
        """Forecasts of every area that a tripwire of the case watches, made once for all tripwires with as many months."""
        key = (world is self.countries, newest, months)
        if key not in self._made:
            made = rolling_forecasts(
                world.as_known_on, origins=replay_origins(newest, first=world.panel.first + 60, years=self.replay_years),
                model=model_named(MODEL), horizons=tuple(range(1, months + 1)), draws=self.draws, seed=self.seed,
                refit_every=12 * MOST_REPLAY_YEARS, refit_at=(newest,),
            )  # fmt: skip
            asked = [t for c in self.case.choices for t in c.tripwires if t.indicator is Indicator.FORECAST]
            watched = {area for tripwire in asked for area in self._areas(tripwire, world)}
            self._made[key] = tuple(_of_areas(f, watched) for _, f in made)
        return self._made[key]

    def _known(self, world: World, area: str, newest: Month, months: int, deaths: int) -> Foretold | None:
        """What the forecast made before says of an area; None where another one is asked for."""
        made = self.forecast
        if made is None or self.replay_years or (made.origin, made.target) != (newest, world.target):
            return None
        if area not in made.areas or not set(range(1, months + 1)) <= set(made.horizons):
            return None
        return Foretold(made.origin, float(made.p_within(deaths, months=months)[made.areas.index(area)]), None)

    def _recorded(self, tripwire: Tripwire) -> tuple[Now, Past, tuple[Quoted, ...]]:
        if tripwire.kind is None:
            what = f"a post that changed hands at {tripwire.organisation}"
            firings: Sequence[Firing] = self.changes_at(tripwire.organisation or "")
        else:
            what = tripwire.kind + (f" naming {tripwire.organisation}" if tripwire.organisation else "")
            firings = () if self.claims is None else firings_of_kind(
                [c for c in self.claims[0] if c.kind == tripwire.kind and self._names(c, tripwire.organisation)],
                today=self.today,
            )  # fmt: skip
        since = since_day(tripwire.when)
        if self.claims is None and not firings:
            name = self.case.folder.name
            why = f"the case has no record yet: tocsin read --case {name}"
            return Now(State.UNKNOWN, why), Past(f"unknown: {why}"), ()
        reach = Reach(1, None) if self.claims is None else self.claims[1]
        return recorded(firings, since=since, today=self.today, reach=reach, what=what)

    def changes_at(self, organisation: str) -> tuple[Firing, ...]:
        """Posts of an institution that changed hands, by the record and the case's own table of posts."""
        claims = () if self.claims is None else self.claims[0]
        told = [c for c in claims if c.kind == HOLDS_POST and self._names(c, organisation, role="organisation")]
        known_then = [
            c for c in told if not (c.published and c.published.earliest and c.published.earliest > self.today)
        ]
        actors = {a.actor_id for a in self.case.actors if fold(organisation) in {fold(n) for n in (a.name, *a.aliases)}}
        rows = [
            p for p in self.case.posts if fold(p.organisation) == fold(organisation) or (p.actor_id in actors)
        ]  # fmt: skip
        holders = [h for c in known_then if (h := holder_of_claim(c)) is not None]
        return hand_overs([*holders, *(holder_of_row(row) for row in rows)], today=self.today)

    def _names(self, claim: StoredClaim, organisation: str | None, *, role: str | None = None) -> bool:
        """Whether a claim names an institution, by the entity known by that name or by its words."""
        if organisation is None:
            return True
        asked = fold(organisation)
        ids = self._ids(organisation)
        return any(
            (role is None or argument.role == role) and (entity in ids or fold(argument.words) == asked)
            for argument, entity in zip(claim.arguments, claim.entities, strict=False)
        )

    def _ids(self, organisation: str) -> frozenset[str]:
        """Entities of the record that are known by a name."""
        return frozenset(self._by_name.get(fold(organisation), ()))

    @cached_property
    def _by_name(self) -> dict[tuple[str, ...], set[str]]:
        """Institutions, states and missions known beforehand, by each of their names."""
        kinds = {EntityType.ORGANISATION, EntityType.STATE, EntityType.MISSION}
        found: dict[tuple[str, ...], set[str]] = {}
        for entry in knowledge_of(self.case).entries:
            for name in (entry.id, *entry.names) if entry.type in kinds else ():
                found.setdefault(fold(name), set()).add(f"known:{entry.id}")
        return found


def replay_origins(newest: Month, *, first: Month, years: int, step: int = REPLAY_STEP) -> tuple[Month, ...]:
    """Origins every three months over some years, ending with the newest; the newest alone for 0 years.

    Example:
        >>> from tocsin.vocabulary import Month
        >>> [str(m) for m in replay_origins(Month.parse("2024-12"), first=Month.parse("2000-01"), years=1)]
        ['2023-12', '2024-03', '2024-06', '2024-09', '2024-12']
    """
    wanted = [newest - step * i for i in range(12 * years // step + 1)]
    return tuple(sorted(m for m in wanted if m >= first or m == newest))


def _of_areas(made: Forecast, areas: Collection[str]) -> Forecast:
    """A forecast of some of its areas alone, the same draws."""
    kept = [i for i, area in enumerate(made.areas) if area in areas]
    names = tuple(made.names[i] for i in kept)
    return replace(made, areas=tuple(made.areas[i] for i in kept), names=names, draws=made.draws[kept])


def _came(counts: NDArray[np.float64], at: int, months: int, deaths: int, *, until: int) -> bool | None:
    """Whether some month within so many after one had so many deaths; None where the figures do not reach."""
    ahead = counts[at + 1 : min(at + months, until) + 1]
    if (ahead >= deaths).any():
        return True
    return False if len(ahead) == months else None
