"""A choice compared: every part of the analysis over the same futures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tocsin.decide.options.combinations import Alternatives, alone, alternatives
from tocsin.decide.options.dominance import dominance
from tocsin.decide.options.findings import (
    QUANTILES,
    AlternativeFound,
    Comparison,
    CriterionShown,
    Dominates,
    MustBeTrue,
    OnCriterion,
    Preference,
    Proposed,
)
from tocsin.decide.options.futures import FUTURES, draw_futures
from tocsin.decide.options.missing import what_is_missing
from tocsin.decide.options.must_be_true import inputs_of, unknown_because, what_must_be_true
from tocsin.decide.options.outcomes import Outcomes, outcomes
from tocsin.decide.options.preference import preference, weightings_for
from tocsin.decide.options.regret import Regret, regrets
from tocsin.decide.options.smaa import rescaled
from tocsin.decide.options.thresholds import Met, thresholds_met

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tocsin.case.options import Choice, Viewpoint
    from tocsin.decide.options.combinations import Alternative
    from tocsin.decide.options.futures import Futures
    from tocsin.decide.options.outcomes import Held

AGAIN = 1_000_003
"""Added to the seed for the futures on which boxes are tried."""


@dataclass(frozen=True, slots=True, eq=False)
class _Tested:
    """A choice in one set of futures."""

    choice: Choice
    rows: tuple[Alternative, ...]
    futures: Futures
    done: Outcomes
    met: Met

    @property
    def used(self) -> NDArray[np.int64]:
        """Criteria on which some alternative has a value."""
        return np.flatnonzero(self.done.known.any(axis=0))

    @property
    def ranked(self) -> NDArray[np.int64]:
        """Alternatives with a value on each of these; none where there are fewer than two."""
        complete = np.flatnonzero(self.done.known[:, self.used].all(axis=1) & bool(self.used.size))
        return complete if len(complete) > 1 else complete[:0]

    def partial(self) -> NDArray[np.float64]:
        """Ranked alternatives on the criteria used, 0 worst to 1 best, shape (alternative, criterion, future)."""
        up = [self.choice.criteria[c].better.value == "up" for c in self.used]
        return rescaled(self.done.values[np.ix_(self.ranked, self.used)], up=up)


def compare(choice: Choice, *, futures: int = FUTURES, seed: int = 1) -> Comparison:
    """Compare the options of a choice over futures that span everything it calls uncertain.

    Args:
        choice: with criteria, uncertainties and effects; where they are missing the comparison says so.
        futures: how many are tested, 50 to 200,000.
        seed: the same seed gives the same numbers.

    Raises:
        OutOfRange: too few or too many futures.
        UnknownName: an effect names what the choice does not have.
        CaseProblem: an effect contradicts itself.
    """
    found = alternatives(choice) if choice.effects else Alternatives(tuple(alone(o) for o in choice.options))
    tested = _test(choice, found.rows, futures=futures, seed=seed)
    preferences = _preferences(tested)
    return Comparison(
        choice=choice.id, question=choice.question, source_id=choice.source_id,
        source_conclusion=choice.source_conclusion, stated=_headings(choice), not_modelled=choice.not_modelled,
        futures=futures, seed=seed, weightings=weightings_for(futures), criteria=tuple(_criteria(tested)),
        alternatives=tuple(_alternatives(tested, preferences)), preferences=tuple(p for p, _ in preferences),
        dominance=tuple(_dominance(tested)), missing=what_is_missing(choice, found.rows, tested.done),
        notes=(*found.notes, *_held(tested.done.held, futures=futures)),
    )  # fmt: skip


def _held(held: Sequence[Held], *, futures: int) -> Iterator[str]:
    """Where changes added up went beyond what is possible: the ranges then do not fit together."""
    for of in dict.fromkeys((each.criterion, each.unit) for each in held):
        here = sorted((each for each in held if (each.criterion, each.unit) == of), key=lambda each: -each.futures)
        ends = [f"{at[0]:g} in {at[1]:,}" for at in (here[0].below, here[0].above) if at is not None]
        most = f" (most often of {len(here)} combinations)" if len(here) > 1 else ""
        yield (
            f"changes added up go beyond what is possible for {of[0]} ({of[1]}): with {here[0].alternative}{most} they "
            f"are held at {' and at '.join(ends)} of the {futures:,} futures tested"
        )


def _test(choice: Choice, rows: tuple[Alternative, ...], *, futures: int, seed: int) -> _Tested:
    drawn = draw_futures(choice, rows, futures=futures, seed=seed)
    done = outcomes(choice, rows, drawn)
    return _Tested(choice, rows, drawn, done, thresholds_met(done, criteria=choice.criteria))


def _preferences(tested: _Tested) -> list[tuple[Preference, NDArray[np.float64]]]:
    if not tested.ranked.size:
        return []
    partial = tested.partial()
    names = [tested.rows[a].id for a in tested.ranked]
    criteria = [tested.choice.criteria[c].id for c in tested.used]
    viewpoints: Sequence[Viewpoint | None] = tested.choice.viewpoints or (None,)
    return [preference(partial, tested.futures, viewpoint=v, names=names, criteria=criteria) for v in viewpoints]


def _criteria(tested: _Tested) -> Iterator[CriterionShown]:
    for c, criterion in enumerate(tested.choice.criteria):
        values = tested.done.values[tested.done.known[:, c], c]
        met = (float(values.min()), float(values.max())) if values.size else None
        yield CriterionShown(
            criterion.id, criterion.name, criterion.unit, criterion.better.value, criterion.must_not_exceed,
            criterion.must_reach, met,
        )  # fmt: skip


def _alternatives(
    tested: _Tested, preferences: list[tuple[Preference, NDArray[np.float64]]]
) -> Iterator[AlternativeFound]:
    regretted = regrets(tested.done, criteria=tested.choice.criteria)
    must = _must_be_true(tested, preferences)
    for a, alternative in enumerate(tested.rows):
        everything = tested.met.all_of(a)
        yield AlternativeFound(
            alternative.id, alternative.name, alternative.options, tuple(_on(tested, a, regretted[a])),
            None if everything is None else float(everything.mean()), tested.met.at_most(a), must[a],
            tuple(Proposed(o.id, o.name, o.why, o.source_ids) for o in tested.choice.options if o.id in alternative.options),
            _stated(tested.choice, alternative),
        )  # fmt: skip


def _on(tested: _Tested, a: int, regretted: Sequence[Regret | None]) -> Iterator[OnCriterion]:
    given = {(e.option, e.criterion) for e in tested.choice.effects}
    for c, criterion in enumerate(tested.choice.criteria):
        known = bool(tested.done.known[a, c])
        lacking = tuple(o for o in tested.rows[a].options if (o, criterion.id) not in given)
        values = tuple(float(v) for v in np.quantile(tested.done.values[a, c], QUANTILES)) if known else None
        yield OnCriterion(criterion.id, known, lacking, values, tested.met.share(a, c), regretted[c])


def _must_be_true(
    tested: _Tested, preferences: list[tuple[Preference, NDArray[np.float64]]]
) -> list[tuple[MustBeTrue, ...]]:
    """Conditions for each alternative: to meet every threshold, or to come first by each viewpoint where none is set."""
    if not tested.used.size:
        return [() for _ in tested.rows]
    again = _test(tested.choice, tested.rows, futures=tested.futures.n, seed=tested.futures.seed + AGAIN)
    if tested.met.asked.any():
        return [(_for_thresholds(tested, again, a),) for a in range(len(tested.rows))]
    made: list[tuple[MustBeTrue, ...]] = [() for _ in tested.rows]
    for (found, first), (_, fresh) in zip(preferences, _preferences(again), strict=True):
        for row, a in enumerate(tested.ranked):
            made[a] += (
                what_must_be_true(
                    first[row] > 0.5, fresh[row] > 0.5, futures=tested.futures, again=again.futures,
                    inputs=range(len(tested.futures.inputs)), viewpoint=found.viewpoint,
                    words=f"is first under most weightings ({found.name})",
                ),
            )  # fmt: skip
    return made


def _for_thresholds(tested: _Tested, again: _Tested, a: int) -> MustBeTrue:
    target, fresh = tested.met.all_of(a), again.met.all_of(a)
    if target is None or fresh is None:
        lacking = np.flatnonzero(tested.met.asked & ~tested.done.known[a])
        return unknown_because(", ".join(tested.choice.criteria[c].name for c in lacking))
    asked = {c.id for c, wanted in zip(tested.choice.criteria, tested.met.asked, strict=True) if wanted}
    effects = [e for e in tested.choice.effects if e.option in tested.rows[a].options and e.criterion in asked]
    tied = {name for e in effects for name in (e.rises_with, e.falls_with) if name}
    inputs = inputs_of(
        tested.futures, alternative=tested.rows[a].id, effects={(e.option, e.criterion) for e in effects},
        uncertainties=tied,
    )  # fmt: skip
    return what_must_be_true(target, fresh, futures=tested.futures, again=again.futures, inputs=inputs)


def _dominance(tested: _Tested) -> list[Dominates]:
    if not tested.ranked.size:
        return []
    share, always = dominance(tested.partial())
    names = [tested.rows[a].id for a in tested.ranked]
    pairs = [
        Dominates(names[a], names[b], float(share[a, b]), bool(always[a, b]))
        for a, b in np.argwhere((share > 0) | always)
    ]
    return sorted(pairs, key=lambda pair: (-pair.share, pair.by, pair.over))


def _stated(choice: Choice, alternative: Alternative) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What sources state of an option: under its id, or under its id with a heading, as `fast_triggers`."""
    return tuple(
        (heading, words)
        for heading, words in choice.stated.items()
        if any(heading == option or heading.startswith(f"{option}_") for option in alternative.options)
    )


def _headings(choice: Choice) -> tuple[tuple[str, tuple[str, ...]], ...]:
    ids = [option.id for option in choice.options]
    return tuple(
        (heading, words)
        for heading, words in choice.stated.items()
        if not any(heading == option or heading.startswith(f"{option}_") for option in ids)
    )
