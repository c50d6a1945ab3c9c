"""An entry of a designation list: its names, what is said of its bearer, and when it stood on the list."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tocsin.case.dates import PartialDate


class BearerKind(StrEnum):
    """What an entry is about."""

    PERSON = "person"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    UNKNOWN = "unknown"


class Quality(StrEnum):
    """How far the list stands behind a name."""

    PRIMARY = "primary"
    STRONG = "strong"
    WEAK = "weak"
    """The list itself says that the alias is of low quality."""
    FORMER = "former"
    """A name of the past, as published (f.k.a.), or under which the entry stood in an earlier copy."""
    ORIGINAL_SCRIPT = "original script"


class ListedState(StrEnum):
    """Where an entry stood on a day."""

    LISTED = "listed"
    NOT_YET = "not yet listed"
    REMOVED = "removed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an entry, as published."""

    name: str
    quality: Quality


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A date of birth as published: the years it can be, and the day where one is said.

    Attributes:
        text: as published.
        date: the day, month or year; None for a span of years.
        first_year, last_year: the years it can be; None is unknown.
        exact: False where the list says circa, approximately or between.
    """

    text: str
    date: PartialDate | None
    first_year: int | None
    last_year: int | None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """An entry under one name, for as long as it was seen so.

    Attributes:
        name: the primary name then.
        since: the first day it stood so: a legal date, or the first copy that has it; `by DAY` where it is no later.
        last_seen: the last copy that has it so; None where it still stood at the end of what was read.
        gone_by: the first copy that no longer has it so; None where it still stood.
        end: `changed` or `removed`; None where it still stood.
    """

    name: str
    since: PartialDate | None
    last_seen: date | None = None
    gone_by: date | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class AsOf:
    """Where an entry stood on a day, under which name, and what that rests on."""

    state: ListedState
    name: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Designation:
    """One entry of one list.

    Attributes:
        list_name: the list, as `OFAC SDN`.
        entry_id: the publisher's number.
        name: the last primary name known.
        kind: what it is about.
        aliases: the other names, as published.
        programmes: as published.
        births: dates of birth, as published; several where the list gives alternatives.
        nationalities: nationalities and citizenships, as published.
        versions: when it stood on the list, and under which name, the first first.
        changed: days on which the list says it was amended.
        rests_on: what its dates rest on: `scrape dates, not legal dates` or `dates of the list`.
    """

    list_name: str
    entry_id: str
    name: str
    kind: BearerKind
    aliases: tuple[Alias, ...] = ()
    programmes: tuple[str, ...] = ()
    births: tuple[BirthDate, ...] = ()
    nationalities: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    changed: tuple[PartialDate, ...] = ()
    rests_on: str = "unknown"

    @property
    def names(self) -> tuple[Alias, ...]:
        """All names, the primary first."""
        return (Alias(self.name, Quality.PRIMARY), *self.aliases)

    def standing(self, day: date | None, *, first_copy: date | None, last_copy: date | None) -> AsOf:
        """Where the entry stood on a day; without one, the last that is known (see `as_of`)."""
        if day is None:
            return AsOf(ListedState.UNKNOWN, None, f"unknown: the copy read has no date; {self.last_words()}")
        return self.as_of(day, first_copy=first_copy, last_copy=last_copy)

    def as_of(self, day: date, *, first_copy: date | None, last_copy: date | None) -> AsOf:
        """Where the entry stood on a day.

        Args:
            day: the day asked about.
            first_copy: the first copy of the list that was read, where its dates are those of copies; None where the
                list gives its own dates.
            last_copy: the last copy read; what came after it is not known.
        """
        if last_copy is not None and day > last_copy:
            return AsOf(
                ListedState.UNKNOWN, None, f"unknown: the last copy read is of {last_copy}; {self.last_words()}"
            )
        if first_copy is not None and day < first_copy:
            return AsOf(
                ListedState.UNKNOWN, None, f"unknown: the first copy read is of {first_copy}; {self.last_words()}"
            )
        return self._among_versions(day)

    def _among_versions(self, day: date) -> AsOf:
        if not self.versions or self.versions[0].since is None:
            return AsOf(ListedState.UNKNOWN, None, "unknown: the list says no date of listing")
        before: Version | None = None
        for version in self.versions:
            first = version.since.earliest or version.since.latest if version.since else None
            if first is not None and day < first:
                break
            before = version
        if before is None:
            first_day = self.versions[0].since
            return AsOf(ListedState.NOT_YET, None, f"not yet listed: on the list from {first_day} ({self.rests_on})")
        return self._within(before, day)

    def _within(self, version: Version, day: date) -> AsOf:
        if version.last_seen is None or day <= version.last_seen:
            return AsOf(ListedState.LISTED, version.name, f"listed under '{version.name}' {self._from(version)}")
        if version.gone_by is None or day < version.gone_by:
            words = f"unknown: seen on {version.last_seen}, {version.end or 'gone'} by the next copy"
            return AsOf(ListedState.UNKNOWN, None, words + (f" of {version.gone_by}" if version.gone_by else ""))
        return AsOf(
            ListedState.REMOVED,
            None,
            f"removed: last seen {version.last_seen}, gone by {version.gone_by} ({self.rests_on})",
        )

    def _from(self, version: Version) -> str:
        first = self.versions[0]
        words = _since(first)
        if version is not first:
            words += f", changed {_since(version)}"
        return f"{words} ({self.rests_on})"

    def last_words(self) -> str:
        """The last that is known of the entry."""
        if not self.versions:
            return "no date of listing is known"
        last = self.versions[-1]
        if last.end == "removed":
            return f"removed between {last.last_seen} and {last.gone_by or 'the next copy'} ({self.rests_on})"
        return f"last known: listed {self._from(last)}"


def _since(version: Version) -> str:
    since = version.since
    if since is None:
        return "since an unknown date"
    return f"on or before {since.latest}" if since.earliest is None else f"from {since}"


@dataclass(frozen=True, slots=True)
class DesignationList:
    """Entries of a list as read, and which days they speak of.

    Attributes:
        name: the list.
        entries: in the order of the file.
        first_copy: the first copy, where dates are those of copies; None where the list gives its own.
        last_copy: the day the newest copy is of; None is unknown.
        files: the files read.
        notes: what a reader must know: aliases older than entries, rows left out.
    """

    name: str
    entries: tuple[Designation, ...]
    first_copy: date | None
    last_copy: date | None
    files: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())

    def covers(self) -> str:
        """The list and its days in a few words."""
        days = "of unknown date" if self.last_copy is None else f"to {self.last_copy}"
        if self.first_copy is not None and self.last_copy is not None:
            days = (
                f"as of {self.last_copy}"
                if self.first_copy == self.last_copy
                else f"{self.first_copy} to {self.last_copy}"
            )
        return f"{self.name}, {days}: {len(self.entries):,} entries"
