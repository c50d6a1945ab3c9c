"""What a pair of names shows, as numbers: what is shared, how rare it is, and what only one side has."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from tocsin.record.names import NameKind, Role, fold
from tocsin.record.names.likeness import Why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.record.names import Name, Part
    from tocsin.record.names.comparing import Alignment, Pair


class Evidence(NamedTuple):
    """What speaks for and against, as the trees read it; `rare` is by the lists: 1 for a word of one entry, less for more.

    Attributes:
        score, second: likeness of the nearest and of the second name of the entry, 0..1.
        person, body: 1 where the kind is that.
        most, least: share of the rare that is shared, of the name that is covered more and of the other, 0..1.
        shared, shared_rarest: rarity of what is shared, in all, and of its rarest telling part.
        mine_lost, mine_rarest: rarity of what only the name asked has, in all, and of its rarest part.
        theirs_lost, theirs_rarest: the same of the listed name.
        lost_common: rarity of the commonest part that only one has.
        names_shared, names_mine, names_theirs: telling parts that both have, or only one.
        words_mine, words_theirs: parts of either.
        same, worst, likeness: share of pairs that are one spelling; least and mean likeness of the pairs, 0..1.
        initials, joined, generic_shared: pairs that are initials, joined parts, generic words.
        order, first, last: 1 where the order is kept, where both first parts are in a pair, both last.
        surname, given: likeness of the two last parts where they are a pair, of the two first, 0..1.
        held, numbers, functions, patronymics: 1 where a rule tells siblings apart; such parts that only one has.
        whole, run, letters: likeness of all parts, of all parts run together, of all words as written, 0..1.
        left_like: the most that two unpaired parts are alike; -0.5 where there are none.
        jaccard, inside: share of all words that both have, of the shorter name's words that the other has, 0..1.
        left_out: share of particles, titles and legal forms that both have, 0..1; -1 where neither has any.
        union: share of the name asked, by rarity, that the entry's names have between them, 0..1.
        alike_names: names of the entry that are alike.
    """

    score: float
    second: float
    person: float
    body: float
    most: float
    least: float
    shared: float
    shared_rarest: float
    mine_lost: float
    mine_rarest: float
    theirs_lost: float
    theirs_rarest: float
    lost_common: float
    names_shared: float
    names_mine: float
    names_theirs: float
    words_mine: float
    words_theirs: float
    same: float
    worst: float
    likeness: float
    initials: float
    joined: float
    generic_shared: float
    order: float
    first: float
    last: float
    surname: float
    given: float
    held: float
    numbers: float
    functions: float
    patronymics: float
    whole: float
    run: float
    letters: float
    left_like: float
    jaccard: float
    inside: float
    left_out: float
    union: float
    alike_names: float


ALIKE_NAME = 0.6
"""Likeness from which a second name of an entry is called alike."""

RISING = frozenset((
    "score", "second", "most", "least", "shared", "shared_rarest", "same", "likeness", "whole", "run", "letters", "surname",
    "given", "jaccard", "inside", "union", "alike_names",
))  # fmt: skip
"""More of these never lowers a score."""

FALLING = frozenset(("held", "mine_lost", "mine_rarest", "theirs_lost"))
"""More of these never raises a score."""


def evidence_of(
    mine: Name, theirs: Name, found: Alignment, of_entry: Sequence[Alignment], *, rarity: Mapping[str, float]
) -> Evidence:  # fmt: skip
    """The evidence of a name asked and the nearest name of an entry.

    Args:
        mine: the name asked.
        theirs: the listed name.
        found: how the two compare.
        of_entry: how the entry's names compare with the name asked, the nearest first; `found` is among them.
        rarity: 0..1 by regular spelling.
    """
    lefts, rights = mine.parts, theirs.parts
    mine_loose = _loose(lefts, {i for pair in found.pairs for i in pair.left})
    theirs_loose = _loose(rights, {j for pair in found.pairs for j in pair.right})
    loose = (*mine_loose, *theirs_loose)
    mine_rare, theirs_rare, all_left, all_right = (
        [rarity.get(part.spelling, 1.0) for part in parts] for parts in (mine_loose, theirs_loose, lefts, rights)
    )
    gains = [_gain(pair, all_left, all_right) for pair in found.pairs]
    gain, sum_left, sum_right = sum(gains), sum(all_left) or 1.0, sum(all_right) or 1.0
    telling = [lefts[pair.left[0]].role is Role.NAME for pair in found.pairs]
    whys = [pair.like.why for pair in found.pairs]
    values = [pair.like.value for pair in found.pairs] or [0.0]
    order = [pair.right[0] for pair in sorted(found.pairs, key=lambda pair: pair.left[0])]
    first, last = _both_at(found.pairs, 0, 0), _both_at(found.pairs, len(lefts) - 1, len(rights) - 1)
    words, others = words_of_name(mine.text), words_of_name(theirs.text)
    one, other = (" ".join(part.text for part in parts) for parts in (lefts, rights))
    union = {i for alignment in of_entry for pair in alignment.pairs for i in pair.left}
    return Evidence(
        score=found.score, second=of_entry[1].score if len(of_entry) > 1 else 0.0,
        person=mine.kind is NameKind.PERSON, body=mine.kind is NameKind.ORGANISATION,
        most=gain / min(sum_left, sum_right), least=gain / max(sum_left, sum_right),
        shared=gain, shared_rarest=max((g for g, tells in zip(gains, telling, strict=True) if tells), default=0.0),
        mine_lost=sum(mine_rare), mine_rarest=max(mine_rare, default=0.0),
        theirs_lost=sum(theirs_rare), theirs_rarest=max(theirs_rare, default=0.0),
        lost_common=min((*mine_rare, *theirs_rare), default=0.0),
        names_shared=sum(tells and why is not Why.INITIAL for tells, why in zip(telling, whys, strict=True)),
        names_mine=_count(mine_loose, Role.NAME), names_theirs=_count(theirs_loose, Role.NAME),
        words_mine=len(lefts), words_theirs=len(rights),
        same=sum(why in {Why.SAME, Why.SPELLING} for why in whys) / max(len(whys), 1),
        worst=min(values), likeness=sum(values) / len(values),
        initials=whys.count(Why.INITIAL), joined=whys.count(Why.JOINED),
        generic_shared=sum(lefts[p.left[0]].role in {Role.GENERIC, Role.FUNCTION} for p in found.pairs),
        order=order == sorted(order), first=first > 0, last=last > 0, surname=last, given=first,
        held=found.held is not None, numbers=_count(loose, Role.NUMBER), functions=_count(loose, Role.FUNCTION),
        patronymics=_count(loose, Role.PATRONYMIC),
        whole=fuzz.token_sort_ratio(one, other) / 100,
        run=fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) / 100,
        letters=fuzz.ratio(" ".join(sorted(words)), " ".join(sorted(others))) / 100,
        left_like=max((JaroWinkler.similarity(a.text, b.text) for a in mine_loose for b in theirs_loose), default=-0.5),
        jaccard=len(words & others) / max(len(words | others), 1),
        inside=len(words & others) / max(min(len(words), len(others)), 1),
        left_out=_left_out(mine, theirs),
        union=sum(all_left[i] for i in union) / sum_left,
        alike_names=sum(alignment.score >= ALIKE_NAME for alignment in of_entry),
    )  # fmt: skip


@lru_cache(maxsize=100_000)
def words_of_name(text: str) -> frozenset[str]:
    """All words of a name, titles and legal forms too."""
    return frozenset(fold(text))


def _loose(parts: tuple[Part, ...], paired: set[int]) -> list[Part]:
    return [part for at, part in enumerate(parts) if at not in paired]


def _gain(pair: Pair, lefts: Sequence[float], rights: Sequence[float]) -> float:
    return pair.like.value * min(sum(lefts[i] for i in pair.left), sum(rights[j] for j in pair.right))


def _both_at(pairs: Sequence[Pair], left: int, right: int) -> float:
    """Likeness of the pair that has both of these parts; 0 where they are no pair."""
    return max((pair.like.value for pair in pairs if left in pair.left and right in pair.right), default=0.0)


def _count(parts: Sequence[Part], role: Role) -> int:
    return sum(part.role is role for part in parts)


def _left_out(mine: Name, theirs: Name) -> float:
    one, other = set(mine.left_out), set(theirs.left_out)
    return len(one & other) / len(one | other) if one or other else -1.0
