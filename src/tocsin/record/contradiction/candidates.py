"""Which claims of a large record can contradict others at all, told from their outlines: the rules then look at these alone.

For each rule the claims that share what the rule compares (a seat, a site, a question) are held together by key, and those are
taken where two of them could exclude each other. What is taken is taken whole: every claim that says the same comes along, so
that the rules find on the few what they would find on all.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.record.claim import Dates, EntityType, Modality, Number, Span
from tocsin.record.contradiction import (
    exclusive_place,
    numbers_apart,
    one_seat,
    opposite,
    stance,
    tolls_apart,
    whole_and_parts,
)
from tocsin.record.contradiction.finding import OF_FACT
from tocsin.record.identity.posts import read_post
from tocsin.record.kinds import kinds
from tocsin.record.spans import Overlap, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tocsin.record.identity.alike import Alike
    from tocsin.record.spans import Held
    from tocsin.record.store.outlines import Dates as Written
    from tocsin.record.store.outlines import Figure, Outline

Key = tuple[tuple[str, ...], ...]
"""What fills each of the kind's `same` roles, in their order: the claims of one key say the same, but for time and manner."""
Picked = set[Key]
DENIED = Modality.DENIED.value


@dataclass(slots=True)
class Told:
    """The claims of one kind, by what they say.

    Attributes:
        claims: places in the record's order, by key.
        seen: by key, what of each claim a rule looks at.
    """

    claims: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[Key, set[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule needs to see of a kind's outlines, and how it picks keys."""

    see: Callable[[Outline], Iterable[tuple[object, ...]]]
    pick: Callable[[Told], Picked]
    figures: bool = False
    quotes: bool = False


def wanted(kind: str, parts: Mapping[str, frozenset[str]]) -> Wanted | None:
    """What is looked at in the claims of a kind; None where no two of them can exclude each other.

    Args:
        kind: name of a kind.
        parts: for each whole, what is cited as part of it.
    """
    rule = kinds()[kind].rule
    if kind == tolls_apart.KIND:
        return Wanted(_tolls, _apart_at_one_place_and_day, figures=True)
    if rule == opposite.RULE:
        return Wanted(_manner, lambda told: _denied(told, kind, parts))
    by_rule = {
        one_seat.RULE: Wanted(_seat, _two_holders),
        exclusive_place.RULE: Wanted(_site, _two_places, quotes=True),
        stance.RULE: Wanted(_stance, _two_stances),
        numbers_apart.RULE: Wanted(_sizes, _ranges_apart, figures=True),
    }
    return by_rule.get(rule or "")


def candidates(outlines: Iterable[Outline], kind: str, alike: Alike, asked: Wanted) -> list[int]:
    """The claims of a kind that a rule has to look at, by their places in the record's order.

    Args:
        outlines: of the kind, with the roles by which its claims are the same.
        kind: its name.
        alike: which entities are one.
        asked: what the rule looks at.
    """
    told = gathered(outlines, kind, alike, asked)
    return sorted(seq for key in asked.pick(told) for seq in told.claims[key])


def gathered(outlines: Iterable[Outline], kind: str, alike: Alike, asked: Wanted) -> Told:
    """The claims of a kind by what they say."""
    told, same = Told(), kinds()[kind].same
    keys: dict[object, str] = {}
    see = asked.see
    for one in outlines:
        filled: dict[str, list[str]] = {role: [] for role in same}
        for part in one.fillings:
            named = part.entity is not None and part.type is not EntityType.OFFICE
            token = part.entity if named else (part.type.value, part.value, part.words)
            key = keys.get(token)
            if key is None:
                key = keys[token] = alike.key(part, part.entity)
            filled[part.role].append(key)
        says = tuple(tuple(sorted(set(mine))) if len(mine) > 1 else tuple(mine) for mine in filled.values())
        told.claims[says].append(one.seq)
        told.seen[says].update(see(one))
    return told


def parts_in(outlines: Iterable[Outline], alike: Alike) -> dict[str, frozenset[str]]:
    """For each whole what is cited as part of it, of outlines of the kind organisation-part-of that are not denied."""
    direct: dict[str, set[str]] = defaultdict(set)
    for one in outlines:
        ends = {part.role: alike.key(part, part.entity) for part in reversed(one.fillings)}
        if one.modality != DENIED:
            direct[ends["whole"]].add(ends["part"])
    return whole_and_parts.closed(direct)


def roles_of(kind: str) -> tuple[str, ...]:
    """The roles by which claims of a kind are the same."""
    return kinds()[kind].same


MODALITIES = tuple(sorted(modality.value for modality in OF_FACT))


def _manner(one: Outline) -> Iterator[tuple[object, ...]]:
    yield (one.modality == DENIED,)


def _denied(told: Told, kind: str, parts: Mapping[str, frozenset[str]]) -> Picked:
    """What is both asserted and denied; and of a force, what is denied of it or of its parts and asserted of the whole."""
    found = {key for key, seen in told.seen.items() if {(True,), (False,)} <= seen}
    if kind not in whole_and_parts.FORCE:
        return found
    places = [roles_of(kind).index(role) for role in whole_and_parts.FORCE[kind]]
    denied: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, seen in told.seen.items():
        if (True,) in seen:
            denied[key[places[0]][0], key[places[1]][0]].append(key)
    for key, seen in told.seen.items():
        force, other = key[places[0]][0], key[places[1]][0]
        if (False,) in seen:
            against = [k for part in (force, *parts.get(force, ())) for k in denied.get((part, other), [])]
            found.update(against, [key] if against else [])
    return found


def _seat(one: Outline) -> Iterator[tuple[object, ...]]:
    posts = [part.words for part in one.fillings if part.role == "post"]
    if one.modality != DENIED and posts and read_post(posts[0]).one_seat:
        yield one.dates


def _two_holders(told: Told) -> Picked:
    """Keys of two persons in one seat whose cited times can be one."""
    seats: dict[tuple[str, str], dict[str, list[Key]]] = defaultdict(lambda: defaultdict(list))
    for key in told.seen:
        people, posts, bodies = key
        if people and posts and bodies and told.seen[key]:
            seats[posts[0], bodies[0]][people[0]].append(key)
    found: Picked = set()
    for holders in seats.values():
        if len(holders) > 1:
            spans = {who: [_held(d) for key in keys for d in told.seen[key]] for who, keys in holders.items()}
            for one, other in _meeting(spans):
                found.update(holders[one], holders[other])
    return found


def _meeting(spans: Mapping[str, Sequence[Held]]) -> Iterator[tuple[str, str]]:
    """Those of whom a cited time of the one can be that of the other; only neighbours in time are compared."""
    hulls = sorted((*_hull(several), who) for who, several in spans.items())
    for at, (_, last, one) in enumerate(hulls):
        for first, _, other in hulls[at + 1 :]:
            if first > last:
                break
            if any(a.beside(b) is not Overlap.APART for a in spans[one] for b in spans[other]):
                yield one, other


def _hull(several: Sequence[Held]) -> tuple[float, float]:
    """The first and last day, as ordinals, that cited times can reach to; infinite where none is cited."""
    within = [span.cited_within for span in several]
    first = min(-inf if one.first is None else one.first.toordinal() for one in within)
    return first, max(inf if one.last is None else one.last.toordinal() for one in within)


@lru_cache(maxsize=65_536)
def _held(written: Written) -> Held:
    return held(Dates(*(None if date is None else PartialDate.parse(date) for date in written)))


def _site(one: Outline) -> Iterator[tuple[object, ...]]:
    if one.modality != DENIED:
        is_site = any(part.role == "what" and part.type is EntityType.SITE for part in one.fillings)
        yield (is_site or exclusive_place.names_headquarters(one.quote),)


def _two_places(told: Told) -> Picked:
    return _several(told, at=0, within=lambda key: (True,) in told.seen[key])


def _several(told: Told, *, at: int, within: Callable[[Key], bool]) -> Picked:
    """Keys that share what fills a role and differ in the rest."""
    by: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key in told.seen:
        if within(key):
            by[key[at]].append(key)
    return {key for keys in by.values() if len(keys) > 1 for key in keys}


def _stance(one: Outline) -> Iterator[tuple[object, ...]]:
    yield one.stance, one.modality == DENIED


def _two_stances(told: Told) -> Picked:
    actor, question, position = (roles_of("position-on-question").index(r) for r in ("actor", "question", "position"))
    by: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in told.seen:
        about = key[question] or key[position]
        if about:
            by[key[actor][0], about[0]].append(key)
    return {key for keys in by.values() if len({seen for k in keys for seen in told.seen[k]}) > 1 for key in keys}


def _sizes(one: Outline) -> Iterator[tuple[object, ...]]:
    if one.modality != DENIED:
        for number in map(_number, one.figures):
            yield number.role, numbers_apart.referent(number.referent), *numbers_apart.range_of(number)


def _ranges_apart(told: Told) -> Picked:
    return _apart(told, at=0)


def _tolls(one: Outline) -> Iterator[tuple[object, ...]]:
    cited = {date for date in one.dates if date is not None}
    day = _day(next(iter(cited))) if len(cited) == 1 else None
    if one.modality != DENIED and day is not None:
        for number in map(_number, one.figures):
            who = tolls_apart.killed(number)
            if who is not None:
                yield day, who, *numbers_apart.range_of(number)


def _apart_at_one_place_and_day(told: Told) -> Picked:
    return _apart(told, at=roles_of(tolls_apart.KIND).index("place"))


def _apart(told: Told, *, at: int) -> Picked:
    """Keys that share what fills a role, what is counted and when, and have ranges that do not overlap."""
    by: dict[tuple[object, ...], dict[tuple[float, float], set[Key]]] = defaultdict(lambda: defaultdict(set))
    for key, seen in told.seen.items():
        for one in seen if key[at] else ():
            low, high = one[2:]
            assert isinstance(low, int | float)
            assert isinstance(high, int | float)
            by[key[at][0], *one[:2]][low, high].add(key)
    found: Picked = set()
    for ranges in by.values():
        for one_, other in combinations(sorted(ranges), 2):
            if one_[1] < other[0]:
                found |= ranges[one_] | ranges[other]
    return found


def _number(figure: Figure) -> Number:
    role, low, high, referent = figure
    return Number(role, low, high, referent, Span(0, 1, "0"))


@lru_cache(maxsize=65_536)
def _day(written: str) -> str | None:
    date = PartialDate.parse(written)
    return written if date.earliest == date.latest else None
