"""Samples for measuring: aliases to be taken out of the index, and near-miss names that no list has.

Entries are split in two by a fixed rule, so that what is tuned on one part has never seen a name of the other.
"""

from __future__ import annotations

import tomllib
import zlib
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING

from tocsin.record.names import NameKind, Role, fold, read_name
from tocsin.record.names.lexicon import words_of
from tocsin.record.names.spelling import spelling
from tocsin.record.screening.index import KIND_OF_BEARER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tocsin.record.names import Name, Part
    from tocsin.record.screening.index import Index, Listed


class Split(StrEnum):
    """Which part of the entries a sample is drawn from: a third for development, the rest to measure on."""

    DEVELOPMENT = "development"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Probe:
    """A name to be looked for.

    Attributes:
        name, kind: what is asked.
        owner: number of the right entry; None for a name no list has.
        without: numbers of the names taken out of the index for it.
        neutral: numbers of other entries that bear one of the right entry's names, or have its day of birth: as a rule the same
            bearer on another list, so neither right nor wrong.
        overlap: words shared with the nearest other name of the entry, as a share of all words of the two (Jaccard), 0..1;
            None for a near miss.
        contained: the greatest share of its own words that one other name of the entry has, 0..1.
        rule: how a near miss was made; `alias` otherwise.
        shorter: the greatest share of the words of the shorter of the two that both have, over the other names, 0..1.
        respelt: numbers of entries that bear, in another spelling, one of the right entry's names; for a near miss, those with
            a name that has all its words, in another spelling. A stricter sample has none of them as wrong.
    """

    name: str
    kind: NameKind
    owner: int | None
    without: frozenset[int]
    neutral: frozenset[int]
    overlap: float | None
    contained: float | None
    rule: str
    shorter: float | None = None
    respelt: frozenset[int] = frozenset()


def normal(name: str) -> str:
    """A name as its folded words: copies of one name have the same."""
    return " ".join(fold(name))


def _unordered(key: str) -> str:
    return " ".join(sorted(key.split()))


def _birthdays(listed: Listed) -> list[str]:
    """Days of birth, for finding the same person on another list."""
    return [str(b.date) for b in listed.entry.births if b.date is not None and b.date.day is not None]


def split_of(listed: Listed) -> Split:
    """The part an entry belongs to, by a checksum of its list and number."""
    key = f"{listed.entry.list_name}|{listed.entry.entry_id}".encode()
    return Split.DEVELOPMENT if zlib.crc32(key) % 3 == 0 else Split.MEASURED


def alias_probes(
    index: Index, count: int, *, split: Split, seed: int, firsts: bool = False
) -> tuple[Probe, ...]:  # fmt: skip
    """Aliases drawn without replacement, each with its copies taken out; the entry's other names stay.

    Args:
        index: the names of the lists.
        count: most aliases drawn.
        split: the part of the entries they are drawn from.
        seed: of the sample.
        firsts: draw the first names of entries instead, which lists do not call aliases.
    """
    keys = [normal(listed.alias.name) for listed in index.names]
    of_entry: dict[int, list[int]] = defaultdict(list)
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, owner in enumerate(index.owner.tolist()):
        of_entry[owner].append(number)
        bearers[_unordered(keys[number])].add(owner)
        for day in _birthdays(index.names[number]):
            bearers[f"born {day}"].add(owner)
    can = [
        n
        for n, listed in enumerate(index.names)
        if (n == of_entry[int(index.owner[n])][0]) is firsts
        and _can_be_asked(n, listed, split, keys=keys, of_entry=of_entry, index=index)
    ]
    first = {(int(index.owner[n]), keys[n]): n for n in reversed(can)}
    chosen = sorted(first.values())
    Random(seed).shuffle(chosen)  # noqa: S311  # a sample to measure on, no secret
    spelt = _spelt(index)
    return tuple(_probe(index, n, keys=keys, of_entry=of_entry, bearers=bearers, spelt=spelt) for n in chosen[:count])


