"""A claim as one line of words, by the sentence of its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.kinds import kind_called

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.record.claim import Dates, Number, Proposal

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_ROLE = re.compile(r"\{(\w+)\}")
_SPACE = re.compile(r"\s+")


def sentence(proposal: Proposal, *, names: Mapping[int, str] | None = None) -> str:
    """What a claim says, in a line.

    Args:
        proposal: the claim.
        names: by the argument's place in the claim, the name to show for it in place of the text's words.

    Example:
        >>> from tocsin.record.claim import Argument, EntityType, Modality, Proposal, Span
        >>> part = Argument("part", EntityType.ORGANISATION, Span(0, 4, "Badr"))
        >>> whole = Argument("whole", EntityType.ORGANISATION, Span(20, 23, "PMF"))
        >>> quote = Span(0, 24, "Badr is not part of the PMF.")
        >>> sentence(Proposal("organisation-part-of", "0", quote, (part, whole), "rules 1", Modality.DENIED))
        'Badr is part of PMF (denied)'
    """
    filled: dict[str, list[str]] = {}
    for place, argument in enumerate(proposal.arguments):
        filled.setdefault(argument.role, []).append(one_line((names or {}).get(place, argument.words)))
    for number in proposal.numbers:
        filled.setdefault(number.role, []).append(figure(number))
    said = _OPTIONAL.sub(
        lambda part: part[1] if _all_filled(part[1], filled) else "", kind_called(proposal.kind).sentence
    )
    said = _ROLE.sub(lambda role: ", ".join(filled.get(role[1], ["unknown"])), said)
    marks = [] if proposal.modality is Modality.ASSERTED else [proposal.modality.value]
    marks += [proposal.state.value] if proposal.state is not None else []
    return f"{said} ({', '.join(marks)})" if marks else said


def figure(number: Number) -> str:
    """A number with what it counts.

    Example:
        >>> from tocsin.record.claim import Number, Span
        >>> figure(Number("strength", 3000, 4000, "fighters", Span(0, 1, "3")))
        '3,000 to 4,000 fighters'
        >>> figure(Number("strength", 900, None, "troops", Span(0, 1, "9")))
        'at least 900 troops'
    """
    if number.low is None or number.high is None:
        bound = f"at least {number.low:,.10g}" if number.low is not None else f"at most {number.high:,.10g}"
    elif number.low == number.high:
        bound = f"{number.low:,.10g}"
    else:
        bound = f"{number.low:,.10g} to {number.high:,.10g}"
    return f"{bound} {one_line(number.referent)}"


def when(dates: Dates) -> str:
    """The cited dates in words; `unknown` where none is cited.

    Example:
        >>> from tocsin.case.dates import PartialDate
        >>> from tocsin.record.claim import Dates
        >>> when(Dates(start=PartialDate(2018), last_seen=PartialDate(2019, 6)))
        'from 2018; in 2019-06'
    """
    parts = []
    if dates.start is not None:
        parts.append(f"from {dates.start}")
    if dates.end is not None:
        parts.append(f"ended {dates.end}" if dates.start is None else f"to {dates.end}")
    seen = list(dict.fromkeys(str(date) for date in (dates.first_seen, dates.last_seen) if date is not None))
    said = " ".join(parts)
    return "; ".join(part for part in (said, f"in {' and '.join(seen)}" if seen else "") if part) or "unknown"


def one_line(words: str) -> str:
    """Words without line breaks, as they are read out.

    Example:
        >>> one_line("Prime   Minister ")
        'Prime Minister'
    """
    return _SPACE.sub(" ", words).strip()


def _all_filled(part: str, filled: Mapping[str, list[str]]) -> bool:
    return all(role in filled for role in _ROLE.findall(part))
