"""The reason of an act that gives none in so many words: what the text says of the group, or that the party did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_lists import heads
from tocsin.record.extract.rules.designated_names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.extract.rules.designated_fact import Fact
    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.stretches import Stretch

SHORTEST = 15  # characters of a deed
_MEMBERS = re.compile(
    r"\b(?:companies|businesses|entities|firms|banks|vessels)(?:\s+(?:in [^,;:]{1,40}?|that|which|who|are|were))*\s+"
    r"(?P<what>(?:acted|owned|controlled|operated|managed|used|linked|involved|provid|support|facilitat|assist|fund|procur|responsible|engag|tied|associated|connected)\w*\b[^;:]*?)(?=[,.;:](?:\s|$)|\s+operating\b)"
)
_ALL_DID = re.compile(
    r"\b(?:individuals|persons|nationals) and (?:[\w-]+\s+){1,3}(?:companies|entities|firms)(?:\s+in [^,;:]{1,40}?)?\s+"
    r"(?:who|that|which)\s+(?P<what>[a-z]+[^.;:]*?)(?=[,.;:](?:\s|$))"
)
_IS_WHAT = re.compile(r"\s*(?:\([^)]*\)\s*)*,?\s*(?:which|who|an?|the|is|was|are|were)\b")
_APPOSED = re.compile(r"\s*(?:\([^)]*\))?,\s+(?P<what>(?:an?|the|one of|another|his|her|its)\s+[^,;.]{8,})")
_CALLED = re.compile(
    r"\b(?P<what>(?:supporter|financier|facilitator|fundraiser|operative|agent|member|leader|official|commander|affiliate|"
    r"branch|front compan|subsidiar|owner|smuggler|trafficker|procurer|supplier|director|head|chief|part of|network|front)"
    r"\w*\s+(?:of|for|in|to|with|behind|that|who|supporting|linked|tied)\s[^,;.]{3,}|"
    r"(?:individual|entit|compan|firm|bank|business|charit|organi[sz]ation|vessel|person)\w*\s+(?:that|who|which|responsible|linked|tied|involved|owned|[a-z]+ing)"
    r"\s[^,;.]{3,})"
)
_DOES = re.compile(
    r"\b(?:who|which|that|and)\s+(?P<what>(?:is|are|was|were|has|have)\s+[a-z]+[^.;:]*)"
    r"|\b(?P<how>(?:owned|controlled|involved|responsible|linked|connected|engaged)\b[^.;:]*)"
)
_OF_LAW = re.compile(
    r"\b(?:which|that|an (?:authority|order)(?: that)?|as it)\s+"
    r"(?:targets?|authori[sz]es|aim\w*|provides|blocks|freezes|builds|implements)\b"
)
_NO_DEED = re.compile(r"\b(?:designat|sanction|blocked|pursuant|said|born|OFAC|Treasury)\w*", re.IGNORECASE)
_DEED = re.compile(
    r"\b(?:(?:has|have|had|also|was|is|are|were|been|being|directly|reportedly|allegedly|who|which|that)\s+)*(?:provid|support|facilitat|assist|fund|financ|transfer|smuggl|procur|act|serv|operat|lead|led|"
    r"suppl|send|sent|recruit|train|traffick|conduct|engag|involv|responsible|own|control|manag|support|plan|attack|help|work|sell|sold|purchas|collect|rais|carr|coordinat|direct|oversaw|oversee|command|develop|produc|tied|linked|belong|arrang|ship|launder|us|play|act|run|ran|head|chief|director|commander|official|leader|member|"
    r"subsidiar)\w*",
    re.IGNORECASE,
)


def reason_for_all(fact: Fact, statements: Sequence[Statement]) -> Span | None:
    """The reason that the last statement on a group before it gives."""
    before = [
        s
        for s in statements
        if s.is_group
        and s.reason
        and (s.is_now or s.is_open)
        and s.act
        and not s.act.earlier
        and s.order <= fact.statement.order
    ]
    return before[-1].reason if before else None


def of_the_group(fact: Fact, statements: Sequence[Statement]) -> Span | None:
    """What a sentence on today's group says that its members are: 'five companies that are owned by ...'."""
    for statement in statements:
        act, quote = statement.act, statement.stretch.span
        if act is None or not statement.is_group or act.earlier or not (statement.is_now or statement.is_open):
            continue
        if statement.order > fact.statement.order or act.voice is not Voice.ACTIVE:
            continue
        found = _MEMBERS.search(quote.words, act.verb.end - quote.start)
        if found and not re.search(r"individuals|officials", found.group()[: found.start("what") - found.start()]):
            start = quote.start + found.start("what")
            return Span(start, start + len(found["what"].rstrip()), found["what"].rstrip())
    return None