def _spelt(index: Index) -> dict[frozenset[str], set[int]]:
    """Numbers of entries by the regular spellings of all parts of a name."""
    found: dict[frozenset[str], set[int]] = defaultdict(set)
    for owner, listed in zip(index.owner.tolist(), index.names, strict=True):
        found[_spellings(listed.name)].add(owner)
    return found


def _spellings(name: Name) -> frozenset[str]:
    return frozenset(part.spelling for part in name.parts)


def _can_be_asked(
    number: int, listed: Listed, split: Split, *, keys: Sequence[str], of_entry: Mapping[int, list[int]], index: Index
) -> bool:  # fmt: skip
    others = of_entry[int(index.owner[number])]
    return bool(keys[number] and split_of(listed) is split and any(keys[n] != keys[number] for n in others))


def _probe(
    index: Index, number: int, *, keys: Sequence[str], of_entry: Mapping[int, list[int]],
    bearers: Mapping[str, set[int]], spelt: Mapping[frozenset[str], set[int]],
) -> Probe:  # fmt: skip
    listed, owner = index.names[number], int(index.owner[number])
    mine = of_entry[owner]
    without = frozenset(n for n in mine if keys[n] == keys[number])
    neutral = frozenset(other for n in mine for other in bearers[_unordered(keys[n])]) - {owner}
    neutral |= frozenset(other for day in _birthdays(listed) for other in bearers[f"born {day}"]) - {owner}
    words = set(keys[number].split())
    others = [set(keys[n].split()) for n in mine if n not in without]
    overlap = max(len(words & other) / len(words | other) for other in others)
    contained = max(len(words & other) / len(words) for other in others)
    shorter = max(len(words & other) / max(min(len(words), len(other)), 1) for other in others)
    respelt = frozenset(other for n in mine for other in spelt[_spellings(index.names[n].name)]) - {owner}
    kind = KIND_OF_BEARER[listed.entry.kind]
    return Probe(listed.alias.name, kind, owner, without, neutral, overlap, contained, "alias", shorter, respelt)


def near_misses(index: Index, count: int, *, split: Split, seed: int) -> tuple[Probe, ...]:
    """Names no list has, made by rule: recombined persons, siblings of organisations, common names of the region.

    None is equal to a listed name, and of none do all words stand in one listed name. Some are in truth a listed name in
    another spelling: `respelt` says of which entries.
    """
    random = Random(seed + 1)  # noqa: S311  # a sample to measure on, no secret
    taken: set[str] = set()
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, listed in enumerate(index.names):
        for word in fold(listed.alias.name):
            bearers[word].add(number)
    holders = _holders(index)
    of_split = [
        listed for listed in index.names if split_of(listed) is split and listed.alias.name == listed.entry.name
    ]
    shares = (
        (_recombined(of_split, random), 0.45),
        (_siblings(of_split, _holding(index), random), 0.25),
        (_common(random), 0.30),
    )
    made: list[Probe] = []
    for names, share in shares:
        wanted = len(made) + round(count * share)
        for name, kind, rule in names:
            key = normal(name)
            if key and key not in taken and not set.intersection(*(bearers[word] for word in key.split())):
                taken.add(key)
                respelt = _bearing(read_name(name, kind), holders, index)
                made.append(Probe(name, kind, None, frozenset(), frozenset(), None, None, rule, None, respelt))
            if len(made) >= wanted:
                break
    return tuple(made[:count])


def _holders(index: Index) -> dict[tuple[NameKind, str], set[int]]:
    """Numbers of names by kind and regular spelling of a part."""
    found: dict[tuple[NameKind, str], set[int]] = defaultdict(set)
    for number, listed in enumerate(index.names):
        for part in listed.name.parts:
            found[listed.name.kind, part.spelling].add(number)
    return found


def _bearing(name: Name, holders: Mapping[tuple[NameKind, str], set[int]], index: Index) -> frozenset[int]:
    """Entries with a name that has all parts of this one, in whatever spelling."""
    sets = [holders.get((name.kind, spelling), set()) for spelling in _spellings(name)]
    return frozenset(int(index.owner[number]) for number in set.intersection(*sets)) if sets else frozenset()


