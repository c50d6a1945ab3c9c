"""The answer by each expert: the same question or choice with that expert's inputs, and all of them pooled by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tocsin.case.cells import Basis
from tocsin.case.options import Effect, Viewpoint
from tocsin.decide.options import FUTURES, compare
from tocsin.decide.settle import DRAWS, draw_inputs, middle_of, settle_question
from tocsin.decide.settle.bands import band_probabilities, stretches
from tocsin.decide.settlement import Distribution, settlement_distribution, weighted_mean
from tocsin.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.case.elicited import Elicited, Placed
    from tocsin.case.options import Choice
    from tocsin.case.questions import Position, Question
    from tocsin.decide.options.findings import Ranked
    from tocsin.decide.settle import BandFound, Settled

POOL = "equal-weight mixture (linear opinion pool)"
LEVEL = 0.8
OWN = "own-ordering"
"""Id of the viewpoint that holds an expert's own ordering."""


@dataclass(frozen=True, slots=True)
class SettledBy:
    """Where a question settles by one set of inputs.

    Attributes:
        expert: whose; None for the case's own inputs.
        answered: how many of the inputs the expert gave; the case's own stand for the others.
        asked: how many inputs there are.
        from_case: what was taken from the case: pairs of party and position, salience or influence.
        centre: weighted mean with every input at its middle, in the scale's unit.
        input_noise, model_error, both: the central 80 % under each uncertainty and under both.
        bands: each named stretch with its probability.
    """

    expert: str | None
    answered: int
    asked: int
    from_case: tuple[tuple[str, str], ...]
    centre: float
    input_noise: tuple[float, float]
    model_error: tuple[float, float]
    both: tuple[float, float]
    bands: tuple[BandFound, ...]


@dataclass(frozen=True, slots=True)
class Pooled:
    """The experts' distributions mixed with equal weights; a summary beside the experts, never instead of them.

    Attributes:
        name: what it is called.
        experts: how many are in it.
        lowest_centre, highest_centre: of the experts' centres.
        input_noise, model_error, both: the central 80 % of the mixture under each uncertainty and under both.
        bands: each named stretch with the mean of its probabilities.
    """

    name: str
    experts: int
    lowest_centre: float
    highest_centre: float
    input_noise: tuple[float, float]
    model_error: tuple[float, float]
    both: tuple[float, float]
    bands: tuple[BandFound, ...]


@dataclass(frozen=True, slots=True)
class ShareFirst:
    """How often an alternative comes first: its id, its name, and the share of weightings and futures tested, 0..1."""

    alternative: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class FirstPlace:
    """What comes first by one viewpoint.

    Attributes:
        viewpoint: id of the viewpoint; `own-ordering` for the expert's own, None for every weighting.
        name: whose view it is.
        shares: how often each alternative comes first, the most often first.
    """

    viewpoint: str | None
    name: str
    shares: tuple[ShareFirst, ...]

    @property
    def first(self) -> str:
        """Name of the alternative that is first most often."""
        return self.shares[0].name


@dataclass(frozen=True, slots=True)
class PreferredBy:
    """What comes first in a choice by one set of inputs.

    Attributes:
        expert: whose; None for the case's own inputs.
        answered: how many of the effects the expert gave; the case's own stand for the others.
        asked: options x criteria.
        places: for each viewpoint; empty where alternatives cannot be ranked.
        missing: why not.
    """

    expert: str | None
    answered: int
    asked: int
    places: tuple[FirstPlace, ...]
    missing: tuple[str, ...]


def question_by(question: Question, expert: Elicited) -> tuple[Question, tuple[tuple[str, str], ...]]:
    """The question with an expert's inputs, and what had to be taken from the case since the expert did not answer it."""
    placed = {each.actor: each for each in expert.positions}
    seen = [_position(party, placed.get(party.actor)) for party in question.positions]
    lacking = tuple((party.actor, key) for party, keys in seen for key in keys)
    return question.model_copy(update={"positions": tuple(party for party, _ in seen)}), lacking


