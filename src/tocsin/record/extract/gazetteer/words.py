"""Words of a text in a form in which spellings of one name are alike, in Latin and Arabic script."""

# ruff: noqa: RUF001  # other scripts and typographic marks are what is read here

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

APOSTROPHES = "'’‘ʼʿʾ`´"
ARTICLES = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "at", "az", "an", "il"})
"""Ways the Arabic article is written in Latin script before a name."""

_ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06fa-\u06ff\u0750-\u077f"
_WORD = re.compile(
    rf"[{_ARABIC}\u0640]+|(?:(?![{_ARABIC}])[^\W_])+(?:[{APOSTROPHES}](?!s\b)(?:(?![{_ARABIC}])[^\W_])+)*"
    rf"(?:\.(?=[A-Z]\.)[A-Z])*"
)
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]")
_ARABIC_LETTERS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ء": None,
})  # fmt: skip
_LATIN_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "ß": "ss"} | dict.fromkeys(APOSTROPHES)
)
_SHORTEST = 3
"""Letters an Arabic word must keep when a prefix is taken off."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands, and the keys under which a name could have it.

    Attributes:
        start, end: offsets in the text, in code points.
        keys: `(skipped, key)`: the folded word, for Arabic also without its prefixes, with how many characters these take.
    """

    start: int
    end: int
    keys: tuple[tuple[int, str], ...]


def words(text: str) -> list[Word]:
    """All words of a text, in order.

    Example:
        >>> [word.keys[0][1] for word in words("Kata'ib Ḥizballāh, al-Anbar")]
        ['kataib', 'hizballah', 'al', 'anbar']
        >>> [key for _, key in words("وبالموصل")[0].keys]
        ['وبالموصل', 'بالموصل', 'الموصل', 'موصل']
    """
    return [Word(m.start(), m.end(), _keys(m.group())) for m in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def _keys(word: str) -> tuple[tuple[int, str], ...]:
    return _arabic_keys(word) if "\u0600" <= word[0] <= "\u077f" else ((0, _latin(word)),)


@lru_cache(maxsize=65536)
def folded(name: str) -> tuple[str, ...]:
    """A name as the keys of its words, the Arabic article of Arabic script left off.

    Example:
        >>> folded("Al-Ḥashd ash-Shaʿbī"), folded("الحشد الشعبي")
        (('al', 'hashd', 'ash', 'shabi'), ('حشد', 'شعبي'))
    """
    return tuple(word.keys[-1][1] if _bare(word) else word.keys[0][1] for word in words(name))


def _bare(word: Word) -> bool:
    """Whether the word's last key is the word without its article alone."""
    return len(word.keys) > 1 and word.keys[0][1].startswith("ال")


def _latin(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.replace(".", ""))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower().translate(_LATIN_LETTERS)


def _arabic_keys(word: str) -> tuple[tuple[int, str], ...]:
    """The word, and what is left of it without `و ف`, then `ب ل ك`, then the article `ال`."""
    keys = [(0, _arabic(word))]
    skipped, rest = 0, word
    for prefixes in ("وف", "بلك"):
        if rest[:1] and rest[0] in prefixes and len(_arabic(rest)) > _SHORTEST:
            skipped, rest = skipped + 1, rest[1:]
            keys.append((skipped, _arabic(rest)))
            if prefixes == "بلك" and word[skipped - 1] == "ل" and rest[:1] == "ل":
                keys.append((skipped, _arabic(rest[1:])))
    bare = _arabic(rest)
    if bare.startswith("ال") and len(bare) - 2 >= _SHORTEST - 1:
        keys.append((skipped, bare[2:]))
    return tuple(keys)


def _arabic(word: str) -> str:
    return _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
