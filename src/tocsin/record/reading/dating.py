"""The publication date of a document: in its metadata, in a dateline at its head, in its file's name."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module

from tocsin.case.dates import PartialDate

HEAD = 1500  # characters in which a dateline stands
LINE = 160
EARLIEST = 1900
FEW_LETTERS = 6  # beside a date in a foreign language that stands alone
MONTHS = {
    word: number
    for number, words in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1,
    )
    for word in words.split()
}  # fmt: skip
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_ENGLISH = (
    re.compile(rf"\b(?P<m>{_NAMES})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_NAMES})\.?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE
    ),
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    re.compile(rf"\b(?P<m>{_NAMES})\.?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
)
_ISO = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d.])")
_PDF = re.compile(r"\s*(?:D:)?(\d{4})(\d{2})(\d{2})")
_IN_NAME = (
    re.compile(r"(?<!\d)(\d{4})[-_.](\d{2})[-_.](\d{2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)"),
    re.compile(r"(?<![\d.-])((?:19|20)\d{2})[-_](\d{2})(?![\d-])"),
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\.?"
_PLACE = re.compile(
    r"\W*(?:[A-Z][A-Z.'\u2019\-\s,/()]{2,60}|(?:[A-Z][\w.'\u2019\-]*,?\s?){1,4}(?=[,(\u2013\u2014\-]))"
    rf"(?:\([\w\s.]{{2,30}}\))?[\s,(\u2013\u2014:|\-]*(?i:{_DAY})?[\s,(\u2013\u2014:|\-]*"
)
_SAID = re.compile(
    r"(?:^\W*|[|\u00b7\u2022\u2013\u2014]\s*)(?:(?:first|last|originally|article|page|date|was|for|immediate|on)\s+){0,3}"
    r"(?:published|posted|updated|modified|released?|issued|dated?|press release)\b"
    r"(?:\s+(?:date|on|at|in|as of))?(?:\s*(?:no|number)?\.?\s*[\w/]*\d[\w/]*)?"
    rf"[\s:,|(\u2013\u2014\-]*(?:{_DAY})?[\s,]*(?:the\s+)?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"^\W*$|^\s*(?:[\u2013\u2014|:)\]-]|\(|$|at\b|\d{1,2}[:.]\d{2}|by\b)", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?:on|in|since|until|till|by|from|of|between|and|to|the|after|before|during|early|late|mid|through|as|around|about)[\s-]*$",
    re.IGNORECASE,
)
_IN_A_SENTENCE = re.compile(r"(?:^|\s)[a-z]\w*\s*$|\s[a-z]{2,}\s")
_NEXT_SENTENCE = re.compile(r"^\s*[.;?!]\s*\w")
_FOREIGN = re.compile(r"\b\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12}\.?\s+(?:de\s+)?(?:19|20)\d{2}\b")


def date_in_meta(value: str | None) -> PartialDate | None:
    """A date as metadata write it: ISO 8601, PDF's `D:2020...`, or English words.

    Example:
        >>> str(date_in_meta("2020-03-03T09:00:00Z")), str(date_in_meta("D:20140610120000")), date_in_meta("soon")
        ('2020-03-03', '2014-06-10', None)
    """
    if not value or len(value) > 200:
        return None
    for pattern in (_PDF, _ISO):
        found = pattern.match(value)
        if found:
            made = _partial(*found.groups())
            if made is not None:
                return made
    return next((made for pattern in _ENGLISH for made in [_of(pattern.search(value))] if made), None)


def dateline(text: str) -> PartialDate | None:
    """The date that stands at the head of a text as its date, not one of which the text speaks.

    It is a line that is little but a date, a date after 'published' and the like, or one after a place in capitals.
    Foreign names of months are read by dateparser where that is installed, and only where the line is a date alone.

    Example:
        >>> str(dateline("WASHINGTON, March 3, 2020 - The office said today"))
        '2020-03-03'
        >>> dateline("On 10 June 2014 the city fell.") is None
        True
    """
    lines = [line.strip() for line in text[:HEAD].splitlines()]
    headed = [(line, above) for line, above in zip(lines, ["", *lines], strict=False) if line]
    for line, above in headed[:12]:
        found = None if _SPOKEN.search(above) else _in_line(line)
        if found is not None:
            return found
    return next((made for line, _ in headed[:6] for made in [_foreign(line)] if made), None)


def date_in_name(name: str) -> PartialDate | None:
    """The date in a file's name.

    Example:
        >>> str(date_in_name("notes/2020-12-08-mission.md")), str(date_in_name("un_2016-07_map.txt"))
        ('2020-12-08', '2016-07')
    """
    last = name.rpartition("/")[2]
    for pattern in _IN_NAME:
        for found in pattern.finditer(last):
            made = _partial(*found.groups())
            if made is not None:
                return made
    return None


def _in_line(line: str) -> PartialDate | None:
    for pattern in _ENGLISH:
        found = pattern.search(line, 0, LINE)
        made = _of(found)
        if found is None or made is None:
            continue
        before, after = line[: found.start()], line[found.end() :]
        if _is_alone(before, after) or (_ENDS.match(after) and (_PLACE.fullmatch(before) or _SAID.search(before))):
            return made
    return None


def _is_alone(before: str, after: str) -> bool:
    """Whether a line is little but its date: the end of a short sentence ('It fell 10 June 2014.') is not."""
    few = sum(map(str.isalpha, before)) <= 12 and sum(map(str.isalpha, after)) <= 8
    spoken = _SPOKEN.search(before) or _IN_A_SENTENCE.search(before) or _NEXT_SENTENCE.match(after)
    return few and not spoken


def _of(found: re.Match[str] | None) -> PartialDate | None:
    if found is None:
        return None
    told = found.groupdict()
    month = told["m"]
    return _partial(told["y"], month if month.isdigit() else str(MONTHS[month.lower()]), told.get("d"))


def _partial(year: str, month: str | None = None, day: str | None = None) -> PartialDate | None:
    y, m, d = int(year), int(month) if month else None, int(day) if day else None
    try:
        date(y, m or 1, d or 1)
    except ValueError:
        return None
    return PartialDate(y, m, d) if EARLIEST <= y <= 2100 else None


def _foreign(line: str) -> PartialDate | None:
    found = _FOREIGN.search(line)
    if found is None or any(pattern.search(line) for pattern in _ENGLISH):
        return None
    if sum(map(str.isalpha, line)) - sum(map(str.isalpha, found.group())) > FEW_LETTERS:
        return None
    try:
        parsed = import_module("dateparser").parse(found.group(), settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    except ImportError:
        return None
    return None if parsed is None else _partial(str(parsed.year), str(parsed.month), str(parsed.day))
