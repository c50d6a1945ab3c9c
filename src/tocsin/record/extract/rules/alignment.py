"""Who is said to stand with whom, who supports whom, and which states are rivals."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Span
from tocsin.record.extract.rules.antecedents import the_group
from tocsin.record.extract.rules.clauses import (
    argument,
    as_said,
    is_denied,
    names_of,
    parsed_sentences,
    subject_of,
    words,
)  # fmt: skip
from tocsin.record.extract.rules.frames import claims_by
from tocsin.record.extract.rules.swallowed import is_a_common_noun, known_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from tocsin.record.claim import Argument, Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated, Mention
    from tocsin.record.extract.rules.clauses import Parsed

_PARTIES = (EntityType.STATE, EntityType.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of `alignment.toml` that no pattern of a predicate covers."""

    joined: re.Pattern[str]
    rivals: frozenset[str]
    rivalry: frozenset[str]
    any_rival: re.Pattern[str]


@cache
def cues() -> Cues:
    """The cues as the data file has them."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("alignment.toml").read_text("utf-8"))
    nouns = "|".join(map(re.escape, (*told["rivals"], *told["rivalry"])))
    return Cues(
        re.compile(rf"\s?[-\u2010\u2011]\s?(?:{'|'.join(told['joined'])})\b", re.IGNORECASE), frozenset(told["rivals"]),
        frozenset(told["rivalry"]), re.compile(rf"\b(?:{nouns})\b", re.IGNORECASE),
    )  # fmt: skip


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """Claims of kinds aligned-with and supports; rivalry is said in the role `how`."""
    yield from claims_by("alignment", annotated, document)
    for parsed in parsed_sentences(annotated, cues().joined):
        yield from _joined(_opened(parsed), document)
    for parsed in parsed_sentences(annotated, cues().any_rival):
        yield from _rivals(parsed, document)


def _opened(parsed: Parsed) -> Parsed:
    """The sentence with the patron found in what was taken for a name: 'Iran-backed militia' names nobody but Iran."""
    mentions: list[Mention] = []
    for name in parsed.mentions:
        taken = name.type is EntityType.ORGANISATION and is_a_common_noun(name)
        mentions += ([m for m in known_within(name) if _is_joined(m, name)] if taken else []) or [name]
    return replace(parsed, mentions=tuple(mentions))


def _is_joined(patron: Mention, name: Mention) -> bool:
    end = patron.span.end - name.span.start
    return patron.type in _PARTIES and cues().joined.match(name.span.words, end) is not None


def _joined(parsed: Parsed, document: Document) -> Iterator[Proposal]:
    """'Iranian-backed militias known as X', 'the Iran-aligned X and Y', 'X is Iranian-backed', 'X, an Iran-backed militia'."""
    for patron in parsed.mentions:
        found = cues().joined.match(parsed.span.words, patron.span.end - parsed.span.start)
        if found is None or patron.type not in _PARTIES:
            continue
        at = Span.of(parsed.annotated.text.text, patron.span.start, parsed.span.start + found.end())
        towards = argument("aligned-with", "towards", patron)
        if towards is None:
            continue
        how = words("how", at)
        for actor, denied in _qualified(parsed, at):
            if actor.value is None or actor.value != towards.value:
                yield as_said("aligned-with", parsed, document, (actor, towards, how), at=at, denied=denied)


def _qualified(parsed: Parsed, at: Span) -> Iterator[tuple[Argument, bool]]:
    """The bodies that a joined word is said of, and whether it is denied of them."""
    noun = _noun_after(parsed, at)
    head = noun or _last_of(parsed, at)
    if head is not None and parsed.name_at(head) is None:
        denied = is_denied(head, subject_of(head))
        yield from ((actor, denied) for actor in _said_of(parsed, head))
    for name in _called(parsed, noun, at) if noun is not None else ():
        called = argument("aligned-with", "actor", name)
        if called is not None:
            yield called, False


def _last_of(parsed: Parsed, at: Span) -> Token | None:
    return next((t for t in parsed.tokens if parsed.offset + t.idx + len(t) == at.end), None)


def _said_of(parsed: Parsed, head: Token) -> list[Argument]:
    """The bodies that a predicate is said of: 'X is Iranian-backed', 'X is an Iranian-backed militia', the same in apposition."""
    if head.dep_ in {"acomp", "attr", "oprd"} and head.head.lemma_ in {"be", "remain", "become"}:
        subject = subject_of(head)
    elif head.dep_ == "appos" and head.pos_ in {"NOUN", "PROPN"}:
        subject = head.head
    else:
        return []
    if subject is None:
        return []
    names = names_of(parsed, subject, (EntityType.ORGANISATION,))
    bound = the_group(parsed, subject, "actor") if not names else None
    return [a for n in names if (a := argument("aligned-with", "actor", n)) is not None] + ([bound] if bound else [])


def _noun_after(parsed: Parsed, at: Span) -> Token | None:
    """The noun that a joined word stands before."""
    token = _last_of(parsed, at)
    while (
        token is not None
        and token.dep_ in {"amod", "compound", "nmod", "advmod", "npadvmod"}
        and token.head.i > token.i
    ):
        token = token.head
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "nmod", "npadvmod"}:
            return token
    return None


def _called(parsed: Parsed, noun: Token, at: Span) -> tuple[Mention, ...]:
    """The bodies a qualified noun names; of a list, only the first is qualified for sure."""
    first = parsed.name_at(noun)
    if first is not None and first.type is EntityType.ORGANISATION and first.span.start >= at.end:
        return (first,)
    if first is not None:
        return ()
    named = names_of(parsed, noun, (EntityType.ORGANISATION,))
    own = tuple(
        m for c in noun.children if c.dep_ == "compound" and (m := parsed.name_at(c)) is not None
        and m.type is EntityType.ORGANISATION and m.span.start >= at.end
    )  # fmt: skip
    return own or tuple(m for m in named if m.span.start >= at.end)


def _rivals(parsed: Parsed, document: Document) -> Iterator[Proposal]:
    """'A and B, rivals', 'the rivals A and B', 'the rivalry between A and B', 'A and B are rivals'."""
    for token in parsed.tokens:
        if token.lower_ in cues().rivals:
            sides = _side_by_side(parsed, token)
        elif token.lower_ in cues().rivalry:
            sides = _between(parsed, token)
        else:
            continue
        if len(sides) != 2 or sides[0].known == sides[1].known:
            continue
        how = parsed.stretch([token])
        one, other = argument("supports", "supporter", sides[0]), argument("supports", "supported", sides[1])
        if one is not None and other is not None:
            yield as_said("supports", parsed, document, (one, other, words("how", how)), at=how)


def _side_by_side(parsed: Parsed, token: Token) -> tuple[Mention, ...]:
    """The two states that a noun in the plural stands beside."""
    anchors = [token.head] if token.dep_ == "appos" else [c for c in token.children if c.dep_ == "appos"]
    if token.dep_ == "attr":
        anchors = [c for c in token.head.children if c.dep_ == "nsubj"]
    if token.dep_ in {"appos", "conj"} and token.head.dep_ == "conj":  # 'A and B, rivals' hung on the second
        anchors = [token.head.head]
    for anchor in anchors:
        sides = names_of(parsed, anchor, (EntityType.STATE,))
        if len(sides) == 2:
            return sides
    return _written_beside(parsed, token)


def _written_beside(parsed: Parsed, token: Token) -> tuple[Mention, ...]:
    """'A and B, rivals' as it is written, where the parse lost it."""
    at = parsed.offset + token.idx
    states = [m for m in parsed.mentions if m.type is EntityType.STATE]
    for one, other in pairwise(states):
        text = parsed.annotated.text.text
        joined = text[one.span.end : other.span.start] in {" and ", " and the "}
        before = re.fullmatch(
            r",?\s+(?:(?:the|two|both|regional|old|bitter|long-time|longtime|sworn)\s+)*", text[other.span.end : at]
        )
        after = text[at + len(token) : one.span.start].strip(" ,") == "" and at < one.span.start
        if joined and (before or after):
            return one, other
    return ()


def _between(parsed: Parsed, token: Token) -> tuple[Mention, ...]:
    for prep in token.children:
        if prep.lower_ == "between":
            for noun in prep.children:
                return names_of(parsed, noun, (EntityType.STATE,))
    return ()
