"""One alphabet for all scripts: lower-case Latin words, without marks, apostrophes and points."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from tocsin.record.names.lexicon import letters

ARABIC = re.compile(r"[\u0600-\u06ff]")
LONGEST = 1000
"""Characters of a name that are read; no list holds a longer one, and a paragraph is no name."""

_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_APOSTROPHES = re.compile(r"['\"`\u00b4\u2018\u2019\u201c\u201d\u02bb-\u02bf]")
_POINTED = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])\.?")
_SPLIT = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> tuple[str, ...]:
    """The words of a name in lower-case Latin letters and digits.

    Arabic letters are read letter by letter, so that the result can be compared by its consonants; other scripts by
    anyascii.

    Example:
        >>> fold("AL-SA'ATI, Şükrü")
        ('al', 'saati', 'sukru')
        >>> fold("قاسم سليماني")
        ('qasm', 'slymany')
        >>> fold("BOSACO S.A. de C.V.")
        ('bosaco', 'sa', 'de', 'cv')
    """
    text = _MARKS.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))
    if ARABIC.search(text):
        text = " ".join(_from_arabic(word) if ARABIC.search(word) else word for word in text.split())
    text = text if text.isascii() else anyascii(_APOSTROPHES.sub("", text))
    text = _POINTED.sub(lambda m: m[0].replace(".", "") + " ", _APOSTROPHES.sub("", text))
    return tuple(word for word in _SPLIT.split(text.lower()) if word)


@lru_cache(maxsize=10_000)
def _from_arabic(word: str) -> str:
    """A word of Arabic letters in Latin ones; the article and the names it joins are set apart."""
    word = re.sub(r"[^\w]", " ", word).strip()
    known, read = letters()["words"], letters()["arabic"]
    if word in known:
        return str(known[word])
    for front in ("عبد", "ابو", "أبو"):
        if word.startswith(front) and len(word) > len(front) + 1:
            return f"{known[front]} {_from_arabic(word[len(front) :])}"
    if word.startswith("ال") and len(word) > 3:
        return f"al {_from_arabic(word[2:])}"
    return "".join(read.get(letter, letter) for letter in word)
