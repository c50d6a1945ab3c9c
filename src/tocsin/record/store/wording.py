"""Words of a text with their places, folded so that marks, case and scripts' variants do not hide them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_COMBINING = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_COMBINING}{_UNSEEN}])*")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
LONGEST_WORD = 100
"""Characters by which a word is known; the rest of a longer one does not count."""


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """One word without case, combining marks and characters that are not seen.

    Example:
        >>> fold_word("ŞÜKRÜ"), fold_word("Straße")
        ('sukru', 'strasse')
    """
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parted if c.isalnum())[:LONGEST_WORD]


def words_of(text: str) -> list[str]:
    r"""The folded words of a text, in order.

    Example:
        >>> words_of("Hashd al-Sha'abi, 2014")
        ['hashd', 'al', 'sha', 'abi', '2014']
    """
    if text.isascii():
        return [word[:LONGEST_WORD] for word in _ASCII_WORD.findall(text.lower())]
    return [folded for match in _WORD.finditer(text) if (folded := fold_word(match[0]))]


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text in order, each with where it begins and ends.

    Example:
        >>> placed_words("Öz left")
        [('oz', 0, 2), ('left', 3, 7)]
    """
    found = [(fold_word(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
    return [word for word in found if word[0]]


def stretches(text: str, is_wanted: Callable[[tuple[str, ...]], bool], *, longest: int) -> Iterator[tuple[int, int]]:
    """Where runs of up to `longest` words are wanted, the longest run first; runs do not overlap.

    Args:
        text: what is looked through.
        is_wanted: asked with the folded words of each run.
        longest: words in the longest run.
    """
    found = placed_words(text)
    at = 0
    while at < len(found):
        for size in range(min(longest, len(found) - at), 0, -1):
            if is_wanted(tuple(word for word, _, _ in found[at : at + size])):
                yield found[at][1], found[at + size - 1][2]
                at += size
                break
        else:
            at += 1


@lru_cache(maxsize=50_000)
def folded_name(name: str) -> str:
    """A name as entities are told apart by it: transliterated, without case and marks; never empty for a name.

    Example:
        >>> folded_name("Ministry of the Interior"), folded_name("★")
        ('ministry of the interior', '★')
    """
    return " ".join(fold(name)) or " ".join(words_of(name)) or name.strip()
