"""Whom 'the group' means: the one group that the sentences before it name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, EntityType, Step
from tocsin.record.extract.knowledge import knowledge_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tocsin.record.extract.mention import Mention
    from tocsin.record.extract.rules.clauses import Parsed

_SENTENCES_BACK = 2
_ALONE = frozenset({"det", "relcl", "punct"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `antecedents.toml`."""

    nouns: frozenset[str]
    determiners: frozenset[str]
    kinds: frozenset[str]
    state_bodies: frozenset[str]


@cache
def lexicon() -> Words:
    """The words as the data file has them."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("antecedents.toml").read_text("utf-8"))
    return Words(*(frozenset(told[name]) for name in ("nouns", "determiners", "kinds", "state_bodies")))


def the_group(parsed: Parsed, noun: Token, role: str) -> Argument | None:
    """'The group' as the only group that the nearest sentence before names; None where it names none or several.

    Sentences of the same paragraph count, two back at most. A ministry, an army or a newspaper is no group. Where the
    sentence itself names another group before the words, nobody can tell whom they mean.
    """
    if noun.lower_ not in lexicon().nouns or parsed.name_at(noun) is not None:
        return None
    determiners = [c for c in noun.children if c.dep_ == "det" and c.lower_ in lexicon().determiners]
    if not determiners or any(c.dep_ not in _ALONE for c in noun.children):
        return None
    said = parsed.stretch([*determiners, noun])
    named = _named_before(parsed)
    here = [m for m in parsed.mentions if m.span.end <= said.start and _is_a_group(m)]
    if named is None or any(_name(m) != _name(named) for m in here):
        return None
    return Argument(role, EntityType.ORGANISATION, named.span, Step.PRONOUN, named.known, said)


def _named_before(parsed: Parsed) -> Mention | None:
    """The group of the nearest sentence before that names any."""
    annotated = parsed.annotated
    segment = annotated.text.segment_at(parsed.span.start)
    start = segment.start if segment is not None else parsed.span.start
    before = [s for s in annotated.sentences if start <= s.start and s.end <= parsed.span.start]
    for sentence in reversed(before[-_SENTENCES_BACK:]):
        groups = [m for m in annotated.mentions_in(sentence) if _is_a_group(m)]
        if groups:
            return groups[-1] if len({_name(m) for m in groups}) == 1 else None
    return None


def _name(mention: Mention) -> str:
    return mention.known or mention.span.words.lower()


def _is_a_group(mention: Mention) -> bool:
    """Whether a name can be that of a group: by its kind where it is known, else by its own words."""
    if mention.type is not EntityType.ORGANISATION:
        return False
    entry = knowledge_of(None).by_id.get(mention.known) if mention.known is not None else None
    if entry is not None:
        return entry.kind in lexicon().kinds
    return not lexicon().state_bodies & set(mention.span.words.lower().split())
