"""Points of a question's scale that a quote names itself: a number with the scale's unit, or a month the case has placed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.case.questions import Question, Scale

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SHORTEST = 4
"""Letters of a word that tells something of a question."""

_NUMBER = r"(?<![\d.,])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\s+(\d{{4}})\b", re.IGNORECASE)
_COMMON = frozenset(
    {"should", "would", "what", "when", "where", "which", "from", "with", "that", "this", "many", "much"}
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A range that a quote's own words name on the scale.

    Attributes:
        low, high: in the scale's unit; equal for one point.
        words: the words of the quote that name it.
        how: how they stand on the scale.
    """

    low: float
    high: float
    words: str
    how: str


def offered(question: Question, quote: str) -> tuple[tuple[Offered, ...], str | None]:
    """Ranges that a quote names on the scale, or why there is none.

    Example:
        >>> from tocsin.case.questions import Question
        >>> asked = Question.model_validate({
        ...     "id": "end", "question": "When?", "scale": {"low": 0, "high": 60, "unit": "months"}, "rule": "consensus",
        ...     "positions": [{"actor": "a", "position": [0, 1, 2], "salience": [0, 1, 1], "influence": [0, 1, 1],
        ...                    "basis": "judgement"}]})
        >>> [(o.low, o.high, o.words) for o in offered(asked, "It wants 12 to 18 months more.")[0]]
        [(12.0, 18.0, '12 to 18 months')]
        >>> offered(asked, "It wants a longer time.")
        ((), 'its words name no point of the scale')
    """
    found = (*_numbers(question.scale, quote), *_months(question, quote))
    inside = tuple(o for o in found if question.scale.low <= o.low and o.high <= question.scale.high)
    if inside:
        return inside, None
    return (), "what it names lies outside the scale" if found else "its words name no point of the scale"


def words_shared(question: Question, quote: str) -> tuple[str, ...]:
    """Words that a quote shares with the question, its unit, anchors and bands: a hint of what it is about."""
    named = (
        question.question,
        question.scale.unit,
        *question.scale.anchors.values(),
        *(b.name for b in question.bands),
    )
    return tuple(sorted(_telling(" ".join(named)) & _telling(quote)))


def _telling(text: str) -> set[str]:
    words = {word.lower() for word in re.findall(r"[^\W\d_]{3,}", text)}
    return {word for word in words if len(word) >= SHORTEST or word == "end"} - _COMMON


def _numbers(scale: Scale, quote: str) -> Iterator[Offered]:
    """`18 months`, `12 to 18 months`, `between 12 and 18 months`, `40 %` for a scale in percent."""
    unit = scale.unit.split()[0].lower()
    named = r"(?:percent|per\s+cent|%)" if unit in {"percent", "%"} else rf"{re.escape(unit.removesuffix('s'))}s?\b"
    ranged = rf"between\s+{_NUMBER}\s+and\s+{_NUMBER}|{_NUMBER}(?:\s*(?:to|-|–)\s*{_NUMBER})?"  # noqa: RUF001  # the dash of ranges
    for match in re.finditer(rf"(?:{ranged})[\s-]*{named}", quote, re.IGNORECASE):
        ends = sorted(float(number.replace(",", "")) for number in match.groups() if number is not None)
        yield Offered(ends[0], ends[-1], match.group(), f"a number in {scale.unit}")


def _months(question: Question, quote: str) -> Iterator[Offered]:
    """A month of a year that an anchor or band of the case names too: the case has put it on the scale, not the words."""
    for match in _MONTH.finditer(quote):
        month = _month(match)
        for point, words in question.scale.anchors.items():
            if month in map(_month, _MONTH.finditer(words)):
                yield Offered(point, point, match.group(), f"the anchor '{words}'")
        for band in question.bands:
            if month in map(_month, _MONTH.finditer(band.name)):
                yield Offered(band.low, band.high, match.group(), f"the band '{band.name}'")


def _month(match: re.Match[str]) -> tuple[str, str]:
    return match[1].lower(), match[2]
