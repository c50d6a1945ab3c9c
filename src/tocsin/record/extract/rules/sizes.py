"""How large a force is: numbers with what they count and whose they are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Number, Span
from tocsin.record.extract.rules.clauses import (
    argument,
    as_said,
    is_passive,
    names_of,
    objects_of,
    parsed_sentences,
    subject_of,
    the_mission,
)  # fmt: skip
from tocsin.record.extract.rules.figures import Counts, figures_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from tocsin.record.claim import Argument, Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated
    from tocsin.record.extract.rules.clauses import Parsed
    from tocsin.record.extract.rules.figures import Figure

KIND = "force-size"
_FORCES = (EntityType.ORGANISATION, EntityType.MISSION, EntityType.STATE)
_CUE = re.compile(r"\d{2}|\b(?:dozen|hundred|thousand|twenty|thirty|forty|fifty|sixty)", re.IGNORECASE)


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The lists of `sizes.toml` by their names."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("sizes.toml").read_text("utf-8"))
    return {name: frozenset(listed) for name, listed in told.items()}


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """Claims of kind force-size; a number of people harmed, taken or trained is none."""
    for parsed in parsed_sentences(annotated, _CUE):
        for figure in figures_in(parsed.span):
            if figure.counts is not Counts.FORCE or figure.referent is None:
                continue
            noun = _token_at(parsed, figure.referent)
            force = _force(parsed, figure, noun) if noun is not None and not _is_harmed(noun) else None
            if force is not None:
                number = Number("strength", figure.low, figure.high, figure.referent.words, figure.span)
                yield as_said(KIND, parsed, document, (force,), at=figure.span, numbers=(number,))


def _token_at(parsed: Parsed, span: Span) -> Token | None:
    return next((t for t in parsed.tokens if parsed.offset + t.idx == span.start), None)


def _is_harmed(noun: Token) -> bool:
    """Whether a verb or noun of harm, capture or training governs or follows what is counted."""
    harm = lexicon()["harm"]
    top: Token = noun
    while top.dep_ in {"pobj", "prep", "conj", "compound", "nmod", "appos"} and top.head is not top:
        top = top.head
        if top.lemma_.lower() in harm:
            return True
    near = [top.head, *top.head.children] if top.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} else []
    return any(t.lemma_.lower() in harm for t in (*near, *noun.children, top))


def _force(parsed: Parsed, figure: Figure, noun: Token) -> Argument | None:
    return (
        _before(parsed, figure, noun) or _holder(parsed, noun) or _owner(parsed, noun) or _strength(parsed, noun)
    )  # fmt: skip


def _before(parsed: Parsed, figure: Figure, noun: Token) -> Argument | None:
    """'2,500 US troops': the name between the number and what it counts, where they are said to be there."""
    between = figure.between
    if between is None or not between.words.strip():
        return None
    name = next((m for m in parsed.mentions if m.type in _FORCES and between.start <= m.span.start < between.end), None)
    if name is None:
        return None
    governor = noun.head
    told = lexicon()
    there = governor.lemma_.lower() in told["stands"] | told["has"] or any(c.dep_ == "expl" for c in governor.children)
    alone = noun.dep_ in {"ROOT", "appos"} or (noun.dep_ == "pobj" and governor.lower_ in {"with", "of"})
    if not there and not alone:
        return None
    own = argument(KIND, "force", name)
    head = Span.of(parsed.annotated.text.text, name.span.start, min(name.span.end, between.end))
    words = head.words.rstrip()
    return replace(own, span=Span(head.start, head.start + len(words), words)) if own is not None else None


def _holder(parsed: Parsed, noun: Token) -> Argument | None:
    """'X has N fighters', 'X, with N fighters', 'X numbers N men', 'X is N fighters strong'."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in {"with", "at", "of", "by"}:
        governor = verb.head
        if verb.lower_ == "with" and governor.pos_ in {"NOUN", "PROPN"}:
            return _named(parsed, governor)
        return _strength(parsed, verb) if verb.lower_ != "with" else None
    if noun.dep_ not in {"dobj", "attr"} or verb.lemma_.lower() not in lexicon()["has"] or is_passive(verb):
        return None
    subject = subject_of(verb)
    return _named(parsed, subject) if subject is not None else None


def _owner(parsed: Parsed, noun: Token) -> Argument | None:
    """'X's N fighters', 'N fighters of X'."""
    if noun.head.lemma_.lower() not in lexicon()["stands"] | lexicon()["has"] and noun.dep_ not in {"ROOT", "appos"}:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    nouns = [owner] if owner is not None else [*objects_of(noun, ("of",))]
    return next((a for one in nouns if (a := _named(parsed, one)) is not None), None)


def _strength(parsed: Parsed, token: Token) -> Argument | None:
    """'the strength of X is put at N fighters'."""
    verb = token.head
    subject = subject_of(verb, passive=is_passive(verb)) if verb.pos_ in {"VERB", "AUX"} else None
    if subject is None or subject.lemma_.lower() not in lexicon()["strength"]:
        return None
    nouns = [c for c in subject.children if c.dep_ == "poss"] + [*objects_of(subject, ("of",))]
    return next((a for one in nouns if (a := _named(parsed, one)) is not None), None)


def _named(parsed: Parsed, noun: Token) -> Argument | None:
    names = names_of(parsed, noun, _FORCES)
    if len(names) == 1:
        return argument(KIND, "force", names[0])
    return the_mission(parsed, noun, "force") if not names else None
