"""What happened: violence, with whom it hurt, and events that bear on the case."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Modality, Span
from tocsin.record.extract.rules.clauses import (
    argument,
    as_said,
    is_denied,
    is_passive,
    names_of,
    objects_of,
    parsed_sentences,
    subject_of,
    words,
)  # fmt: skip
from tocsin.record.extract.rules.dating import dates_in
from tocsin.record.extract.rules.periods import with_its_period
from tocsin.record.extract.rules.said import modality_of
from tocsin.record.extract.rules.swallowed import is_a_common_noun, known_within
from tocsin.record.extract.rules.tolls import is_counted_harm, joined_behind, toll_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from tocsin.record.claim import Argument, Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated, Mention
    from tocsin.record.extract.rules.clauses import Parsed

_PARTIES = (EntityType.ORGANISATION, EntityType.STATE)
_PLACES = (EntityType.PLACE, EntityType.SITE)
_AT = ("in", "at", "near", "outside", "inside", "around", "on", "against")
_PAST_AUX = frozenset({"has", "have", "had", "was", "were", "did", "been", "is", "are"})
_HAPPENED = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.DENIED})
_LONGEST = 25  # words that say what happened


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The lists of `incidents.toml` by their names."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("incidents.toml").read_text("utf-8"))
    events = told.pop("events")
    return {name: frozenset(listed) for name, listed in (told | events).items()}


@cache
def _cue(*lists: str) -> re.Pattern[str]:
    stems = {w[: max(3, len(w) - 1)] for name in lists for w in lexicon()[name]}
    return re.compile(rf"\b(?:{'|'.join(sorted(stems))}|struck|shot|slain|left|dead|withdr[ae]w)", re.IGNORECASE)


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """Claims of kinds incident and event: what is past or said to be, at a place, by or against somebody, or with a toll."""
    for parsed in parsed_sentences(annotated, _cue("attacks", "happens", "harmed", "clash", "hurt", "explode")):
        found = [p for token in parsed.tokens for p in _incident(parsed, token, document)]
        if found:
            yield with_its_period(max(found, key=_fullness))
    for parsed in parsed_sentences(annotated, _cue("decide")):
        found = [p for token in parsed.tokens for p in _event(parsed, token, document)]
        if found:
            yield with_its_period(max(found, key=_fullness))


def _fullness(proposal: Proposal) -> int:
    return 100 * (len(proposal.arguments) + len(proposal.numbers)) + len(proposal.arguments[0].words)


def _incident(parsed: Parsed, token: Token, document: Document) -> Iterator[Proposal]:
    told = lexicon()
    if not _is_violent(parsed, token) or _is_of_a_person(parsed, token):
        return
    by, against = _sides(parsed, token)
    places, several = _where(parsed, token)
    numbers = toll_of(parsed, token)
    if token.lemma_.lower() in told["clash"] and len(by) < 2:
        return
    if token.lemma_.lower() in told["hurt"] and not numbers:
        return
    if not places and not several and not (by and against) and not numbers:
        return
    what = _what(parsed, token, several)
    put = modality_of(parsed.span, parsed.annotated, at=Span.of(parsed.annotated.text.text, what.start, what.start))
    if put not in _HAPPENED or len(what.words.split()) > _LONGEST:
        return
    arguments = [words("what", what), *by, *against]
    arguments += [a for name in places[:1] if (a := argument("incident", "place", name)) is not None]
    at = parsed.stretch([token])
    denied = is_denied(token, subject_of(token, passive=is_passive(token)))
    yield as_said("incident", parsed, document, arguments, at=at, denied=denied, numbers=numbers, modality=None)


def _is_violent(parsed: Parsed, token: Token) -> bool:
    """A past verb of violence, 'left 35 dead', 'a bomb exploded', or '35 dead' where it is all that is said."""
    told, lemma = lexicon(), token.lemma_.lower()
    if token.dep_ in {"ROOT", "ccomp"} and token.pos_ != "VERB":
        return is_counted_harm(parsed, token)
    if token.pos_ != "VERB" or not _is_past(token) or is_counted_harm(parsed, token):
        return False
    if lemma in told["leaves"]:
        return any(is_counted_harm(parsed, c) for c in token.children)
    subject = subject_of(token, passive=is_passive(token))
    bomb = subject is not None and (subject.lower_ in told["bombs"] or subject.lemma_.lower() in told["happens"])
    return lemma in told["attacks"] | told["harmed"] | told["clash"] | told["hurt"] or (
        lemma in told["explode"] and bomb
    )


def _is_of_a_person(parsed: Parsed, verb: Token) -> bool:
    """The fate of a person is not read, but of office-holders that the case knows."""
    near = [subject_of(verb), subject_of(verb, passive=True), *objects_of(verb, ())]
    names = [parsed.name_at(noun) for noun in near if noun is not None]
    what = _what(parsed, verb)
    names += parsed.annotated.mentions_in(what, EntityType.PERSON)
    pronoun = any(noun is not None and noun.lower_ in {"he", "she", "him", "her"} for noun in near)
    return pronoun or any(n is not None and n.type is EntityType.PERSON and n.known is None for n in names)


def _is_past(verb: Token) -> bool:
    if any(c.dep_ == "aux" and c.lower_ not in _PAST_AUX for c in verb.children):
        return False
    beside = verb.tag_ == "VBG" and verb.dep_ in {"advcl", "xcomp"} and verb.head.tag_ == "VBD"
    return verb.tag_ in {"VBD", "VBN"} or beside


def _sides(parsed: Parsed, verb: Token) -> tuple[list[Argument], list[Argument]]:
    """Who did it and to whom, by the parse."""
    if is_passive(verb):
        victim = subject_of(verb, passive=True)
        doers = [*objects_of(verb, ("by",))]
        targets = [victim] if victim is not None else []
    else:
        doer = subject_of(verb.head if verb.tag_ == "VBG" and verb.dep_ == "advcl" else verb)
        targets = [*objects_of(verb, ())]
        undergoes = not targets and verb.lemma_.lower() in lexicon()["harmed"]
        doers = [doer] if doer is not None and not undergoes else []
    if verb.lemma_.lower() in lexicon()["clash"]:
        doers += objects_of(verb, ("with", "against"))
    doers += _claimants(verb)
    by = [a for noun in doers for n in _bodies(parsed, noun, _PARTIES) if (a := argument("incident", "by", n))]
    types = (*_PARTIES, EntityType.SITE)
    against = [a for noun in targets for n in _bodies(parsed, noun, types) if (a := argument("incident", "against", n))]
    taken = {a.span for a in by}
    return list(dict.fromkeys(by)), [a for a in dict.fromkeys(against) if a.span not in taken]


def _bodies(parsed: Parsed, noun: Token, types: tuple[EntityType, ...]) -> Iterator[Mention]:
    """The names of a side; of 'Islamic State fighters' the body, and of 'American soldiers' nobody."""
    for name in names_of(parsed, noun, types):
        if is_a_common_noun(name):
            yield from (m for m in known_within(name) if m.type is EntityType.ORGANISATION)
        else:
            yield name


def _happenings(verb: Token) -> list[Token]:
    """The attacks and blasts that a verb speaks of: 'wounded in an attack', 'the blast killed'."""
    beside = [subject_of(verb), *objects_of(verb, ()), *objects_of(verb, ("in", "by", "during", "from", "after"))]
    return [noun for noun in beside if noun is not None and noun.lemma_.lower() in lexicon()["happens"]]


def _claimants(verb: Token) -> list[Token]:
    """Who is said to have claimed it: 'an attack in X claimed by Y', 'it was claimed by Y'."""
    nouns = _happenings(verb)
    nouns += [place for noun in nouns for place in objects_of(noun, _AT)]
    claims = [c for noun in nouns for c in noun.children if c.dep_ in {"acl", "relcl"}]
    after = [verb.head, *(c for c in verb.children if c.dep_ in {"conj", "parataxis"})]
    subjects = ((c, subject_of(c, passive=True)) for c in after if is_passive(c))
    claims += [c for c, subject in subjects if subject is not None and _is_it(subject)]
    said = [c for c in claims if c.lemma_ == "claim" and is_passive(c) and not is_denied(c, None)]
    return [noun for claim in said for noun in objects_of(claim, ("by",))]


def _is_it(noun: Token) -> bool:
    return noun.lower_ in {"it", "which"} or noun.lemma_.lower() in lexicon()["happens"]


def _where(parsed: Parsed, verb: Token) -> tuple[list[Mention], list[Token]]:
    """The places, and where the first is one of several in a list, no place but the words of the list.

    One of several places is not where all of it happened.
    """
    for noun in _place_nouns(verb):
        named = _named_places(parsed, noun)
        if len(named) > 1:
            inside = [t for t in noun.subtree if parsed.name_at(t) in named]
            return [], [noun.head, *inside]
        if named:
            break
    return _places(parsed, verb), []


def _place_nouns(verb: Token) -> list[Token]:
    direct = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "nsubj"}]
    lists = [one for d in direct for one in joined_behind(d)]
    behind = [n for d in (*direct, *lists, *_happenings(verb)) for n in objects_of(d, _AT)]
    above = [*objects_of(verb.head, _AT)] if verb.dep_ == "advcl" and verb.tag_ == "VBG" else []
    return list(dict.fromkeys((*objects_of(verb, _AT), *behind, *direct, *above)))


def _named_places(parsed: Parsed, noun: Token) -> list[Mention]:
    return [m for m in names_of(parsed, noun, _PLACES) if m.span.start >= parsed.span.start]


def _places(parsed: Parsed, verb: Token) -> list[Mention]:
    return list(dict.fromkeys(m for noun in _place_nouns(verb) for m in _named_places(parsed, noun)))


def _what(parsed: Parsed, verb: Token, several: Sequence[Token] = ()) -> Span:
    """What happened, in the words from the doer, or whom it was done to, up to what the verb governs and several places."""
    if verb.pos_ != "VERB":
        return parsed.stretch([*(t for t in verb.subtree if t.i <= verb.i), *several])
    kept = {"nsubj", "nsubjpass", "dobj", "auxpass", "aux", "agent", "prt", "neg", "oprd"}
    parts = [
        t for c in verb.children if c.dep_ in kept and c.lower_ not in {"who", "which", "that"} for t in _phrase(c)
    ]
    shared = subject_of(verb, passive=is_passive(verb)) if verb.dep_ == "conj" else None
    if shared is not None and shared.i < verb.i and verb.head.pos_ == "VERB":
        parts += [t for t in shared.subtree if t.i <= shared.i]
    relative = any(c.lower_ in {"who", "which", "that"} and c.dep_.startswith("nsubj") for c in verb.children)
    if verb.dep_ == "relcl" and relative:
        parts += [t for t in verb.head.subtree if t.i <= verb.head.i]
    return parsed.stretch([*parts, verb, *several])


def _phrase(token: Token) -> list[Token]:
    """A noun with what stands before it and its next of-phrase or agent, without clauses behind it."""
    left = [t for t in token.subtree if t.i <= token.i]
    right = [t for c in token.children if c.i > token.i and c.dep_ in {"prep", "pobj", "conj", "cc"} for t in c.subtree]
    return left + [t for t in right if t.i - token.i <= 8]


def _event(parsed: Parsed, verb: Token, document: Document) -> Iterator[Proposal]:
    passive = is_passive(verb)
    subject = subject_of(verb, passive=passive)
    if subject is None or not _decides(verb) or not dates_in(parsed.span, document.published):
        return
    objects = [subject] if passive else [*objects_of(verb, ())]
    takes = verb.lemma_.lower() in lexicon()["take"]
    places = [n for noun in objects for n in names_of(parsed, noun, _PLACES)] if takes else _places(parsed, verb)
    if not (_bears(verb, objects) or (takes and places)) or _is_a_measure(parsed, objects):
        return
    doers = [*objects_of(verb, ("by",)), *objects] if passive else [subject]
    names = dict.fromkeys(n for noun in doers for n in names_of(parsed, noun, (*_PARTIES, EntityType.MISSION)))
    actors = [a for name in names if (a := argument("event", "actor", name))]
    what = _what(parsed, verb)
    at = Span.of(parsed.annotated.text.text, what.start, what.start)
    put = modality_of(parsed.span, parsed.annotated, at=at)
    if not actors or put not in _HAPPENED or len(what.words.split()) > _LONGEST:
        return
    where = [a for name in places[:1] if (a := argument("event", "place", name))]
    denied = is_denied(verb, subject)
    yield as_said("event", parsed, document, [words("what", what), *actors, *where], at=at, denied=denied)


def _is_a_measure(parsed: Parsed, objects: list[Token]) -> bool:
    """Sanctions on a party are a designation, imposed or lifted, and told as one."""
    legal = [noun for noun in objects if noun.lemma_.lower() in lexicon()["measures"]]
    return any(True for noun in legal for _ in objects_of(noun, ("on", "against", "of", "for", "to"))) or any(
        c.dep_ == "prep" and c.lower_ in {"on", "against"} and c.head == noun.head and _names_a_party(parsed, c)
        for noun in legal for c in noun.head.children
    )  # fmt: skip


def _names_a_party(parsed: Parsed, prep: Token) -> bool:
    types = (*_PARTIES, EntityType.PERSON, EntityType.MISSION, EntityType.VESSEL)
    return any(names_of(parsed, noun, types) for noun in prep.children)


def _decides(verb: Token) -> bool:
    known = verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon()["decide"]
    return known and verb.tag_ in {"VBD", "VBN"} and _is_past(verb) and verb.dep_ not in {"amod", "acl"}


def _bears(verb: Token, objects: list[Token]) -> bool:
    """Whether what is decided is of the sort that bears on a case; to withdraw always is."""
    things = lexicon()["things"]
    return any(t.lemma_.lower() in things for noun in objects for t in noun.subtree) or (
        verb.lemma_ == "withdraw" and not objects
    )
