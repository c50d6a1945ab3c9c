"""The words by which names of parties are cut out of a sentence and told apart."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `parties.toml`."""

    particles: frozenset[str]
    inner: frozenset[str]
    heads: frozenset[str]
    organisation: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    openers: frozenset[str]
    nobody: frozenset[str]
    places: frozenset[str]
    attributes: frozenset[str]
    demonyms: frozenset[str]
    trades: frozenset[str]
    portfolios: frozenset[str]
    function: frozenset[str]
    firms: frozenset[str]
    suffixes: frozenset[str]
    breaks: frozenset[str]
    offices: frozenset[str]
    no_party: frozenset[str]
    generic: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words as the data file has them."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("parties.toml").read_text("utf-8"))
    return Lexicon(**{name: frozenset(told[name]) for name in Lexicon.__dataclass_fields__})
