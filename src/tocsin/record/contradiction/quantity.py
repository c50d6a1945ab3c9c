"""Whether a sentence speaks of all of a force or of a part of it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.names import fold

if TYPE_CHECKING:
    from tocsin.record.corroboration import Group


@cache
def _words() -> tuple[str, ...]:
    told = tomllib.loads((files("tocsin.record.contradiction") / "quantity.toml").read_text("utf-8"))
    return tuple(f" {words} " for words in told["part"])


def part_said(words: str) -> str | None:
    """The words that say that a sentence speaks of a part; None where it has none.

    Example:
        >>> part_said("Most of its brigades answer to nobody abroad"), part_said("The force answers to Baghdad")
        ('most of', None)
    """
    folded = f" {' '.join(fold(words))} "
    return next((found.strip() for found in _words() if found in folded), None)


def of_a_part(group: Group) -> bool:
    """Whether every claim of a statement speaks of a part."""
    return all(part_said(claim.proposal.quote.words) for claim in group.claims)
