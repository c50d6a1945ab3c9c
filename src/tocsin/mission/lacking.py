"""The provinces that need and lack most: a Pareto front, no score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.mission.gap import THRESHOLD, Lacking, Present
from tocsin.vocabulary import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.mission.gap import MissionThere, ProvinceGap


def lacking(
    rows: Sequence[ProvinceGap], *, missions: Sequence[str], window: str, months_ahead: int = 0
) -> tuple[Lacking, ...]:
    """The provinces that need and lack most, without a score: those than which no other needs more and has less.

    A province is left out when another has no less need by every figure (past deaths low, best and high, and mean
    deaths ahead) and surely no more of the missions' sites and known counterparts, and differs in one of them. What is
    unknown cannot show that a province is better off: it is then listed, and says so. The order of `rows` changes
    nothing: the list is by past deaths, then by id.

    Args:
        rows: the table.
        missions: the missions whose presence and engagement count.
        window: the window in words.
        months_ahead: how many months the forecast looks ahead.
    """
    found = [row for row in rows if not any(_worse_off(other, row, missions) for other in rows if other is not row)]
    ranked = sorted(found, key=lambda r: (-(r.past.best if r.past else -1), r.area))
    return tuple(
        Lacking(
            row.area, row.name, reasons(row, rows, missions=missions, window=window, months_ahead=months_ahead),
            row.visibility, tuple(o.name for o in ranked if o is not row and _level(o, row, missions)),
        )
        for row in ranked
    )  # fmt: skip


def _need(row: ProvinceGap) -> tuple[float | None, ...]:
    past = (None, None, None) if row.past is None else (row.past.low, row.past.best, row.past.high)
    return (*past, None if row.ahead is None else row.ahead.mean)


def _had(row: ProvinceGap, missions: Sequence[str]) -> tuple[int, int, int]:
    """Sites surely there, sites that may be, and counterparts surely dealt with."""
    mine = [m for m in row.missions if m.mission_id in missions]
    sure = sum(s.sure and s.months > 0 for m in mine for s in m.sites)
    return sure, sum(len(m.sites) for m in mine), sum(c.reaches for m in mine for c in m.contacts)


def _worse_off(one: ProvinceGap, other: ProvinceGap, missions: Sequence[str]) -> bool:
    """Whether one province needs at least as much as the other and surely has no more, and differs in something."""
    pairs = [(a, b) for a, b in zip(_need(one), _need(other), strict=True) if a is not None or b is not None]
    if any(a is None or b is None for a, b in pairs) or not pairs:
        return False
    (_, one_perhaps, one_met), (other_sure, other_perhaps, other_met) = _had(one, missions), _had(other, missions)
    same_sites = one_perhaps == 0 and other_perhaps == 0
    no_less_need = all(a >= b for a, b in pairs if a is not None and b is not None)
    no_more = (same_sites or one_perhaps <= other_sure) and one_met <= other_met
    differs = any(a != b for a, b in pairs) or one_perhaps < other_sure or one_met < other_met
    return no_less_need and no_more and differs


def _level(one: ProvinceGap, other: ProvinceGap, missions: Sequence[str]) -> bool:
    return _need(one) == _need(other) and _had(one, missions) == _had(other, missions)


def reasons(
    row: ProvinceGap, rows: Sequence[ProvinceGap], *, missions: Sequence[str], window: str, months_ahead: int = 0
) -> tuple[str, ...]:
    """Why a province is among those that need and lack most, in words."""
    said = [_past_words(row, rows, window), _ahead_words(row, months_ahead)]
    for mission in row.missions:
        if mission.mission_id in missions:
            said += [_presence_words(mission), _engagement_words(mission)]
    return tuple(said)


def _past_words(row: ProvinceGap, rows: Sequence[ProvinceGap], window: str) -> str:
    if row.past is None:
        return f"deaths in {window}: unknown, so no other province can be shown to need more"
    more = sum(o.past is not None and o.past.best > row.past.best for o in rows)
    span = f"{row.past.best:,} deaths ({row.past.low:,} to {row.past.high:,}) in {window}"
    rank = "no province has more" if more == 0 else f"{more} {'province has' if more == 1 else 'provinces have'} more"
    return f"{span}; {rank}"


def _ahead_words(row: ProvinceGap, months: int) -> str:
    if row.ahead is None:
        return "no forecast was made: need to come unknown"
    span = f"{row.ahead.low:,.0f} to {row.ahead.high:,.0f} deaths (90 %), mean {row.ahead.mean:,.0f}"
    return f"{span}, in the next {months} months; a month of >= {THRESHOLD}: {percent(row.ahead.p25)}"


def _presence_words(mission: MissionThere) -> str:
    if mission.present is Present.YES:
        return f"{mission.mission_id} has a site: {', '.join(s.name for s in mission.sites)}"
    if mission.present is Present.NONE_NAMED:
        return f"no site of {mission.mission_id} is named in it"
    doubts = "; ".join(dict.fromkeys(f"{s.name}: {s.why or 'open in the window or not'}" for s in mission.sites))
    return f"whether {mission.mission_id} has a site there is unknown ({doubts or 'no site of it is in the case'})"


def _engagement_words(mission: MissionThere) -> str:
    if not mission.contacts:
        return f"whom {mission.mission_id} deals with there is unknown: no row says it"
    said = ", ".join(f"{c.counterpart or 'unknown counterpart'} ({c.how.value})" for c in mission.contacts)
    return f"{mission.mission_id} deals with: {said}"
