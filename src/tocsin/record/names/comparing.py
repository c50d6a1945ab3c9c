"""How alike two names are, 0 to 1, with reasons that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from tocsin.record.names.likeness import ALIKE, Likeness, Why, likeness
from tocsin.record.names.name import Name, NameKind, Part, Role
from tocsin.record.names.weighing import WEIGHTS, weight

if TYPE_CHECKING:
    from collections.abc import Mapping


SURE = 0.85
"""Parts this alike stay a pair, and two parts run together must be this like the one."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against two names being one.

    Attributes:
        words: a sentence that names the parts.
        against: whether it speaks against.
    """

    words: str
    against: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are: a score of 0 to 1 that is no probability, and its reasons, those against first."""

    score: float
    reasons: tuple[Reason, ...]


class Pair(NamedTuple):
    """A part of the left name beside its like in the right one; several parts where they are joined."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    like: Likeness


class Alignment(NamedTuple):
    """The pairs found, the score they make, and the rule that held the score down, if one did."""

    score: float
    pairs: tuple[Pair, ...]
    held: str | None


def compare(left: Name, right: Name, *, rarity: Mapping[str, float] | None = None) -> Comparison:
    """Compare two names, whatever the order of their parts.

    Args:
        left: a name as read by `read_name`.
        right: the other.
        rarity: 0..1 by regular spelling: how much a part tells; 1 where it is not given.

    Example:
        >>> from tocsin.record.names import NameKind, read_name
        >>> found = compare(read_name("SOLEIMANI, Qasim", NameKind.PERSON), read_name("Kassem Suleimani", NameKind.PERSON))
        >>> found.score > 0.9, found.reasons[0].words
        (True, "'qasim' and 'kassem' are spellings of one name")
        >>> body = NameKind.ORGANISATION
        >>> compare(read_name("Badr 45th Brigade", body), read_name("Badr 46th Brigade", body)).reasons[0].words
        "'45' is not '46'"
    """
    found = align(left, right, rarity=rarity)
    return Comparison(round(found.score, 4), reasons_of(found, left, right))


def align(left: Name, right: Name, *, rarity: Mapping[str, float] | None = None) -> Alignment:
    """The pairs of parts and the score they make."""
    lefts, rights = left.parts, right.parts
    pairs = _joined(_paired(lefts, rights), lefts, rights)
    score = _score(pairs, lefts, rights, rarity)
    bodies = NameKind.PERSON not in (left.kind, right.kind)
    if score < WEIGHTS.whole_below and not (bodies and _loose_numbers(pairs, lefts, rights)):
        score = max(score, _as_a_whole(lefts, rights))
    score = min(1.0, score) ** WEIGHTS.curve
    held = _held(pairs, lefts, rights, bodies=bodies) if pairs else None
    return Alignment(min(score, WEIGHTS.held_at) if held else score, pairs, held)


def _paired(lefts: tuple[Part, ...], rights: tuple[Part, ...]) -> tuple[Pair, ...]:
    """Each part with its like, the most alike first."""
    options = [
        (like.value, -abs(i - j), i, j, like)
        for i, one in enumerate(lefts)
        for j, other in enumerate(rights)
        if (like := likeness(one.text, other.text)).value >= ALIKE
    ]
    if len(options) > 1:
        options.sort(key=lambda option: option[:2], reverse=True)
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for _, _, i, j, like in options:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append(Pair((i,), (j,), like))
    return tuple(pairs)


def _joined(pairs: tuple[Pair, ...], lefts: tuple[Part, ...], rights: tuple[Part, ...]) -> tuple[Pair, ...]:
    """Two neighbouring parts that are one in the other name: `hizb allah` and `hizballah`."""
    if len(lefts) == len(rights) == len(pairs) or len(lefts) + len(rights) < 3:
        return pairs
    sure = [pair for pair in pairs if pair.like.value >= SURE]
    free_left = [i for i in range(len(lefts)) if all(i not in pair.left for pair in sure)]
    free_right = [j for j in range(len(rights)) if all(j not in pair.right for pair in sure)]
    if len(free_left) + len(free_right) < 3 or not free_left or not free_right:
        return pairs
    more = [
        *_two_in_one(free_left, free_right, lefts, rights),
        *(Pair(b, a, like) for a, b, like in _two_in_one(free_right, free_left, rights, lefts)),
    ]
    taken: list[Pair] = []
    for pair in more:
        if all(not set(pair.left) & set(t.left) and not set(pair.right) & set(t.right) for t in taken):
            taken.append(pair)
    return (
        *(p for p in pairs if not any(set(p.left) & set(t.left) or set(p.right) & set(t.right) for t in taken)),
        *taken,
    )


def _two_in_one(
    twos: list[int], ones: list[int], parts: tuple[Part, ...], others: tuple[Part, ...]
) -> list[Pair]:  # fmt: skip
    found = []
    for i, k in pairwise(twos):
        if k == i + 1:
            for j in ones:
                like = likeness(parts[i].text + parts[k].text, others[j].text)
                if like.value >= SURE:
                    found.append(Pair((i, k), (j,), Likeness(like.value, Why.JOINED)))
    return found


def _score(
    pairs: tuple[Pair, ...], lefts: tuple[Part, ...], rights: tuple[Part, ...], rarity: Mapping[str, float] | None
) -> float:  # fmt: skip
    """How much of either name is found in the other, by weight; a single shared part tells little."""
    if not pairs:
        return 0.0
    left_weights = [weight(part, rarity) for part in lefts]
    right_weights = [weight(part, rarity) for part in rights]
    left = sum(left_weights[i] * pair.like.value**WEIGHTS.sharp for pair in pairs for i in pair.left) / sum(
        left_weights
    )
    right = sum(right_weights[j] * pair.like.value**WEIGHTS.sharp for pair in pairs for j in pair.right) / sum(
        right_weights
    )
    most, least = max(left, right), min(left, right)
    telling = sum(
        1 for p in pairs
        if lefts[p.left[0]].role is rights[p.right[0]].role is Role.NAME and p.like.why is not Why.INITIAL
    )  # fmt: skip
    floor = WEIGHTS.contained[min(telling, len(WEIGHTS.contained) - 1)]
    score = most**WEIGHTS.power * (floor + (1 - floor) * least)
    mine, theirs = _unpaired(pairs, lefts, rights)
    both = any(p.role is Role.NAME for p in mine) and any(p.role is Role.NAME for p in theirs)
    return float(score * (WEIGHTS.both_lack if both else 1.0))


def _as_a_whole(lefts: tuple[Part, ...], rights: tuple[Part, ...]) -> float:
    """The two names run together: spaces set otherwise, as in `Han Jang Su` and `Hang Chang-su`."""
    one, other = ("".join(p.spelling for p in parts) for parts in (lefts, rights))
    if min(len(one), len(other)) < 5:
        return 0.0
    least = WEIGHTS.whole_from if len(lefts) != len(rights) else 0.5 * (1 + WEIGHTS.whole_from)
    near = OSA.normalized_similarity(one, other, score_cutoff=least)
    return near * WEIGHTS.whole if near else 0.0


def _unpaired(
    pairs: tuple[Pair, ...], lefts: tuple[Part, ...], rights: tuple[Part, ...]
) -> tuple[list[Part], list[Part]]:
    left = {i for pair in pairs for i in pair.left}
    right = {j for pair in pairs for j in pair.right}
    return [p for i, p in enumerate(lefts) if i not in left], [p for j, p in enumerate(rights) if j not in right]


def _loose_numbers(pairs: tuple[Pair, ...], lefts: tuple[Part, ...], rights: tuple[Part, ...]) -> bool:
    return any(part.role is Role.NUMBER for side in _unpaired(pairs, lefts, rights) for part in side)


def _held(
    pairs: tuple[Pair, ...], lefts: tuple[Part, ...], rights: tuple[Part, ...], *, bodies: bool
) -> str | None:  # fmt: skip
    """The rule by which two names stay below a match, however alike: numbers and words that tell siblings apart."""
    mine, theirs = _unpaired(pairs, lefts, rights)
    numbers = [[p.text for p in side if p.role is Role.NUMBER] for side in (mine, theirs)]
    if any(numbers):
        return _apart(numbers[0], numbers[1])
    if not bodies:
        return None
    functions = [[p.text for p in side if p.role is Role.FUNCTION] for side in (mine, theirs)]
    if any(functions):
        return _apart(functions[0], functions[1])
    names = [[p.text for p in side if p.role is Role.NAME] for side in (mine, theirs)]
    return _apart(names[0], names[1]) if all(names) else None


def _apart(mine: list[str], theirs: list[str]) -> str:
    if mine and theirs:
        return f"'{' '.join(mine)}' is not '{' '.join(theirs)}'"
    return f"'{' '.join(mine or theirs)}' stands in one name only, and tells siblings apart"


def reasons_of(found: Alignment, left: Name, right: Name) -> tuple[Reason, ...]:
    """What speaks against, then what speaks for, each as a sentence."""
    mine, theirs = _unpaired(found.pairs, left.parts, right.parts)
    against = [Reason(found.held, against=True)] if found.held else []
    for side, where in ((mine, "the second"), (theirs, "the first")):
        words = [f"'{part.text}'" for part in side if not (found.held and f"'{part.text}'" in found.held)]
        if words and found.pairs:
            against.append(Reason(f"{', '.join(words)} not in {where} name", against=True))
    if not found.pairs and not against:
        against = [Reason("the names share no part", against=found.score < ALIKE)]
    if not found.pairs and found.score >= ALIKE:
        against = [Reason("run together, the names are nearly the same")]
    told = (_told(pair, left.parts, right.parts) for pair in found.pairs)
    return (*against, *(Reason(words) for words in told))


def _told(pair: Pair, lefts: tuple[Part, ...], rights: tuple[Part, ...]) -> str:  # noqa: PLR0911  # one sentence a reason
    one, other = (" ".join(parts[i].text for i in at) for parts, at in ((lefts, pair.left), (rights, pair.right)))
    match pair.like.why:
        case Why.SAME:
            return f"'{one}' is in both"
        case Why.SPELLING:
            return f"'{one}' and '{other}' are spellings of one name"
        case Why.MEANING:
            return f"'{one}' and '{other}' mean the same"
        case Why.CONSONANTS:
            return f"'{one}' and '{other}' have the same consonants"
        case Why.INITIAL:
            return f"'{one}' and '{other}' begin alike"
        case Why.JOINED:
            return f"'{one}' and '{other}' are one name written together or apart"
        case _:
            return f"'{one}' and '{other}' are nearly spelled alike"
