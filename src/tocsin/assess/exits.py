"""What followed when missions left, beside all country-years, and what studies found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from tocsin.mission.exits import Beside
    from tocsin.sources.effect_evidence import EvidenceCard
    from tocsin.sources.reading import Card


@dataclass(frozen=True)
class Exits:
    """The class of exits with its comparisons.

    Attributes:
        rows: one an exit and measure, with `iso3`; only those of the countries asked for.
        comparisons: by measure, for all exits and for those in the band of deaths before.
        cards: what studies found.
        faults: what must be known of the class before it is used.
        sources: cards of the figures.
        every: the rows of all exits of the class, whatever countries were asked for; None where they are not at hand.
    """

    rows: pl.DataFrame
    comparisons: tuple[Beside, ...]
    cards: tuple[EvidenceCard, ...]
    faults: tuple[str, ...]
    sources: tuple[Card, ...]
    every: pl.DataFrame | None = None
