"""Numbers in a sentence with what they count: one figure, a range, or an open bound."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tocsin.record.claim import Span

_UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = dict(zip(_UNITS, range(1, 21), strict=True)) | dict(zip(_TENS, range(30, 100, 10), strict=True))
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_N = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")"
    r"(?:[ -](?:dozen|hundred|thousand|million))?"
)
_FIGURE = re.compile(
    r"(?<![\w$€£.,/-])(?:"
    rf"(?P<least>(?:at least|more than|over|upwards of|no fewer than|no less than|not less than|in excess of)\s+)?"
    rf"(?P<most>(?:up to|at most|no more than|fewer than|less than|as many as|under)\s+)?"
    r"(?P<between>between\s+)?"
    r"(?:(?:about|some|around|roughly|approximately|nearly|almost|an estimated|estimated)\s+)*"
    rf"(?P<low>{_N})(?:\s*(?:to|and|or|-|\u2013|\u2014)\s*(?P<high>{_N}))?)(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d{2}")


class Counts(StrEnum):
    """What a number's referent is."""

    FORCE = "force"
    HARMED = "harmed"
    HARM = "counts"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number.

    Attributes:
        span: the words of the number, with 'at least' and the like.
        low, high: its bounds; equal for one figure; None is open.
        referent: what it counts; None where no such word follows.
        between: the words between number and referent ('US ' in '2,500 US troops').
        counts: what sort of thing that is.
    """

    span: Span
    low: float | None
    high: float | None
    referent: Span | None = None
    between: Span | None = None
    counts: Counts | None = None


def figures_in(sentence: Span) -> tuple[Figure, ...]:
    """The numbers of a sentence, in order, years left out.

    Example:
        >>> said = "It has 3,000 to 4,000 armed fighters and more than 900 tanks."
        >>> [(f.low, f.high, f.referent.words) for f in figures_in(Span.of(said, 0, len(said)))]
        [(3000.0, 4000.0, 'fighters'), (900.0, None, 'tanks')]
    """
    found = (_figure(match, sentence) for match in _FIGURE.finditer(sentence.words))
    return tuple(figure for figure in found if figure is not None)


def _figure(match: re.Match[str], sentence: Span) -> Figure | None:
    if _YEAR.fullmatch(match["low"]) and not match["least"]:
        return None
    low, high, end = _range(match)
    if high is None:
        high = low if not match["least"] else None
        low = low if match["least"] or not match["most"] else None
    span = _part(sentence, match.start(), end)
    told = _referents().match(sentence.words, end)
    if told is None:
        return Figure(span, low, high)
    counts = next(c for c in Counts if told["word"].lower() in _lexicon()[c])
    referent, between = _part(sentence, *told.span("word")), _part(sentence, *told.span("between"))
    return Figure(span, low, high, referent=referent, between=between, counts=counts)


def _range(match: re.Match[str]) -> tuple[float | None, float | None, int]:
    """Both bounds, and where the number ends; 'two to three thousand' are thousands both, 'five and two' no range."""
    low, end = _value(match["low"]), match.end("low")
    if not match["high"]:
        return low, None, end
    high = _value(match["high"])
    times = _TIMES.get(match["high"].lower().split()[-1])
    if times and match["low"].lower().split()[-1] not in _TIMES and low < high / times * 2:
        low *= times
    joined = re.search(r"\b(?:and|or)\b", match.group(), re.IGNORECASE) is not None
    if high <= low or (joined and not match["between"]):
        return _value(match["low"]), None, end
    return low, high, match.end("high")


def _part(sentence: Span, start: int, end: int) -> Span:
    return Span(sentence.start + start, sentence.start + end, sentence.words[start:end])


def _value(words: str) -> float:
    parts = re.split(r"[ -]", words.lower())
    number = _WORDS.get(parts[0])
    value = float(parts[0].replace(",", "")) if number is None else float(number)
    return value * (_TIMES[parts[1]] if len(parts) > 1 else 1)


@cache
def _lexicon() -> dict[Counts, frozenset[str]]:
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("figures.toml").read_text("utf-8"))
    return {counts: frozenset(word.lower() for word in told[counts]["words"]) for counts in Counts}


@cache
def _referents() -> re.Pattern[str]:
    """The word that is counted, after at most five others of the same phrase."""
    words = "|".join(sorted({re.escape(w) for words in _lexicon().values() for w in words}, key=len, reverse=True))
    stop = (
        r"(?!(?:and|or|to|in|on|at|of|from|by|with|for|as|the|its|is|are|was|were|had|has|have|that|which|who|when|while|since"
        r"|after)\b)"
    )
    return re.compile(rf"\s+(?P<between>(?:{stop}[\w.'\u2019-]+\s+){{0,5}}?)(?P<word>{words})\b", re.IGNORECASE)
