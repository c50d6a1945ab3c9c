"""How far an act of designation has gone: done, proposed, introduced as a law, or not at all."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState
from tocsin.record.extract.rules.designated_acts import Voice

if TYPE_CHECKING:
    from tocsin.record.claim import Span
    from tocsin.record.extract.rules.designated_acts import Act

_GAP = r"(?:\s+(?!(?:and|but|as|after|when|while|since|who|which|by)\b)[\w.\u2019'-]+){0,6}\s*(?:\bto\s+)?"
_CLAUSE = re.compile(
    r"[;:]|, (?:and|but|which|who|while|whereas|although)\b|\b(?:but|while|whereas|although)\b|[\u201c\u201d\"]"
)
_FALSE = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|suggestions?)\b.*\b(?:were|was|are|is) (?:false|untrue|wrong|baseless|denied)\b",
    re.IGNORECASE,
)
_HAD = re.compile(r"\W*Had\s+(?:[A-Z]|the\b|it\b)")
_DONE = re.compile(
    r"(?:designated|sanctioned|listed|named|identified|added|blocked|targeted|imposed|announced|levied|issued|placed|took|removed|lifted|delisted|amended|updated)\b"
)


@dataclass(frozen=True, slots=True)
class _Cues:
    undone: re.Pattern[str]
    conditional: re.Pattern[str]
    proposed: re.Pattern[str]
    introduced: re.Pattern[str]
    enacted: re.Pattern[str]


@cache
def _cues() -> _Cues:
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("stages.toml").read_text("utf-8"))

    def governing(words: list[str]) -> re.Pattern[str]:
        return re.compile(rf"\b(?i:{'|'.join(words)}){_GAP}$")

    return _Cues(
        governing(told["undone"]["words"]),
        re.compile(rf"\b(?i:{'|'.join(told['conditional']['words'])})\b[^,]*$"),
        governing(told["proposed"]["words"]),
        re.compile(rf"\b(?i:{'|'.join(told['introduced']['words'])})\b"),
        re.compile(rf"\b(?i:{'|'.join(told['enacted']['words'])})\b"),
    )


def stage_of(  # noqa: PLR0911  # one return for each stage
    act: Act, sentence: Span
) -> LegalState | None:
    """The state that an act brings about as its sentence puts it; None where it says that nothing is done.

    A finite past or a passive with 'was' is done, unless a condition stands before it; what 'to designate',
    'designating' or the noun says is what the word that governs it makes of it.
    """
    words = sentence.words[: act.verb.start - sentence.start]
    clause = words[max((m.end() for m in _CLAUSE.finditer(words)), default=0) :]
    cues = _cues()
    if cues.conditional.search(clause) or _HAD.match(clause) or _FALSE.search(sentence.words):
        return None
    if act.voice in {Voice.ATTRIBUTE, Voice.REDUCED, Voice.RELATIVE, Voice.INVERTED}:
        return act.state
    if not act.infinitive and _DONE.match(act.verb.words):
        return act.state
    if cues.undone.search(clause):
        return None
    if cues.introduced.search(words) and not cues.enacted.search(sentence.words):
        return LegalState.INTRODUCED
    if cues.proposed.search(clause):
        return LegalState.PROPOSED if act.state is LegalState.IN_FORCE else None
    return None if act.infinitive or act.noun else act.state
