"""Who is said to have said it, in a form in which one speaker or one article is the same in two documents."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from tocsin.record.names import fold


@cache
def _generic() -> frozenset[str]:
    told = tomllib.loads((files("tocsin.record.identity") / "speakers.toml").read_text("utf-8"))
    return frozenset(told["generic"])


@lru_cache(maxsize=65536)
def speaker_key(words: str) -> str | None:
    """What tells a speaker, publisher or article from others; None for one that nobody can tell apart.

    Example:
        >>> speaker_key("a Politico report"), speaker_key("Politico"), speaker_key("four unnamed diplomats")
        ('politico', 'politico', None)
    """
    telling = [word for word in fold(words) if word not in _generic()]
    return " ".join(telling) or None
