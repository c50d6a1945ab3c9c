"""Bodies that put parties under legal measures: where they stand in a sentence, and which writings are one body."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tocsin.record.claim import Span

_IMPLIED = ("us-treasury", "us")


@dataclass(frozen=True, slots=True)
class Body:
    """A body where it stands in a text.

    Attributes:
        span: its name as written.
        key: the body, whichever way it is written.
    """

    span: Span
    key: str


@cache
def _forms() -> tuple[re.Pattern[str], tuple[str, ...]]:
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("bodies.toml").read_text("utf-8"))["body"]
    pairs = sorted(((form, row["id"]) for row in told for form in row["forms"]), key=lambda pair: -len(pair[0]))
    whole = "|".join(f"(?P<b{number}>{form})" for number, (form, _) in enumerate(pairs))
    return re.compile(rf"(?<![\w-])(?:{whole})(?![\w]|-(?:based|backed|linked|led))"), tuple(key for _, key in pairs)


def bodies_in(sentence: Span) -> tuple[Body, ...]:
    """The bodies that a sentence names, in order.

    Example:
        >>> said = "Today the State Department and OFAC acted."
        >>> [body.key for body in bodies_in(Span.of(said, 0, len(said)))]
        ['us-state', 'us-treasury']
    """
    pattern, keys = _forms()
    found = []
    for match in pattern.finditer(sentence.words):
        assert match.lastgroup is not None
        span = Span(sentence.start + match.start(), sentence.start + match.end(), match.group())
        found.append(Body(span, keys[int(match.lastgroup[1:])]))
    return tuple(found)


def body_key(words: str) -> str:
    """The body that words name; the words themselves, folded, where it is none that is known.

    Example:
        >>> body_key("OFAC") == body_key("the U.S. Department of the Treasury")
        True
    """
    found = bodies_in(Span.of(words, 0, len(words)))
    return found[0].key if found else " ".join(words.casefold().removeprefix("the ").split())


def same_body(left: str, right: str) -> bool:
    """Whether two writings can be one body: 'the United States' is whichever of its bodies acted."""
    one, other = body_key(left), body_key(right)
    return one == other or (one == "us" and other.startswith("us-")) or (other == "us" and one.startswith("us-"))
