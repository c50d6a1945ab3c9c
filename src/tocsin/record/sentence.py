"""A claim as one line of words, by the sentence of its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Modality
from tocsin.record.kinds import kind_called

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tocsin.record.claim import Argument, Dates, Number, Proposal
    from tocsin.record.store.values import StoredClaim

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_ROLE = re.compile(r"\{(\w+)(?:~([^{}]*))?\}")
_SPACE = re.compile(r"\s+")
_LEADING = (
    "in",
    "at",
    "to",
    "by",
    "with",
    "from",
    "for",
    "of",
    "across",
    "throughout",
    "around",
    "near",
    "inside",
    "within",
)
"""Words that lead over to a name; none ends a sentence."""
_LITTLE = frozenset({*_LEADING, "is", "are", "was", "were", "be", "been", "has", "have", "had", "the", "a", "an"})
_STEM = 5
"""Letters by which two forms of one word are alike: 'operates', 'operating'."""


def sentence(proposal: Proposal, *, names: Mapping[int, str] | None = None) -> str:
    """What a claim says, in a line.

    The sentence of the kind may have several forms, parted by ` | `: the first is taken whose roles with a `~` end as it
    says, as `{how~by,with}`. In brackets is left out what is not filled, what only repeats the sentence, and what the words
    shown before it say already.

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
        filled.setdefault(argument.role, []).append(one_line((names or {}).get(place, _shown(argument))))
    for number in proposal.numbers:
        filled.setdefault(number.role, []).append(figure(number))
    forms = kind_called(proposal.kind).sentence.split(" | ")
    form = next((form for form in forms if _fits(form, filled)), forms[-1])
    said = _OPTIONAL.sub(lambda part: _part(part, form, proposal, filled), form)
    said = _ROLE.sub(lambda role: ", ".join(filled.get(role[1], ["unknown"])), said)
    marks = [] if proposal.modality is Modality.ASSERTED else [proposal.modality.value]
    marks += [proposal.state.value] if proposal.state is not None else []
    return f"{said} ({', '.join(marks)})" if marks else said


def names_shown(claim: StoredClaim, names: Mapping[str, str]) -> dict[int, str]:
    """The name readers know each argument by, by its place in the claim, where its entity or its known id has one.

    Args:
        claim: as the record holds it.
        names: by entity id, as `known:pmf`.
    """
    told = enumerate(zip(claim.proposal.arguments, claim.entities, strict=True))
    found = {place: names.get(entity or "") or names.get(argument.value or "") for place, (argument, entity) in told}
    return {place: name for place, name in found.items() if name}


def _shown(argument: Argument) -> str:
    """An office by its title, where it is known ('leader' for 'leaders'); all else by the words of the text."""
    if argument.type is EntityType.OFFICE and argument.value:
        return argument.value
    return argument.words


def _fits(form: str, filled: Mapping[str, list[str]]) -> bool:
    """Whether every role of a form that asks for an ending has it."""
    asked = [(role, ends.split(",")) for role, ends in _ROLE.findall(form) if ends]
    return all(filled.get(role, [""])[0].lower().split(" ")[-1] in ends for role, ends in asked)


def _part(part: re.Match[str], form: str, proposal: Proposal, filled: Mapping[str, list[str]]) -> str:
    """What stands in brackets, or nothing."""
    roles = [role for role, _ in _ROLE.findall(part[1])]
    if not all(role in filled for role in roles):
        return ""
    detail = len(roles) == 1 and _of_words(proposal, roles[0])
    if detail and _repeats(filled[roles[0]][0], _ROLE.sub("", _OPTIONAL.sub("", form))):
        return ""
    before = {role for role, _ in _ROLE.findall(form[: part.start()])}
    if roles and all(_is_said(proposal, role, before) for role in roles):
        return ""
    text: str = part[1]
    return text.replace(f"{{{roles[0]}}}", _without_lead(filled[roles[0]][0])) if detail and ": " in text else text


def _of_words(proposal: Proposal, role: str) -> bool:
    argument = proposal.first(role)
    return argument is not None and argument.type is EntityType.WORDS


def _repeats(words: str, form: str) -> bool:
    """Whether some words say no more than the sentence does: 'operating across' beside 'operates in'."""
    said = {word[:_STEM] for word in re.findall(r"\w+", form.lower())}
    return all(word[:_STEM] in said for word in re.findall(r"\w+", words.lower()) if word not in _LITTLE)


def _without_lead(words: str) -> str:
    """'Fights in' as 'fights', where no name follows."""
    kept = words.split(" ")
    while len(kept) > 1 and kept[-1].lower() in _LEADING:
        kept.pop()
    return " ".join(kept)


def _is_said(proposal: Proposal, role: str, before: Collection[str]) -> bool:
    """Whether all that fills a role stands in the words of a role that is shown before it."""
    shown = [
        a.span for a in proposal.arguments if a.role in before and a.type is EntityType.WORDS and a.span is not None
    ]
    spans = [a.span for a in proposal.arguments if a.role == role]
    return bool(spans) and all(
        span is not None and any(one.start <= span.start and span.end <= one.end for one in shown) for span in spans
    )


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
