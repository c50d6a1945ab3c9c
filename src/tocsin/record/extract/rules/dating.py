"""Dates in a sentence: what was meant, to what precision, and the words that say it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.record.claim import Dates, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_M = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_NEARLY = r"(?:at\s+least|around|about|approximately|roughly)\s+"
_PART = r"(?:early|mid|late|the\s+(?:beginning|middle|end|summer|spring|autumn|fall|winter)\s+of)[\s-]+"
_ABOUT = rf"(?:{_NEARLY})?(?:{_PART})?"
_COUNTED = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:19|20)\d{2}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?P<about>{_ABOUT})(?:"
    rf"(?P<m1>{_M})\s+(?P<d1>{_DAY})(?:,\s*|\s+)(?P<y1>{_YEAR})"
    rf"|(?P<d2>{_DAY})\s+(?P<m2>{_M}),?\s+(?P<y2>{_YEAR})"
    rf"|(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    rf"|(?P<m4>{_M}),?\s+(?:of\s+)?(?P<y4>{_YEAR})"
    rf"|(?P<m5>{_M})\s+(?P<d5>{_DAY})(?!\d|,?\s*\d{{4}}|\s*(?:percent|million|billion))"
    rf"|(?P<day>[Tt]oday|[Yy]esterday|[Ee]arlier today|(?:[Tt]his|[Ll]ate) (?:morning|afternoon|evening)"
    rf"|(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix) (?:weeks|months|years|days) ago"
    rf"|(?<=\b[Ii]n ){_M}(?=,| (?:we|he|she|it|the|OFAC|Treasury)\b)"
    rf"|(?:(?<=\b[Oo]n )|(?:last|[Tt]his past) ){_WEEKDAY}(?!,?\s+(?:{_M}|\d))"
    rf"|this (?:week|month|year)|last (?:week|month|year|{_M}))"
    rf"|(?P<y6>(?<![\d$€£.,])(?<!E\.O\. )(?<!Resolution )(?<!resolution )(?<!Act of )(?<!No\. ){_YEAR})"
    r"(?![\d%]|\s+(?:people|fighters|troops|individuals|rounds|tons))"
    rf")(?!\w)"
)
_SINCE = re.compile(r"\bsince\s+$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|between|beginning in|starting in|effective|as from)\s+$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through|up to|to)\s+$", re.IGNORECASE)
_AS_OF = re.compile(r"\bas of\s+$", re.IGNORECASE)
_LINK = re.compile(r"\s*(?:,\s*)?(?:and|to|until|through|[-\u2013\u2014])\s*(?:in\s+)?", re.IGNORECASE)
_LEAST = re.compile(r"at\s+least", re.IGNORECASE)


class Use(StrEnum):
    """What part a date plays: when it was, when it began, when it ended, or when it was seen to hold."""

    AT = "at"
    START = "start"
    END = "end"
    SEEN_FROM = "seen from"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a sentence.

    Attributes:
        span: the words that say it, prepositions left out.
        date: what they mean.
        use: what part it plays.
        relative: whether it was worked out from the date of publication ('today', 'last month', 'May 7').
    """

    span: Span
    date: PartialDate
    use: Use
    relative: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """Dates of a claim with the words that say them."""

    dates: Dates
    spans: tuple[Span, ...]


def dates_in(sentence: Span, published: PartialDate | None) -> tuple[DateFound, ...]:
    """The dates that a sentence gives, in order.

    Args:
        sentence: the sentence or clause.
        published: date of publication, which 'today' and the like count from; without it they are left out.

    Example:
        >>> said = "He led it from 2003 to May 2005."
        >>> [(str(d.date), d.use.value) for d in dates_in(Span.of(said, 0, len(said)), None)]
        [('2003', 'start'), ('2005-05', 'end')]
    """
    return tuple(_found(sentence, published))


def dates_of(sentence: Span, published: PartialDate | None) -> Dated:
    """When what a sentence says held, as far as its dates tell.

    Example:
        >>> said = "Since at least late 2019 the group has held the town."
        >>> str(dates_of(Span.of(said, 0, len(said)), None).dates.first_seen)
        '2019'
    """
    return as_dated(dates_in(sentence, published))


def as_dated(found: tuple[DateFound, ...]) -> Dated:
    """One set of dates from the dates of a sentence: the first of each use counts."""
    first = {use: next((d for d in found if d.use is use), None) for use in Use}
    seen = first[Use.SEEN] or first[Use.AT]
    since = first[Use.SEEN_FROM]
    start, end = first[Use.START], first[Use.END]
    if start is not None and end is not None and end.date.is_before(start.date):
        end = None
    used = [d for d in (start, end, since or (None if start or end else seen)) if d is not None]
    dates = Dates(
        start=start.date if start else None,
        end=end.date if end else None,
        first_seen=since.date if since else (seen.date if seen and not (start or end) else None),
        last_seen=seen.date if seen and not (start or end or since) else None,
    )
    return Dated(dates, tuple(d.span for d in used))