def choice_by(choice: Choice, expert: Elicited) -> Choice:
    """The choice with an expert's ranges and orderings; ties to uncertainties stay as the case has them."""
    said = {(each.option, each.criterion): each.range for each in expert.effects if each.range is not None}
    kept = tuple(
        effect.model_copy(update={"range": said[effect.option, effect.criterion], "basis": Basis.JUDGEMENT})
        if (effect.option, effect.criterion) in said else effect
        for effect in choice.effects
    )  # fmt: skip
    there = {(effect.option, effect.criterion) for effect in choice.effects}
    new = tuple(
        Effect(option=option, criterion=criterion, range=value, basis=Basis.JUDGEMENT)
        for (option, criterion), value in said.items() if (option, criterion) not in there
    )  # fmt: skip
    return choice.model_copy(update={"effects": (*kept, *new), "viewpoints": _viewpoints(choice, expert)})


def settled_by(
    question: Question, experts: Sequence[Elicited], *, draws: int = DRAWS, seed: int = 1
) -> tuple[SettledBy, ...]:
    """Where the question settles by the case's own inputs, and by each expert's.

    Raises:
        InputError: by what an expert gave, nobody counts.
    """
    found = [_settled(None, settle_question(question, draws=draws, seed=seed), ())]
    for expert in experts:
        seen, lacking = question_by(question, expert)
        _must_count(seen, expert.expert)
        found.append(_settled(expert.expert, settle_question(seen, draws=draws, seed=seed), lacking))
    return tuple(found)


def _must_count(question: Question, expert: str) -> None:
    """Refuse inputs by which nobody counts.

    Raises:
        InputError: at the middle of the expert's ranges no party counts.
    """
    if not any(party.salience.mid * party.influence.mid for party in question.positions):
        raise InputError(
            f"by what {expert} gave, no party to {question.id} counts: influence x salience is 0 for all",
            hint="give at least one party a middle salience and influence above 0, or leave the cells empty",
        )  # fmt: skip


def pooled(question: Question, experts: Sequence[Elicited], *, draws: int = DRAWS, seed: int = 1) -> Pooled | None:
    """The linear opinion pool with equal weights: F(x) = mean over experts of F_i(x); None for fewer than two experts.

    It is wider than most of its parts, and where experts contradict each other it may be high at both ends and low
    between, so that its centre is nobody's answer: none is given. Source: Stone 1961, doi:10.1214/aoms/1177704873;
    Clemen & Winkler 1999, doi:10.1111/j.1539-6924.1999.tb00399.x.
    """
    if len(experts) < 2:
        return None
    parts = [_parts(question_by(question, expert)[0], draws=draws, seed=seed) for expert in experts]
    noise, error, both = (_mixed(each) for each in zip(*(part[:3] for part in parts), strict=True))
    centres = [part[3] for part in parts]
    bands = band_probabilities(both, stretches(question)[0], low=question.scale.low, high=question.scale.high)
    return Pooled(
        POOL,
        len(experts),
        min(centres),
        max(centres),
        noise.central(LEVEL),
        error.central(LEVEL),
        both.central(LEVEL),
        bands,
    )


def preferred_by(
    choice: Choice, experts: Sequence[Elicited], *, futures: int = FUTURES, seed: int = 1
) -> tuple[PreferredBy, ...]:
    """What comes first by the case's own inputs, and by each expert's: in the case's viewpoints and the expert's own."""
    asked = len(choice.options) * len(choice.criteria)
    found = [_preferred(None, len(choice.effects), asked, choice, futures=futures, seed=seed)]
    for expert in experts:
        answered = sum(each.range is not None for each in expert.effects)
        found.append(_preferred(expert.expert, answered, asked, choice_by(choice, expert), futures=futures, seed=seed))
    return tuple(found)


