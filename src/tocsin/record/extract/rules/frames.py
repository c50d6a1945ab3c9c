"""Patterns as data: a word, how it is built into the sentence, and which role stands on which side."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tocsin.record.claim import Argument, EntityType, Modality
from tocsin.record.extract.rules.antecedents import the_group
from tocsin.record.extract.rules.clauses import (
    argument,
    as_said,
    is_denied,
    is_passive,
    names_of,
    objects_of,
    parsed_sentences,
    subject_of,
    the_mission,
    words,
)  # fmt: skip
from tocsin.record.extract.rules.periods import with_its_period
from tocsin.record.extract.rules.said import modality_of
from tocsin.record.kinds import kind_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from tocsin.record.claim import Proposal, Span
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated
    from tocsin.record.extract.rules.clauses import Parsed

_ONCE = frozenset({"formerly", "previously", "once", "allegedly", "former"})
_GIVES = frozenset(
    {
        "provide",
        "give",
        "send",
        "supply",
        "channel",
        "deliver",
        "offer",
        "extend",
        "funnel",
        "pledge",
        "swear",
        "declare",
        "owe",
    }
)
_FINITE = frozenset({"VBZ", "VBP", "VBD", "NNS"})  # with what the parse takes for a noun
_POS = {"verb": {"VERB", "AUX"}, "noun": {"NOUN", "PROPN"}, "adjective": {"ADJ", "VERB"}}


@dataclass(frozen=True, slots=True)
class Frame:
    """A pattern.

    Attributes:
        kind: of the claim.
        heads: lemmas of the word that carries it.
        build: `verb` (subject does), `passive` (subject undergoes, or is a participle's noun), `noun`, `adjective`,
            `gift` (what a verb of giving gives, to the other side).
        preps: prepositions before the other side; () is a direct object.
        lead: prepositions before the word itself, as `under` in 'under the command of'.
        subject, object: roles of the two sides.
        how: role that the carrying words fill, if any.
    """

    kind: str
    heads: frozenset[str]
    build: str
    preps: tuple[str, ...]
    lead: tuple[str, ...]
    subject: str
    object: str
    how: str | None


@cache
def _told(table: str) -> dict[str, Any]:
    """A TOML file beside this module."""
    return tomllib.loads(files("tocsin.record.extract.rules").joinpath(f"{table}.toml").read_text("utf-8"))


@cache
def frames(table: str) -> tuple[Frame, ...]:
    """The patterns of a TOML file beside this module."""
    return tuple(
        Frame(
            f["kind"], frozenset(f["heads"]), f["build"], tuple(f.get("preps", ())), tuple(f.get("lead", ())),
            f["subject"], f["object"], f.get("how"),
        )
        for f in _told(table)["frames"]
    )  # fmt: skip


@cache
def _offices() -> re.Pattern[str]:
    """The titles of `structure.toml`."""
    return re.compile(rf"(?:{'|'.join(_told('structure')['offices'])})", re.IGNORECASE)


@cache
def _cue(table: str) -> re.Pattern[str]:
    """The beginnings of the words that can carry a claim, so that other sentences need no look at their parse."""
    stems = {head[: max(3, len(head) - 2)] for frame in frames(table) for head in frame.heads}
    stems |= set(_told(table).get("forms", ()))
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, stems)))})", re.IGNORECASE)


def claims_by(table: str, annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """The claims of all patterns of a file, sentence by sentence."""
    for parsed in parsed_sentences(annotated, _cue(table)):
        for token in parsed.tokens:
            for frame in frames(table):
                if token.lemma_.lower() in frame.heads and _is_built(token, frame):
                    yield from _claims(parsed, token, frame, document)


def _is_built(token: Token, frame: Frame) -> bool:
    if any(c.lower_ in _ONCE for c in token.children):
        return False
    if frame.lead and not (token.dep_ == "pobj" and token.head.lower_ in frame.lead):
        return False
    if frame.build == "gift":
        return token.dep_ == "dobj" and token.head.lemma_ in _GIVES and not is_passive(token.head)
    if frame.build in {"verb", "passive"}:
        return _is_a_verb(token) and is_passive(token) is (frame.build == "passive")
    return token.pos_ in _POS[frame.build]


def _is_a_verb(token: Token) -> bool:
    """Whether a word is a verb; 'operates there and answers to X' is one too where the parse takes it for a noun."""
    if token.pos_ in _POS["verb"]:
        return True
    bare = not any(c.dep_ in {"det", "amod", "poss", "compound", "nummod"} for c in token.children)
    return token.tag_ == "NNS" and token.dep_ == "conj" and token.head.pos_ in _POS["verb"] and bare


def _claims(parsed: Parsed, token: Token, frame: Frame, document: Document) -> Iterator[Proposal]:
    subject = _subject(token, frame)
    if subject is None:
        return
    left = _arguments(parsed, subject, frame.kind, frame.subject)
    given = objects_of(token.head, frame.preps) if frame.build == "gift" else ()
    for noun in (*objects_of(token, frame.preps), *given):
        carrying = [token, *([noun.head] if frame.preps else []), *([token.head] if frame.build == "gift" else [])]
        at = parsed.stretch(carrying)
        denied = is_denied(token, subject)
        put = _put(parsed, token, at, denied=denied)
        for one in left:
            for other in _others(parsed, noun, frame):
                if _same(one, other):
                    continue
                how = (words(frame.how, at),) if frame.how else ()
                said = as_said(frame.kind, parsed, document, (one, other, *how), at=at, denied=denied, modality=put)
                yield with_its_period(said)


def _put(parsed: Parsed, token: Token, at: Span, *, denied: bool) -> Modality | None:
    """'X is not part of Y and operates in Z': what is denied of the first verb is not denied of the second."""
    helped = any(c.dep_ == "aux" for c in token.head.children)
    own = token.dep_ == "conj" and token.tag_ in _FINITE and not helped and not denied
    if own and modality_of(parsed.span, parsed.annotated, at=at) is Modality.DENIED:
        return Modality.ASSERTED
    return None


def _others(parsed: Parsed, noun: Token, frame: Frame) -> list[Argument]:
    """What stands on the other side: names, or an office where the role can be one."""
    types = kind_called(frame.kind).role(frame.object).types
    names = names_of(parsed, noun, types)
    found = [a for name in names if (a := argument(frame.kind, frame.object, name)) is not None]
    if found or EntityType.OFFICE not in types or noun.pos_ not in _POS["noun"]:
        return found
    title = parsed.stretch(
        [t for t in noun.subtree if t.dep_ not in {"det", "relcl", "punct"} and t.head.dep_ != "relcl"]
    )
    return [Argument(frame.object, EntityType.OFFICE, title)] if _offices().fullmatch(title.words) else []


def _subject(token: Token, frame: Frame) -> Token | None:
    if frame.lead:
        governor = token.head.head
        return governor if governor.pos_ in {"NOUN", "PROPN"} else _of_verb(governor)
    if frame.build == "gift":
        return _of_verb(token.head)
    return _of_verb(token, passive=frame.build == "passive")


def _of_verb(token: Token, *, passive: bool = False) -> Token | None:
    """The subject of a verb, or of the one it is joined to: 'X is part of Y and operates in Z'."""
    own = subject_of(token, passive=passive)
    first = token.head
    if own is not None or token.dep_ != "conj" or first.pos_ not in _POS["verb"] or not _is_a_verb(token):
        return own
    return _of_verb(first, passive=is_passive(first))


def _arguments(parsed: Parsed, noun: Token, kind: str, role: str) -> list[Argument]:
    types = kind_called(kind).role(role).types
    found = [a for name in names_of(parsed, noun, types) if (a := argument(kind, role, name)) is not None]
    if found:
        return found
    bound = the_mission(parsed, noun, role) or (
        the_group(parsed, noun, role) if EntityType.ORGANISATION in types else None
    )
    return [bound] if bound is not None else []


def _same(one: Argument, other: Argument) -> bool:
    return one.span == other.span or (one.value is not None and one.value == other.value)
