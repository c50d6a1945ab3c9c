"""All names of the lists, and the few of them that are worth comparing with a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING

import numpy as np

from tocsin.record.names import Name, NameKind, Role, read_name
from tocsin.record.names.weighing import WEIGHTS
from tocsin.sources.designations import BearerKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tocsin.record.names import Part
    from tocsin.sources.designations import Alias, Designation, DesignationList

NEAREST = 24
"""Candidates taken by how much of either name they share."""

CONTAINED = 16
"""Candidates taken by how much of the shorter name they hold."""

NEAR_THE_BEST = 0.4
"""Share of the highest value from which values are sorted; it bears on speed alone."""

KIND_OF_BEARER = {
    BearerKind.PERSON: NameKind.PERSON,
    BearerKind.ORGANISATION: NameKind.ORGANISATION,
    BearerKind.VESSEL: NameKind.VESSEL,
    BearerKind.AIRCRAFT: NameKind.VESSEL,
    BearerKind.UNKNOWN: NameKind.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of one entry of one list."""

    of_list: DesignationList
    entry: Designation
    alias: Alias
    name: Name


@dataclass(frozen=True, slots=True)
class Index:
    """Names by the pieces they are made of.

    Attributes:
        names: all names, in the order of the lists.
        owner: number of the entry of each name, shape (names,).
        pieces: number of each piece.
        starts: where the names of a piece begin in `holders`, shape (pieces + 1,).
        holders: numbers of names, piece by piece.
        worth: what a piece is worth, shape (pieces,): the rarer, the more.
        weight: what all pieces of a name are worth together, shape (names,).
        rarity: 0..1 by regular spelling of a part: 1 for one that a single entry has, of these lists and those beside.
    """

    names: tuple[Listed, ...]
    owner: npt.NDArray[np.int32]
    pieces: Mapping[str, int]
    starts: npt.NDArray[np.int64]
    holders: npt.NDArray[np.int32]
    worth: npt.NDArray[np.float32]
    weight: npt.NDArray[np.float32]
    rarity: Mapping[str, float]

    def candidates(self, readings: Iterable[Name]) -> list[int]:
        """Numbers of the names worth comparing with a name, whatever it was read as."""
        asked = {piece for name in readings for part in name.parts for piece in pieces_of(part)}
        known = [number for piece in asked if (number := self.pieces.get(piece)) is not None]
        if not known:
            return []
        slices = [self.holders[self.starts[n] : self.starts[n + 1]] for n in known]
        worth = np.repeat(self.worth[known], [len(s) for s in slices])
        shared = np.bincount(np.concatenate(slices), weights=worth, minlength=len(self.names))
        mine = float(self.worth[known].sum()) + (len(asked) - len(known)) * float(self.worth.max())
        near = shared / np.sqrt(self.weight * mine)
        held = shared / np.minimum(self.weight, mine) + near / 4
        found = dict.fromkeys((*_best(near, NEAREST), *_best(held, CONTAINED)))
        return [number for number in found if shared[number] > 0]


def build_index(lists: Sequence[DesignationList], *, beside: Sequence[DesignationList] = ()) -> Index:
    """Index every name of every entry.

    Args:
        lists: the lists that are searched.
        beside: lists that are not searched, whose entries count with theirs for how rare a part of a name is: in a list of
            a few entries every name would be a common one.

    Example:
        >>> from tocsin.sources.designations import starter_designations
        >>> index = build_index(starter_designations())
        >>> found = index.candidates([read_name("Qassem Soleimani", NameKind.PERSON)])
        >>> any(index.names[number].entry.name == "SOLEIMANI, Qasem" for number in found)
        True
    """
    names: list[Listed] = []
    owner: list[int] = []
    entries = [(one, entry) for one in lists for entry in one.entries]
    for number, (one, entry) in enumerate(entries):
        kind = KIND_OF_BEARER[entry.kind]
        names += [Listed(one, entry, alias, read_name(alias.name, kind)) for alias in entry.names]
        owner += [number] * len(entry.names)
    others = [entry for one in beside for entry in one.entries]
    spelt = [(number, listed.name) for number, listed in zip(owner, names, strict=True)]
    spelt += [
        (number, read_name(alias.name, KIND_OF_BEARER[entry.kind]))
        for number, entry in enumerate(others, len(entries)) for alias in entry.names
    ]  # fmt: skip
    return _indexed(names, np.array(owner, dtype=np.int32), _rarity(spelt, len(entries) + len(others)))


@lru_cache(maxsize=200_000)
def pieces_of(part: Part) -> tuple[str, ...]:
    """What a part is found by: its spelling, its consonants, and the runs of letters in both.

    Example:
        >>> from tocsin.record.names import Part
        >>> pieces_of(Part.of("badr"))
        ('=badr', '#bdr', '^ba', 'bad', 'adr', 'dr$', '#^b', '#bd', '#dr', '#r$')
    """
    if part.role in {Role.NUMBER, Role.INITIAL}:
        return (f"={part.text}",)
    whole, bones = f"^{part.spelling}$", f"^{part.skeleton}$"
    runs = [whole[i : i + 3] for i in range(len(whole) - 2)]
    return (f"={part.spelling}", f"#{part.skeleton}", *runs, *(f"#{bones[i : i + 2]}" for i in range(len(bones) - 1)))


def _indexed(names: list[Listed], owner: npt.NDArray[np.int32], rarity: Mapping[str, float]) -> Index:
    pieces: dict[str, int] = {}
    pairs = [list(dict.fromkeys(_numbers(listed.name, pieces))) for listed in names]
    sizes = np.array([len(p) for p in pairs], dtype=np.int64)
    flat = np.fromiter((n for p in pairs for n in p), dtype=np.int32, count=int(sizes.sum()))
    of_name = np.repeat(np.arange(len(names), dtype=np.int32), sizes)
    order = np.argsort(flat, kind="stable")
    counts = np.bincount(flat, minlength=len(pieces))
    worth = np.log1p(len(names) / np.maximum(counts, 1)).astype(np.float32)
    weight = np.bincount(of_name, weights=worth[flat], minlength=len(names)).astype(np.float32)
    return Index(
        tuple(names), owner, pieces, np.concatenate(([0], np.cumsum(counts))).astype(np.int64), of_name[order],
        worth, np.maximum(weight, 1e-6), rarity,
    )  # fmt: skip


def _numbers(name: Name, pieces: dict[str, int]) -> Iterator[int]:
    for part in name.parts:
        for piece in pieces_of(part):
            yield pieces.setdefault(piece, len(pieces))


def _rarity(spelt: Iterable[tuple[int, Name]], entries: int) -> dict[str, float]:
    """1 for a spelling one entry has, less by the logarithm of how many have it, from each name and its entry's number."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, name in spelt:
        for part in name.parts:
            holders[part.spelling].add(number)
    most = log(max(entries, 2))
    return {key: 1.0 - WEIGHTS.rarity * log(len(held)) / most for key, held in holders.items()}


def _best(values: npt.NDArray[np.float64], most: int) -> list[int]:
    """Numbers of the highest values, the highest first; sorted are only those near the highest, where they are enough."""
    top = np.flatnonzero(values >= NEAR_THE_BEST * values.max(initial=0.0))
    if len(top) < most:
        top = np.arange(len(values)) if len(values) <= most else np.argpartition(-values, most)[:most]
    return [int(n) for n in top[np.argsort(-values[top], kind="stable")[:most]]]
