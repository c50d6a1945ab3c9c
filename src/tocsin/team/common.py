"""Passwords that guessers try first: common words, years and digits around them, keys in a row, repetitions."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

WORDS: Final = frozenset(files(__package__).joinpath("common.txt").read_text(encoding="utf-8").split())
"""Words that lead lists of guessed passwords, chosen by us, and words of this field: alone or joined they guard nothing."""
ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "1234567890",
               "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "qazwsxedcrfvtgbyhnujmikolp", "!@#$%^&*()")  # fmt: skip
MIRRORED: Final = tuple(way * 2 for row in ROWS for way in (row, row[::-1]))
PLAIN: Final = str.maketrans("013457@$!", "oieastasi")
"""Digits and signs that stand for letters."""
LONGEST: Final = max(map(len, WORDS))


def is_common(password: str) -> bool:
    """Whether a guesser would come upon a password early.

    Example:
        >>> [is_common(p) for p in ("Password2026!", "qwertyuiop123", "abcabcabcabc", "slate orchard kettle")]
        [True, True, True, False]
    """
    low = password.lower()
    forms = (low, low.translate(PLAIN), re.sub(r"^[^a-z@$]+|[^a-z@$]+$", "", low).translate(PLAIN))
    return _repeats(low) or _steps(low) or any(_of_words(form) for form in forms)


def _repeats(text: str) -> bool:
    """A unit of up to six characters, over and over; or hardly more than three different characters."""
    return len(set(text)) <= 3 or any(
        (text[:n] * (len(text) // n + 1))[: len(text)] == text for n in range(1, min(6, len(text) // 2) + 1)
    )


def _steps(text: str) -> bool:
    """Nothing but rows of keys, the alphabet or digits, each of three or more, in at most four pieces."""
    pieces, at = 0, 0
    while at < len(text):
        reach = max((_along(text, at, row) for row in MIRRORED), default=0)
        if reach < 3:
            return False
        pieces, at = pieces + 1, at + reach
    return pieces <= 4


def _along(text: str, at: int, row: str) -> int:
    """How many characters from a place on follow one another in a row of keys."""
    start = row.find(text[at])
    count = 0
    while start >= 0 and start + count < len(row) and at + count < len(text) and row[start + count] == text[at + count]:
        count += 1
    return count


def _of_words(text: str) -> bool:
    """At most three common words, with digits and signs around and between them."""
    letters = re.sub(r"[^a-z]", "", text)
    return bool(letters) and letters.isascii() and _fewest(letters) <= 3


@cache
def _fewest(letters: str) -> int:
    """The fewest common words that make up the letters; a thousand where none do."""
    if not letters:
        return 0
    lengths = range(1, min(LONGEST, len(letters)) + 1)
    return min((1 + _fewest(letters[n:]) for n in lengths if letters[:n] in WORDS), default=1000)
