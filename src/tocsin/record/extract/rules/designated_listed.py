"""The names of a list in a sentence, without the appositions between them and the names inside those."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.party_words import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.claim import Span
    from tocsin.record.extract.rules.parties import Name

PREPOSITION = re.compile(
    r"\b(?:of|by|to|with|from|in|at|for|on|through|via|between|among|than|like|under|against|within|into|via|toward|near|behalf of|alongside|including|versus|v)(?:\s+(?:the\s+|both\s+|its\s+|his\s+|their\s+)?(?:[\w.]+-based\s+|\w+-\w+ed\s+)?)?$",  # noqa: E501  # one pattern, read as a whole
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"[,(\u2013\u2014-]\s*(?:an?|the|one of|his|her|its|their|both|each|all|also|a\.?k\.?a\.?|formerly|born|\w+['\u2019]s|who|which|whose)\s[^,]*$"  # noqa: E501  # one pattern, read as a whole
)
_RELATIVE = re.compile(r"(?:,|\s)\s*(?:who|which|whom|whose|where|that)\s")
_ANEW = re.compile(
    r"(?:,\s*(?:and|as well as)|;(?:\s*and)?|:|\bas well as|\bincluding|\bnamely|, along with|\btogether with)\s+(?:the\s+)?(?:also\s+)?(?:[a-z][\w-]*\s+){0,4}$"  # noqa: E501  # one pattern, read as a whole
)
_INCLUDING = re.compile(r"\bincluding\s+(?:[a-z]+\s+)*(?:[A-Z]\w+['\u2019]s\s+)?$|\bincluding\b")
_OF_HIS = re.compile(r",\s*(?:and\s+)?(?:his|her|its|their)\s+(?:[a-z-]+\s+){1,3}$")
_OFFICE = re.compile(r"[^,;:]*\b[A-Za-z]+(?<!s)\s+(?:of|for)\s+[^,;:]*,\s*$")
_OF_COUNTED = re.compile(
    r"\W*(?:(?:an?|the|these|following|additional|other)\s+)*(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\s+[^,;]*\s(?:of|in|by|to|for|from|with)\s[^,;]*,\s*$",
    re.IGNORECASE,
)
_PEOPLE_OF = re.compile(
    r"\s*\([A-Z][\w-]*\)\s+(?:[a-z-]+\s+)?(?:commanders?|officials?|members?|leaders?|operatives?|facilitators?|financiers?|officers?|fighters)\b"
)  # 'Blue Guard (BG) commanders'
_OF_A_KIND = re.compile(r"\b(?:this|these|an?|any|another)\s+$", re.IGNORECASE)
_FRONTED = re.compile(r"(?:Following|After|Since|With|Before|Prior to|Despite|Upon|Until)\b")
_MAIN_VERB = re.compile(
    r"\s+(?:has|have|had|was|were|is|are|will|also|[a-z]+ed(?!\s+(?:by|in|under|on|pursuant|for|to|as)\b))\s"
)
_LINK = re.compile(
    r"\s*(?:\([^)]*\))?(?:\s+(?:of|in)\s+(?:the\s+)?[A-Z]\w+(?:\s[A-Z]\w+)?)?\s*(?:,|,?\s+(?:and|or|as well as))\s+(?:the\s+)?"
)


def listed(  # noqa: C901, PLR0912  # one branch for each reason to pass a name over
    sentence: Span, names: Sequence[Name], low: int, high: int
) -> tuple[Name, ...]:
    """The names of a list, without the appositions between them and the names inside those."""
    kept: list[Name] = []
    within: Name | None = None
    for name in names:
        if not (low <= name.span.start and name.span.end <= high):
            continue
        before, after = around(sentence, name, low)
        if _of_another(sentence, names, name, low):
            continue
        if before.endswith(", ") and _FRONTED.match(sentence.words) and _MAIN_VERB.match(after):
            break  # 'Following the designation of A and B, C grew': the subject of the sentence
        plural = re.match(r"\s+(?:[a-z-]+\s+)?[a-z-]+s\b", after)
        if plural and is_modifier(after, high - name.span.end):
            kept = _without_modifiers(sentence, kept, name)
        if (
            not kept
            and within is not None
            and goes_on(sentence, within, name)
            and not (_is_holder(before, after, name) or _OF_COUNTED.match(before))
        ):
            within = name
            continue
        if name.owner or is_modifier(after, high - name.span.end) or within_brackets(before):
            continue
        if _PEOPLE_OF.match(after) or (_OF_A_KIND.search(before) and re.match(r"\s+[a-z]", after)):
            continue
        last = before[before.rfind(",") + 1 :] if kept else before
        if (
            PREPOSITION.search(before)
            and not re.search(
                r"(?:including|as well as|along with|together with)\s+(?:the\s+)?(?:[\w.]+-based\s+)?$", before
            )
            and before.strip() not in {"of", "on", "against", "the"}
        ):
            within = name
            continue
        since = sentence.words[kept[-1].span.end - sentence.start : name.span.start - sentence.start] if kept else ""
        anew = _ANEW.search(since) is not None
        if (
            kept
            and _APPOSED.search(since)
            and not _OF_HIS.search(since)
            and not (anew and re.search(r"\band\s+(?:the\s+)?$|\band (?:[a-z]+\s+){1,3}$", last))
        ):
            continue
        if kept and _RELATIVE.search(since) and not _resumes(since, after):
            continue
        if not kept and _RELATIVE.search(before) and ":" not in before and not _INCLUDING.search(before):
            told = _INCLUDING.search(sentence.words, name.span.end - sentence.start, high - sentence.start)
            if told and sum(told.end() + sentence.start <= n.span.start < high for n in names) > 1:
                continue
            break
        kept.append(name)
    return tuple(kept)


def _is_holder(before: str, after: str, name: Name) -> bool:
    """Whether a name tells who 'the director of A,' is."""
    return (
        not name.is_organisation
        and _OFFICE.match(before) is not None
        and re.match(r",?\s+(?:for|pursuant|who)\b|[,.;]|\s*\(", after) is not None
    )


def _of_another(sentence: Span, names: Sequence[Name], name: Name, low: int) -> bool:
    """Whether a name stands behind a possessive that a preposition governs ('commander of A's B')."""
    start = (name.title or name.span).start
    owners = [n for n in names if n.owner and n.span.end <= start]
    if not owners or not re.fullmatch(
        r"['\u2019]s?\s+", sentence.words[owners[-1].span.end - sentence.start : start - sentence.start]
    ):
        return False
    return re.search(r"\b(?:of|by|for|with|in|to)\s+(?:the\s+)?$", around(sentence, owners[-1], low)[0]) is not None


def goes_on(sentence: Span, left: Name, right: Name) -> bool:
    """Whether two names stand in one list, with nothing but links between them."""
    start = (right.title or right.span).start
    return _LINK.fullmatch(sentence.words[left.span.end - sentence.start : start - sentence.start]) is not None


def _without_modifiers(sentence: Span, kept: list[Name], last: Name) -> list[Name]:
    """For 'ISIS, Badr and Hamas operatives', where only the last stands before the noun: none of them is a party."""
    while kept and goes_on(sentence, kept[-1], last):
        last = kept[-1]
        kept = kept[:-1]
    return kept


def _resumes(since: str, after: str) -> bool:
    return bool(re.search(r"(?:, and|;|:|; and)\s+(?:the\s+)?$", since)) and bool(
        re.match(r"\s*\(|,\s+(?:an?|the|who|which)\s", after)
    )


def around(sentence: Span, name: Name, low: int) -> tuple[str, str]:
    """The words before (with the titles cut off) and behind a name."""
    start = name.title.start if name.title else name.span.start
    at = sentence.start
    return sentence.words[max(low - at, 0) : start - at], sentence.words[name.span.end - at :]


def is_modifier(after: str, room: int) -> bool:
    """Whether a noun follows that the name only describes ('ISIL facilitators', 'Badr commander')."""
    found = re.match(r"\s+([a-z][a-z-]*)(?!\w)", after)
    if found is None or found.start(1) >= max(room, 1):
        return False
    word = found.group(1)
    return word not in lexicon().function and not word.endswith(("ing", "ed", "ly"))


def within_brackets(before: str) -> bool:
    """Whether a bracket is open at the end of the words before."""
    return before.count("(") > before.count(")")
