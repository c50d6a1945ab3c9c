"""Scores of designations and posts against an annotation: what pairs with what, and what is right as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from tocsin.case.dates import Precision
from tocsin.record.extract.rules.bodies import same_body
from tocsin.record.extract.rules.designated_names import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tocsin.case.dates import PartialDate

Place = tuple[int, int]
"""Start and end of a stretch of a text, in code points."""
_STATE, _WHOLE, _SLOT = 1.0, 1.0, 0.01


@dataclass(frozen=True, slots=True)
class Named:
    """A party, person, organisation ... by the places where it stands and the ways it is written."""

    places: tuple[Place, ...]
    names: frozenset[str]

    def meets(self, other: Named) -> bool:
        """Whether the two share a character of the text, or one way of writing, folded.

        Example:
            >>> Named(((0, 4),), frozenset({"badr"})).meets(Named(((3, 9),), frozenset({"corps"})))
            True
        """
        return bool(self.names & other.names) or any(a < d and c < b for a, b in self.places for c, d in other.places)


@dataclass(frozen=True, slots=True)
class Designation:
    """A designation as annotated or as read.

    Attributes:
        who: the party.
        state: `in force`, `changed`, `lifted`, `proposed` or `introduced`.
        by: ways in which the body is written.
        authorities: normal forms, as `eo 13224`.
        when: the date; None is unknown.
        reasons: places of the reasons.
    """

    who: Named
    state: str
    by: tuple[str, ...]
    authorities: frozenset[str]
    when: PartialDate | None
    reasons: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A post as annotated or as read; `around` is the sentence that an annotated title stands in."""

    person: Named
    title: str
    title_place: Place | None
    organisation: Named | None
    around: Place | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of the predicted and of the annotated pair.

    Attributes:
        right: pairs.
        predicted, annotated: how many there are of each.
    """

    right: int
    predicted: int
    annotated: int

    @property
    def precision(self) -> float | None:
        """Right of predicted, 0..1; None where nothing was predicted."""
        return self.right / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Right of annotated, 0..1; None where nothing was annotated."""
        return self.right / self.annotated if self.annotated else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.predicted + other.predicted, self.annotated + other.annotated)


def same_authority(predicted: Designation, gold: Designation) -> bool:
    """Both name none, or what was read is part of what was annotated and not empty."""
    if not gold.authorities or not predicted.authorities:
        return not gold.authorities and not predicted.authorities
    return predicted.authorities <= gold.authorities


def same_by(predicted: Designation, gold: Designation) -> bool:
    """Both name none, or one body of each is the same."""
    if not gold.by or not predicted.by:
        return not gold.by and not predicted.by
    return any(same_body(one, other) for one in predicted.by for other in gold.by)


def same_date(left: PartialDate | None, right: PartialDate | None) -> bool:
    """Equal at the coarser precision of the two; unknown only equals unknown.

    Example:
        >>> from tocsin.case.dates import PartialDate
        >>> same_date(PartialDate(2014), PartialDate(2014, 9, 24)), same_date(None, PartialDate(2014))
        (True, False)
    """
    if left is None or right is None:
        return left is right
    if left.year != right.year:
        return False
    if Precision.YEAR in {left.precision, right.precision}:
        return True
    if left.month != right.month:
        return False
    return Precision.MONTH in {left.precision, right.precision} or left.day == right.day


def same_when(predicted: Designation, gold: Designation) -> bool:
    """The two dates are the same."""
    return same_date(predicted.when, gold.when)


def same_reason(predicted: Designation, gold: Designation) -> bool:
    """None is annotated, or a reason that was read overlaps one that was annotated."""
    if not gold.reasons:
        return True
    return any(a < d and c < b for a, b in predicted.reasons for c, d in gold.reasons)


SLOTS: dict[str, Callable[[Designation, Designation], bool]] = {
    "authority": same_authority,
    "by": same_by,
    "when": same_when,
    "for": same_reason,
}


def pair_designations(predicted: Sequence[Designation], gold: Sequence[Designation]) -> list[tuple[int, int]]:
    """Pairs of numbers of those of one party and state, one to one, so that most are right in most parts."""
    weights = np.zeros((len(predicted), len(gold)))
    for p, one in enumerate(predicted):
        for g, other in enumerate(gold):
            if one.state == other.state and one.who.meets(other.who):
                right = sum(same(one, other) for same in SLOTS.values())
                weights[p, g] = _STATE + _SLOT * right + (_WHOLE if right == len(SLOTS) else 0.0)
    return _best(weights)


def same_title(predicted: str, gold: str) -> bool:
    """At least half of the words of the shorter stand in the longer.

    Example:
        >>> same_title("Deputy Director", "director of operations"), same_title("emir", "treasurer")
        (True, False)
    """
    left, right = set(folded(predicted).split()), set(folded(gold).split())
    return bool(left and right) and 2 * len(left & right) >= min(len(left), len(right))


def same_post(predicted: Post, gold: Post) -> bool:
    """Person and title agree, and the organisation that was read, if any, is the annotated one or said with its title."""
    if not predicted.person.meets(gold.person) or not same_title(predicted.title, gold.title):
        return False
    read = predicted.organisation
    if read is None or (gold.organisation is not None and _same_organisation(read, gold.organisation)):
        return True
    if gold.title_place is not None and any(
        a < gold.title_place[1] and gold.title_place[0] < b for a, b in read.places
    ):
        return True
    if any(name in folded(gold.title) for name in read.names):
        return True
    around = gold.around
    return (
        gold.organisation is None
        and around is not None
        and any(around[0] <= a and b <= around[1] for a, b in read.places)
    )


def _same_organisation(read: Named, gold: Named) -> bool:
    return read.meets(gold) or any(one in other or other in one for one in read.names for other in gold.names)


def pair_posts(predicted: Sequence[Post], gold: Sequence[Post]) -> list[tuple[int, int]]:
    """Pairs of numbers of the same post, one to one, as many as can be."""
    weights = np.array([[float(same_post(one, other)) for other in gold] for one in predicted], dtype=float)
    return _best(weights.reshape(len(predicted), len(gold)))


def _best(weights: np.ndarray) -> list[tuple[int, int]]:
    if not weights.size:
        return []
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(int(p), int(g)) for p, g in zip(rows, columns, strict=True) if weights[p, g] > 0]