def _recombined(names: Sequence[Listed], random: Random) -> Iterator[tuple[str, NameKind, str]]:
    """Family name of one listed person, first given name of another of the same programme."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for listed in names:
        if listed.name.kind is NameKind.PERSON:
            family, given = _halves(listed.alias.name)
            if family and given:
                groups[listed.entry.programmes[0] if listed.entry.programmes else ""].append((family, given))
    pools = [group for group in groups.values() if len(group) >= 10]
    sizes = [len(pool) for pool in pools]
    for _ in range(100_000 if pools else 0):
        (family, _), (_, given) = random.sample(random.choices(pools, sizes)[0], 2)
        yield f"{family}, {_first(given)}", NameKind.PERSON, "recombined person"


def _first(given: str) -> str:
    """The first given name; `Abd al-X` and `Abu X` are one."""
    words = given.split()
    short = len(words) > 1 and fold(words[0])[:1] and fold(words[0])[0] in words_of("front")
    return " ".join(words[: 3 if short and fold(words[1])[:1] == ("al",) else 2 if short else 1])


def _halves(name: str) -> tuple[str, str]:
    if "," in name:
        family, given = name.split(",", 1)
        return family.strip(), given.strip()
    words = name.split()
    return (words[-1], " ".join(words[:-1])) if len(words) > 1 else ("", "")


def _holding(index: Index) -> dict[str, int]:
    """How many entries have a part, by its letters alone: what words mean is left aside, so that a sample stays what it is."""
    found: dict[str, set[int]] = defaultdict(set)
    for owner, listed in zip(index.owner.tolist(), index.names, strict=True):
        for part in listed.name.parts:
            found[_letters(part)].add(owner)
    return {key: len(owners) for key, owners in found.items()}


def _letters(part: Part) -> str:
    return part.text if part.role in {Role.NUMBER, Role.INITIAL} else spelling(part.text)


def _tells(part: Part) -> bool:
    """Whether a part of a body's name is no number and no word that many bodies have, by the words as they stand."""
    common = words_of("generic") | words_of("function")
    return part.role not in {Role.NUMBER, Role.INITIAL} and part.text not in common


def _siblings(
    names: Sequence[Listed], holding: Mapping[str, int], random: Random
) -> Iterator[tuple[str, NameKind, str]]:
    """A listed organisation with its number changed, or else its rarest word put in from another."""
    bodies = [listed for listed in names if listed.name.kind is NameKind.ORGANISATION and len(listed.name.parts) > 1]
    words = sorted({p.text for listed in bodies for p in listed.name.parts if _tells(p) and len(p.text) > 3})
    for _ in range(100_000 if bodies and words else 0):
        listed = random.choice(bodies)
        tokens = fold(listed.alias.name)
        numbers = [i for i, token in enumerate(tokens) if token.isdigit()]
        telling = [p for p in listed.name.parts if _tells(p) and p.text in tokens]
        rarest = min(telling, key=lambda p: holding[_letters(p)], default=None)
        places = numbers or ([tokens.index(rarest.text)] if rarest is not None else [])
        if places:
            at = random.choice(places)
            other = str(int(tokens[at]) + random.randint(1, 9)) if numbers else random.choice(words)
            yield (
                " ".join((*tokens[:at], other, *tokens[at + 1 :])).upper(),
                NameKind.ORGANISATION,
                "sibling organisation",
            )


def _common(random: Random) -> Iterator[tuple[str, NameKind, str]]:
    said = tomllib.loads((files("tocsin.record.screening") / "sampling.toml").read_text(encoding="utf-8"))
    for _ in range(100_000):
        given = random.sample(said["given"], random.choice((1, 1, 2)))
        yield f"{' '.join(given)} {random.choice(said['family'])}", NameKind.PERSON, "common name of the region"
