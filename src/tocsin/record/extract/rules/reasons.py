"""For what a party was put under a measure: the clause that says so."""

from __future__ import annotations

import re

from tocsin.record.claim import Span

_FOR = re.compile(
    r"\b(?:for\s+(?:its|his|her|their)\s+[a-z-]+\s+(?:roles?|support|involvement|ties|links|activities|participation)\b|for\s+(?:its|his|her|their)\s+(?:more|extensive|own|many|long|continued|ongoing|past|key|central)\b|for\s+(?:(?:[a-z]+ly|also|directly|indirectly|knowingly|materially|either|both|reportedly|its|his|her|their|the)\s+)*"
    r"(?:[a-z]+ing|[a-z]{3,}ing[a-z]{4,}|roles?|support|involvement|ties|links|connections?|activit(?:y|ies)|participation|part|actions?|acts|use|assistance|"
    r"association|affiliation|provision|leadership|complicity|ownership|work|efforts?|human|serious|terrorist|financial)\b"
    r"|because\s+(?:it|he|she|they|of)\b|because\b|on\s+the\s+basis\s+(?:that|of)\b|based\s+on\b|due\s+to\b|in\s+connection\s+with\b"
    r"|for\s+(?:attempting|acts|facilitation|proliferation|corruption|terrorism|ties|links|violations|abuses)\b|as\s+(?:part\s+of|an?\s+(?:agent|affiliate|agency|instrumentality))\b"
    r"|(?<!the\s)following\b|in\s+which\s+[^,;.]{1,60}\s+(?:has|have)\s+an\s+interest|as\s+(?:entities|persons|companies|individuals|blocked|having|being|agencies|front)\b|to\s+be\s+an?\s+(?:agent|affiliate|instrumentality)\b)",
    re.IGNORECASE,
)  # fmt: skip
_AS_WHAT = re.compile(
    r"\bas\s+(?:the|an?)\s+(?!(?:result|means|whole|specially|foreign|global|terror|primary|significant|designated|group|person|"
    r"entity|blocked)\w*\b)[a-z]+\b"
)
_DATED = re.compile(r"\s+(?:in|on)\s+(?:[A-Z][a-z]+\s+)?(?:\d{1,2},\s+)?(?:19|20)\d{2}\b")
_OFFICE = re.compile(r"(?:Secretary|Office|Committee|Center|Centre|Adviser|Advisor|Coordinator|Council|Bureau)\s+$")
_END = re.compile(
    r"\s+as (?:set forth|defined|described) in\b"
    r"|[.;]\s*$|\s*(?:,?\s+(?:pursuant to|under E\.?O|under Executive Order)\b)|[.;]\s+(?=[A-Z])"
)


def reason_in(sentence: Span, *, after: int, before: int | None = None) -> Span | None:
    """The clause of a reason that follows the act in its sentence; None where there is none.

    Args:
        sentence: the sentence.
        after: offset in the text behind which the reason must begin.
        before: offset in the text at which it must have ended, where another act begins there.

    Example:
        >>> said = "Ali is being designated under E.O. 13224 for having led the cell."
        >>> reason_in(Span.of(said, 0, len(said)), after=4).words
        'for having led the cell'
    """
    end = (before if before is not None else sentence.end) - sentence.start
    told = _FOR.finditer(sentence.words, max(after - sentence.start, 0), end)
    found = next((m for m in told if not _OFFICE.search(sentence.words[: m.start()])), None)
    found = found or _AS_WHAT.search(sentence.words, max(after - sentence.start, 0), end)
    if found is None:
        return None
    stop = _END.search(sentence.words, found.end(), end)
    last = stop.start() if stop else end
    dated = _DATED.search(sentence.words, found.end(), last) if found.group()[:2].lower() in {"as", "to"} else None
    last = dated.start() if dated else last
    words = sentence.words[found.start() : last].rstrip(" .,;:\n\t")
    return Span(sentence.start + found.start(), sentence.start + found.start() + len(words), words)
