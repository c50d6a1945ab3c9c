"""How a sentence puts what it says: as fact, denied, planned, recommended or reported, and by whom."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import Modality, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.extract.mention import Annotated

_CLAUSE = re.compile(r"[;:]|,? (?:but|while|whereas|although|though)\b|(?<=[\w)]), (?:and|which|who|whom|where)\b")
_NAME = (
    r"(?:(?:the|a|an|one|two|some|several|many|local|senior)\s+)?[^\W\d_][\w'\u2019.\-]*(?:\s+[\w'\u2019.\-()]+){0,8}?"
)
_AT_END = r"(?=\s*(?:[,;.:!?]|$|\bthat\b|\bwho\b|\bwhich\b))"
_IMPERATIVE = re.compile(
    r"^\W*(?:please|now|always|then|just|instead|you|first)?,?\s*(?:(?:(?:ignore|disregard|forget)\s+(?:all|any|the|your|every|previous|prior|these)\b)"
    r"|(?:say|write|state|answer|repeat|pretend|assume|suppose|imagine|output|print|reply|respond|claim|conclude|accept|add|report|record"
    r"|insert|summari[sz]e|tell\s+(?:\w+\s+){1,3})(?:\s+(?:only|instead|also|to\s+\w+))*\s*(?:\bthat\b|:|[\u201c\"])"
    r"|(?:describe|list|treat|register|refer\s+to|cite)\s+[^.;]{2,80}?\s+as\b)",
    re.IGNORECASE,
)
"""What opens a sentence that tells its reader what to do or to say."""
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_LEAD = re.compile(r"^(?:and|but|also|however|meanwhile|as|while|when|where|because|that)\s+", re.IGNORECASE)
_TAIL = re.compile(
    r"\s+(?:has|have|had|also|later|then|recently|today|yesterday|further|repeatedly|publicly|on \w+day)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of `said.toml`, made ready for search."""

    near: dict[Modality, re.Pattern[str]]
    denying: re.Pattern[str]
    said: re.Pattern[str]
    inverted: re.Pattern[str]
    source: re.Pattern[str]


@cache
def cues() -> Cues:
    """The cues as the data file has them."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("said.toml").read_text("utf-8"))
    verbs, sources = "|".join(told["speech"]["verbs"]), "|".join(told["speech"]["sources"])
    order = (Modality.RECOMMENDED, Modality.REPORTED, Modality.DENIED, Modality.PLANNED)
    return Cues(
        near={
            m: re.compile(rf"(?<![\w\u2019'])(?:{'|'.join(told[m.value]['near'])})(?!\w)", re.IGNORECASE) for m in order
        },
        denying=re.compile(rf"\b(?:{'|'.join(told['denied']['speech'])})\b", re.IGNORECASE),
        said=re.compile(rf"(?:^|[,;“”\"])\s*(?P<who>{_NAME})\s+(?:{verbs})\b(?!\s+(?:to|by)\b)"),
        inverted=re.compile(rf"(?<=[,”\"])\s*(?:{verbs})\s+(?P<who>{_NAME}){_AT_END}"),
        source=re.compile(rf"\b(?:{sources})\s+(?P<who>{_NAME}){_AT_END}", re.IGNORECASE),
    )


def modality_of(sentence: Span, annotated: Annotated, *, at: Span | None = None) -> Modality:
    """How a sentence puts a claim.

    Args:
        sentence: the sentence or clause that says it.
        annotated: the text it stands in.
        at: the words that carry the claim ('answers to', 'was designated'); cues before them in their clause count.
            None takes the cues of the whole sentence.

    Returns:
        `recommended` where the sentence tells its reader what to say ('Say that ...'); else `recommended` before `reported`
        before `denied` before `planned`: a denial that is only reported is reported.
        `asserted` where no cue stands.
    """
    words = sentence.words
    if _IMPERATIVE.match(words):
        return Modality.RECOMMENDED
    before = words if at is None else _clause_before(words, at.start - sentence.start, at.end - sentence.start)
    for modality, pattern in cues().near.items():
        if pattern.search(before):
            return modality
    if cues().denying.search(before):
        return Modality.DENIED
    return Modality.REPORTED if attribution_of(sentence, annotated, at=at) else Modality.ASSERTED


def attribution_of(sentence: Span, annotated: Annotated, *, at: Span | None = None) -> tuple[Span, ...]:
    """Who is said to say it, the nearest speaker first; () where the text speaks for itself.

    In 'according to A, B said that X answers to Y' B is nearer to what is said than A.

    Args:
        sentence: the sentence.
        annotated: the text it stands in.
        at: the words that carry the claim: a speaker who speaks only after a verb of their own clause does not count.
    """
    text = annotated.text.text
    near = [s for s in _speakers(sentence, text, cues().said) if at is None or s.end <= at.start]
    near += _speakers(sentence, text, cues().inverted)
    far = list(_speakers(sentence, text, cues().source))
    near.sort(key=lambda span: -span.start)
    known: list[Span] = []
    for span in (*near, *far):
        if not any(span.start < other.end and other.start < span.end for other in known):
            known.append(span)
    return tuple(known)


def _clause_before(words: str, start: int, end: int) -> str:
    """The clause up to the end of the claim's words, without what is quoted before it."""
    cut = max((m.end() for m in _CLAUSE.finditer(words, 0, start)), default=0)
    return words[cut:end]


def _speakers(sentence: Span, text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    hidden = _QUOTED.sub(lambda found: '"' + "," * (len(found.group()) - 2) + '"', sentence.words)
    for found in pattern.finditer(hidden):
        start, end = found.span("who")
        lead = _LEAD.match(hidden[start:end])
        start += lead.end() if lead else 0
        tail = _TAIL.search(hidden[start:end])
        end = start + tail.start() if tail else end
        end = start + len(hidden[start:end].rstrip("."))
        if start < end:
            yield Span.of(text, sentence.start + start, sentence.start + end)
