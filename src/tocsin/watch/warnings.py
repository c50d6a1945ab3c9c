"""Warnings that cross the line a case has drawn: rung once, and again only after they had fallen well below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tocsin.vocabulary import Likelihood, percent
from tocsin.warn.question import Question
from tocsin.watch.alert import Evidence, Kind
from tocsin.watch.track_record import record_of_budget, record_of_probability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.case.watched import WarningRule, Watch
    from tocsin.watch.alert import Alert
    from tocsin.watch.bell import Bell

Row = dict[str, Any]
Memory = dict[str, dict[str, Any]]
"""By line, then by area id: `rang`, the origin at which it rang, or None where it does not ring; and `p` as it was."""

RANK_SLACK = 1.5
"""A country that was among 10 is out of them when it is beyond 15: ranks a few places apart change with the draws."""
_KEY = re.compile(r"(?:escalation|p(\d+))_within_(\d+)")


@dataclass(frozen=True, slots=True)
class Line:
    """Where a warning begins and where it is over.

    Attributes:
        key: the line's own name in what the watch remembers.
        question: what is asked, by its key; None for the question that ranks.
        at: the probability at which it begins; None where it is a rank.
        over: the probability below which it is over.
        budget: the rank up to which it holds; None where it is a probability.
        areas: ids or names of areas watched.
    """

    key: str
    question: str | None
    areas: tuple[str, ...]
    at: float | None = None
    over: float | None = None
    budget: int | None = None

    def begins(self, row: Row, p: float) -> bool:
        """Whether a warning that was not there is there now."""
        return bool(row["rank"] <= self.budget and p > 0) if self.budget is not None else p >= (self.at or 1.0)

    def ends(self, row: Row, p: float) -> bool:
        """Whether a warning that was there is over."""
        if self.budget is not None:
            return bool(row["rank"] > self.budget * RANK_SLACK)
        return p < (self.over or 0.0)


def lines_of(watch: Watch, *, countries: Sequence[str]) -> tuple[Line, ...]:
    """The lines that a case draws."""
    among = watch.budget
    ranked = () if among is None else (Line(f"among {among}", None, tuple(countries), budget=among),)
    return (*ranked, *(_line(rule, countries) for rule in watch.warnings))


def _line(rule: WarningRule, countries: Sequence[str]) -> Line:
    areas = rule.areas or tuple(countries)
    return Line(f"{rule.question} at {rule.at:g}", rule.question, areas, at=rule.at, over=rule.over)


def warnings_rung(
    documents: Sequence[Row], lines: Sequence[Line], memory: Memory, *, bell: Bell
) -> tuple[tuple[Alert, ...], Memory, tuple[str, ...]]:
    """The warnings that begin, what is to be remembered, and what could not be looked at.

    Args:
        documents: `outlook` of an edition, and `provinces` where it holds it; an area is looked for in this order.
        lines: where warnings begin and end.
        memory: what was remembered.
        bell: makes the alerts.
    """
    alerts: list[Alert] = []
    kept: Memory = {}
    notes: list[str] = []
    for line in lines:
        was = memory.get(line.key, {})
        kept[line.key] = {}
        for area in line.areas:
            found = _row_of(area, documents)
            if found is None:
                notes.append(f"no forecast of '{area}' is in the edition: its warnings are unknown")
                continue
            document, row = found
            p = row["p"] if line.question is None else row["probabilities"].get(line.question)
            if p is None:
                held = ", ".join(sorted(row["probabilities"]))
                notes.append(f"the edition does not answer {line.question} for {row['area']}: it answers {held}")
                kept[line.key] |= {row["area_id"]: was[row["area_id"]]} if row["area_id"] in was else {}
                continue
            before = was.get(row["area_id"])
            rang = _standing(line, row, p, before, origin=document["origin"])
            if rang and (before is None or before["rang"] is None):
                alerts.append(_alert(line, document, row, p, before, bell=bell))
            kept[line.key][row["area_id"]] = {"rang": rang, "p": p}
    return tuple(alerts), kept, tuple(dict.fromkeys(notes))


def _standing(line: Line, row: Row, p: float, before: Mapping[str, Any] | None, *, origin: str) -> str | None:
    """The origin at which the warning that stands began; None where none stands."""
    if before is not None and before["rang"] is not None:
        return None if line.ends(row, p) else str(before["rang"])
    return origin if line.begins(row, p) else None


def _row_of(area: str, documents: Sequence[Row]) -> tuple[Row, Row] | None:
    asked = area.casefold()
    for document in documents:
        for row in document["rows"]:
            if asked in {row["area_id"].casefold(), row["area"].casefold()}:
                return document, row
    return None


def _alert(line: Line, document: Row, row: Row, p: float, before: Mapping[str, Any] | None, *, bell: Bell) -> Alert:
    asked = document["ranked_by"] if line.question is None else words_of(line.question)
    link = f"area/{row['area_id']}"
    crossed = f"is among the {line.budget} highest" if line.budget else f"has reached {percent(line.at or 0.0)}"
    was = "it was not looked at before" if before is None else f"it was {percent(before['p'])} when last looked at"
    return bell.rings(
        Kind.WARNING, f"{row['area_id']}:{line.key}:{document['origin']}",
        title=f"{row['area']}: the warning of {_short(asked)} {crossed}",
        says=(
            f"{row['area']}: {asked}: {percent(p)} ({Likelihood.of(p).value}), place {row['rank']} of "
            f"{len(document['rows'])}, from figures to {document['origin']}; {was}."
        ),
        record=_record(line, document, row, p), link=link,
        unknown=_unknown(document, row), evidence=_evidence(row, f"/c/{bell.case}/{link}"),
    )  # fmt: skip


def _record(line: Line, document: Row, row: Row, p: float) -> str:
    if line.budget is not None:
        return record_of_budget(document, row, budget=line.budget)
    asked, at = line.question or "", line.at or 1.0
    standing = sum(other["probabilities"].get(asked, 0.0) >= at for other in document["rows"])
    return record_of_probability(document, words_of(asked), p=p, standing=standing)


def words_of(question: str) -> str:
    """A question's key in words.

    Example:
        >>> words_of("p100_within_6")
        '100 or more deaths in some month within 6 months'
    """
    found = _KEY.fullmatch(question)
    assert found is not None, "the case's check lets no other key through"
    return Question(int(found[2]), int(found[1]) if found[1] else None).words


def _short(asked: str) -> str:
    return asked.partition(" (")[0]


def _unknown(document: Row, row: Row) -> tuple[str, ...]:
    """What a warning does not know."""
    seen = row.get("visibility")
    status = document.get("status")
    return (
        f"What happened after {document['origin']}, the last month of its figures.",
        "Why: drivers say what moved the forecast, not what causes violence; strikes by states are not modelled.",
        f"How well events are seen here is {seen or 'unknown'}.",
        *([f"This model is {status}."] if status not in {None, "verified"} else []),
    )


def _evidence(row: Row, link: str) -> tuple[Evidence, ...]:
    deaths = Evidence(
        f"{row['last_month']:,} deaths in the last month, {row['last_year']:,.0f} a month over the last year", link
    )
    drivers = [Evidence(f"What moved the forecast: {d['group']}, {d['strongest']}", link) for d in row["drivers"][:2]]
    return (deaths, *drivers)
