"""The words of posts, and the patterns made of them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CAPITAL = r"(?:[A-Z\u2018'\u2019][\w.\u2019'&/-]*|al-[A-Z][\w\u2019'-]*)"
BODY = rf"{CAPITAL}(?:\s+(?:(?:of|for|and|the|of the|al)\s+)?{CAPITAL})*"
MANNER = frozenset({"deputy", "acting", "senior", "vice", "assistant", "interim", "u.s.", "us"})
"""Words that belong to a title even where they are written with a capital and its noun is not."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `roles.toml`, and the patterns made of them."""

    noun: re.Pattern[str]
    departments: str
    portfolios: str
    fields: str
    seats: re.Pattern[str]
    before: frozenset[str]
    times: frozenset[str]
    over: frozenset[str]
    stops: frozenset[str]
    ranks: frozenset[str]
    copulas: str
    roles: str
    leading: str
    groups: str
    described: str
    names_too: frozenset[str]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


def _patterns(told: Iterable[str]) -> str:
    return "|".join(w.replace(" ", r"\s+") for w in told)


@cache
def lexicon() -> Lexicon:
    """The words and patterns, made once from the data file."""
    told = tomllib.loads(files("tocsin.record.extract.rules.posts").joinpath("roles.toml").read_text("utf-8"))
    return Lexicon(
        noun=re.compile(
            rf"(?:(?<![\w-])|(?<=then-)|(?<=ex-))(?:(?:{_either(told['nouns'])})(?![\w-])"
            rf"|(?:{_either(told['linked'])})(?=\s+(?:to|of|for)\b|\s*[,.;:)]))",
            re.IGNORECASE,
        ),
        departments=_either(told["departments"]),
        portfolios=_either(told["portfolios"]),
        fields=_either(told["fields"]),
        seats=re.compile(rf"\s+of\s+(?:the\s+)?(?P<front>(?:{BODY}\s+)??)(?P<seat>{_either(told['seats'])})(?![\w-])"),
        before=frozenset(w.casefold() for w in told["before"]),
        times=frozenset(told["times"]), over=frozenset(told["over"]), stops=frozenset(told["stops"]),
        ranks=frozenset(told["ranks"]), copulas=_patterns(told["copulas"]), roles=_patterns(told["roles"]),
        leading=_either(told["leading"]),
        groups=_either(told["groups"]), described=_either(told["described"]), names_too=frozenset(told["names_too"]),
    )  # fmt: skip


def portfolio_end(words: str, end: int, noun: str) -> int:
    """Where a title ends that names what it is for: 'Minister of Oil', 'Secretary of the Treasury for ...'."""
    told = lexicon()
    if noun.endswith(("secretary", "secretaries")):
        match = re.compile(rf"\s+of\s+(?:{told.departments})(?![\w-])").match(words, end)
        end = match.end() if match else end
    if noun.endswith(("minister", "ministers")) and noun != "prime minister":
        match = re.compile(
            rf"\s+(?:of|for)\s+(?:the\s+)?(?:{told.fields})(?:(?:,?\s+and\s+(?:the\s+)?|\s*&\s*|,\s+|\s+)(?:{told.fields}))*(?![\w-])"
        ).match(words, end)
        end = match.end() if match else end
    match = re.compile(rf"\s+for\s+(?:the\s+)?(?:{told.portfolios})(?![\w-])").match(words, end)
    return match.end() if match else end
