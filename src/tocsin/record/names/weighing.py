"""How much a part of a name tells, and the constants that make a score of the parts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.names.lexicon import words_of
from tocsin.record.names.name import Part, Role
from tocsin.record.names.spelling import spelling

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Weights:
    """Constants of the score; see weights.toml, where each is said and how it was set."""

    name: float
    common: float
    initial: float
    number: float
    patronymic: float
    generic: float
    function: float
    contained: tuple[float, ...]
    power: float
    whole: float
    whole_from: float
    whole_below: float
    held_at: float
    rarity: float
    both_lack: float
    sharp: float
    curve: float


def _read() -> Weights:
    text = (files("tocsin.record.names") / "weights.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    return Weights(**(said | {"contained": tuple(said["contained"])}))


WEIGHTS = _read()
_BY_ROLE = {
    Role.NAME: WEIGHTS.name, Role.INITIAL: WEIGHTS.initial, Role.PATRONYMIC: WEIGHTS.patronymic, Role.NUMBER: WEIGHTS.number,
    Role.GENERIC: WEIGHTS.generic, Role.FUNCTION: WEIGHTS.function,
}  # fmt: skip


@cache
def _common() -> frozenset[str]:
    return frozenset(spelling(word) for word in words_of("common"))


def weight(part: Part, rarity: Mapping[str, float] | None = None) -> float:
    """How much a part tells, above 0 to 1: by its role, and by how rare its spelling is."""
    base = _BY_ROLE[part.role]
    if part.role is not Role.NAME:
        return base
    if rarity is not None:
        return base * rarity.get(part.spelling, 1.0)
    return base * (WEIGHTS.common if part.spelling in _common() else 1.0)
