"""What several missions do at once: function by institution by province and month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, groupby
from typing import TYPE_CHECKING

from tocsin.mission.engagement import names_province, serves_nation
from tocsin.mission.in_force import Days, Force, in_force, together
from tocsin.vocabulary.month import last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tocsin.case.rows import Mission, Task
    from tocsin.mission.footprint import Footprint
    from tocsin.mission.places import Placing
    from tocsin.vocabulary import Month


class Cover(StrEnum):
    """What missions do in a cell: nothing, one alone, several in different ways, or several the same."""

    UNCOVERED = "uncovered"
    SINGLE = "single"
    COMPLEMENTARY = "complementary"
    DUPLICATE = "duplicate"


ORDER = tuple(Cover)


@dataclass(frozen=True, slots=True)
class Covered:
    """The least and the most that a cell can be; the same where the rows settle it.

    Attributes:
        least: what is sure.
        most: what is possible, where rows lack an institution, a province, an authority or dates.
        tasks: how many tasks surely fall in the cell.
        perhaps: how many more may.
    """

    least: Cover
    most: Cover
    tasks: int
    perhaps: int

    @property
    def state(self) -> str:
        """The state, or `unknown`."""
        return self.least.value if self.least is self.most else "unknown"

    @property
    def words(self) -> str:
        """The state in words; where unknown, what is sure and what may be.

        Example:
            >>> Covered(Cover.SINGLE, Cover.DUPLICATE, 1, 1).words
            'unknown: at least 1 task (single), perhaps duplicate'
        """
        if self.least is self.most:
            return self.least.value
        if self.least is Cover.UNCOVERED:
            return f"unknown: perhaps {self.most.value}"
        counted = f"{self.tasks} task{'' if self.tasks == 1 else 's'}"
        return f"unknown: at least {counted} ({self.least.value}), perhaps {self.most.value}"


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two missions that meet in a cell.

    Attributes:
        missions: the two, sorted.
        tasks: their tasks, in the same order.
        kind: duplicate (same authority) or complementary (another); None where an authority is unknown.
        sure: whether both surely fall in the cell on one and the same day.
    """

    missions: tuple[str, str]
    tasks: tuple[str, str]
    kind: Cover | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Spell:
    """Months in which a cell stays as it is.

    Attributes:
        first: first month.
        last: last month.
        served: by whom the cell is served by mandate: tasks for the whole country, and those that name the province.
        delivered: by whom something is done at a site in the province.
        national: tasks that serve the whole country and surely fall in the cell.
        named: tasks that name the province and surely fall in the cell.
        delivering: tasks done at a site that surely works in the province.
        perhaps: tasks that may or may not fall in the cell, as served or as delivered.
        pairs: missions that meet in what is served.
        delivered_pairs: missions that meet in what is delivered.
        no_end: tasks of the cell whose rows name no end.
    """

    first: Month
    last: Month
    served: Covered
    delivered: Covered
    national: tuple[str, ...]
    named: tuple[str, ...]
    delivering: tuple[str, ...]
    perhaps: tuple[str, ...]
    pairs: tuple[Pairing, ...]
    delivered_pairs: tuple[Pairing, ...]
    no_end: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverlapCell:
    """One function with one institution in one province, through time.

    Attributes:
        function: the line of effort.
        institution: the institution; None gathers the tasks whose rows name none.
        area: area id.
        spells: the months looked at, from first to last without a gap.
    """

    function: str
    institution: str | None
    area: str
    spells: tuple[Spell, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Function x institution x province through time.

    Attributes:
        first: first month looked at.
        last: last month looked at.
        cells: sorted by function, institution (none named last) and province.
        silent: missions in the case of which no row names a task: what they do is unknown, and no cell holds it.
    """

    first: Month
    last: Month
    cells: tuple[OverlapCell, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """A task that falls in a cell, surely or perhaps."""

    task: Task
    sure: bool


def overlap(
    tasks: Sequence[Task],
    *,
    missions: Sequence[Mission],
    areas: Sequence[str],
    months: Sequence[Month],
    placings: Mapping[str, Placing] | None = None,
    footprints: Mapping[str, Footprint] | None = None,
) -> Overlap:
    """What is uncovered, done by one mission, done by several in different ways, or done twice.

    Two missions meet in a cell when both hold on one day with the same function and institution: `duplicate` where
    their authority is the same (both advise), `complementary` where it differs. A row without institution, province,
    authority or dates may fall in several cells: each of them is then unknown between what is sure and what may be.

    Args:
        tasks: the mandates of all missions.
        missions: the missions; their ends bound their tasks.
        areas: the provinces, by area id.
        months: the months looked at, one after another.
        placings: in which province each site lies; a task at a site that is not among them may be done anywhere.
        footprints: by mission, when its sites work, over the same months; without it sites work as long as their tasks.
    """
    by_id = {m.mission_id: m for m in missions}
    board = _Board(by_id, placings or {}, footprints or {})
    institutions = _sorted_words(t.institution for t in tasks if t.institution)
    cells = []
    for function in _sorted_words(t.line_of_effort for t in tasks):
        mine = [t for t in tasks if _same(t.line_of_effort, function)]
        unnamed: list[str | None] = [None] if any(t.institution is None for t in mine) else []
        for institution in [*institutions, *unnamed]:
            with_it = [t for t in mine if _with(t, institution) is not False]
            cells += [OverlapCell(function, institution, area, board.spells(with_it, institution, area, months))
                      for area in sorted(areas)]  # fmt: skip
    told = {t.mission_id for t in tasks}
    silent = tuple(sorted(m.mission_id for m in missions if m.mission_id not in told))
    return Overlap(months[0], months[-1], tuple(cells), silent)


@dataclass(frozen=True, slots=True)
class _Board:
    missions: Mapping[str, Mission]
    placings: Mapping[str, Placing]
    footprints: Mapping[str, Footprint]

    def spells(
        self, tasks: Sequence[Task], institution: str | None, area: str, months: Sequence[Month]
    ) -> tuple[Spell, ...]:
        """A cell through time, months alike drawn together."""
        each = [self._month(tasks, institution, area, month) for month in months]
        runs = [list(run) for _, run in groupby(each, key=lambda s: replace(s, first=months[0], last=months[0]))]
        return tuple(replace(run[0], last=run[-1].last) for run in runs)

    def _month(self, tasks: Sequence[Task], institution: str | None, area: str, month: Month) -> Spell:
        days = Days(month.first_day, last_day(month))
        served: list[_Fit] = []
        delivered: list[_Fit] = []
        no_end: list[str] = []
        for task in tasks:
            force = in_force(task, days, mission=self.missions.get(task.mission_id))
            if force is Force.NO:
                continue
            holds = force.sure and _with(task, institution) is True
            reach, place = _serves(task, area), self._delivered(task, area, month)
            if reach is not False:
                served.append(_Fit(task, sure=holds and reach is True))
            if place is not False:
                delivered.append(_Fit(task, sure=holds and place is True))
            if force is Force.OPEN and (reach is not False or place is not False):
                no_end.append(task.task_id)
        surely = [f.task for f in served if f.sure]
        pairs, delivered_pairs = _pairs(served, days, institution), _pairs(delivered, days, institution)
        return Spell(
            month, month, served=_covered(served, pairs), delivered=_covered(delivered, delivered_pairs),
            national=_ids(t for t in surely if serves_nation(t)),
            named=_ids(t for t in surely if names_province(t.provinces, area)),
            delivering=_ids(f.task for f in delivered if f.sure),
            perhaps=_ids(f.task for f in (*served, *delivered) if not f.sure),
            pairs=pairs, delivered_pairs=delivered_pairs, no_end=tuple(sorted(no_end)),
        )  # fmt: skip

    def _delivered(self, task: Task, area: str, month: Month) -> bool | None:
        """Whether a task is done at a site in a province in a month; None where that is not known."""
        placing = self.placings.get(task.site_id) if task.site_id else None
        within = None if placing is None else placing.within(area)
        if within is False or placing is None:
            return within
        footprint = self.footprints.get(task.mission_id)
        site = next((s for s in footprint.sites if s.site.site_id == task.site_id), None) if footprint else None
        if footprint is None or site is None:
            return within
        at = month - footprint.months[0]
        if not site.perhaps[at]:
            return False
        return within if site.surely[at] else None


def _with(task: Task, institution: str | None) -> bool | None:
    """Whether a task is done with an institution; None where its row names none."""
    if institution is None:
        return task.institution is None
    return None if task.institution is None else _same(task.institution, institution)


def _serves(task: Task, area: str) -> bool | None:
    """Whether a task serves a province by its mandate; None where its row leaves that open."""
    if serves_nation(task) or names_province(task.provinces, area):
        return True
    return None if task.serves is None or not task.provinces else False


def _pairs(fits: Sequence[_Fit], days: Days, institution: str | None) -> tuple[Pairing, ...]:
    found = []
    for one, other in combinations(sorted(fits, key=lambda f: (f.task.mission_id, f.task.task_id)), 2):
        a, b = one.task, other.task
        if a.mission_id == b.mission_id or (meet := together(a, b, days)) is False:
            continue
        sure = one.sure and other.sure and meet is True and institution is not None
        found.append(Pairing((a.mission_id, b.mission_id), (a.task_id, b.task_id), _kind(a, b), sure))
    return tuple(found)


def _kind(one: Task, other: Task) -> Cover | None:
    if one.authority is None or other.authority is None:
        return None
    return Cover.DUPLICATE if _same(one.authority, other.authority) else Cover.COMPLEMENTARY


def _covered(fits: Sequence[_Fit], pairs: Sequence[Pairing]) -> Covered:
    sure = sum(f.sure for f in fits)
    least = [Cover.SINGLE if sure else Cover.UNCOVERED, *(p.kind or Cover.COMPLEMENTARY for p in pairs if p.sure)]
    most = [Cover.SINGLE if fits else Cover.UNCOVERED, *(p.kind or Cover.DUPLICATE for p in pairs)]
    return Covered(max(least, key=ORDER.index), max(most, key=ORDER.index), sure, len(fits) - sure)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _sorted_words(words: Iterable[str]) -> list[str]:
    """Words without those that differ by case alone, by the alphabet."""
    first: dict[str, str] = {}
    for word in sorted(words):
        first.setdefault(word.strip().casefold(), word.strip())
    return [first[key] for key in sorted(first)]


def _ids(tasks: Iterable[Task]) -> tuple[str, ...]:
    return tuple(sorted({t.task_id for t in tasks}))
