"""Legal authorities in a sentence: executive orders, statutes, resolutions; and which writings are one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tocsin.record.claim import Span

_BARE = re.compile(r"1[0-9]{4}")
_MORE = re.compile(r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*)(?P<n>1[0-9]{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal authority where it stands in a text.

    Attributes:
        span: its name as written.
        key: the authority, whichever way it is written, as `eo 13224`.
    """

    span: Span
    key: str


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("authorities.toml").read_text("utf-8"))
    return tuple((re.compile(rf"\b(?:{_spaced(row['form'])})(?!\d)"), row["key"]) for row in told["authority"])


def _spaced(form: str) -> str:
    return form.replace("? ?", "?\\s?").replace(" ?", "\\s{0,2}").replace(" ", "\\s+")


def instruments_in(sentence: Span) -> tuple[Instrument, ...]:
    """The authorities that a sentence names, in order; of two that overlap the longer.

    Example:
        >>> said = "They act under Executive Order (E.O.) 13224 and E.O.s 13572 and 13582."
        >>> [found.key for found in instruments_in(Span.of(said, 0, len(said)))]
        ['eo 13224', 'eo 13572', 'eo 13582']
    """
    found: list[tuple[int, int, str]] = []
    for pattern, key in _forms():
        for match in pattern.finditer(sentence.words):
            groups = {name: value or "" for name, value in match.groupdict().items()}
            found.append((match.start(), match.end(), key.format(**groups)))
            at = match.end()
            while key.startswith("eo") and (more := _MORE.match(sentence.words, at)):
                found.append((more.start("n"), more.end("n"), f"eo {more['n']}"))
                at = more.end()
    kept: list[tuple[int, int, str]] = []
    for start, end, key in sorted(found, key=lambda f: (f[0], -f[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, key))
    at = sentence.start
    return tuple(Instrument(Span(at + s, at + e, sentence.words[s:e]), key) for s, e, key in kept)


def instrument_key(words: str) -> str:
    """The authority that words name; the words themselves, folded, where it is none that is known."""
    if _BARE.fullmatch(words.strip()):
        return f"eo {words.strip()}"
    found = instruments_in(Span.of(words, 0, len(words)))
    return found[0].key if found else " ".join(words.casefold().removeprefix("the ").split())
