"""One part of a name under two keys: a regular spelling, and its consonants."""

from __future__ import annotations

import re
from functools import lru_cache

from tocsin.record.names.lexicon import families, letters

_DOUBLED = re.compile(r"(.)\1+")
_SYLLABLE = re.compile(
    r"(?:ch|kk|pp|ss|tt|hs|sh|[bcdghjklmnprst])?[yw]?(?:ae|eo|eu|oe|ui|oo|ou|[aeiou])(?:ng|[bgklmnpst])?"
)
_VOWELS = re.compile(r"[aiu]")


@lru_cache(maxsize=200_000)
def spelling(word: str) -> str:
    """A regular spelling: families of transliteration brought together, doubled letters single.

    Example:
        >>> spelling("kassem") == spelling("qasim") == spelling("ghassem")
        True
        >>> spelling("yousef"), spelling("yusuf")
        ('usuf', 'usuf')
        >>> spelling("dabisi"), spelling("dubaysi")
        ('dabisi', 'dubaisi')
    """
    key = families().get(word, word)
    for old, new in letters()["spelling"]["rules"]:
        key = key.replace(old, new)
    key = _DOUBLED.sub(r"\1", key)
    return key[:-1] if len(key) > 3 and key.endswith("ah") else key


@lru_cache(maxsize=50_000)
def syllable(word: str) -> str | None:
    """A syllable of an East Asian name with its stops in one row: `chin` and `jin`; None for a word that is none.

    Example:
        >>> syllable("chang") == syllable("jang"), syllable("pom") == syllable("bom"), syllable("hassan")
        (True, True, None)
    """
    if len(word) > 6 or not _SYLLABLE.fullmatch(word):
        return None
    for old, new in letters()["syllables"]["rules"]:
        word = word.replace(old, new)
    return word


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants, and `a` for whatever vowel stands first: what Arabic script and Latin spellings share.

    Example:
        >>> skeleton("slymany"), skeleton("soleimani"), skeleton("umar")
        ('slmn', 'slmn', 'amr')
    """
    key = spelling(word)
    head, rest = key[:1], _VOWELS.sub("", key[1:])
    bare = (("a" if _VOWELS.match(head) else head) + rest).removesuffix("h") or head
    return _DOUBLED.sub(r"\1", bare)