def of_all(fact: Fact, statements: Sequence[Statement]) -> Span | None:
    """What a sentence on today's group says that all of it did: 'six individuals and two companies who acted for ...'."""
    for statement in statements:
        act, quote = statement.act, statement.stretch.span
        if act is None or not statement.is_group or act.earlier or act.voice is not Voice.ACTIVE:
            continue
        if not (statement.is_now or statement.is_open) or statement.order > fact.statement.order:
            continue
        found = _ALL_DID.search(quote.words, act.verb.end - quote.start)
        if found:
            start = quote.start + found.start("what")
            return Span(start, start + len(found["what"].rstrip()), found["what"].rstrip())
    return None


def described(fact: Fact) -> Span | None:
    """What the sentence of the act itself says that the party does, where it gives no reason in so many words."""
    quote, act = fact.statement.stretch.span, fact.statement.act
    if act is None or not quote.start <= act.verb.start < quote.end:
        return None
    found = _DOES.search(quote.words, act.verb.end - quote.start, _law_told(quote, act.verb.end))
    if found is None:
        return None
    group = "what" if found["what"] else "how"
    start = quote.start + found.start(group)
    return Span(start, start + len(found[group]), found[group])


def _law_told(quote: Span, after: int) -> int:
    """Where a sentence begins to say what its law is for ('pursuant to A, which targets ...'): no word of the party."""
    found = _OF_LAW.search(quote.words, after - quote.start)
    return found.start() if found else len(quote.words)


def said_of(fact: Fact) -> Span | None:
    """What the sentence of an active act calls its party: 'designated A, a financier of B', 'two supporters of B, A and C'."""
    quote, act = fact.statement.stretch.span, fact.statement.act
    if act is None or act.voice is not Voice.ACTIVE or not quote.start <= act.verb.start < quote.end:
        return None
    behind = (
        _APPOSED.match(quote.words, max(fact.said.end - quote.start, 0)) if fact.said.start > act.verb.end else None
    )
    found = behind or _CALLED.search(quote.words, act.verb.end - quote.start, _law_told(quote, act.verb.end))
    return Span(quote.start + found.start("what"), quote.start + found.end("what"), found["what"]) if found else None


def said_before_act(fact: Fact) -> Span | None:
    """'X is the agency responsible for ..., and was named': what its sentence says of the party before the act."""
    quote, act = fact.statement.stretch.span, fact.statement.act
    if act is None or not quote.start <= act.verb.start < quote.end:
        return None
    low, high = fact.said.end - quote.start, act.verb.start - quote.start
    found = _DEED.search(quote.words, low, high) if low < high and _IS_WHAT.match(quote.words, low) else None
    if found is None or found.start() - low > 60:
        return None
    words = re.split(
        r",?\s+(?:and|but)\s+(?:\w+\s+){0,3}$|,\s+(?:was|were|is|are|has|have)\b", quote.words[found.start() : high]
    )[0].rstrip(" ,")
    return (
        Span(quote.start + found.start(), quote.start + found.start() + len(words), words)
        if len(words) > SHORTEST
        else None
    )


def deed(fact: Fact, stretches: Sequence[Stretch], known: Known) -> Span | None:
    """What a sentence that begins with the party says that it did."""
    for stretch in stretches:
        if stretch.heading or not heads(stretch) or folded(known.full(stretch.names[0].span).words) != fact.key:
            continue
        at = stretch.names[0].span.end - stretch.span.start
        found = _DEED.search(stretch.span.words, at)
        if found and not _NO_DEED.search(stretch.span.words):
            words = stretch.span.words[found.start() :].rstrip(" .")
            if len(words) > SHORTEST:
                return Span(stretch.span.start + found.start(), stretch.span.start + found.start() + len(words), words)
    return None
