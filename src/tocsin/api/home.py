"""Where what Tocsin makes of a case is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.databases import team_address
from tocsin.case.folder import BUNDLED
from tocsin.editions import Editions

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case
    from tocsin.settings import Settings

__all__ = ["editions_of", "home_of", "team_address"]


def home_of(case: Case, *, settings: Settings) -> Path:
    """The case's own `.tocsin`; for a case that ships, whose folder is not the user's to write, one in the data folder."""
    if case.folder.resolve().parent == BUNDLED.resolve():
        return settings.data_dir / "cases" / case.folder.name
    return case.folder / ".tocsin"


def editions_of(case: Case, *, settings: Settings) -> Editions:
    """The editions made of a case."""
    return Editions(home_of(case, settings=settings) / "editions")
