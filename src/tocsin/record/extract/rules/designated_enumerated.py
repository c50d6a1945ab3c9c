"""The parties that a sentence tells one by one behind a colon, behind 'including', or before ', all previously designated'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.designated_listed import PREPOSITION, goes_on, is_modifier, listed, within_brackets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.claim import Span
    from tocsin.record.extract.rules.designated_acts import Act
    from tocsin.record.extract.rules.parties import Name

_COLON = re.compile(r":\s+|\s[\u2013\u2014]\s+(?=[A-Z][^\u2013\u2014]*$)")
_GROUP = re.compile(
    r"\b(?:individuals|entities|persons|companies|associates|members|leaders|officials|subsidiaries|firms|businesses|banks|vessels|"
    r"ships|aircraft|people|men|nationals|facilitators|financiers|supporters|operatives|organi[sz]ations|groups|charities|parties|commanders|"
    r"following|others|affiliates|designees|targets|branches|tankers|traders|networks|bodies|ministries|airlines|exchanges)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\s*(?:and\s+)?(?:(?:the|an?|[a-z]+|[\w.]+-based)\s+){0,4}(?:[a-z]+,\s+)?")
_INCLUDING = re.compile(r",?\s*\b(?:including|such as|namely):?\s+(?:the\s+|both\s+)?(?:[\w.]+-based\s+)?$")
_COPULA = re.compile(r"\b(?:was|were|is|are)\s*$")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will)\b")
_APART = re.compile(r"[,(]\s*(?:(?:all|both|each|also|previously|already)\s+)*(?:[\w.]+-)?$")
_ENDS = re.compile(r"\s*(?:[,.;)]|for\s|by\s|in\s+\d|on\s+\w+\s\d|$)")


def behind_colon(sentence: Span, names: Sequence[Name], *, low: int, high: int) -> tuple[Name, ...]:
    """The names of 'designated the following persons ...: A, B and C', or of 'A, a bank; B, its owner; and C'.

    Args:
        sentence: the sentence.
        names: its names.
        low: offset behind which the colon stands.
        high: offset at which the list has ended.
    """
    at = sentence.start
    colon = _COLON.search(sentence.words, low - at, high - at)
    lead = sentence.words[: colon.start()] if colon else ""
    if colon is None or not (_GROUP.search(lead) or _COPULA.search(lead)):
        return ()
    begin = at + colon.end()
    if ";" not in sentence.words[colon.end() : high - at]:
        first = next((n for n in names if n.span.start >= begin), None)
        near = first is not None and _LEADS.fullmatch(sentence.words[colon.end() : _start(first) - at]) is not None
        return listed(sentence, names, begin, high) if near else ()
    return tuple(_of_parts(sentence, names, begin, high))


def _of_parts(sentence: Span, names: Sequence[Name], begin: int, high: int) -> Iterator[Name]:
    """The name, or the list of names, that each part between semicolons begins with."""
    at = sentence.start
    for part in re.finditer(r"[^;]+", sentence.words[begin - at : high - at]):
        low, end = begin + part.start(), begin + part.end()
        own = [n for n in names if low <= n.span.start and n.span.end <= end and not n.owner]
        while own and (
            is_modifier(sentence.words[own[0].span.end - at :], end - own[0].span.end) or _is_of_office(sentence, own)
        ):
            low, own = own[0].span.end, own[1:]
        if own and _LEADS.fullmatch(sentence.words[low - at : _start(own[0]) - at]):
            yield from run(sentence, own)


def _is_of_office(sentence: Span, names: Sequence[Name]) -> bool:
    """Whether the first name only says of what the second holds an office: 'Cedar Bank Director Omar Haddad'."""
    title = names[1].title if len(names) > 1 else None
    return (
        title is not None
        and not sentence.words[names[0].span.end - sentence.start : title.start - sentence.start].strip()
    )


def run(sentence: Span, names: Sequence[Name]) -> tuple[Name, ...]:
    """The list that begins with the first name: those behind it that only links part from it."""
    kept = [names[0]]
    for name in names[1:]:
        if within_brackets(sentence.words[kept[0].span.start - sentence.start : name.span.start - sentence.start]):
            continue
        after = sentence.words[name.span.end - sentence.start :]
        if not goes_on(sentence, kept[-1], name) or is_modifier(after, len(after)):
            break
        kept.append(name)
    return tuple(kept)


def including(act: Act, sentence: Span, names: Sequence[Name], *, high: int) -> tuple[Name, ...]:
    """The names of 'several banks designated under A, including B and C'."""
    at = sentence.start
    if not _GROUP.search(sentence.words[max(act.anchor - at - 40, 0) : act.anchor - at]):
        return ()
    behind = [n for n in names if act.verb.end <= n.span.start < high]
    for number, name in enumerate(behind):
        between = sentence.words[act.verb.end - at : _start(name) - at]
        if _INCLUDING.search(between) and not _FINITE.search(between):
            if between.rstrip().endswith(":") and ";" in sentence.words:
                return tuple(_of_parts(sentence, names, at + sentence.words.index(":", act.verb.end - at) + 1, high))
            return run(sentence, behind[number:]) if not name.owner else ()
    return ()


def set_apart(act: Act, sentence: Span, names: Sequence[Name]) -> tuple[Name, ...]:
    """The names before ', all previously designated' or ', also OFAC-designated for terrorism'."""
    at = sentence.start
    found = _APART.search(sentence.words[: act.verb.start - at])
    if found is None or not _ENDS.match(sentence.words, act.verb.end - at):
        return ()
    before = [n for n in names if n.span.end <= at + found.start()]
    between = sentence.words[before[-1].span.end - at : found.start()] if before else "x"
    if before and within_brackets(sentence.words[: before[-1].span.start - at]):
        return ()
    if not re.fullmatch(r"\s*(?:\([^)]*\))?\s*", between):
        return ()
    kept = [before[-1]]
    several = re.search(r"\b(?:all|both|each)\b", found.group()) is not None
    for name in reversed(before[:-1]):
        if (
            not several
            or name.owner
            or not goes_on(sentence, name, kept[0])
            or PREPOSITION.search(sentence.words[: _start(kept[0]) - at])
        ):
            break
        kept.insert(0, name)
    return tuple(kept)


def _start(name: Name) -> int:
    return (name.title or name.span).start
