"""What is known beside the name: date of birth and nationality, as they agree or differ."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.names import fold
from tocsin.sources.starter import starter_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.sources.designations import BirthDate, Designation

BIRTH_DIFFERS = 0.15
"""Taken off the score where no date of birth on the list can be the one asked about."""

NATIONALITY_DIFFERS = 0.05
"""Taken off where no nationality on the list is the one asked about; people have several, so it says less."""

YEARS_APART = 1
"""Years by which a rough date may be off."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What agrees and what differs beside the name, and what the differences take off the score."""

    against: tuple[str, ...]
    agrees: tuple[str, ...]
    cost: float


def circumstances(birth: BirthDate | None, nationality: str | None, entry: Designation) -> Circumstances:
    """Compare date of birth and nationality; what either side does not say neither agrees nor differs."""
    against: list[str] = []
    agrees: list[str] = []
    cost = 0.0
    for one, off in ((_birth(birth, entry), BIRTH_DIFFERS), (_nationality(nationality, entry), NATIONALITY_DIFFERS)):
        if one is not None:
            same, words = one
            (agrees if same else against).append(words)
            cost += 0.0 if same else off
    for asked, listed, what in ((birth, entry.births, "birth date"), (nationality, entry.nationalities, "nationality")):
        if asked and not listed:
            agrees.append(f"{what} not compared: the list read gives none")
    return Circumstances(tuple(against), tuple(agrees), cost)


def _birth(asked: BirthDate | None, entry: Designation) -> tuple[bool, str] | None:
    dated = [born for born in entry.births if born.first_year is not None]
    if asked is None or asked.first_year is None or not dated:
        return None
    shown = ", ".join(born.text.removeprefix("EXACT ") for born in dated)
    if any(_can_be_one(asked, born) for born in dated):
        return True, f"birth date agrees: {asked.text} asked, {shown} on the list"
    return False, f"birth date differs: {asked.text} asked, {shown} on the list"


def _can_be_one(asked: BirthDate, listed: BirthDate) -> bool:
    assert asked.first_year is not None
    assert asked.last_year is not None
    assert listed.first_year is not None
    assert listed.last_year is not None
    if asked.date is not None and listed.date is not None and asked.exact and listed.exact:
        return not (asked.date.is_before(listed.date) or listed.date.is_before(asked.date))
    slack = 0 if asked.exact and listed.exact else YEARS_APART
    return asked.first_year - slack <= listed.last_year and listed.first_year - slack <= asked.last_year


def _nationality(asked: str | None, entry: Designation) -> tuple[bool, str] | None:
    if not asked or not entry.nationalities:
        return None
    mine, theirs = country_of(asked), [country_of(name) for name in entry.nationalities]
    shown = ", ".join(entry.nationalities)
    if mine is not None and mine in theirs:
        return True, f"nationality agrees: {asked} asked, {shown} on the list"
    if mine is None or None in theirs:
        return None
    return False, f"nationality differs: {asked} asked, {shown} on the list"


def country_of(text: str) -> str | None:
    """ISO3 of a country by its name, code or a name lists use for it; None where it is not known.

    Example:
        >>> country_of("Syrian Arab Republic"), country_of("Korea, North"), country_of("IRQ"), country_of("Narnia")
        ('SYR', 'PRK', 'IRQ', None)
    """
    return _countries().get(" ".join(fold(text)))


@cache
def _countries() -> Mapping[str, str]:
    table = starter_table("countries")
    known = {" ".join(fold(name)): code for name, code in table.select("name", "iso3").iter_rows() if name and code}
    known |= {code.lower(): code for code in known.values()}
    text = (files("tocsin.record.screening") / "nationalities.csv").read_text(encoding="utf-8")
    return known | {" ".join(fold(row["said"])): row["iso3"] for row in csv.DictReader(text.splitlines())}
