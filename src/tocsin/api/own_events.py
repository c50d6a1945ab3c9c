"""The event files that a case brings, or that are fetched for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.errors import CaseProblem, Where

if TYPE_CHECKING:
    from tocsin.case import Case

STARTER = "starter"
UCDP = "ucdp"
FETCHED = ".tocsin/ucdp"
"""Where the watch puts what a case's `ucdp` stands for, in the case's folder."""
_NUMBERS = re.compile(r"\d+")


def own_events(case: Case) -> list[str]:
    """The event files a case brings, by their names in its folder, and with `ucdp` those that were fetched for it.

    Raises:
        CaseProblem: the case names `ucdp`, and nothing was fetched yet.
    """
    named = [name for name in case.settings.data.events if name not in {STARTER, UCDP}]
    return named if UCDP not in case.settings.data.events else [*_fetched(case), *named]


def _fetched(case: Case) -> list[str]:
    """The publisher's files in the case's own cache, oldest issue first."""
    months = sorted(
        (case.folder / FETCHED).glob("GEDEvent_*.csv"), key=lambda p: list(map(int, _NUMBERS.findall(p.name)))
    )
    found = sorted((case.folder / FETCHED).glob("*ged*.zip")) + months
    if not found:
        raise CaseProblem(
            "nothing was fetched from UCDP yet", where=Where(case.folder / "case.toml", field="data.events"),
            hint=f"tocsin watch --case {case.folder} --once, or tocsin fetch ucdp --to {case.folder / FETCHED}",
        )  # fmt: skip
    return [path.relative_to(case.folder).as_posix() for path in found]


def has_own_events(case: Case) -> bool:
    """Whether a case is computed from event files of its own."""
    return bool(own_events(case))
