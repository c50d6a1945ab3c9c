"""Patterns as data: a word, how it is built into the sentence, and which role stands on which side."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

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
from tocsin.record.kinds import kind_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from tocsin.record.claim import Argument, Proposal
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
def frames(table: str) -> tuple[Frame, ...]:
    """The patterns of a TOML file beside this module."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath(f"{table}.toml").read_text("utf-8"))
    return tuple(
        Frame(
            f["kind"], frozenset(f["heads"]), f["build"], tuple(f.get("preps", ())), tuple(f.get("lead", ())),
            f["subject"], f["object"], f.get("how"),
        )
        for f in told["frames"]
    )  # fmt: skip


@cache
def _cue(table: str) -> re.Pattern[str]:
    """The beginnings of the words that can carry a claim, so that other sentences need no look at their parse."""
    stems = {head[: max(3, len(head) - 2)] for frame in frames(table) for head in frame.heads}
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
        return token.pos_ in _POS["verb"] and is_passive(token) is (frame.build == "passive")
    return token.pos_ in _POS[frame.build]


def _claims(parsed: Parsed, token: Token, frame: Frame, document: Document) -> Iterator[Proposal]:
    subject = _subject(token, frame)
    if subject is None:
        return
    kind = kind_called(frame.kind)
    left = _arguments(parsed, subject, frame.kind, frame.subject)
    given = objects_of(token.head, frame.preps) if frame.build == "gift" else ()
    for noun in (*objects_of(token, frame.preps), *given):
        carrying = [token, *([noun.head] if frame.preps else []), *([token.head] if frame.build == "gift" else [])]
        at = parsed.stretch(carrying)
        for one in left:
            for name in names_of(parsed, noun, kind.role(frame.object).types):
                other = argument(frame.kind, frame.object, name)
                if other is None or _same(one, other):
                    continue
                how = (words(frame.how, at),) if frame.how else ()
                yield as_said(
                    frame.kind, parsed, document, (one, other, *how), at=at, denied=is_denied(token, subject)
                )  # fmt: skip


def _subject(token: Token, frame: Frame) -> Token | None:
    if frame.lead:
        governor = token.head.head
        return governor if governor.pos_ in {"NOUN", "PROPN"} else subject_of(governor)
    if frame.build == "gift":
        return subject_of(token.head)
    return subject_of(token, passive=frame.build == "passive")


def _arguments(parsed: Parsed, noun: Token, kind: str, role: str) -> list[Argument]:
    names = names_of(parsed, noun, kind_called(kind).role(role).types)
    found = [a for name in names if (a := argument(kind, role, name)) is not None]
    mission = the_mission(parsed, noun, role)
    return [mission] if mission is not None and not found else found


def _same(one: Argument, other: Argument) -> bool:
    return one.span == other.span or (one.value is not None and one.value == other.value)
