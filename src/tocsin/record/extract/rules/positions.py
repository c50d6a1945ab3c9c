"""Who is for or against what, and on which condition."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, EntityType, Modality, Span
from tocsin.record.extract.rules.clauses import (
    argument,
    as_said,
    is_denied,
    is_passive,
    names_of,
    parsed_sentences,
    subject_of,
    words,
)  # fmt: skip
from tocsin.record.extract.rules.said import modality_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated, Mention
    from tocsin.record.extract.rules.clauses import Parsed

KIND = "position-on-question"
FOR, AGAINST, CONDITIONAL = "for", "against", "conditional"
_CAPITAL = re.compile(r"([A-Z]{3}):\w+")
_ACTORS = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.STATE, EntityType.MISSION)
_LONGEST = 45  # words; a longer complement is a parse gone astray


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The lists of `positions.toml` by their names."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("positions.toml").read_text("utf-8"))
    return {name: frozenset(listed) for name, listed in told.items()}


@cache
def _cue() -> re.Pattern[str]:
    told = lexicon()
    verbs = {w[: max(3, len(w) - 1)] for name in (FOR, AGAINST, CONDITIONAL, "adjectives_against") for w in told[name]}
    return re.compile(rf"\b(?:{'|'.join(sorted(verbs))})", re.IGNORECASE)


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """Claims of kind position-on-question; the verbs and the matters stand in `positions.toml`."""
    for parsed in parsed_sentences(annotated, _cue()):
        for token in parsed.tokens:
            found = _stance(token)
            if found is not None:
                yield from _positions(parsed, token, found, document)


def _stance(token: Token) -> str | None:
    """What a verb or adjective says of its subject's will; None where it says nothing."""
    told, lemma = lexicon(), token.lemma_.lower()
    if token.lower_ in told["adjectives_against"] and token.dep_ in {"acomp", "ROOT", "conj"}:
        return AGAINST
    if token.lower_ in told["adjectives_for"] and token.dep_ == "acomp":
        return FOR
    if (
        token.pos_ != "VERB"
        or is_passive(token)
        or token.tag_ == "VBG"
        or token.dep_ in {"acl", "amod", "csubj", "pcomp", "advcl"}
    ):
        return None
    if lemma in told[CONDITIONAL] and _is_conditional(token):
        return CONDITIONAL
    modals = {c.lower_ for c in token.children if c.dep_ == "aux"}
    if modals & {"would", "could", "should", "might", "may", "must", "can", "will", "to", "shall", "'d", "’d"}:  # noqa: RUF001
        return None
    return FOR if lemma in told[FOR] else AGAINST if lemma in told[AGAINST] else None


def _is_conditional(token: Token) -> bool:
    """'would accept Y if Z': the condition is an adverbial clause of the verb itself."""
    would = any(c.lower_ in {"would", "will", "'d", "could"} and c.dep_ == "aux" for c in token.children)
    clauses = [c for c in token.subtree if c.dep_ in {"advcl", "prep", "mark"}]
    marks = {t.lower_ for c in clauses for t in (c, *c.children)} & (lexicon()["condition"] - {"only", "once", "until"})
    return would and bool(marks)


def _positions(parsed: Parsed, token: Token, stance: str, document: Document) -> Iterator[Proposal]:
    subject = subject_of(token)
    complement = _complement(token)
    if subject is None or not complement:
        return
    would = [c for c in token.children if c.dep_ in {"aux", "neg"}] if stance == CONDITIONAL else []
    span = parsed.stretch([*would, token, *complement])
    if not _is_on_a_matter(parsed, complement) or len(span.words.split()) > _LONGEST:
        return
    before = Span.of(parsed.annotated.text.text, span.start, span.start)
    put = modality_of(parsed.span, parsed.annotated, at=before)
    if put in {Modality.RECOMMENDED, Modality.PLANNED}:
        if stance != CONDITIONAL:
            return
        put = Modality.ASSERTED
    denied = is_denied(token, subject) and stance != CONDITIONAL
    for name in _actors(parsed, subject):
        actor = _actor(name)
        if actor is not None and name.span.end <= span.start:
            modality = Modality.DENIED if denied and put is Modality.ASSERTED else None
            modality = Modality.ASSERTED if stance == CONDITIONAL and put is Modality.ASSERTED else modality
            yield as_said(
                KIND, parsed, document, (actor, words("position", span)), at=before, modality=modality, stance=stance
            )  # fmt: skip


def _actors(parsed: Parsed, subject: Token) -> tuple[Mention, ...]:
    """Whoever the subject names; a capital stands for its state."""
    own = parsed.name_at(subject)
    if own is not None and own.known is not None and _CAPITAL.fullmatch(own.known):
        return (own,)
    return names_of(parsed, subject, _ACTORS)


def _actor(name: Mention) -> Argument | None:
    capital = _CAPITAL.fullmatch(name.known) if name.known else None
    if capital is not None:
        return Argument("actor", EntityType.STATE, name.span, value=capital[1])
    return argument(KIND, "actor", name)


def _complement(token: Token) -> list[Token]:
    """The words of what is wanted or opposed, a condition with them."""
    told, found = lexicon(), []
    for child in token.children:
        wanted = child.dep_ in {"dobj", "ccomp", "xcomp"} or (child.dep_ == "prep" and child.lower_ in told["preps"])
        clause = child.dep_ in {"advcl", "prep"} and child.i > token.i
        condition = clause and any(t.lower_ in told["condition"] for t in (child, *child.children))
        if (wanted or condition) and child.i > token.i:
            found += [t for t in child.subtree if not t.is_space]
    if not found:
        return []
    whole = [t for t in token.doc[token.i + 1 : max(t.i for t in found) + 1] if not t.is_space]
    while whole and whole[-1].is_punct:
        whole.pop()
    return whole


def _is_on_a_matter(parsed: Parsed, complement: list[Token]) -> bool:
    """Whether it is about a matter of policy; a word of a name is none."""
    matters = lexicon()["matters"]
    return any({t.lower_, t.lemma_.lower()} & matters and parsed.name_at(t) is None for t in complement)
