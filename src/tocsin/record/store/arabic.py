"""Words of Arabic script without the letters that only some writers tell apart, and without what is written onto them."""

# ruff: noqa: RUF001  # other scripts are what is read here

from __future__ import annotations

import re
from functools import lru_cache

_IS_ARABIC = re.compile("[\u0600-\u06ff]")
_LETTERS = str.maketrans({
    "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ٱ": "ا", "ء": None, "ـ": None,
})  # fmt: skip
"""What is left to fold once marks are off: hamza on alif, waw or yeh is a mark by then."""
_BEFORE, _JOINED, _ARTICLE = "وف", "بلك", "ال"
_WITH_ARTICLE = re.compile(f"[{_BEFORE}]?(?:[بك]?ال|لل)(?=..)")
SHORTEST = 3
"""Letters that must be left when a conjunction or preposition is taken off; two are enough after the article."""


@lru_cache(maxsize=50_000)
def keys_of(word: str) -> tuple[str, ...]:
    """The forms under which a folded word of a text is found: itself, and without what is written onto its front.

    Example:
        >>> keys_of("والموصل"), keys_of("مدرسة"), keys_of("mosul")
        (('والموصل', 'الموصل', 'موصل'), ('مدرسه',), ('mosul',))
    """
    if not _IS_ARABIC.search(word):
        return (word,)
    rest = word.translate(_LETTERS)
    keys = [rest]
    for fronts in (_BEFORE, _JOINED):
        if rest[:1] and rest[0] in fronts and len(rest) > SHORTEST:
            front, rest = rest[0], rest[1:]
            keys.append(rest)
            if fronts == _JOINED and front == rest[0] == "ل":
                keys.append(rest[1:])
    if rest.startswith(_ARTICLE) and len(rest) >= len(_ARTICLE) + 2:
        keys.append(rest[len(_ARTICLE) :])
    return tuple(dict.fromkeys(key for key in keys if key))


def asked_as(word: str) -> str:
    """The form in which a folded word is asked for: without its article, which every word of a text is indexed without.

    Example:
        >>> asked_as("الحشد"), asked_as("وزير"), asked_as("للموصل")
        ('حشد', 'وزير', 'موصل')
    """
    if not _IS_ARABIC.search(word):
        return word
    plain = word.translate(_LETTERS)
    return _WITH_ARTICLE.sub("", plain) if _WITH_ARTICLE.match(plain) else plain
