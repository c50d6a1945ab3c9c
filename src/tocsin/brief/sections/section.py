"""What a section is, and how sections are found by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from tocsin.errors import UnknownName

if TYPE_CHECKING:
    from tocsin.assess.findings import Findings
    from tocsin.brief.blocks import Block

Writer = Callable[["Findings"], "tuple[Block, ...]"]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the brief: what it puts on the first page, and what into the annex."""

    name: str
    page: Writer
    annex: Writer


def nothing(_: Findings) -> tuple[Block, ...]:
    """No blocks."""
    return ()


@cache
def sections() -> dict[str, Section]:
    """Every section registered under the entry point `tocsin.sections`, by name."""
    return {entry.name: entry.load() for entry in entry_points(group="tocsin.sections")}


def section_named(name: str) -> Section:
    """The section registered under a name.

    Raises:
        UnknownName: no section has that name.
    """
    if name not in sections():
        raise UnknownName.of("section of the brief", name, sections())
    return sections()[name]
