"""A post as written, and as compared: the same post under several names, and whether many hold it at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tocsin.record.names import fold


@dataclass(frozen=True, slots=True)
class Post:
    """A post, without the words that say when or how it is held.

    Attributes:
        name: folded, in the form by which posts are compared.
        one_seat: whether only one person can hold it at a time in one organisation.
        past: whether the words say that it is held no longer.
    """

    name: str
    one_seat: bool
    past: bool = False


@dataclass(frozen=True, slots=True)
class _Lexicon:
    manner: frozenset[str]
    many_words: frozenset[str]
    one_seat: frozenset[str]
    indefinite: frozenset[str]
    same: dict[str, str]


@cache
def _lexicon() -> _Lexicon:
    told = tomllib.loads((files("tocsin.record.identity") / "posts.toml").read_text("utf-8"))
    manner, many, one, indefinite = (
        frozenset(told[name]) for name in ("manner", "many_words", "one_seat", "indefinite")
    )  # fmt: skip
    return _Lexicon(manner, many, one, indefinite, told["same"])


@lru_cache(maxsize=65536)
def read_post(words: str) -> Post:
    """Read a post.

    Example:
        >>> read_post("Premier").name, read_post("the former Prime Minister").past
        ('prime minister', True)
        >>> [read_post(post).one_seat for post in ("commander", "deputy commander", "a spokesman", "Secretary-General")]
        [True, False, False, True]
    """
    known = _lexicon()
    folded = fold(words)
    indefinite = bool(folded) and folded[0] in known.indefinite
    past = any(word in {"former", "ex", "then", "late"} for word in folded[:2])
    bare = list(folded)
    while len(bare) > 1 and bare[0] in known.manner:
        bare.pop(0)
    name = " ".join(bare)
    one = name in known.one_seat or not any(word in known.many_words for word in bare)
    return Post(known.same.get(name, name), one_seat=one and not indefinite and bool(bare), past=past)
