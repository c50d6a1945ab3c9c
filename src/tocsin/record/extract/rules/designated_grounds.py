"""Which of several laws each party of today has: the one told with its reason, or that of the party it is designated for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState, Step
from tocsin.record.extract.rules.designated_laws import once
from tocsin.record.extract.rules.designated_names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tocsin.record.extract.rules.designated_fact import Fact
    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.instruments import Instrument

_FOR = re.compile(r"[\s,)]*(?:as amended[^,;]{0,40},?\s+)?for\s+(?P<what>[^,;.]+)")
_OF_MANY = re.compile(
    r"(?:having\s+)?(?:been\s+)?(?:materially|act|purport|owned|owning|control|provid|assist|support|attempt)"
)
"""How a reason begins that every law has: it tells which law only by the party that it names."""
_ALIKE = 25  # characters with which two reasons begin alike


def with_grounds(facts: Sequence[Fact], statements: Sequence[Statement], known: Known) -> tuple[Fact, ...]:
    """Today's facts, those that have several laws of the whole group narrowed to what their own reasons tell."""
    told = tuple(_reasons_of_laws(statements))
    have = {f.key: tuple(law for law, _ in f.authorities) for f in facts if _is_own(f) and f.statement.is_now}
    made = list(facts)
    for _ in range(len(facts)):
        before = len(have)
        for number, fact in enumerate(made):
            if fact.key in have or not _is_loose(fact):
                continue
            laws = _by_reason(fact, told) or _by_party(fact, have, known)
            allowed = {law.key for law, _ in fact.authorities}
            laws = tuple(law for law in laws if law.key in allowed)
            if laws:
                have[fact.key] = laws
                made[number] = replace(fact, authorities=once((law, Step.CONTEXT) for law in laws))
        if len(have) == before:
            break
    return tuple(made)


def _is_own(fact: Fact) -> bool:
    """Whether its own sentence says its law."""
    return bool(fact.authorities) and all(step is None for _, step in fact.authorities)


def _is_loose(fact: Fact) -> bool:
    """Whether it has several laws, none of which its own sentence says."""
    laws = fact.authorities
    return fact.statement.state is LegalState.IN_FORCE and len(laws) > 1 and all(step for _, step in laws)


def _reasons_of_laws(statements: Sequence[Statement]) -> Iterator[tuple[Instrument, str]]:
    for statement in statements:
        quote = statement.stretch.span
        for law in statement.authorities:
            found = _FOR.match(quote.words, law.span.end - quote.start)
            if found:
                yield law, found["what"].casefold()


def _by_reason(fact: Fact, told: Sequence[tuple[Instrument, str]]) -> tuple[Instrument, ...]:
    """The one law that is told with the same reason elsewhere in the text."""
    for reason, _ in fact.reasons:
        words = reason.words.casefold().removeprefix("for ").strip()
        if _OF_MANY.match(words) or len(words) < _ALIKE:
            continue
        laws = {law.key: law for law, other in told if other[:_ALIKE] == words[:_ALIKE]}
        if len(laws) == 1:
            return tuple(laws.values())
    return ()


def _by_party(fact: Fact, have: Mapping[str, tuple[Instrument, ...]], known: Known) -> tuple[Instrument, ...]:
    """The laws of those whom the reason names: who owns a party, or whom it acts for."""
    found: dict[str, Instrument] = {}
    for name in fact.statement.stretch.names:
        if any(reason.start <= name.span.start < reason.end for reason, _ in fact.reasons):
            key = folded(known.full(name.span).words)
            if key != fact.key:
                found |= {law.key: law for law in have.get(key, ())}
    return tuple(found.values())