def pooled_places(found: Sequence[PreferredBy]) -> tuple[FirstPlace, ...]:
    """The mean over experts of the shares that put each alternative first, for each viewpoint that all of them have.

    Where what one expert gave lets other alternatives be ranked than what another gave, there is no such mean.
    The experts' own orderings are different viewpoints under one name: here they are mixed, one weighting of each.
    """
    experts = [each for each in found if each.expert is not None]
    if len(experts) < 2:
        return ()
    places = [{place.viewpoint: place for place in each.places} for each in experts]
    common = [
        place for place in experts[0].places
        if all(place.viewpoint in other and _ranked(other[place.viewpoint]) == _ranked(place) for other in places)
    ]  # fmt: skip
    return tuple(_mean_place(place, [other[place.viewpoint] for other in places]) for place in common)


def _position(party: Position, placed: Placed | None) -> tuple[Position, tuple[str, ...]]:
    said = {key: getattr(placed, key, None) for key in ("position", "salience", "influence")}
    given = {key: value for key, value in said.items() if value is not None}
    judged = tuple(dict.fromkeys((*party.judged, *given)))
    seen = party.model_copy(update={**given, "judged": judged}) if given else party
    return seen, tuple(key for key, value in said.items() if value is None)


def _viewpoints(choice: Choice, expert: Elicited) -> tuple[Viewpoint, ...]:
    by = {each.viewpoint: each.order for each in expert.orders}
    kept = tuple(v.model_copy(update={"order": by[v.id]}) if v.id in by else v for v in choice.viewpoints)
    if None not in by:
        return kept
    own = Viewpoint(id=OWN, name=f"{expert.expert}'s own ordering", order=by[None], basis=Basis.JUDGEMENT)
    return (own, *kept)


def _settled(expert: str | None, done: Settled, lacking: tuple[tuple[str, str], ...]) -> SettledBy:
    asked = 3 * len(done.parties)
    return SettledBy(
        expert, asked - len(lacking), asked, lacking, done.centre, done.ranges.input_noise, done.ranges.model_error,
        done.ranges.both, done.bands,
    )  # fmt: skip


def _parts(question: Question, *, draws: int, seed: int) -> tuple[Distribution, Distribution, Distribution, float]:
    """Input noise, model error, both, and the centre, by one expert's inputs."""
    middle, drawn = middle_of(question), draw_inputs(question, draws=draws, seed=seed)
    low, high, rule = question.scale.low, question.scale.high, question.rule
    centres = weighted_mean(drawn.positions, drawn.weights)
    return (
        Distribution.of(centres, np.ones(centres.size)),
        settlement_distribution(middle.positions, middle.weights, low=low, high=high, rule=rule),
        settlement_distribution(drawn.positions, drawn.weights, low=low, high=high, rule=rule),
        float(weighted_mean(middle.positions, middle.weights)),
    )


def _mixed(parts: Sequence[Distribution]) -> Distribution:
    points = np.concatenate([part.points for part in parts])
    return Distribution.of(points, np.concatenate([part.probability for part in parts]))


def _preferred(
    expert: str | None, answered: int, asked: int, choice: Choice, *, futures: int, seed: int
) -> PreferredBy:
    done = compare(choice, futures=futures, seed=seed)
    names = {alternative.id: alternative.name for alternative in done.alternatives}
    places = tuple(
        FirstPlace(found.viewpoint, found.name, _in_order(found.rows, names)) for found in done.preferences
    )  # fmt: skip
    return PreferredBy(expert, answered, asked, places, () if places else done.missing)


def _in_order(rows: Sequence[Ranked], names: Mapping[str, str]) -> tuple[ShareFirst, ...]:
    made = [ShareFirst(row.alternative, names[row.alternative], row.acceptability[0]) for row in rows]
    return tuple(sorted(made, key=lambda each: (-each.share, each.alternative)))


def _ranked(place: FirstPlace) -> set[str]:
    return {each.alternative for each in place.shares}


def _mean_place(first: FirstPlace, places: Sequence[FirstPlace]) -> FirstPlace:
    shares = [
        replace(each, share=float(np.mean([other.share for place in places for other in place.shares
                                           if other.alternative == each.alternative])))
        for each in first.shares
    ]  # fmt: skip
    name = "the experts' own orderings" if first.viewpoint == OWN else first.name
    return FirstPlace(first.viewpoint, name, tuple(sorted(shares, key=lambda each: (-each.share, each.alternative))))
