"""Words as they are printed: days written out, and text with nothing in it that is not text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from datetime import date

BREAKS = re.compile("[ \t\n\r\f\v\u2028\u2029]+")


def long_date(day: date) -> str:
    """A day as a reader says it.

    Example:
        >>> from datetime import date
        >>> long_date(date(2014, 5, 31))
        '31 May 2014'
    """
    return f"{day.day} {day:%B %Y}"


def clean(text: str) -> str:
    r"""Text on one line, without control characters and halves of characters; no-break spaces stay.

    Example:
        >>> clean("13\u00a0%\n  of\x00 them")
        '13\xa0% of them'
    """
    return "".join(c for c in BREAKS.sub(" ", text) if category(c) not in {"Cc", "Cs"} and not _no_character(c)).strip()


def _no_character(character: str) -> bool:
    point = ord(character)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def mark(n: int) -> str:
    """The letter of the nth footnote, from 1; letters, so that no mark reads as part of a number.

    Example:
        >>> mark(1), mark(26), mark(27)
        ('a', 'z', 'aa')
    """
    letters = ""
    while n > 0:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
