"""The files of a brief, by their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a brief."""

    html: Path
    pdf: Path
    forecast: Path
    warnings: Path

    @classmethod
    def within(cls, folder: Path) -> Made:
        """The files by their names in a folder."""
        return cls(folder / "brief.html", folder / "brief.pdf", folder / "forecast.parquet", folder / "warnings.json")

    @property
    def files(self) -> tuple[Path, ...]:
        """All four, in the order they are named to a user."""
        return (self.html, self.pdf, self.forecast, self.warnings)