def _found(sentence: Span, published: PartialDate | None) -> Iterator[DateFound]:
    words, last_end, last_use = sentence.words, -1, None
    for match in _DATE.finditer(words):
        made = _date_of(match, published)
        if made is None:
            continue
        meant, relative = made
        start = match.start() + len(match["about"])
        use = _use(words[: match.start()], match["about"])
        if last_use is Use.START and last_end >= 0 and _LINK.fullmatch(words, last_end, match.start()):
            use = Use.END
        last_end, last_use = match.end(), use
        span = Span(sentence.start + start, sentence.start + match.end(), words[start : match.end()])
        yield DateFound(span, meant, use, relative)


def _use(before: str, about: str) -> Use:
    if _SINCE.search(before):
        return Use.SEEN_FROM if _LEAST.search(about) else Use.START
    if _AS_OF.search(before):
        return Use.SEEN
    if _FROM.search(before):
        return Use.START
    return Use.END if _UNTIL.search(before) else Use.AT


def _date_of(match: re.Match[str], published: PartialDate | None) -> tuple[PartialDate, bool] | None:
    if match["day"]:
        meant = _relative(match["day"].lower(), published)
        return (meant, True) if meant else None
    if match["m5"]:
        meant = _without_year(_month(match["m5"]), _day(match["d5"]), published)
        return (meant, True) if meant else None
    year = next(int(match[key]) for key in ("y1", "y2", "y3", "y4", "y6") if match[key])
    month = next((_month(match[key]) for key in ("m1", "m2", "m3", "m4") if match[key]), None)
    day = next((_day(match[key]) for key in ("d1", "d2", "d3") if match[key]), None)
    meant = _checked(year, month, day)
    return (meant, False) if meant else None


def _month(words: str) -> int:
    if words.isdigit():
        return int(words)
    return next(n for n, name in enumerate(MONTHS, start=1) if name.startswith(words.lower()[:3]))


def _day(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _checked(year: int, month: int | None, day: int | None) -> PartialDate | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def _without_year(month: int, day: int, published: PartialDate | None) -> PartialDate | None:
    """The last such day before publication."""
    if published is None or published.month is None:
        return None
    later = (month, day) > (published.month, published.day or 31)
    return _checked(published.year - 1 if later else published.year, month, day)


def _relative(words: str, published: PartialDate | None) -> PartialDate | None:
    if published is None:
        return None
    return _ago(words, published) if words.endswith(" ago") else _said_of_time(words, published)


def _said_of_time(words: str, published: PartialDate) -> PartialDate | None:
    last = words.rpartition(" ")[2]
    last = "today" if last in {"morning", "afternoon", "evening"} else last
    if last == "year":
        return PartialDate(published.year - (1 if words.startswith("last") else 0))
    if published.month is None:
        return None
    if last == "month":
        before = date(published.year, published.month, 1) - timedelta(days=1)
        return (
            PartialDate(before.year, before.month)
            if words.startswith("last")
            else PartialDate(published.year, published.month)
        )
    if last not in {"today", "yesterday", "week", *_WEEKDAYS}:
        month = _month(last)
        return PartialDate(published.year if month < published.month else published.year - 1, month)
    return _near(words, last, published)


def _ago(words: str, published: PartialDate) -> PartialDate | None:
    """'Two weeks ago' to the month, 'three years ago' to the year; None where it is not counted, or not told exactly."""
    count, unit = _COUNTED.get(words.split(maxsplit=1)[0]), words.split()[-2]
    if count is None:
        return None
    if unit == "years":
        return PartialDate(published.year - count)
    if published.month is None or published.day is None:
        return None
    if unit == "months":
        months = published.year * 12 + published.month - 1 - count
        return PartialDate(months // 12, months % 12 + 1)
    day = date(published.year, published.month, published.day) - timedelta(days=count * (7 if unit == "weeks" else 1))
    return PartialDate(day.year, day.month, day.day if unit == "days" else None)


def _near(words: str, last: str, published: PartialDate) -> PartialDate | None:
    if published.month is None or published.day is None:
        return published if last == "today" else None
    day = date(published.year, published.month, published.day)
    if last == "week":
        day -= timedelta(days=7 if words.startswith("last") else 0)
        return PartialDate(day.year, day.month)
    if last in _WEEKDAYS:  # the last such day up to publication; 'last Monday' is before it
        since = (day.weekday() - _WEEKDAYS.index(last)) % 7
        day -= timedelta(days=since or (7 if words.startswith(("last", "this past")) else 0))
    day -= timedelta(days=1 if last == "yesterday" else 0)
    return PartialDate(day.year, day.month, day.day)
